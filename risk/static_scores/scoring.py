"""A static score by its tool: which tables, whom they are for, and the score."""

import datetime as dt

from offenders.errors import RuleBroken
from risk.static_scores import osp_dc, osp_iic
from risk.static_scores.bands import Thresholds
from risk.static_scores.inputs import Inputs, refuse_impossible
from risk.static_scores.osp_dc import PointsModel
from risk.static_scores.registry import Model, Registry
from risk.static_scores.score import Score


def calculate(tool: str, inputs: Inputs, on: dt.date, registry: Registry) -> Score:
    """The score by the tables in force on a London date.

    Raises Invalid as `inputs.refuse_impossible`; RuleBroken `not_for_this_person` where the tables
    are for somebody of another sex, or it is not recorded, and for who is too young for them.
    """
    model, thresholds = registry.in_force(tool, on)
    if not is_for_sex(inputs, model):
        said = "These tables are for men: nothing is calculated for anyone else."
        raise RuleBroken("not_for_this_person", said)
    if not is_for(inputs, model, on):
        said = f"These tables are for people of {model.from_age} years and over."
        raise RuleBroken("not_for_this_person", said)
    refuse_impossible(inputs, on)
    return by_tables(inputs, model, thresholds, on)


def is_for(inputs: Inputs, model: Model, on: dt.date) -> bool:
    """Whether a model is for somebody of that sex, and of that age on the London date."""
    return is_for_sex(inputs, model) and inputs.age_on(on) >= model.from_age


def is_for_sex(inputs: Inputs, model: Model) -> bool:
    """Whether a model is for somebody of that sex."""
    return not model.sexes or inputs.sex in model.sexes


def by_tables(inputs: Inputs, model: Model, thresholds: Thresholds, on: dt.date) -> Score:
    """The score by these tables, of inputs that are possible and of whom they are for."""
    if isinstance(model, PointsModel):
        return osp_dc.score(inputs, model, thresholds, on)
    return osp_iic.score(inputs, model, thresholds, on)
