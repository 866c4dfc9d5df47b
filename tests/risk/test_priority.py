"""The score of a task and its reasons."""

import datetime as dt
import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.priority import LEVELS, STATUTORY, PriorityScale, explain, of_indicators, score
from risk.standing import NOTHING, Standing
from risk.weights import Live
from rules.drafting import changed
from tests.risk.indicating import NOW, days, indicators, instants
from tests.risk.indicating import SCALE as INDICATOR_SCALE
from tests.rules.shipped import default_rules

SCALE = PriorityScale.of(default_rules())
TODAY = dt.date(2026, 11, 23)
ROOT = Path(__file__).parents[2]


def in_days(number):
    return TODAY + dt.timedelta(days=number)


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


@pytest.mark.parametrize(
    ("ends_in", "value", "reason"),
    [
        (-1, None, "it has ended: there is nothing to renew while it runs"),
        (0, "0", "its last day"),
        (28, "28", "four weeks"),
        (29, None, "not yet"),
        (None, None, "none ends"),
    ],
)
def test_an_order_that_is_about_to_end_counts(ends_in, value, reason):
    ends_on = None if ends_in is None else in_days(ends_in)
    found = reasons(order_ends_on=ends_on)[1:]

    assert found == ((("order_expiry", value, 5),) if value else ()), reason


@pytest.mark.parametrize(
    ("known", "value", "reason"),
    [
        (0, "0", "known today"),
        (-90, "90", "however long ago: no assessment has answered it"),
        (1, None, "a day to come"),
        (None, None, "none"),
    ],
)
def test_a_change_that_no_assessment_has_answered_counts(known, value, reason):
    found = reasons(changed_on=None if known is None else in_days(known))[1:]

    assert found == ((("change", value, 10),) if value else ()), reason


def test_what_is_far_ahead_is_not_brought_forward_by_a_change_or_an_order():
    found = reasons("high", days_overdue=-29, order_ends_on=TODAY, changed_on=TODAY)

    assert found == (("level", "high", 6),)


INDICATORS = [
    Live("UDEV", "high", "1A", decays_from=NOW - days(30)),
    Live("MONO", "medium", "1A", is_untriaged=True),
    Live("CTIP", "critical", "3E", is_untriaged=True),
    Live("ANPR", "low", "3E", decays_from=NOW - days(90)),
]


def test_indicators_add_a_reason_a_code_the_weightiest_first_however_far_ahead():
    standing = Standing.of(INDICATORS, INDICATOR_SCALE)

    assert reasons("low", days_overdue=-300, standing=standing, at=NOW) == (
        ("level", "low", 1),
        ("indicator:CTIP", "open", 100),
        ("indicator:MONO", "open", 30),
        ("indicator:UDEV", "fading", 30),
    )


def test_a_standing_is_read_as_at_an_instant():
    with pytest.raises(ValueError, match="as at an instant"):
        reasons(standing=Standing.of(INDICATORS, INDICATOR_SCALE))
    assert reasons(standing=NOTHING) == reasons()


def test_who_may_not_open_an_item_sees_the_same_score_and_a_restricted_item():
    everything = Standing.of(INDICATORS, INDICATOR_SCALE)
    seen = Standing.of(INDICATORS[:2], INDICATOR_SCALE)

    assert of_indicators(everything, NOW, seen) == (
        ("indicator:MONO", "open", 30),
        ("indicator:UDEV", "fading", 30),
        ("indicator:restricted", "", 100),
    )
    assert of_indicators(everything, NOW, NOTHING) == (("indicator:restricted", "", 160),)
    assert of_indicators(everything, NOW, everything) == of_indicators(everything, NOW)


@given(st.lists(st.tuples(indicators(), st.booleans()), max_size=8), instants)
def test_the_score_is_the_same_for_whoever_reads_it(found, at):
    everything = Standing.of([one for one, _ in found], INDICATOR_SCALE)
    seen = Standing.of([one for one, may_open in found if may_open], INDICATOR_SCALE)

    shown = of_indicators(everything, at, seen)

    assert score(shown) == everything.score(at) == score(of_indicators(everything, at))
    assert all(reason.points > 0 for reason in shown)


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


people = st.fixed_dictionaries(
    {
        "order_ends_on": st.none() | st.integers(-40, 40).map(in_days),
        "changed_on": st.none() | st.integers(-40, 40).map(in_days),
        "standing": st.lists(indicators(), max_size=6).map(
            lambda found: Standing.of(found, INDICATOR_SCALE)
        ),
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


@given(tasks, people, instants)
def test_indicators_an_order_and_a_change_only_ever_add(task, person, at):
    without = reasons(**task)
    with_them = reasons(**task, **person, at=at)

    assert score(with_them) >= score(without)
    assert set(without) <= set(with_them)
    assert len({reason.code for reason in with_them}) == len(with_them)
    assert score(with_them) == sum(reason.points for reason in with_them)


@given(tasks, people, instants, st.integers(0, 4000))
def test_a_task_never_comes_to_more_than_the_most_of_its_level_and_its_ceiling(
    task, person, at, days_later
):
    bound = SCALE.most(task["level"]) + person["standing"].ceiling(at)
    later = task | {"days_overdue": task["days_overdue"] + days_later}

    found = reasons(**later, **person, at=at + dt.timedelta(days=days_later))

    assert score(found) <= bound


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
        ("priority.order_expiry.days", "30", {"order_ends_on": in_days(30)}, "order_expiry", 5),
        ("priority.order_expiry.points", "9", {"order_ends_on": in_days(3)}, "order_expiry", 9),
        ("priority.change.points", "20", {"changed_on": in_days(-3)}, "change", 20),
    ],
)
def test_a_force_changes_each_figure(figure, value, task, code, points):
    scale = PriorityScale.of(changed(default_rules(), [{"id": figure, "value": value}]))
    found = {item.code: item.points for item in reasons(**task, scale=scale)}
    shipped = {item.code: item.points for item in reasons(**task)}

    assert found[code] == points != shipped.get(code)


def test_it_is_imported_without_django_set_up():
    done = subprocess.run(
        [sys.executable, "-c", "import risk.priority"],
        cwd=ROOT,
        env={name: said for name, said in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@given(
    st.sampled_from(LEVELS),
    st.integers(-400, 400),
    st.integers(1, 400),
    st.sampled_from(["home_visit", "periodic_notification"]),
    st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)
def test_no_task_comes_to_more_than_its_level_and_its_date_can(level, late, interval, kind, said):
    escalated, attempted, ends, changed = said
    points = score(
        explain(
            SCALE,
            level=level,
            due_on=TODAY - dt.timedelta(days=late),
            today=TODAY,
            interval_days=interval,
            kind=kind,
            is_escalated=escalated,
            has_failed_attempt=attempted,
            order_ends_on=TODAY if ends else None,
            changed_on=TODAY if changed else None,
        )
    )
    assert points <= SCALE.most_at(level, late, interval) <= SCALE.most(level)
    assert SCALE.most_at(level, late - 1, interval) <= SCALE.most_at(level, late, interval)
