"""What other rules would do to the live caseload, without changing it."""

import datetime as dt
import io
import json
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.models import Offender
from rules.errors import RulesInvalid, RulesRefused
from rules.rule import Rule
from tests import make
from tests.workflows import planning
from tests.workflows.ruling import EIGHT_MONTHS, MEDIUM, enact, propose
from workflows.models import Obligation
from workflows.queries.what_if import Trial, what_if
from workflows.rule_trials import a_month
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def inspector(team):
    return make.actor(make.officer(Role.INSPECTOR, team=team))


def tried(by, values=None, **said) -> tuple[Trial, list]:
    trial = what_if(actor=by, values=values, today=timezone.localdate(), **said)
    return trial, list(trial.rows())


@pytest.mark.parametrize(
    ("period", "days", "times", "reason"),
    [
        ("1m", "calendar", Fraction(1), "each month"),
        ("4m", "calendar", Fraction(1, 4), "every four months"),
        ("1y", "calendar", Fraction(1, 12), "each year"),
        ("30d", "calendar", Fraction(487, 480), "a month has 30.4375 days on average"),
        ("2w", "calendar", Fraction(487, 224), "every 14 days"),
        ("10d", "working", Fraction(487, 224), "ten working days are two weeks"),
    ],
)
def test_how_often_in_a_month(period, days, times, reason):
    facts = {"id": "a", "kind": "local", "trigger": "b", "count": "after", "source": "c"}
    rule = Rule.model_validate(facts | {"period": period, "days": days, "evidence": "D"})
    assert a_month(rule) == times, reason


def test_medium_from_six_to_four_months():
    team = make.team()
    first, second = make.officer(team=team), make.officer(team=team)
    # Due on 25 November under four months: still in time. A day earlier is overdue.
    make.person(manager=first, last_effective_visit_on="2026-07-25")
    late = make.person(manager=first, last_effective_visit_on="2026-07-24")
    make.person(manager=second, last_effective_visit_on="2026-11-01", management_level="high")

    trial, rows = tried(inspector(team), {MEDIUM: "4m"})

    assert [(row.person.id, row.shift.now, row.shift.then) for row in rows] == [
        (late.public_id, dt.date(2027, 1, 24), dt.date(2026, 11, 24))
    ]
    total = trial.total
    assert (total.people, total.overdue_now, total.overdue_then) == (3, 0, 1)
    assert (total.becomes_overdue, total.no_longer_overdue) == (1, 0)
    assert (total.earlier, total.later) == (2, 0)
    # Two at 1/6 and one at 1/3 a month; then two at 1/4. Three hours each.
    assert trial.now(total) == (Decimal("0.7"), Decimal("2"))
    assert trial.then(total) == (Decimal("0.8"), Decimal("2.5"))
    counted = [(user.pk, tally.people, tally.becomes_overdue) for user, tally in trial.by_officer()]
    assert counted == [(first.pk, 2, 1), (second.pk, 1, 0)]
    assert [(of.pk, tally.people) for of, tally in trial.by_team()] == [(team.pk, 3)]


def test_a_plan_keeps_its_interval_whatever_the_rules_say_of_the_level():
    manager = make.officer()
    person = make.person(manager=manager, last_effective_visit_on="2026-11-20")
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    planning.assessed(person, supervisor=supervisor)
    planning.agreed(person, supervisor, visit_every="2m")

    trial, rows = tried(inspector(manager.team), {MEDIUM: "4m"})

    assert [row for row in rows if row.shift.kind == "home_visit"] == []
    assert trial.now(trial.total) == trial.then(trial.total) == (Decimal("0.5"), Decimal("1.5"))


def test_who_was_overdue_and_no_longer_would_be_is_shown_as_such():
    manager = make.officer()
    # Overdue since 24 November; under eight months due on 24 January.
    late = make.person(manager=manager, last_effective_visit_on="2026-05-24")
    make.person(manager=manager, last_effective_visit_on="2026-05-25")

    trial, [row] = tried(inspector(manager.team), {MEDIUM: "8m"})

    assert (row.person.id, row.shift.was_overdue, row.shift.is_overdue) == (
        late.public_id,
        True,
        False,
    )
    assert (trial.total.no_longer_overdue, trial.total.becomes_overdue) == (1, 0)
    assert (trial.total.overdue_now, trial.total.overdue_then) == (1, 0)


def test_it_changes_nothing():
    manager = make.officer()
    make.person(manager=manager, last_effective_visit_on="2026-06-01")
    before = list(Obligation.objects.values())
    events = Event.objects.count()
    tried(inspector(manager.team), {MEDIUM: "4m"})
    assert list(Obligation.objects.values()) == before
    assert Event.objects.count() == events


def test_no_change_is_no_difference():
    manager = make.officer()
    for level in ("very_high", "high", "medium", "low", ""):
        make.person(manager=manager, management_level=level, last_effective_visit_on="2026-06-01")
    trial, rows = tried(inspector(manager.team), {})
    assert rows == []
    total = trial.total
    assert total.overdue_now == total.overdue_then > 0
    assert trial.now(total) == trial.then(total)
    assert (total.becomes_overdue, total.no_longer_overdue, total.earlier, total.later) == (0,) * 4


def test_a_figure_changes_the_hours_alone():
    manager = make.officer()
    make.person(manager=manager)
    trial, rows = tried(inspector(manager.team), {"visit.hours": "6"})
    assert rows == []
    now, then = trial.now(trial.total), trial.then(trial.total)
    assert (now.visits, now.hours, then.hours) == (then.visits, Decimal("0.5"), Decimal(1))


