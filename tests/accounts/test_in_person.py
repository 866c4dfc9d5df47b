"""Every decision of a supervisor or an inspector is delegable, or done in person with a reason."""

import pytest

from accounts.in_person import IN_PERSON
from accounts.models import Role
from accounts.policy import DELEGABLE, RULES, Action

DECIDERS = {Role.SUPERVISOR, Role.INSPECTOR}


@pytest.mark.parametrize("action", Action)
def test_what_a_supervisor_or_an_inspector_may_do_is_given_away_or_kept_back_with_a_reason(action):
    theirs = not DECIDERS.isdisjoint(RULES[action])

    assert (action in DELEGABLE) + (action in IN_PERSON) == theirs


@pytest.mark.parametrize("action", IN_PERSON)
def test_every_reason_says_something(action):
    assert len(IN_PERSON[action].split()) > 3


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
    assert action in DELEGABLE, why
