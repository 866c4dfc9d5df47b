"""The score of a task and its reasons."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.priority import LEVELS, STATUTORY, PriorityScale, explain, score
from rules.drafting import changed
from tests.rules.shipped import default_rules

SCALE = PriorityScale.of(default_rules())
TODAY = dt.date(2026, 11, 23)


def reasons(
    level="medium", days_overdue=-20, interval_days=182, kind="home_visit", scale=SCALE, **more
):
    return explain(
        scale,
        level=level,
        due_on=TODAY - dt.timedelta(days=days_overdue),
        today=TODAY,
        interval_days=interval_days,
        kind=kind,
        **more,
    )


@pytest.mark.parametrize(
    ("level", "points"),
    [("very_high", 40), ("high", 30), ("not_assessed", 30), ("medium", 15), ("low", 5)],
)
def test_a_level_starts_the_score_and_none_counts_as_high(level, points):
    assert score(reasons(level)) == points


@pytest.mark.parametrize(
    ("days_overdue", "interval_days", "code", "points", "reason"),
    [
        (-8, 91, None, 0, "due in eight days"),
        (-7, 91, "due_soon", 5, "due in a week"),
        (0, 91, "due_soon", 5, "due today is not overdue"),
        (1, 91, "overdue", 10, "overdue at all: at least 10"),
        (22, 91, "overdue", 10, "9.67, but at least 10"),
        (25, 91, "overdue", 10, "10.98 rounded down"),
        (46, 91, "overdue", 20, "half an interval"),
        (91, 91, "overdue", 40, "a whole interval"),
        (900, 91, "overdue", 40, "never more than 40"),
        (1, 0, "overdue", 40, "without an interval"),
    ],
)
def test_lateness_is_measured_against_the_interval(
    days_overdue, interval_days, code, points, reason
):
    found = reasons(days_overdue=days_overdue, interval_days=interval_days)[1:]

    assert [(item.code, item.points) for item in found] == ([(code, points)] if code else []), (
        reason
    )


@pytest.mark.parametrize(
    ("days_ahead", "points", "reason"),
    [
        (28, 35, "four weeks ahead it counts in full"),
        (29, 6, "further ahead a fifth, and statute not yet"),
        (300, 6, "however far"),
    ],
)
def test_what_is_far_ahead_weighs_little(days_ahead, points, reason):
    found = reasons("high", days_overdue=-days_ahead, kind="periodic_notification")

    assert score(found) == points, reason


def test_a_low_risk_visit_tomorrow_stands_before_a_high_risk_duty_next_summer():
    tomorrow = reasons("low", days_overdue=-1)
    next_summer = reasons("high", days_overdue=-220, kind="periodic_notification")

    assert score(tomorrow) > score(next_summer)


def test_each_reason_is_named_with_what_was_found():
    found = reasons(
        "high",
        days_overdue=3,
        interval_days=91,
        kind="periodic_notification",
        is_escalated=True,
        has_failed_attempt=True,
    )

    assert found == (
        ("level", "high", 30),
        ("overdue", "3", 10),
        ("statutory", "periodic_notification", 5),
        ("escalated", "", 10),
        ("failed_attempt", "", 5),
    )
    assert score(found) == 60


tasks = st.fixed_dictionaries(
    {
        "level": st.sampled_from(sorted(LEVELS)),
        "days_overdue": st.integers(-400, 4000),
        "interval_days": st.integers(0, 400),
        "kind": st.sampled_from(["home_visit", "change_notification"]),
        "is_escalated": st.booleans(),
        "has_failed_attempt": st.booleans(),
    }
)


@given(tasks)
def test_a_score_is_the_whole_sum_of_its_reasons_and_at_most_100(task):
    found = reasons(**task)

    assert score(found) == sum(item.points for item in found) <= 100
    assert all(item.points > 0 for item in found)


@given(tasks, st.integers(1, 400))
def test_later_is_never_less_pressing(task, more):
    later = task | {"days_overdue": task["days_overdue"] + more}

    assert score(reasons(**later)) >= score(reasons(**task))


@given(tasks)
def test_a_higher_level_is_never_less_pressing(task):
    scores = [
        score(reasons(**task | {"level": level}))
        for level in ("low", "medium", "high", "very_high")
    ]

    assert scores == sorted(scores)


def as_it_was(*, level, days_overdue, interval_days, kind, is_escalated, has_failed_attempt):
    """The score as it was reckoned while its numbers were constants of the code."""
    points = {"very_high": 40, "high": 30, "not_assessed": 30, "medium": 15, "low": 5}[level]
    is_ahead = days_overdue < -28
    total = points // 5 if is_ahead else points
    if days_overdue > 0:
        late = 40 * days_overdue // interval_days if interval_days > 0 else 40
        total += min(40, max(10, late))
    elif days_overdue >= -7:
        total += 5
    if kind in STATUTORY and not is_ahead:
        total += 5
    return total + 10 * is_escalated + 5 * has_failed_attempt


NAMES = ("level", "days_overdue", "interval_days", "kind", "is_escalated", "has_failed_attempt")


def test_the_shipped_figures_give_the_scores_that_the_constants_gave():
    grid = list(
        itertools.product(
            LEVELS,
            [*range(-40, 60), -400, 91, 182, 365, 4000],
            [0, 1, 7, 28, 91, 182, 365],
            ["home_visit", "change_notification"],
            [False, True],
            [False, True],
        )
    )
    assert len(grid) > 25_000
    tasks = [dict(zip(NAMES, values, strict=True)) for values in grid]
    assert [task for task in tasks if score(reasons(**task)) != as_it_was(**task)] == []


@pytest.mark.parametrize(
    ("figure", "value", "task", "code", "points"),
    [
        ("priority.level.high", "33", {"level": "high"}, "level", 33),
        ("priority.level.not_assessed", "35", {"level": "not_assessed"}, "level", 35),
        ("priority.late.most", "60", {"days_overdue": 900}, "overdue", 60),
        ("priority.late.least", "12", {"days_overdue": 1}, "overdue", 12),
        ("priority.soon.days", "9", {"days_overdue": -9}, "due_soon", 5),
        ("priority.soon.points", "6", {"days_overdue": -1}, "due_soon", 6),
        ("priority.statutory", "8", {"kind": "change_notification"}, "statutory", 8),
        ("priority.escalated", "20", {"is_escalated": True}, "escalated", 20),
        ("priority.failed_attempt", "7", {"has_failed_attempt": True}, "failed_attempt", 7),
        ("priority.ahead.days", "19", {"level": "high"}, "level", 6),
        ("priority.ahead.share", "50", {"level": "low", "days_overdue": -29}, "level", 2),
    ],
)
def test_a_force_changes_each_figure(figure, value, task, code, points):
    scale = PriorityScale.of(changed(default_rules(), [{"id": figure, "value": value}]))
    found = {item.code: item.points for item in reasons(**task, scale=scale)}
    shipped = {item.code: item.points for item in reasons(**task)}

    assert found[code] == points != shipped.get(code)
