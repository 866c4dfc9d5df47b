"""Why a task stands where it does, what changed since, and what a visit today would do."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from offenders.errors import Invalid
from tests import make
from tests.workflows import crowd, doing, indicating, triaging
from tests.workflows.moments import moment
from workflows.actions.changes import record_change
from workflows.actions.indicators import matching
from workflows.errors import TaskNotOpen
from workflows.models import Task
from workflows.queries.explaining import explanation
from workflows.queries.inbox import tasks_page
from workflows.standings import keep_standings

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def person():
    return make.settled(management_level="high")


def ask(person, *, user=None, since=None):
    task = make.task_of(person)
    return explanation(make.actor(user or person.offender_manager), task, since=since)


def test_the_reasons_add_up_and_the_items_stand_behind_them(person):
    by = make.activate(person.offender_manager)
    open_one = indicating.matched(person, by=by, code="UDEV")
    found = ask(person)
    assert sum(part.points for part in found.row.reasons) == found.row.score
    [behind] = found.indicators
    assert (behind.indicator, behind.points, behind.is_fading) == (open_one, 30, False)
    [told] = [part.points for part in found.row.reasons if part.code == "indicator:UDEV"]
    assert told == 30  # high, graded 2C


def test_a_restricted_item_is_behind_the_score_of_its_named_users_alone(person):
    colleague = make.officer(team=person.team)
    hidden = crowd.indicator(person, "UDEV", is_restricted=True)
    crowd.named_for(hidden, colleague)
    keep_standings([person.pk])
    assert ask(person).indicators == []
    assert [one.indicator for one in ask(person, user=colleague).indicators] == [hidden]
    assert ask(person).row.score == ask(person, user=colleague).row.score


def test_a_task_that_is_done_has_no_place(person):
    task = make.task_of(person)
    doing.visit(person)
    task.refresh_from_db()
    with pytest.raises(TaskNotOpen):
        explanation(make.actor(person.offender_manager), task)


@pytest.mark.django_db(transaction=True)
def test_what_came_in_is_told_apart_from_what_time_did():
    """An undeclared device and an arrest, and then weeks in which nothing happened."""
    person = make.settled(management_level="high")
    by = make.activate(person.offender_manager)
    then = moment()
    before = ask(person)
    indicating.matched(person, by=by, code="UDEV")
    record_change(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        what="arrest",
        occurred_on=timezone.localdate(),
        text="Arrested for theft",
    )
    with time_machine.travel(timezone.now() + 40 * DAY, tick=False):
        after = ask(person, since=then)
    told = {(one.code, one.how) for one in after.since.differences}
    assert ("indicator:UDEV", "new") in told
    assert ("change", "new") in told
    assert {how for code, how in told if code in ("overdue", "due_soon", "level")} <= {"time"}
    assert after.since.score == before.row.score
    total = sum(one.points for one in after.since.differences)
    assert total == after.row.score - before.row.score


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_since_has_ended(person):
    by = make.activate(person.offender_manager)
    supervisor = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    found = indicating.matched(person, by=by, code="UDEV")
    then = moment()
    matching.unmatch(by=supervisor, indicator=found.public_id, reason="Another person")
    [one] = ask(person, since=then).since.differences
    assert (one.code, one.how, one.points) == ("indicator:UDEV", "ended", -30)


def test_since_now_nothing_differs(person):
    indicating.matched(person, by=make.activate(person.offender_manager), code="UDEV")
    found = ask(person, since=timezone.now())
    assert found.since.differences == ()
    assert found.since.score == found.row.score


@pytest.mark.parametrize(("since", "code"), [(DAY, "in_future"), (-40_000 * DAY, "before_records")])
def test_an_instant_of_which_nothing_is_known_is_refused(person, since, code):
    with pytest.raises(Invalid) as refused:
        ask(person, since=timezone.now() + since)
    assert (refused.value.code, refused.value.field) == (code, "since")


def test_a_visit_today_would_move_it_down_the_list(person):
    manager = person.offender_manager
    today = timezone.localdate()
    for days in (-30, 2, 20):
        crowd.task(crowd.person(manager, management_level="high"), today + days * DAY)
    Task.objects.filter(pk=make.task_of(person).pk).update(due_on=today - 60 * DAY)
    by = make.actor(make.activate(manager))
    among = [row.id for row in tasks_page(actor=by, scope="mine", today=today).rows]
    place = 1 + among.index(str(make.task_of(person).public_id))

    found = ask(person).if_visited

    assert (found.move.was, found.among) == (place, len(among))
    assert found.move.becomes > found.move.was
    assert found.next_due_on > today
    doing.visit(person)
    after = [row.id for row in tasks_page(actor=by, scope="mine", today=today).rows]
    written = {str(task.public_id) for task in Task.objects.filter(step="write_up")}
    listed = [one for one in after if one not in written]
    assert 1 + listed.index(str(make.task_of(person).public_id)) == found.move.becomes
    assert make.task_of(person).due_on == found.next_due_on


def test_only_of_a_visit_that_is_to_be_made_is_it_said(person):
    task = make.task_of(person, "assess")
    assert explanation(make.actor(person.offender_manager), task).if_visited is None


def test_nothing_is_written_by_asking(person):
    task = make.task_of(person)
    before = Task.objects.filter(pk=task.pk).values().get()
    ask(person, since=timezone.now())
    assert Task.objects.filter(pk=task.pk).values().get() == before
    assert Actor.of_user(person.offender_manager).user_id == task.owner_id


@pytest.mark.django_db(transaction=True)
def test_what_was_merged_then_did_not_count_then_though_the_merge_was_undone_since():
    manager = make.officer()
    person = make.settled(manager=manager, management_level="high")
    first, found = (indicating.matched(person, by=manager, code="UDEV") for _ in range(2))
    triaging.triage(found, "duplicate", by=manager, same_as=first.public_id)
    then = moment()
    matching.undo_merge(
        by=make.actor(manager), indicator=found.public_id, reason="Another telephone"
    )
    told = ask(person, since=then).since.differences
    assert [(one.code, one.points) for one in told] == [("indicator:UDEV", 30)]
    assert ask(person, since=moment()).since.differences == ()
