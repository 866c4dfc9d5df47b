"""Approved rules reach the open due dates on their day: moved with their reason, once."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from audit.models import Event, Payload
from rules import current
from rules.errors import RulesRefused
from rules.models import RuleSetVersion
from tests import make
from tests.workflows.doing import home_visit_due
from tests.workflows.ruling import EIGHT_MONTHS, MEDIUM, enact, propose
from workflows.actions.rule_sets import apply_rule_set, approve_rules, propose_rules, withdraw_rules
from workflows.models import ObligationMove, RuleSetApplication
from workflows.queries.inbox import tasks_page
from workflows.rule_changes import apply_rules
from workflows.sweep import sweep_obligations
from workflows.tasks import apply_rule_set as task

pytestmark = pytest.mark.django_db

#: A Wednesday; nobody's six months end near it by accident.
NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
VISITED = dt.date(2026, 9, 10)
SIX, FOUR = dt.date(2027, 3, 10), dt.date(2027, 1, 10)


@pytest.fixture(autouse=True)
def _the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def person(**facts):
    return make.person(**({"last_effective_visit_on": VISITED} | facts))


def moves(offender) -> list[tuple[dt.date, dt.date, str]]:
    found = ObligationMove.objects.filter(obligation__offender=offender).order_by("pk")
    return list(found.values_list("from_on", "to_on", "because"))


def test_rules_from_today_move_open_due_dates_in_the_background(django_capture_on_commit_callbacks):
    medium, high = person(), person(management_level="high")
    with django_capture_on_commit_callbacks() as asked:
        version = enact()
    assert len(asked) == 1
    assert home_visit_due(medium) == SIX

    assert task(version.pk) == 1

    assert home_visit_due(medium) == FOUR
    assert moves(medium) == [(SIX, FOUR, "rules:2")]
    assert moves(high) == []
    assert medium.obligations.get(kind="home_visit").original_due_on == SIX


def test_rules_from_a_later_day_wait_for_the_sweep_of_that_day(django_capture_on_commit_callbacks):
    medium = person()
    with django_capture_on_commit_callbacks() as asked:
        version = enact(in_days=2)
    assert asked == []
    assert apply_rule_set(version.pk) == 0
    sweep_obligations()
    assert home_visit_due(medium) == SIX

    with time_machine.travel(NOW + dt.timedelta(days=2), tick=False):
        sweep_obligations()

    assert moves(medium) == [(SIX, FOUR, "rules:2")]


@pytest.mark.parametrize("nights", [[2], [1, 2], [2, 2, 3], [5], [1, 5, 5]])
def test_nights_that_are_missed_or_doubled_change_nothing(nights):
    medium = person()
    enact(in_days=2)
    for night in nights:
        with time_machine.travel(NOW + dt.timedelta(days=night), tick=False):
            sweep_obligations()
    assert home_visit_due(medium) == FOUR
    assert moves(medium) == [(SIX, FOUR, "rules:2")]


def test_once_done_it_is_never_done_again():
    person()
    version = enact()
    assert apply_rule_set(version.pk) == 1
    assert RuleSetApplication.objects.get().finished_at is not None
    assert apply_rule_set(version.pk) == apply_rules() == 0
    assert RuleSetApplication.objects.count() == 1


def test_a_run_that_was_killed_goes_on_where_it_stopped():
    people = [person() for _ in range(3)]
    version = enact()
    RuleSetApplication.objects.create(version=version)
    # One person was written before the kill.
    assert apply_rules() == 3
    RuleSetApplication.objects.update(finished_at=None)
    again = people[0].obligations.get(kind="home_visit")
    again.due_on = SIX
    again.save(update_fields=["due_on"])

    assert apply_rule_set(version.pk) == 1
    assert [home_visit_due(each) for each in people] == [FOUR] * 3
    assert RuleSetApplication.objects.get().finished_at is not None


def test_only_what_the_rules_moved_says_so():
    medium = person()
    late = person(management_level="high")
    obligation = late.obligations.get(kind="home_visit")
    wrong = obligation.due_on + dt.timedelta(days=9)
    type(obligation).objects.filter(pk=obligation.pk).update(due_on=wrong)
    enact()

    sweep_obligations()

    assert moves(medium)[0][2] == "rules:2"
    assert moves(late) == [(wrong, obligation.due_on, "sweep")]


def test_of_two_versions_that_took_effect_meanwhile_the_newer_moves_the_dates():
    medium = person()
    enact(in_days=1)
    enact(in_days=2, changes=[EIGHT_MONTHS])
    with time_machine.travel(NOW + dt.timedelta(days=3), tick=False):
        sweep_obligations()
    assert moves(medium) == [(SIX, dt.date(2027, 5, 10), "rules:3")]


def test_back_to_what_was_before_moves_back():
    medium = person()
    enact()
    sweep_obligations()
    default = current.rules_of(RuleSetVersion.objects.get(number=1)).document()
    enact(changes=(), document=default)
    sweep_obligations()
    assert moves(medium) == [(SIX, FOUR, "rules:2"), (FOUR, SIX, "rules:3")]


def test_before_anybody_changed_a_rule_there_is_nothing_to_carry_through():
    person()
    assert apply_rules() == 0
    assert not RuleSetApplication.objects.exists()


def test_a_longer_interval_moves_later_and_a_figure_moves_nothing():
    medium = person()
    enact(changes=[{"id": "visit.hours", "value": "2"}])
    assert apply_rules() == 0
    enact(changes=[EIGHT_MONTHS])
    assert apply_rules() == 1
    assert home_visit_due(medium) == dt.date(2027, 5, 10)


# --- who, and what is on the record --------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.INTEGRATION])
def test_only_an_inspector_changes_the_rules(role):
    by = make.actor(make.officer(role))
    number = propose().number
    said = {"title": "T", "source": "S", "evidence": "E", "reason": "R"}
    if role is Role.INSPECTOR:
        assert approve_rules(by=by, number=number, reason="Agreed").state == "approved"
        return
    with pytest.raises(NotPermitted):
        propose_rules(by=by, effective_from=timezone.localdate(), **said)
    with pytest.raises(NotPermitted):
        approve_rules(by=by, number=number, reason="Agreed")
    with pytest.raises(NotPermitted):
        withdraw_rules(by=by, number=number, reason="A slip")


def test_the_author_never_approves_not_even_as_superuser():
    author = make.officer(Role.INSPECTOR)
    author.is_superuser = True
    author.save(update_fields=["is_superuser"])
    by = make.actor(author)
    version = propose()
    mine = propose_rules(
        by=by,
        effective_from=timezone.localdate(),
        title="T",
        source="S",
        evidence="E",
        reason="R",
        changes=[{"id": "visit.hours", "value": "2"}],
    )
    with pytest.raises(RulesRefused) as refusal:
        approve_rules(by=by, number=mine.number, reason="Agreed")
    assert refusal.value.code == "own_proposal"
    assert approve_rules(by=by, number=version.number, reason="Agreed").approved_by == author


@pytest.mark.parametrize("reason", ["", "  "])
def test_every_step_needs_a_reason(reason):
    by = make.actor(make.officer(Role.INSPECTOR))
    with pytest.raises(ReasonRequired):
        propose(reason=reason)
    number = propose().number
    with pytest.raises(ReasonRequired):
        approve_rules(by=by, number=number, reason=reason)
    with pytest.raises(ReasonRequired):
        withdraw_rules(by=by, number=number, reason=reason)


def test_each_step_leaves_one_event_and_each_person_moved_another():
    medium = person()
    last = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    version = enact()
    apply_rules()
    found = list(Event.objects.filter(pk__gt=last).order_by("pk"))
    assert [(event.action, event.subject, event.reason) for event in found] == [
        ("rules.propose", "rule_set:2", "Decided by the force"),
        ("rules.approve", "rule_set:2", "Agreed by the force"),
        ("obligations.reconcile", "", "rules:2"),
    ]
    assert found[2].offender_id == medium.pk
    assert Payload.objects.get(pk=found[1].pk).payload["digest"] == version.digest


def test_a_refused_proposal_leaves_nothing():
    with pytest.raises(RulesRefused):
        propose(changes=[{"id": MEDIUM, "period": "4m"}])
    assert RuleSetVersion.objects.count() == 1
    assert not Event.objects.filter(action="rules.propose").exists()


# --- rules that are kept and off -----------------------------------------------------------------


def test_nothing_that_is_owed_asks_for_a_rule_that_is_off():
    """Everything is worked out with those rules taken away altogether."""
    people = [person(), person(management_level="high"), person(status="custody",
              status_since=dt.date(2026, 11, 1))]  # fmt: skip
    before = [list(each.obligations.values_list("kind", "due_on")) for each in people]
    rules = current.in_force(timezone.localdate())
    off = [rule.id for rule in rules.rules if not rule.enabled]
    assert len(off) == 3
    changes = [{"id": name, "enabled": True} for name in off]
    enact(changes=changes)

    assert apply_rules() == 0
    sweep_obligations()

    assert [list(each.obligations.values_list("kind", "due_on")) for each in people] == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="real row locks")
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_approvals_at_once_and_one_wins():
    from tests.concurrency.racing import race  # noqa: PLC0415

    first, second = propose(), propose(changes=[{"id": "visit.hours", "value": "2"}])
    inspectors = [make.actor(make.officer(Role.INSPECTOR)) for _ in range(4)]
    numbers = [first.number, first.number, second.number, second.number]

    answers = race(4, lambda n: approve_rules(by=inspectors[n], number=numbers[n], reason="Agreed"))

    won = [answer for answer in answers if isinstance(answer, RuleSetVersion)]
    lost = {answer.code for answer in answers if isinstance(answer, RulesRefused)}
    assert len(won) == 1
    assert lost <= {"not_proposed", "superseded"}
    assert RuleSetVersion.objects.filter(state="approved", origin="proposed").count() == 1


def test_a_figure_of_priority_orders_the_list_from_its_day_on():
    by = make.actor(person(management_level="medium").offender_manager)
    today = timezone.localdate()

    def level_points(on: dt.date) -> list[int]:
        rows = tasks_page(actor=by, scope="mine", today=on, order="priority").rows
        return [part.points for row in rows for part in row.reasons if part.code == "level"]

    before = level_points(today)
    assert before
    enact(in_days=1, changes=[{"id": "priority.level.medium", "value": "20"}])

    now = {15: 20, 3: 4}  # in full, and what is far ahead
    assert level_points(today) == before
    assert level_points(today + dt.timedelta(days=1)) == [now[points] for points in before]
