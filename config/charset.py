"""Everything is UTF-8, whatever a request claims.

Django decodes a whole request by the charset that its Content-Type names, while the request is
being made and so before any middleware could answer.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

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


def in_utf_8(application: Application) -> Application:
    """`application`, given no parameter of a Content-Type but the boundary of a form.

    Of a request without a body another charset means nothing; of one with a body it is refused
    by `config.edge` (415).
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
