"""Static scores over the wire: reckoned, kept, sent by another system, read side by side."""

from typing import Any

import pytest

from accounts.models import Role
from risk.models import StaticScore
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in, system
from tests.api.scenes.scores import facts_of_a_score

pytestmark = pytest.mark.django_db

OFFICIAL = {
    "tool": "osp_iic",
    "band": "high",
    "scored_on": "2025-06-02",
    "reference": "OASys 12",
    "percent": "10.31",
}


@pytest.fixture
def person() -> Any:
    return make.person(manager=make.officer())


@pytest.fixture
def caller(person: Any) -> Caller:
    return signed_in(person.offender_manager)


def at(person: Any, verb: str = "") -> str:
    return f"offenders/{person.public_id}/static-scores{verb}"


def test_a_preview_says_what_a_calculation_would_and_keeps_nothing(person: Any, caller: Caller):
    asked = facts_of_a_score() | {"tools": ["osp_dc", "osp_iic"]}

    would = caller.post(at(person, ":preview"), asked).json()["results"]

    assert not StaticScore.objects.exists()
    assert [(one["tool"], one["points"], one["percent"], one["band"]) for one in would] == [
        ("osp_dc", 28, "1.5389", "medium"),
        ("osp_iic", None, "0.2810", "low"),
    ]
    assert would[0]["scored_by"] == "Calculated here, not the official value"
    assert would[0]["contributions"][0] == {"code": "contact_adult", "value": 1, "points": 5}
    kept = caller.post(at(person, ":calculate"), asked)
    assert kept.status_code == 201
    for before, after in zip(would, kept.json()["results"], strict=True):
        assert before.items() <= after.items()


def test_what_is_missing_is_named_and_the_score_is_provisional(person: Any, caller: Caller):
    asked = {"tools": ["osp_dc"], "contact_child": 2}

    [score] = caller.post(at(person, ":calculate"), asked).json()["results"]

    assert (score["provisional"], score["points"], score["band"]) == (True, 6, "low")
    assert score["missing"] == [
        "contact_adult",
        "non_contact",
        "follow_up_on",
        "last_sexual_sanction_on",
        "total_sanctions",
        "stranger_victim",
    ]


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"total_sanctions": 1000}, "total_sanctions", "max_value"),
        ({"total_sanctions": 0}, "total_sanctions", "total_out_of_range"),
        ({"contact_child": -1}, "contact_child", "min_value"),
        ({"contact_child": 2}, "total_sanctions", "more_sexual_than_total"),
        ({"contact_adult": 0}, "contact_adult", "no_sexual_sanction"),
        ({"follow_up_on": "2090-01-01"}, "follow_up_on", "in_future"),
        ({"follow_up_on": "1980-01-01"}, "follow_up_on", "before_birth"),
        ({"tools": []}, "tools", "empty"),
        ({"tools": ["rosh"]}, "tools", "invalid_choice"),
        ({"stranger_victim": "yes"}, "stranger_victim", "wrong_type"),
        ({"contact_adult": "1"}, "contact_adult", "wrong_type"),
        ({"level": "low"}, "level", "unknown_field"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(
    person: Any, caller: Caller, wrong: dict[str, Any], field: str, code: str
):
    for verb in (":preview", ":calculate"):
        answer = caller.post(at(person, verb), facts_of_a_score() | wrong)
        assert answer.status_code == 400
        [error] = answer.json()["invalid"][field]
        assert error["code"] == code


@pytest.mark.parametrize("percent", ["101", "-1", "1,5", "1.55555", "", "١", "NaN", "1e1"])
def test_a_likelihood_is_per_cent(person: Any, caller: Caller, percent: str):
    answer = caller.post(at(person, ":record-official"), OFFICIAL | {"percent": percent})

    assert (answer.status_code, list(answer.json()["invalid"])) == (400, ["percent"])


def test_of_a_woman_a_preview_of_osp_dc_is_refused():
    woman = make.person(manager=make.officer(), sex="F")
    answer = signed_in(woman.offender_manager).post(at(woman, ":preview"), facts_of_a_score())

    assert (answer.status_code, answer.json()["code"]) == (409, "not_for_this_person")


@pytest.mark.parametrize(("sex", "asked"), [("F", {}), ("M", {"total_sanctions": 0})])
def test_a_preview_that_is_refused_leaves_its_look(sex: str, asked: dict[str, Any]):
    """A refusal says of the person what a score would."""
    person = make.person(manager=make.officer(), sex=sex)
    caller, before = signed_in(person.offender_manager), last_event()

    answer = caller.post(at(person, ":preview"), facts_of_a_score() | asked)

    assert answer.status_code in {400, 409}
    [event] = events_since(before)
    assert (event.action, event.offender_id) == ("static_score.calculate", person.pk)


def test_another_system_sends_an_official_value_once_for_its_key(person: Any, caller: Caller):
    other = system(force=person.force, scopes=["static-scores:write"])

    first = other.post(at(person, ":record-official"), OFFICIAL, Idempotency_Key="k-1")
    again = other.post(at(person, ":record-official"), OFFICIAL, Idempotency_Key="k-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert first.json()["recorded_by"] is None
    assert StaticScore.objects.count() == 1
    assert other.get(at(person)).status_code == 403, "it may send, and not read"
    doubled = other.post(at(person, ":record-official"), OFFICIAL)
    assert (doubled.status_code, doubled.json()["code"]) == (409, "score_known")
    assert caller.get(at(person)).json()["axes"]["static"][0]["band"] == "high"


def test_the_list_has_both_values_newest_first_page_by_page(person: Any, caller: Caller):
    official = make.official_score(person)
    older, newer = make.static_score(person), make.static_score(person)
    before = last_event()

    first = caller.get(at(person), {"limit": 2}).json()
    second = caller.get(at(person), {"limit": 2, "cursor": first["next_cursor"]}).json()

    rows = first["results"] + second["results"]
    assert [row["id"] for row in rows] == [str(one.public_id) for one in (newer, older, official)]
    assert [row["superseded"] for row in rows] == [False, True, False]
    assert second["next"] is None
    [band] = first["axes"]["static"]
    assert (band["score"], band["source"]) == (str(official.public_id), "imported_official")
    assert (band["official"], band["calculated_here"]) == (
        str(official.public_id),
        str(newer.public_id),
    )
    assert [event.action for event in events_since(before)] == ["offender.view", "offender.view"]


def test_a_void_score_stays_with_its_reason(person: Any, caller: Caller):
    score = make.static_score(person)
    body = {"score": str(score.public_id), "reason": "Counted a caution twice"}

    answer = caller.post(at(person, ":void"), body)

    assert answer.status_code == 200
    [row] = caller.get(at(person)).json()["results"]
    assert row["void_reason"] == "Counted a caution twice"
    assert caller.get(at(person)).json()["axes"]["static"] == []
    partner = make.officer(Role.MAPPA_PARTNER, team=person.team)
    person.named_users.create(user=partner, named_by=person.offender_manager)
    [seen] = signed_in(partner).get(at(person)).json()["results"]
    assert "void_reason" not in seen, "typed text may hold an address"


def test_a_list_takes_the_same_reads_for_one_row_and_for_many(
    person: Any, caller: Caller, django_assert_max_num_queries: Any
):
    make.static_score(person)
    with django_assert_max_num_queries(30) as few:
        caller.get(at(person))
    for _ in range(10):
        make.static_score(person)
    with django_assert_max_num_queries(len(few)):
        caller.get(at(person))
