"""Written up, then endorsed by a supervisor who took no part (decision 0017)."""

import datetime as dt
import uuid

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from offenders.models import Order, OrderCondition
from tests import make
from tests.workflows import doing
from tests.workflows.ruling import enact
from workflows.actions.voiding import void_visit
from workflows.models import Task, Visit
from workflows.reviews import gives_cause, is_endorsed

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
PHONE = {"kind": "phone", "description": "Example 5", "identifier": ""}
ACCOUNT = {"service": "Example chat", "user_name": "quill"}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def share(percent):
    enact(changes=[{"id": "visit.endorse_share", "value": str(percent)}])


def written_up(person, outcome=None, **record):
    manager = make.activate(person.offender_manager)
    visit = doing.visit(person, **outcome or {})
    doing.complete(person, "write_up", make.write_up(**record), by=manager)
    return visit


def is_open(person, step):
    return Task.objects.open().filter(offender=person, step=step).exists()


def test_every_effective_visit_is_endorsed_unless_a_force_says_otherwise():
    person = make.person()

    visit = written_up(person)

    assert not gives_cause(visit)
    review = make.task_of(person, "review")
    assert review.owner is None, "in the team's queue"
    assert review.due_on == dt.date(2026, 11, 30), "five working days"


def test_one_that_gave_no_cause_is_accepted_without_a_word():
    person = make.person()
    visit = written_up(person)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    doing.complete(person, "review", {"decision": "accepted", "comment": ""}, by=supervisor)

    assert visit.reviews.get().reviewed_by == supervisor
    visit.process.refresh_from_db()
    assert visit.process.status == "DONE"


@pytest.mark.parametrize("decision", ["returned", "ineffective"])
def test_whoever_does_not_accept_says_why(decision):
    person = make.person()
    written_up(person)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    with pytest.raises(Invalid) as error:
        doing.complete(person, "review", {"decision": decision, "comment": " "}, by=supervisor)

    assert error.value.code == "comment_needed"
    assert is_open(person, "review")


def test_one_that_gave_cause_is_not_accepted_without_a_word():
    person = make.person()
    written_up(person, concern=True)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    with pytest.raises(Invalid) as error:
        doing.complete(person, "review", {"decision": "accepted", "comment": ""}, by=supervisor)

    assert error.value.code == "comment_needed"


def test_the_endorser_is_never_who_was_there():
    person = make.person()
    there = make.officer(Role.SUPERVISOR, team=person.team)
    written_up(person, {"colleagues": [there.staff_number]})

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "review", {"decision": "accepted", "comment": ""}, by=there)

    assert error.value.code == "own_visit"


@pytest.mark.parametrize(
    ("outcome", "record", "reason"),
    [
        ({"concern": True}, {}, "a concern at the door"),
        ({}, {"concern": True}, "a concern in the write-up"),
        ({"partner": ""}, {}, "alone without authority"),
        ({}, {"orders_complied_with": "no"}, "an order not kept"),
        ({}, {"found_devices": [PHONE]}, "a device nobody declared"),
        ({}, {"found_accounts": [ACCOUNT]}, "an account nobody declared"),
        (
            {},
            {"details": [{"item": "home", "finding": "changed", "note": ""}]},
            "a detail that is not as notified",
        ),
    ],
)
def test_whatever_gives_cause_is_endorsed_whatever_the_share(outcome, record, reason):
    share(0)
    person = make.person()

    visit = written_up(person, outcome, **record)

    assert gives_cause(visit), reason
    assert is_open(person, "review"), reason


def test_a_condition_that_is_not_kept_gives_cause():
    share(0)
    person = make.person()
    made = dt.date(2026, 5, 4)
    order = Order.objects.create(offender=person, kind="shpo", made_on=made)
    condition = OrderCondition.objects.create(
        order=order,
        text="Not to be alone with a child",
        category="contact_with_children",
        polarity="prohibition",
        starts_on=made,
        recorded_by=person.offender_manager,
    )
    row = {"condition": condition.public_id, "label": "", "finding": "not_kept", "seen": "A child"}

    written_up(person, condition_checks=[row], orders_complied_with="no")

    assert is_open(person, "review")


def test_with_a_share_of_none_the_rest_is_done_when_it_is_written_up():
    share(0)
    person = make.person()

    visit = written_up(person)

    visit.process.refresh_from_db()
    assert visit.process.status == "DONE"


@pytest.mark.parametrize(
    ("number", "endorsed", "reason"),
    [
        (0, True, "the first of a hundred"),
        (24, True, "the last of 25"),
        (25, False, "one after them"),
        (99, False, "the last of a hundred"),
        (100, True, "and round again"),
    ],
)
def test_a_share_takes_the_visits_by_their_id_alone(number, endorsed, reason):
    share(25)
    visit = doing.visit(make.person())
    Visit.objects.filter(pk=visit.pk).update(public_id=uuid.UUID(int=number))
    visit.refresh_from_db()

    assert is_endorsed(visit) is endorsed, reason


def test_its_recorder_still_voids_a_wrong_entry_that_gave_no_cause_and_nobody_decided_on():
    person = make.person()
    visit = written_up(person)

    void_visit(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        visit=visit.public_id,
        reason="Entered for the wrong person",
    )

    assert not is_open(person, "review")


def test_what_a_supervisor_decided_on_is_not_its_recorders_to_void():
    person = make.person()
    visit = written_up(person)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "review", {"decision": "accepted", "comment": ""}, by=supervisor)

    with pytest.raises(RuleBroken) as error:
        void_visit(
            by=make.actor(person.offender_manager),
            offender=person.public_id,
            visit=visit.public_id,
            reason="Entered for the wrong person",
        )

    assert error.value.code == "under_review"


def test_the_clock_does_not_wait_for_the_endorsement():
    person = make.person(management_level="medium", last_effective_visit_on="2026-06-01")

    written_up(person)

    assert doing.home_visit_due(person) == dt.date(2027, 5, 23)
