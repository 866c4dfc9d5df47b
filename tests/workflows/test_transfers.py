"""People are offered to another team: nothing moves by it, and it ends (PRACTICE 15)."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role, User
from audit.models import Event, Payload
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from tests import make
from tests.workflows import crowd, doing
from tests.workflows.between_teams import WHY, Teams, accept, decline, listed, sees, told
from workflows import tasks
from workflows.actions.caseload import reassign_caseload
from workflows.actions.people import bring_visit_forward
from workflows.actions.tasks import defer
from workflows.actions.transfer_decisions import look_at_transfer
from workflows.actions.transfers import offer_transfer, withdraw_transfer
from workflows.errors import NotVisible
from workflows.invariants import broken
from workflows.models import (
    Alert,
    Deferral,
    Obligation,
    Reassignment,
    Task,
    TransferOffer,
    TransferPerson,
    VisitDirection,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return Teams()


def test_an_offer_moves_nothing(teams):
    person = teams.people[0]
    supervisor = make.actor(teams.supervisor)
    visit = make.task_of(person)
    bring_visit_forward(
        by=supervisor,
        offender=person.public_id,
        visit_by=timezone.localdate() + dt.timedelta(days=9),
        reason="New partner",
    )
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    defer(by=supervisor, task=visit.public_id, until=tomorrow, reason="Court")
    tables = (Offender, Obligation, Task, Deferral, VisitDirection)
    before = [list(table.objects.order_by("pk").values()) for table in tables]

    teams.offer()

    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert not Reassignment.objects.exists()
    assert broken() == {}


def test_the_old_owner_and_team_keep_access_until_it_is_accepted_and_the_new_have_none(teams):
    [person, _] = teams.people
    offer = teams.offer()
    old, new = (teams.manager, teams.supervisor), (teams.receiver, teams.receiving)
    make.activate(teams.manager)
    assert [sees(user, person) for user in (*old, *new)] == [True, True, False, False]
    accept(teams, offer)
    assert [sees(user, person) for user in (*old, *new)] == [False, False, True, True]


def test_an_offer_is_seen_by_both_sides_and_inspectors_and_told_to_the_receiving_supervisors(teams):
    second = make.officer(Role.SUPERVISOR, team=teams.receiver.team)
    stranger = make.officer(Role.SUPERVISOR, team=make.team(in_force=teams.manager.force))
    offer = teams.offer()
    for user in (teams.supervisor, teams.receiving, second, teams.inspector):
        assert listed(user) == [(offer.public_id, 2)]
    for user in (stranger, teams.manager, teams.receiver, make.officer(Role.INSPECTOR)):
        assert listed(user) == []
        with pytest.raises(NotVisible):
            look_at_transfer(by=make.actor(user), transfer=offer.public_id)
    for user in (teams.receiving, second):
        assert told(user, Alert.About.TRANSFER_OFFERED) == [2]
    assert told(teams.inspector, Alert.About.TRANSFER_OFFERED) == []


def test_where_no_supervisor_may_see_everyone_the_inspectors_are_told_as_well(teams):
    crowd.conflict(teams.people[0], teams.receiving)
    teams.offer()
    assert told(teams.receiving, Alert.About.TRANSFER_OFFERED) == [1]
    assert told(teams.inspector, Alert.About.TRANSFER_OFFERED) == [2]


def test_offering_and_withdrawing_leave_one_event_each_that_names_everyone(teams):
    last = Event.objects.latest("pk").pk
    offer = teams.offer()
    withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id)
    events = list(Event.objects.filter(pk__gt=last).order_by("pk"))
    assert [(event.action, event.reason, event.row_count) for event in events] == [
        ("transfer.offer", WHY, 2),
        ("transfer.offer", "", 2),  # nobody types why one is taken back
    ]
    for event in events:
        assert event.subject == f"transfer:{offer.public_id}"
        named = Payload.objects.get(event_id=event.pk).payload["people"]
        assert sorted(named) == sorted(str(person) for person in teams.ids)


def in_own_team(teams: Teams) -> dict[str, object]:
    return {"to": make.officer(team=teams.manager.team).public_id}


def without_vetting(teams: Teams) -> dict[str, object]:
    User.objects.filter(pk=teams.receiver.pk).update(vetting_expires_on="2020-01-01")
    return {}


def to_an_auditor(teams: Teams) -> dict[str, object]:
    return {"to": make.officer(Role.AUDITOR, team=teams.receiver.team).public_id}


def in_conflict(teams: Teams) -> dict[str, object]:
    crowd.conflict(teams.people[0], teams.receiver)
    return {}


def restricted(teams: Teams) -> dict[str, object]:
    Offender.objects.filter(pk=teams.people[0].pk).update(is_restricted=True)
    crowd.named(teams.people[0], teams.supervisor)
    return {}


def offered_before(teams: Teams) -> dict[str, object]:
    teams.offer(offenders=teams.ids[:1])
    return {}


@pytest.mark.parametrize(
    ("scene", "code"),
    [
        (in_own_team, "own_team"),  # within a team its supervisor moves people at once
        (without_vetting, "officer_cannot_take"),
        (to_an_auditor, "officer_cannot_take"),  # a role without a caseload
        (in_conflict, "closed_to_receiver"),
        (restricted, "closed_to_receiver"),  # the receiver is not named
        (offered_before, "already_offered"),  # one waiting offer at a time
    ],
)
def test_some_people_cannot_be_offered_to_some_officers(teams, scene, code):
    given = scene(teams)
    before = TransferOffer.objects.count()
    with pytest.raises(RuleBroken) as refused:
        teams.offer(**given)
    assert refused.value.code == code
    assert TransferOffer.objects.count() == before


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"reason": " "}, ReasonRequired),
        ({"offenders": []}, Invalid),  # nobody
        ({"to": None}, Invalid),  # to nobody
        ({"offenders": [uuid.uuid4() for _ in range(501)]}, Invalid),  # more than 500
    ],
)
def test_an_offer_needs_a_reason_people_and_an_officer(teams, given, error):
    with pytest.raises(error):
        teams.offer(**given)


def test_an_officer_of_another_force_and_a_closed_account_are_not_there(teams):
    for stranger in (make.officer(), make.officer(team=teams.receiver.team, is_active=False)):
        with pytest.raises(NotVisible):
            teams.offer(to=stranger.public_id)


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.INSPECTOR, Role.AUDITOR])
def test_only_a_supervisor_offers_an_inspector_orders_instead(teams, role):
    with pytest.raises(NotPermitted):
        teams.offer(by=make.actor(make.officer(role, team=teams.manager.team)))


def test_a_supervisor_offers_none_of_another_teams_people(teams):
    with pytest.raises(NotVisible):
        teams.offer(by=make.actor(teams.receiving), to=teams.manager.public_id)


def test_the_database_keeps_a_person_in_one_waiting_offer(teams):
    offer = teams.offer()
    other = TransferOffer.objects.create(
        from_team=offer.from_team,
        to_team=offer.to_team,
        to_officer=offer.to_officer,
        reason=WHY,
        offered_on=offer.offered_on,
        offered_by=offer.offered_by,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        TransferPerson.objects.create(offer=other, offender=teams.people[0])


def test_who_came_to_another_team_meanwhile_is_offered_by_that_team_and_the_first_offer_fails(
    teams,
):
    first = teams.offer()
    moved = teams.people[0]
    away = doing.move_away(moved)
    theirs = make.officer(Role.SUPERVISOR, team=away.team)
    offer_transfer(
        by=make.actor(theirs),
        offenders=[moved.public_id],
        to=teams.receiver.public_id,
        reason=WHY,
    )
    with pytest.raises(RuleBroken) as refused:
        accept(teams, first)
    assert refused.value.code == "offer_changed"


def test_who_was_let_go_from_an_offer_is_not_taken_by_it_when_they_come_back(teams):
    first = teams.offer()
    [moved, _] = teams.people
    away = doing.move_away(moved)
    theirs = make.officer(Role.SUPERVISOR, team=away.team)
    offer_transfer(
        by=make.actor(theirs),
        offenders=[moved.public_id],
        to=teams.receiver.public_id,
        reason=WHY,
    )
    reassign_caseload(
        by=make.actor(teams.inspector),
        offenders=[moved.public_id],
        to=make.activate(teams.manager).public_id,
        reason="Came back",
    )
    with pytest.raises(RuleBroken, match="was offered by another team meanwhile"):
        accept(teams, first)
    assert teams.managers() == {teams.manager.pk}


# --- declining, withdrawing, waiting -------------------------------------------------------------


def test_a_declined_offer_moves_nobody_and_the_proposer_is_told(teams):
    offer = teams.offer()
    with pytest.raises(ReasonRequired):
        decline(teams, offer, reason=" ")
    declined = decline(teams, offer)
    assert (declined.decision, declined.decision_reason) == ("declined", "Full")
    assert teams.managers() == {teams.manager.pk}
    assert told(teams.supervisor, Alert.About.TRANSFER_DECLINED) == [2]
    assert Event.objects.filter(action="transfer.decide").count() == 1
    seen = look_at_transfer(by=make.actor(teams.receiving), transfer=offer.public_id)
    assert (seen.people, seen.preview) == ([], None), "the other team's people are out of sight"
    teams.offer()


def test_a_colleague_of_the_proposer_withdraws_it_and_the_other_side_does_not(teams):
    offer = teams.offer()
    with pytest.raises(NotPermitted):
        withdraw_transfer(by=make.actor(teams.receiving), transfer=offer.public_id)
    colleague = make.officer(Role.SUPERVISOR, team=teams.manager.team)
    withdraw_transfer(by=make.actor(colleague), transfer=offer.public_id)
    assert listed(teams.receiving) == []
    assert listed(teams.receiving, waiting=False) == [(offer.public_id, 2)]
    teams.offer()


def accepted_before(teams: Teams, offer: TransferOffer) -> None:
    accept(teams, offer)


def declined_before(teams: Teams, offer: TransferOffer) -> None:
    decline(teams, offer)


def withdrawn_before(teams: Teams, offer: TransferOffer) -> None:
    withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id)


@pytest.mark.parametrize("scene", [accepted_before, declined_before, withdrawn_before])
def test_a_settled_offer_is_not_decided_again(teams, scene):
    offer = teams.offer()
    scene(teams, offer)
    for act in (accept, decline, withdrawn_before_again):
        with pytest.raises(RuleBroken) as refused:
            act(teams, offer)
        assert refused.value.code == "transfer_settled"


def withdrawn_before_again(teams: Teams, offer: TransferOffer) -> None:
    withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id)


@pytest.mark.parametrize(
    ("day", "new"),
    [
        (dt.date(2026, 11, 30), 0),  # the fifth working day after a Monday
        (dt.date(2026, 12, 1), 1),  # the day after it
    ],
)
def test_an_offer_that_waits_too_long_is_told_to_the_inspectors_once(day, new):
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        teams = Teams()
        teams.offer()
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC), tick=False):
        assert (tasks.warn_of_waiting_transfers(), tasks.warn_of_waiting_transfers()) == (new, 0)
    assert told(teams.inspector, Alert.About.TRANSFER_WAITING) == [2] * new
    assert told(teams.receiving, Alert.About.TRANSFER_WAITING) == []


def test_a_settled_offer_waits_no_longer(teams):
    decline(teams, teams.offer())
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        assert tasks.warn_of_waiting_transfers() == 0
