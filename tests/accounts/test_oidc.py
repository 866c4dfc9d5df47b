"""Tokens for other systems."""

import base64
import datetime as dt

import pytest
from allauth.idp.oidc.models import Client, Token
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client as Browser

from accounts.models import IntegrationClient
from accounts.oidc import actor_of, client_of
from audit.models import Event, Operation
from tests import make

pytestmark = pytest.mark.django_db

URL = "/api/v1/oauth/token"
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=X"


def ask(client_id: str, secret: str, **more: str) -> HttpResponse:
    return Browser(enforce_csrf_checks=True).post(
        URL,
        {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        | more,
    )


def a_token(integration: IntegrationClient, secret: str, **more: str) -> str:
    return ask(integration.client_id, secret, **more).json()["access_token"]


def test_a_client_gets_a_token_that_says_who_it_is():
    integration, secret = make.integration_with_secret(scopes=["tasks:read", "due-visits:read"])

    response = ask(integration.client_id, secret)

    assert response.status_code == 200
    answer = response.json()
    assert answer["token_type"] == "Bearer"
    assert answer["scope"] == "due-visits:read tasks:read"
    assert answer["expires_in"] == 1800
    assert "refresh_token" not in answer
    assert "no-store" in response["Cache-Control"]
    assert client_of(answer["access_token"]) == integration
    assert actor_of(answer["access_token"]) == make.actor(integration)


def test_the_secret_may_come_in_the_authorization_header():
    integration, secret = make.integration_with_secret()
    basic = base64.b64encode(f"{integration.client_id}:{secret}".encode()).decode()

    response = Browser().post(
        URL, {"grant_type": "client_credentials"}, HTTP_AUTHORIZATION=f"Basic {basic}"
    )

    assert response.status_code == 200


def test_each_token_issued_leaves_one_event():
    integration, secret = make.integration_with_secret()

    ask(integration.client_id, secret)

    event = Event.objects.get()
    assert (event.action, event.outcome) == ("token.issue", "ok")
    assert (event.operation, event.client_id) == (
        Operation.AUTHENTICATION,
        integration.client_id,
    )
    assert event.actor_label == integration.label


def test_a_token_is_kept_as_a_hash():
    integration, secret = make.integration_with_secret()
    token = a_token(integration, secret)

    assert token not in str(list(Token.objects.values()))
    assert token.encode() not in bytes(Event.objects.get().leaf_data)


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": "a\x00b"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token"}, 400, "unsupported_grant_type"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:device_code"}, 400, ""),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"scope": "offenders:read"}, 400, "invalid_scope"),
        ({"scope": "tasks:read openid"}, 400, "invalid_scope"),
    ],
)
def test_anything_else_is_refused_with_one_event_and_no_token(changes, status, error):
    integration, secret = make.integration_with_secret(scopes=["tasks:read"])
    asked = {
        "grant_type": "client_credentials",
        "client_id": integration.client_id,
        "client_secret": secret,
    }

    response = Browser().post(URL, asked | changes)

    assert response.status_code == status
    assert error in response.json()["error"]
    event = Event.objects.get()
    assert (event.action, event.outcome, event.actor_label) == ("token.issue", "denied", "unknown")
    assert not Token.objects.exists()


def test_a_header_that_contradicts_the_body_is_refused():
    first, secret = make.integration_with_secret()
    basic = base64.b64encode(f"{first.client_id}:{secret}".encode()).decode()

    response = Browser().post(
        URL,
        {"grant_type": "client_credentials", "client_id": make.integration().client_id},
        HTTP_AUTHORIZATION=f"Basic {basic}",
    )

    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("header", ["Basic", "Basic %%%", "Basic /w==", "Bearer x", "Basic Og=="])
def test_a_broken_header_is_a_refusal(header):
    response = Browser().post(URL, {"grant_type": "client_credentials"}, HTTP_AUTHORIZATION=header)

    assert response.status_code == 401


def test_a_client_asks_for_fewer_scopes_and_gets_those():
    integration, secret = make.integration_with_secret(scopes=["tasks:read", "due-visits:read"])

    token = a_token(integration, secret, scope="tasks:read")

    assert actor_of(token).scopes == {"tasks:read"}


def test_a_scope_taken_from_the_binding_is_gone_from_tokens_that_are_out():
    integration, secret = make.integration_with_secret(scopes=["tasks:read", "due-visits:read"])
    token = a_token(integration, secret)

    IntegrationClient.objects.update(scopes=["tasks:read"])

    assert actor_of(token).scopes == {"tasks:read"}


