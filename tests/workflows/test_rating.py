"""The factors of an assessment: rated on fresh evidence, shown beside the last time."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from risk.factors import FACTORS
from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import browse, text_of  # noqa: F401 - a fixture
from tests.workflows import doing
from workflows.models import Task
from workflows.queries import assessing
from workflows.queries.starting import starts_with

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
LAST = dt.date(2025, 12, 1)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def rows(**changed: object) -> list[dict[str, object]]:
    """Every factor rated, the first of them otherwise."""
    found = make.assessment()["ratings"]
    found[0] |= changed
    return found


def assess(person, **values: object) -> None:
    doing.complete(person, "assess", make.assessment(**values), by=person.offender_manager)


def endorse(person) -> None:
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "endorse", {"decision": "endorse", "comment": "Yes"}, by=supervisor)


@pytest.fixture
def person():
    found = make.person(last_assessment_on=LAST)
    make.activate(found.offender_manager)
    found.refresh_from_db()
    return found


def test_each_factor_is_kept_with_its_evidence_and_the_version_of_the_tool(person):
    assess(person, ratings=rows(rating="high", trend="worsening", evidence_source="Visit"))

    assessment = person.assessments.get(state="submitted")
    kept = list(assessment.ratings.all())
    assert [row.factor for row in kept] == [factor.code for factor in FACTORS]
    first = kept[0]
    assert (first.rating, first.trend, first.evidence_source) == ("high", "worsening", "Visit")
    assert (first.evidence_on, first.name) == (TODAY, "Opportunity to offend")
    assert (assessment.template.code, assessment.template.number) == ("arms", 1)


@pytest.mark.parametrize(
    ("changed", "code", "reason"),
    [
        ({"rating": ""}, "rating_missing", "every factor is rated"),
        ({"factor": "mood"}, "factor_not_of_this_tool", "the tool has no such factor"),
        ({"factor": "self_management"}, "factor_rated_twice", "once each"),
        ({"evidence": " "}, "evidence_missing", "no rating without evidence"),
        ({"evidence_on": None}, "evidence_undated", "evidence has its day"),
        ({"evidence_on": LAST - dt.timedelta(days=1)}, "evidence_not_fresh", "of the time before"),
        ({"evidence_on": TODAY + dt.timedelta(days=1)}, "in_future", "not come yet"),
        ({"rating": "very_high"}, "rating_not_of_this_tool", "no such rating"),
    ],
)
def test_a_rating_needs_fresh_evidence(person, changed, code, reason):
    with pytest.raises(Invalid) as error:
        assess(person, ratings=rows(**changed))

    assert error.value.code == code, reason
    assert error.value.field.startswith("ratings."), reason
    assert make.task_of(person, "assess").is_open


def test_all_that_is_wrong_with_the_factors_is_said_at_once_each_by_its_row(person, browse):  # noqa: F811
    wrong = rows()
    wrong[0] |= {"evidence": ""}
    wrong[2] |= {"evidence": " ", "evidence_on": None}
    wrong[5] |= {"rating": ""}
    missing = wrong.pop(10)

    with pytest.raises(Invalid) as error:
        assess(person, ratings=wrong)

    said = {field: [one.code for one in found] for field, found in error.value.by_field().items()}
    assert said == {
        "ratings.0.evidence": ["evidence_missing"],
        "ratings.2.evidence": ["evidence_missing"],
        "ratings.2.evidence_on": ["evidence_undated"],
        "ratings.5.rating": ["rating_missing"],
        "ratings": ["rating_missing"],
    }
    assert missing["factor"] == FACTORS[10].code

    task = make.task_of(person, "assess")
    body = make.assessment(ratings=[])
    answer = signed_in(person.offender_manager).post(
        f"tasks/{task.public_id}/assess", body, If_Match=f'"{task.version}"'
    )
    assert len(answer.json()["invalid"]["ratings"]) == len(FACTORS)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"rating": "not_known", "evidence": "", "evidence_on": None}, "nothing is known of it"),
        ({"evidence_on": LAST}, "of the day of the last assessment"),
        ({"evidence_on": TODAY}, "of today"),
    ],
)
def test_what_is_known_since_the_last_assessment_is_enough(person, changed, reason):
    assess(person, ratings=rows(**changed))

    assert person.assessments.filter(state="submitted").exists(), reason


def test_where_judgement_is_used_the_rows_of_the_other_tool_are_left_out(person):
    untouched = [{"factor": factor.code, "evidence": "Offered"} for factor in FACTORS]
    assess(person, tool="structured_judgement", ratings=untouched)

    assert not person.assessments.get(state="submitted").ratings.exists()


def test_a_priority_that_the_tool_does_not_give_is_refused(person):
    with pytest.raises(Invalid) as error:
        assess(person, priority="extreme")
    assert error.value.code == "priority_not_of_this_tool"


# --- what the form starts with --------------------------------------------------------------------


def test_the_form_starts_with_last_time_marked_with_its_day_and_never_with_a_rating(person):
    assess(person, ratings=rows(rating="medium", trend="worsening", evidence="Alone at home."))
    endorse(person)

    started = starts_with(make.task_of(person, "assess"))

    first, *others = started["ratings"]
    said = "Last time, 23 November 2026: Medium, worsening. Alone at home. (23 November 2026)"
    assert first["last"] == said
    assert len(others) == len(FACTORS) - 1
    for row in started["ratings"]:
        assert set(row) == {"factor", "name", "last", "evidence"}
        assert row["evidence"] == "", "last time's evidence is a hint alone"


def test_evidence_that_visits_captured_since_is_in_the_form(person, monkeypatch):
    asked = []

    def found(who, since):
        asked.append((who, since))
        return {"hostile_orientation": "Visit of 3 November 2026: angry at neighbours."}

    monkeypatch.setattr(assessing, "evidence_since", found)

    started = {row["factor"]: row for row in starts_with(make.task_of(person, "assess"))["ratings"]}

    assert asked == [(person, LAST)]
    assert "angry" in started["hostile_orientation"]["evidence"]
    assert started["opportunity"]["evidence"] == ""


def test_a_woman_has_no_rows_of_arms_and_is_offered_judgement():
    woman = make.person(sex="F")
    task = make.task_of(woman, "assess")

    assert starts_with(task) == {}
    assert "arms" not in dict(assessing.offered(task)["tool"])


def test_the_api_offers_what_fits_the_person_and_the_action_refuses_the_rest():
    woman = make.person(sex="F")
    manager = make.activate(woman.offender_manager)
    caller = signed_in(manager)
    task = make.task_of(woman, "assess")

    [tool] = [
        field
        for field in caller.get(f"tasks/{task.public_id}/form").json()["fields"]
        if field["name"] == "tool"
    ]
    assert [one["value"] for one in tool["choices"]] == ["adapted_tool", "structured_judgement"]
    assert tool["choices"][0]["label"] == "A tool adapted for a learning disability"
    with pytest.raises(RuleBroken) as error:
        doing.complete(woman, "assess", make.assessment(), by=manager)
    assert error.value.code == "tool_not_for_this_person"


def test_the_page_shows_a_row_for_each_factor_with_last_time(person, browse):  # noqa: F811
    assess(person, ratings=rows(evidence="Alone at home."))
    endorse(person)
    task = make.task_of(person, "assess")

    page = browse(person.offender_manager).get(reverse("ui:task", args=[task.public_id]))

    read = text_of(page)
    assert "Last time, 23 November 2026: Low. Alone at home." in read
    assert page.content.decode().count('name="ratings-0-rating"') == 4
    assert 'name="ratings-10-rating"' in page.content.decode()
    assert " checked" not in page.content.decode()
    assert "Rating (optional)" not in read


def test_the_page_sends_what_the_action_takes(person, browse):  # noqa: F811
    task = make.task_of(person, "assess")
    client = browse(person.offender_manager)
    address = reverse("ui:task", args=[task.public_id])
    client.get(address)
    typed = {
        "step": "assess",
        "version": str(task.version),
        "key": "k" * 20,
        "tool": "arms",
        "priority": "high",
        "formulation": "Alone again.",
        "proposed_level": "high",
    }
    for place, factor in enumerate(FACTORS):
        at = f"ratings-{place}"
        typed |= {
            f"{at}-factor": factor.code,
            f"{at}-name": factor.name,
            f"{at}-last": "",
            f"{at}-rating": "medium",
            f"{at}-evidence": "Seen at home.",
            f"{at}-evidence_on_day": "20",
            f"{at}-evidence_on_month": "11",
            f"{at}-evidence_on_year": "2026",
        }

    sent = client.post(address, typed)

    assert sent.status_code == 303, text_of(sent)
    assert person.assessments.get(state="submitted").ratings.count() == len(FACTORS)


# --- what changed, for who decides ----------------------------------------------------------------


@pytest.fixture
def again(person):
    """Assessed and endorsed, and a year later assessed anew with one factor worse."""
    assess(person, ratings=rows(rating="low"))
    endorse(person)
    assess(person, ratings=rows(rating="high", trend="worsening", evidence="New neighbours."))
    return person


def test_what_changed_stands_side_by_side(again):
    waiting = assessing.waiting_of(make.task_of(again, "endorse"))

    found, since = assessing.compared(waiting)

    assert since == TODAY
    first, *others = found
    assert (first.factor, first.was, first.now, first.differs) == (
        "opportunity",
        "low",
        "high",
        True,
    )
    assert not any(row.differs for row in others)


def test_who_endorses_sees_it_on_the_page_and_in_the_api(again, browse):  # noqa: F811
    supervisor = make.officer(Role.SUPERVISOR, team=again.team)
    task = make.task_of(again, "endorse")

    page = text_of(browse(supervisor).get(reverse("ui:task", args=[task.public_id])))
    answer = signed_in(supervisor).get(f"tasks/{task.public_id}").json()

    assert "What changed" in page
    assert "Opportunity to offend Low High Worsening New neighbours." in page
    assert answer["compared"][0] == {
        "factor": "opportunity",
        "name": "Opportunity to offend",
        "was": "low",
        "now": "high",
        "trend": "worsening",
        "evidence": "New neighbours.",
    }


def test_a_first_assessment_has_nothing_before_it(person):
    assess(person)
    found, since = assessing.compared(assessing.waiting_of(make.task_of(person, "endorse")))
    assert since is None
    assert {row.was for row in found} == {""}


def test_who_is_finished_has_nothing_to_compare(person):
    assert assessing.waiting_of(Task.objects.get(offender=person, step="assess")) is None
