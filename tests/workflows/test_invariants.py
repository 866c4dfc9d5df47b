"""Each invariant is noticed when it is broken, and the command says so without naming anyone."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from offenders.models import LevelDecision, Offender
from risk.models import Indicator
from tests import make
from tests.rules.shipped import day, default_rules, published_calendar
from tests.workflows import doing, indicating, triaging
from tests.workflows.known import facts, levels, plan
from workflows import own_visits
from workflows.actions import imports
from workflows.actions.transfers import offer_transfer
from workflows.differences import Open
from workflows.heartbeat import beats
from workflows.invariants import _is_too_late, broken
from workflows.models import (
    Heartbeat,
    Kind,
    Obligation,
    Process,
    Task,
    TransferOffer,
    VisitReview,
)
from workflows.obligations.indicators import about
from workflows.reconcile import Day

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[1] / "data"
AS_OF = dt.date(2026, 11, 23)


def close(**which):
    Obligation.objects.filter(**which).update(closed_at=timezone.now(), closed_because="not_owed")


def break_the_visit(person):
    close(offender=person, kind=Kind.HOME_VISIT)


def put_off_the_visit(person):
    Obligation.objects.filter(offender=person, kind=Kind.HOME_VISIT).update(
        due_on=dt.date(2099, 1, 1)
    )


def end_the_person(person):
    Offender.objects.filter(pk=person.pk).update(
        registration_ended_on=timezone.localdate(),
        end_proposed_by=make.officer(),
        end_endorsed_by=make.officer(),
    )


def copy_another_level(person):
    LevelDecision.objects.filter(offender=person).update(level="very_high")


def copy_another_mode(person):
    Offender.objects.filter(pk=person.pk).update(management_mode="reactive")


def cancel_the_work(person):
    Process.objects.filter(offender=person).update(status="CANCELED")


def finish_the_steps(person):
    Task.objects.filter(offender=person).update(status="DONE")


def fail_a_step(person):
    Task.objects.filter(offender=person, step="assess").update(status="ERROR")


def move_a_step(person):
    Task.objects.filter(offender=person, step="assess").update(due_on=dt.date(2099, 1, 1))


def change_the_team(person):
    Offender.objects.filter(pk=person.pk).update(team=make.team(in_force=person.force))


def forget_what_is_owed(person):
    Process.objects.filter(offender=person).update(obligation=None)


def move_the_person_to_another_force(person):
    Offender.objects.filter(pk=person.pk).update(force=make.force())


def move_the_officer_to_another_force(person):
    User.objects.filter(pk=person.offender_manager_id).update(team=make.team())


def bind_a_client_elsewhere(person):
    make.integration(force=person.force, teams=[person.team]).teams.add(make.team())


def bind_a_client_both_ways(person):
    make.integration(force=person.force).teams.add(person.team)


def lose_the_triggers():
    """As a table that was rebuilt, or somebody who owns the database, leaves it."""
    connection.check_constraints()
    own_visits.drop(connection)


def review(visit, **by):
    """Naming somebody else as who recorded it, which the constraint believes."""
    sound = {"reviewed_by": make.officer(), "visit_recorded_by": make.officer()}
    VisitReview.objects.create(visit=visit, decision="accepted", comment="Fine", **sound | by)


def review_ones_own_visit(person):
    lose_the_triggers()
    visit = doing.visit(person)
    review(visit, reviewed_by=visit.recorded_by)


def review_for_who_was_there(person):
    lose_the_triggers()
    visit = doing.visit(person)
    review(visit, reviewed_for=visit.recorded_by)


def written_up(person):
    """A visit, and a colleague who wrote it up and was not there."""
    colleague = make.officer(team=person.team)
    visit = doing.visit(person, concern=True)
    values = make.write_up(entry_reason="They are away")
    doing.complete(person, "write_up", values, by=colleague)
    return visit, colleague


def review_what_one_wrote_up(person):
    lose_the_triggers()
    visit, colleague = written_up(person)
    review(visit, reviewed_by=colleague)


def review_for_who_wrote_it_up(person):
    lose_the_triggers()
    visit, colleague = written_up(person)
    review(visit, reviewed_for=colleague)


def settle_an_offer_past_its_action(person):
    supervisor = make.officer("supervisor", team=person.team)
    to = make.officer(team=make.team(in_force=person.force))
    offer_transfer(
        by=make.actor(supervisor),
        offenders=[person.public_id],
        to=to.public_id,
        reason="Moved house",
    )
    TransferOffer.objects.update(withdrawn_by=supervisor, withdrawn_at=timezone.now())


def forget_who_confirmed(person):
    found = indicating.matched(person, by=make.activate(person.offender_manager))
    found.matches.update(state="suggested", decided_by=None, decided_at=None)


def lose_whom_it_is_about(person):
    found = indicating.matched(person, by=make.activate(person.offender_manager))
    Indicator.objects.filter(pk=found.pk).update(
        state="unmatched", offender=None, matched_by=None, matched_at=None
    )


def confirm_past_the_action(person):
    manager = make.activate(person.offender_manager)
    found = indicating.about(person, by=manager)
    found.matches.update(state="rejected", decided_by=manager, decided_at=timezone.now())


def match_across_forces(person):
    indicating.matched(person, by=make.activate(person.offender_manager))
    Offender.objects.filter(pk=person.pk).update(force=make.force())


def forget_that_it_fades(person):
    found = triaging.matched(person)
    triaging.triage(
        found, "transferred", by=make.activate(person.offender_manager), transferred_to="Aldmoor"
    )
    Indicator.objects.filter(pk=found.pk).update(decays_from=None)


def merge_into_a_merged_one(person):
    manager = make.activate(person.offender_manager)
    first, second, third = (
        indicating.about(person, by=manager, source=source) for source in ("rocu", "nca", "ceop")
    )
    Indicator.objects.filter(pk=third.pk).update(merged_into=second)
    assert first == second.merged_into


def leave_a_check_behind(person):
    manager = make.activate(person.offender_manager)
    found = triaging.triage(triaging.critical(person), by=manager)
    close(offender=person, about=about(found.pk))


def copy_another_change(person):
    Task.objects.filter(offender=person).update(changed_on=timezone.localdate())


def take_the_basis(person):
    person.bases.all().delete()


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (break_the_visit, "active_person_without_exactly_one_visit"),
        (break_the_visit, "obligations_are_not_what_is_owed"),
        (break_the_visit, "open_step_of_closed_obligation"),
        (forget_what_is_owed, "open_step_of_closed_obligation"),
        (put_off_the_visit, "visit_due_after_its_interval"),
        (put_off_the_visit, "step_due_another_day"),
        (end_the_person, "ended_person_with_obligation"),
        (end_the_person, "open_step_of_ended_person"),
        (copy_another_level, "level_is_not_the_newest_decision"),
        (copy_another_mode, "mode_is_not_the_newest_decision"),
        (cancel_the_work, "obligation_without_work"),
        (cancel_the_work, "open_step_of_finished_process"),
        (finish_the_steps, "process_without_open_step"),
        (fail_a_step, "step_that_failed"),
        (move_a_step, "step_due_another_day"),
        (change_the_team, "step_in_another_team"),
        (review_ones_own_visit, "visit_reviewed_by_who_recorded_it"),
        (review_ones_own_visit, "visit_reviewed_by_who_was_there"),
        (review_for_who_was_there, "visit_reviewed_for_who_was_there"),
        (review_for_who_was_there, "visit_reviewed_for_who_recorded_it"),
        (review_what_one_wrote_up, "visit_reviewed_by_who_wrote_it_up"),
        (review_for_who_wrote_it_up, "visit_reviewed_for_who_wrote_it_up"),
        (settle_an_offer_past_its_action, "settled_offer_that_keeps_someone_waiting"),
        (leave_a_check_behind, "open_check_of_closed_triage"),
        (copy_another_change, "step_that_presses_otherwise"),
        (take_the_basis, "person_without_basis"),
        (forget_who_confirmed, "indicator_of_somebody_not_confirmed"),
        (lose_whom_it_is_about, "confirmed_match_without_effect"),
        (confirm_past_the_action, "match_that_nobody_decided"),
        (match_across_forces, "indicator_of_another_force"),
        (forget_that_it_fades, "indicator_that_fades_from_another_time"),
        (merge_into_a_merged_one, "indicator_merged_into_a_merged_one"),
        (move_the_person_to_another_force, "person_in_a_team_of_another_force"),
        (move_the_person_to_another_force, "person_managed_from_another_force"),
        (move_the_officer_to_another_force, "officer_in_a_team_of_another_force"),
        (bind_a_client_elsewhere, "integration_in_a_team_of_another_force"),
        (bind_a_client_both_ways, "integration_of_teams_and_of_the_whole_force"),
    ],
)
def test_a_broken_invariant_is_counted(spoil, name):
    person = make.person()
    assert broken() == {}

    spoil(person)

    assert broken()[name] >= 1


def test_the_command_says_that_all_is_well():
    make.person()
    out = io.StringIO()

    call_command("check_invariants", stdout=out)

    assert out.getvalue() == "Every invariant holds.\n"


def test_the_command_fails_with_names_of_invariants_and_counts_alone():
    person = make.person(surname="Testnominal")
    break_the_visit(person)
    out = io.StringIO()

    with pytest.raises(SystemExit) as exit_:
        call_command("check_invariants", stdout=out)

    assert exit_.value.code == 1
    assert "active_person_without_exactly_one_visit: 1\n" in out.getvalue()
    assert "Testnominal" not in out.getvalue()


# --- manage.py owed -----------------------------------------------------------------------------


def imported(name):
    force = make.force(code="EXA")
    with (DATA / f"{name}.csv").open("rb") as file:
        imports.import_file(by=make.SETUP, force=force, file=file, name=name, as_of=AS_OF)
    return json.loads((DATA / f"{name}.answers.json").read_text())["due"]


def answered(**options):
    out = io.StringIO()
    call_command("owed", stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(
    "name", ["extract_small", pytest.param("extract_force", marks=pytest.mark.slow)]
)
def test_every_answer_is_the_one_worked_out_independently(name):
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        expected = imported(name)

        assert answered() == expected, "from the open obligations"
        assert broken() == {}
    with time_machine.travel(dt.datetime(2026, 12, 30, 12, tzinfo=dt.UTC), tick=False):
        assert answered(as_of=AS_OF) == expected, "from the facts of that day"


def test_an_unknown_force_is_an_error():
    with pytest.raises(CommandError, match="no force"):
        call_command("owed", force="NONE")


# --- heartbeats ---------------------------------------------------------------------------------


def test_a_job_that_fails_is_noted_by_the_class_of_its_error_alone():
    @beats("test-job")
    def fails() -> int:
        raise ValueError("a name that must not be kept")

    with pytest.raises(ValueError, match="must not be kept"):
        fails()

    beat = Heartbeat.objects.get(job="test-job")
    assert (beat.last_error, beat.last_succeeded_at) == ("ValueError", None)


def test_a_success_clears_the_last_error():
    Heartbeat.objects.create(job="test-job", last_error="ValueError")

    assert beats("test-job")(lambda: 7)() == 7

    beat = Heartbeat.objects.get(job="test-job")
    assert (beat.last_error, beat.last_count) == ("", 7)
    assert beat.last_succeeded_at >= beat.last_started_at


@pytest.mark.parametrize(
    ("due_on", "rule", "level", "is_late", "reason"),
    [
        ("2026-10-01", "visit.interval.high", "high", False, "by its interval"),
        ("2026-10-02", "visit.interval.high", "high", True, "a day later"),
        ("2026-10-01", "visit.interval.high", "very_high", False, "overdue when it was raised"),
        ("2026-07-15", "visit.interval.rmp_override", "high", False, "by the plan"),
        ("2026-07-16", "visit.interval.rmp_override", "high", True, "a day later than the plan"),
        ("2027-07-01", "visit.directed", "high", False, "by no interval"),
    ],
)
def test_a_visit_is_late_by_the_interval_that_gave_its_day(due_on, rule, level, is_late, reason):
    known = facts(
        visited="2026-07-01",
        levels=levels(("2020-01-10", "high"), ("2026-11-02", level)),
        plans=(plan("2026-01-10", "14d"),),
    )
    visit = Open(1, Kind.HOME_VISIT, "", day(due_on), rule, 1)
    rules = Day(AS_OF, default_rules(), published_calendar())

    assert _is_too_late(known, visit, rules) is is_late, reason