@pytest.mark.parametrize("change", [{"is_active": False}, {"expires_on": dt.date(2020, 1, 1)}])
def test_a_closed_client_is_refused_at_once_and_gets_no_token(change):
    integration, secret = make.integration_with_secret()
    token = a_token(integration, secret)

    IntegrationClient.objects.update(**change)

    assert client_of(token) is None
    assert actor_of(token) is None
    assert ask(integration.client_id, secret).status_code == 401


def test_a_client_works_through_its_last_day(time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC))
    integration, secret = make.integration_with_secret(expires_on=dt.date(2026, 6, 30))

    time_machine.move_to(dt.datetime(2026, 6, 30, 22, 45, tzinfo=dt.UTC))  # 23:45 in London
    token = a_token(integration, secret)
    assert client_of(token) == integration
    time_machine.move_to(dt.datetime(2026, 6, 30, 23, 5, tzinfo=dt.UTC))
    assert client_of(token) is None


def test_a_token_ends_after_half_an_hour(time_machine):
    time_machine.move_to(dt.datetime(2026, 6, 30, 10, tzinfo=dt.UTC))
    integration, secret = make.integration_with_secret()
    token = a_token(integration, secret)

    time_machine.move_to(dt.datetime(2026, 6, 30, 10, 29, tzinfo=dt.UTC))
    assert client_of(token) == integration
    time_machine.move_to(dt.datetime(2026, 6, 30, 10, 31, tzinfo=dt.UTC))
    assert client_of(token) is None


def test_an_oauth_client_that_is_bound_to_no_force_gets_nothing():
    client = Client(name="Stray", scopes="tasks:read", grant_types="client_credentials")
    client.set_secret("secret")
    client.save()
    stray = Token(type=Token.Type.ACCESS_TOKEN, client=client, scopes="tasks:read")
    stray.set_value("stray-token")
    stray.save()

    assert ask(client.pk, "secret").status_code == 401
    assert actor_of("stray-token") is None


@pytest.mark.parametrize("token", ["", "unknown", "x" * 500, "a\x00b", "é"])
def test_a_token_nobody_was_given_is_nobodys(token):
    assert client_of(token) is None


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "options", "head"])
def test_only_post_asks_for_a_token(method):
    assert getattr(Browser(), method)(URL).status_code == 405


def test_a_form_that_is_too_long_is_refused_as_such_and_on_record():
    response = Browser().post(URL, f"grant_type={'x' * 3_000_000}", content_type=FORM)

    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    event = Event.objects.get()
    assert (event.action, event.outcome) == ("token.issue", "denied")


def test_half_a_character_in_a_form_is_a_refusal_on_record():
    form = '--X\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\n+2AA-\r\n--X--\r\n'

    response = Browser().post(URL, form, content_type=f"{MULTIPART}; charset=utf-7")

    assert response.status_code == 400
    assert [event.outcome for event in Event.objects.all()] == ["denied"]


def test_after_ten_wrong_secrets_the_next_waits_half_an_hour(time_machine):
    integration, secret = make.integration_with_secret()
    time_machine.move_to(dt.datetime(2026, 6, 30, 10, tzinfo=dt.UTC))

    for _ in range(10):
        assert ask(integration.client_id, "wrong").status_code == 401
    refused = ask(integration.client_id, secret)

    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert refused["Retry-After"] == "1800"
    assert [event.outcome for event in Event.objects.all()] == ["denied"] * 11
    time_machine.move_to(dt.datetime(2026, 6, 30, 10, 31, tzinfo=dt.UTC))
    assert ask(integration.client_id, secret).status_code == 200


def test_wrong_secrets_from_elsewhere_do_not_shut_a_client_out():
    integration, secret = make.integration_with_secret()
    asked = {"grant_type": "client_credentials", "client_id": integration.client_id}

    for _ in range(11):
        Browser(REMOTE_ADDR="192.0.2.7").post(URL, asked | {"client_secret": "wrong"})

    assert ask(integration.client_id, secret).status_code == 200


def test_what_counts_the_guesses_keeps_no_secret():
    integration, _ = make.integration_with_secret()

    ask(integration.client_id, "almost-the-secret")

    assert "almost-the-secret" not in str(list(AccessAttempt.objects.values()))
