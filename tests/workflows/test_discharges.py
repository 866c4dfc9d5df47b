"""A court discharges an order before its last day: what hung on it is worked out again."""

import datetime as dt

import pytest
import time_machine

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from audit.models import Event
from offenders import actions as facts
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender, Order, OrderDischarge
from tests import make
from tests.workflows.doing import manage_reactively
from tests.workflows.moments import moment
from workflows.actions import holdings, orders
from workflows.actions.locking import lock_person
from workflows.errors import NotVisible
from workflows.facts import registration_of, stream
from workflows.models import Task
from workflows.queries.holdings import conditions_of

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)
MADE, LAST = dt.date(2024, 3, 1), dt.date(2029, 2, 28)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


class Held:
    """Somebody whose period of two years is past, and whom an order holds."""

    def __init__(self, **cells: object) -> None:
        self.team = make.team()
        self.manager = make.officer(team=self.team)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.team)
        stated = {"basis": "caution", "relevant_date": "2024-01-10", "order_kind": "shpo"}
        stated |= {"order_made_on": MADE, "order_ends_on": LAST}
        self.row = {"source_ref": "H1"} | stated | cells
        self.person = make.person(manager=self.manager, **self.row)
        self.order = Order.objects.get(offender=self.person)

    def discharge(self, by=None, **values) -> OrderDischarge:
        given = {"discharged_on": TODAY, "court": "Tean Crown Court", "reason": "Not needed"}
        return orders.discharge_order(
            by=make.actor(by or self.supervisor),
            offender=self.person.public_id,
            **{"order": self.order.public_id} | given | values,
        )

    def void(self, discharge, by=None, reason="The wrong order") -> OrderDischarge:
        return orders.void_discharge(
            by=make.actor(by or self.supervisor),
            offender=self.person.public_id,
            discharge=discharge.public_id,
            reason=reason,
        )

    def owed(self) -> dict[str, dt.date]:
        open_ones = self.person.obligations.filter(closed_at=None)
        return dict(open_ones.values_list("kind", "due_on"))

    def registration(self):
        return registration_of(self.person, today=TODAY)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (TODAY, "today: yesterday was its last day"),
        (dt.date(2026, 10, 5), "entered weeks late: as of the day of the court"),
        (MADE, "on the day on which it was made: it never held"),
    ],
)
def test_whoever_it_held_is_held_no_more_as_of_the_day_of_the_court_and_two_people_end_it(on, why):
    held = Held()
    assert held.registration().held_by is not None
    assert "final_review" not in held.owed()

    held.discharge(discharged_on=on)

    stands = held.registration()
    period_ends = dt.date(2026, 1, 9)
    assert (stands.held_by, stands.has_ended) == (None, True), why
    assert stands.over_on == max(on - DAY, period_ends), why
    assert held.owed()["final_review"] == stands.over_on, why
    held.person.refresh_from_db()
    assert held.person.registration_ended_on is None


def test_a_period_that_runs_goes_on_without_it():
    held = Held(basis="life_or_ipp_or_30m_plus")
    before = held.owed()

    held.discharge()

    assert held.owed() == before
    assert held.registration().ends_on is None


def test_its_conditions_bind_until_the_day_before_and_none_is_added_after_it():
    held = Held()
    given = {"polarity": "prohibition", "text": "No devices", "category": "device", "ends_on": None}

    def add(**values):
        return holdings.add_condition(
            by=make.actor(held.manager),
            offender=held.person.public_id,
            order=held.order.public_id,
            **given | values,
        )

    add(starts_on=MADE)
    held.discharge()

    assert len(conditions_of(held.person, TODAY - DAY)) == 1
    assert conditions_of(held.person, TODAY) == []
    with pytest.raises(Invalid) as error:
        add(starts_on=TODAY, text="Another")
    assert (error.value.code, error.value.field) == ("after_order", "starts_on")
    assert add(starts_on=TODAY - DAY, text="One that was forgotten")


def test_no_task_says_any_more_that_the_order_ends_soon():
    held = Held(basis="life_or_ipp_or_30m_plus", order_ends_on=TODAY + 20 * DAY)
    steps = Task.objects.open().filter(offender=held.person, flow_task_type="HUMAN")
    assert set(steps.values_list("order_ends_on", flat=True)) == {TODAY + 20 * DAY}

    held.discharge()

    assert set(steps.values_list("order_ends_on", flat=True)) == {None}


