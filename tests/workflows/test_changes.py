"""A significant change: recorded, and a reassessment brought forward until one answers it."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid
from offenders.models import Status
from risk.models import SignificantChange
from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import browse, text_of  # noqa: F401 - a fixture
from tests.workflows import doing, searching
from workflows.actions import people
from workflows.actions.changes import record_change
from workflows.errors import NotVisible
from workflows.facts import facts_of
from workflows.invariants import broken
from workflows.models import Obligation

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
FRIDAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    return make.person(manager=make.officer(), last_assessment_on="2026-06-01")


def record(person, *, by=None, **values: object) -> SignificantChange:
    said = {"what": "loss_of_home", "occurred_on": FRIDAY, "text": "Evicted."} | values
    return record_change(
        by=make.actor(by or person.offender_manager), offender=person.public_id, **said
    )


def owed(person) -> Obligation | None:
    return person.obligations.filter(kind="risk_reassessment", closed_at=None).first()


def test_it_brings_the_reassessment_forward_and_keeps_its_first_day(person):
    before = owed(person)

    change = record(person)

    after = owed(person)
    assert (after.pk, after.due_on) == (before.pk, dt.date(2026, 11, 27))
    assert after.original_due_on == before.due_on == dt.date(2027, 6, 1)
    assert after.rule == "arms.review.change"
    assert make.task_of(person, "assess").due_on == after.due_on
    event = Event.objects.latest("pk")
    subject = f"significant_change:{change.public_id}"
    assert (event.action, event.subject) == ("change.record", subject)
    assert broken() == {}


def test_it_is_counted_from_the_day_on_which_the_police_knew_of_it(person):
    record(person, occurred_on=dt.date(2026, 9, 1), known_on=TODAY)

    assert owed(person).due_on == dt.date(2026, 11, 30)


def test_an_endorsed_assessment_answers_it_and_a_returned_one_does_not(person):
    record(person)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    for decision, due_on in (("return", "2026-11-27"), ("endorse", "2027-11-23")):
        doing.complete(person, "assess", make.assessment(), by=person.offender_manager)
        doing.complete(person, "endorse", {"decision": decision, "comment": "Read"}, by=supervisor)
        assert owed(person).due_on.isoformat() == due_on


def test_one_that_was_handed_in_before_is_no_answer(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    with time_machine.travel(MONDAY - dt.timedelta(days=4), tick=False):
        doing.complete(person, "assess", make.assessment(), by=person.offender_manager)
    record(person)

    doing.complete(person, "endorse", {"decision": "endorse", "comment": "Read"}, by=supervisor)

    assert owed(person).due_on == dt.date(2026, 11, 27)
    assert make.task_of(person, "assess").is_open
    assert broken() == {}


def test_it_asks_while_the_person_is_missing_and_not_while_detained(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    def moves(status: Status, on: dt.date) -> None:
        people.change_status(
            by=make.actor(supervisor), offender=person.public_id, status=status, on=on
        )

    searching.report(person)
    searching.confirm(person, by=supervisor)
    assert owed(person) is None
    record(person, by=supervisor)
    assert owed(person).due_on == dt.date(2026, 11, 27)
    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        moves(Status.CUSTODY, dt.date(2026, 11, 24))
        assert owed(person) is None
    with time_machine.travel(MONDAY + dt.timedelta(days=14), tick=False):
        moves(Status.COMMUNITY, dt.date(2026, 12, 7))
        assert owed(person).due_on == dt.date(2026, 12, 14), "five working days after the return"
        assert broken() == {}


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"occurred_on": TODAY + dt.timedelta(days=1)}, "in_future", "occurred_on"),
        ({"known_on": TODAY + dt.timedelta(days=1)}, "in_future", "known_on"),
        ({"known_on": FRIDAY - dt.timedelta(days=1)}, "known_before_it_happened", "known_on"),
    ],
)
def test_days_that_make_no_sense_are_refused(person, values, code, field):
    with pytest.raises(Invalid) as error:
        record(person, **values)
    assert (error.value.code, error.value.field) == (code, field)


def test_who_cannot_see_the_person_records_nothing(person):
    with pytest.raises(NotVisible):
        record(person, by=make.officer(team=make.team(in_force=person.force)))


@pytest.mark.parametrize(
    "wrong", [{"what": "weather"}, {"known_on": FRIDAY - dt.timedelta(days=1)}]
)
def test_the_database_refuses_what_means_nothing(person, wrong):
    row = {
        "offender": person,
        "what": "other",
        "occurred_on": FRIDAY,
        "known_on": FRIDAY,
        "text": "x",
        "recorded_by": person.offender_manager,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SignificantChange.objects.create(**row | wrong)


def test_what_was_not_known_yet_is_not_read_as_of_an_earlier_day(person):
    record(person, occurred_on=dt.date(2026, 9, 1), known_on=FRIDAY)

    assert facts_of(person, as_of=FRIDAY - dt.timedelta(days=1)).changes == ()
    [change] = facts_of(person, as_of=FRIDAY).changes
    assert (change.known_on, change.what) == (FRIDAY, "loss_of_home")


def test_an_override_that_ended_later_stood_as_of_an_earlier_day(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    def assessed(priority: str, **said: object) -> None:
        values = make.assessment(priority=priority, proposed_level="high")
        doing.complete(person, "assess", values, by=person.offender_manager)
        decision = {"decision": "endorse", "comment": "Yes"} | said
        doing.complete(person, "endorse", decision, by=supervisor)

    assessed("medium", override_expires_on=dt.date(2027, 2, 1))
    assert owed(person).due_on == dt.date(2027, 2, 1), "it expires before a year is over"
    with time_machine.travel(MONDAY + dt.timedelta(days=10), tick=False):
        assessed("high")
        assert owed(person).due_on == dt.date(2027, 12, 3)
        [then] = facts_of(person, as_of=TODAY).overrides
        [now] = facts_of(person).overrides
        assert broken() == {}
    assert (then.ended_on, now.ended_on) == (None, dt.date(2026, 12, 3))


# --- where an officer looks for it ----------------------------------------------------------------


def test_it_is_recorded_on_a_page_and_stands_in_the_timeline(person, browse):  # noqa: F811
    client = browse(person.offender_manager)
    address = reverse("ui:significant-change", args=[person.public_id])
    assert address in client.get(reverse("ui:person", args=[person.public_id])).content.decode()
    typed = {
        "key": "k" * 20,
        "what": "loss_of_home",
        "occurred_on_day": "20",
        "occurred_on_month": "11",
        "occurred_on_year": "2026",
        "text": "Evicted on Friday.",
    }

    assert client.post(address, typed).status_code == 303

    shown = text_of(client.get(reverse("ui:person", args=[person.public_id])))
    assert "Change: loss of the home" in shown
    assert "Evicted on Friday." in shown


def test_the_history_names_tool_priority_level_people_and_override(person, browse):  # noqa: F811
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    values = make.assessment(priority="high", proposed_level="low")
    doing.complete(person, "assess", values, by=person.offender_manager)
    said = {"decision": "endorse", "comment": "Yes", "override_expires_on": dt.date(2027, 2, 1)}
    doing.complete(person, "endorse", said, by=supervisor)
    change = record(person)

    page = browse(supervisor).get(reverse("ui:person", args=[person.public_id]))
    answer = signed_in(supervisor).get(f"offenders/{person.public_id}").json()

    shown = text_of(page)
    assert "Active Risk Management System Endorsed 23 Nov 2026 High Low" in shown
    assert f"endorsed by {supervisor.display_name}" in shown
    assert f"Override by {supervisor.display_name} until 1 Feb" in shown
    newest, imported = answer["assessments"]
    assert (newest["tool"], newest["tool_version"]) == ("arms", 1)
    assert (newest["priority"], newest["level"]) == ("high", "low")
    assert newest["override"]["expires_on"] == "2027-02-01"
    assert (imported["state"], imported["override"]) == ("imported", None)
    assert answer["significant_changes"][0]["id"] == str(change.public_id)
