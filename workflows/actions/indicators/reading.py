"""One indicator as its sender wrote it, read into what is kept, or refused with a stable code."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import orjson
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from offenders.errors import Invalid
from offenders.names import fold, fold_number, search_key
from risk.grading import Grading, graded
from risk.indicator_codes import IndicatorCode, Severity
from risk.indicator_types import type_of
from risk.models import IndicatorIdentifierKind
from workflows.matching import Named, Sought, account_key, device_key, postcode_key
from workflows.steps.indicators import SendIndicator
from workflows.steps.json_types import wrong_types

#: As long as `IndicatorSubject.search_key`, and as people's.
LONGEST_KEY = 210


class Subject(NamedTuple):
    """Somebody whom an indicator names."""

    surname: str
    forename: str
    born_on: dt.date | None
    postcode: str

    @property
    def key(self) -> str:
        """As people are looked up: "surname forename", folded."""
        return search_key(self.surname, self.forename)[:LONGEST_KEY]


class Number(NamedTuple):
    """Something by which a person may be found."""

    kind: str
    service: str
    value: str

    @property
    def key(self) -> str:
        """Folded, as it is looked up."""
        match self.kind:
            case IndicatorIdentifierKind.REFERENCE:
                return fold_number(self.value)
            case IndicatorIdentifierKind.ACCOUNT | IndicatorIdentifierKind.EMAIL:
                return account_key(self.service, self.value)
            case _:
                return device_key(self.value)


class Evidence(NamedTuple):
    """Where evidence is, by number."""

    kind: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One indicator that can be kept."""

    source: str
    external_id: str
    code: IndicatorCode
    severity: Severity
    grading: Grading
    occurred_at: dt.datetime
    text: str
    subjects: tuple[Subject, ...]
    numbers: tuple[Number, ...]
    references: tuple[Evidence, ...]

    @property
    def number(self) -> tuple[str, str]:
        """What tells it apart in the force."""
        return self.source, self.external_id

    @cached_property
    def digest(self) -> str:
        """SHA-256 hex of all that was said: the same again is the same."""
        grading = self.grading
        return _hashed(
            [self.source, self.external_id, self.code, self.severity, self.text],
            [grading.source, grading.assessment, grading.handling, grading.conditions],
            [grading.is_sanitised, self.occurred_at],
            *(sorted(map(list, rows), key=str) for rows in self._rows),
        )

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 hex of what makes two reports the same event; "" where too little is said.

        The type, the London day, and everyone and every number it names: two reports that name
        somebody besides are two.
        """
        people = sorted(f"{one.key}|{one.born_on}" for one in self.subjects if one.born_on)
        numbers = sorted(f"{one.kind}|{one.key}" for one in self.numbers)
        if len(people) < len(self.subjects) or not (people or numbers):
            return ""
        day = timezone.localdate(self.occurred_at)
        return _hashed([self.code, day], people, numbers)

    @cached_property
    def sought(self) -> Sought:
        """What it says of whom it is about."""
        by_kind = {
            kind: frozenset(one.key for one in self.numbers if one.kind == kind)
            for kind in IndicatorIdentifierKind
        }
        kinds = IndicatorIdentifierKind
        return Sought(
            people=tuple(
                Named(fold(one.surname), one.key, one.born_on, postcode_key(one.postcode))
                for one in self.subjects
            ),
            references=by_kind[kinds.REFERENCE],
            devices=by_kind[kinds.DEVICE] | by_kind[kinds.PHONE],
            accounts=by_kind[kinds.ACCOUNT] | by_kind[kinds.EMAIL],
        )

    @property
    def _rows(self) -> tuple[tuple[Any, ...], ...]:
        return self.subjects, self.numbers, self.references


def read(raw: Any, *, form: SendIndicator, now: dt.datetime) -> Incoming:
    """One item of a list, whose shape nobody has looked at. Raises Invalid.

    `form`: one for the whole list, for drawing it up costs more than to read an item with it.
    """
    if not isinstance(raw, Mapping):
        raise Invalid("invalid", "Send each indicator as an object.", field="")
    for name, wanted in wrong_types(form, raw):
        raise Invalid("wrong_type", f"Send {wanted}.", field=name)
    try:
        values = form.run_validation(raw)
    except ValidationError as error:
        field, fault = next(_faults(error.get_full_details()))
        raise Invalid(fault["code"], str(fault["message"]), field=field) from error
    return incoming_of(values, now=now)


def incoming_of(values: Mapping[str, Any], *, now: dt.datetime) -> Incoming:
    """What a validated form says.

    Raises Invalid: what `risk.grading` and `risk.indicator_types` refuse, `in_future`,
    `says_nothing`, `service_of_an_account`.
    """
    grading = graded(
        source=values["source_grade"],
        assessment=values["assessment_grade"],
        handling=values["handling"],
        conditions=values.get("handling_conditions", ""),
        is_sanitised=values["sanitised"],
    )
    found = type_of(values["code"])
    if values["occurred_at"] > now:
        raise Invalid("in_future", "It has not happened yet.", field="occurred_at")
    return Incoming(
        source=source_key(values["source"]),
        external_id=values["external_id"],
        code=found.code,
        severity=found.severity_of(grading, values.get("severity")),
        grading=grading,
        occurred_at=values["occurred_at"],
        text=values.get("text", ""),
        subjects=tuple(_subject(row) for row in values.get("subjects", ())),
        numbers=tuple(_number(row) for row in values.get("identifiers", ())),
        references=tuple(Evidence(**row) for row in values.get("references", ())),
    )


def source_key(text: str) -> str:
    """What something comes from, as it is kept: one source however it is written."""
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split()) or text


def _subject(row: Mapping[str, Any]) -> Subject:
    said = Subject(
        row.get("surname", ""), row.get("forename", ""), row.get("born_on"), row.get("postcode", "")
    )
    if not (said.surname or said.born_on or said.postcode):
        raise Invalid("says_nothing", "Say a surname, a birthday or a postcode.", field="subjects")
    return said


def _number(row: Mapping[str, Any]) -> Number:
    found = Number(row["kind"], row.get("service", ""), row["value"])
    is_account = found.kind == IndicatorIdentifierKind.ACCOUNT
    if is_account != bool(found.service):
        said = "An account, and nothing else, is with a service."
        raise Invalid("service_of_an_account", said, field="identifiers")
    return found


def _faults(details: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each fault of a form that was refused, with the name of its field."""
    if isinstance(details, dict) and details.keys() == {"message", "code"}:
        yield name, details
    elif isinstance(details, dict):
        for key, inner in details.items():
            yield from _faults(inner, f"{name}.{key}".strip("."))
    elif isinstance(details, list):
        for inner in details:
            yield from _faults(inner, name)
    else:
        raise TypeError(f"{type(details).__name__} is no fault of a form")


def _hashed(*parts: Any) -> str:
    return hashlib.sha256(orjson.dumps(parts, default=str)).hexdigest()
