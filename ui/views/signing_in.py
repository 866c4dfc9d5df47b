"""Signing in, signing out, and the first page of each role."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rest_framework import serializers

from accounts.models import User
from accounts.policy import Action, grant
from accounts.requests import actor
from accounts.signing_in import LockedOut, SignInFailed, sign_in, sign_out
from ui.middleware import BEGAN
from ui.views.page import see_other, show


class Credentials(serializers.Serializer):
    """What is typed to sign in. The words never say which of the two was wrong."""

    username = serializers.CharField(
        label="User name",
        max_length=150,
        style={"autocomplete": "username"},
        error_messages={"required": "Enter your user name", "blank": "Enter your user name"},
    )
    password = serializers.CharField(
        label="Password",
        max_length=1000,
        trim_whitespace=False,
        style={"input_type": "password", "autocomplete": "current-password"},
        error_messages={"required": "Enter your password", "blank": "Enter your password"},
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The one page that is open to strangers. Every attempt is on record."""
    back = _safe_next(request)
    if isinstance(request.user, User):
        return redirect(back or "ui:home")
    if request.method != "POST":
        return show(request, "sign_in.html", {"form": Credentials(), "next": back})
    # Not through `ui.forms`, which trims: spaces are part of a password.
    form = Credentials(data={name: request.POST.get(name, "") for name in ("username", "password")})
    context = {"form": form, "next": back}
    if not form.is_valid():
        return show(request, "sign_in.html", context, status=400)
    try:
        user = sign_in(request, **form.validated_data)
    except LockedOut:
        return show(request, "locked_out.html", {}, status=429)
    except SignInFailed as error:
        return show(request, "sign_in.html", context | {"refusals": {"": [str(error)]}}, status=400)
    request.session[BEGAN] = (user.last_login or timezone.now()).timestamp()
    return see_other(back or "ui:home")


sign_in_page.open_to_strangers = True  # type: ignore[attr-defined]


@require_POST
def sign_out_page(request: HttpRequest) -> HttpResponse:
    """End the session. By POST, so that no link or image can."""
    sign_out(request)
    return see_other("ui:sign-in")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send each role to the first page that it may open."""
    by = actor(request)
    for action, name in (
        (Action.TASK_VIEW, "ui:tasks"),
        (Action.OFFENDER_SEARCH, "ui:people"),
    ):
        if grant(by, action) is not None:
            return redirect(name)
    return show(request, "home.html", {})


@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """Asked by a page on which somebody types, so that the session does not end under their hands.

    The middleware renews it, as with every page; ten hours after signing in it ends all the same.
    """
    return HttpResponse(status=204)


def _safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: a path of ours, or ""."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return ""
    return resolve_url(wanted) if wanted.startswith("/") else ""
