"""The pages around a visit: preparing it, going in alone, and the long write-up."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from offenders.models import Device, Order, OrderCondition
from tests import make
from tests.ui.conftest import Scene, address_of_task, hidden_of, overdue, text_of
from tests.workflows import doing
from workflows.actions import lone_timers
from workflows.actions.tasks import authorise_lone_visit
from workflows.models import LoneVisitWatch, VisitPreparation, VisitWriteUp

pytestmark = pytest.mark.django_db


def moment(name: str, at: dt.datetime) -> dict[str, str]:
    """What an officer types for a moment, in London."""
    local = timezone.localtime(at)
    return {
        f"{name}_day": str(local.day),
        f"{name}_month": str(local.month),
        f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H%M}",
    }


def typed_into(page, **typed: str | list[str]) -> dict[str, object]:
    """The hidden inputs of a page with what is typed beside them."""
    return {name: values[0] for name, values in hidden_of(page).items()} | typed


def test_a_visit_is_prepared_on_its_own_page_and_shown_beside_the_form(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:prepare-visit", args=[scene.visit.public_id])
    page = client.get(address)
    assert not re.search(r"\schecked>", page.content.decode()), "nothing is chosen beforehand"
    sent = typed_into(
        page,
        purposes=["residence", "risk_factors"],
        safety_level="raised",
        safety_assessment="Dog in the hall.",
        **moment("checks-1-done_at", timezone.now() - dt.timedelta(hours=1)),
    )
    for place, system in enumerate(("local", "pnc", "pnd", "open_source")):
        sent[f"checks-{place}-system"] = system
        if place != 1:
            sent[f"checks-{place}-not_done_reason"] = "Out of hours"

    answer = client.post(address, sent)

    assert (answer.status_code, answer.headers["Location"]) == (303, address_of_task(scene.visit))
    assert VisitPreparation.objects.get().checks.filter(done_at__isnull=False).count() == 1
    beside = text_of(client.get(address_of_task(scene.visit)))
    assert "Dog in the hall." in beside
    assert "Confirm where they live, Monitor risk factors" in beside
    assert "Not done: Out of hours" in beside


def test_a_check_without_a_time_or_a_reason_leads_to_its_input(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:prepare-visit", args=[scene.visit.public_id])
    sent = typed_into(
        client.get(address),
        purposes=["residence"],
        safety_level="usual",
        safety_assessment="None known.",
        **{"checks-0-system": "pnc"},
    )

    answer = client.post(address, sent)

    assert answer.status_code == 400
    html = answer.content.decode()
    assert '<a href="#f-checks-0-done_at_day"' in html
    assert "Say when it was looked at, or why it was not." in html
    assert "None known." in html, "what was typed stays"


def test_a_page_from_before_a_change_is_stale(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:start-lone-visit", args=[scene.visit.public_id])
    old = client.get(address)
    until = moment("expected_end_at", timezone.now() + dt.timedelta(hours=1))
    prepare = reverse("ui:prepare-visit", args=[scene.visit.public_id])
    client.post(
        prepare,
        typed_into(
            client.get(prepare),
            purposes=["residence"],
            safety_level="usual",
            safety_assessment="None known.",
        ),
    )

    assert client.post(address, typed_into(old, **until)).status_code == 412
    assert not LoneVisitWatch.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "٣", "9" * 5000])
def test_a_page_with_no_version_of_ours_is_stale(scene: Scene, browse, version):
    client = browse(scene.manager)
    prepare = reverse("ui:prepare-visit", args=[scene.visit.public_id])

    typed = typed_into(
        client.get(prepare),
        purposes=["residence"],
        safety_level="usual",
        safety_assessment="None known.",
    )

    sent = client.post(prepare, typed | {"version": version})

    assert sent.status_code == 412


def test_an_officer_starts_the_timer_and_says_that_they_are_safe(scene: Scene, browse):
    client = browse(scene.manager)
    start = reverse("ui:start-lone-visit", args=[scene.visit.public_id])
    until = moment("expected_end_at", timezone.now() + dt.timedelta(hours=1))
    assert client.post(start, typed_into(client.get(start), **until)).status_code == 303
    page = text_of(client.get(address_of_task(scene.visit)))
    assert "is out alone until" in page

    safe = reverse("ui:end-lone-visit", args=[scene.visit.public_id])
    assert client.post(safe, typed_into(client.get(safe))).status_code == 303

    assert LoneVisitWatch.objects.get().ended_by == scene.manager
    assert "is out alone" not in text_of(client.get(address_of_task(scene.visit)))


def test_supervisors_read_of_an_officer_who_is_not_back_on_their_alerts_and_the_task(
    scene: Scene, browse
):
    until = timezone.now() + dt.timedelta(hours=1)
    lone_timers.start_lone_visit(
        by=make.actor(scene.manager), task=scene.visit.public_id, expected_end_at=until
    )
    lone_timers.ring(now=until)

    client = browse(scene.supervisor)

    alerts = text_of(client.get(reverse("ui:alerts")))
    assert "An officer out alone is not back in time. Ring them now" in alerts
    assert scene.manager.display_name in alerts
    assert "Not back in time" in text_of(client.get(address_of_task(scene.visit)))


def test_a_supervisor_authorises_going_alone_and_the_officer_reads_it(scene: Scene, browse):
    person = make.person(manager=scene.manager)
    task, client = make.task_of(person), browse(scene.supervisor)
    address = reverse("ui:authorise-lone-visit", args=[task.public_id])
    why = {"risk_assessment": "Known well, by day, rings after."}
    wrong = client.post(address, typed_into(client.get(address), staff_number="NOBODY", **why))
    assert wrong.status_code == 400
    assert "No officer has that staff number." in text_of(wrong)

    number = scene.manager.staff_number
    sent = client.post(address, typed_into(client.get(address), staff_number=number, **why))

    assert sent.status_code == 303
    page = text_of(browse(scene.manager).get(address_of_task(task)))
    assert f"{scene.manager.display_name} may go alone, once. Authorised by" in page


def test_an_officer_who_left_is_refused_by_the_field_and_is_no_missing_page(scene: Scene, browse):
    person = make.person(manager=scene.manager)
    gone = make.officer(team=scene.manager.team, is_active=False)
    address = reverse("ui:authorise-lone-visit", args=[make.task_of(person).public_id])
    client = browse(scene.supervisor)
    typed = {"staff_number": gone.staff_number, "risk_assessment": "Known well, by day."}

    answer = client.post(address, typed_into(client.get(address), **typed))

    assert answer.status_code == 400
    assert "That officer's account is closed." in text_of(answer)


def the_write_up(scene: Scene):
    doing.visit(scene.person, by=scene.manager)
    return make.task_of(scene.person, "write_up")


def test_the_long_form_has_headings_and_goes_through_what_is_known(scene: Scene, browse):
    made = timezone.localdate() - dt.timedelta(days=30)
    order = Order.objects.create(offender=scene.person, kind="shpo", made_on=made)
    OrderCondition.objects.create(
        order=order,
        text="Not to be alone with a child",
        category="contact_with_children",
        polarity="prohibition",
        starts_on=made,
        recorded_by=scene.manager,
    )

    page = browse(scene.manager).get(address_of_task(the_write_up(scene)))

    headings = re.findall(r'<h2 class="section"[^>]*>([^<]+)</h2>', page.content.decode())
    assert headings == [
        "The visit",
        "Who else was there",
        "The home",
        "Devices and accounts",
        "How they live",
        "Notified details and orders",
        "Risk",
        "What comes next",
    ]
    for name in re.findall(r'href="#(section-[^"]+)"', page.content.decode()):
        assert f'id="{name}"' in page.content.decode(), "each part is a link away"
    said = text_of(page)
    assert "Must not: Not to be alone with a child" in said
    assert "Commitment to desist" in said
    assert not re.search(r"\schecked>", page.content.decode())


def test_what_is_typed_into_its_rows_is_kept_and_shown_to_the_supervisor(scene: Scene, browse):
    task = the_write_up(scene)
    client = browse(scene.manager)
    page = client.get(address_of_task(task))
    sent = typed_into(
        page,
        step="write_up",
        summary="Settled and calm.",
        children_present="true",
        orders_complied_with="yes",
        concern="false",
        purposes=["compliance", "risk_factors"],
        **{
            "persons-0-name": "Ann",
            "persons-0-is_child": "true",
            "persons-0-ethnicity": "M1",
            "persons-0-referral_reference": "MASH 411",
            "found_devices-0-kind": "phone",
            "found_devices-0-description": "Example 5",
            "evidence-0-factor": "opportunity",
            "evidence-0-text": "Walks past the school daily.",
            "details-3-item": "home",
            "details-3-finding": "confirmed",
        },
    )

    answer = client.post(address_of_task(task), sent)

    assert answer.status_code == 303, text_of(answer)
    record = VisitWriteUp.objects.get()
    assert record.purposes == ["compliance", "risk_factors"]
    assert record.persons.get().referral_reference == "MASH 411"
    assert Device.objects.get().history.get().state == "found_undeclared"
    review = text_of(
        browse(scene.supervisor).get(address_of_task(make.task_of(scene.person, "review")))
    )
    for words in (
        "White and Black Caribbean",
        "Example 5",
        "Opportunity to offend What was seen or said Walks past the school daily.",
        "Not looked at before the visit: Local intelligence, Police National Computer",
    ):
        assert words in review


def test_a_partner_sees_no_preparation(scene: Scene, browse):
    scene.person.is_restricted = True
    scene.person.save(update_fields=["is_restricted"])
    partner = scene.colleague(Role.MAPPA_PARTNER)
    for user in (partner, scene.manager):
        scene.person.named_users.create(user=user, named_by=scene.supervisor)
    client = browse(scene.manager)
    address = reverse("ui:prepare-visit", args=[scene.visit.public_id])
    client.post(
        address,
        typed_into(
            client.get(address),
            purposes=["residence"],
            safety_level="usual",
            safety_assessment="Dog in the hall.",
        ),
    )

    page = text_of(browse(partner).get(address_of_task(scene.visit)))

    assert "Dog in the hall." not in page


def test_somebody_at_the_same_home_is_one_click_away(scene: Scene, browse):
    other = make.person(manager=scene.manager, **overdue())

    page = browse(scene.manager).get(address_of_task(scene.visit))

    assert address_of_task(make.task_of(other)) in page.content.decode()
    assert f"Record the visit to {other.source_ref} too" in text_of(page)


def test_a_device_is_added_and_stands_on_the_persons_page(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:device", args=[scene.person.public_id])
    day = timezone.localdate()
    sent = typed_into(
        client.get(address),
        kind="tablet",
        description="Example pad",
        identifier="t9",
        state="declared",
        on_day=str(day.day),
        on_month=str(day.month),
        on_year=str(day.year),
    )

    assert client.post(address, sent).status_code == 303

    person = reverse("ui:person", args=[scene.person.public_id])
    assert "Tablet: Example pad (T9)" in text_of(client.get(person))
    outsider = scene.outsider(Role.CONTACT_CENTRE)
    card = browse(outsider).post(person, {"reason": "Call from a neighbour about him"})
    assert card.status_code == 200
    assert "Example pad" not in text_of(card)


@pytest.mark.parametrize(
    ("outcome", "offered"),
    [("effective", ["accepted", "returned", "ineffective"]), ("no_answer", ["accepted"])],
)
def test_a_review_offers_what_can_be_decided_on_that_visit(scene: Scene, browse, outcome, offered):
    doing.visit(scene.person, outcome=outcome, concern=True)
    if outcome == "effective":
        doing.complete(scene.person, "write_up", make.write_up(), by=scene.manager)
    review = address_of_task(make.task_of(scene.person, "review"))
    client = browse(scene.supervisor)
    pattern = r'name="decision" type="radio" value="([^"]+)"'

    page = client.get(review)
    assert re.findall(pattern, page.content.decode()) == offered

    forged = typed_into(page, step="review", decision="returned", comment="")
    answer = client.post(review, forged)
    assert answer.status_code == 400
    assert re.findall(pattern, answer.content.decode()) == offered, "after a refusal too"


def test_the_timer_says_that_it_gives_no_authority_and_how_to_ask_for_it(scene: Scene, browse):
    person = make.person(manager=scene.manager)
    task = make.task_of(person)
    address = reverse("ui:start-lone-visit", args=[task.public_id])

    page = browse(scene.manager).get(address)

    said = text_of(page)
    assert "The timer gives no authority" in said
    assert f"Ask {scene.supervisor.display_name}, who gives it on the page" in said
    assert "refused for this person" not in said
    assert reverse("ui:case-action", args=[person.public_id]) in page.content.decode()
    never = reverse("ui:start-lone-visit", args=[scene.visit.public_id])  # marker VI
    assert "It is refused for this person" in text_of(browse(scene.manager).get(never))

    scene.colleague(Role.SUPERVISOR)
    assert ", who give it on the page" in text_of(browse(scene.manager).get(address))

    authorise_lone_visit(
        by=make.actor(scene.supervisor),
        task=task.public_id,
        officer=scene.manager.public_id,
        risk_assessment="Known for years",
    )
    said = text_of(browse(scene.manager).get(address))
    assert f"{scene.manager.display_name} may go alone, once." in said
    assert "The timer gives no authority" not in said
