"""Moving people is refused, or asked again, in words."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Capacity, Role
from audit.models import Payload
from offenders.models import ConflictOfInterest, Offender
from tests import make
from tests.ui.conftest import (
    Scene,
    events_of,
    hidden_of,
    overdue,
    text_of,
)
from tests.workflows import doing
from workflows.actions.caseload import reassign_caseload
from workflows.models import Reassignment

pytestmark = pytest.mark.django_db

CHECK = "/reassignments/check"


def test_a_reassignment_without_a_choice_says_what_is_missing(scene: Scene, browse):
    answer = browse(scene.supervisor).post(
        "/reassignments/check",
        {
            "team": scene.manager.team.public_id,
            "officer": scene.manager.public_id,
            "to": "",
            "reason": "",
        },
    )
    page = text_of(answer)
    assert answer.status_code == 400
    for said in ("Choose at least one person", "Choose who takes them", "Give the reason"):
        assert said in page


def test_what_changed_since_the_check_page_is_asked_again(scene: Scene, browse):
    receiver, client = scene.colleague(), browse(scene.supervisor)
    chosen = {
        "team": scene.manager.team.public_id,
        "officer": scene.manager.public_id,
        "offenders": [scene.person.public_id],
        "to": receiver.public_id,
        "reason": "Planned leave",
    }
    check = client.post("/reassignments/check", chosen)
    proof = {name: hidden_of(check)[name][0] for name in ("seen", "key")}
    scene.person.version += 1
    scene.person.save(update_fields=["version"])
    answer = client.post("/reassignments/confirm", chosen | proof)
    assert answer.status_code == 412
    assert "changed since you looked" in text_of(answer)
    scene.person.refresh_from_db()
    assert scene.person.offender_manager == scene.manager


def test_who_left_the_viewers_sight_is_not_counted_on_the_page(scene: Scene, browse):
    plain, receiver = make.person(manager=scene.manager), scene.colleague()
    done = reassign_caseload(
        by=make.actor(scene.supervisor),
        offenders=[scene.person.public_id, plain.public_id],
        to=receiver.public_id,
        reason="Planned leave",
    )
    doing.move_away(scene.person)
    client = browse(scene.supervisor)
    address = f"/reassignments/{done.public_id}"
    assert "1 person moved" in text_of(client.get(address))

    page = client.get(address)
    client.post(
        "/reassignments/undo",
        {name: hidden_of(page)[name][0] for name in ("reassignment", "key")},
    )

    assert "Everyone was given back" in text_of(client.get(address))
    plain.refresh_from_db()
    assert plain.offender_manager == scene.manager


def test_the_page_of_a_reassignment_is_not_there_when_nobody_of_it_is_seen(scene: Scene, browse):
    done = reassign_caseload(
        by=make.actor(scene.supervisor),
        offenders=[scene.person.public_id],
        to=scene.colleague().public_id,
        reason="Planned leave",
    )
    doing.move_away(scene.person)
    assert browse(scene.supervisor).get(f"/reassignments/{done.public_id}").status_code == 404


def chosen(scene: Scene, to, **more: object) -> dict[str, object]:
    return {
        "team": scene.manager.team.public_id,
        "officer": scene.manager.public_id,
        "offenders": [scene.person.public_id],
        "to": to.public_id,
        "reason": "Planned leave",
    } | more


def caseload_of(scene: Scene, officer: str = "") -> str:
    address = reverse("ui:team-caseload", args=[scene.manager.team.public_id])
    return f"{address}?officer={officer}" if officer else address


def moved(client, scene: Scene, to, **more: object):
    """Through the check page to the page that says it was done."""
    check = client.post("/reassignments/check", chosen(scene, to, **more))
    proof = {name: hidden_of(check)[name][0] for name in ("seen", "key")}
    done = client.post("/reassignments/confirm", chosen(scene, to, **more) | proof)
    assert done.status_code == 303
    return client.get(done.headers["Location"])


def test_people_whom_nobody_manages_are_given_to_an_officer(scene: Scene, browse):
    Offender.objects.filter(pk=scene.person.pk).update(offender_manager=None)
    client = browse(scene.supervisor)
    page = client.get(caseload_of(scene))
    assert f'href="{caseload_of(scene, "none")}">Nobody</a>' in page.content.decode()
    listed = client.get(caseload_of(scene, "none"))
    assert scene.person.source_ref in text_of(listed)
    assert "Reassign people whom nobody manages" in text_of(listed)
    looked = client.post(
        reverse("ui:reassign-preview", args=[scene.manager.team.public_id]),
        chosen(scene, scene.manager, officer="none"),
    )
    assert looked.status_code == 200
    page = moved(client, scene, scene.manager, officer="none")
    assert "1 person moved from nobody to" in text_of(page)
    scene.person.refresh_from_db()
    assert scene.person.offender_manager == scene.manager


def test_an_inspector_may_choose_any_team_and_a_supervisor_their_own(scene: Scene, browse):
    other = make.team("Northern", in_force=scene.manager.force)
    away = make.officer(team=other)
    stranger = make.officer()
    lapsed = make.officer(team=other, vetting_expires_on=dt.date(2020, 1, 1))
    address = caseload_of(scene, str(scene.manager.public_id))

    inspector = browse(scene.outsider(Role.INSPECTOR))
    page = inspector.get(address).content.decode()
    assert f'<optgroup label="Northern"><option value="{away.public_id}">' in page
    for unable in (stranger, lapsed):
        assert str(unable.public_id) not in page
    moved(inspector, scene, away)
    scene.person.refresh_from_db()
    assert (scene.person.offender_manager, scene.person.team) == (away, other)

    page = browse(scene.supervisor).get(address).content.decode()
    assert str(away.public_id) not in page


def test_a_recent_reassignment_is_found_on_the_caseload_and_undone(scene: Scene, browse):
    client, receiver = browse(scene.supervisor), scene.colleague()
    assert "Recent reassignments" not in text_of(client.get(caseload_of(scene)))
    page = moved(client, scene, receiver)
    done = Reassignment.objects.get()
    address = reverse("ui:reassigned", args=[done.public_id])
    caseload = client.get(caseload_of(scene))
    assert f"1 person to {receiver.display_name}" in text_of(caseload)
    assert f'<a href="{address}">Open or undo' in caseload.content.decode()
    form = {name: hidden_of(page)[name][0] for name in ("reassignment", "key")}
    client.post("/reassignments/undo", form)
    assert "Undone. Open" in text_of(client.get(caseload_of(scene)))
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        later = browse(scene.supervisor).get(caseload_of(scene))
    assert "Recent reassignments" not in text_of(later)


def test_an_undo_that_is_sent_twice_ends_on_the_same_page(scene: Scene, browse):
    client = browse(scene.supervisor)
    page = moved(client, scene, scene.colleague())
    form = {name: hidden_of(page)[name][0] for name in ("reassignment", "key")}
    first, again = (client.post("/reassignments/undo", form) for _ in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"]
    assert "Everyone was given back" in text_of(client.get(again.headers["Location"]))


def test_a_preview_is_on_record_with_everyone_it_showed(scene: Scene, browse):
    listed = make.person(manager=scene.manager)
    elsewhere = make.person(manager=scene.colleague())
    answer, [event] = events_of(
        lambda: browse(scene.supervisor).post(
            reverse("ui:reassign-preview", args=[scene.manager.team.public_id]),
            chosen(scene, scene.supervisor, offenders=[elsewhere.public_id]),
        )
    )
    assert answer.status_code == 200
    shown = {scene.person, listed, elsewhere}
    assert set(Payload.objects.get(event_id=event.pk).payload["ids"]) == {
        str(person.public_id) for person in shown
    }
    assert event.row_count == len(shown)


def test_an_overload_is_said_and_its_reason_asked_for_before_the_check_page(scene: Scene, browse):
    client, receiver = browse(scene.supervisor), scene.colleague()
    Capacity.objects.create(
        officer=receiver, from_on=timezone.localdate(), fte=0, set_by=scene.supervisor
    )
    asked = client.post("/reassignments/check", chosen(scene, receiver))
    said = text_of(asked)
    assert asked.status_code == 400
    assert "Say why, or give them fewer people" in said
    over = f"{receiver.display_name} would have more than they can carry: 1.5 points of 0. Say why."
    assert over in said
    assert "no capacity" in said

    why = "Only they know this person"
    page = moved(client, scene, receiver, over_capacity=why)
    assert "1 person moved" in text_of(page)
    assert Reassignment.objects.get().over_capacity == why


def test_whoever_is_over_is_marked_before_and_after_as_in_the_team(scene: Scene, browse):
    make.person(manager=scene.manager, **overdue())
    Capacity.objects.create(
        officer=scene.manager, from_on=timezone.localdate(), fte="0.01", set_by=scene.supervisor
    )
    client, receiver = browse(scene.supervisor), scene.colleague()

    team = client.get(caseload_of(scene)).content.decode()
    preview = reverse("ui:reassign-preview", args=[scene.manager.team.public_id])
    pages = [client.post(where, chosen(scene, receiver)) for where in (preview, CHECK)]

    assert team.count("tag-over") == 1
    for page in pages:
        rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page.content.decode(), re.S)
        giver = dict(rows)[scene.manager.display_name]
        assert giver.count("tag-over") == 2, "375% before, 188% after"
        assert page.content.decode().count("tag-over") == (3 if page is pages[0] else 2)


def test_whom_the_officer_may_not_have_is_named_on_the_caseload(scene: Scene, browse):
    receiver = scene.colleague()
    ConflictOfInterest.objects.create(
        offender=scene.person, user=receiver, declared_by=scene.supervisor
    )
    said = text_of(browse(scene.supervisor).post("/reassignments/check", chosen(scene, receiver)))
    assert f"{scene.person.source_ref} : may not go to that officer" in said
    assert "may not have all of these people" in said


def suggested(client, scene: Scene, **more: object):
    return client.post(
        reverse("ui:suggest-split", args=[scene.manager.team.public_id]),
        {"team": scene.manager.team.public_id, "officer": scene.manager.public_id} | more,
    )


def test_a_suggested_split_is_looked_at_checked_confirmed_and_undone(scene: Scene, browse):
    second, client = make.person(manager=scene.manager), browse(scene.supervisor)
    receivers = [scene.colleague(), scene.colleague()]
    page = suggested(client, scene, all_move="true")
    said = text_of(page)
    assert "Suggested split" in said
    assert f"{scene.person.source_ref} to " in said
    scene.person.refresh_from_db()
    assert scene.person.offender_manager == scene.manager, "nothing is saved"

    form = {
        "team": scene.manager.team.public_id,
        "officer": scene.manager.public_id,
        "moves": hidden_of(page)["moves"],
    }
    asked = client.post("/reassignments/check", form)
    assert "Give the reason" in text_of(asked)
    assert hidden_of(asked)["moves"] == form["moves"], "the split is not lost"

    form["reason"] = "Leaves the team"
    check = client.post("/reassignments/check", form)
    assert check.status_code == 200, text_of(check)
    proof = {name: hidden_of(check)[name] for name in ("seen", "key", "moves")}
    done = client.post("/reassignments/confirm", form | proof)
    assert done.status_code == 303
    page = client.get(done.headers["Location"])
    assert "2 people moved from" in text_of(page)
    for person in (scene.person, second):
        person.refresh_from_db()
        assert person.offender_manager in receivers

    undo = {name: hidden_of(page)[name][0] for name in ("reassignment", "key")}
    client.post("/reassignments/undo", undo)
    scene.person.refresh_from_db()
    assert scene.person.offender_manager == scene.manager


def test_where_nobody_need_move_the_suggestion_says_so(scene: Scene, browse):
    page = text_of(suggested(browse(scene.supervisor), scene, offenders=[scene.person.public_id]))
    assert "No one need move." in page
    assert "Review and confirm" not in page


def test_whom_nobody_of_the_team_may_have_is_named(scene: Scene, browse):
    receiver, client = scene.colleague(), browse(scene.supervisor)
    page = text_of(suggested(client, scene, all_move="true"))
    assert f"{scene.person.source_ref} to {receiver.display_name}" in page
    ConflictOfInterest.objects.create(
        offender=scene.person, user=receiver, declared_by=scene.supervisor
    )
    page = text_of(suggested(client, scene, all_move="true"))
    assert f"{scene.person.source_ref}: no officer of the team may have" in page
