"""Applies accepted rows, many at a time: new people, changed people, and what is owed to them.

A constant number of statements for each chunk, in the caller's transaction. A row that says what
it said last time is neither locked nor written.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models.functions import Upper

import audit.record as audit
from accounts.models import Force
from accounts.policy import Action
from audit.models import Operation
from offenders import actions as people
from offenders.intake import Amendment, Remark
from offenders.models import Offender
from workflows.actions.indicators.naming import hand_restricted
from workflows.actions.locking import lock_people
from workflows.engine import bulk
from workflows.imports import canonical
from workflows.imports.canonical import Content
from workflows.imports.directory import Directory
from workflows.imports.extract import Extract
from workflows.imports.history import take_over_history
from workflows.imports.outcome import Outcome
from workflows.imports.people import intake_of
from workflows.imports.relief import end_relieved, may_be_relieved
from workflows.imports.row import Row
from workflows.imports.unconfirmed import failing_criteria, held_back, turn_reactive
from workflows.models import ImportedRecord
from workflows.reconcile import reconcile_held


@dataclass(frozen=True, slots=True)
class Stated:
    """A row, as it will be kept, and the person it is about where there is one already."""

    row: Row
    content: Content
    digest: str
    offender_id: int | None


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows by what they ask for."""

    new: list[Stated]
    changed: list[Stated]
    unchanged: int


def sort_rows(rows: Sequence[Row], force: Force | None) -> Sorted:
    """Tell new, changed and unchanged people apart, in one statement."""
    known: dict[str, tuple[int, str | None]] = {}
    if force is not None:
        found = Offender.objects.filter(force=force, source_ref__in=[r.source_ref for r in rows])
        known = {
            source_ref: (key, digest)
            for source_ref, key, digest in found.values_list(
                "source_ref", "pk", "imported_record__digest"
            )
        }
    new, changed, unchanged = [], [], 0
    for row in rows:
        content = canonical.content(row)
        key, before = known.get(row.source_ref, (None, None))
        stated = Stated(row, content, canonical.digest(content), key)
        if key is None:
            new.append(stated)
        elif before != stated.digest:
            changed.append(stated)
        else:
            unchanged += 1
    return Sorted(new, changed, unchanged)


def judge_rows(rows: Sequence[Row], directory: Directory, force: Force | None) -> Outcome:
    """What `apply_rows` would do, as far as can be told without doing it."""
    found = sort_rows(rows, force)
    teams, officers = directory.new_teams(rows), directory.new_officers(rows)
    directory.note(teams, officers)
    return Outcome(
        created=len(found.new),
        changed=len(found.changed),
        unchanged=found.unchanged,
        new_teams=teams,
        new_officers=list(officers),
    )


def apply_rows(rows: Sequence[Row], directory: Directory, extract: Extract) -> Outcome:
    """Register new people, change the changed, and open what is owed to them."""
    found = sort_rows(rows, extract.force)
    touched = [stated.row for stated in (*found.new, *found.changed)]
    teams, officers = directory.register(touched, by=extract.by)
    # Changed people first: they keep an identifier that a new one claims too.
    remarks = [
        *_change(found.changed, directory, extract),
        *_create(found.new, directory, extract),
    ]
    lines = {row.source_ref: row.line for row in touched}
    return Outcome(
        created=len(found.new),
        changed=len(found.changed),
        unchanged=found.unchanged,
        new_teams=teams,
        new_officers=officers,
        remarks=[
            {"line": lines[remark.source_ref], "source_ref": remark.source_ref, "code": remark.code}
            for remark in remarks
        ],
    )


def _create(new: Sequence[Stated], directory: Directory, extract: Extract) -> list[Remark]:
    if not new:
        return []
    intakes = [intake_of(stated.row, directory) for stated in new]
    offenders, remarks = people.register_people(intakes, force=extract.force, on=extract.as_of)
    stated_of = list(zip(offenders, new, strict=True))
    take_over_history([(offender, stated.row) for offender, stated in stated_of])
    ImportedRecord.objects.bulk_create(
        ImportedRecord(offender=offender, content=stated.content, digest=stated.digest)
        for offender, stated in stated_of
    )
    ids = [offender.pk for offender in offenders]
    reconcile_held(ids, because=Action.OFFENDER_IMPORT)
    remarks += failing_criteria(offenders)
    remarks += _spelled_alike(offenders, extract.force)
    audit.record_many(_entry(extract, offender, Operation.COLLECTION) for offender in offenders)
    return remarks


