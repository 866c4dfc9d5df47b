"""The page of static scores: both values, each item's points, and the forms that write them."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Event
from audit.record import ASKED_WHY
from risk.models import StaticScore
from tests import make
from tests.ui.conftest import Scene, text_of

pytestmark = pytest.mark.django_db


def page_of(client, scene: Scene) -> str:
    return text_of(client.get(reverse("ui:scores", args=[scene.person.public_id])))


def dated(name: str, on: dt.date) -> dict[str, str]:
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


FACTS = {
    "key": "k" * 20,
    "tools": ["osp_dc", "osp_iic"],
    "contact_adult": "1",
    "contact_child": "0",
    "non_contact": "0",
    "images": "0",
    "total_sanctions": "2",
    "stranger_victim": "false",
    **dated("follow_up_on", dt.date(2019, 12, 1)),
    **dated("last_sexual_sanction_on", dt.date(2013, 3, 1)),
}


def test_a_score_is_calculated_on_a_page_and_shown_with_its_items(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:calculate-scores", args=[scene.person.public_id])
    assert (
        address in client.get(reverse("ui:scores", args=[scene.person.public_id])).content.decode()
    )

    assert client.post(address, FACTS).status_code == 303

    score = StaticScore.objects.get(tool="osp_dc")
    shown = page_of(client, scene)
    assert f"{score.points} points" in shown
    assert "Calculated here, not the official value" in shown
    assert "Sanctions for contact sexual offences against adults 1 5" in shown
    assert "Model 1.0, thresholds 1.0" in shown
    person = text_of(client.get(reverse("ui:person", args=[scene.person.public_id])))
    assert "OSP/DC, direct contact" in person
    assert (
        reverse("ui:scores", args=[scene.person.public_id])
        in client.get(reverse("ui:person", args=[scene.person.public_id])).content.decode()
    )


def test_what_is_left_empty_makes_it_provisional_and_is_named(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:calculate-scores", args=[scene.person.public_id])

    client.post(address, FACTS | {"total_sanctions": "", "stranger_victim": ""})

    shown = page_of(client, scene)
    assert "Provisional: points, likelihood and band before any reduction are the least" in shown
    assert (
        "Not known: Sanctions for all offences; A victim of the current offence was a stranger"
        in shown
    )


def test_a_refusal_stands_at_its_field_with_what_was_typed(scene: Scene, browse):
    client = browse(scene.manager)
    address = reverse("ui:calculate-scores", args=[scene.person.public_id])

    answer = client.post(address, FACTS | {"contact_child": "5"})

    assert answer.status_code == 400
    assert "There are 6 sanctions for sexual offences" in text_of(answer)
    assert 'id="f-contact_child"' in answer.content.decode()
    assert 'value="5"' in answer.content.decode()
    assert not StaticScore.objects.exists()


def test_both_values_stand_side_by_side_and_the_official_one_is_preferred(scene: Scene, browse):
    client = browse(scene.manager)
    make.static_score(scene.person, by=scene.manager)
    address = reverse("ui:official-score", args=[scene.person.public_id])
    typed = {
        "key": "k" * 20,
        "tool": "osp_dc",
        "band": "very_high",
        "reference": "OASys 7",
        "percent": "6.10",
        **dated("scored_on", dt.date(2025, 6, 2)),
    }

    assert client.post(address, typed).status_code == 303

    shown = page_of(client, scene)
    assert "Very high, 6.10 %, 2 June 2025" in shown
    assert "Reference OASys 7" in shown
    official, ours = (StaticScore.objects.get(source=s) for s in
                      ("imported_official", "calculated_here"))  # fmt: skip
    assert f"{ours.points} points" in shown
    assert "OSP/DC, direct contact: Very high" in shown, "of the axes, the preferred one"
    assert official.band == "very_high"


def test_the_axes_are_said_apart(scene: Scene, browse):
    make.official_score(scene.person, by=scene.manager, tool="rm2000s", band="high", reference="")
    make.official_score(scene.person, by=scene.manager, tool="rosh", band="low", reference="")

    shown = page_of(browse(scene.manager), scene)

    assert "Static band RM2000/s: III, high" in shown
    assert "Risk of serious harm Low" in shown
    assert "None follows from another. An officer decides the management level." in shown


def test_the_persons_page_never_puts_harm_or_urgency_among_the_static_scores(scene: Scene, browse):
    """Static band, risk of serious harm and KIRAT answer different questions."""
    client, address = (
        browse(scene.manager),
        reverse("ui:person", args=[scene.person.public_id]),
    )
    assert "No score yet. Risk of serious harm: none recorded" in text_of(client.get(address))
    for tool, band in (("rm2000s", "high"), ("rosh", "very_high"), ("kirat", "medium")):
        make.official_score(scene.person, by=scene.manager, tool=tool, band=band, reference="")

    page = client.get(address).content.decode()

    card = page.split('id="scores"', 1)[1].split("</section>", 1)[0]
    static, others = card.split("</ul>", 1)
    assert "RM2000/s: III, high" in static
    for label, band in (("Risk of serious harm", "Very high"), ("KIRAT", "Medium")):
        assert label not in static
        assert f"<b>{label}</b>: {band}" in others


def test_a_score_is_voided_from_its_page_and_kept_with_the_reason(scene: Scene, browse):
    client = browse(scene.manager)
    score = make.official_score(scene.person, by=scene.manager)
    address = reverse("ui:void-score", args=[scene.person.public_id, score.public_id])
    assert (
        address in client.get(reverse("ui:scores", args=[scene.person.public_id])).content.decode()
    )
    assert "OSP/DC, direct contact: High, 2 June 2025" in text_of(client.get(address))

    sent = client.post(address, {"key": "k" * 20, "reason": "Of somebody else"})

    assert sent.status_code == 303
    assert "Void: Of somebody else" in page_of(client, scene)
    page = client.get(reverse("ui:scores", args=[scene.person.public_id]))
    assert address not in page.content.decode()


def test_the_score_of_another_person_is_not_there(scene: Scene, browse):
    score = make.official_score(scene.person, by=scene.manager)
    other = make.person(manager=scene.manager)
    address = reverse("ui:void-score", args=[other.public_id, score.public_id])
    assert browse(scene.manager).get(address).status_code == 404


def test_an_inspector_reads_and_is_offered_nothing(scene: Scene, browse):
    make.official_score(scene.person, by=scene.manager)
    page = browse(scene.colleague(Role.INSPECTOR)).get(
        reverse("ui:scores", args=[scene.person.public_id])
    )
    assert page.status_code == 200
    for verb in ("calculate-scores", "official-score"):
        assert reverse(f"ui:{verb}", args=[scene.person.public_id]) not in page.content.decode()
    assert "void" not in page.content.decode().split("<main")[1]


def test_an_inspector_beyond_their_team_says_why(scene: Scene, browse):
    client = browse(scene.outsider(Role.INSPECTOR))
    make.official_score(scene.person, by=scene.manager)
    address = reverse("ui:scores", args=[scene.person.public_id])
    assert client.get(address).status_code == 403
    asked = Event.objects.latest("pk")
    assert (asked.action, asked.subject) == (ASKED_WHY, f"offender:{scene.person.public_id}")
    shown = client.post(address, {"reason": "Review of the scores"})
    assert shown.status_code == 200
    assert "OASys 7" in text_of(shown)


def test_the_page_takes_the_same_reads_for_one_score_and_for_many(
    scene: Scene, browse, django_assert_max_num_queries
):
    client = browse(scene.manager)
    make.static_score(scene.person, by=scene.manager)
    with django_assert_max_num_queries(30) as few:
        page_of(client, scene)
    for _ in range(10):
        make.static_score(scene.person, by=scene.manager)
    with django_assert_max_num_queries(len(few)):
        page_of(client, scene)
