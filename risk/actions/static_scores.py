"""Static scores: what was calculated or written down is inserted, and can be voided once."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from offenders.actions.counting import stamp
from offenders.models import Offender
from risk.models import ScoreSource, StaticScore
from risk.official import OfficialValue
from risk.static_scores.inputs import Inputs
from risk.static_scores.score import Score


def keep_calculated_score(
    *, offender: Offender, score: Score, inputs: Inputs, scored_on: dt.date, by: User, label: str
) -> StaticScore:
    """Keep a score that was calculated on a London date, with what was put in. Moves nothing."""
    return StaticScore.objects.create(
        offender=offender,
        tool=score.tool,
        source=ScoreSource.CALCULATED_HERE,
        scored_on=scored_on,
        band=score.band.value,
        adjusted_band=score.adjusted_band.value,
        reduction=score.reduction.value,
        points=score.points,
        percent=score.percent,
        model_version=score.model_version,
        thresholds_version=score.thresholds_version,
        is_provisional=score.is_provisional,
        inputs=inputs.snapshot(),
        working=score.working(),
        recorded_by=by,
        recorded_by_label=label,
    )


def keep_official_score(
    *, offender: Offender, value: OfficialValue, by: User | None, label: str
) -> StaticScore:
    """Keep an official value as it was given. `by`: None where another system gave it."""
    [kept] = keep_official_scores([(offender, value)], by=by, label=label)
    return kept


def keep_official_scores(
    given: Iterable[tuple[Offender, OfficialValue]], *, by: User | None, label: str
) -> list[StaticScore]:
    """The same of many people, in one statement."""
    return StaticScore.objects.bulk_create(
        StaticScore(
            offender=offender,
            tool=value.tool,
            source=ScoreSource.IMPORTED_OFFICIAL,
            scored_on=value.scored_on,
            band=value.band,
            adjusted_band=value.band,
            points=value.points,
            percent=value.percent,
            model_version=value.version,
            reference=value.reference,
            recorded_by=by,
            recorded_by_label=label,
        )
        for offender, value in given
    )


def void_score(*, score: StaticScore, by: User, reason: str) -> StaticScore:
    """Void a score that is not void. It is kept, and the one before it stands again."""
    score.voided_by, score.void_reason = by, reason
    stamp(score, "voided_at", "voided_by", "void_reason")
    return score
