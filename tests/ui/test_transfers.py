"""The pages of offers between teams: made from the caseload, seen, and settled either way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Capacity
from offenders.models import Offender
from tests import make
from tests.ui.conftest import events_of, hidden_of, text_of
from tests.workflows import crowd, doing
from tests.workflows.between_teams import WHY, Teams
from ui.views.sending import STALE
from workflows.actions.transfers import withdraw_transfer
from workflows.models import Reassignment, TransferOffer

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams(db: None) -> Teams:
    return Teams()


def page_of(offer: TransferOffer, act: str = "") -> str:
    name = f"ui:transfer-{act}" if act else "ui:transfer"
    return reverse(name, args=[offer.public_id])


def hidden_for(client, offer: TransferOffer) -> dict[str, str]:
    """What the form to accept carries: the last key of each name is the second form's."""
    return {name: found[0] for name, found in hidden_of(client.get(page_of(offer))).items()}


def ticked(teams: Teams) -> dict[str, object]:
    return {
        "team": teams.manager.team.public_id,
        "officer": teams.manager.public_id,
        "offenders": teams.ids,
    }


def test_people_ticked_on_the_caseload_are_offered_to_an_officer_of_another_team_once(
    teams, browse
):
    client = browse(teams.supervisor)
    caseload = reverse("ui:team-caseload", args=[teams.manager.team.public_id])
    assert "Offer to another team" in text_of(
        client.get(f"{caseload}?officer={teams.manager.public_id}")
    )
    form = client.post(reverse("ui:transfer-offer"), ticked(teams))
    assert form.status_code == 200
    assert teams.receiver.staff_number in text_of(form)
    assert teams.manager.staff_number not in text_of(form), "only officers of other teams"
    sent = {
        "key": hidden_of(form)["key"][0],
        "team": hidden_of(form)["team"][0],
        "officer": hidden_of(form)["officer"][0],
        "offenders": hidden_of(form)["offenders"],
        "to": teams.receiver.public_id,
        "reason": WHY,
    }

    first, second = (client.post(reverse("ui:transfer-offer"), sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    offer = TransferOffer.objects.get()
    assert first.headers["Location"] == page_of(offer)
    assert teams.managers() == {teams.manager.pk}


def test_the_page_says_that_the_old_officer_stays_and_keeps_access(teams, browse):
    offer = teams.offer()
    for viewer in (teams.supervisor, teams.receiving, teams.inspector):
        said = text_of(browse(viewer).get(page_of(offer)))
        assert "Nobody has moved. Until this is accepted, everyone stays" in said
        assert "keeps access" in said
        assert teams.people[0].source_ref in said
    person = reverse("ui:person", args=[teams.ids[0]])
    make.activate(teams.manager)
    assert browse(teams.manager).get(person).status_code == 200
    assert browse(teams.receiver).get(person).status_code == 404


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("to", "Choose who takes them"),
        ("reason", "Give the reason"),
    ],
)
def test_an_offer_without_something_says_what_is_missing(teams, browse, left_out, said):
    sent = ticked(teams) | {"key": "k", "to": teams.receiver.public_id, "reason": WHY}
    answer = browse(teams.supervisor).post(reverse("ui:transfer-offer"), sent | {left_out: ""})
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert not TransferOffer.objects.exists()


def test_nobody_ticked_goes_back_to_the_caseload_in_words(teams, browse):
    answer = browse(teams.supervisor).post(
        reverse("ui:transfer-offer"), ticked(teams) | {"offenders": []}
    )
    assert answer.status_code == 400
    assert "Choose at least one person" in text_of(answer)


def test_a_person_of_another_team_is_not_there_to_be_offered(teams, browse):
    answer = browse(teams.receiving).post(reverse("ui:transfer-offer"), ticked(teams))
    assert answer.status_code == 404
    assert teams.people[0].source_ref not in text_of(answer)


