"""The full record of a visit, and what a supervisor says of it (PRACTICE 2, 10 to 12)."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from tests import make
from tests.workflows import doing
from tests.workflows.ruling import enact
from workflows.actions.escalating import escalate_overdue

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_a_late_write_up_is_marked_for_ever():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    visit = doing.visit(person, concern=True)

    with time_machine.travel(MONDAY + dt.timedelta(days=4), tick=False):
        doing.complete(person, "write_up", make.write_up(), by=manager)
        returned = {"decision": "returned", "comment": "Say who was there"}
        doing.complete(person, "review", returned, by=supervisor)
        doing.complete(person, "write_up", make.write_up(), by=manager)

    visit.refresh_from_db()
    assert visit.write_ups.latest("pk").is_late


def test_a_write_up_in_time_stays_in_time_when_it_is_returned_and_written_again():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    visit = doing.visit(person, concern=True)
    doing.complete(person, "write_up", make.write_up(), by=manager)

    with time_machine.travel(MONDAY + dt.timedelta(days=7), tick=False):
        returned = {"decision": "returned", "comment": "Say who was there"}
        doing.complete(person, "review", returned, by=supervisor)
        again = make.task_of(person, "write_up")
        assert again.due_on == dt.date(2026, 12, 3), "three working days from the review"
        assert escalate_overdue() == 0
        doing.complete(person, "write_up", make.write_up(), by=manager)

    assert list(visit.write_ups.order_by("pk").values_list("is_late", flat=True)) == [False, False]


def test_what_is_not_written_again_in_time_runs_out():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    visit = doing.visit(person, concern=True)
    doing.complete(person, "write_up", make.write_up(), by=manager)
    doing.complete(person, "review", {"decision": "returned", "comment": "More"}, by=supervisor)

    with time_machine.travel(MONDAY + dt.timedelta(days=4), tick=False):
        assert escalate_overdue() == 1
        assert make.task_of(person, "write_up").escalated_at is not None
        doing.complete(person, "write_up", make.write_up(), by=manager)

    assert not visit.write_ups.latest("pk").is_late, "the record of the visit was made in time"


def test_a_write_up_on_its_last_day_is_not_late():
    person = make.person()
    manager = make.activate(person.offender_manager)
    visit = doing.visit(person)

    with time_machine.travel(dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC), tick=False):
        doing.complete(person, "write_up", make.write_up(), by=manager)

    assert not visit.write_ups.get().is_late


def test_without_concern_and_with_two_people_nothing_gives_cause_for_a_review():
    enact(changes=[{"id": "visit.endorse_share", "value": "0"}])
    person = make.person()
    manager = make.activate(person.offender_manager)
    doing.visit(person)

    task = doing.complete(person, "write_up", make.write_up(), by=manager)

    task.process.refresh_from_db()
    assert task.process.status == "DONE"


@pytest.mark.parametrize(
    ("at_the_door", "in_the_write_up"), [(True, False), (False, True), (True, True)]
)
def test_a_concern_at_either_step_goes_to_a_supervisor(at_the_door, in_the_write_up):
    person = make.person()
    manager = make.activate(person.offender_manager)
    doing.visit(person, concern=at_the_door)

    doing.complete(person, "write_up", make.write_up(concern=in_the_write_up), by=manager)

    assert make.task_of(person, "review").owner is None, "in the team's queue"


def test_a_write_up_that_is_returned_keeps_its_words_and_is_reviewed_again():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    visit = doing.visit(person)
    first = make.write_up(summary="A child's shoes in the hall.", concern=True)
    doing.complete(person, "write_up", first, by=manager)
    returned = {"decision": "returned", "comment": "Say whose"}
    doing.complete(person, "review", returned, by=supervisor)

    second = make.write_up(summary="Nothing seen.", concern=False)
    doing.complete(person, "write_up", second, by=manager)

    said = list(visit.write_ups.order_by("pk").values_list("summary", flat=True))
    assert said == ["A child's shoes in the hall.", "Nothing seen."]
    assert make.task_of(person, "review").is_open, "a concern is not written away"


def test_whoever_wrote_a_visit_up_may_not_review_it():
    person = make.person()
    make.activate(person.offender_manager)
    writer = make.officer(Role.SUPERVISOR, team=person.team)
    doing.visit(person, concern=True)
    doing.complete(person, "write_up", make.write_up(entry_reason="Told by phone"), by=writer)

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "review", {"decision": "accepted", "comment": "Fine"}, by=writer)

    assert error.value.code == "own_visit"


def test_whoever_returned_a_visit_may_not_write_it_up():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.visit(person, concern=True)
    doing.complete(person, "write_up", make.write_up(), by=manager)
    returned = {"decision": "returned", "comment": "Say whose"}
    doing.complete(person, "review", returned, by=supervisor)

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "write_up", make.write_up(), by=supervisor)

    assert error.value.code == "reviewed_by_you"
    assert make.task_of(person, "write_up").is_open


def test_nobody_who_attended_or_recorded_may_review():
    person = make.person()
    manager = make.activate(person.offender_manager)
    attended = make.officer(Role.SUPERVISOR, team=person.team)
    doing.visit(person, concern=True, colleagues=[attended.staff_number])
    doing.complete(person, "write_up", make.write_up(), by=manager)

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "review", {"decision": "accepted", "comment": "Fine"}, by=attended)

    assert error.value.code == "own_visit"
    assert make.task_of(person, "review").is_open


def test_a_visit_found_ineffective_is_worked_out_again():
    person = make.person(management_level="medium", last_effective_visit_on="2026-06-01")
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    before = doing.home_visit_due(person)
    doing.visit(person, concern=True)
    doing.complete(person, "write_up", make.write_up(), by=manager)
    assert doing.home_visit_due(person) != before

    doing.complete(
        person, "review", {"decision": "ineffective", "comment": "Not in person"}, by=supervisor
    )

    assert doing.home_visit_due(person) == before


def test_children_need_a_safeguarding_referral():
    person = make.person()
    manager = make.activate(person.offender_manager)
    doing.visit(person)

    with pytest.raises(Invalid) as error:
        doing.complete(person, "write_up", make.write_up(children_present=True), by=manager)

    assert error.value.field == "safeguarding_referral"
