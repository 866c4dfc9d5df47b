"""Numbers that are a force's policy and no periods: points, capacity, hours a visit takes."""

import re
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, PlainSerializer, PlainValidator, model_validator

from rules.strict import Evidence, Name, Strict

Unit = Literal["points", "times", "days", "hours", "minutes", "percent", "people"]

#: One way to write each number, so that the digest of a document is one too.
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,4})(\.[0-9]{0,2}[1-9])?", re.ASCII)


def _value(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError('a figure is written as text, such as "1.25", with no zeros to spare')
    return Decimal(value)


ValueText = Annotated[Decimal, PlainValidator(_value), PlainSerializer(str, return_type=str)]


class Figure(Strict):
    """One number, its unit, and where it comes from."""

    id: Name
    value: ValueText
    unit: Unit
    source: Annotated[str, Field(min_length=1)]
    evidence: Evidence
    note: str = ""

    @model_validator(mode="after")
    def _days_are_whole(self) -> Self:
        if self.unit == "days" and self.value % 1:
            raise ValueError("days are whole")
        return self
