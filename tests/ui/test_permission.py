"""Each page for each role: the permission table decides, and every look leaves one event."""

import re

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Outcome
from tests import make
from tests.ui import holding
from tests.ui.conftest import Scene, events_of, text_of
from tests.workflows import indicating

pytestmark = pytest.mark.django_db

OM, SUP, INSP = Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR
MAPPA, CALL, AUDIT, ADMIN = (
    Role.MAPPA_PARTNER,
    Role.CONTACT_CENTRE,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
)
ROLES = (OM, SUP, INSP, MAPPA, CALL, AUDIT, ADMIN)

#: Whoever looks at anyone says why first.
ASKED_WHY = {(page, role) for page in ("person", "addresses") for role in (CALL, AUDIT)}
ASKED_WHY |= {(page, AUDIT) for page in ("then", "scores", "risk")}

#: The status of each page by role, for someone of the person's team where the role has one.
#: 403 on the person's page is the question for a reason, or no permission at all.
TABLE = {
    #          OM   SUP  INSP MAPPA CALL AUDIT ADMIN
    "tasks":    (200, 200, 200, 200, 403, 403, 403),
    "task":     (200, 200, 200, 404, 403, 403, 403),
    "why":      (200, 200, 200, 404, 403, 403, 403),
    "disagree": (200, 200, 200, 403, 403, 403, 403),
    "disagreements": (403, 200, 200, 403, 403, 403, 403),
    "people":   (200, 200, 200, 403, 200, 403, 403),
    "register": (403, 200, 200, 403, 403, 403, 403),
    "person":   (200, 200, 200, 404, 403, 403, 403),
    "note":     (200, 200, 403, 403, 403, 403, 403),
    "reactive": (200, 200, 200, 403, 403, 403, 403),
    "propose_reactive": (200, 200, 403, 403, 403, 403, 403),
    "action":   (200, 200, 200, 403, 403, 403, 403),
    "change":   (200, 200, 200, 403, 403, 403, 403),
    "addresses": (200, 200, 200, 403, 403, 403, 403),
    "caseload": (403, 200, 200, 403, 403, 403, 403),
    "team_then": (403, 200, 200, 403, 403, 403, 403),
    "sheet":    (200, 200, 403, 403, 403, 403, 403),
    "alerts":   (200, 200, 200, 403, 403, 403, 403),
    "rules":    (200, 200, 200, 403, 403, 403, 403),
    "version":  (200, 200, 200, 403, 403, 403, 403),
    "propose":  (403, 403, 200, 403, 403, 403, 403),
    "then":     (200, 200, 200, 404, 403, 403, 403),
    "capacity": (403, 200, 200, 403, 403, 403, 403),
    "absences": (200, 200, 200, 403, 403, 403, 403),
    "absence":  (200, 200, 200, 403, 403, 403, 403),
    "delegations": (200, 200, 200, 403, 403, 403, 403),
    "delegate": (403, 200, 200, 403, 403, 403, 403),
    "transfers": (403, 200, 200, 403, 403, 403, 403),
    "endorse":  (403, 200, 200, 403, 403, 403, 403),
    "quality":  (403, 200, 200, 403, 403, 403, 403),
    "consistency": (403, 200, 200, 403, 403, 403, 403),
    "precision": (403, 200, 200, 403, 403, 403, 403),
    "draw":     (403, 200, 200, 403, 403, 403, 403),
    "condition": (200, 200, 403, 403, 403, 403, 403),
    "device":   (200, 200, 403, 403, 403, 403, 403),
    "account":  (200, 200, 403, 403, 403, 403, 403),
    "prepare":  (200, 200, 403, 403, 403, 403, 403),
    "alone":    (200, 200, 403, 403, 403, 403, 403),
    "safe":     (200, 200, 200, 403, 403, 403, 403),
    "authority": (403, 200, 200, 403, 403, 403, 403),
    "status":   (200, 200, 403, 403, 403, 403, 403),
    "level":    (403, 200, 200, 403, 403, 403, 403),
    "mode":     (403, 403, 200, 403, 403, 403, 403),
    "sooner":   (200, 200, 200, 403, 403, 403, 403),
    "conflict": (200, 200, 200, 404, 200, 403, 403),
    "void":     (200, 200, 403, 403, 403, 403, 403),
    "void_condition": (200, 200, 403, 403, 403, 403, 403),
    "discharge": (403, 200, 200, 403, 403, 403, 403),
    "void_discharge": (403, 200, 200, 403, 403, 403, 403),
    "device_change": (200, 200, 403, 403, 403, 403, 403),
    "account_change": (200, 200, 403, 403, 403, 403, 403),
    "defer":    (200, 200, 200, 403, 403, 403, 403),
    "give":     (403, 200, 200, 403, 403, 403, 403),
    "scores":   (200, 200, 200, 404, 403, 403, 403),
    "calculate": (200, 200, 403, 403, 403, 403, 403),
    "official": (200, 200, 403, 403, 403, 403, 403),
    "void_score": (200, 200, 403, 403, 403, 403, 403),
    "risk":     (200, 200, 200, 404, 403, 403, 403),
    "of_person": (200, 200, 200, 403, 403, 403, 403),
    "restrict": (403, 200, 200, 403, 403, 403, 403),
    "secret":   (403, 403, 200, 403, 403, 403, 403),
    "name":     (403, 200, 200, 403, 403, 403, 403),
    "lift":     (403, 200, 200, 403, 403, 403, 403),
    "retract":  (200, 200, 200, 403, 403, 403, 403),
    "held":     (403, 200, 200, 403, 403, 403, 403),
    "held_one": (403, 200, 200, 403, 403, 403, 403),
    "release":  (403, 200, 200, 403, 403, 403, 403),
    "discard":  (403, 200, 200, 403, 403, 403, 403),
    "indicators": (200, 200, 200, 403, 403, 403, 403),
    "indicator": (200, 200, 200, 403, 403, 403, 403),
    "note_indicator": (200, 200, 200, 403, 403, 403, 403),
    "about_indicator": (200, 200, 200, 403, 403, 403, 403),
    "match":    (200, 200, 200, 403, 403, 403, 403),
    "not_match": (200, 200, 200, 403, 403, 403, 403),
    "by_reference": (200, 200, 200, 403, 403, 403, 403),
    "unmatch":  (200, 200, 200, 403, 403, 403, 403),
    "undo_merge": (200, 200, 200, 403, 403, 403, 403),
}  # fmt: skip

