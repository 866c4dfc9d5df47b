"""The team page takes a day and what was known when, and says what it cannot tell of then."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from tests import make
from tests.ui.conftest import NAME, Scene, events_of, text_of
from tests.workflows import doing
from tests.workflows.moments import moment

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def team_page(scene: Scene) -> str:
    return reverse("ui:team-caseload", args=[scene.manager.team.public_id])


def form_page(scene: Scene) -> str:
    return reverse("ui:team-then", args=[scene.manager.team.public_id])


def typed(**days: dt.date) -> dict[str, str]:
    return {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }


def test_what_was_late_then_stands_after_the_visit_was_entered(scene: Scene, browse):
    client, at = browse(scene.supervisor), moment()
    before = text_of(client.get(team_page(scene)))
    assert "1 person · " in before
    assert "0 overdue" not in before
    doing.visit(scene.person, by=scene.manager)
    doing.complete(scene.person, "write_up", make.write_up(), by=scene.manager)

    page = client.get(team_page(scene), {"known_at": at.isoformat()})

    assert page.status_code == 200
    overdue = before.partition("1 person · ")[2].partition(" overdue")[0]
    assert f"1 officer · 1 person · {overdue} overdue" in text_of(page)
    assert scene.manager.display_name in text_of(page)


def test_it_says_what_is_not_told_of_then_and_shows_nothing_of_today_in_its_place(
    scene: Scene, browse
):
    client = browse(scene.supervisor)
    today = client.get(team_page(scene)).content.decode()
    then = client.get(team_page(scene), {"as_of": timezone.localdate() - DAY})
    assert "Not told of another day: workloads in points and percent" in text_of(then)
    for figure in ('class="workload', "Workload, line marks 100%", 'id="reassign"'):
        assert figure not in then.content.decode(), figure
    assert "Workload, line marks 100%" in today


def test_the_people_of_an_officer_then_with_what_was_owed_next(scene: Scene, browse):
    client, at = browse(scene.supervisor), moment()
    doing.move_away(make.person(manager=scene.manager))
    query = {"known_at": at.isoformat(), "officer": str(scene.manager.public_id)}

    page, [event] = events_of(lambda: client.get(team_page(scene), query))

    said = text_of(page)
    assert f"{scene.manager.display_name}: 1 person" in said
    assert NAME.upper() in said
    assert "Home visit" in said
    assert (event.action, event.row_count) == ("caseload.view", 1)
    assert event.subject == f"team:{scene.manager.team.public_id}"


def test_the_links_of_a_team_then_stay_at_that_time(scene: Scene, browse):
    client, at = browse(scene.supervisor), moment()
    page = client.get(team_page(scene), {"known_at": at.isoformat()}).content.decode()
    address = page.partition('<th scope="row"><a href="')[2].partition('"')[0]
    followed = client.get(address.replace("&amp;", "&"))
    assert f"{scene.manager.display_name}: 1 person" in text_of(followed)
    assert "as known at" in text_of(followed)


def test_from_the_team_page_to_the_form_to_the_answer(scene: Scene, browse):
    client, today = browse(scene.supervisor), timezone.localdate()
    assert form_page(scene) in client.get(team_page(scene)).content.decode()
    form = client.get(form_page(scene))
    assert "How it stood on" in text_of(form)
    assert f'value="{today.year}"' not in form.content.decode()

    answer = client.get(form_page(scene), typed(as_of=today - DAY, known_on=today))

    assert answer.status_code == 200
    assert "as known at" in text_of(answer)
    now = client.get(form_page(scene), typed(as_of=today))
    assert (now.status_code, now.headers["Location"]) == (302, team_page(scene))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"as_of": "2099-01-01"}, "has not come yet"),
        ({"as_of": "yesterday"}, "Enter a real date"),
        ({"known_at": "2099-01-01T00:00:00Z"}, "Nothing is known yet"),
        ({"known_at": "2001-01-01T00:00:00Z"}, "is not kept"),
        ({"known_at": "2026-01-01T00:00:00"}, "Say the offset"),
        ({"as_of": "2020-01-01", "known_at": ""}, "Enter a real date and time"),
        ({"as_of_day": ""}, "Enter the day you ask about"),
        ({"as_of_day": "31", "as_of_month": "2", "as_of_year": "2026"}, "Enter a real date"),
        (typed(as_of=dt.date(2099, 1, 1)), "has not come yet"),
        (typed(as_of=dt.date(2026, 1, 1), known_on=dt.date(2099, 1, 1)), "Nothing is known yet"),
    ],
)
def test_a_time_that_cannot_be_asked_for_is_refused_in_words(scene: Scene, browse, query, said):
    page = form_page(scene) if "as_of_day" in query else team_page(scene)
    answer = browse(scene.supervisor).get(page, query)
    assert answer.status_code == 400
    assert said in text_of(answer)


def test_an_officer_who_is_nobody_there_is_not_chosen(scene: Scene, browse):
    client, day = browse(scene.supervisor), timezone.localdate() - DAY
    for officer in ("none", "junk", str(scene.supervisor.public_id)):
        page = client.get(team_page(scene), {"as_of": day, "officer": officer})
        assert page.status_code == 200
        assert NAME.upper() not in text_of(page)


def test_another_teams_supervisor_finds_nothing_there(scene: Scene, browse):
    stranger = browse(make.officer(Role.SUPERVISOR, team=make.team(in_force=scene.manager.force)))
    for page in (form_page(scene), f"{team_page(scene)}?as_of=2026-01-01"):
        assert stranger.get(page).status_code == 404


def test_it_says_how_many_came_on_record_only_later(scene: Scene, browse):
    client, today = browse(scene.supervisor), timezone.localdate()
    make.person(manager=scene.manager)
    make.person()
    before = text_of(client.get(team_page(scene), {"as_of": today - DAY}))
    assert (
        f"2 people of this team came on record here only later, the last on {today.day} "
        f"{today:%B %Y}." in before
    )
    at = moment()
    known = text_of(client.get(team_page(scene), {"known_at": at.isoformat()}))
    assert "came on record" not in known
    make.person(manager=scene.manager)
    known = text_of(client.get(team_page(scene), {"known_at": at.isoformat()}))
    assert "1 person of this team came on record here only later" in known
