"""The sweep: late, twice, killed, or at the same time as another, it leaves the same rows."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import Event
from rules.models import RuleSetVersion
from rules.ruleset import RuleSet
from tests import make
from tests.rules.shipped import default_rules
from workflows import reconcile as reconciling
from workflows.invariants import broken
from workflows.models import Heartbeat, Kind, Obligation, Process, Task
from workflows.sweep import PeopleLeftOut, sweep_obligations
from workflows.tasks import sweep_obligations as sweep_task

pytestmark = pytest.mark.django_db


def ahead(days):
    return timezone.localdate() + dt.timedelta(days=days)


def standing():
    """What is open, by reference, without what differs from run to run."""
    return sorted(
        Obligation.objects.filter(closed_at=None).values_list(
            "offender__source_ref", "kind", "about", "due_on", "original_due_on", "rule"
        )
    )


def ending_soon(**facts):
    """A person whose registration ends in 100 days: the final review is owed in 10."""
    relevant = ahead(100) + dt.timedelta(days=1)
    start = relevant.replace(year=relevant.year - 2)
    return make.person(basis="caution", relevant_date=start, **facts)


def test_time_alone_opens_what_it_makes_owed():
    person = ending_soon()
    assert not person.obligations.filter(kind=Kind.FINAL_REVIEW).exists()

    counts = sweep_obligations(today=ahead(10))

    assert (counts.opened, counts.changed) == (1, 1)
    review = person.obligations.get(kind=Kind.FINAL_REVIEW)
    assert review.due_on == ahead(100)
    assert make.task_of(person, "propose_end").due_on == ahead(100)


def test_run_twice_it_writes_nothing_the_second_time():
    ending_soon()
    sweep_obligations(today=ahead(10))
    before = (standing(), Process.objects.count(), Task.objects.count(), Event.objects.count())

    counts = sweep_obligations(today=ahead(10))

    assert (counts.opened, counts.moved, counts.closed, counts.changed) == (0, 0, 0, 0)
    after = (standing(), Process.objects.count(), Task.objects.count(), Event.objects.count())
    assert after == before


def test_nights_that_were_missed_make_no_difference():
    ending_soon(source_ref="T1")
    for night in range(0, 20, 4):
        sweep_obligations(today=ahead(night))
    every_fourth = standing()
    Obligation.objects.filter(kind=Kind.FINAL_REVIEW).update(
        closed_at=timezone.now(), closed_because="not_owed"
    )

    sweep_obligations(today=ahead(19))

    assert standing() == every_fourth


def test_it_makes_good_what_an_act_missed():
    person = make.person()
    visit = person.obligations.get(kind=Kind.HOME_VISIT)
    Obligation.objects.filter(pk=visit.pk).update(due_on=ahead(900))

    counts = sweep_obligations()

    visit.refresh_from_db()
    assert counts.moved == 1
    assert visit.due_on < ahead(900)
    assert visit.moves.get().because == "sweep"
    assert make.task_of(person).due_on == visit.due_on


def test_each_person_changed_is_on_record_by_kinds_and_dates():
    person = ending_soon()

    sweep_obligations(today=ahead(10))

    event = Event.objects.get(action="obligations.reconcile")
    assert (event.offender_id, event.actor_kind) == (person.pk, "system")


def test_killed_half_way_it_is_finished_by_the_next(monkeypatch):
    monkeypatch.setattr(reconciling, "WRITTEN", 1)
    for _ in range(3):
        ending_soon()
    killed_after(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        sweep_obligations(today=ahead(10))
    monkeypatch.undo()
    assert Obligation.objects.filter(kind=Kind.FINAL_REVIEW).count() == 2, "what was done stays"

    counts = sweep_obligations(today=ahead(10))

    assert counts.changed == 1
    assert Obligation.objects.filter(kind=Kind.FINAL_REVIEW).count() == 3
    assert Task.objects.open().filter(step="propose_end").count() == 3


def killed_after(monkeypatch, times):
    left = iter(range(times))
    write = reconciling._write

    def dying(*args):
        if next(left, None) is None:
            raise KeyboardInterrupt
        write(*args)

    monkeypatch.setattr(reconciling, "_write", dying)


def test_the_task_says_how_many_people_changed_and_notes_its_beat():
    ending_soon()

    assert sweep_task() == 0
    beat = Heartbeat.objects.get(job="sweep-obligations")
    assert beat.last_succeeded_at is not None
    assert (beat.last_count, beat.last_error) == (0, "")


def forget_disposal(name):
    """Enact rules that do not know a disposal: the facts of whoever has it make no sense."""
    document = default_rules().document()
    document["notification_periods"] = [
        period for period in document["notification_periods"] if period["disposal"] != name
    ]
    RuleSetVersion.objects.create(
        number=2,
        origin="shipped",
        state="approved",
        effective_from=timezone.localdate(),
        title="Without one",
        source="by hand",
        evidence="none",
        document=document,
        digest=RuleSet.model_validate(document).digest(),
    )


def test_one_person_whose_facts_make_no_sense_holds_up_nobody_and_is_on_the_record():
    ending_soon()
    stuck = make.person(basis="any_other")
    before = standing()
    forget_disposal("any_other")

    counts = sweep_obligations(today=ahead(10))

    assert (counts.people, counts.failed, counts.opened) == (2, 1, 1)
    assert [row for row in standing() if row[0] == stuck.source_ref] == [
        row for row in before if row[0] == stuck.source_ref
    ], "theirs stay as they were"
    event = Event.objects.get(outcome="error")
    assert (event.offender_id, event.action) == (stuck.pk, "obligations.reconcile")
    assert broken(today=ahead(10))["person_whose_facts_make_no_sense"] == 1


def test_the_heartbeat_shows_that_somebody_was_left_out():
    make.person(basis="any_other")
    forget_disposal("any_other")

    with pytest.raises(PeopleLeftOut):
        sweep_task()

    beat = Heartbeat.objects.get(job="sweep-obligations")
    assert (beat.last_succeeded_at, beat.last_error) == (None, "PeopleLeftOut")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_open_everything_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    manager = make.officer()
    for _ in range(12):
        ending_soon(manager=manager)
    ready = threading.Barrier(2)
    counts = []

    def run():
        ready.wait()
        counts.append(sweep_obligations(today=ahead(10)))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(count.opened for count in counts) == 12
    assert Obligation.objects.filter(kind=Kind.FINAL_REVIEW).count() == 12
    assert Task.objects.open().filter(step="propose_end").count() == 12
