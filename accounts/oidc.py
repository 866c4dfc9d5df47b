"""Tokens for other systems: OAuth2 client credentials (RFC 6749 s.4.4).

django-allauth's identity provider keeps the clients and the hashes of their tokens; oauthlib
speaks the protocol. allauth's own endpoint is not used: it knows nothing of `IntegrationClient`,
offers grants we refuse, and loads an HTTP client to fetch addresses that strangers name.
A client that is closed, or past its last day, is refused on its next request.
"""

import base64
import datetime as dt
import re
import secrets
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.idp.oidc import app_settings
from allauth.idp.oidc.models import Client, Token
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from oauthlib.common import Request as OAuthRequest
from oauthlib.oauth2 import BackendApplicationServer, OAuth2Error, RequestValidator

from accounts.actor import Actor
from accounts.errors import TooManyAttempts
from accounts.models import IntegrationClient
from accounts.requests import facts_of
from accounts.signing_in import STRANGER
from audit.models import Operation, Outcome
from audit.record import record, refuse

ISSUED, USED = "token.issue", "token.use"

#: Bytes of randomness in a token.
TOKEN_BYTES = 32

#: What may be a client id. Anything else is not looked up, and not kept.
_CLIENT_ID = re.compile(r"[!-~]{1,100}")

_STRANGE_CLIENT = replace(STRANGER, kind="client")


def client_of(token: str) -> IntegrationClient | None:
    """The system that holds the access token `token`, or None: unknown, expired, closed."""
    found = _bound(token)
    return found[0] if found else None


def actor_of(token: str) -> Actor | None:
    """Who acts with the access token `token`, with the scopes of both token and binding."""
    found = _bound(token)
    if found is None:
        return None
    integration, issued = found
    return Actor.of_client(integration, scopes=frozenset(issued.get_scopes()))


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class TokenView(View):
    """`POST /api/v1/oauth/token`: a token for a client's id and secret, in the header or the body.

    Each request leaves one authentication event. Errors are those of RFC 6749 s.5.2; after too many
    wrong secrets TooManyAttempts.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Issue a token and record it, in one transaction; or refuse, and record that.

        Raises TooManyAttempts.
        """
        body = urlencode(_typed(request), errors="replace")
        guesses = Guesses(request)
        if guesses.are_too_many():
            _record_refusal(request)
            raise TooManyAttempts(guesses.SECONDS)
        headers = {"Authorization": request.headers.get("Authorization", "")}
        try:
            with transaction.atomic():
                sent = _server().create_token_response(request.path, "POST", body, headers)
        except OAuth2Error as error:
            sent = error.headers, error.json, error.status_code
        response_headers, content, status = sent
        if status != 200:
            _record_refusal(request)
        if status == HTTPStatus.UNAUTHORIZED:
            guesses.count_one()
        known = {"Content-Type": "application/json", **response_headers}
        return HttpResponse(content, status=status, headers=known)


class Guesses:
    """The wrong secrets that came for one client from one address, counted by django-axes.

    Its limits are those of sign-in (settings). By address as well, so that a stranger who knows a
    client's id cannot shut the client out. What was sent is not handed on: axes would keep it.
    """

    SECONDS = int(settings.AXES_COOLOFF_TIME * 3600)

    def __init__(self, request: HttpRequest) -> None:
        self._asked = HttpRequest()
        self._asked.path = request.path
        address = facts_of(request).ip
        self._asked.META["REMOTE_ADDR"] = address
        # Neither colon nor space is in a user name, so no officer is counted with it.
        self._who = {"username": f"client: {_claimed(request)} {address}"}

    def are_too_many(self) -> bool:
        """Whether the limit is reached. It opens again by itself."""
        return not AxesProxyHandler.is_allowed(self._asked, self._who)

    def count_one(self) -> None:
        """One more was wrong."""
        AxesProxyHandler.user_login_failed(TokenView, self._who, self._asked)


