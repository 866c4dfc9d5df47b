"""gunicorn's worker, with our words for what it refuses before the application is asked.

A request line that is too long, headers that are too large or cannot be read: gunicorn answers
those with a page of HTML that quotes what was sent, and logs it. Here they are problems as
everywhere else (RFC 9457), and nothing of what was sent is said again.
"""

import json
import traceback
import uuid
from http import HTTPStatus
from typing import Any, NamedTuple

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker


class Refusal(NamedTuple):
    """What is answered: `code` is stable and for programs, `detail` is for people."""

    status: int
    code: str
    detail: str


FAILED = Refusal(500, "server_error", "Something went wrong here. It has been noted.")
#: By what gunicorn raised. The first that fits decides; whatever is not here is a fault of ours.
REFUSALS: tuple[tuple[type[Exception], Refusal], ...] = (
    # What the application would have answered cannot be sent, or a setting is wrong.
    (errors.InvalidResponseHeader, FAILED),
    (errors.InvalidResponseHeaderName, FAILED),
    (errors.ConfigurationProblem, FAILED),
    (errors.LimitRequestLine, Refusal(414, "uri_too_long", "The address is too long.")),
    (
        errors.LimitRequestHeaders,
        Refusal(431, "headers_too_large", "The headers are too large, or too many."),
    ),
    (errors.ExpectationFailed, Refusal(417, "expectation_failed", "Nothing meets that Expect.")),
    (
        errors.UnsupportedTransferCoding,
        Refusal(501, "not_implemented", "No body is read in that Transfer-Encoding."),
    ),
    (errors.ForbiddenProxyRequest, Refusal(403, "not_permitted", "You may not do this.")),
    (errors.ParseException, Refusal(400, "bad_request", "The request makes no sense.")),
)


class WebWorker(ThreadWorker):
    """Serves the application in threads. `deploy/gunicorn.conf.py` names it."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answer what gunicorn could not read, or could not send. `req` may be None."""
        refusal = refusal_of(exc)
        request_id = uuid.uuid4().hex
        said = f"{HTTPStatus(refusal.status).phrase}: {type(exc).__name__}, request {request_id}"
        if refusal is FAILED:
            frames = traceback.format_list(traceback.extract_tb(exc.__traceback__))
            self.log.error("%s\n%s", said, "".join(frames).rstrip())
        else:
            self.log.warning("%s", said)
        try:
            util.write_nonblock(client, answer_of(refusal, request_id))
        except OSError:
            self.log.debug("Whoever asked has gone.")


def refusal_of(exc: Exception) -> Refusal:
    """What `exc` is called outside."""
    return next((refusal for kind, refusal in REFUSALS if isinstance(exc, kind)), FAILED)


def answer_of(refusal: Refusal, request_id: str) -> bytes:
    """The whole response, after which the connection ends."""
    title = HTTPStatus(refusal.status).phrase
    body = json.dumps(
        {
            "type": f"urn:mosovo:problem:{refusal.code}",
            "title": title,
            "status": refusal.status,
            "code": refusal.code,
            "detail": refusal.detail,
            "request_id": request_id,
        }
    ).encode()
    head = (
        f"HTTP/1.1 {refusal.status} {title}",
        "Connection: close",
        "Content-Type: application/problem+json",
        "Cache-Control: no-store",
        f"X-Request-Id: {request_id}",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*head, "", "")).encode("ascii") + body
