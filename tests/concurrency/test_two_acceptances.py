"""An offer is accepted, declined and withdrawn at once: one is done, the others are told."""

import pytest
from django.db import connection

from audit.models import Event
from tests import make
from tests.concurrency.racing import race
from tests.workflows.between_teams import Teams
from workflows.actions.transfer_decisions import accept_transfer, decline_transfer
from workflows.actions.transfers import withdraw_transfer
from workflows.models import Reassignment, TransferOffer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def codes(results: list[object]) -> list[str]:
    return sorted(getattr(one, "code", "done") for one in results)


def test_of_two_acceptances_one_moves_everyone_and_the_other_is_told():
    teams = Teams()
    offer = teams.offer()
    deciders = [make.actor(user) for user in (teams.receiving, teams.inspector)]

    results = race(2, lambda n: accept_transfer(by=deciders[n], transfer=offer.public_id))

    assert codes(results) == ["done", "transfer_settled"]
    assert teams.managers() == {teams.receiver.pk}
    assert Reassignment.objects.count() == 1
    assert Event.objects.filter(action="transfer.decide", outcome="ok").count() == 1


def test_of_an_acceptance_a_refusal_and_a_withdrawal_one_is_done():
    teams = Teams()
    offer = teams.offer()
    acts = [
        lambda: accept_transfer(by=make.actor(teams.receiving), transfer=offer.public_id),
        lambda: decline_transfer(
            by=make.actor(teams.inspector), transfer=offer.public_id, reason="Full"
        ),
        lambda: withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id),
    ]

    results = race(3, lambda n: acts[n]())

    assert codes(results) == ["done", "transfer_settled", "transfer_settled"]
    moved = teams.managers() == {teams.receiver.pk}
    assert moved == (TransferOffer.objects.get().decision == "accepted")


def test_of_two_offers_of_the_same_people_one_is_made():
    teams = Teams()
    by = make.actor(teams.supervisor)

    results = race(2, lambda n: teams.offer(by=by))

    assert codes(results) == ["already_offered", "done"]
    assert TransferOffer.objects.count() == 1
