"""The buttons on an offer between teams are there exactly where the action would take it."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.api.scenes.standing_in import decisions_to
from tests.workflows.between_teams import Teams, accept, decline
from workflows.actions.delegations import grant_delegation
from workflows.actions.transfers import withdraw_transfer
from workflows.models import TransferOffer

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams(db: None) -> Teams:
    return Teams()


class Viewer(NamedTuple):
    """Who looks, and whom they act for."""

    user: User
    acts_for: User | None = None


def receiving(teams: Teams) -> Viewer:
    return Viewer(teams.receiving)


def inspector(teams: Teams) -> Viewer:
    return Viewer(teams.inspector)


def proposer(teams: Teams) -> Viewer:
    return Viewer(teams.supervisor)


def colleague_of_the_proposer(teams: Teams) -> Viewer:
    return Viewer(make.officer(Role.SUPERVISOR, team=teams.supervisor.team))


def proposer_who_changed_teams(teams: Teams) -> Viewer:
    User.objects.filter(pk=teams.supervisor.pk).update(team=teams.receiver.team)
    return Viewer(User.objects.get(pk=teams.supervisor.pk))


def proposer_for_the_receiving(teams: Teams) -> Viewer:
    return Viewer(teams.supervisor, teams.receiving)


def receiver_for_the_receiving(teams: Teams) -> Viewer:
    return Viewer(teams.receiver, teams.receiving)


def colleague_for_the_receiving(teams: Teams) -> Viewer:
    return Viewer(make.officer(team=teams.receiver.team), teams.receiving)


def supervisor_with_one_of_the_people(teams: Teams) -> Viewer:
    give_the_first_to(teams, teams.receiving)
    return Viewer(teams.receiving)


def somebody_who_acts_for_them(teams: Teams) -> Viewer:
    give_the_first_to(teams, teams.receiving)
    return Viewer(make.officer(team=teams.receiver.team), teams.receiving)


def give_the_first_to(teams: Teams, officer: User) -> None:
    """One of the people is managed by the very supervisor who is to decide."""
    Offender.objects.filter(pk=teams.people[0].pk).update(offender_manager=officer)


def colleague_for_the_proposer(teams: Teams) -> Viewer:
    return Viewer(make.officer(team=teams.supervisor.team), teams.supervisor)


@pytest.mark.parametrize(
    ("who", "decides", "withdraws"),
    [
        (receiving, True, False),
        (inspector, True, False),
        (proposer, False, True),
        (colleague_of_the_proposer, False, True),
        (proposer_who_changed_teams, False, False),  # their own offer, and another team's by now
        (proposer_for_the_receiving, False, False),  # their own offer, as somebody else
        (receiver_for_the_receiving, False, False),  # they would give themselves people
        (colleague_for_the_receiving, True, False),
        (supervisor_with_one_of_the_people, True, False),  # as themselves, as ever
        (somebody_who_acts_for_them, False, False),  # about people of whom they act for
        (colleague_for_the_proposer, False, True),
    ],
)
def test_the_buttons_stand_where_the_action_takes_it(teams, browse, who, decides, withdraws):
    offer = teams.offer()
    viewer = who(teams)
    client = browse(viewer.user)
    if viewer.acts_for:
        put_on(teams, client, viewer)

    assert shown(client, offer) == (decides, withdraws)
    assert taken(client, offer) == (decides, withdraws)


def accepted(teams: Teams, offer: TransferOffer) -> None:
    accept(teams, offer)


def declined(teams: Teams, offer: TransferOffer) -> None:
    decline(teams, offer)


def withdrawn(teams: Teams, offer: TransferOffer) -> None:
    withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id)


@pytest.mark.parametrize("settle", [accepted, declined, withdrawn])
def test_a_settled_offer_has_no_buttons_and_is_not_settled_again(teams, browse, settle):
    offer = teams.offer()
    settle(teams, offer)
    for user in (teams.receiving, teams.inspector, teams.supervisor):
        client = browse(user)
        assert shown(client, offer) == taken(client, offer) == (False, False)


def put_on(teams: Teams, client: Client, viewer: Viewer) -> None:
    given = grant_delegation(
        by=make.actor(teams.inspector),
        delegator=viewer.acts_for.staff_number,
        **decisions_to(viewer.user),
    )
    client.post(reverse("ui:delegation-use", args=[given.public_id]))


def shown(client: Client, offer: TransferOffer) -> tuple[bool, bool]:
    """Whether the page has the form to decline, and the one to withdraw."""
    page = client.get(reverse("ui:transfer", args=[offer.public_id])).content.decode()
    forms = (f'action="{address(offer, act)}"' for act in ("decline", "withdraw"))
    declines, withdraws = (form in page for form in forms)
    return declines, withdraws


def taken(client: Client, offer: TransferOffer) -> tuple[bool, bool]:
    """Whether a decision, and a withdrawal, would be taken. Neither is kept."""
    version = TransferOffer.objects.get(pk=offer.pk).version
    sent = {"version": str(version), "key": "k", "reason": "Full"}
    declines, withdraws = (
        tried(lambda act=act: client.post(address(offer, act), sent).status_code)
        for act in ("decline", "withdraw")
    )
    return declines, withdraws


def tried(send: Callable[[], int]) -> bool:
    with transaction.atomic():
        status = send()
        transaction.set_rollback(True)
    assert status in {303, 403, 404, 409}
    return status == 303


def address(offer: TransferOffer, act: str) -> str:
    return reverse(f"ui:transfer-{act}", args=[offer.public_id])
