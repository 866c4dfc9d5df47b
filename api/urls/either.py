"""Two routes at one address."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from api.endpoint import Endpoint

METHOD_NOT_ALLOWED = 405


def either(reads: type[Endpoint], writes: type[Endpoint]) -> Callable[..., HttpResponseBase]:
    """One address that lists by GET and takes in by POST, each with its line of the policy."""
    listing, sending = reads.as_view(), writes.as_view()

    @csrf_exempt  # as every view of the framework, which asks for the token of a session itself
    def view(request: HttpRequest, **ids: Any) -> HttpResponseBase:
        answer = (sending if request.method == "POST" else listing)(request, **ids)
        if answer.status_code == METHOD_NOT_ALLOWED:
            answer["Allow"] = f"{answer['Allow']}, POST"
        return answer

    # How the description finds the class.
    view.cls, view.initkwargs = reads, {}  # type: ignore[attr-defined]
    return view
