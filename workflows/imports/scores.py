"""Applies accepted rows of a file of official scores, many at a time.

A score moves no level and no due date, and one that was calculated stays beside it; the official
value is preferred (docs/decisions/0023-static-scores.md). A constant number of statements for each
chunk, in the caller's transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import audit.record as audit
from accounts.models import Force, User
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk import actions as risk
from risk.models import StaticScore
from risk.official import OfficialValue
from workflows.actions.locking import lock_people
from workflows.imports.extract import Extract
from workflows.imports.outcome import Outcome
from workflows.imports.refusals import Refusal, ScoreReason
from workflows.imports.score_rows import ScoreRow
from workflows.official_scores import refuse_impossible

#: What one score is of: person, tool, day and reference.
About = tuple[int, str, str, str]


@dataclass(slots=True)
class _Sorted:
    """Rows by what they ask for."""

    new: list[tuple[Offender, OfficialValue]] = field(default_factory=list)
    #: A score of the same day and reference is there and says something else.
    corrected: list[tuple[Offender, OfficialValue]] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


def judge_scores(rows: Sequence[ScoreRow], force: Force | None) -> Outcome:
    """What `apply_scores` would do."""
    return _sort(rows, _people(rows, force)).outcome


def apply_scores(rows: Sequence[ScoreRow], extract: Extract) -> Outcome:
    """Keep the scores that are not known yet, each with its event."""
    known = _people(rows, extract.force)
    locked = lock_people(person.pk for person in known.values())
    found = _sort(rows, {person.source_ref: person for person in locked})
    by = extract.by
    user = None if by.user_id is None else User.objects.get(pk=by.user_id)
    kept = risk.keep_official_scores([*found.new, *found.corrected], by=user, label=by.label)
    audit.record_many(_entry(extract, score) for score in kept)
    return found.outcome


def _people(rows: Iterable[ScoreRow], force: Force | None) -> dict[str, Offender]:
    if force is None:
        return {}
    refs = {row.source_ref for row in rows}
    found = Offender.objects.filter(force=force, source_ref__in=refs)
    return {person.source_ref: person for person in found}


def _sort(rows: Sequence[ScoreRow], people: Mapping[str, Offender]) -> _Sorted:
    """Tell new, corrected, known and refused rows apart. One statement."""
    found, last = _Sorted(), _last_of(people.values())
    for row in rows:
        person = people.get(row.source_ref)
        refusal = _refusal(row, person)
        if person is None or refusal is not None:
            if refusal is not None:
                found.outcome.refusals.append(refusal)
            continue
        before = last.get(_about(person.pk, row.value))
        if before is None:
            found.new.append((person, row.value))
        elif _value_of(before) != row.value:
            found.corrected.append((person, row.value))
        else:
            found.outcome.unchanged += 1
            if before.is_void:
                found.outcome.remarks.append(
                    {"line": row.line, "source_ref": row.source_ref, "code": "score_void_here"}
                )
    found.outcome.created, found.outcome.changed = len(found.new), len(found.corrected)
    return found


def _refusal(row: ScoreRow, person: Offender | None) -> Refusal | None:
    """Why a sound row cannot be of its person."""
    if person is None:
        return Refusal(row.line, "", ScoreReason.UNKNOWN_PERSON, "source_ref")
    try:
        refuse_impossible(person, row.value)
    except Invalid as error:
        return Refusal(row.line, "", ScoreReason(error.code), error.field)
    except RuleBroken as error:
        return Refusal(row.line, "", ScoreReason(error.code), "tool")
    return None


def _last_of(people: Iterable[Offender]) -> dict[About, StaticScore]:
    """The official score that was kept last of each person, tool, day and reference.

    A void one too: that somebody here said it was wrong is not undone by the same file.
    """
    rows = StaticScore.objects.filter(
        offender__in=list(people), source=StaticScore.Source.IMPORTED_OFFICIAL
    )
    return {_about(row.offender_id, _value_of(row)): row for row in rows.order_by("pk")}


def _about(person: int, value: OfficialValue) -> About:
    return person, str(value.tool), value.scored_on.isoformat(), value.reference


def _value_of(score: StaticScore) -> OfficialValue:
    return OfficialValue(
        tool=StaticScore.Tool(score.tool),
        band=StaticScore.Band(score.band),
        scored_on=score.scored_on,
        reference=score.reference,
        version=score.model_version,
        points=score.points,
        percent=score.percent,
    )


def _entry(extract: Extract, score: StaticScore) -> audit.Entry:
    return audit.Entry(
        by=extract.by,
        action=Action.OFFENDER_IMPORT,
        operation=Operation.COLLECTION,
        offender_id=score.offender_id,
        subject=f"static_score:{score.public_id}",
        purpose=extract.purpose,
        payload={score.tool: {"id": str(score.public_id), "band": score.band}},
    )