#: Pages about an order of the person.
OF_ORDER = {
    "void_condition": holding.void_condition_page,
    "discharge": holding.discharge_page,
    "void_discharge": holding.void_discharge_page,
}
#: Pages about something that the person has.
HELD = {"device_change": "ui:change-device", "account_change": "ui:change-account"}

#: Pages about a delivery that was held.
OF_DELIVERY = {
    "held_one": "ui:held-delivery",
    "release": "ui:release-delivery",
    "discard": "ui:discard-delivery",
}
#: Pages about an indicator: whether somebody is confirmed, and whether it is about a candidate.
OF_INDICATOR = {
    "indicator": ("ui:indicator", True, False),
    "match": ("ui:match-indicator", False, True),
    "not_match": ("ui:reject-match", False, True),
    "by_reference": ("ui:match-by-reference", False, False),
    "unmatch": ("ui:unmatch-indicator", True, False),
    "undo_merge": ("ui:undo-merge", False, False),
    "restrict": ("ui:restrict-indicator", True, False),
    "secret": ("ui:keep-indicator-secret", True, False),
    "name": ("ui:name-indicator-user", True, False),
    "lift": ("ui:lift-indicator-restriction", True, False),
    "retract": ("ui:retract-indicator", True, False),
}


def address_of(page: str, scene: Scene) -> str:
    person = [scene.person.public_id]
    if page in OF_ORDER:
        return OF_ORDER[page](scene)
    if page in HELD:
        return reverse(HELD[page], args=[*person, holding.held_by(scene, page).public_id])
    if page == "void_score":
        score = make.official_score(scene.person, by=scene.manager)
        return reverse("ui:void-score", args=[*person, score.public_id])
    if page in OF_DELIVERY:
        return reverse(OF_DELIVERY[page], args=[indicating.held(scene.person.force).public_id])
    if page in OF_INDICATOR:
        route, matched, of_person = OF_INDICATOR[page]
        make_one = indicating.matched if matched else indicating.about
        one = make_one(scene.person, by=scene.manager)
        return reverse(route, args=[one.public_id, *(person if of_person else [])])
    return {
        "indicators": reverse("ui:indicators"),
        "held": reverse("ui:held-deliveries"),
        "risk": reverse("ui:risk-history", args=person),
        "of_person": reverse("ui:person-indicators", args=person),
        "note_indicator": reverse("ui:record-indicator-unmatched"),
        "about_indicator": reverse("ui:record-indicator", args=person),
        "scores": reverse("ui:scores", args=person),
        "calculate": reverse("ui:calculate-scores", args=person),
        "official": reverse("ui:official-score", args=person),
        "tasks": reverse("ui:tasks"),
        "task": reverse("ui:task", args=[scene.visit.public_id]),
        "why": reverse("ui:task-why", args=[scene.visit.public_id]),
        "disagree": reverse("ui:disagree", args=[scene.visit.public_id]),
        "disagreements": reverse("ui:disagreements"),
        "people": reverse("ui:people"),
        "register": reverse("ui:register"),
        "person": reverse("ui:person", args=person),
        "note": reverse("ui:contact-note", args=person),
        "reactive": reverse("ui:reactive"),
        "propose_reactive": reverse("ui:propose-reactive", args=person),
        "action": reverse("ui:case-action", args=person),
        "change": reverse("ui:significant-change", args=person),
        "condition": reverse("ui:condition", args=person),
        "device": reverse("ui:device", args=person),
        "account": reverse("ui:account", args=person),
        "prepare": reverse("ui:prepare-visit", args=[scene.visit.public_id]),
        "alone": reverse("ui:start-lone-visit", args=[scene.visit.public_id]),
        "authority": reverse("ui:authorise-lone-visit", args=[scene.visit.public_id]),
        "safe": reverse("ui:end-lone-visit", args=[scene.visit.public_id]),
        "status": reverse("ui:change-status", args=person),
        "level": reverse("ui:change-level", args=person),
        "mode": reverse("ui:change-mode", args=person),
        "sooner": reverse("ui:bring-visit-forward", args=person),
        "conflict": reverse("ui:declare-conflict", args=person),
        "void": reverse("ui:void-visit", args=[*person, scene.person.visits.get().public_id]),
        "defer": reverse("ui:defer-task", args=[scene.visit.public_id]),
        "give": reverse("ui:reassign-task", args=[scene.visit.public_id]),
        "addresses": reverse("ui:address-reveal", args=person),
        "caseload": reverse("ui:team-caseload", args=[scene.manager.team.public_id]),
        "team_then": reverse("ui:team-then", args=[scene.manager.team.public_id]),
        "sheet": reverse("ui:day-sheet"),
        "alerts": reverse("ui:alerts"),
        "rules": reverse("ui:rules"),
        "version": reverse("ui:rules-version", args=[1]),
        "propose": reverse("ui:rules-propose"),
        "then": reverse("ui:owed-then", args=person),
        "capacity": reverse("ui:capacity", args=[scene.manager.public_id]),
        "absences": reverse("ui:absences"),
        "absence": reverse("ui:absence-record"),
        "delegations": reverse("ui:delegations"),
        "delegate": reverse("ui:delegation-grant"),
        "transfers": reverse("ui:transfers"),
        "endorse": reverse("ui:to-endorse"),
        "quality": reverse("ui:quality"),
        "consistency": reverse("ui:consistency"),
        "precision": reverse("ui:precision"),
        "draw": reverse("ui:sample-draw"),
    }[page]


