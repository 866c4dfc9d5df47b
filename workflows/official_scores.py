"""What an official score cannot be: one rule, whether it is written down or comes in a file."""

from offenders.actions.counting import refuse_future
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from offenders.models.offender import Sex
from risk import score_tables
from risk.models import CALCULATED, ScoreBand, ScoreTool
from risk.official import OfficialValue
from risk.static_scores.registry import UnknownVersion


def refuse_impossible(person: Offender, value: OfficialValue) -> None:
    """Raise what speaks against a value of a person; nothing where nothing does.

    Invalid: `in_future`, `before_birth`, `reference_needed`, `not_of_this_tool`,
    `band_contradicts_figure` (by the tables of that version or day, where they are known here);
    RuleBroken `not_for_this_person` (OSP/DC of a woman).
    """
    refuse_future(value.scored_on, field="scored_on")
    if value.scored_on <= person.date_of_birth:
        raise Invalid("before_birth", "The person was not born yet.", field="scored_on")
    _refuse_others(value)
    _refuse_contradiction(value)
    if value.tool == ScoreTool.OSP_DC and person.sex == Sex.FEMALE:
        raise RuleBroken("not_for_this_person", "OSP/DC is for men: a woman has no value of it.")


def _refuse_others(value: OfficialValue) -> None:
    """What a tool does not give is a mistake: of KIRAT no more than a band, a version and a day."""
    tool = value.tool
    if tool == ScoreTool.KIRAT and value.reference:
        raise Invalid("not_of_this_tool", "Of KIRAT no reference is kept.", field="reference")
    if tool in CALCULATED and not value.reference:
        said = "Enter the reference by which the value can be found again."
        raise Invalid("reference_needed", said, field="reference")
    if tool == ScoreTool.OSP_IIC and value.band == ScoreBand.VERY_HIGH:
        raise Invalid("not_of_this_tool", "OSP/IIC ends with the band high.", field="band")
    if value.points is not None and tool != ScoreTool.OSP_DC:
        raise Invalid("not_of_this_tool", "That tool gives no points here.", field="points")
    if value.percent is not None and tool not in (*CALCULATED, ScoreTool.CSRP):
        raise Invalid("not_of_this_tool", "That tool gives no likelihood.", field="percent")


def _refuse_contradiction(value: OfficialValue) -> None:
    """A band that its own points or per cent do not give, nor one lower after five years.

    Of a version that is not known here nothing can be said.
    """
    tool, version = value.tool, value.version
    figure = value.points if tool == ScoreTool.OSP_DC else value.percent
    if figure is None or tool not in CALCULATED:
        return
    tables = score_tables.known()
    try:
        thresholds = (
            tables.bands(tool, version) if version else tables.in_force(tool, value.scored_on)[1]
        )
    except UnknownVersion:
        return
    raw = thresholds.band(figure)
    lowered = raw.next_lower if tool == ScoreTool.OSP_DC else raw
    if value.band not in (raw, lowered):
        said = f"That figure gives the band {ScoreBand(raw.value).label.lower()}."
        raise Invalid("band_contradicts_figure", said, field="band")