class ClientCredentials(RequestValidator):
    """What oauthlib asks while it answers a request for a token."""

    def authenticate_client(self, request: OAuthRequest, *args: Any, **kwargs: Any) -> bool:
        """Whether the secret is right and the client bound to a force today."""
        client_id, secret = _basic(request.headers.get("Authorization", ""))
        if not client_id:
            client_id, secret = request.client_id or "", request.client_secret or ""
        elif request.client_id not in (None, client_id):
            return False
        if not _CLIENT_ID.fullmatch(client_id):
            return False
        client = Client.objects.filter(_is_open("integration"), pk=client_id).first()
        if client is None or not client.check_secret(secret):
            return False
        request.client = client
        request.client.client_id = client.pk
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Client, request: OAuthRequest, *args: Any
    ) -> bool:
        """Whether the client was registered for this grant."""
        return grant_type in client.get_grant_types()

    def get_default_scopes(self, client_id: str, request: OAuthRequest, *args: Any) -> list[str]:
        """The scopes of a token that names none: all that are bound."""
        return sorted(request.client.integration.scopes)

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Client, request: OAuthRequest, *args: Any
    ) -> bool:
        """Whether every scope asked for is bound."""
        return set(scopes) <= set(client.integration.scopes)

    def save_bearer_token(
        self, token: dict[str, Any], request: OAuthRequest, *args: Any, **kwargs: Any
    ) -> None:
        """Keep the token's hash, and record that it was issued."""
        issued = Token(
            type=Token.Type.ACCESS_TOKEN,
            client=request.client,
            expires_at=timezone.now() + dt.timedelta(seconds=token["expires_in"]),
        )
        issued.set_value(token["access_token"])
        issued.set_scopes(request.scopes)
        issued.save(force_insert=True)
        record(
            by=Actor.of_client(request.client.integration, scopes=frozenset(request.scopes)),
            action=ISSUED,
            operation=Operation.AUTHENTICATION,
        )


def _server() -> BackendApplicationServer:
    return BackendApplicationServer(
        ClientCredentials(),
        token_generator=lambda request, refresh_token=False: secrets.token_urlsafe(TOKEN_BYTES),
        token_expires_in=app_settings.ACCESS_TOKEN_EXPIRES_IN,
    )


def _bound(token: str) -> tuple[IntegrationClient, Token] | None:
    """The binding and the row of a token that is in date."""
    issued = (
        Token.objects.valid()
        .by_value(token)
        .filter(_is_open("client__integration"), type=Token.Type.ACCESS_TOKEN)
        .select_related("client__integration")
        .first()
    )
    return (issued.client.integration, issued) if issued else None


def _is_open(path: str) -> Q:
    """The binding at the lookup `path` is there, active and not past its last day."""
    in_date = {f"{path}__expires_on__gte": timezone.localdate()}
    return Q(**{f"{path}__is_active": True}, **in_date)


def record_bad_token() -> None:
    """Record that somebody called with a token that is nobody's. The token itself is kept nowhere.

    Raises AuditUnavailable.
    """
    refuse(by=_STRANGE_CLIENT, action=USED, operation=Operation.AUTHENTICATION)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form. One that cannot be read is refused like a wrong secret: on record."""
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except SuspiciousOperation:
        refuse(by=_STRANGE_CLIENT, action=ISSUED, operation=Operation.AUTHENTICATION)
        raise


def _record_refusal(request: HttpRequest) -> None:
    """One event for a refused request, with the client id that was claimed."""
    record(
        by=_STRANGE_CLIENT,
        action=ISSUED,
        operation=Operation.AUTHENTICATION,
        outcome=Outcome.DENIED,
        payload={"client_id": _claimed(request)},
    )


def _claimed(request: HttpRequest) -> str:
    """The client id that a request claims, or "" for what can be none."""
    claimed = _basic(request.headers.get("Authorization", ""))[0]
    claimed = claimed or request.POST.get("client_id", "")
    return claimed if _CLIENT_ID.fullmatch(claimed) else ""


def _basic(header: str) -> tuple[str, str]:
    """The name and the secret of a Basic Authorization header; empty when it is not one."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return name, secret
