"""The edge: what is settled about a request before anyone asks who sent it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from accounts.requests import is_api
from api import errors as problems
from config.charset import FOREIGN_CHARSET
from ui.middleware import is_page
from ui.views import errors as pages
from workflows.problems import Problem

HTTPS_REQUIRED = Problem(403, "https_required", "Use https. Change a secret that came this way.")


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