LEVELS = st.sampled_from(["very_high", "high", "medium", "low", ""])
VISITS = st.dates(dt.date(2025, 11, 1), dt.date(2026, 11, 20))


@given(
    people=st.lists(st.tuples(LEVELS, VISITS), min_size=1, max_size=4),
    change=st.sampled_from([{MEDIUM: "4m"}, {MEDIUM: "8m"}]),
)
@settings(max_examples=25)
@pytest.mark.slow
def test_approval_and_a_sweep_do_what_the_trial_foretold(people, change):
    with transaction.atomic():
        manager = make.officer()
        for level, visited_on in people:
            make.person(
                manager=manager,
                management_level=level,
                last_effective_visit_on=visited_on,
                relevant_date="2024-01-10",
            )
        trial, _ = tried(inspector(manager.team), change)
        mine = Obligation.objects.filter(force=manager.force, closed_at__isnull=True)
        late = mine.filter(due_on__lt=TODAY)
        assert late.count() == trial.total.overdue_now
        enact(**({"changes": [EIGHT_MONTHS]} if change[MEDIUM] == "8m" else {}))
        sweep_obligations()
        assert late.count() == trial.total.overdue_then
        transaction.set_rollback(True)


@pytest.mark.parametrize(("in_days", "overdue"), [(0, 0), (1, 1)])
def test_a_proposed_version_is_tried_on_the_day_it_would_take_effect(in_days, overdue):
    manager = make.officer()
    make.person(manager=manager, last_effective_visit_on="2026-07-25")
    version = propose(in_days=in_days)
    trial, rows = tried(inspector(manager.team), number=version.number)
    assert trial.on == TODAY + dt.timedelta(days=in_days)
    assert len(rows) == trial.total.becomes_overdue == overdue


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"visit.interval.enormous": "4m"}, RulesInvalid),
        ({MEDIUM: "soon"}, RulesInvalid),
        ({"notif.initial": "4d"}, RulesRefused),
        ({MEDIUM: "9999m"}, RulesRefused),
    ],
)
def test_rules_that_no_force_could_have_are_not_tried(values, refusal):
    with pytest.raises(refusal):
        tried(inspector(make.team()), values)


# --- whom it is about ----------------------------------------------------------------------------


def test_restricted_people_are_counted_and_not_named():
    manager = make.officer()
    person = make.person(manager=manager, last_effective_visit_on="2026-07-24")
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    trial, rows = tried(inspector(manager.team), {MEDIUM: "4m"})
    assert rows == []
    assert (trial.unnamed, trial.total.becomes_overdue, trial.total.people) == (1, 1, 1)


@pytest.mark.parametrize(("role", "people"), [(Role.SUPERVISOR, 1), (Role.INSPECTOR, 2)])
def test_a_supervisor_tries_on_the_team_and_an_inspector_on_the_force(role, people):
    manager = make.officer()
    make.person(manager=manager)
    make.person(manager=make.officer(team=make.team(in_force=manager.force)))
    make.person()  # of another force
    trial, _ = tried(make.actor(make.officer(role, team=manager.team)), {MEDIUM: "4m"})
    assert trial.total.people == people


def test_an_offender_manager_does_not_try_rules():
    with pytest.raises(NotPermitted):
        tried(make.actor(make.officer()), {MEDIUM: "4m"})


def test_reading_costs_the_same_however_many_people():
    manager = make.officer()
    by = inspector(manager.team)
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.person(manager=manager, last_effective_visit_on="2026-07-24")
        tried(by, {MEDIUM: "4m"})  # rules are kept by the process from then on
        with CaptureQueriesContext(connection) as asked:
            trial, _ = tried(by, {MEDIUM: "4m"})
            trial.by_team()
            trial.by_officer()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30


# --- the command ---------------------------------------------------------------------------------


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("what_if", *args, stdout=out)
    return out.getvalue()


def test_the_command_says_it_line_by_line_and_leaves_a_look_on_the_record():
    manager = make.officer()
    person = make.person(manager=manager, last_effective_visit_on="2026-07-24")
    hidden = make.person(manager=manager, last_effective_visit_on="2026-07-24")
    Offender.objects.filter(pk=hidden.pk).update(is_restricted=True)

    said = run("--change", f"{MEDIUM}=4m", "--force", manager.force.code, "--json")

    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["reference"] for line in lines if "reference" in line] == [person.source_ref]
    everyone = next(line for line in lines if line.get("of") == "everyone")
    assert (everyone["people"], everyone["becomes_overdue"]) == (2, 2)
    assert lines[-1] == {"on": "2026-11-25", "unnamed": 1}
    looks = Event.objects.filter(action="rules.try")
    assert [event.row_count for event in looks.order_by("pk")] == [None, 1]
    assert "becomes overdue" in run("--change", f"{MEDIUM}=4m", "--force", manager.force.code)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "Give --change"),
        (["--change", MEDIUM], "rule=period"),
        (["--change", f"{MEDIUM}=4m", "--change", f"{MEDIUM}=5m"], "once"),
        (["--change", f"{MEDIUM}=soon"], "not a period"),
        (["--change", "notif.initial=4d"], "statute"),
        (["--number", "99"], "no such version"),
        (["--change", f"{MEDIUM}=4m", "--force", "NONE"], "no force"),
    ],
)
def test_the_command_says_what_it_cannot_do(args, said):
    if "--force" not in args:
        args = [*args, "--force", make.force().code]
    with pytest.raises(CommandError, match=said):
        run(*args)
