"""What every page does the same way: who opens it, under which line of the permission table."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.policy import Action, grant
from accounts.requests import actor
from ui import words

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]
ActorPage = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]

READ = ("GET", "HEAD")
SEND = ("POST",)


def page(action: Action, *methods: str) -> Callable[[ActorPage[P]], Page[P]]:
    """Open a page to whoever may do `action` at all; the record at stake is checked by its read.

    The view gets the actor after the request. A refusal is recorded under `action`
    (`ui.middleware`). Strangers never get here.
    """

    def opened(view: ActorPage[P]) -> Page[P]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            by = actor(request)
            if grant(by, action) is None:
                raise NotPermitted(f"{by.role} may not do {action}.")
            return view(request, by, *args, **kwargs)

        cast("Any", checked).action, cast("Any", checked).methods = action, methods
        return require_http_methods([*methods])(checked)

    return opened


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page with what every page knows: today in London, and now."""
    common = {"today": timezone.localdate(), "now": timezone.now()}
    return render(request, f"ui/{template}", common | dict(context), status=status)


def see_other(to: str, *args: Any) -> HttpResponseRedirect:
    """Send the browser to the page that shows the result, so that reloading repeats nothing."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)


def say(request: HttpRequest, text: str) -> None:
    """Tell the officer on the next page what was done. Never a name: it travels in a cookie."""
    messages.success(request, text)


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from (label, address)."""
    return [{"label": label, "url": url} for label, url in steps]


def person_line(person: Any) -> dict[str, Any]:
    """A person as rows and heads of forms show them: reference, surname, initial, level."""
    return {
        "public_id": person.public_id,
        "reference": person.source_ref,
        "surname": person.surname,
        "initial": person.forename[:1],
        "level": person.management_level,
        "age": words.age(person.date_of_birth, timezone.localdate()),
    }


def marker_lines(markers: Any) -> list[dict[str, str]]:
    """Warning markers as the templates take them."""
    return [
        {"code": marker.code, "label": str(marker.get_code_display()), "detail": ""}
        for marker in markers
    ]
