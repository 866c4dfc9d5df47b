"""Other systems: how far they reach, how long they work, and how they end."""

import datetime as dt

import pytest
from allauth.idp.oidc.models import Token
from django.utils import timezone

from accounts import actions
from accounts.actor import Actor
from accounts.models import IntegrationClient
from accounts.oidc import actor_of
from accounts.policy import Action
from offenders.models import Offender
from tests import make
from tests.accounts.test_oidc import a_token, ask

pytestmark = pytest.mark.django_db


def registered(**changes: object) -> IntegrationClient:
    force = make.force()
    given = {"force": force, "label": "Rota", "scopes": ["due-visits:read"], "whole_force": True}
    return actions.register_integration(by=make.SETUP, **(given | changes))[0]


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_a_secret_is_told_once_and_kept_as_a_hash():
    integration, secret = make.integration_with_secret()

    client = IntegrationClient.objects.get(pk=integration.pk).client
    assert client.check_secret(secret)
    assert secret not in client.secret
    assert client.get_grant_types() == ["client_credentials"]


@pytest.mark.parametrize(
    ("changes", "said", "why"),
    [
        ({"scopes": ["everything:write"]}, "everything:write", "a scope not in the table"),
        ({"whole_force": False}, "teams, or", "bound to neither: it would see nobody"),
    ],
)
def test_what_no_integration_may_be(changes, said, why):
    with pytest.raises(ValueError, match=said):
        registered(**changes)
    assert not IntegrationClient.objects.exists(), why


def test_it_is_bound_to_teams_of_its_own_force_or_to_the_force_and_never_to_both():
    team = make.team()

    with pytest.raises(ValueError, match="another force"):
        registered(teams=[team], whole_force=False)
    with pytest.raises(ValueError, match="teams, or"):
        registered(force=team.force, teams=[team])


@pytest.mark.parametrize(
    ("given", "days", "why"),
    [(None, 90, "the default"), (0, 0, "today"), (365, 365, "the longest")],
)
def test_every_integration_has_a_last_day(given, days, why):
    last_day = None if given is None else in_days(given)
    assert registered(expires_on=last_day).expires_on == in_days(days), why


@pytest.mark.parametrize(("days", "why"), [(-1, "past"), (366, "a year is the most")])
def test_a_last_day_that_is_past_or_too_far_ahead_is_refused(days, why):
    with pytest.raises(ValueError, match="last day"):
        registered(expires_on=in_days(days))
    assert not IntegrationClient.objects.exists(), why


def test_losing_the_last_team_narrows_the_reach_to_nobody():
    person = make.person()
    integration = make.integration(force=person.force, teams=[person.team])
    reached = Offender.objects.permitted(make.actor(integration), Action.DUE_VISITS_READ)
    assert list(reached) == [person]

    integration.teams.clear()

    reached = Offender.objects.permitted(Actor.of_client(integration), Action.DUE_VISITS_READ)
    assert list(reached) == []


def test_a_renewed_integration_has_a_new_secret_and_the_old_one_ends_with_its_tokens():
    integration, old = make.integration_with_secret(expires_on=in_days(3))
    token = a_token(integration, old)

    new = actions.renew_integration(by=make.SETUP, integration=integration)

    assert integration.expires_on == in_days(90)
    assert actor_of(token) is None
    assert ask(integration.client_id, old).status_code == 401
    assert ask(integration.client_id, new).status_code == 200


def test_a_closed_integration_is_refused_on_its_next_request_and_is_not_renewed():
    integration, secret = make.integration_with_secret()
    token = a_token(integration, secret)

    actions.close_integration(by=make.SETUP, integration=integration)

    assert actor_of(token) is None
    assert ask(integration.client_id, secret).status_code == 401
    assert not Token.objects.exists()
    with pytest.raises(ValueError, match="closed"):
        actions.renew_integration(by=make.SETUP, integration=integration)
