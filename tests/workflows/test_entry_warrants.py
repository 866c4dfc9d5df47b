"""The s.96B option as a task: considered, decided, and what became of it (PRACTICE 9)."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from offenders.actions import change_address
from offenders.errors import Invalid, RuleBroken
from offenders.models import Address, Status
from tests import make
from tests.workflows import doing, searching
from tests.workflows.searching import attempt, kinds_of, open_of
from workflows.actions import people, warrants
from workflows.actions.voiding import void_visit
from workflows.errors import NotVisible
from workflows.facts import facts_of
from workflows.invariants import broken
from workflows.models import EntryWarrant, Task
from workflows.queries.unfound import may_consider_warrant
from workflows.reconcile import reconcile

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
KEY = ("entry_warrant", "")


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.fixture
def person():
    """Nobody answered last Thursday and last Friday."""
    found = make.person()
    attempt(found, 4)
    attempt(found, 3)
    return found


def refused(act, code: str) -> None:
    with pytest.raises((RuleBroken, Invalid)) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code


def result(person, what: str, days_ago: int = 0, warrant: EntryWarrant | None = None):
    return warrants.record_warrant_result(
        by=make.actor(searching.manager_of(person)),
        offender=person.public_id,
        warrant=(warrant or person.entry_warrants.latest("pk")).public_id,
        result=what,
        on=ago(days_ago),
    )


# --- what counts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "is_open", "reason"),
    [
        ([(4, {}), (3, {})], True, "no answer on two days"),
        ([(4, {}), (3, {"outcome": "refused"})], True, "refusal counts"),
        ([(4, {}), (3, {"outcome": "not_resident"})], False, "not resident does not"),
        ([(4, {}), (3, {"outcome": "seen_not_completed"})], False, "nor the doorstep"),
        ([(4, {}), (3, {"at_notified_address": False})], False, "elsewhere than at home"),
        ([(4, {}), (3, {"for_risk_assessment": False})], False, "for another purpose"),
        ([(4.1, {}), (4, {})], False, "twice on one day is one occasion"),
        ([(4, {}), (3, {"outcome": "effective"}), (2, {})], False, "entry was gained between"),
    ],
)
def test_the_task_opens_when_the_page_says_that_a_warrant_may_be_considered(
    attempts, is_open, reason
):
    person = make.person()
    for days, values in attempts:
        attempt(person, days, **({"outcome": "no_answer"} | values))

    assert (KEY in open_of(person)) is is_open, reason
    assert may_consider_warrant(person) is is_open, "page and task never differ"
    assert broken() == {}


def test_it_is_due_five_working_days_after_the_attempt_that_made_it_so(person):
    task = make.task_of(person, "consider_warrant")

    assert task.due_on == dt.date(2026, 11, 27)
    assert task.owner == person.offender_manager


def test_attempts_at_an_earlier_home_count_no_more(person):
    assert KEY in open_of(person)

    change_address(
        offender=person, kind=Address.Kind.MAIN_RESIDENCE, line_1="2 Example Row", from_on=ago(1)
    )
    reconcile(person, because="tests")

    assert KEY not in open_of(person)


def test_refusal_alone_is_no_breach_and_no_more_than_one_occasion():
    person = make.person()
    before = kinds_of(person)

    attempt(person, 1, "refused")

    assert kinds_of(person) == before | {"indicator_triage"}, "a sign to look at, and no breach"


# --- considered, decided --------------------------------------------------------------------------


def test_an_officer_recommends_and_an_inspector_decides(person):
    searching.consider(person)
    assert KEY in open_of(person), "a recommendation is no decision"
    assert make.task_of(person, "decide_warrant").owner is None

    warrant = searching.decide_warrant(person)

    assert (warrant.decision, warrant.reference) == ("applied", "MC 12/26")
    assert KEY not in open_of(person)
    assert person.obligations.get(kind="entry_warrant").closed_because == "done"
    assert broken() == {}


def test_an_inspector_decides_and_nobody_else(person):
    searching.consider(person)

    for role in (Role.OFFENDER_MANAGER, Role.SUPERVISOR):
        with pytest.raises(NotPermitted):
            searching.decide_warrant(person, by=make.officer(role, team=person.team))


def test_nobody_decides_on_their_own_recommendation(person):
    officer = searching.manager_of(person)
    searching.consider(person, by=officer)
    officer.role = Role.INSPECTOR
    officer.save()

    refused(lambda: searching.decide_warrant(person, by=officer), "own_recommendation")
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryWarrant.objects.filter(offender=person).update(
            decision="not_applied",
            decision_reason="No",
            decided_by=officer,
            decided_on=ago(0),
            decided_at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("decision", "more", "code"),
    [
        ("applied", {"reference": ""}, "reference_needed"),
        ("applied", {"applied_on": None}, "day_needed"),
        ("applied", {"applied_on": dt.date(2026, 11, 24)}, "in_future"),
        ("not_applied", {"reference": "MC 1/26"}, "only_when_applied"),
        ("not_applied", {"applied_on": dt.date(2026, 11, 23)}, "only_when_applied"),
    ],
)
def test_a_decision_is_whole(person, decision, more, code):
    searching.consider(person)

    refused(lambda: searching.decide_warrant(person, decision, **more), code)


@pytest.mark.parametrize("decision", ["applied", "not_applied"])
def test_it_is_owed_anew_only_after_another_failed_entry_after_the_decision(
    on_monday, person, decision
):
    searching.consider(person)
    searching.decide_warrant(person, decision)
    reconcile(person, because="tests")
    assert KEY not in open_of(person)
    attempt(person, 5)
    assert KEY not in open_of(person), "one made before the decision and entered late"

    on_monday.shift(dt.timedelta(days=2))
    attempt(person, 0.1)

    assert open_of(person)[KEY] == dt.date(2026, 12, 2)
    assert broken() == {}


# --- the count is asked again -------------------------------------------------------------------


def void_one(person):
    void_visit(
        by=make.actor(searching.supervisor_of(person)),
        offender=person.public_id,
        visit=person.visits.latest("pk").public_id,
        reason="Entered for the wrong person",
    )


def move(person):
    """The register says so first; what is owed is worked out after."""
    change_address(
        offender=person, kind=Address.Kind.MAIN_RESIDENCE, line_1="2 Example Row", from_on=ago(1)
    )


def test_a_warrant_is_not_applied_for_once_an_attempt_is_void(person):
    searching.consider(person)
    void_one(person)

    refused(lambda: searching.decide_warrant(person), "too_few_attempts")

    assert searching.decide_warrant(person, "not_applied").decision == "not_applied"
    assert broken() == {}


def test_nor_once_entry_was_gained_or_the_person_moved(person):
    for change in (gain_entry, move):
        other = make.person()
        attempt(other, 4)
        attempt(other, 3)
        searching.consider(other)
        change(other)

        refused(lambda one=other: searching.decide_warrant(one), "too_few_attempts")


def test_what_was_applied_for_before_entry_was_gained_is_recorded_after(on_monday, person):
    searching.consider(person)
    on_monday.shift(dt.timedelta(days=1))
    gain_entry(person)

    assert searching.decide_warrant(person, applied_on=ago(1)).decision == "applied"


def test_one_applied_for_before_the_second_attempt_is_refused(person):
    searching.consider(person)

    refused(lambda: searching.decide_warrant(person, applied_on=ago(4)), "too_few_attempts")


def test_an_officer_does_not_recommend_one_that_the_attempts_no_longer_allow(person):
    move(person)

    refused(lambda: searching.consider(person), "too_few_attempts")
    searching.consider(person, "do_not_apply")


# --- what ends it ---------------------------------------------------------------------------------


def gain_entry(person):
    doing.visit(person)


def held(status):
    def change(person):
        people.change_status(
            by=make.actor(searching.manager_of(person)),
            offender=person.public_id,
            status=status,
            on=ago(0),
        )

    return change


@pytest.mark.parametrize(
    "end",
    [gain_entry, held(Status.CUSTODY), held(Status.HOSPITAL), held(Status.ABROAD)],
    ids=["effective visit", "custody", "hospital", "abroad"],
)
def test_it_disappears_when_entry_is_gained_or_the_power_cannot_be_used(person, end):
    end(person)

    assert KEY not in open_of(person)
    assert not Task.objects.open().filter(offender=person, step="consider_warrant").exists()
    assert broken() == {}


def test_a_recommendation_that_waits_outlives_it_and_is_decided_all_the_same(person):
    """A machine closes no work that somebody handed in."""
    searching.consider(person)
    gain_entry(person)

    warrant = searching.decide_warrant(person, "not_applied")

    assert warrant.decision == "not_applied"
    assert broken() == {}


def test_while_a_recommendation_waits_no_second_one_is_made(on_monday, person):
    searching.consider(person)
    gain_entry(person)
    on_monday.shift(dt.timedelta(days=5))
    attempt(person, 2)
    attempt(person, 1)

    refused(lambda: searching.consider(person), "recommendation_waiting")
    searching.decide_warrant(person, "not_applied")
    assert KEY not in open_of(person)


# --- what became of it ----------------------------------------------------------------------------


def test_the_courts_answer_and_the_execution_are_kept_on_the_same_row(person):
    searching.consider(person)
    searching.decide_warrant(person)

    result(person, "granted")
    found = result(person, "executed")

    assert (found.court, found.court_on, found.executed_on) == ("granted", ago(0), ago(0))
    assert person.entry_warrants.count() == 1


@pytest.mark.parametrize(
    ("before", "what", "days_ago", "code"),
    [
        ([], "executed", 0, "not_granted"),
        (["refused"], "executed", 0, "not_granted"),
        (["granted"], "refused", 0, "court_decided"),
        (["granted", "executed"], "executed", 0, "already_executed"),
        ([], "granted", 1, "before_it"),
        ([], "granted", -1, "in_future"),
    ],
)
def test_what_cannot_have_become_of_it_is_refused(person, before, what, days_ago, code):
    searching.consider(person)
    searching.decide_warrant(person)
    for earlier in before:
        result(person, earlier)

    refused(lambda: result(person, what, days_ago), code)


def test_one_that_was_not_applied_for_has_no_result(person):
    searching.consider(person)
    searching.decide_warrant(person, "not_applied")

    refused(lambda: result(person, "granted"), "not_applied")
    other = make.person(manager=person.offender_manager)
    with pytest.raises(NotVisible):
        result(other, "granted", warrant=person.entry_warrants.get())


def test_only_attempts_since_the_last_effective_visit_are_read(person):
    assert len(facts_of(person).attempts) == 2
    assert facts_of(person, as_of=ago(4)).attempts[0].on == ago(4)
    assert len(facts_of(person, as_of=ago(4)).attempts) == 1

    seen_at = timezone.now() - dt.timedelta(days=3, hours=12)
    doing.visit(person, occurred_at=seen_at, entry_reason="Entered later")

    assert [one.on for one in facts_of(person).attempts] == [ago(3)]