def opened(client, page: str, address: str):
    return client.post(address) if page == "addresses" else client.get(address)


@pytest.mark.parametrize("page", TABLE)
@pytest.mark.parametrize("role", ROLES)
def test_the_table_decides_who_opens_a_page_and_each_look_is_on_record(
    scene: Scene, browse, page: str, role: Role
):
    client, address = browse(scene.colleague(role)), address_of(page, scene)
    answer, events = events_of(lambda: opened(client, page, address))

    expected = TABLE[page][ROLES.index(role)]
    assert answer.status_code == expected
    if page == "people" and expected == 200:
        assert events == []  # the empty form shows nobody
        return
    [event] = events
    if (page, role) in ASKED_WHY:
        # A question is no refusal: those stand out in the record.
        assert (event.action, event.outcome) == ("reason.ask", Outcome.OK)
    else:
        assert event.outcome == (Outcome.OK if expected == 200 else Outcome.DENIED)
    if page in ("person", "task", "why", "note", "addresses") and expected == 200:
        assert event.offender_id == scene.person.pk


@pytest.mark.parametrize(
    ("page", "role"),
    [
        *((page, OM) for page in ("task", "why", "person", "note", "addresses")),
        *((page, SUP) for page in ("task", "person", "note", "addresses", "caseload")),
        ("capacity", SUP),
    ],
)
def test_the_record_of_another_team_is_not_there(scene: Scene, browse, page: str, role: Role):
    stranger = make.officer(role, team=make.team(in_force=scene.manager.force))
    answer, events = events_of(lambda: opened(browse(stranger), page, address_of(page, scene)))
    assert answer.status_code == 404
    assert [event.outcome for event in events] == [Outcome.DENIED]
    assert scene.person.source_ref not in text_of(answer)


