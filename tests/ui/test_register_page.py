"""The page on which somebody new is registered."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.ui.conftest import NAME, Scene, events_of, text_of
from tests.ui.filling import as_drawn, hidden, sent, typed_day

pytestmark = pytest.mark.django_db

ADDRESS = "/people/register"


def typed(**values: str) -> dict[str, str]:
    """What is typed of somebody new: born in 1979, convicted last week."""
    born = {"date_of_birth_day": "4", "date_of_birth_month": "2", "date_of_birth_year": "1979"}
    said = {"reference": "N1", "surname": "Newcomb", "disposal": "any_other", "status": "community"}
    return said | born | typed_day("relevant_date", -7) | values


def team_of(scene: Scene) -> dict[str, str]:
    return {"team": str(scene.manager.team.public_id)}


def test_a_supervisor_gets_there_from_the_list_of_people_and_an_officer_does_not(
    scene: Scene, browse
):
    for user, is_offered in ((scene.supervisor, True), (scene.manager, False)):
        page = browse(user).get(reverse("ui:people")).content.decode()
        assert (f'href="{reverse("ui:register")}"' in page) == is_offered


def test_a_supervisor_registers_somebody_and_lands_on_their_page_with_what_is_owed(
    scene: Scene, browse
):
    client = browse(scene.supervisor)
    rows = {"identifiers-0-kind": "pnc", "identifiers-0-value": "2020/1a"}

    answer, events = events_of(
        lambda: sent(
            client,
            ADDRESS,
            **typed(offender_manager=scene.manager.staff_number, **rows, **team_of(scene)),
        )
    )

    person = Offender.objects.get(source_ref="N1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == reverse("ui:person", args=[person.public_id])
    assert [event.action for event in events] == ["offender.register", "offender.register"]
    page = text_of(client.get(answer.headers["Location"]))
    assert "Registered. What is owed was opened." in page
    assert "NEWCOMB" in page
    assert "Initial notification" in page
    assert person.identifiers.get().value == "2020/1A"


def test_the_only_team_is_chosen_and_nothing_else_is_filled_in(scene: Scene, browse):
    drawn = as_drawn(browse(scene.supervisor).get(ADDRESS), "reference")

    assert drawn["team"] == [str(scene.manager.team.public_id)]
    given = {name for name, values in drawn.items() if any(values)}
    assert given == {"csrfmiddlewaretoken", "key", "drawn_for", "team"}
    assert "is_another_person" not in drawn


def test_an_inspector_chooses_among_the_teams_of_the_force(scene: Scene, browse):
    other = make.team("Beyond", in_force=scene.manager.force)
    stranger = make.team("Not ours")
    client = browse(scene.outsider(Role.INSPECTOR))

    page = client.get(ADDRESS).content.decode()
    assert str(other.public_id) in page
    assert str(stranger.public_id) not in page
    bad = sent(client, ADDRESS, **typed(team=str(stranger.public_id)))

    assert bad.status_code == 400
    assert "Choose the team" in text_of(bad)
    assert sent(client, ADDRESS, **typed(team=str(other.public_id))).status_code == 303


def test_a_double_click_registers_one_person(scene: Scene, browse):
    client = browse(scene.supervisor)
    form = hidden(client, ADDRESS) | typed() | team_of(scene)

    answers = [client.post(ADDRESS, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Offender.objects.filter(source_ref="N1").count() == 1
    again = sent(client, ADDRESS, **typed(), **team_of(scene))
    assert again.status_code == 409
    assert "Somebody is on record under that reference already." in text_of(again)


def test_whoever_may_be_the_same_is_shown_by_reference_and_asked_about(scene: Scene, browse):
    client = browse(scene.supervisor)
    like = typed(surname=NAME, forename="Q") | team_of(scene)

    asked, [_, event] = events_of(lambda: sent(client, ADDRESS, **like))

    page = text_of(asked)
    assert asked.status_code == 409
    assert f"{scene.person.source_ref} {scene.person.team.name}" in page
    assert reverse("ui:person", args=[scene.person.public_id]) in asked.content.decode()
    assert "Is it somebody else than those on record?" in page
    assert (event.action, event.row_count) == ("offender.register", 1)
    assert not Offender.objects.filter(source_ref="N1").exists()

    answer = sent(client, ADDRESS, **like, is_another_person="true")

    assert answer.status_code == 303
    assert Offender.objects.filter(date_of_birth=scene.person.date_of_birth).count() == 2


def test_of_another_team_only_that_there_is_somebody_is_said(scene: Scene, browse):
    other = make.officer(Role.SUPERVISOR, team=make.team(in_force=scene.manager.force))
    like = typed(surname=NAME, team=str(other.team.public_id))

    asked = sent(browse(other), ADDRESS, **like)

    assert asked.status_code == 409
    assert "One is of a team whose records you do not open." in text_of(asked)
    assert scene.person.source_ref not in asked.content.decode()


@pytest.mark.parametrize(
    ("values", "said", "field"),
    [
        ({"surname": ""}, "Enter the surname", "f-surname"),
        ({"town": "Tean"}, "Say what kind of home it is.", "f-address_kind"),
        ({"offender_manager": "NOBODY"}, "No officer has that staff number.", "offender_manager"),
        ({"mappa_level": "4"}, "Ensure this value is less than or equal to 3.", "f-mappa_level"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_what_was_typed_stays(
    scene: Scene, browse, values, said, field
):
    answer = sent(browse(scene.supervisor), ADDRESS, **typed(reference="N2"), **team_of(scene))
    assert answer.status_code == 303

    wrong = sent(browse(scene.supervisor), ADDRESS, **typed() | values, **team_of(scene))

    assert wrong.status_code == 400
    assert said in text_of(wrong)
    assert field in wrong.content.decode()
    assert as_drawn(wrong, "reference")["reference"] == ["N1"]


def test_the_day_of_registration_is_never_filled_in(scene: Scene, browse):
    page = browse(scene.supervisor).get(ADDRESS).content.decode()

    assert str(timezone.localdate().year) not in page.split("<main")[1].split("</main")[0]
