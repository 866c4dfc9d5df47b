"""Who decides on an offer, and what an acceptance does or is refused for (PRACTICE 15)."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Capacity, Role, User
from audit.models import Event
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Offender
from tests import make
from tests.api.scenes.standing_in import decisions_to
from tests.workflows import crowd, doing
from tests.workflows.between_teams import WHY, Teams, accept, decline, told
from workflows.actions import deaths, delegations
from workflows.actions.caseload import reassign_caseload
from workflows.actions.officers import close_account
from workflows.actions.transfer_decisions import (
    accept_transfer,
    look_at_transfer,
)
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.invariants import broken
from workflows.models import (
    Alert,
    Obligation,
    Reassignment,
    TransferOffer,
    TransferPerson,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> Teams:
    return Teams()


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
