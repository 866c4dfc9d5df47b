"""What a person's indicators amount to, kept: always what the rows give, and written once."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role
from offenders.models import Order, OrderCondition
from risk.grading import GRADES
from risk.indicator_codes import Severity
from risk.models import Indicator, IndicatorStanding
from risk.standing import Standing
from risk.weights import Live
from tests import make
from tests.risk.indicating import SCALE
from tests.workflows import crowd, indicating, ruling
from workflows.actions.indicators import matching
from workflows.invariants import broken
from workflows.reconcile import reconcile
from workflows.rule_changes import apply_rules
from workflows.standings import keep_standings, settle_standings, standings_that_differ
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def person():
    return crowd.person(crowd.officer(team=crowd.team(crowd.force())))


def kept(person) -> IndicatorStanding | None:
    return IndicatorStanding.objects.filter(offender=person).first()


def standing_of(person) -> Standing:
    row = kept(person)
    if row is None:
        return Standing()
    return Standing.read(row.terms, has_unactioned_critical=row.has_unactioned_critical)


def test_a_confirmed_match_scores_at_once_and_taking_it_back_ends_that():
    manager = make.officer()
    person = make.person(manager=manager, surname="Quill", forename="Ann")
    supervisor = make.actor(make.officer(Role.SUPERVISOR, team=manager.team))
    found = indicating.about(person, by=manager)
    assert kept(person) is None  # a match is a hypothesis

    matching.confirm_match(
        by=make.actor(manager), indicator=found.public_id, offender=person.public_id
    )

    row = kept(person)
    assert (row.ceiling, row.has_unactioned_critical, row.open_terms) == (100, True, None)
    assert row.figures == SCALE.digest()

    matching.unmatch(by=supervisor, indicator=found.public_id, reason="Another person")
    assert kept(person) is None


def test_everything_that_reconciles_a_person_keeps_their_standing(person):
    crowd.indicator(person)
    reconcile(person, because="test")
    assert kept(person).ceiling == 60


def test_nothing_is_written_twice(person):
    crowd.indicator(person)
    assert keep_standings([person.pk]) == 1
    at = kept(person).worked_out_at
    assert keep_standings([person.pk]) == 0
    assert settle_standings() == 0
    assert kept(person).worked_out_at == at


def test_of_people_without_indicators_one_statement_tells(person):
    others = [crowd.person(person.offender_manager) for _ in range(5)]
    with CaptureQueriesContext(connection) as asked:
        keep_standings([person.pk, *(other.pk for other in others)])
    assert len(asked) == 1


def test_a_hundred_people_take_the_statements_of_one(person):
    counts = []
    for number in (1, 30):
        people = [crowd.person(person.offender_manager) for _ in range(number)]
        for one in people:
            crowd.indicator(one)
        with CaptureQueriesContext(connection) as asked:
            assert keep_standings([one.pk for one in people]) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_secret_ones_are_in_nobodys_row_and_restricted_ones_are_told_apart(person):
    crowd.indicator(person, "UDEV")
    crowd.indicator(person, "MONO", is_restricted=True)
    crowd.indicator(person, "CTIP", is_restricted=True, is_secret=True, severity="critical")
    keep_standings([person.pk])
    row = kept(person)
    assert [term["code"] for term in row.terms] == ["MONO", "UDEV"]
    assert [term["code"] for term in row.open_terms] == ["UDEV"]
    assert not row.has_unactioned_critical


@pytest.mark.parametrize(
    ("order", "condition", "points", "reason"),
    [
        ({}, {}, 90, "a live condition"),
        ({"ends_on": -1}, {}, 60, "the order has ended"),
        ({"ends_on": 0}, {}, 90, "on its last day it binds"),
        ({"discharged_on": 0}, {}, 60, "on the day of its discharge it no longer does"),
        ({"discharged_on": 1}, {}, 90, "discharged tomorrow"),
        ({}, {"ends_on": -1}, 60, "the condition has ended"),
        ({}, {"ends_on": 0}, 90, "the last day of the condition"),
        ({}, {"starts_on": 1}, 60, "a condition that begins tomorrow"),
        ({}, {"voided": True}, 60, "a condition that was written down wrongly"),
    ],
)
def test_a_breach_of_a_live_order_weighs_more(person, order, condition, points, reason):
    today = timezone.localdate()

    def dated(said):
        return {name: today + days * DAY for name, days in said.items() if name != "voided"}

    made = Order.objects.create(
        offender=person, kind="shpo", made_on=today - 90 * DAY, **dated(order)
    )
    by = person.offender_manager
    voided = {"voided_at": timezone.now(), "voided_by": by, "void_reason": "Another order"}
    held = OrderCondition.objects.create(
        **{
            "order": made,
            "text": "No device",
            "category": "device",
            "polarity": "prohibition",
            "starts_on": made.made_on,
            "recorded_by": by,
        }
        | dated(condition)
        | (voided if condition.get("voided") else {})
    )
    crowd.indicator(person, condition=held)
    keep_standings([person.pk])
    assert standing_of(person).score(timezone.now()) == points, reason


def test_the_night_after_an_order_ended_its_factor_ends_with_it(person):
    today = timezone.localdate()
    order = Order.objects.create(
        offender=person, kind="shpo", made_on=today - 90 * DAY, ends_on=today
    )
    held = OrderCondition.objects.create(
        order=order,
        text="No device",
        category="device",
        polarity="prohibition",
        starts_on=order.made_on,
        recorded_by=person.offender_manager,
    )
    crowd.indicator(person, condition=held)
    sweep_obligations()
    assert kept(person).ceiling == 90
    sweep_obligations(today=today + DAY)
    assert kept(person).ceiling == 60


def test_other_figures_work_all_of_them_out_again(person):
    crowd.indicator(person)
    keep_standings([person.pk])
    before = kept(person)
    ruling.enact(changes=[{"id": "indicator.points.high", "value": "50"}])
    apply_rules()
    after = kept(person)
    assert (before.ceiling, after.ceiling) == (60, 50)
    assert after.figures not in ("", before.figures)


def test_at_night_a_ceiling_that_fell_far_behind_is_lowered(person):
    crowd.indicator(person, "MONO", decays_from=timezone.now())
    keep_standings([person.pk])
    IndicatorStanding.objects.update(ceiling=100)
    assert keep_standings([person.pk]) == 0  # nothing depends on it
    assert settle_standings() == 1
    assert kept(person).ceiling == 60


def spoil(person) -> None:
    IndicatorStanding.objects.filter(offender=person).update(has_unactioned_critical=True)


def lose(person) -> None:
    IndicatorStanding.objects.filter(offender=person).delete()


@pytest.mark.parametrize("break_it", [spoil, lose])
def test_a_standing_that_is_not_what_the_rows_give_is_noticed_and_put_right(break_it):
    person = make.person()
    indicating.matched(person, by=make.activate(person.offender_manager), code="UDEV")
    assert broken() == {}
    break_it(person)
    assert broken() == {"standing_is_not_what_indicators_give": 1}
    sweep_obligations()
    assert broken() == {}


#: What happens to one person's indicators, in order.
events = st.lists(
    st.tuples(
        st.sampled_from(["UDEV", "MONO", "CTIP"]),
        st.sampled_from(Severity.values),
        st.sampled_from(GRADES),
        st.none() | st.integers(0, 400),
        st.sampled_from(["open", "restricted", "secret"]),
        st.booleans(),
    ),
    max_size=6,
)


@given(events)
@settings(max_examples=25)
def test_it_is_what_the_rows_give_whatever_came_and_was_taken_back(happened):
    person = crowd.person(crowd.officer(team=crowd.team(crowd.force())))
    now, expected, is_open = timezone.now(), [], []
    for code, severity, grade, age, seen, is_taken_back in happened:
        since = None if age is None else now - age * DAY
        found = crowd.indicator(
            person,
            code,
            severity=severity,
            source_grade=int(grade[0]),
            assessment_grade=grade[1],
            decays_from=since,
            is_restricted=seen != "open",
            is_secret=seen == "secret",
        )
        keep_standings([person.pk])
        if is_taken_back:
            Indicator.objects.filter(pk=found.pk).update(state="retracted")
            keep_standings([person.pk])
        elif seen != "secret":
            live = Live(code, severity, grade, False, since is None, since)
            expected.append(live)
            is_open += [live] if seen == "open" else []

    assert standing_of(person) == Standing.of(expected, SCALE)
    row = kept(person)
    if row is not None:
        shown = row.terms if row.open_terms is None else row.open_terms
        assert shown == Standing.of(is_open, SCALE).written()
        assert row.ceiling >= standing_of(person).score(now)
    assert standings_that_differ(timezone.localdate()) == 0
