"""Static scores of a person: calculated, written down, voided. They move no level and no date.

A static band, the priority of an assessment, the risk of serious harm and the management level are
four things; an officer alone decides the last (docs/decisions/0023-static-scores.md).
"""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import RuleBroken
from offenders.models import Offender
from risk import actions as risk
from risk.models import ScoreBand, ScoreTool, StaticScore
from risk.official import OfficialValue
from workflows.actions.locking import lock_person, officer, require_reason
from workflows.errors import NotVisible
from workflows.official_scores import refuse_impossible
from workflows.queries import person as people
from workflows.queries.voidable_scores import refusal_of
from workflows.scoring import inputs_of, scores_of


@transaction.atomic
def calculate_scores(
    *, by: Actor, offender: UUID, tools: list[str], **typed: Any
) -> list[StaticScore]:
    """Calculate scores by the tables in force today and keep them with what was put in.

    `typed`: of the form CalculateScores. Raises NotVisible, NotPermitted, TaskBusy; RuleBroken
    `not_for_this_person`; Invalid as `risk.static_scores.inputs.refuse_impossible`.
    """
    person = _permitted(by, offender, Action.STATIC_SCORE_CALCULATE)
    today = timezone.localdate()
    inputs = inputs_of(person, typed, today)
    user = officer(by)
    kept = [
        risk.keep_calculated_score(
            offender=person, score=score, inputs=inputs, scored_on=today, by=user, label=by.label
        )
        for score in scores_of(tools, inputs, today)
    ]
    _record(by, person, Action.STATIC_SCORE_CALCULATE, *kept)
    return kept


@transaction.atomic
def record_official_score(
    *,
    by: Actor,
    offender: UUID,
    tool: str,
    band: str,
    scored_on: dt.date,
    reference: str = "",
    version: str = "",
    points: int | None = None,
    percent: Decimal | None = None,
) -> StaticScore:
    """Keep an official value as it was given; it is preferred to one that was calculated here.

    Another system may send it too. Raises NotVisible, NotPermitted, TaskBusy; Invalid and
    RuleBroken as `workflows.official_scores.refuse_impossible`; RuleBroken `score_known` (every
    figure of it is there already).
    """
    person = _permitted(by, offender, Action.STATIC_SCORE_RECORD_OFFICIAL)
    value = OfficialValue(
        tool=ScoreTool(tool),
        band=ScoreBand(band),
        scored_on=scored_on,
        reference=reference,
        version=version,
        points=points,
        percent=percent,
    )
    refuse_impossible(person, value)
    known = person.static_scores.filter(
        source=StaticScore.Source.IMPORTED_OFFICIAL,
        tool=tool,
        scored_on=scored_on,
        reference=reference,
        band=band,
        points=points,
        percent=percent,
        model_version=version,
        voided_at__isnull=True,
    )
    if known.exists():
        raise RuleBroken("score_known", "This score is written down already.")
    kept = risk.keep_official_score(
        offender=person,
        value=value,
        by=officer(by) if by.kind == "user" else None,
        label=by.label,
    )
    _record(by, person, Action.STATIC_SCORE_RECORD_OFFICIAL, kept)
    return kept


@transaction.atomic
def void_score(*, by: Actor, offender: UUID, score: UUID, reason: str) -> StaticScore:
    """Void one's own wrong entry, or as a supervisor anyone's. The one before it stands again.

    Raises NotVisible, NotPermitted, ReasonRequired, TaskBusy; RuleBroken: `already_void`,
    `not_yours`.
    """
    person = _permitted(by, offender, Action.STATIC_SCORE_VOID)
    require_reason(by, Action.STATIC_SCORE_VOID, reason, team_id=person.team_id)
    found = person.static_scores.filter(public_id=score).first()
    if found is None:
        raise NotVisible
    user = officer(by)
    if refusal := refusal_of(by, found):
        raise refusal
    risk.void_score(score=found, by=user, reason=reason)
    audit.record(
        by=by,
        action=Action.STATIC_SCORE_VOID,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        subject=f"static_score:{found.public_id}",
        reason=reason,
    )
    return found


def _permitted(by: Actor, offender: UUID, action: Action) -> Offender:
    """The person, locked, whom another system finds too where it may send scores of them."""
    person = lock_person(people.written_about(by, offender, action).pk)
    Offender.objects.require(by, action, person)
    return person


def _record(by: Actor, person: Offender, action: Action, *kept: StaticScore) -> None:
    """One event, whatever the number of scores. What was put in stays in its table."""
    audit.record(
        by=by,
        action=action,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"static_score:{kept[0].public_id}",
        payload={
            score.tool: {
                "id": str(score.public_id),
                "band": score.band,
                "adjusted_band": score.adjusted_band,
                "model_version": score.model_version,
                "thresholds_version": score.thresholds_version,
            }
            for score in kept
        },
    )