def test_an_order_stands_no_more_in_the_way_of_reactive_management():
    held = Held(basis="life_or_ipp_or_30m_plus", management_level="low")
    with pytest.raises(RuleBroken, match="An order is in force"):
        manage_reactively(held.person, by=held.supervisor)

    held.discharge()

    manage_reactively(held.person, by=held.supervisor)
    assert held.person.management_mode == "reactive"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"discharged_on": TODAY + DAY}, "in_future"),
        ({"discharged_on": MADE - DAY}, "before_order"),
    ],
)
def test_a_day_that_cannot_be_is_refused_by_its_field(values, code):
    held = Held()

    with pytest.raises(Invalid) as error:
        held.discharge(**values)

    assert (error.value.code, error.value.field) == (code, "discharged_on")
    assert not OrderDischarge.objects.exists()


def test_an_order_that_has_ended_by_itself_is_not_discharged_afterwards():
    held = Held(order_ends_on=TODAY - 5 * DAY)

    with pytest.raises(Invalid) as error:
        held.discharge()

    assert error.value.code == "after_order"
    assert held.discharge(discharged_on=TODAY - 5 * DAY)


def test_an_order_is_discharged_once():
    held = Held()
    held.discharge(discharged_on=TODAY - DAY)

    with pytest.raises(RuleBroken) as error:
        held.discharge()

    assert error.value.code == "already_discharged"


def test_a_supervisor_or_an_inspector_says_so_with_why_and_never_who_manages_them_alone():
    held, other = Held(), Held(source_ref="H2")
    with pytest.raises(NotPermitted):
        held.discharge(held.manager)
    with pytest.raises(ReasonRequired):
        held.discharge(reason=" ")
    with pytest.raises(NotVisible):
        held.discharge(other.supervisor)
    with pytest.raises(NotVisible):
        held.discharge(order=other.order.public_id)

    discharge = held.discharge(make.officer(Role.INSPECTOR, force=held.person.force))

    with pytest.raises(NotPermitted):
        held.void(discharge, held.manager)
    with pytest.raises(ReasonRequired):
        held.void(discharge, reason=" ")


def test_a_wrong_discharge_is_voided_and_kept_and_all_is_as_before():
    held = Held()
    before, stood = held.owed(), held.registration()
    discharge = held.discharge(discharged_on=TODAY - DAY)

    held.void(discharge)

    assert (held.owed(), held.registration()) == (before, stood)
    discharge.refresh_from_db()
    assert (discharge.court, discharge.void_reason) == ("Tean Crown Court", "The wrong order")
    with pytest.raises(RuleBroken) as error:
        held.void(discharge)
    assert error.value.code == "already_void"
    assert held.discharge(), "the right one is written down after it"
    told = list(Event.objects.filter(action__contains="discharge").values_list("action", "reason"))
    assert told == [
        ("order.discharge", "Not needed"),
        ("order_discharge.void", "The wrong order"),
        ("order.discharge", "Not needed"),
    ]


def test_what_two_people_ended_by_it_is_not_undone_by_a_void():
    held = Held()
    discharge = held.discharge()
    facts.end_registration(
        offender=lock_person(held.person.pk),
        ended_on=TODAY,
        proposed_by=held.manager,
        endorsed_by=held.supervisor,
    )

    with pytest.raises(RuleBroken) as error:
        held.void(discharge)

    assert error.value.code == "registration_ended"


def test_an_extract_that_states_the_order_still_takes_no_discharge_back():
    held = Held()
    held.discharge()

    make.person(manager=held.manager, **held.row | {"order_ends_on": LAST + 300 * DAY})

    held.order.refresh_from_db()
    assert (held.order.discharged_on, held.order.ends_on) == (TODAY, LAST + 300 * DAY)
    assert held.registration().held_by is None


def test_what_was_known_before_it_was_entered_stays_known():
    held = Held()
    without = moment()
    held.discharge(discharged_on=TODAY - 30 * DAY)

    def discharged(at=None):
        [known] = stream(offender_ids=[held.person.pk], as_of=TODAY, known_at=at)
        return [order.discharged_on for order in known.orders]

    assert (discharged(without), discharged()) == ([None], [TODAY - 30 * DAY])
    assert Offender.objects.get().version == held.person.version + 1
