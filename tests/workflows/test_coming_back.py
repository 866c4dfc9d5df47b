"""Every kind of work against every place a person can be: while they are there, and once back.

Real people and tasks, through the actions: from Monday 23 November 2026 for three days, and for
forty, to 2 January. The dates are worked by hand from PRACTICE 5, 13 and 16; the reason stands on
each row. `test_every_pair.py` asks the same of facts alone.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import time_machine

from offenders.models import Offender, Status
from tests.workflows import searching
from tests.workflows.owing import WHO_OWES, comes_back, goes
from workflows.invariants import broken
from workflows.models import Kind, Obligation, Process, Task
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
SHORT, LONG = 3, 40

CUSTODY, HOSPITAL, ABROAD, MISSING, DEAD = "custody", "hospital", "abroad", "missing", "dead"
AWAY = (CUSTODY, HOSPITAL, ABROAD)
EVERYWHERE = (*AWAY, MISSING, DEAD)

STAYS, PAUSES = True, False
#: As it was; not owed any more.
SAME, GONE = "same", "gone"


class Row(NamedTuple):
    """Whether the work stays while the person is there, and its date after each length of stay."""

    places: tuple[str, ...]
    stays: bool
    short: str
    long: str
    why: str


REFUTED = Row((DEAD,), PAUSES, SAME, SAME, "a report that was refuted stopped nothing")

#: By kind: when it is due on 23 November, and what becomes of it.
TABLE: dict[str, tuple[str, list[Row]]] = {
    # Six months after the visit of 24 September.
    Kind.HOME_VISIT: (
        "2027-03-24",
        [
            Row(AWAY, PAUSES, "2026-12-17", "2027-01-22", "15 working days from the return"),
            Row((MISSING,), PAUSES, "2026-11-27", "2027-01-03", "24 hours from being located"),
            REFUTED,
        ],
    ),
    # A year after the assessment of 25 August.
    Kind.RISK_REASSESSMENT: (
        "2027-08-25",
        [Row(EVERYWHERE, PAUSES, SAME, SAME, "still ahead: nothing is gained by being away")],
    ),
    # Three days beginning with 22 November.
    Kind.INITIAL_NOTIFICATION: (
        "2026-11-24",
        [
            Row(AWAY, PAUSES, "2026-11-27", "2027-01-03", "of the three days one was used"),
            Row((MISSING,), STAYS, SAME, SAME, "no duty is suspended by going missing"),
            REFUTED,
        ],
    ),
    # Three days beginning with the release of 18 November: overdue.
    Kind.CHANGE_NOTIFICATION: (
        "2026-11-20",
        [
            Row(AWAY, PAUSES, SAME, SAME, "what was overdue stays overdue"),
            Row((MISSING,), STAYS, SAME, SAME, "no duty is suspended by going missing"),
            REFUTED,
        ],
    ),
    # A year after 15 August.
    Kind.PERIODIC_NOTIFICATION: (
        "2027-08-15",
        [
            Row(AWAY, PAUSES, SAME, SAME, "still ahead"),
            Row((MISSING,), STAYS, SAME, SAME, "no duty is suspended by going missing"),
            REFUTED,
        ],
    ),
    # The two years of a caution of 23 December 2024 end.
    Kind.FINAL_REVIEW: (
        "2026-12-22",
        [Row(EVERYWHERE, STAYS, SAME, SAME, "the register's own date runs on, and needs nobody")],
    ),
    # A month after we took over somebody in custody, for whom no release is known.
    Kind.RELEASE_PLANNING: (
        "2026-12-23",
        [
            Row((CUSTODY, HOSPITAL), STAYS, GONE, GONE, "they were released"),
            Row((ABROAD,), PAUSES, GONE, GONE, "nobody is to be released from there"),
            REFUTED,
        ],
    ),
    Kind.CASE_ACTION: (
        "2026-11-28",
        [
            Row((*AWAY, MISSING), STAYS, SAME, SAME, "the police's own work, wherever they are"),
            REFUTED,
        ],
    ),
    # Ten working days from today.
    Kind.REACTIVE_PROPOSAL: (
        "2026-12-07",
        [Row(EVERYWHERE, PAUSES, GONE, GONE, "it lapses and is made anew (PRACTICE 16)")],
    ),
    # A year after it began today.
    Kind.REACTIVE_REVIEW: (
        "2027-11-23",
        [
            Row((CUSTODY, MISSING), PAUSES, GONE, GONE, "actively managed again (PRACTICE 16)"),
            Row((HOSPITAL, ABROAD), PAUSES, SAME, SAME, "only pauses it"),
            REFUTED,
        ],
    ),
    # A working day after Sunday.
    Kind.MISSING_DECISION: (
        "2026-11-23",
        [
            Row(AWAY, PAUSES, GONE, GONE, "where they were is known: nothing is to be decided"),
            Row((MISSING,), PAUSES, GONE, GONE, "the report was the decision"),
            REFUTED,
        ],
    ),
    # A working day after the report.
    Kind.MISSING_CONFIRMATION: (
        "2026-11-24",
        [
            Row(AWAY, PAUSES, GONE, GONE, "located: the report is closed"),
            Row((MISSING,), PAUSES, GONE, GONE, "it was confirmed"),
            REFUTED,
        ],
    ),
    # 24 hours after the report.
    Kind.MISSING_ENQUIRY: (
        "2026-11-24",
        [
            Row(AWAY, PAUSES, GONE, GONE, "located: the search is over"),
            Row((MISSING,), STAYS, GONE, GONE, "looked for until located"),
            REFUTED,
        ],
    ),
    # Five working days after the report.
    Kind.DEATH_VERIFICATION: (
        "2026-11-30",
        [
            Row(AWAY, STAYS, SAME, SAME, "a change of status verifies and refutes nothing"),
            Row((DEAD,), STAYS, GONE, GONE, "it was refuted"),
        ],
    ),
    # Five working days after Friday's second attempt.
    Kind.ENTRY_WARRANT: (
        "2026-11-27",
        [
            Row(AWAY, PAUSES, "2026-12-03", "2027-01-08", "five working days from the return"),
            Row((MISSING,), STAYS, SAME, SAME, "s.96B excludes the three others alone"),
            REFUTED,
        ],
    ),
    # Five working days after the assessment of today.
    Kind.PLAN_REVIEW: (
        "2026-11-30",
        [
            Row(
                (*AWAY, MISSING),
                PAUSES,
                SAME,
                "2027-01-22",
                "due within six weeks away: 15 working days from the return",
            ),
            REFUTED,
        ],
    ),
    # Six months from when we took the person over, which the database's own clock says.
    Kind.SUPERVISOR_REVIEW: (
        "",
        [
            Row(AWAY, PAUSES, SAME, SAME, "still ahead"),
            Row((MISSING,), STAYS, SAME, SAME, "supervisors look at the missing too"),
            REFUTED,
        ],
    ),
    # Ten working days after the draw.
    Kind.DIP_SAMPLE: (
        "2026-12-07",
        [
            Row((*AWAY, MISSING), STAYS, SAME, SAME, "how they were managed is looked at anywhere"),
            REFUTED,
        ],
    ),
    # 24 hours after it was received, on Monday at ten.
    Kind.INDICATOR_TRIAGE: (
        "2026-11-24",
        [Row(EVERYWHERE, STAYS, SAME, SAME, "somebody may be in danger, wherever they are")],
    ),
}

#: What the actions refuse.
IMPOSSIBLE = {
    (Kind.RELEASE_PLANNING, MISSING): "who is detained is not reported missing",
    (Kind.DEATH_VERIFICATION, MISSING): "nobody confirms it while a report of death waits",
}


def cases() -> Iterator[object]:
    for kind, (due_on, rows) in TABLE.items():
        for row in rows:
            for place in row.places:
                for days, after in ((SHORT, row.short), (LONG, row.long)):
                    name = f"{Kind(kind).value}, {place}, {days} days"
                    yield pytest.param(kind, due_on, place, row, (days, after), id=name)


def test_the_table_has_every_kind_of_work_and_every_place_once():
    places = {status.value for status in Status} - {Status.COMMUNITY.value} | {DEAD}
    assert set(TABLE) == set(WHO_OWES) == set(Kind)
    written = [
        (kind, place) for kind, (_, rows) in TABLE.items() for row in rows for place in row.places
    ]
    assert sorted([*written, *IMPOSSIBLE]) == sorted((k, p) for k in Kind for p in places)


@pytest.mark.parametrize(("kind", "due_on", "place", "row", "stay"), [*cases()])
def test_what_being_somewhere_does_to_each_kind_of_work(kind, due_on, place, row, stay):
    days, after = stay
    with time_machine.travel(MONDAY, tick=False) as clock:
        person = WHO_OWES[kind]()
        before = due(person, kind)
        assert due_on in {"", str(before)}

        goes(person, place)
        assert due(person, kind) == (before if row.stays else None), row.why
        clock.shift(dt.timedelta(days=days))
        sweep_obligations()
        assert due(person, kind) == (before if row.stays else None), row.why
        comes_back(person, place)

        expected = {SAME: str(before), GONE: "None"}.get(after, after)
        assert str(due(person, kind)) == expected, row.why
        each_has_its_work(person)
        assert broken() == {}


@pytest.mark.parametrize("kind", TABLE)
def test_a_verified_death_ends_each_kind_of_work(kind):
    with time_machine.travel(MONDAY, tick=False):
        person = WHO_OWES[kind]()
        goes(person, DEAD)
        searching.verify(person)

        # But the triage of indicators, which outlives the registration.
        assert searching.kinds_of(person) == {kind} & {Kind.INDICATOR_TRIAGE}
        steps = Task.objects.open().filter(offender=person)
        assert not steps.exclude(kind=Kind.INDICATOR_TRIAGE).exists()
        assert broken() == {}


def due(person: Offender, kind: str) -> dt.date | None:
    """When the one thing of that kind is due, or None where it is not owed."""
    found = [on for (owed, _), on in searching.open_of(person).items() if owed == kind]
    assert len(found) <= 1
    return found[0] if found else None


def each_has_its_work(person: Offender) -> None:
    for owed in Obligation.objects.filter(offender=person, closed_at=None):
        process = Process.objects.get(obligation=owed, status="NEW")
        assert Task.objects.open().get(process=process).due_on == owed.due_on
