"""What becomes of a form that was sent: done, and said so; or shown again with what was refused."""

from collections.abc import Callable
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from accounts import kept_forms
from accounts.actor import Actor
from offenders.errors import Invalid, RuleBroken
from ui import posting
from ui.views.page import say

#: Said over a form while it is saved as it was opened, and someone was faster.
STALE = "This has changed since you opened it. Check what is new and send it again."


class Shown(Protocol):
    """Draws the form again, with what was refused by field; "" is the form itself."""

    def __call__(self, *, refusals: dict[str, Any], status: int) -> HttpResponse: ...


def send(
    request: HttpRequest,
    by: Actor,
    run: Callable[[], HttpResponse],
    *,
    shown: Shown,
    said: str,
    address: str = "",
    **look: Any,
) -> HttpResponse:
    """Run once what a valid form asks for, and say `said`; a repeat ends on the same page.

    `address`: of the form that was kept for the officer, which is forgotten. `look`: what a repeat
    is recorded as a look at, as `posting.once` takes it. Invalid is shown as 400 by its field, any
    other rule as 409; raises whatever else `run` raises.
    """
    try:
        answer, is_replay = posting.once(request, by, run, **look)
    except Invalid as error:
        return shown(refusals=error.words(), status=400)
    except RuleBroken as error:
        return shown(refusals={"": [error.message]}, status=409)
    if not is_replay:
        if address:
            kept_forms.forget(by, address)
        say(request, said)
    return answer
