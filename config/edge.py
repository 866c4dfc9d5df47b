"""The edge: what is settled about a request before anyone asks who sent it.

Django decodes a whole request by the charset that its Content-Type claims, while the request is
being made and so before any middleware could answer. Everything here is UTF-8.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from accounts.requests import is_api
from api import errors as problems
from ui.middleware import is_page
from ui.views import errors as pages
from workflows.problems import Problem

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

#: Where the environment says that the body is in a charset that is not read here.
FOREIGN_CHARSET = "mosovo.foreign_charset"

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105  (RFC 9110 s.5.6.2)
_MEDIA_TYPE = re.compile(rf"\s*({_TOKEN}/{_TOKEN})\s*(?:;|$)")
#: RFC 2046 s.5.1.1.
_BOUNDARY = re.compile(r""";\s*boundary=("?)([0-9A-Za-z'()+_,./:=?-]{1,70})\1\s*(?:;|$)""", re.I)
_CHARSET = re.compile(r";\s*charset", re.I)
_UTF_8 = re.compile(r""";\s*charset=("?)(utf-?8|us-ascii)\1\s*(?:;|$)""", re.I)

HTTPS_REQUIRED = Problem(403, "https_required", "Use https. Change a secret that came this way.")


def in_utf_8(application: Application) -> Application:
    """`application`, given no parameter of a Content-Type but the boundary of a form.

    Of a request without a body another charset means nothing; of one with a body it is refused
    by `EdgeMiddleware` (415).
    """

    def read(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = str(environ.get("CONTENT_TYPE", ""))
        if ";" in said:
            environ["CONTENT_TYPE"] = _plain(said)
            if _CHARSET.search(said) and not _UTF_8.search(said) and _has_body(environ):
                environ[FOREIGN_CHARSET] = True
        return application(environ, start_response)

    return read


def _plain(content_type: str) -> str:
    media, boundary = _MEDIA_TYPE.match(content_type), _BOUNDARY.search(content_type)
    if media is None:
        return ""
    return f'{media[1]}; boundary="{boundary[2]}"' if boundary else media[1]


def _has_body(environ: Environ) -> bool:
    is_sized = environ.get("CONTENT_LENGTH", "") not in {"", "0"}
    return is_sized or "HTTP_TRANSFER_ENCODING" in environ


class EdgeMiddleware:
    """Refuses what cannot be read or came unprotected, and words the answers of plain views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.BEHIND_TLS and is_api(request) and not request.is_secure():
            # Not a redirect: a client that follows it would never learn that its token leaked.
            return problems.as_response(HTTPS_REQUIRED)
        if FOREIGN_CHARSET in request.META:
            if is_api(request):
                return problems.as_response(problems.UNSUPPORTED_MEDIA_TYPE)
            return pages.error_page(request, 400)
        response = self.get_response(request)
        is_blank = isinstance(response, HttpResponseNotAllowed) and not response.content
        return _worded(request, response) if is_blank else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The problem of an error that we know, where no view of the framework words it."""
        known = problems.problem_of(error) if is_api(request) else None
        return problems.as_response(known) if known else None


def _worded(request: HttpRequest, blank: HttpResponse) -> HttpResponse:
    """A refused method with a body, and with the methods that there are."""
    if is_api(request):
        allowed = {"Allow": blank.headers["Allow"]}
        return problems.as_response(problems.METHOD_NOT_ALLOWED, allowed)
    if not is_page(request):
        return blank
    response = pages.error_page(request, blank.status_code)
    response.headers["Allow"] = blank.headers["Allow"]
    response.headers["Cache-Control"] = "no-store"
    return response
