"""Rows of a form: drawn, read back, wrong in one place, and kept as they were typed."""

import datetime as dt
import re

from django.http import QueryDict
from django.template import Context, Template
from rest_framework import serializers

from ui.forms import read
from ui.views.written import facts_of, typed_of
from workflows.steps.assessment import AssessRisk
from workflows.steps.fields import BoundedDateField, LineField, RowsField, StrictSerializer


class Present(StrictSerializer):
    name = LineField(label="Name", max_length=8)
    is_child = serializers.BooleanField(label="A child?")
    born_on = BoundedDateField(label="Born", required=False)


class Checked(StrictSerializer):
    item = serializers.ChoiceField(
        choices=[("phone", "Telephone"), ("car", "Car")], style={"fixed": True}
    )
    state = serializers.ChoiceField(label="State", choices=[("seen", "Seen"), ("no", "Not seen")])


class Record(StrictSerializer):
    present = RowsField(label="Person present", child=Present(), max_length=4, spare=2)
    checked = RowsField(label="Checked", child=Checked(), required=False)


STARTED = {"checked": [{"item": "phone"}, {"item": "car"}]}
ONE = "present-0-name=Ann&present-0-is_child=true"
CAR = "checked-0-item=car&checked-0-state=seen"


def sent(inputs: str) -> Record:
    form = Record(data=read(QueryDict(inputs), Record))
    form.is_valid()
    return form


def drawn(form: serializers.Serializer) -> str:
    page = Template("{% load ui %}{% error_summary form %}{% fields form %}")
    return page.render(Context({"form": form}))


def test_rows_come_in_the_order_of_the_page_and_empty_ones_go():
    form = sent(
        "present-2-name=Bea&present-2-is_child=false&present-1-name=&present-1-born_on_day="
        f"&{ONE}&present-0-born_on_day=9&present-0-born_on_month=1&present-0-born_on_year=2019"
    )

    assert form.errors == {}
    names = [(row["name"], row["is_child"]) for row in form.validated_data["present"]]
    assert names == [("Ann", True), ("Bea", False)]
    assert form.validated_data["present"][0]["born_on"].isoformat() == "2019-01-09"


def test_a_fault_in_a_row_leads_to_its_input_and_the_rest_stays_typed():
    html = drawn(sent(f"{ONE}&present-1-name=Much+too+long&present-1-is_child=false"))

    assert re.findall(r'<li><a href="#([^"]+)"', html) == ["f-present-1-name"]
    assert re.search(r'id="f-present-1-name"[^>]* value="Much too long"', html)
    assert re.search(r'name="present-0-is_child" type="radio" value="true" checked', html)


def test_the_summary_says_in_which_row_something_is_wrong():
    html = drawn(sent("present-0-name=Much+too+long&present-1-name=Too+long+too"))

    summary = re.findall(r'<li><a href="#f-present-\d-name">(.*?)</a>', html)
    assert summary == [f"Person present {n}: Shorten this to 8 characters" for n in (1, 2)]


def test_spare_rows_are_folded_and_never_more_than_the_most():
    assert drawn(Record()).count("<details") == 2
    typed = "&".join(f"present-{i}-name=A&present-{i}-is_child=true" for i in range(3))
    assert drawn(sent(typed)).count("<details") == 1


def test_what_a_row_is_about_is_shown_and_sent_back_and_cannot_be_typed():
    html = drawn(Record(STARTED))

    assert '<input type="hidden" id="f-checked-1-item" name="checked-1-item" value="car">' in html
    assert "Telephone</legend>" in html
    assert html.count("<details") == 2, "fixed rows have no spare ones"
    assert not re.search(r"\schecked>", html), "nothing is chosen beforehand"


def test_a_fixed_row_that_was_not_answered_is_missed():
    form = sent(f"{ONE}&checked-0-item=car")
    assert form.errors["checked"][0]["state"][0].code == "required"


def test_a_finished_form_says_its_rows_one_a_line():
    class Row:
        present = [
            {"name": "Ann", "is_child": True, "born_on": None},
            {"name": "Bea", "is_child": False, "born_on": None},
        ]

    [fact] = facts_of(Record, Row())
    assert fact["words"] == "Name: Ann; A child?: Yes\nName: Bea; A child?: No"


def test_a_finished_row_says_what_it_is_about_then_short_values_together_and_each_text_by_itself():
    class Written:
        ratings = [
            {
                "factor": "opportunity",
                "name": "Opportunity to offend",
                "last": "Low in May",
                "rating": "high",
                "trend": "worsening",
                "evidence": "Seen at the school gate.\nTwice.",
                "evidence_on": dt.date(2026, 11, 12),
                "evidence_source": "The school",
            },
            {"factor": "routine", "name": "Positive routine", "rating": "low"},
        ]

    [fact] = facts_of(AssessRisk, Written())

    assert [row["heading"] for row in fact["rows"]] == ["Opportunity to offend", "Positive routine"]
    assert [[tuple(part.values()) for part in row["parts"]] for row in fact["rows"]] == [
        [
            ("", "Rating: High; Trend: Worsening"),
            ("Evidence since then", "Seen at the school gate.\nTwice."),
            ("", "When is it from? 12 November 2026; Where is it from? The school"),
        ],
        [("", "Rating: Low")],
    ]


def test_what_was_typed_in_rows_is_said_back_where_it_is_not_taken():
    said = {one["label"]: one["words"] for one in typed_of(sent(f"{ONE}&{CAR}"))}
    assert said["Person present"] == "Name: Ann; A child?: Yes"
    assert said["Checked"] == "Car; State: Seen"
