"""Tags that every page shares. Each draws through a template, so that escaping is Django's."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from rest_framework.serializers import Serializer

from ui import drawing, fields, icons, words
from ui.widgets import Widget

register = template.Library()

Rows = Sequence[Mapping[str, object]]


def _refusals(context: Context) -> Mapping[str, Sequence[str]]:
    return context.get("refusals") or {}


@register.inclusion_tag("ui/components/fields/all.html", takes_context=True, name="fields")
def all_fields(context: Context, form: Serializer) -> dict[str, object]:
    """All fields of a serializer in its order, under their headings where it has some."""
    widgets = fields.widgets(form, _refusals(context))
    sections = [widget for widget in widgets if widget.style.get("section")]
    return {"widgets": widgets, "sections": sections}


@register.simple_tag
def draw(widget: Widget) -> SafeString:
    """A widget, by itself or as a line of a list."""
    return render_to_string(widget.template, {"widget": widget})


@register.inclusion_tag("ui/components/error_summary.html", takes_context=True)
def error_summary(context: Context, form: Serializer | None = None) -> dict[str, object]:
    """Everything wrong on the page, each error a link to its input."""
    refusals = _refusals(context)
    problems = [(text, "") for text in refusals.get("", ())]
    if form is None:
        problems += [(text, f"f-{name}") for name in refusals if name for text in refusals[name]]
    else:
        general = fields.errors_of(form).get("non_field_errors")
        problems += [(text, "") for text in fields.messages(general)]
        problems += [
            found for drawn in fields.widgets(form, refusals) for found in drawn.problems()
        ]
    return {"problems": problems}


@register.filter
def failed(form: Serializer | None) -> bool:
    """Whether a form was sent and has errors."""
    return bool(form and fields.errors_of(form))


@register.inclusion_tag("ui/components/icon.html")
def icon(name: str) -> dict[str, object]:
    """A line icon by its name or by the kind of task or event it stands for."""
    return {"paths": icons.shape(name)}


@register.inclusion_tag("ui/components/risk.html")
def risk_bars(level: str | None) -> dict[str, object]:
    """A risk level as bars and its word; "Not assessed" where there is none."""
    lit = words.risk_bars(level)
    bars = [{"x": i * 7, "y": 11 - 3 * i, "height": 2 + 3 * i, "on": i < lit} for i in range(4)]
    return {"bars": bars if lit else [], "words": words.risk_words(level)}


@register.inclusion_tag("ui/components/due.html")
def due(due_on: date | None, today: date) -> dict[str, object]:
    """A due date and how late or how soon that is; red only when past."""
    if due_on is None:
        return {"due_on": None}
    text, state = words.due_words(due_on, today)
    return {"due_on": due_on, "day": words.day_label(due_on, today), "words": text, "state": state}


@register.inclusion_tag("ui/components/score.html")
def score_ring(points: int, address: str = "", about: str = "") -> dict[str, object]:
    """The priority score in a ring; with an address, a link to its reasons for `about`."""
    return {"points": points, "arc": max(0, min(points, 100)), "address": address, "about": about}


@register.inclusion_tag("ui/components/markers.html")
def markers(found: Rows) -> dict[str, object]:
    """Warning markers, each with `code`, `label` and perhaps `detail`."""
    return {
        "markers": [
            {**marker, "paths": icons.marker_shape(str(marker.get("code", "")))} for marker in found
        ]
    }


@register.inclusion_tag("ui/components/workload.html")
def workload_bar(bands: Rows, capacity: Decimal | int) -> dict[str, object]:
    """Weighted points by risk level against capacity, with the 100% line."""
    return {
        "bands": drawing.workload(bands, capacity),
        "words": drawing.workload_words(bands),
        "width": drawing.WORKLOAD_WIDTH,
        "full": drawing.WORKLOAD_FULL,
    }


@register.inclusion_tag("ui/components/level_chart.html")
def level_chart(history: Rows, today: date) -> dict[str, object]:
    """Risk level over time, from entries with `on` and `level`, oldest first."""
    steps = drawing.level_steps(history, today)
    levels = [
        {"y": y, "text": words.risk_words(level)} for level, y in drawing.LEVEL_HEIGHTS.items()
    ]
    return {
        "steps": steps,
        "path": drawing.step_path(steps),
        "levels": levels,
        "left": drawing.CHART_LEFT,
        "right": drawing.CHART_RIGHT,
        "first": words.day_label(history[0]["on"], today) if steps else "",  # type: ignore[arg-type]
    }


@register.filter
def day(on: date, today: date) -> str:
    return words.day_label(on, today)


@register.filter
def long_day(on: date) -> str:
    return words.long_day(on)


@register.filter
def ago(on: date, today: date) -> str:
    return words.ago(on, today)


@register.filter
def moment(at: datetime) -> str:
    return words.london_moment(at)


@register.filter
def machine_moment(at: datetime) -> str:
    return words.machine_moment(at)


@register.filter
def shade(count: int) -> int:
    """Depth of blue for a number of visits: 0 to 3."""
    return min(count, 3)
