"""The same on real lists: what is done goes, what moves is seen by its new owner, nothing hides."""

import datetime as dt

import pytest
import time_machine
from django.db.models import Count
from django.utils import timezone

from accounts.models import Role, User
from offenders.models import Offender, Status
from tests import make
from tests.workflows import crowd, doing
from workflows.actions import caseload, people, tasks
from workflows.models import Obligation, Task
from workflows.queries.due import due_rows
from workflows.queries.inbox import tasks_page
from workflows.queries.task_counts import task_counts
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
ASSESSED = {
    "tool": "structured_judgement",
    "priority": "medium",
    "formulation": "Settled.",
    "proposed_level": "medium",
}
NOTIFIED = {"station": "Tean", "acknowledged": True}
RETURNED = {"decision": "return", "comment": "Say more"}


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def today() -> dt.date:
    return timezone.localdate()


def mine(user: User) -> set[str]:
    """What the officer's own list shows, by the ids of its tasks."""
    page = tasks_page(actor=make.actor(user), scope="mine", today=today())
    return {row.id for row in page.rows}


def supervisor_of(person: Offender) -> User:
    return make.officer(Role.SUPERVISOR, team=person.team)


# --- what is done clears what was due -------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "step", "values", "kind"),
    [
        ({"last_effective_visit_on": "2025-01-10"}, "record_outcome", {}, "home_visit"),
        ({"last_effective_visit_on": None}, "record_outcome", {}, "home_visit"),
        (
            {"last_notification_on": "2025-11-01"},
            "record_notification",
            NOTIFIED,
            "periodic_notification",
        ),
        (
            {"last_notification_on": None, "relevant_date": "2026-11-02"}
            | dict.fromkeys(["last_effective_visit_on", "last_assessment_on"]),
            "record_notification",
            NOTIFIED,
            "initial_notification",
        ),
    ],
)
def test_doing_what_is_overdue_clears_it_from_every_list(facts, step, values, kind):
    person = make.person(**facts)
    manager = make.activate(person.offender_manager)
    [was] = person.obligations.filter(kind=kind, closed_at=None)
    task = make.task_of(person, step)
    assert was.due_on < today()

    given = make.outcome() if step == "record_outcome" else dict(values)
    if step == "record_notification":
        given["notified_on"] = today()
    doing.complete(person, step, given, by=manager)

    was.refresh_from_db()
    assert was.closed_because == "done"
    again = person.obligations.filter(kind=kind, closed_at=None)
    assert all(row.due_on > today() for row in again)
    assert str(task.public_id) not in mine(manager)
    kinds = ["home_visit", kind]
    rows = due_rows(
        actor=make.actor(manager),
        from_on=today(),
        to_on=today(),
        as_of=today(),
        today=today(),
        kinds=kinds,
    ).rows
    assert str(was.public_id) not in {row.obligation_id for row in rows}


def test_a_look_at_release_clears_the_planning_that_was_due():
    person = make.person(status="custody", status_since="2026-09-01")
    manager = make.activate(person.offender_manager)
    [was] = person.obligations.filter(kind="release_planning", closed_at=None)
    with time_machine.travel(MONDAY + dt.timedelta(days=40), tick=False):
        assert was.due_on < today()

        planned = {"release_expected_on": None, "plan": "Address"}
        doing.complete(person, "plan_release", planned, by=manager)

        was.refresh_from_db()
        assert was.closed_because == "done"
        assert person.obligations.get(kind="release_planning", closed_at=None).due_on > today()


def test_an_assessment_clears_the_reassessment_when_another_endorses_it_and_not_before():
    person = make.person(last_assessment_on="2025-01-10")
    manager = make.activate(person.offender_manager)
    [was] = person.obligations.filter(kind="risk_reassessment", closed_at=None)

    doing.complete(person, "assess", ASSESSED, by=manager)
    was.refresh_from_db()
    assert was.closed_at is None

    decided = {"decision": "endorse", "comment": "Agreed"}
    doing.complete(person, "endorse", decided, by=supervisor_of(person))
    was.refresh_from_db()
    assert was.closed_because == "done"
    assert person.obligations.get(kind="risk_reassessment", closed_at=None).due_on > today()


# --- the order in which facts are entered ---------------------------------------------------------


def test_visits_and_notifications_entered_in_another_order_give_the_same_due_dates():
    def after(days: list[int]) -> list[tuple[str, dt.date]]:
        person = make.person(
            last_effective_visit_on="2026-01-10", last_notification_on="2026-02-01"
        )
        manager = make.activate(person.offender_manager)
        for back in days:
            at = timezone.now() - dt.timedelta(days=back, minutes=30)
            doing.visit(person, by=manager, occurred_at=at, entry_reason="Entered late")
            notified = NOTIFIED | {"notified_on": today() - dt.timedelta(days=back)}
            doing.complete(person, "record_notification", notified, by=manager)
        rows = person.obligations.filter(closed_at=None)
        return sorted(rows.values_list("kind", "due_on"))

    assert after([40, 3, 11]) == after([3, 40, 11]) == after([3])


# --- outages --------------------------------------------------------------------------------------


