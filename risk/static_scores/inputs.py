"""What is put into a static score, what is impossible in it, and how it is kept as it was."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from offenders.errors import Invalid
from rules.dates import whole_years

#: Sanctions (convictions and cautions) by kind. `images`: for indecent images of children and for
#: indirect contact, such as over the internet.
SEXUAL_COUNTS = ("contact_adult", "contact_child", "non_contact", "images")
#: In the order in which they are typed.
DAYS = ("follow_up_on", "last_sexual_sanction_on", "last_sexual_offence_on", "last_offence_on")
#: Most sanctions, and the age from which a date is a mistake (upstream's limits).
MOST_SANCTIONS, TOO_OLD = 999, 110

_DATES = frozenset({"born_on", *DAYS})


@dataclass(frozen=True, slots=True)
class Inputs:
    """The facts of one calculation. None: not known.

    Counts are sanctions of a whole life. `follow_up_on`: the day on which the person began to live
    in the community after the last sentence, else of the conviction. `is_detained`: in custody or
    detained in hospital today. `sex` is "M", "F" or "" where it is not recorded.
    """

    sex: str
    born_on: dt.date
    is_detained: bool
    contact_adult: int | None = None
    contact_child: int | None = None
    non_contact: int | None = None
    images: int | None = None
    total_sanctions: int | None = None
    stranger_victim: bool | None = None
    follow_up_on: dt.date | None = None
    last_sexual_sanction_on: dt.date | None = None
    last_sexual_offence_on: dt.date | None = None
    last_offence_on: dt.date | None = None

    def snapshot(self) -> dict[str, Any]:
        """As JSON takes it, whole: dates as YYYY-MM-DD, null for what is not known."""
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def of_snapshot(cls, kept: dict[str, Any]) -> Self:
        """What `snapshot` kept. What a later version of the service asks for is not known of it."""
        values: dict[str, Any] = {field.name: kept.get(field.name) for field in fields(cls)}
        for name in _DATES:
            if values[name] is not None:
                values[name] = dt.date.fromisoformat(str(values[name]))
        return cls(**values)

    def age_on(self, day: dt.date) -> int:
        """Whole years of age on a day."""
        return whole_years(self.born_on, day)


def refuse_impossible(inputs: Inputs, on: dt.date) -> None:
    """Raise Invalid for what cannot be so on the London date `on`, naming the field.

    Codes: `negative_count`, `no_sexual_sanction` (the tools are for nobody without one),
    `total_out_of_range`, `more_sexual_than_total`, `in_future`, `before_birth`,
    `age_out_of_range`, `offence_after_sanction`, `before_last_sexual_offence`.
    """
    _refuse_counts(inputs)
    for name in DAYS:
        day = getattr(inputs, name)
        if day is None:
            continue
        if day > on:
            raise Invalid("in_future", "That day has not come yet.", field=name)
        if day <= inputs.born_on:
            raise Invalid("before_birth", "The person was not born yet.", field=name)
        if inputs.age_on(day) >= TOO_OLD:
            said = f"The person would have been {TOO_OLD} or older."
            raise Invalid("age_out_of_range", said, field=name)
    _refuse_order(inputs)


def _refuse_counts(inputs: Inputs) -> None:
    counts = {name: getattr(inputs, name) for name in SEXUAL_COUNTS}
    for name, count in counts.items():
        if count is not None and count < 0:
            raise Invalid("negative_count", "Sanctions are counted from 0.", field=name)
    sexual = sum(count or 0 for count in counts.values())
    if sexual == 0:
        said = "The tool is for people with at least one sanction for a sexual offence."
        raise Invalid("no_sexual_sanction", said, field=SEXUAL_COUNTS[0])
    total = inputs.total_sanctions
    if total is None:
        return
    if not 1 <= total <= MOST_SANCTIONS:
        said = f"Enter a number from 1 to {MOST_SANCTIONS}."
        raise Invalid("total_out_of_range", said, field="total_sanctions")
    if sexual > total:
        said = f"There are {sexual} sanctions for sexual offences: the total is no fewer."
        raise Invalid("more_sexual_than_total", said, field="total_sanctions")


def _refuse_order(inputs: Inputs) -> None:
    offence, sanction = inputs.last_sexual_offence_on, inputs.last_sexual_sanction_on
    if offence and sanction and sanction < offence:
        said = "Its sanction is no earlier than the offence."
        raise Invalid("offence_after_sanction", said, field="last_sexual_offence_on")
    if offence and inputs.last_offence_on and inputs.last_offence_on < offence:
        said = "The last offence of any kind is no earlier than the last sexual offence."
        raise Invalid("before_last_sexual_offence", said, field="last_offence_on")
