"""Whoever acts for another decides as they would, and does nothing that is done in person."""

from dataclasses import replace

import pytest

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.in_person import IN_PERSON
from accounts.models import Role
from accounts.policy import Action, grant, require
from config.reference import permissions

DECIDERS = (Role.SUPERVISOR, Role.INSPECTOR)


def themselves(role: Role) -> Actor:
    """A supervisor or an inspector as themselves."""
    return Actor(
        kind="user",
        key="k",
        label="l",
        role=role,
        force_id=1,
        team_ids=(1,),
        user_id=1,
        is_current=True,
    )


def for_another(role: Role) -> Actor:
    """Somebody to whom the decisions of one were given, while they use them."""
    return replace(themselves(role), user_id=2, acting_for_id=1)


@pytest.mark.parametrize("role", DECIDERS)
@pytest.mark.parametrize("action", [action for action in Action if action not in IN_PERSON])
def test_for_another_one_may_what_they_may_where_it_is_not_done_in_person(action, role):
    assert grant(for_another(role), action) == grant(themselves(role), action)


@pytest.mark.parametrize("role", DECIDERS)
@pytest.mark.parametrize("action", IN_PERSON)
def test_what_is_done_in_person_is_refused_to_whoever_acts_for_another(action, role):
    with pytest.raises(NotPermitted):
        require(for_another(role), action, reason="They are away until Monday")


@pytest.mark.parametrize("action", IN_PERSON)
def test_only_what_a_supervisor_or_an_inspector_does_themselves_is_kept_back(action):
    assert any(grant(themselves(role), action) for role in DECIDERS)


def test_the_page_on_who_may_do_what_says_why_each_is_done_in_person():
    rows = [
        line.split(" | ") for line in permissions().partition("## Done in person")[2].split("\n")
    ]
    said = {row[0].strip("|` "): row[1].strip("| ") for row in rows if row[0].startswith("| `")}
    assert said.keys() == set(IN_PERSON)
    assert all(said.values()), said


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (Action.ENDORSEMENT_VIEW, "or nobody would see what waits"),
        (Action.PLAN_ENDORSE, "a plan waits no longer than an assessment"),
        (Action.LEVEL_DECIDE, "an endorsement may leave the level open"),
        (Action.CASE_REVIEW, "a review falls due while its supervisor is away"),
        (Action.MISSING_CONFIRM, "within a day"),
        (Action.MISSING_REVIEW, "it is an inspector's, and they are away too"),
        (Action.DEATH_VERIFY, "visits are off until it is verified or refuted"),
        (Action.WARRANT_DECIDE, "entry cannot wait for a holiday"),
        (Action.REACTIVE_RECOMMEND, "the inspector still authorises in person"),
        (Action.REACTIVE_REVIEW, "it is due yearly"),
    ],
)
def test_an_absence_does_not_stop_it(action, why):
    assert any(grant(for_another(role), action) for role in DECIDERS), why