def test_a_rule_that_refuses_is_said_on_the_form(teams, browse):
    crowd.conflict(teams.people[0], teams.receiver)
    sent = ticked(teams) | {"key": "k", "to": teams.receiver.public_id, "reason": WHY}
    answer = browse(teams.supervisor).post(reverse("ui:transfer-offer"), sent)
    assert answer.status_code == 409
    assert f"may not have {teams.people[0].source_ref}" in text_of(answer)


def test_the_receiving_supervisor_finds_it_on_the_caseload_and_in_the_alerts(teams, browse):
    offer, client = teams.offer(), browse(teams.receiving)
    caseload = client.get(reverse("ui:team-caseload", args=[teams.receiver.team.public_id]))
    assert "1 offer of people waits for a decision of this team" in text_of(caseload)
    alerts = client.get(reverse("ui:alerts"))
    assert "2 people offered to your team" in text_of(alerts)
    assert page_of(offer) in alerts.content.decode()
    listed = client.get(reverse("ui:transfers"))
    assert page_of(offer) in listed.content.decode()
    giving = reverse("ui:team-caseload", args=[teams.manager.team.public_id])
    assert "waits for a decision" not in text_of(browse(teams.supervisor).get(giving))


def test_accepting_moves_everyone_and_the_page_leads_to_the_reassignment(teams, browse):
    offer, client = teams.offer(), browse(teams.receiving)
    sent = hidden_for(client, offer)
    first, second = (client.post(page_of(offer, "accept"), sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert teams.managers() == {teams.receiver.pk}
    page = client.get(page_of(offer))
    assert "Accepted." in text_of(page)
    offer.refresh_from_db()
    assert reverse("ui:reassigned", args=[offer.reassignment.public_id]) in page.content.decode()


def test_what_was_accepted_is_undone_by_an_inspector_and_only_they_have_the_button(teams, browse):
    offer, client = teams.offer(), browse(teams.receiving)
    client.post(page_of(offer, "accept"), hidden_for(client, offer))
    offer.refresh_from_db()
    Reassignment.objects.update(decided_at=timezone.now())
    page = reverse("ui:reassigned", args=[offer.reassignment.public_id])
    assert "Undo this reassignment" not in text_of(client.get(page))
    assert "Undo this reassignment" in text_of(browse(teams.inspector).get(page))


def test_an_overload_asks_why_on_the_page(teams, browse):
    Capacity.objects.create(
        officer=teams.receiver, from_on=timezone.localdate(), fte=0, set_by=teams.inspector
    )
    offer, client = teams.offer(), browse(teams.receiving)
    sent = hidden_for(client, offer)
    asked = client.post(page_of(offer, "accept"), sent)
    assert asked.status_code == 400
    assert "Why more than they can carry" in text_of(asked)
    sent = hidden_for(client, offer) | {"over_capacity": "Until Easter"}
    assert client.post(page_of(offer, "accept"), sent).status_code == 303
    assert teams.managers() == {teams.receiver.pk}


def test_what_changed_since_the_page_is_not_accepted_unseen(teams, browse):
    offer, client = teams.offer(), browse(teams.receiving)
    sent = hidden_for(client, offer)
    Offender.objects.filter(pk=teams.people[0].pk).update(version=9)
    shown = client.post(page_of(offer, "accept"), sent)
    assert shown.status_code == 412
    assert STALE in text_of(shown)
    assert f"Accept {len(teams.people)}" in text_of(shown), "what is offered now"
    assert teams.managers() == {teams.manager.pk}


def test_who_moved_meanwhile_is_said_without_naming_whom_one_may_not_see(teams, browse):
    offer, client = teams.offer(), browse(teams.receiving)
    sent = hidden_for(client, offer)
    doing.move_away(teams.people[0])
    refused = client.post(page_of(offer, "accept"), sent)
    for page in (refused, client.get(page_of(offer))):
        assert "There is somebody in it whom you may not see" in text_of(page)
        assert teams.people[0].source_ref not in text_of(page)
        assert "Accept 1" not in text_of(page)
    assert refused.status_code == 409


def test_declining_asks_why_and_leaves_everyone(teams, browse):
    offer, client = teams.offer(), browse(teams.receiving)
    sent = {"version": "1", "key": "d-1", "reason": ""}
    asked = client.post(page_of(offer, "decline"), sent)
    assert asked.status_code == 400
    assert "Give the reason" in text_of(asked)
    assert client.post(page_of(offer, "decline"), sent | {"reason": "Full"}).status_code == 303
    assert teams.managers() == {teams.manager.pk}
    said = text_of(browse(teams.supervisor).get(page_of(offer)))
    assert "Declined." in said
    assert "Full" in said


def test_what_was_typed_is_kept_when_the_session_ends(teams, browse):
    offer, client = teams.offer(), browse(teams.receiving)
    sent = {"drawn_for": hidden_for(client, offer)["drawn_for"], "version": "1", "key": "d-1"}
    client.logout()
    client.post(page_of(offer, "decline"), sent | {"reason": "Nobody is free before Easter"})
    again = text_of(browse(teams.receiving).get(page_of(offer)))
    assert "Nobody is free before Easter" in again
    assert "It is not saved yet" in again


def test_only_the_side_that_may_has_the_buttons(teams, browse):
    offer = teams.offer()
    for viewer, decides, withdraws in (
        (teams.receiving, True, False),
        (teams.inspector, True, False),
        (teams.supervisor, False, True),
    ):
        said = text_of(browse(viewer).get(page_of(offer)))
        assert ("Accept 2" in said, "Withdraw the offer" in said) == (decides, withdraws)
    client = browse(teams.supervisor)
    assert client.post(page_of(offer, "accept"), {"version": "1", "key": "k"}).status_code == 403
    sent = {"version": "1", "key": "w-1"}
    assert client.post(page_of(offer, "withdraw"), sent).status_code == 303
    assert "Withdrawn" in text_of(client.get(f"{reverse('ui:transfers')}?show=all"))


def test_each_look_leaves_one_event_that_names_whom_it_showed(teams, browse):
    offer = teams.offer()
    _, [event] = events_of(lambda: browse(teams.receiving).get(page_of(offer)))
    assert (event.action, event.row_count) == ("transfer.view", 2)
    assert event.subject == f"transfer:{offer.public_id}"


def caseload_page(teams: Teams) -> str:
    address = reverse("ui:team-caseload", args=[teams.manager.team.public_id])
    return f"{address}?officer={teams.manager.public_id}"


def test_the_caseload_of_the_team_that_gives_marks_who_is_offered_with_the_way_to_the_offer(
    teams, browse
):
    offer = teams.offer(offenders=teams.ids[:1])
    mark = f'<a href="{page_of(offer)}">Offered to {teams.receiver.team.name}</a>'
    make.activate(teams.manager)

    for viewer in (teams.supervisor, teams.inspector):
        page = browse(viewer).get(caseload_page(teams)).content.decode()
        assert page.count(mark) == 1, "one of the two"
    assert "Offered to" not in text_of(browse(teams.manager).get(caseload_page(teams)))

    withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id)

    assert "Offered to" not in text_of(browse(teams.supervisor).get(caseload_page(teams)))


def test_who_left_the_team_that_offered_them_is_not_marked_there(teams, browse):
    teams.offer(offenders=teams.ids[:1])
    Offender.objects.filter(pk=teams.people[0].pk).update(team=teams.receiver.team)

    page = browse(teams.inspector).get(caseload_page(teams))

    assert "Offered to" not in text_of(page)


def test_the_caseload_costs_the_same_however_many_are_offered(teams, browse):
    client = browse(teams.supervisor)
    client.get(caseload_page(teams))  # reads the rules, which are kept
    costs = []
    for number in (1, 2):
        offer = teams.offer(offenders=teams.ids[:number])
        with CaptureQueriesContext(connection) as made:
            page = client.get(caseload_page(teams))
        assert text_of(page).count("Offered to") == number
        costs.append(len(made))
        withdraw_transfer(by=make.actor(teams.supervisor), transfer=offer.public_id)

    assert costs[0] == costs[1]
