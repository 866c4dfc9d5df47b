"""What hints at a hidden indicator, or tells of an open one before a reason was given.

Beside `test_indicator_leaks`, which looks for what stands in one: here for who worked on it, what
its triage was, and that it is there at all.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Role, User
from risk.models import Indicator
from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import text_of
from tests.workflows import triaging
from workflows.actions.indicators import restricting

pytestmark = pytest.mark.django_db

WHY = "Because of a Preiselbeere"
#: What a critical file-sharing hit is called.
TYPE, SEVERITY = "File-sharing hit", "critical"


class Scene:
    """A person of one team, who matches and triages, and an inspector of another team."""

    def __init__(self) -> None:
        self.manager = make.officer()
        self.person = make.person(manager=self.manager)
        self.worked = make.officer(team=self.manager.team)
        User.objects.filter(pk=self.worked.pk).update(first_name="Ysolde", last_name="Quincewort")
        self.worked.refresh_from_db()
        self.colleague = make.officer(team=self.manager.team)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)
        self.inspector = make.officer(Role.INSPECTOR, team=make.team(in_force=self.manager.force))

    def restricted(self, found: Indicator) -> None:
        restricting.restrict_indicator(
            by=make.actor(self.supervisor),
            indicator=found.public_id,
            users=[self.worked.public_id],
            reason=WHY,
        )


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def test_a_task_says_what_its_indicator_is_to_another_team_only_with_a_reason(
    scene: Scene, browse: Callable
):
    found = triaging.critical(scene.person, by=scene.worked, code="P2P")
    to_triage = triaging.task_of(found)

    def told(who: User, why: str = "") -> str:
        path = f"tasks/{to_triage.public_id}"
        return signed_in(who).get(path, Access_Reason=why).json()["subject"]

    words = f"{TYPE} or IP address resolved to the address ({SEVERITY})"
    assert told(scene.colleague) == words
    assert told(scene.inspector) == ""
    assert told(scene.inspector, "A complaint was made") == words
    page = reverse("ui:task", args=[to_triage.public_id])
    assert words in text_of(browse(scene.colleague).get(page))
    assert words not in text_of(browse(scene.inspector).get(page))


def test_what_was_made_of_it_stands_beside_a_task_only_with_a_reason(
    scene: Scene, browse: Callable
):
    found = triaging.critical(scene.person, by=scene.worked, code="P2P")
    done = triaging.task_of(found)
    triaging.triage(found, by=scene.worked, reason=WHY)
    to_check = triaging.task_of(found, "check_triage")

    def told(who: User, why: str = "") -> list[object]:
        caller = signed_in(who)
        finished = caller.get(f"tasks/{done.public_id}", Access_Reason=why).json()
        waiting = caller.get(f"tasks/{to_check.public_id}", Access_Reason=why).json()
        steps = [finished["written"], *waiting["earlier"]]
        return [one["values"].get("reason") for one in steps]

    assert told(scene.supervisor) == [WHY, WHY]
    assert told(scene.inspector) == [None, None]
    assert told(scene.inspector, "A complaint was made") == [WHY, WHY]
    for task in (done, to_check):
        page = reverse("ui:task", args=[task.public_id])
        assert WHY in text_of(browse(scene.supervisor).get(page))
        assert WHY not in text_of(browse(scene.inspector).get(page))


def test_the_timeline_names_nobody_who_worked_on_what_is_restricted(scene: Scene, browse: Callable):
    found = triaging.matched(scene.person, by=scene.worked)
    triaging.triage(found, "reassessment", by=scene.worked)

    def told() -> tuple[list[object], bool]:
        path = f"offenders/{scene.person.public_id}/timeline"
        rows = signed_in(scene.colleague).get(path).json()["results"]
        said = [row["by"] for row in rows if row["kind"].startswith("indicator")]
        page = browse(scene.colleague).get(reverse("ui:person", args=[scene.person.public_id]))
        return said, scene.worked.display_name in text_of(page)

    said, is_named = told()
    assert [one["staff_number"] for one in said] == [scene.worked.staff_number] * 2
    assert is_named
    scene.restricted(found)
    assert told() == ([None, None], False)


def test_of_a_hidden_one_a_wrong_officer_tells_as_little_as_a_wrong_number(scene: Scene):
    found = triaging.matched(scene.person, by=scene.worked)
    scene.restricted(found)
    User.objects.filter(pk=scene.supervisor.pk).update(is_active=False)
    elsewhere = make.officer(team=scene.inspector.team)
    caller = signed_in(scene.inspector)

    def answer(indicator: object, user: object) -> tuple[int, dict[str, object]]:
        sent = {"user": str(user), "reason": WHY}
        said = caller.post(f"indicators/{indicator}/name-user", sent)
        return said.status_code, said.json() | {"request_id": ""}

    nothing = answer(uuid4(), elsewhere.public_id)
    assert nothing[0] == 404
    for user in (elsewhere.public_id, uuid4()):
        assert answer(found.public_id, user) == nothing
    assert found.decisions.filter(user=elsewhere).count() == 0


@pytest.mark.parametrize("why", ["out of reach", "a tie", "nobody"])
def test_why_an_officer_could_not_see_one_is_not_told(scene: Scene, why: str):
    found = triaging.matched(scene.person, by=scene.worked)
    tied = make.officer(team=scene.manager.team)
    scene.person.conflicts.create(user=tied, declared_by=tied)
    named = {
        "out of reach": make.officer(team=scene.inspector.team).public_id,
        "a tie": tied.public_id,
        "nobody": uuid4(),
    }[why]
    sent = {"users": [str(named)], "reason": WHY}
    answer = signed_in(scene.supervisor).post(f"indicators/{found.public_id}/restrict", sent)
    [said] = answer.json()["invalid"]["users"]
    assert (answer.status_code, said["code"]) == (400, "unknown_officer")
    assert said["message"] == "No officer in service who could see it is named so."
