"""The reading of one extract, as a job that is never done twice and can be taken up again."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Force
from accounts.policy import Action
from audit.models import Operation
from audit.models import Outcome as Result
from workflows.actions.locking import lock_force
from workflows.imports.applying import apply_rows, judge_rows
from workflows.imports.directory import Directory
from workflows.imports.extract import Extract
from workflows.imports.outcome import Outcome
from workflows.imports.reading import read
from workflows.imports.refusals import Refusal
from workflows.imports.row import Row
from workflows.imports.score_rows import ScoreRow, read_scores
from workflows.imports.scores import apply_scores, judge_scores
from workflows.models import ImportJob, ImportRefusal, ImportUpload

Item = Row | ScoreRow | Refusal

#: Rows in one transaction: a lock is held for well under a second.
CHUNK = 100
#: A job that has not moved for this long has lost its worker.
STALLED_AFTER = dt.timedelta(minutes=2)
#: Remarks kept on a job; a file with more has one fault many times.
MOST_REMARKS = 1000
#: Columns that move with each chunk.
ADVANCING = (
    "rows_read",
    "created_count",
    "changed_count",
    "unchanged_count",
    "refused_count",
    "new_teams",
    "new_officers",
    "remarks",
    "progressed_at",
)


OPEN = (ImportJob.State.WAITING, ImportJob.State.RUNNING)


class Overtaken(Exception):
    """The job is not where this worker left it: what it did last is rolled back."""


def claim(job_id: int) -> bool:
    """Take a job that waits or has lost its worker, and has a file. Whether it is ours now."""
    now = timezone.now()
    free = ImportJob.objects.filter(lost(now), pk=job_id, upload__isnull=False)
    return bool(
        free.update(
            state=ImportJob.State.RUNNING,
            started_at=Coalesce(F("started_at"), now),
            progressed_at=now,
        )
    )


def lost(now: dt.datetime) -> Q:
    """Jobs on which nobody is: they wait, or have not moved for long."""
    return Q(state=ImportJob.State.WAITING) | Q(
        state=ImportJob.State.RUNNING, progressed_at__lt=now - STALLED_AFTER
    )


def carry_out(
    job: ImportJob, file: BinaryIO, by: Actor, progress: Callable[[ImportJob], None] | None = None
) -> None:
    """Read on from where the job is, and end it. Raises UnreadableFile, Overtaken."""
    directory = Directory(job.force)
    if job.dry_run:  # what it only noted before it was killed is in no table
        directory.note(job.new_teams, job.new_officers)
    rest = islice(rows_of(job.kind, file, job.as_of), job.rows_read, None)
    for chunk in in_chunks(rest):
        _take(job, chunk, directory, by)
        if progress is not None:
            progress(job)
    end(job, ImportJob.State.DONE, by)


@transaction.atomic
def _take(job: ImportJob, chunk: list[Item], directory: Directory, by: Actor) -> None:
    """Apply one chunk and keep how far the job is, together. Raises Overtaken."""
    # One import of a force at a time, or two files could both register the same new person.
    lock_force(job.force_id)
    here = ImportJob.objects.filter(
        pk=job.pk, state=ImportJob.State.RUNNING, rows_read=job.rows_read
    )
    if not here.exists():
        raise Overtaken
    if job.dry_run:
        outcome = judge(chunk, directory, job.force)
    else:
        purpose = ("import-job", str(job.public_id))
        outcome = _applied(chunk, directory, Extract(job.force, by, job.as_of, purpose))
    ImportRefusal.objects.bulk_create(
        ImportRefusal(
            job=job,
            line=refusal.line,
            row_key=refusal.key,
            reason=refusal.reason,
            column=refusal.column,
        )
        for refusal in outcome.refusals
    )
    _advance(job, outcome)


def _advance(job: ImportJob, outcome: Outcome) -> None:
    """Keep how far the job is, and what became of the rows."""
    job.rows_read += outcome.rows_read
    job.created_count += outcome.created
    job.changed_count += outcome.changed
    job.unchanged_count += outcome.unchanged
    job.refused_count += len(outcome.refusals)
    job.new_teams = [*job.new_teams, *outcome.new_teams]
    job.new_officers = [*job.new_officers, *outcome.new_officers]
    job.remarks = [*job.remarks, *outcome.remarks][:MOST_REMARKS]
    job.progressed_at = timezone.now()
    job.save(update_fields=ADVANCING)


@transaction.atomic
def end(job: ImportJob, state: ImportJob.State, by: Actor, *, failure: str = "") -> bool:
    """End a job once, with one event, and remove its upload. Whether it was still open.

    The event names the teams and officers that the file added.
    """
    now = timezone.now()
    still_open = ImportJob.objects.filter(pk=job.pk, state__in=OPEN)
    if not still_open.update(state=state, failure=failure, finished_at=now):
        return False
    job.state, job.failure, job.finished_at = state, failure, now
    ImportUpload.objects.filter(job=job).delete()
    audit.record(
        by=by,
        action=Action.OFFENDER_IMPORT,
        operation=Operation.COLLECTION,
        outcome=Result.ERROR if failure else Result.OK,
        subject=subject(job),
        row_count=job.rows_read,
        reason=failure,
        payload=_added(job),
    )
    return True


def _added(job: ImportJob) -> dict[str, list[str]] | None:
    """The teams and staff numbers that were added; None where there are none."""
    names = {"new_teams": job.new_teams, "new_officers": job.new_officers}
    return names if any(names.values()) and not job.dry_run else None


def subject(job: ImportJob) -> str:
    """What the audit record calls a job."""
    return f"import-job:{job.public_id}"


def in_chunks(rows: Iterable[Item]) -> Iterator[list[Item]]:
    """The rows of a file, as many at a time as one transaction takes."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def rows_of(kind: str, file: BinaryIO, as_of: dt.date) -> Iterator[Item]:
    """The rows of a file of that kind, accepted or refused. Raises UnreadableFile."""
    if kind == ImportJob.Kind.SCORES:
        return read_scores(file, as_of=as_of)
    return read(file, as_of=as_of)


def judge(chunk: list[Item], directory: Directory, force: Force | None) -> Outcome:
    """What applying a chunk would do."""
    people, scores = _parted(chunk)
    outcome = judge_rows(people, directory, force)
    if scores:
        outcome.add(judge_scores(scores, force))
    return _with_refused(chunk, outcome)


def _applied(chunk: list[Item], directory: Directory, extract: Extract) -> Outcome:
    people, scores = _parted(chunk)
    outcome = apply_rows(people, directory, extract)
    if scores:
        outcome.add(apply_scores(scores, extract))
    return _with_refused(chunk, outcome)


def _with_refused(chunk: list[Item], outcome: Outcome) -> Outcome:
    """The outcome of a chunk, with the rows that were refused as they were read."""
    outcome.rows_read = len(chunk)
    outcome.refusals += [item for item in chunk if isinstance(item, Refusal)]
    return outcome


def _parted(chunk: list[Item]) -> tuple[list[Row], list[ScoreRow]]:
    """The people and the scores of a chunk, of which a file holds one kind alone."""
    people = [item for item in chunk if isinstance(item, Row)]
    scores = [item for item in chunk if isinstance(item, ScoreRow)]
    return people, scores
