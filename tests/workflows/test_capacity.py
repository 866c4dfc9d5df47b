"""Setting how much an officer can carry, and what workloads are measured against."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Capacity, Role, User
from audit.models import Event, Payload
from offenders.errors import Invalid
from tests.workflows import crowd
from workflows.actions.capacity import set_capacity
from workflows.errors import NotVisible
from workflows.models import Obligation
from workflows.queries.caseload import team_caseload

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def officer(team) -> User:
    return crowd.officer(team=team)


@pytest.fixture
def supervisor(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.SUPERVISOR, team=team))


def put(by: Actor, officer: User, full_time: int = 60, **more: object) -> Capacity:
    given = {"from_on": TODAY, "reason": "Three days a week from now on"} | more
    return set_capacity(by=by, officer=officer.public_id, full_time=full_time, **given)


def load_of(by: Actor, officer: User):
    found = team_caseload(actor=by, team=officer.team.public_id, today=TODAY)
    return next(load for load in found.officers if load.id == officer.public_id)


def test_a_workload_is_measured_against_the_officers_own_capacity(supervisor, officer):
    for _ in range(8):
        crowd.person(officer, management_level="very_high")
    assert (load_of(supervisor, officer).percent, load_of(supervisor, officer).is_over) == (
        60,
        False,
    )
    put(supervisor, officer, 50)
    load = load_of(supervisor, officer)
    assert (load.points, load.capacity, load.percent, load.is_over) == (48, 40, 120, True)
    put(supervisor, officer, 50, reduction=50, because="new_in_post")
    assert load_of(supervisor, officer).percent == 240
    put(supervisor, officer, 100, from_on=TOMORROW)
    assert load_of(supervisor, officer).percent == 240, "tomorrow is another day"


def test_whoever_can_carry_nothing_is_no_percent_and_over(supervisor, officer):
    put(supervisor, officer, 0)
    load = load_of(supervisor, officer)
    assert (load.percent, load.is_over) == (0, False), "nothing of nothing"
    crowd.person(officer)
    load = load_of(supervisor, officer)
    assert (load.percent, load.is_over) == (None, True)


def test_what_was_set_before_stays_on_record_and_the_event_says_what_was_set(supervisor, officer):
    put(supervisor, officer, 60)
    put(supervisor, officer, 80, reduction=25, because="other_duties")
    rows = Capacity.objects.order_by("pk").values_list("fte", "reduction", "because", "set_by")
    assert list(rows) == [
        (Decimal("0.6"), 0, "", supervisor.user_id),
        (Decimal("0.8"), 25, "other_duties", supervisor.user_id),
    ]
    event = Event.objects.filter(action="capacity.set").latest("pk")
    assert event.subject == f"user:{officer.public_id}"
    assert event.reason == "Three days a week from now on"
    assert Payload.objects.get(event_id=event.pk).payload == {
        "from_on": TODAY.isoformat(),
        "full_time": 80,
        "reduction": 25,
        "because": "other_duties",
    }
    assert Event.objects.filter(action="capacity.set").count() == 2


def test_no_due_date_and_nobodys_manager_moves(supervisor, officer):
    crowd.owing(crowd.person(officer), TODAY - dt.timedelta(days=9))
    before = list(Obligation.objects.values())
    put(supervisor, officer, 10)
    assert list(Obligation.objects.values()) == before


def test_a_supervisor_sets_it_in_the_team_and_an_inspector_in_the_force(supervisor, officer, team):
    elsewhere = crowd.officer(team=crowd.team(team.force))
    with pytest.raises(NotVisible):
        put(supervisor, elsewhere)
    inspector = Actor.of_user(crowd.officer(Role.INSPECTOR, force=team.force))
    put(inspector, elsewhere)
    stranger = crowd.officer(team=crowd.team(crowd.force()))
    with pytest.raises(NotVisible):
        put(inspector, stranger)
    with pytest.raises(NotPermitted):
        put(Actor.of_user(officer), crowd.officer(team=team))


def test_nobody_sets_their_own(supervisor):
    with pytest.raises(NotPermitted, match="their own"):
        put(supervisor, User.objects.get(pk=supervisor.user_id))


def test_it_needs_a_reason_and_a_reduction_its_own(supervisor, officer):
    with pytest.raises(ReasonRequired):
        put(supervisor, officer, reason=" ")
    with pytest.raises(Invalid) as refused:
        put(supervisor, officer, reduction=10)
    assert refused.value.field == "because"
    with pytest.raises(Invalid) as refused:
        put(supervisor, officer, because="welfare")
    assert refused.value.field == "reduction"
    assert not Capacity.objects.exists()


def test_a_closed_account_or_a_role_without_a_caseload_has_none(supervisor, officer, team):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    for gone in (officer, crowd.officer(Role.AUDITOR, team=team)):
        with pytest.raises(NotVisible):
            put(supervisor, gone)
