"""The page draws a form from its serializer alone, and keeps what was typed."""

import re
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template import Context, Template
from rest_framework import serializers

from tests.ui import test_rows as rows
from ui import fields
from ui.forms import read
from ui.views.people import ReasonedSearch
from ui.views.signing_in import Credentials
from workflows.steps import FORMS, RecordOutcome
from workflows.steps.fields import (
    AwareDateTimeField,
    BoundedDateField,
    RowsField,
    TextField,
    WholeNumberField,
)
from workflows.steps.notes import AddContactNote
from workflows.steps.reasons import GiveReason
from workflows.steps.search import SearchLine
from workflows.steps.visit import MOST_STAFF


class Outcome(serializers.Serializer):
    outcome = serializers.ChoiceField(
        label="What happened?", choices=[("seen", "Seen"), ("no_answer", "No answer")]
    )
    occurred_at = serializers.DateTimeField(label="When?")
    alone = serializers.BooleanField(label="Alone?", default=False)
    staff = serializers.ListField(label="Who", child=serializers.CharField(max_length=4))
    note = serializers.CharField(label="Note", style={"base_template": "textarea.html"})


def sent(inputs: str) -> Outcome:
    form = Outcome(data=read(QueryDict(inputs), Outcome))
    form.is_valid()
    return form


def drawn(form: serializers.Serializer, **context: object) -> str:
    page = Template("{% error_summary form %}{% fields form %}")
    return page.render(Context({"form": form, **context}))


class Typed(serializers.Serializer):
    on = BoundedDateField(label="Day")
    at = AwareDateTimeField(label="When")
    count = WholeNumberField(label="How many")
    text = TextField(label="What", max_length=4)


@pytest.mark.parametrize(
    ("inputs", "target", "said"),
    [
        ("on_day=31&on_month=2&on_year=2026", "f-on_day", "Enter a real date, such as 27 3 2026"),
        (
            "at_day=3&at_month=2&at_year=2026&at_time=6",
            "f-at_day",
            "Enter a real date and time, such as 27 3 2026 and 14:30",
        ),
        (
            "at_day=29&at_month=3&at_year=2026&at_time=0130",
            "f-at_day",
            "There was no such time on that day: the clocks went forward",
        ),
        (
            "on_day=14&on_month=10&on_year=1066",
            "f-on_day",
            "Enter a date from 1900 to 2100.",
        ),
        (
            "at_day=14&at_month=10&at_year=1066&at_time=0900",
            "f-at_day",
            "Enter a date from 1900 to 2100.",
        ),
        ("count=two", "f-count", "Enter a whole number, such as 12"),
        ("text=Too+long", "f-text", "Shorten this to 4 characters"),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_a_page(inputs, target, said):
    form = Typed(data=read(QueryDict(inputs), Typed))
    form.is_valid()
    assert f'<a href="#{target}">{said}</a>' in drawn(form)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_no_step_has_a_choice_made_or_a_value_filled_in(name):
    html = drawn(FORMS[name]())
    assert not re.search(r"\s(checked|selected)>", html)
    assert set(re.findall(r'type="text"[^>]* value="([^"]*)"', html)) <= {""}


def started(form: serializers.Serializer) -> dict[str, object]:
    """A row for each field whose rows are about something fixed: without one none is drawn."""
    fixed = {
        field.field_name: [
            {one.field_name: next(iter(getattr(one, "choices", ["x"])))}
            for one in field.row.fields.values()
            if one.style.get("fixed")
        ]
        for field in fields.writable(form)
        if isinstance(field, RowsField)
    }
    return {name: rows for name, rows in fixed.items() if rows}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_field_of_a_step_is_on_the_page_with_its_label(name):
    form = FORMS[name](started(FORMS[name]()))
    html = drawn(form)
    for field in fields.writable(form):
        # Rows that are fixed beforehand have no inputs before there are any.
        assert re.search(f'(name|id)="(f-)?{field.field_name}', html)
        assert str(field.label) in html


def _fields(rows: RowsField) -> list[serializers.Field]:
    return list(rows.row.fields.values())


def test_what_was_typed_comes_back_even_when_it_cannot_be_read():
    html = drawn(
        sent(
            "outcome=no_answer&occurred_at_day=31&occurred_at_month=2&occurred_at_year=2026"
            "&occurred_at_time=1410&staff-0=A1&note=Curtains+%3Cdrawn%3E"
        )
    )
    assert 'value="no_answer" checked' in html
    for part, value in [("day", "31"), ("month", "02"), ("year", "2026"), ("time", "14:10")]:
        assert re.search(rf'name="occurred_at_{part}"[^>]* value="{value}"', html), part
    assert re.search(r'name="staff-0"[^>]* value="A1"', html)
    assert "Curtains &lt;drawn&gt;</textarea>" in html


def test_each_error_leads_to_its_input_and_is_read_out_with_it():
    html = drawn(sent("staff-0=A1&staff-1=TOOLONG"))
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert targets == ["f-outcome", "f-occurred_at_day", "f-staff-1", "f-note"]
    for target in targets:
        assert f'id="{target}"' in html
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        for target in described.split():
            assert f'id="{target}"' in html


def test_an_action_that_refuses_speaks_at_the_field_and_above_the_form():
    form = Outcome()
    html = drawn(form, refusals={"": ["Someone else did it"], "note": ["Too short"]})
    assert "<li>Someone else did it</li>" in html
    assert '<li><a href="#f-note">Too short</a></li>' in html
    assert 'id="f-note-error"' in html


def test_an_empty_month_comes_back_empty():
    html = drawn(sent("occurred_at_day=5&occurred_at_month=&occurred_at_year=2026"))
    for part, value in [("day", "05"), ("month", ""), ("year", "2026")]:
        assert re.search(rf'name="occurred_at_{part}"[^>]* value="{value}"', html), part


def test_a_list_offers_as_many_lines_as_its_form_takes():
    html = drawn(RecordOutcome())
    assert len(re.findall(r'name="colleagues-\d"', html)) == MOST_STAFF


def test_what_was_typed_in_the_last_line_comes_back():
    form = RecordOutcome(data=read(QueryDict("colleagues-0=A1&colleagues-5=A6"), RecordOutcome))
    form.is_valid()
    html = drawn(form)
    assert re.search(r'name="colleagues-1"[^>]* value="A6"', html)
    assert len(re.findall(r'name="colleagues-\d"', html)) == MOST_STAFF


def test_every_widget_is_drawn_by_a_form_and_every_field_has_its_widget():
    shapes = [*FORMS.values(), AddContactNote, SearchLine, ReasonedSearch, GiveReason, Credentials]
    shapes += [rows.Record]
    drawn = [widget for shape in shapes for widget in fields.widgets(shape(rows.STARTED))]
    drawn += [inner for widget in drawn for row in widget.rows for inner in row.widgets]
    drawn_with = {widget.kind for widget in drawn}
    templates = Path(fields.__file__).parent / "templates/ui/components/fields"
    parts = {"all"}  # the page of them all; those with an underscore are parts of the others
    kinds = {file.stem for file in templates.glob("[a-z]*.html")} - parts
    assert kinds == drawn_with


def test_a_wrong_password_is_never_sent_back():
    class SignIn(serializers.Serializer):
        password = serializers.CharField(style={"input_type": "password"}, min_length=99)

    form = SignIn(data={"password": "hunter2"})
    form.is_valid()
    assert "hunter2" not in drawn(form)
