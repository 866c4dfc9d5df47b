"""Values at the edges: each row is one value and how it is read."""

import datetime as dt
from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.test import APIRequestFactory

from api import reading
from api.errors import flattened
from workflows.steps.fields import (
    AwareDateTimeField,
    BoundedDateField,
    LineField,
    PublicIdField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)


class Sample(StrictSerializer):
    on = BoundedDateField(required=False)
    at = AwareDateTimeField(required=False)
    name = LineField(required=False, letters=True, max_length=20)
    note = TextField(required=False, allow_blank=True, max_length=50)
    count = WholeNumberField(required=False, max_value=100)
    who = PublicIdField(required=False)
    yes = serializers.BooleanField(required=False)
    word = serializers.ChoiceField(choices=["one", "two"], required=False)
    people = serializers.ListField(child=PublicIdField(), required=False)


class Body:
    """As much of a request as reading a body needs."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data


def read(**data: Any) -> dict[str, Any]:
    return reading.body(Body(data), Sample)  # type: ignore[arg-type]


def code_of(**data: Any) -> str:
    """The code with which the one field in `data` is refused."""
    with pytest.raises(ValidationError) as caught:
        read(**data)
    [[error]] = flattened(caught.value.get_full_details()).values()
    return error["code"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"on": "0001-01-01"}, "out_of_range"),  # arithmetic overflows near year 1
        ({"on": "9999-12-31"}, "out_of_range"),
        ({"on": "1899-12-31"}, "out_of_range"),
        ({"on": "2101-01-01"}, "out_of_range"),
        ({"on": "2026-02-30"}, "invalid"),  # no such day
        ({"on": "20261123"}, "invalid"),  # Python reads it, the schema does not say so
        ({"on": "2026-W48-1"}, "invalid"),
        ({"on": "٢٠٢٦-١١-٢٣"}, "invalid"),  # Arabic-Indic digits
        ({"on": 20261123}, "wrong_type"),
        ({"at": "2026-11-23T14:30:00"}, "no_offset"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "out_of_range"),  # overflows on the way to UTC
        ({"at": "9999-12-31T23:59:59-12:00"}, "out_of_range"),
        ({"at": "1900-01-01T00:30:00+14:00"}, "out_of_range"),  # still 1899 in London
        ({"at": "2100-12-31T23:30:00-05:00"}, "out_of_range"),
        ({"at": "2026-11-23"}, "invalid"),
        ({"at": "2026-11-23T25:00:00Z"}, "invalid"),
        ({"name": "A\u202eB"}, "unreadable"),  # right-to-left override
        ({"name": "A\u200bB"}, "unreadable"),  # zero width
        ({"name": "A\x1bB"}, "unreadable"),
        ({"name": "A\nB"}, "unreadable"),  # a line is one line
        ({"name": "\u0301\u0301"}, "no_text"),  # marks with nothing under them
        ({"name": "123"}, "no_letter"),
        ({"name": "A" * 21}, "max_length"),
        ({"name": 123}, "wrong_type"),
        ({"count": "12"}, "wrong_type"),
        ({"count": True}, "wrong_type"),
        ({"count": 1.0}, "wrong_type"),
        ({"count": 101}, "max_value"),
        ({"count": -1}, "min_value"),
        ({"count": 10**30}, "max_value"),
        ({"who": "{123e4567-e89b-42d3-a456-426614174000}"}, "invalid"),
        ({"who": 5}, "wrong_type"),
        ({"yes": "true"}, "wrong_type"),
        ({"yes": 1}, "wrong_type"),
        ({"word": "three"}, "invalid_choice"),
        ({"word": ["one"]}, "wrong_type"),
        ({"people": "one"}, "wrong_type"),
        ({"people": [1]}, "wrong_type"),
        ({"stranger": 1}, "unknown_field"),
    ],
)
def test_a_bad_value_is_refused(data: dict[str, Any], code: str) -> None:
    assert code_of(**data) == code


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"on": "2026-11-23"}, dt.date(2026, 11, 23)),
        ({"at": "2026-07-01T14:30+01:00"}, dt.datetime(2026, 7, 1, 13, 30, tzinfo=dt.UTC)),
        ({"name": "Zoe\u0308"}, "Zoë"),  # one form of one name
        ({"note": "a\r\nb\tc"}, "a\nb\tc"),
        ({"note": ""}, ""),
        ({"count": 100}, 100),
        ({"yes": False}, False),
    ],
)
def test_a_sound_value_is_read(data: dict[str, Any], value: object) -> None:
    assert list(read(**data).values()) == [value]


def test_what_was_sent_is_never_said_back() -> None:
    with pytest.raises(ValidationError) as caught:
        read(word="SECRET", **{"<script>": 1})
    assert "SECRET" not in str(caught.value.get_full_details())
    assert "script" not in str(caught.value.get_full_details())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, {"staff_number": "Enter staff number of the supervisor", "kind": "Choose kind"}),
        # An empty answer is none.
        (
            {"staff_number": "", "kind": None},
            {"staff_number": "Enter staff number of the supervisor", "kind": "Choose kind"},
        ),
    ],
)
def test_what_is_missing_is_named_in_the_words_of_the_page(data, said) -> None:
    class Needed(StrictSerializer):
        staff_number = LineField(label="Staff number of the supervisor")
        kind = serializers.ChoiceField(choices=["one", "two"])
        note = LineField(required=False)

    form = Needed(data=data)

    assert not form.is_valid()
    assert {name: str(one) for name, [one] in form.errors.items()} == said


def asked(address: str) -> dict[str, Any]:
    class Asked(StrictSerializer):
        limit = WholeNumberField(max_value=100, required=False)
        ended = reading.TrueFalseField(required=False)

    request = APIRequestFactory().get(address)
    request.query_params = request.GET
    return reading.query(request, Asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/?limit=1&limit=2", "repeated_parameter"),
        ("/?stranger=1", "unknown_field"),
        ("/?limit=99999999999999999999", "invalid"),
        ("/?limit=١٢", "invalid"),
        ("/?limit=+1", "invalid"),
        ("/?limit=1_0", "invalid"),
        ("/?limit=0x1", "invalid"),
        ("/?ended=yes", "invalid_choice"),
    ],
)
def test_a_bad_parameter_is_refused(address: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        asked(address)
    [[error]] = flattened(caught.value.get_full_details()).values()
    assert error["code"] == code


def test_sound_parameters_are_read() -> None:
    assert asked("/?limit=12&ended=false") == {"limit": 12, "ended": False}
