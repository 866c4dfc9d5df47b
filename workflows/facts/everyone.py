"""Everyone's facts, chunk by chunk, put together from their subjects."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone

from offenders.models import Offender
from workflows.facts.asked import asked_for
from workflows.facts.assessed import assessed
from workflows.facts.chunk import Chunk
from workflows.facts.indicated import indicated
from workflows.facts.managed import management, whereabouts
from workflows.facts.people import own_facts, people, people_as_they_stood, people_in_chunks
from workflows.facts.registered import registered
from workflows.facts.unfound import unfound
from workflows.knowing import Record, Row
from workflows.obligations import Facts

#: People read together. SQLite takes 32,766 parameters, and a chunk's rows stay in memory.
CHUNK = 2000

#: What is read of a chunk of people beside their own rows.
SUBJECTS = (registered, whereabouts, management, asked_for, unfound, assessed, indicated)


def stream(
    *,
    offender_ids: Iterable[int] | None = None,
    force_id: int | None = None,
    chunk: int = CHUNK,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Iterator[Facts]:
    """The facts about each person as at a London date (today), in ascending id.

    Everyone, one force, or exactly `offender_ids`. `known_at`: as they were on record at that
    instant, without what was entered since and with what was ended or voided since; else as they
    are now. Whoever was not on record yet is left out.
    """
    day = as_of or timezone.localdate()
    record = Record(known_at)
    for rows in people_in_chunks(people(force_id, day, record), offender_ids, chunk):
        yield from _facts_of(rows, Chunk([row[0] for row in rows], day, record))


def facts_of(offender: Offender, *, as_of: dt.date | None = None) -> Facts:
    """The facts about one person."""
    [facts] = stream(offender_ids=[offender.pk], as_of=as_of)
    return facts


def _facts_of(rows: list[Row], chunk: Chunk) -> Iterator[Facts]:
    subjects = [subject(chunk) for subject in SUBJECTS]
    # What nobody in the chunk has need not be asked for each of them: it is () by itself.
    known = {name: found for read in subjects for name, found in read.items() if found}
    for row in people_as_they_stood(rows, chunk):
        told = own_facts(row)
        key = told["offender_id"]
        told |= {name: found.get(key, ()) for name, found in known.items()}
        yield Facts(**told)
