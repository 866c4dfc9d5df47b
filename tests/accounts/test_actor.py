"""Who acts, and until when they may."""

import datetime as dt

import pytest

from accounts.actor import Actor
from accounts.models import Role
from audit.models import Operation
from audit.record import record
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 29)  # the clocks go forward


@pytest.mark.parametrize(
    ("expires_on", "is_active", "current"),
    [
        (dt.date(2026, 3, 29), True, True),  # the last day counts
        (dt.date(2026, 3, 30), True, True),
        (dt.date(2026, 3, 28), True, False),  # yesterday
        (None, True, False),  # never vetted
        (dt.date(2099, 1, 1), False, False),  # account closed
    ],
)
def test_an_officer_is_current_while_active_and_vetted(expires_on, is_active, current):
    officer = make.officer(vetting_expires_on=expires_on, is_active=is_active)

    assert Actor.of_user(officer, TODAY).is_current is current


@pytest.mark.parametrize(
    ("expires_on", "is_active", "current"),
    [
        (dt.date(2026, 3, 29), True, True),
        (dt.date(2026, 3, 28), True, False),
        (dt.date(2026, 3, 30), False, False),
    ],
)
def test_a_client_is_current_while_active_and_in_date(expires_on, is_active, current):
    integration = make.integration()
    integration.expires_on, integration.is_active = expires_on, is_active

    assert Actor.of_client(integration, today=TODAY).is_current is current


def test_without_a_day_vetting_is_read_on_londons_calendar(time_machine):
    officer = make.officer(vetting_expires_on=dt.date(2026, 6, 30))
    time_machine.move_to(dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC))  # 1 July in London

    assert not Actor.of_user(officer).is_current


def test_an_officer_is_known_by_public_id_and_read_by_staff_number():
    officer = make.officer(Role.SUPERVISOR, staff_number="PS77")
    actor = make.actor(officer)

    assert (actor.key, actor.label) == (str(officer.public_id), "PS77")
    assert (actor.force_id, actor.team_ids) == (officer.force_id, (officer.team_id,))
    assert (actor.role, actor.user_id, actor.client_id) == (Role.SUPERVISOR, officer.pk, "")


def test_a_client_has_the_scopes_that_both_its_binding_and_its_token_have():
    integration = make.integration(scopes=["due-visits:read", "tasks:read"])

    assert Actor.of_client(integration).scopes == {"due-visits:read", "tasks:read"}
    token = frozenset({"tasks:read", "intake:write"})
    assert Actor.of_client(integration, scopes=token).scopes == {"tasks:read"}


def test_a_client_carries_the_teams_it_is_bound_to():
    force = make.force()
    teams = [make.team(in_force=force), make.team(in_force=force)]

    assert make.actor(make.integration(force=force, teams=teams)).team_ids == (
        teams[0].pk,
        teams[1].pk,
    )


def test_every_kind_of_actor_can_be_written_into_the_record():
    for actor in (
        make.actor(make.officer()),
        make.actor(make.integration()),
        Actor.system("nightly-sweep"),
    ):
        event = record(by=actor, action="task.view", operation=Operation.CONSULTATION)
        assert (event.actor_kind, event.actor_key) == (actor.kind, actor.key)
