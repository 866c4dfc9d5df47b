"""The level of an endorsed assessment: with it, or by itself; overrides and their end."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Payload
from offenders.errors import Invalid, RuleBroken
from risk.models import LevelOverride, RiskAssessment
from tests import make
from tests.workflows import doing
from workflows.invariants import broken
from workflows.models import Process, Task

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
IN_A_MONTH = TODAY + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person(management_level="medium", last_assessment_on="2025-12-01")
    make.activate(found.offender_manager)
    found.refresh_from_db()
    return found


def handed_in(person, priority: str, proposed: str) -> RiskAssessment:
    values = make.assessment(priority=priority, proposed_level=proposed)
    doing.complete(person, "assess", values, by=person.offender_manager)
    return person.assessments.get(state="submitted")


def endorse(person, **values: object):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    said = {"decision": "endorse", "comment": "Agreed"} | values
    doing.complete(person, "endorse", said, by=supervisor)
    return supervisor


def decide(person, level: str, *, by=None, **values: object):
    by = by or make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "decide_level", {"level": level, "reason": "Known"} | values, by=by)
    return by


def level_of(person) -> str:
    person.refresh_from_db()
    return person.management_level


def waits(person) -> bool:
    return Task.objects.open().filter(offender=person, step="decide_level").exists()


#: What an endorser says who overrides.
UNTIL = {"override_expires_on": IN_A_MONTH}


@pytest.mark.parametrize(
    ("written", "said", "level", "reason"),
    [
        (("medium", "medium"), {}, "medium", "all agree: nothing else to do"),
        (("high", "high"), {}, "high", "raised in the same act"),
        (("low", "low"), {}, "low", "lowered by an endorsed assessment"),
        (("low", "low"), {"level": "low"}, "low", "said in words"),
        (("high", "high"), {"level": "very_high"} | UNTIL, "very_high", "the endorser overrides"),
        (("medium", "high"), UNTIL, "high", "the proposed override is approved"),
        (("medium", "high"), {"level": "medium"}, "medium", "the tool's, not what is proposed"),
    ],
)
def test_the_endorser_decides_the_level_in_the_same_act(person, written, said, level, reason):
    priority, proposed = written
    assessment = handed_in(person, priority, proposed)

    supervisor = endorse(person, **said)

    assert level_of(person) == level, reason
    assert not waits(person)
    assessment.refresh_from_db()
    assert (assessment.level, assessment.level_decided_by) == (level, supervisor)
    assert LevelOverride.objects.exists() is (level != priority)
    assert broken() == {}


@pytest.mark.parametrize(
    ("priority", "proposed", "said", "reason"),
    [
        ("medium", "high", {}, "an override, and nobody said until when"),
        ("high", "low", {}, "a level below the tool's priority"),
        ("low", "low", {"level": "later"}, "the endorser leaves it"),
    ],
)
def test_else_it_is_a_step_of_its_own_and_until_then_nothing_changes(
    person, priority, proposed, said, reason
):
    handed_in(person, priority, proposed)

    endorse(person, **said)

    assert waits(person), reason
    assert level_of(person) == "medium"
    task = make.task_of(person, "decide_level")
    assert task.due_on == dt.date(2026, 11, 30), "five working days"
    reassessment = person.obligations.get(kind="risk_reassessment", closed_at__isnull=True)
    assert reassessment.due_on == dt.date(2027, 11, 23), "the assessment is endorsed all the same"
    assert broken() == {}


def test_whoever_decides_may_decide_another_level_than_was_proposed(person):
    assessment = handed_in(person, "high", "low")
    endorse(person)

    decider = decide(person, "high")

    assert level_of(person) == "high"
    assessment.refresh_from_db()
    assert (assessment.level, assessment.level_reason) == ("high", "Known")
    assert assessment.level_decided_by == decider
    assert not LevelOverride.objects.exists(), "it is the tool's priority"
    assert not waits(person)
    assert Process.objects.filter(offender=person, status="DONE").count() == 1
    assert broken() == {}


def test_an_override_is_kept_with_its_reason_its_approver_and_its_end(person):
    assessment = handed_in(person, "high", "low")
    endorse(person)

    decider = decide(person, "low", override_expires_on=IN_A_MONTH)

    override = LevelOverride.objects.get()
    assert (override.assessment, override.approver) == (assessment, decider)
    assert (override.priority, override.level, override.reason) == ("high", "low", "Known")
    assert (override.decided_on, override.expires_on) == (TODAY, IN_A_MONTH)
    assert level_of(person) == "low"
    said = Payload.objects.latest("pk").payload
    assert (said["level"], said["override_expires_on"]) == ("low", IN_A_MONTH.isoformat())


@pytest.mark.parametrize(
    ("level", "expires_on", "code", "reason"),
    [
        ("low", None, "expiry_missing", "an override has an end"),
        ("low", TODAY, "in_past", "not today"),
        ("low", dt.date(2027, 11, 24), "expires_too_late", "a day more than twelve months"),
        ("high", IN_A_MONTH, "no_override", "the tool's priority needs no end"),
    ],
)
def test_an_override_ends_within_twelve_months(person, level, expires_on, code, reason):
    handed_in(person, "high", "low")
    endorse(person)

    with pytest.raises(Invalid) as error:
        decide(person, level, override_expires_on=expires_on)

    assert (error.value.code, error.value.field) == (code, "override_expires_on"), reason
    assert waits(person)


@pytest.mark.parametrize("expires_on", [TODAY + dt.timedelta(days=1), dt.date(2027, 11, 23)])
def test_the_first_and_the_last_day_on_which_one_may_end(person, expires_on):
    handed_in(person, "high", "low")
    endorse(person)
    decide(person, "low", override_expires_on=expires_on)
    assert LevelOverride.objects.get().expires_on == expires_on


def test_the_author_decides_no_level_of_their_own(person):
    author = make.officer(Role.SUPERVISOR, team=person.team)
    values = make.assessment(priority="high", proposed_level="low")
    doing.complete(person, "assess", values, by=author)
    endorse(person)

    with pytest.raises(RuleBroken) as error:
        decide(person, "high", by=author)

    assert error.value.code == "own_assessment"
    assessment = person.assessments.get(state="endorsed", author=author)
    assessment.level, assessment.level_decided_by = "high", author
    assessment.level_decided_at = MONDAY
    with pytest.raises(IntegrityError), transaction.atomic():
        assessment.save()


def test_an_offender_manager_decides_none(person):
    handed_in(person, "high", "low")
    endorse(person)
    with pytest.raises(NotPermitted):
        decide(person, "high", by=make.officer(team=person.team))


def test_a_level_that_was_decided_never_changes(person):
    assessment = handed_in(person, "high", "high")
    endorse(person)
    for change in ({"level": "low"}, {"level_reason": "Else"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RiskAssessment.objects.filter(pk=assessment.pk).update(**change)


def test_while_a_level_is_undecided_no_other_assessment_is_handed_in(person):
    handed_in(person, "high", "low")
    endorse(person)
    with pytest.raises(RuleBroken) as error:
        handed_in(person, "low", "low")
    assert error.value.code == "level_undecided"
    decide(person, "high")
    handed_in(person, "low", "low")


def test_the_next_decision_ends_the_override_before_it(person):
    handed_in(person, "high", "low")
    endorse(person, override_expires_on=IN_A_MONTH)
    handed_in(person, "medium", "medium")
    endorse(person)

    override = LevelOverride.objects.get()
    assert override.ended_on == TODAY
    assert override.ended_at is not None


def test_one_that_is_returned_leaves_no_level_open(person):
    handed_in(person, "high", "low")
    endorse(person, decision="return")
    assert not waits(person)
    assert make.task_of(person, "assess").is_open
