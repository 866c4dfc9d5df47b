"""The rule set: every rule of one version, validated as a whole."""

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Iterable
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import Field, PlainSerializer, PlainValidator, model_validator

from rules.errors import RuleNotInForce, UnknownRule
from rules.figure import Figure
from rules.period import Period
from rules.rule import Rule
from rules.strict import Evidence, Name, Strict

Indefinite = Literal["indefinite"]
PeriodOfDischarge = Literal["period_of_discharge"]
#: Registered until a review ends it (s.91A).
INDEFINITE: Final = "indefinite"
#: As long as the conditional discharge that was ordered (s.82(1)).
PERIOD_OF_DISCHARGE: Final = "period_of_discharge"

Months = int | Indefinite | PeriodOfDischarge


def _months(value: object) -> Months:
    if value == INDEFINITE:
        return INDEFINITE
    if value == PERIOD_OF_DISCHARGE:
        return PERIOD_OF_DISCHARGE
    if not isinstance(value, str):
        raise ValueError("months are written as text, such as 84m")
    return Period.parse(value).months


def _as_written(value: Months) -> str:
    return f"{value}m" if isinstance(value, int) else value


MonthsText = Annotated[
    Months, PlainValidator(_months), PlainSerializer(_as_written, return_type=str)
]


class NotificationPeriod(Strict):
    """How long one disposal keeps a person registered (s.82), by age on the relevant date."""

    disposal: Name
    adult: MonthsText
    under18: MonthsText
    evidence: Evidence
    note: str = ""


class RuleSet(Strict):
    """Every rule of one version. Look rules up by id."""

    #: Of the file's own form, not of its content.
    version: Literal[1]
    jurisdiction: Literal["england_wales"]
    timezone: Literal["Europe/London"]
    rules: tuple[Rule, ...] = Field(strict=False, min_length=1)
    notification_periods: tuple[NotificationPeriod, ...] = Field(strict=False, min_length=1)
    figures: tuple[Figure, ...] = Field(strict=False, min_length=1)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        _refuse_repeats(rule.id for rule in self.rules)
        _refuse_repeats(period.disposal for period in self.notification_periods)
        _refuse_repeats(figure.id for figure in self.figures)
        return self

    # Indexed once: a sweep looks rules up for every person. Private attributes would be slower.
    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _periods(self) -> dict[str, NotificationPeriod]:
        return {period.disposal: period for period in self.notification_periods}

    @cached_property
    def _figures(self) -> dict[str, Decimal]:
        return {figure.id: figure.value for figure in self.figures}

    def figure(self, name: str) -> Decimal:
        """The number of that id. Raises UnknownRule."""
        try:
            return self._figures[name]
        except KeyError:
            raise UnknownRule(f"There is no figure {name!r} in this rule set.") from None

    def rule(self, name: str, *, even_disabled: bool = False) -> Rule:
        """The rule of that id. Raises UnknownRule, and RuleNotInForce for a disabled one."""
        try:
            rule = self._rules[name]
        except KeyError:
            raise UnknownRule(f"There is no rule {name!r} in this rule set.") from None
        if not rule.enabled and not even_disabled:
            raise RuleNotInForce(f"{name} is kept in the rule set, but is not in force.")
        return rule

    def notification_months(self, disposal: str, *, under_18: bool) -> Months:
        """Months of registration for a disposal (s.82), INDEFINITE or PERIOD_OF_DISCHARGE.

        `under_18` is age on the relevant date. Raises UnknownRule.
        """
        try:
            period = self._periods[disposal]
        except KeyError:
            raise UnknownRule(f"There is no disposal {disposal!r} in this rule set.") from None
        return period.under18 if under_18 else period.adult

    def completed_by(self, other: Self) -> Self:
        """These rules, and after them each rule and figure that only `other` has."""
        document, more = self.document(), other.document()
        for part in ("rules", "figures"):
            known = {row["id"] for row in document[part]}
            document[part] += [row for row in more[part] if row["id"] not in known]
        return type(self).model_validate(document)

    def document(self) -> dict[str, Any]:
        """The rule set as it is written, ready for JSON: what nobody wrote is not added."""
        return self.model_dump(mode="json", exclude_unset=True)

    def digest(self) -> str:
        """SHA-256 (hex) of the document, whatever the order of its keys."""
        return digest_of(self.document())


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 (hex) of a JSON document with sorted keys and no spaces, in UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def load(text: str) -> RuleSet:
    """The rule set written in `text`, which is YAML.

    Raises pydantic.ValidationError with every fault, yaml.YAMLError where it cannot be read.
    """
    return RuleSet.model_validate(_Reader(text).get_single_data())


class _Reader(yaml.SafeLoader):
    """Reads YAML, and refuses a key written twice: the second would silently win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key, times in Counter(keys).items():
            if times > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} is written twice", node.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def _refuse_repeats(names: Iterable[str]) -> None:
    repeated = [name for name, times in Counter(names).items() if times > 1]
    if repeated:
        raise ValueError(f"named more than once: {', '.join(repeated)}")