def test_after_ten_days_without_a_sweep_each_thing_owed_is_there_once():
    for facts in (
        {"basis": "caution", "relevant_date": "2025-02-25"},
        {"basis": "caution", "relevant_date": "2024-11-26"},
        {"status": "custody", "status_since": "2026-10-01"},
        {},
    ):
        make.person(**facts)
    with time_machine.travel(MONDAY + dt.timedelta(days=10), tick=False):
        assert sweep_obligations().changed > 0, "time made something owed, or this proves nothing"
        assert sweep_obligations().changed == 0

    open_now = Obligation.objects.filter(closed_at=None)
    assert not open_now.values("offender", "kind", "about").annotate(n=Count("pk")).filter(n__gt=1)
    for row in open_now:
        [process] = row.processes.exclude(status="CANCELED")
        assert Task.objects.open().filter(process=process).count() == 1


# --- reassigned in every state --------------------------------------------------------------------


def tried(person: Offender) -> None:
    doing.visit(person, outcome="no_answer")


def taken_back(person: Offender) -> None:
    manager = make.activate(person.offender_manager)
    task = make.task_of(person)
    tasks.release(by=make.actor(manager), task=task.public_id)
    tasks.claim(by=make.actor(manager), task=task.public_id)


def put_off(person: Offender) -> None:
    tasks.defer(
        by=make.actor(make.activate(person.offender_manager)),
        task=make.task_of(person).public_id,
        until=today() + dt.timedelta(days=9),
        reason="Away",
    )


def visited(person: Offender) -> None:
    doing.visit(person)


def assessment_returned(person: Offender) -> None:
    doing.complete(person, "assess", ASSESSED, by=make.activate(person.offender_manager))
    doing.complete(person, "endorse", RETURNED, by=supervisor_of(person))


def end_returned(person: Offender) -> None:
    doing.complete(
        person, "propose_end", {"reason": "Over"}, by=make.activate(person.offender_manager)
    )
    doing.complete(person, "endorse_end", RETURNED, by=supervisor_of(person))


def in_custody(person: Offender) -> None:
    people.change_status(
        by=make.actor(make.activate(person.offender_manager)),
        offender=person.public_id,
        status=Status.CUSTODY,
        on=today(),
    )


def reactive(person: Offender) -> None:
    doing.manage_reactively(person, by=make.officer(Role.INSPECTOR, force=person.force))


@pytest.mark.parametrize(
    ("reach", "steps"),
    [
        (lambda person: None, {"record_outcome", "assess", "record_notification"}),
        (tried, {"record_outcome", "assess", "record_notification"}),
        (taken_back, {"record_outcome", "assess", "record_notification"}),
        (put_off, {"record_outcome", "assess", "record_notification"}),
        (visited, {"record_outcome", "assess", "record_notification"}),
        (assessment_returned, {"record_outcome", "assess", "record_notification"}),
        (end_returned, {"record_outcome", "assess", "record_notification", "propose_end"}),
        (in_custody, {"plan_release"}),
        (reactive, {"assess", "record_notification"}),
    ],
    ids=lambda reach: getattr(reach, "__name__", ""),
)
def test_in_every_state_the_new_owner_sees_the_work_and_the_old_one_does_not(reach, steps):
    facts = {}
    if reach is end_returned:
        facts = {"basis": "caution", "relevant_date": "2025-01-10"}
    person = make.person(**facts)
    before = make.activate(person.offender_manager)
    reach(person)
    person.refresh_from_db()
    after = make.officer(team=person.team)
    moving = Task.objects.open().filter(offender=person, step__in=steps)
    expected = {str(task.public_id) for task in moving}
    assert set(moving.values_list("step", flat=True)) == steps
    assert expected <= mine(before)

    caseload.reassign_caseload(
        by=make.actor(supervisor_of(person)),
        offenders=[person.public_id],
        to=after.public_id,
        reason="Leave",
    )

    assert mine(after) == expected
    assert not mine(before) & expected
    kept = Task.objects.open().filter(offender=person, owner=before)
    assert set(kept.values_list("step", flat=True)) <= {"write_up"}, "PRACTICE 10"


# --- nothing overdue is hidden --------------------------------------------------------------------


@pytest.mark.parametrize("order", ["priority", "due"])
@pytest.mark.parametrize(
    ("late", "deferred", "reason"),
    [
        (40 * 366, None, "forty years late"),
        (800, None, "more than two years late"),
        (1, 28, "deferred"),
        (4000, 40_000, "very late, and deferred for a hundred years by a slip"),
    ],
)
def test_no_age_and_no_deferral_takes_overdue_work_off_a_list(order, late, deferred, reason):
    officer = crowd.officer(team=crowd.team(crowd.force()))
    until = None if deferred is None else today() + dt.timedelta(days=deferred)
    hidden = crowd.task(
        crowd.person(officer), today() - dt.timedelta(days=late), deferred_until=until
    )
    for days in range(12):
        crowd.task(crowd.person(officer), today() + dt.timedelta(days=days))
    actor, found, after = make.actor(officer), [], None
    while True:
        page = tasks_page(
            actor=actor, scope="mine", today=today(), order=order, after=after, limit=5
        )
        found += [row.id for row in page.rows]
        after = page.next
        if after is None:
            break

    assert str(hidden.public_id) in found, reason
    assert found[0] == str(hidden.public_id), "and it comes first"
    assert task_counts(actor, today()).mine_overdue == 1
    rows = due_rows(actor=actor, from_on=today(), to_on=today(), as_of=today(), today=today()).rows
    assert [row.overdue_days for row in rows if row.overdue_days > 0] == [late]