def test_a_person_who_exists_and_one_who_does_not_get_the_same_page(scene: Scene, browse):
    stranger = browse(make.officer(team=make.team(in_force=scene.manager.force)))
    there = stranger.get(reverse("ui:person", args=[scene.person.public_id]))
    not_there = stranger.get("/people/00000000-0000-4000-8000-000000000000")
    assert there.status_code == not_there.status_code == 404
    request_id = r"[0-9a-f]{32}"
    assert re.sub(request_id, "", text_of(there)) == re.sub(request_id, "", text_of(not_there))


def test_an_inspector_beyond_a_team_says_why_and_the_reason_is_kept(scene: Scene, browse):
    client = browse(scene.outsider(INSP))
    address = address_of("person", scene)
    asked = client.get(address)
    assert asked.status_code == 403
    assert scene.person.surname.upper() not in text_of(asked)

    said = "Review of overdue visits"
    shown, [event] = events_of(lambda: client.post(address, {"reason": said}))
    assert shown.status_code == 200
    assert scene.person.surname.upper() in text_of(shown)
    assert event.reason == said


def test_the_contact_centre_sees_the_short_card_and_no_more(scene: Scene, browse):
    client = browse(scene.outsider(CALL))
    shown = client.post(address_of("person", scene), {"reason": "Call about an incident"})
    assert shown.status_code == 200
    card = text_of(shown)
    assert "Violent" in card
    assert scene.manager.display_name in card
    for hidden in ("Larkspur", "QX7", "1979", "Quillon", "Registered until", "Recent timeline"):
        assert hidden not in card


def test_an_address_is_shown_by_a_look_of_its_own(scene: Scene, browse):
    client = browse(scene.manager)
    person = client.get(address_of("person", scene))
    assert "Larkspur" not in person.content.decode()
    shown, [event] = events_of(lambda: client.post(address_of("addresses", scene)))
    assert "14 Larkspur Mews" in text_of(shown)
    assert event.action == "address.reveal"


def test_the_team_is_in_the_frame_only_for_who_may_reassign(scene: Scene, browse):
    assert reverse("ui:team") in browse(scene.supervisor).get("/tasks").content.decode()
    assert reverse("ui:team") not in browse(scene.manager).get("/tasks").content.decode()


@pytest.mark.parametrize("role", [AUDIT, ADMIN])
def test_a_role_without_a_list_is_told_so(scene: Scene, browse, role: Role):
    answer = browse(scene.outsider(role)).get(reverse("ui:home"))
    assert answer.status_code == 200
    assert "No list for your role" in text_of(answer)
