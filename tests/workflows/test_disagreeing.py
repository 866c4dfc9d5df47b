"""An officer says that a task stands in the wrong place; it is read, and it moves nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from audit.models import Event
from offenders.errors import Stale
from tests import make
from tests.workflows import doing
from workflows import insert_only
from workflows.actions.disagreeing import disagree
from workflows.errors import NotVisible, TaskNotOpen
from workflows.models import PriorityDisagreement, Task
from workflows.queries.disagreements import disagreements_page
from workflows.queries.inbox import tasks_page

pytestmark = pytest.mark.django_db

SAID = {"reason": "Seen by neighbourhood officers today", "would_do_first": "The visit to N2"}


@pytest.fixture
def person():
    return make.settled(management_level="high")


def say(person, *, by=None, **values):
    task = make.task_of(person)
    return disagree(
        by=make.actor(by or person.offender_manager), task=task.public_id, **(SAID | values)
    )


def test_it_is_kept_and_on_record_and_moves_nothing(person):
    by, today = make.actor(person.offender_manager), timezone.localdate()
    task = make.task_of(person)
    before = Task.objects.filter(pk=task.pk).values().get()
    listed = [row.place for row in tasks_page(actor=by, scope="mine", today=today).rows]

    found = say(person)

    assert Task.objects.filter(pk=task.pk).values().get() == before
    after = [row.place for row in tasks_page(actor=by, scope="mine", today=today).rows]
    assert after == listed
    assert (found.reason, found.would_do_first) == (SAID["reason"], SAID["would_do_first"])
    event = Event.objects.latest("pk")
    assert (event.action, event.offender_id, event.reason) == (
        "priority.disagree",
        person.pk,
        SAID["reason"],
    )


def test_the_supervisor_and_the_inspector_read_it_and_another_team_does_not(person):
    found = say(person)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    inspector = make.officer(Role.INSPECTOR, force=person.force)
    elsewhere = make.officer(Role.SUPERVISOR, team=make.team(in_force=person.force))
    for user, expected in [(supervisor, [found]), (inspector, [found]), (elsewhere, [])]:
        assert disagreements_page(actor=make.actor(user)).rows == expected
    assert disagreements_page(actor=make.actor(person.offender_manager)).rows == []


def test_the_newest_comes_first_page_by_page(person):
    said = [say(person, reason=f"Reason {number}") for number in range(3)]
    by = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    first = disagreements_page(actor=by, limit=2)
    rest = disagreements_page(actor=by, limit=2, after=first.next[0])
    assert [*first.rows, *rest.rows] == said[::-1]
    assert rest.next is None


@pytest.mark.parametrize(
    ("values", "error"),
    [({"reason": ""}, ReasonRequired), ({"version": 99}, Stale)],
)
def test_what_is_missing_is_refused(person, values, error):
    with pytest.raises(error):
        say(person, **values)
    assert not PriorityDisagreement.objects.exists()


def test_who_may_not_is_refused_and_who_does_not_see_it_finds_nothing(person):
    with pytest.raises(NotVisible):
        say(person, by=make.officer(team=make.team(in_force=person.force)))
    with pytest.raises((NotPermitted, NotVisible)):
        say(person, by=make.officer(Role.AUDITOR, force=person.force))


def test_of_what_is_done_nobody_says_it(person):
    task = make.task_of(person)
    doing.visit(person)
    with pytest.raises(TaskNotOpen):
        disagree(by=make.actor(person.offender_manager), task=task.public_id, **SAID)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_what_was_said(person, act):
    rows = PriorityDisagreement.objects.filter(pk=say(person).pk)
    with pytest.raises(IntegrityError, match=insert_only.REFUSAL), transaction.atomic():
        rows.update(reason="Another") if act == "update" else rows._raw_delete(rows.db)
    assert rows.get().reason == SAID["reason"]


def test_its_guards_are_looked_for():
    insert_only.require()
