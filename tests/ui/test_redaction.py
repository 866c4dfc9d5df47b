"""What a grant leaves out is left out of every page, as it is of the API."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from offenders.models import ContactNote, LevelDecision, Notification, RestrictedAccess
from tests.ui.conftest import NAME, Scene, address_of_task, text_of
from tests.workflows import doing

pytestmark = pytest.mark.django_db

ELSEWHERE = "99 Hidden Lane"
CALL_REASON = "Call about an incident, log 1234"


def partner_of(scene: Scene) -> User:
    """A MAPPA partner who is named for the person."""
    partner = scene.colleague(Role.MAPPA_PARTNER)
    RestrictedAccess.objects.create(offender=scene.person, user=partner, named_by=partner)
    return partner


def typed(scene: Scene) -> dict[str, str]:
    """Everything of the timeline that somebody typed, by what it is."""
    visit = doing.visit(scene.person, by=scene.manager, note=f"Visit note: {ELSEWHERE}")
    visit.void_reason, visit.voided_by = f"Void: {ELSEWHERE}", scene.manager
    visit.voided_at = visit.recorded_at
    visit.save()
    notified = Notification.objects.filter(offender=scene.person)
    notified.update(details_changed=f"Changed: {ELSEWHERE}", station="Hidden Lane station")
    LevelDecision.objects.filter(offender=scene.person).update(reason=f"Level: {ELSEWHERE}")
    ContactNote.objects.create(
        offender=scene.person,
        kind="telephone",
        occurred_at=visit.occurred_at,
        text=f"Contact note: {ELSEWHERE}",
        recorded_by=scene.manager,
    )
    return {
        "visit": "Visit note",
        "void": "Void: 99",
        "notification": "Changed: 99",
        "station": "Hidden Lane station",
        "level": "Level: 99",
        "contact": "Contact note",
    }


def test_a_timeline_without_addresses_has_no_text_that_somebody_typed(scene: Scene, browse):
    texts = typed(scene)
    address = reverse("ui:person", args=[scene.person.public_id])
    whole, redacted = (
        text_of(browse(user).get(address)) for user in (scene.manager, partner_of(scene))
    )
    for what, text in texts.items():
        assert text in whole, what
        assert text not in redacted, what
    assert "Hidden Lane" not in redacted
    for title in ("Visit: effective", "Notified:", "Contact: telephone", "Management level:"):
        assert title in redacted


def test_a_list_shows_no_part_of_a_postcode_to_whom_no_address_is_shown(scene: Scene, browse):
    partner, manager = browse(partner_of(scene)), browse(scene.manager)
    assert "Area QX7" in text_of(manager.get("/tasks?whose=team"))
    redacted = text_of(partner.get("/tasks?whose=team"))
    assert scene.person.source_ref in redacted
    assert "QX7" not in redacted


def test_a_partner_without_a_team_lists_the_tasks_that_open_one_by_one(scene: Scene, browse):
    partner = scene.outsider(Role.MAPPA_PARTNER)
    RestrictedAccess.objects.create(offender=scene.person, user=partner, named_by=partner)
    client = browse(partner)
    assert client.get(address_of_task(scene.visit)).status_code == 200
    assert scene.person.source_ref in text_of(client.get("/tasks?whose=team"))
    listed = client.get("/api/v1/tasks?scope=team").json()["results"]
    assert str(scene.visit.public_id) in {row["id"] for row in listed}


def test_the_contact_centre_finds_people_without_age_or_next_visit(scene: Scene, browse):
    born = {"date_of_birth_day": "4", "date_of_birth_month": "2", "date_of_birth_year": "1979"}
    asked = {"q": NAME, "reason": CALL_REASON, **born}
    found = text_of(browse(scene.outsider(Role.CONTACT_CENTRE)).post("/people", asked))
    results = found[found.index("People found") :]
    assert NAME.upper() in results
    assert scene.manager.team.name in results
    for hidden in (" aged ", "Home visit", "overdue", scene.manager.display_name):
        assert hidden not in results
    assert " aged " in text_of(browse(scene.manager).post("/people", {"q": NAME}))
