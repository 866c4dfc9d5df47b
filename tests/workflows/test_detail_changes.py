"""A notified detail that a visit finds changed asks for a notification (SOA 2003 s.84)."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import Invalid
from tests import make
from tests.rules.shipped import day
from tests.workflows import doing
from tests.workflows.known import all_owed, facts, stay
from workflows.actions.steps import complete_step
from workflows.actions.voiding import void_visit
from workflows.facts import facts_of, stream
from workflows.invariants import broken
from workflows.models import Kind, VisitWriteUp
from workflows.obligations import DetailChanged
from workflows.queries.task import subject_of

CHANGE = Kind.CHANGE_NOTIFICATION
#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()


def changes_of(known):
    return [one for one in all_owed(known) if one.kind == CHANGE]


def found(item: str, on: str, since: str | None = None) -> DetailChanged:
    return DetailChanged(day(on), item, day(since or on))


@pytest.mark.parametrize(
    ("changes", "expected", "reason"),
    [
        (
            [found("home", "2026-11-20")],
            {"changed:home": ("2026-11-22", "notif.change.home")},
            "three days, of which that of the change is the first",
        ),
        (
            [found("home", "2026-11-20", "2026-11-02")],
            {"changed:home": ("2026-11-04", "notif.change.home")},
            "from the change, where somebody knows it: overdue when it is found",
        ),
        (
            [found("names", "2026-11-20"), found("bank", "2026-11-21")],
            {
                "changed:bank": ("2026-11-23", "notif.change.prescribed"),
                "changed:names": ("2026-11-22", "notif.change.name"),
            },
            "each detail by its own rule",
        ),
        (
            [found("other_premises", "2026-11-20")],
            {"changed:other_premises": ("2026-11-22", "notif.change.other_addr")},
            "other premises",
        ),
        (
            [found("home", "2026-11-10"), found("home", "2026-11-20")],
            {"changed:home": ("2026-11-12", "notif.change.home")},
            "a second change adds no time to the first",
        ),
        ([found("home", "2026-11-01")], {}, "notified on the day it was found"),
        ([found("home", "2026-10-20")], {}, "notified since"),
        (
            [found("home", "2026-11-20", "2026-10-20")],
            {"changed:home": ("2026-10-22", "notif.change.home")},
            "the notification since did not tell: nobody knew of it yet",
        ),
        ([], {}, "nothing changed"),
    ],
)
def test_a_change_is_owed_three_days_beginning_with_it(changes, expected, reason):
    known = facts(notified="2026-11-01", details_changed=tuple(changes))
    owed = changes_of(known)
    assert {one.about: (one.due_on.isoformat(), one.rule) for one in owed} == expected, reason


def test_whoever_never_notified_owes_the_first_notification_with_everything_in_it():
    known = facts(notified=None, details_changed=(found("home", "2026-11-20"),))
    assert changes_of(known) == []


def test_the_days_of_custody_are_disregarded():
    known = facts(
        notified="2026-10-01",
        details_changed=(found("home", "2026-11-10"),),
        stays=(
            stay("custody", "2026-11-11", "2026-11-21"),
            stay("community", "2026-11-21"),
        ),
    )
    home = [one for one in changes_of(known) if one.about == "changed:home"]
    assert [one.due_on for one in home] == [day("2026-11-22")], "10, 21 and 22 November"


# --- from a visit ---------------------------------------------------------------------------------


@pytest.fixture
def person(db):
    with time_machine.travel(MONDAY, tick=False):
        made = make.person(last_effective_visit_on="2026-06-01", last_notification_on="2026-10-01")
        make.activate(made.offender_manager)
        yield made


@pytest.fixture
def supervisor(person):
    return make.officer(Role.SUPERVISOR, team=person.team)


def row(item="home", finding="changed", **more: Any) -> dict[str, Any]:
    return {"item": item, "finding": finding, "note": ""} | more


def write(person, *details):
    doing.complete(
        person, "write_up", make.write_up(details=list(details)), by=person.offender_manager
    )
    return VisitWriteUp.objects.filter(visit__offender=person).latest("pk")


def open_changes(person):
    owed = person.obligations.filter(kind=CHANGE, closed_at=None)
    return dict(owed.values_list("about", "due_on"))


def task_of(person, item="home"):
    owed = person.obligations.get(kind=CHANGE, closed_at=None, about=f"changed:{item}")
    return owed.processes.get().task_set.open().get()


def notify(person, on=TODAY):
    values = {"notified_on": on, "station": "Quay Street", "acknowledged": True}
    complete_step(
        by=make.actor(person.offender_manager),
        task=task_of(person).public_id,
        step="record_notification",
        values=values | {"details_changed": "Lives with his brother now"},
    )


def test_what_a_visit_finds_changed_is_work_of_three_days(person):
    doing.visit(person)
    record = write(person, row(), row("bank", "confirmed"), row("travel", "not_checked"))

    assert open_changes(person) == {"changed:home": dt.date(2026, 11, 25)}
    task = task_of(person)
    assert (task.owner, task.due_on) == (person.offender_manager, dt.date(2026, 11, 25))
    assert (
        subject_of(make.actor(person.offender_manager), task)
        == "Home address: changed. Found on 23 November 2026."
    )
    assert record.visit.detail_changes.get().recorded_by == person.offender_manager
    assert broken() == {}


def test_the_day_of_the_change_counts_where_it_is_said(person):
    doing.visit(person)
    write(person, row(changed_on=dt.date(2026, 11, 9)))

    assert open_changes(person) == {"changed:home": dt.date(2026, 11, 11)}
    task = task_of(person)
    assert "changed, since 9 November 2026. Found on 23" in subject_of(
        make.actor(person.offender_manager), task
    )


@pytest.mark.parametrize(
    ("finding", "day", "code"),
    [
        ("changed", dt.date(2026, 11, 24), "after_the_visit"),
        ("confirmed", dt.date(2026, 11, 20), "not_changed"),
    ],
)
def test_a_day_that_cannot_be_is_refused(person, finding, day, code):
    doing.visit(person)

    with pytest.raises(Invalid) as error:
        write(person, row(finding=finding, changed_on=day))

    assert (error.value.code, error.value.field) == (code, "details.0.changed_on")
    assert open_changes(person) == {}


def test_it_is_done_by_the_notification_and_stands_again_where_that_is_void(person, supervisor):
    doing.visit(person)
    write(person, row(), row("bank"))

    notify(person)
    assert open_changes(person) == {}, "one notification tells of both"

    doing.complete(
        person, "check_notification", {"decision": "void", "comment": "Not him"}, by=supervisor
    )
    assert set(open_changes(person)) == {"changed:home", "changed:bank"}


def test_a_notification_of_the_day_before_does_not_tell_of_it(person):
    doing.visit(person)
    write(person, row())

    notify(person, on=TODAY - dt.timedelta(days=1))

    assert set(open_changes(person)) == {"changed:home"}


def test_a_visit_written_again_says_anew_what_changed(person, supervisor):
    doing.visit(person, concern=True)
    write(person, row(), row("bank"))
    doing.complete(person, "review", {"decision": "returned", "comment": "Sure?"}, by=supervisor)

    write(person, row(finding="confirmed"), row("bank"))

    assert set(open_changes(person)) == {"changed:bank"}
    assert person.detail_changes.count() == 2, "withdrawn, and kept"


def test_a_void_visit_asks_for_nothing(person, supervisor):
    doing.visit(person)
    record = write(person, row())

    void_visit(
        by=make.actor(supervisor),
        offender=person.public_id,
        visit=record.visit.public_id,
        reason="Entered for the wrong person",
    )

    assert open_changes(person) == {}
    assert facts_of(person).details_changed == ()


def test_what_was_known_of_it_at_an_instant(person, supervisor):
    before = dt.datetime.now(tz=dt.UTC)
    doing.visit(person)
    record = write(person, row())
    [change] = person.detail_changes.all()
    void_visit(
        by=make.actor(supervisor),
        offender=person.public_id,
        visit=record.visit.public_id,
        reason="Entered for the wrong person",
    )
    change.refresh_from_db()

    def known(at):
        [told] = stream(offender_ids=[person.pk], known_at=at)
        return [one.item for one in told.details_changed]

    assert known(change.recorded_at) == ["home"]
    assert known(change.withdrawn_at) == []
    assert before <= change.recorded_at or change.recorded_at <= change.withdrawn_at
