"""Reviews, samples and what waits for a second person, over the wire."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role
from tests import make
from tests.api.calling import signed_in
from tests.api.scenes.assessments import ASSESSMENT
from tests.api.scenes.scene import scene, spoken
from tests.workflows import doing
from workflows.second_person import STEPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return scene(make.team())


@pytest.fixture
def supervisor(at):
    return signed_in(make.officer(Role.SUPERVISOR, team=at.team))


def wait(at, number: int = 1) -> set[str]:
    """The references of so many people whose assessments wait."""
    found = set()
    for _ in range(number):
        person = at.person()
        task = make.task_of(person, "assess")
        answer = signed_in(at.manager).post(f"tasks/{task.public_id}/assess", ASSESSMENT)
        assert answer.status_code == 200
        found.add(person.source_ref)
    return found


def all_pages(caller, path: str, **asked: object) -> list[dict[str, object]]:
    rows, cursor = [], None
    while True:
        answer = caller.get(path, asked | ({"cursor": cursor} if cursor else {})).json()
        rows += answer["results"]
        cursor = answer["next_cursor"]
        if cursor is None:
            return rows


@pytest.mark.parametrize(
    "path", ["tasks?state=waiting_endorsement&limit=2", "endorsements?limit=2"]
)
def test_what_waits_comes_in_pages_without_a_gap(at, supervisor, path):
    wanted = wait(at, 5)
    name, _, query = path.partition("?")
    asked = dict(part.split("=") for part in query.split("&"))

    rows = all_pages(supervisor, name, **asked)

    assert len(rows) == 5
    assert {row["person"]["reference"] for row in rows} == wanted
    assert {row["step"] for row in rows} <= set(STEPS)


def test_the_state_needs_no_scope_for_an_inspector_of_a_force(at):
    wanted = wait(at, 1)
    inspector = signed_in(make.officer(Role.INSPECTOR, force=at.team.force))

    rows = inspector.get("tasks", {"state": "waiting_endorsement"}).json()["results"]

    assert {row["person"]["reference"] for row in rows} == wanted


def test_a_row_says_who_wrote_it_and_whether_anyone_may(at, supervisor):
    wait(at)
    [row] = supervisor.get("endorsements").json()["results"]

    assert row["author"] == at.manager.display_name
    assert (row["own"], row["nobody_eligible"]) == (False, False)
    assert row["waiting_since"] == timezone.localdate().isoformat()
    nobody = supervisor.get("endorsements", {"nobody_eligible": "true"}).json()
    assert nobody["results"] == []


def test_a_review_is_sent_and_read_back_with_its_directions(at, supervisor):
    person = at.person()
    task = make.task_of(person, "review_case")
    form = supervisor.get(f"tasks/{task.public_id}/form").json()
    on = (timezone.localdate() + dt.timedelta(days=4)).isoformat()
    checks = [row | {"grade": "good"} for row in form["starts_with"]["checks"]]
    body = {
        "checks": checks,
        "grade": "good",
        "comment": "Well managed.",
        "directions": [{"text": "Set the flag.", "due_on": on}],
    }

    assert supervisor.post(f"tasks/{task.public_id}/review-case", body).status_code == 200

    shown = supervisor.get(f"offenders/{person.public_id}").json()["last_review"]
    assert shown == {"reviewed_on": timezone.localdate().isoformat(), "grade": "good"}
    said = supervisor.get(f"offenders/{person.public_id}/case-reviews").json()
    [review] = said["results"]
    assert (review["kind"], review["grade"], len(review["checks"])) == (
        "supervisor_review",
        "good",
        len(checks),
    )
    assert [(one["text"], one["due_on"], one["outcome"]) for one in review["directions"]] == [
        ("Set the flag.", on, "")
    ]
    assert [one["text"] for one in said["open_actions"]] == ["Set the flag."]
    [given] = supervisor.get("directions").json()["results"]
    assert (given["person"]["reference"], given["overdue_days"]) == (person.source_ref, 0)


def test_a_check_without_a_reason_names_its_row(at, supervisor):
    task = make.task_of(at.person(), "review_case")
    body = spoken(make.case_review())
    body["checks"][1]["grade"] = "inadequate"

    answer = supervisor.post(f"tasks/{task.public_id}/review-case", body)

    assert answer.status_code == 400
    assert "checks.1.comment" in str(answer.json())


def test_a_sample_is_drawn_checked_and_counted(at, supervisor):
    person = at.person()
    drawn = supervisor.post("dip-samples:draw", {"team": str(at.team.public_id), "size": 5})
    assert drawn.status_code == 201
    assert (drawn.json()["drawn"], drawn.json()["checked"]) == (1, 0)

    [item] = supervisor.get(f"dip-samples/{drawn.json()['id']}").json()["items"]
    assert item["person"]["reference"] == person.source_ref
    body = spoken(make.case_review(grade="requires_improvement"))
    assert supervisor.post(f"tasks/{item['task']}/check-case", body).status_code == 200

    [team] = supervisor.get("quality").json()["results"]
    assert (team["drawn"], team["checked"], team["grades"]["requires_improvement"]) == (1, 1, 1)
    [item] = supervisor.get(f"dip-samples/{drawn.json()['id']}").json()["items"]
    assert (item["task"], item["review"]["grade"]) == (None, "requires_improvement")
    [listed] = supervisor.get("dip-samples").json()["results"]
    assert listed["seed"] == drawn.json()["seed"]


def test_who_made_the_visits_stands_beside_how_many_there_were(at, supervisor):
    with_partner, alone = at.person(), at.person()
    doing.visit(with_partner)
    doing.visit(alone, partner="")

    [team] = supervisor.get("quality").json()["results"]

    assert {name: team[name] for name in team if name.startswith("visits")} == {
        "visits": 2,
        "visits_with_partner": 1,
        "visits_alone_authorised": 0,
        "visits_alone_unauthorised": 1,
    }
    page = supervisor.client.get("/quality").content.decode()
    assert "Of 2 visits, 1 with a partner agency, 0 alone with authority, 1 alone without" in page
