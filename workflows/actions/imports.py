"""Taking over a force's extract: at once for commands, in the background for everyone else.

The file is read in chunks, each its own transaction that also keeps how far the job is: a job
that was killed goes on after its last chunk, and no row is applied twice.
"""

import datetime as dt
import io
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Force, IntegrationClient, User
from accounts.policy import Action, Reach, require
from audit.models import Operation
from offenders.errors import Invalid
from workflows.hints import hint
from workflows.imports.directory import Directory
from workflows.imports.outcome import Outcome
from workflows.imports.refusals import UnreadableFile
from workflows.imports.running import (
    Overtaken,
    carry_out,
    claim,
    end,
    in_chunks,
    judge,
    lost,
    rows_of,
    subject,
)
from workflows.models import ImportJob, ImportUpload

#: A job that cannot be finished for this long is given up.
GIVEN_UP_AFTER = dt.timedelta(days=1)
#: The Celery task that runs a job (workflows/tasks.py).
TASK = "workflows.run-import-job"
#: Who gives a job up.
SWEEP = Actor.system("resume-import-jobs")


def import_file(
    *,
    by: Actor,
    force: Force,
    file: BinaryIO,
    name: str,
    as_of: dt.date,
    kind: str = ImportJob.Kind.PEOPLE,
    dry_run: bool = False,
    progress: Callable[[ImportJob], None] | None = None,
) -> ImportJob:
    """Read a file now, as at a London date. `progress` is called after each chunk.

    Safe to run twice: what has not changed is not written. Raises NotPermitted, Invalid
    `in_future`, and UnreadableFile where the file is no extract; chunks before that stay.
    """
    permit(by, force, kind)
    _refuse_future(as_of)
    now = timezone.now()
    job = _job(by, force, name, as_of, kind=kind, dry_run=dry_run)
    job.state, job.started_at, job.progressed_at = ImportJob.State.RUNNING, now, now
    job.save(force_insert=True)
    try:
        carry_out(job, file, by, progress)
    except UnreadableFile as error:
        end(job, ImportJob.State.FAILED, by, failure=error.code)
        raise
    return job


def look_at_file(
    *,
    by: Actor,
    force: Force | None,
    file: BinaryIO,
    as_of: dt.date,
    kind: str = ImportJob.Kind.PEOPLE,
    progress: Callable[[Outcome], None] | None = None,
) -> Outcome:
    """What importing would do; writes nothing at all. `force` None: one that is yet to be made.

    Raises NotPermitted, Invalid `in_future`, UnreadableFile.
    """
    require(by, Action.OFFENDER_IMPORT)
    _refuse_future(as_of)
    directory, found = Directory(force), Outcome()
    for chunk in in_chunks(rows_of(kind, file, as_of)):
        found.add(judge(chunk, directory, force))
        if progress is not None:
            progress(found)
    return found


def request_import(
    *,
    by: Actor,
    force: Force,
    content: bytes,
    name: str,
    as_of: dt.date,
    kind: str = ImportJob.Kind.PEOPLE,
    dry_run: bool,
) -> ImportJob:
    """Keep a file and have it read in the background. Raises NotPermitted, Invalid `in_future`.

    The broker gets the job's id and nothing else. Where it is down the job waits in the database
    for `resume_stalled`.
    """
    permit(by, force, kind)
    _refuse_future(as_of)
    with transaction.atomic():
        job = _job(by, force, name, as_of, kind=kind, dry_run=dry_run)
        job.save(force_insert=True)
        ImportUpload.objects.create(job=job, content=content)
        audit.record(
            by=by,
            action=Action.OFFENDER_IMPORT,
            operation=Operation.COLLECTION,
            subject=subject(job),
        )
        transaction.on_commit(partial(hint, TASK, job.pk))
    return job


def run_job(job_id: int) -> ImportJob:
    """Read the extract of a job that waits or has lost its worker; leave any other alone.

    Safe to run twice, and twice at once.
    """
    is_ours = claim(job_id)
    job = ImportJob.objects.select_related("force").get(pk=job_id)
    if not is_ours:
        return job
    by = _requester(job)
    content = ImportUpload.objects.values_list("content", flat=True).get(job=job)
    try:
        permit(by, job.force, job.kind)
        carry_out(job, io.BytesIO(content), by)
    except (UnreadableFile, NotPermitted) as error:
        end(job, ImportJob.State.FAILED, by, failure=error.code)
    except Overtaken:
        job.refresh_from_db()
    return job


def resume_stalled() -> int:
    """Ask again for each job that waits or has lost its worker. Returns how many.

    Jobs without a file to go on with, or a day old, are given up.
    """
    now = timezone.now()
    unfinished = ImportJob.objects.filter(lost(now))
    hopeless = Q(upload__isnull=True) | Q(requested_at__lt=now - GIVEN_UP_AFTER)
    for job in unfinished.filter(hopeless):
        end(job, ImportJob.State.FAILED, SWEEP, failure="interrupted")
    waiting = list(unfinished.values_list("pk", flat=True))
    for job_id in waiting:
        hint(TASK, job_id)
    return len(waiting)


def permit(by: Actor, force: Force, kind: str = ImportJob.Kind.PEOPLE) -> None:
    """Raise NotPermitted unless `by` may import files of that kind into the whole of `force`.

    Another system needs the scope of official scores too, to send a file of them.
    """
    if kind == ImportJob.Kind.SCORES and by.kind == "client":
        require(by, Action.STATIC_SCORE_RECORD_OFFICIAL)
    reach = require(by, Action.OFFENDER_IMPORT).reach
    is_force_wide = reach is Reach.FORCE
    is_theirs = by.force_id == force.pk or (by.kind == "system" and by.force_id is None)
    if not (is_force_wide and is_theirs):
        raise NotPermitted("An extract is of a whole force, and of one's own.")


def _refuse_future(as_of: dt.date) -> None:
    """No extract tells what is still to come: all that it dates would pass for history."""
    if as_of > timezone.localdate():
        raise Invalid("in_future", "An extract cannot be of a day to come.", field="as_of")


def _job(
    by: Actor, force: Force, name: str, as_of: dt.date, *, kind: str, dry_run: bool
) -> ImportJob:
    return ImportJob(
        force=force,
        kind=kind,
        name=name[:200],
        as_of=as_of,
        dry_run=dry_run,
        requested_by_kind=by.kind,
        requested_by_key=by.key,
        requested_by_label=by.label,
    )


def _requester(job: ImportJob) -> Actor:
    """Who asked for a job, as they stand today."""
    match job.requested_by_kind:
        case "user":
            return Actor.of_user(User.objects.get(public_id=job.requested_by_key))
        case "client":
            clients = IntegrationClient.objects
            return Actor.of_client(clients.get(client__id=job.requested_by_key))
        case _:
            return Actor.system(job.requested_by_key)
