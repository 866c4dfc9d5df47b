"""Particular actions: owed from the day they are raised until somebody says what came of them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Status
from tests import make
from tests.workflows import doing, searching
from tests.workflows.known import TODAY, all_owed, facts, stay
from workflows.actions import people
from workflows.actions.case_actions import raise_action
from workflows.errors import NotVisible
from workflows.models import CaseAction, Kind, Task
from workflows.obligations import ActionRaised
from workflows.sweep import sweep_obligations

ONE_DAY = dt.timedelta(days=1)


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def raised(person, *, by=None, text="Look at the new telephone.", ahead=5, owner="") -> CaseAction:
    officer = by or make.activate(person.offender_manager)
    return raise_action(
        by=make.actor(officer),
        offender=person.public_id,
        text=text,
        due_on=in_days(ahead),
        owner=owner,
    )


@pytest.mark.parametrize(
    ("on", "finished_on", "stays", "is_owed", "reason"),
    [
        (TODAY, None, (), True, "raised today"),
        (TODAY - ONE_DAY, TODAY, (), False, "finished today"),
        (TODAY - ONE_DAY, TODAY + ONE_DAY, (), True, "as known today it was not finished"),
        (TODAY, None, (stay("custody", "2026-01-10"),), True, "in custody: it is the police's"),
        (TODAY, None, (stay("missing", "2026-01-10"),), True, "missing: it is the police's"),
        (TODAY, None, (stay("abroad", "2026-01-10"),), True, "abroad: it is the police's"),
        (TODAY, None, (stay("hospital", "2026-01-10"),), True, "detained: it is the police's"),
    ],
)
def test_an_action_is_owed_until_it_is_finished_wherever_the_person_is(
    on, finished_on, stays, is_owed, reason
):
    known = facts(stays=stays, case_actions=(ActionRaised(on, 7, TODAY, finished_on),))

    found = [item for item in all_owed(known) if item.kind == Kind.CASE_ACTION]

    assert [(item.about, item.due_on) for item in found] == [("action:7", TODAY)] * is_owed, reason


def test_nothing_is_asked_of_who_is_registered_no_more():
    known = facts(ended="2026-11-01", case_actions=(ActionRaised(TODAY, 7, TODAY),))
    assert all_owed(known) == []


@pytest.mark.django_db
def test_two_actions_are_two_tasks_each_with_its_own_day():
    person = make.person()
    raised(person, text="One", ahead=2)
    raised(person, text="Other", ahead=9)

    tasks = Task.objects.open().filter(offender=person, step="finish_action")

    assert sorted(tasks.values_list("due_on", flat=True)) == [in_days(2), in_days(9)]
    assert {task.owner for task in tasks} == {person.offender_manager}


@pytest.mark.django_db
def test_an_action_goes_to_the_officer_it_names():
    person = make.person()
    colleague = make.officer(team=person.team)

    raised(person, owner=colleague.staff_number.lower())

    assert make.task_of(person, "finish_action").owner == colleague


@pytest.mark.django_db
def test_nobody_is_given_an_action_about_a_person_whom_they_may_not_see():
    person = make.person()
    stranger = make.officer(team=make.team(in_force=person.force))

    with pytest.raises(Invalid) as refused:
        raised(person, owner=stranger.staff_number)

    assert (refused.value.code, refused.value.field) == ("cannot_do_it", "owner")
    assert not CaseAction.objects.exists()


@pytest.mark.django_db
def test_what_came_of_it_closes_it_and_it_is_not_asked_for_again():
    person = make.person()
    action = raised(person)
    manager = person.offender_manager

    doing.complete(person, "finish_action", {"outcome": "done", "evidence": "Looked."}, by=manager)
    sweep_obligations()

    action.refresh_from_db()
    assert (action.outcome, action.finished_by) == ("done", manager)
    assert not person.obligations.filter(kind="case_action", closed_at__isnull=True).exists()
    assert person.obligations.get(kind="case_action").closed_because == "done"


@pytest.mark.django_db
def test_an_action_outlives_custody_and_stays_with_its_day():
    person = make.person()
    raised(person, ahead=3)

    people.change_status(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        status=Status.CUSTODY,
        on=timezone.localdate(),
    )

    assert make.task_of(person, "finish_action").due_on == in_days(3)


@pytest.mark.django_db
@pytest.mark.parametrize("ahead", [-1, -400])
def test_an_action_is_not_raised_for_a_day_that_is_past(ahead):
    with pytest.raises(Invalid) as refused:
        raised(make.person(), ahead=ahead)
    assert (refused.value.code, refused.value.field) == ("in_past", "due_on")


@pytest.mark.django_db
def test_raising_an_action_leaves_one_event_and_counts_the_version():
    person = make.person()
    before = person.version

    action = raised(person)

    person.refresh_from_db()
    assert person.version == before + 1
    event = Event.objects.get(action="case_action.raise")
    assert (event.offender_id, event.subject) == (person.pk, f"case_action:{action.public_id}")
    with pytest.raises(Stale):
        raise_action(
            by=make.actor(person.offender_manager),
            offender=person.public_id,
            version=before,
            text="Again",
            due_on=in_days(1),
            owner="",
        )


@pytest.mark.django_db
def test_who_may_not_see_the_person_raises_nothing():
    person = make.person()
    with pytest.raises(NotVisible):
        raised(person, by=make.officer())
    with pytest.raises((NotVisible, NotPermitted)):
        raised(person, by=make.officer(Role.CONTACT_CENTRE, force=person.force))


@pytest.mark.django_db
def test_the_database_takes_no_half_finished_action():
    person = make.person()
    action = raised(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseAction.objects.filter(pk=action.pk).update(outcome="done")


@pytest.mark.django_db
def test_an_action_raised_while_a_death_is_reported_becomes_work_once_it_is_refuted():
    person = make.person()
    colleague = make.officer(team=person.team)
    searching.report_death(person)

    action = raised(person, owner=colleague.staff_number)

    tasks = Task.objects.open().filter(offender=person, kind=Kind.CASE_ACTION)
    assert action.owner == colleague
    assert not tasks.exists()
    searching.verify(person, "refuted")
    assert tasks.count() == 1


@pytest.mark.django_db
def test_no_action_is_raised_where_nothing_is_owed_any_more():
    person = make.person()
    searching.report_death(person)
    searching.verify(person)

    with pytest.raises(RuleBroken) as refused:
        raised(person)

    assert refused.value.code == "registration_ended"
    assert not CaseAction.objects.exists()
