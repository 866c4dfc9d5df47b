"""Posted page forms become the input that the serializer and the API take."""

import pytest
from django.http import QueryDict
from rest_framework import serializers

from ui.forms import read


class Visit(serializers.Serializer):
    occurred_at = serializers.DateTimeField()
    on = serializers.DateField(required=False)
    alone = serializers.BooleanField()
    staff = serializers.ListField(child=serializers.CharField(), required=False)
    note = serializers.CharField(required=False, allow_blank=True)
    ends_on = serializers.DateField(allow_null=True)


def posted(**inputs: str) -> dict[str, object]:
    query = QueryDict(mutable=True)
    query.update(inputs)
    return read(query, Visit)


def when(day: str, month: str, year: str, clock: str) -> object:
    read_back = posted(
        occurred_at_day=day, occurred_at_month=month, occurred_at_year=year, occurred_at_time=clock
    )
    return read_back["occurred_at"]


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        (("23", "11", "2026", "14:10"), "2026-11-23T14:10:00+00:00", "winter"),
        (("1", "7", "2026", "1410"), "2026-07-01T14:10:00+01:00", "summer, officers' 24-hour form"),
        (("1", "7", "2026", "9.05"), "2026-07-01T09:05:00+01:00", "a dot, one digit"),
        (("25", "10", "2026", "01:30"), "2026-10-25T01:30:00+01:00", "clocks go back: the first"),
        (("29", "3", "2026", "01:30"), "2026-03-29T01:30", "clocks go forward: no such time"),
        (("31", "2", "2026", "14:10"), "2026-02-31T14:10", "no such day"),
        (("23", "11", "2026", ""), "2026-11-23T", "no time"),
        (("x", "", "", "noon"), "--0xTnoon", "unreadable"),
        (("5", "", "2026", "14:10"), "2026--05T14:10", "no month: it stays empty"),
    ],
)
def test_a_date_and_a_time_join_into_a_london_instant_or_stay_as_typed(typed, expected, why):
    assert when(*typed) == expected, why


def test_empty_inputs_are_not_sent_save_empty_text_and_a_required_null():
    assert posted(note=" ", on_day="", on_month="", on_year="") == {
        "staff": [],
        "note": "",
        "ends_on": None,
    }


def test_an_unanswered_yes_or_no_is_not_a_no():
    form = Visit(data=posted())
    assert not form.is_valid()
    assert form.errors["alone"][0].code == "required"


def test_lines_keep_their_order_and_empty_ones_go():
    got = posted(**{"staff-2": "C30", "staff-0": "A10", "staff-1": "  "})
    assert got["staff"] == ["A10", "C30"]


def test_inputs_the_serializer_does_not_know_are_left_behind():
    assert "is_admin" not in posted(is_admin="true")
