"""Sentences of practice on visits that no other test says: PRACTICE 2, 4, 9, 10 and 12."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from audit.models import Event
from offenders.errors import RuleBroken
from offenders.models import ContactNote, Offender
from tests import make
from tests.workflows import doing
from workflows.actions import people
from workflows.actions.voiding import void_visit
from workflows.errors import NotVisible
from workflows.models import Alert, Kind, Task, Visit, VisitAttendance
from workflows.queries.person import last_visits_of
from workflows.queries.same_home import at_same_home

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


# --- 2: any effective visit -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visited", "by_colleague", "reason"),
    [
        ("2026-11-20", False, "early: nothing was due for six months"),
        ("2026-05-24", False, "on its last day but one"),
        ("2026-01-05", False, "long overdue"),
        ("2026-11-20", True, "early and by a colleague"),
        ("2026-01-05", True, "overdue and by a colleague"),
    ],
)
def test_any_effective_visit_completes_the_open_obligation(visited, by_colleague, reason):
    person = make.person(management_level="medium", last_effective_visit_on=visited)
    owed = person.obligations.get(kind=Kind.HOME_VISIT, closed_at__isnull=True)

    doing.visit(person, by=make.officer(team=person.team) if by_colleague else None)

    owed.refresh_from_db()
    assert owed.closed_because == "done", reason
    assert doing.home_visit_due(person) == dt.date(2027, 5, 23)


# --- 4: brought forward ---------------------------------------------------------------------------


def test_a_visit_that_is_brought_forward_is_done_by_the_visit():
    person = make.person(management_level="medium", last_effective_visit_on="2026-11-01")
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    people.bring_visit_forward(
        by=make.actor(supervisor),
        offender=person.public_id,
        visit_by=dt.date(2026, 11, 30),
        reason="A new partner",
    )
    assert doing.home_visit_due(person) == dt.date(2026, 11, 30)

    doing.visit(person)

    assert doing.home_visit_due(person) == dt.date(2027, 5, 23)


@pytest.mark.parametrize(
    ("level", "wanted", "reason"),
    [
        ("very_high", dt.date(2026, 11, 25), "one working day from the second"),
        ("high", dt.date(2026, 11, 26), "two"),
        ("medium", dt.date(2026, 12, 1), "five"),
        ("low", dt.date(2026, 12, 1), "five"),
    ],
)
def test_a_second_failed_attempt_asks_again_from_its_own_day(level, wanted, reason):
    person = make.person(management_level=level, last_effective_visit_on="2026-11-20")
    doing.visit(person, outcome="no_answer")

    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        doing.visit(person, outcome="refused")

    assert make.task_of(person).attempt_by == wanted, reason
    assert Visit.objects.filter(offender=person, origin="recorded").count() == 2, "both are kept"


# --- 9: what counts -------------------------------------------------------------------------------


def test_there_are_six_outcomes_and_one_of_them_is_effective():
    assert set(Visit.Outcome.values) == {
        "effective",
        "seen_not_completed",
        "no_answer",
        "refused",
        "not_resident",
        "aborted_by_police",
    }


@pytest.mark.parametrize("kind", ContactNote.Kind.values)
def test_no_other_contact_counts_as_a_visit(kind):
    person = make.person(last_effective_visit_on="2026-06-01")
    before = doing.home_visit_due(person)

    people.add_contact_note(
        by=make.actor(make.activate(person.offender_manager)),
        offender=person.public_id,
        kind=kind,
        occurred_at=timezone.now(),
        text="Spoke about his appointment.",
    )

    assert doing.home_visit_due(person) == before
    assert make.task_of(person).is_open
    assert not Visit.objects.filter(offender=person, origin="recorded").exists()


def test_a_refusal_is_on_the_record_as_a_refusal_and_as_nothing_else():
    person = make.person()

    visit = doing.visit(person, outcome="refused")

    event = Event.objects.get(action="visit.record")
    assert "breach" not in f"{event.reason} {event.subject}".lower()
    open_kinds = set(person.obligations.filter(closed_at=None).values_list("kind", flat=True))
    assert not [kind for kind in open_kinds if "breach" in kind]
    assert str(Visit.Outcome(visit.outcome).label) == "Refused"


# --- 10: who records ------------------------------------------------------------------------------


def test_everybody_who_was_there_is_named_and_the_owner_is_told():
    person = make.person()
    recorder, third = make.officer(team=person.team), make.officer(team=person.team)

    visit = doing.visit(person, by=recorder, colleagues=[third.staff_number])

    named = VisitAttendance.objects.filter(visit=visit)
    assert set(named.values_list("user", flat=True)) == {recorder.pk, third.pk, None}
    [told] = Alert.objects.filter(about="visit_by_colleague")
    assert (told.to, told.offender) == (person.offender_manager, person)


def test_an_officer_of_another_team_records_nothing_here():
    person = make.person()
    stranger = make.officer(team=make.team(in_force=person.force))

    with pytest.raises(NotVisible):
        doing.visit(person, by=stranger)


def test_the_attending_officer_finishes_the_write_up_after_the_person_was_moved_away():
    person = make.person()
    manager = make.activate(person.offender_manager)
    visit = doing.visit(person)
    doing.move_away(person)
    assert not Offender.objects.permitted(make.actor(manager), "offender.view").exists()

    doing.complete(person, "write_up", make.write_up(), by=manager)

    assert visit.write_ups.get().written_by == manager


def test_nobody_who_attended_endorses_what_the_next_team_endorses():
    person = make.person()
    manager = make.activate(person.offender_manager)
    visit = doing.visit(person)
    new = doing.move_away(person)
    doing.complete(person, "write_up", make.write_up(), by=manager)
    supervisor = make.officer(Role.SUPERVISOR, team=new.team)

    doing.complete(person, "review", {"decision": "accepted", "comment": ""}, by=supervisor)

    assert visit.reviews.get().reviewed_by == supervisor


# --- 12: two people at one address, and corrections -----------------------------------------------


HOME = {"address_line_1": "14 Larkspur Mews", "postcode": "QX7 4ZZ"}


def test_two_people_at_one_address_have_records_of_their_own():
    one = make.person(**HOME)
    other = make.person(manager=one.offender_manager, **HOME)
    due = doing.home_visit_due(other)

    doing.visit(one)

    assert doing.home_visit_due(other) == due, "the visit to one is none to the other"
    assert not Visit.objects.filter(offender=other, origin="recorded").exists()
    doing.visit(other)
    assert Visit.objects.filter(origin="recorded").count() == 2


def test_one_trip_is_offered_where_somebody_else_lives_there():
    one = make.person(**HOME)
    manager = make.actor(make.activate(one.offender_manager))
    other = make.person(manager=one.offender_manager, **HOME)
    make.person(manager=one.offender_manager, address_line_1="15 Larkspur Mews", postcode="QX7 4ZZ")

    [offered] = at_same_home(manager, make.task_of(one))

    assert (offered.person, offered.visit) == (other, make.task_of(other))


@pytest.mark.parametrize("hide", ["restricted", "another team"])
def test_whoever_may_not_be_seen_is_never_revealed_by_a_shared_address(hide):
    one = make.person(**HOME)
    manager = make.actor(make.activate(one.offender_manager))
    owner = one.offender_manager
    if hide == "another team":
        owner = make.officer(team=make.team(in_force=one.force))
    other = make.person(manager=owner, **HOME)
    if hide == "restricted":
        Offender.objects.filter(pk=other.pk).update(is_restricted=True)

    assert at_same_home(manager, make.task_of(one)) == []


def test_who_has_ended_their_registration_is_not_called_on():
    one = make.person(**HOME)
    manager = make.actor(make.activate(one.offender_manager))
    supervisor = make.officer(Role.SUPERVISOR, team=one.team)
    other = make.person(manager=one.offender_manager, **HOME)
    Offender.objects.filter(pk=other.pk).update(
        registration_ended_on=MONDAY.date(),
        end_proposed_by=one.offender_manager,
        end_endorsed_by=supervisor,
    )

    assert at_same_home(manager, make.task_of(one)) == []


def test_the_last_five_visits_come_newest_first_with_attempts_and_without_void_ones():
    person = make.person(last_effective_visit_on="2026-05-01")
    for days in range(6, 0, -1):
        doing.visit(
            person,
            outcome="no_answer",
            occurred_at=MONDAY - dt.timedelta(days=days),
            entry_reason="From the notebook",
        )
    wrong = Visit.objects.filter(offender=person, origin="recorded").latest("pk")
    void_visit(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        visit=wrong.public_id,
        reason="Another day",
    )

    shown = last_visits_of([person.pk])[person.pk]

    assert [visit.occurred_on.day for visit in shown] == [21, 20, 19, 18, 17]


def test_a_void_entry_keeps_what_it_said():
    person = make.person()
    visit = doing.visit(person, note="Curtains drawn.", concern=True)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    void_visit(
        by=make.actor(supervisor),
        offender=person.public_id,
        visit=visit.public_id,
        reason="Entered for the wrong person",
    )

    visit.refresh_from_db()
    assert (visit.note, visit.outcome, visit.concern) == ("Curtains drawn.", "effective", True)
    with pytest.raises(RuleBroken):
        void_visit(
            by=make.actor(supervisor),
            offender=person.public_id,
            visit=visit.public_id,
            reason="Again",
        )


def test_the_two_minute_outcome_asks_for_no_more_than_it_did():
    person = make.person()
    doing.visit(person)

    closed = person.obligations.get(kind=Kind.HOME_VISIT, closed_at__isnull=False)
    assert closed.closed_because == "done", "at once, before anything is written up"
    assert make.task_of(person, "write_up").is_open
    assert not Task.objects.open().filter(offender=person, step="review").exists()
