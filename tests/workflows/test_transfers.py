"""Between teams the receiving supervisor accepts; the old owner stays until then (PRACTICE 15)."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Capacity, Role, User
from audit.models import Event, Payload
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Offender
from tests import make
from tests.api.scenes import decisions_to
from tests.workflows import crowd, doing
from tests.workflows.between_teams import WHY, Teams
from workflows import tasks
from workflows.actions import deaths, delegations
from workflows.actions.caseload import reassign_caseload
from workflows.actions.officers import close_account
from workflows.actions.people import bring_visit_forward
from workflows.actions.tasks import defer
from workflows.actions.transfer_decisions import (
    accept_transfer,
    decline_transfer,
    look_at_transfer,
)
from workflows.actions.transfers import offer_transfer, withdraw_transfer
from workflows.actions.undoing import undo_reassignment
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
from workflows.queries import transfers as reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return Teams()


def accept(teams: Teams, offer: TransferOffer, by: User | None = None, **given: object):
    who = make.actor(by or teams.receiving)
    return accept_transfer(by=who, transfer=offer.public_id, **given)


def decline(teams: Teams, offer: TransferOffer, by: User | None = None, reason: str = "Full"):
    who = make.actor(by or teams.receiving)
    return decline_transfer(by=who, transfer=offer.public_id, reason=reason)


def told(user: User, about: Alert.About) -> list[int | None]:
    return list(Alert.objects.filter(to=user, about=about).values_list("people", flat=True))


def listed(by: User, *, waiting: bool = True) -> list[tuple[object, int]]:
    page = reads.transfers_page(actor=make.actor(by), waiting=waiting)
    return [(row.offer.public_id, row.people) for row in page.rows]


def sees(by: User, person: Offender) -> bool:
    return Offender.objects.permitted(make.actor(by), "caseload.view").contains(person)


# --- offering ------------------------------------------------------------------------------------


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
        ("transfer.offer", "withdraw", 2),
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


# --- accepting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["receiving", "inspector"])
def test_an_acceptance_moves_everyone_with_the_reason_of_the_offer(teams, who):
    offer = teams.offer()
    due = list(Obligation.objects.order_by("pk").values("pk", "due_on", "original_due_on"))

    done = accept(teams, offer, by=getattr(teams, who))

    assert teams.managers() == {teams.receiver.pk}
    for person in teams.people:
        task = make.task_of(person)
        assert (task.owner, task.team) == (teams.receiver, teams.receiver.team)
    assert list(Obligation.objects.order_by("pk").values("pk", "due_on", "original_due_on")) == due
    assert (done.reassignment.reason, done.reassignment.moves.count()) == (WHY, 2)
    assert told(teams.manager, Alert.About.PEOPLE_LEFT) == [2]
    assert told(teams.receiver, Alert.About.PEOPLE_RECEIVED) == [2]
    assert told(teams.supervisor, Alert.About.TRANSFER_ACCEPTED) == [2]
    assert not TransferPerson.objects.filter(waiting=True).exists()
    [event] = Event.objects.filter(action="transfer.decide")
    assert (event.row_count, event.reason) == (2, WHY)
    assert not Event.objects.filter(action="caseload.reassign").exists(), "one event"
    assert broken() == {}


def test_what_was_accepted_is_undone_within_a_day_as_any_reassignment(teams):
    done = accept(teams, teams.offer())
    Reassignment.objects.update(decided_at=timezone.now())
    make.activate(teams.manager)
    undo_reassignment(by=make.actor(teams.inspector), reassignment=done.reassignment.public_id)
    assert teams.managers() == {teams.manager.pk}


def test_both_officers_are_shown_before_and_after_and_what_is_imminent(teams):
    late = make.person(
        manager=teams.manager,
        last_effective_visit_on=timezone.localdate() - dt.timedelta(days=300),
    )
    offer = teams.offer(offenders=[late.public_id])
    for viewer in (teams.receiving, teams.supervisor, teams.inspector):
        seen = look_at_transfer(by=make.actor(viewer), transfer=offer.public_id)
        gives, receives = seen.preview.officers
        assert (gives.before.people, gives.after.people) == (3, 2)
        assert (receives.before.people, receives.after.people) == (0, 1)
        assert receives.after.points > 0
        assert [row.id for row in seen.preview.imminent] == [late.public_id]


def test_what_was_shown_is_accepted_and_nothing_else(teams):
    offer = teams.offer()
    shown = look_at_transfer(by=make.actor(teams.receiving), transfer=offer.public_id)
    Offender.objects.filter(pk=teams.people[0].pk).update(version=9)
    with pytest.raises(Stale):
        accept(teams, offer, seen=shown.preview.digest)
    with pytest.raises(Stale):
        accept(teams, offer, version=7)
    assert teams.managers() == {teams.manager.pk}


def test_an_overload_asks_why(teams):
    Capacity.objects.create(
        officer=teams.receiver, from_on=timezone.localdate(), fte=0, set_by=teams.inspector
    )
    offer = teams.offer()
    with pytest.raises(Invalid) as asked:
        accept(teams, offer)
    assert asked.value.field == "over_capacity"
    done = accept(teams, offer, over_capacity="Until Easter")
    assert done.reassignment.over_capacity == "Until Easter"


def ended(teams: Teams, person: Offender) -> None:
    person.registration_ended_on = timezone.localdate()
    person.end_proposed_by, person.end_endorsed_by = teams.manager, teams.supervisor
    person.save()


def dead(teams: Teams, person: Offender) -> None:
    by = make.actor(make.activate(teams.manager))
    deaths.report_death(by=by, offender=person.public_id, source="His sister")
    verified = {"decision": "verified", "reference": "C 12", "comment": "Seen"}
    doing.complete(person, "verify_death", verified, by=teams.supervisor)


def moved_in_the_team(teams: Teams, person: Offender) -> None:
    reassign_caseload(
        by=make.actor(teams.supervisor),
        offenders=[person.public_id],
        to=make.officer(team=person.team).public_id,
        reason="Leave",
    )


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        (ended, "is not registered any more"),
        (dead, "is not registered any more"),
        (moved_in_the_team, "has another officer or team"),
    ],
)
def test_who_changed_meanwhile_is_named_by_reference_and_nobody_moves(teams, scene, said):
    offer = teams.offer()
    [person, other] = teams.people
    scene(teams, person)
    before = teams.managers()
    seen = look_at_transfer(by=make.actor(teams.receiving), transfer=offer.public_id)
    assert [(one.reference, one.why) for one in seen.changed] == [(person.source_ref, said)]
    with pytest.raises(RuleBroken, match=f"{person.source_ref} {said}") as refused:
        accept(teams, offer)
    assert refused.value.code == "offer_changed"
    assert other.source_ref not in refused.value.message
    assert teams.managers() == before


def moved_to_a_third_team(teams: Teams, person: Offender) -> None:
    doing.move_away(person)


def restricted_since(teams: Teams, person: Offender) -> None:
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    crowd.named(person, teams.manager)


def in_conflict_with_the_decider(teams: Teams, person: Offender) -> None:
    crowd.conflict(person, teams.receiving)


@pytest.mark.parametrize(
    "scene", [moved_to_a_third_team, restricted_since, in_conflict_with_the_decider]
)
def test_whom_the_decider_may_not_see_is_not_named_and_nobody_moves(teams, scene):
    offer = teams.offer()
    [person, other] = teams.people
    scene(teams, person)
    seen = look_at_transfer(by=make.actor(teams.receiving), transfer=offer.public_id)
    assert [row.offender for row in seen.people] == [other]
    assert seen.hidden
    with pytest.raises(RuleBroken) as refused:
        accept(teams, offer)
    assert refused.value.code == "offer_changed"
    assert person.source_ref not in refused.value.message
    other.refresh_from_db()
    assert other.offender_manager == teams.manager


def test_a_conflict_of_the_receiver_since_the_offer_is_shown_and_refused(teams):
    offer = teams.offer()
    [person, _] = teams.people
    crowd.conflict(person, teams.receiver)
    seen = look_at_transfer(by=make.actor(teams.receiving), transfer=offer.public_id)
    assert seen.preview.refused == (person.public_id,)
    with pytest.raises(RuleBroken, match=person.source_ref) as refused:
        accept(teams, offer)
    assert refused.value.code == "closed_to_receiver"
    assert teams.managers() == {teams.manager.pk}


def to_a_third_team(receiver: User) -> None:
    receiver.team = make.team(in_force=receiver.force)
    receiver.save()


def closed(receiver: User) -> None:
    close_account(by=make.SETUP, officer=receiver)


@pytest.mark.parametrize("scene", [to_a_third_team, closed])
def test_an_officer_who_left_the_team_or_the_service_takes_nobody(teams, scene):
    offer = teams.offer()
    scene(teams.receiver)
    with pytest.raises(RuleBroken) as refused:
        accept(teams, offer)
    assert refused.value.code == "officer_cannot_take"


# --- who decides ---------------------------------------------------------------------------------


def test_the_team_that_offers_does_not_decide_and_a_third_team_does_not_know(teams):
    offer = teams.offer()
    colleague = make.officer(Role.SUPERVISOR, team=teams.manager.team)
    stranger = make.officer(Role.SUPERVISOR, team=make.team(in_force=teams.manager.force))
    for act in (accept, decline):
        with pytest.raises(NotPermitted):
            act(teams, offer, by=colleague)
        with pytest.raises(NotVisible):
            act(teams, offer, by=stranger)


def test_nobody_decides_on_their_own_offer_wherever_they_went(teams):
    offer = teams.offer()
    teams.supervisor.team = teams.receiver.team
    teams.supervisor.save()
    for act in (accept, decline):
        with pytest.raises(RuleBroken) as refused:
            act(teams, offer, by=teams.supervisor)
        assert refused.value.code == "own_offer"


def test_the_database_refuses_that_the_proposer_decided(teams):
    offer = teams.offer()
    with pytest.raises(IntegrityError, match="transfer_decided_by_another"), transaction.atomic():
        TransferOffer.objects.filter(pk=offer.pk).update(
            decision="declined",
            decision_reason="Mine",
            decided_by=teams.supervisor,
            decided_at=timezone.now(),
        )


@pytest.mark.parametrize("column", ["decided_by", "decided_for"])
def test_the_database_refuses_that_whoever_it_was_offered_for_decided(teams, column):
    offer, absent = teams.offer(), make.officer(Role.SUPERVISOR, team=teams.manager.team)
    TransferOffer.objects.filter(pk=offer.pk).update(offered_for=absent)
    values = {"decided_by": teams.receiving, column: absent}
    with pytest.raises(IntegrityError, match="transfer_offered_for"), transaction.atomic():
        TransferOffer.objects.filter(pk=offer.pk).update(
            decision="declined", decision_reason="No", decided_at=timezone.now(), **values
        )


@pytest.fixture
def coat(teams: Teams) -> Callable[[User, User], Actor]:
    """The decisions of one officer, put on by another."""

    def put_on(giver: User, taker: User) -> Actor:
        given = delegations.grant_delegation(
            by=make.actor(teams.inspector), delegator=giver.staff_number, **decisions_to(taker)
        )
        return delegations.put_on(by=make.actor(taker), delegation=given.public_id)

    return put_on


def test_a_proposer_who_acts_for_the_other_supervisor_does_not_decide(teams, coat):
    offer = teams.offer()
    by = coat(teams.receiving, teams.supervisor)
    with pytest.raises(RuleBroken) as refused:
        accept_transfer(by=by, transfer=offer.public_id)
    assert refused.value.code == "own_offer"


def test_an_officer_who_acts_as_supervisor_does_not_give_themselves_people(teams, coat):
    offer = teams.offer()
    by = coat(teams.receiving, teams.receiver)
    with pytest.raises(RuleBroken) as refused:
        accept_transfer(by=by, transfer=offer.public_id)
    assert refused.value.code == "own_work"


def test_what_was_offered_for_a_supervisor_and_decided_for_another_names_both(teams, coat):
    stand_in, other = (make.officer(team=user.team) for user in (teams.supervisor, teams.receiver))
    offer = teams.offer(by=coat(teams.supervisor, stand_in))
    done = accept_transfer(by=coat(teams.receiving, other), transfer=offer.public_id)
    assert (done.offered_by, done.offered_for) == (stand_in, teams.supervisor)
    assert (done.decided_by, done.decided_for) == (other, teams.receiving)


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