def _spelled_alike(new: Sequence[Offender], force: Force) -> list[Remark]:
    """Of new people whose reference somebody of the force has with other capitals.

    They may be one person, who was registered by hand under a reference that was typed otherwise.
    """
    written = {person.pk: person.source_ref.upper() for person in new}
    ours = Offender.objects.filter(force=force).alias(capitals=Upper("source_ref"))
    found = ours.filter(capitals__in=set(written.values())).values_list("source_ref", flat=True)
    times = Counter(reference.upper() for reference in found)
    return [
        Remark(person.source_ref, "reference_alike")
        for person in new
        if times[written[person.pk]] > 1
    ]


def _change(changed: Sequence[Stated], directory: Directory, extract: Extract) -> list[Remark]:
    if not changed:
        return []
    by_id = {stated.offender_id: stated for stated in changed if stated.offender_id is not None}
    locked = lock_people(by_id)
    records = {row.offender_id: row for row in ImportedRecord.objects.filter(offender__in=by_id)}
    before = {key: record.content for key, record in records.items()}
    stood = {person.pk: _place(person) for person in locked}
    amendments, turning, remarks = held_back(
        _amendment(person, before.get(person.pk), by_id[person.pk].row, directory)
        for person in locked
    )
    relieved = may_be_relieved(locked)
    remarks += people.amend_people(amendments, on=extract.as_of)
    remarks += end_relieved(relieved)
    # What the history settles was done elsewhere: its obligation closes and its work is withdrawn.
    settled = take_over_history([(person, by_id[person.pk].row) for person in locked])
    _keep(by_id, records)
    reconcile_held(by_id.keys(), because=Action.OFFENDER_IMPORT, done=settled)
    remarks += turn_reactive(turning, on=extract.as_of)
    moved = [person.pk for person in locked if _place(person) != stood[person.pk]]
    bulk.refresh_tasks(by_id, moved=moved)
    hand_restricted(moved)
    audit.record_many(
        _entry(
            extract,
            person,
            Operation.ALTERATION,
            _difference(before.get(person.pk, {}), by_id[person.pk].content),
        )
        for person in locked
    )
    return remarks


def _place(person: Offender) -> tuple[int | None, int]:
    """Who manages a person, in which team."""
    return person.offender_manager_id, person.team_id


def _amendment(
    person: Offender, before: Content | None, row: Row, directory: Directory
) -> Amendment:
    was = None
    if before is not None:
        was = intake_of(canonical.row_of(before, line=row.line), directory)
    return Amendment(person, before=was, after=intake_of(row, directory))


def _keep(by_id: Mapping[int, Stated], records: Mapping[int, ImportedRecord]) -> None:
    """Keep what the rows say now, for the next comparison."""
    added = []
    for key, stated in by_id.items():
        record = records.get(key)
        if record is None:
            added.append(
                ImportedRecord(offender_id=key, content=stated.content, digest=stated.digest)
            )
        else:
            record.content, record.digest = stated.content, stated.digest
    ImportedRecord.objects.bulk_update(records.values(), ["content", "digest"])
    ImportedRecord.objects.bulk_create(added)


def _difference(before: Content, after: Content) -> dict[str, Content]:
    """The columns that differ, as they were and as they are."""
    columns = [column for column in after if before.get(column) != after[column]]
    return {
        "was": {column: before.get(column) for column in columns},
        "is": {column: after[column] for column in columns},
    }


def _entry(
    extract: Extract,
    person: Offender,
    operation: Operation,
    payload: dict[str, Content] | None = None,
) -> audit.Entry:
    return audit.Entry(
        by=extract.by,
        action=Action.OFFENDER_IMPORT,
        operation=operation,
        offender_id=person.pk,
        subject=f"offender:{person.public_id}",
        purpose=extract.purpose,
        payload=payload,
    )
