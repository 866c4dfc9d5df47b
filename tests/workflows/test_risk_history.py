"""Every decision on a person's risk in one list, with who made it and when."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from risk.models import Indicator, IndicatorAccess
from tests import make
from tests.api.calling import signed_in
from tests.ui.conftest import text_of
from tests.workflows import indicating, triaging
from ui.views.risk_history import TITLES
from workflows.actions import people
from workflows.actions.indicators import matching
from workflows.actions.indicators.restricting import lift_restriction, restrict_indicator
from workflows.actions.static_scores import void_score
from workflows.queries.risk_history import DECISIONS, public_id_of, risk_history

pytestmark = pytest.mark.django_db

#: What the supervisor of these tests says of a triage.
READ = "I have read it."


@pytest.fixture
def manager(db: None):
    return make.officer()


@pytest.fixture
def supervisor(manager):
    return make.officer(Role.SUPERVISOR, team=manager.team)


@pytest.fixture
def person(manager, supervisor):
    """Somebody about whom most that can be decided was."""
    found = make.settled(manager=manager)
    score = make.official_score(found, by=manager)
    void_score(
        by=make.actor(manager), offender=found.public_id, score=score.public_id, reason="Mistyped"
    )
    one = indicating.matched(found, by=manager, code="UACC")
    matching.unmatch(by=make.actor(manager), indicator=one.public_id, reason="Another birthday")
    people.change_level(
        by=make.actor(supervisor),
        offender=found.public_id,
        level="very_high",
        decided_on=timezone.localdate(),
        reason="What the indicator says",
    )
    return found


def listed(who, person, **asked):
    return risk_history(actor=make.actor(who), person=person, **asked)


def said(rows):
    return [(one.kind, one.decision) for one in rows]


def test_each_decision_comes_with_who_made_it_and_why_newest_first(person, manager, supervisor):
    rows = listed(supervisor, person).rows
    assert said(rows)[:5] == [
        ("level", "decided"),
        ("indicator", "unmatched"),
        ("indicator", "confirmed"),
        ("static_score", "voided"),
        ("static_score", "recorded"),
    ]
    assert [one.by for one in rows[:5]] == [supervisor, manager, manager, manager, manager]
    assert (rows[0].value, rows[0].reason) == ("very_high", "What the indicator says")
    assert ("level", "taken_over") in said(rows)
    assert [one.at for one in rows] == sorted((one.at for one in rows), reverse=True)


def test_every_decision_is_of_a_known_kind_and_has_words():
    every = {(kind, one) for kind, each in DECISIONS.items() for one in each}
    assert TITLES.keys() == every


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_the_pages_together_are_the_whole_list(person, supervisor, limit):
    for _ in range(5):
        indicating.matched(person, by=person.offender_manager, source="nca", code="GAME")
    whole = [one.place for one in listed(supervisor, person, limit=50).rows]
    seen, after = [], None
    while True:
        page = listed(supervisor, person, limit=limit, after=after)
        seen += [one.place for one in page.rows]
        if page.next is None:
            break
        after = page.next
    assert seen == whole


def test_a_decision_on_an_indicator_is_there_for_whom_may_see_it_alone(person, manager, supervisor):
    one = indicating.matched(person, by=manager, source="nca", code="GAME")
    Indicator.objects.filter(pk=one.pk).update(is_restricted=True)
    IndicatorAccess.objects.create(indicator=one, user=manager, named_by=manager)

    def about_it(who):
        rows = listed(who, person).rows
        return [
            each.decision
            for each in rows
            if each.kind == "indicator" and each.fact.match.indicator_id == one.pk
        ]

    assert about_it(manager) == ["confirmed"]
    assert about_it(supervisor) == []


def test_a_restriction_is_told_to_the_named_and_to_nobody_else(person, manager, supervisor):
    one = indicating.matched(person, by=manager, source="nca", code="GAME")
    restrict_indicator(
        by=make.actor(supervisor),
        indicator=one.public_id,
        users=[manager.public_id],
        reason="It would give a source away",
    )

    def told(who):
        return [
            each.decision
            for each in listed(who, person).rows
            if public_id_of(each.fact) == one.public_id
        ]

    assert sorted(told(manager)) == ["confirmed", "named", "named", "restricted"]
    assert sorted(told(supervisor)) == ["confirmed", "named", "named", "restricted"]
    assert told(make.officer(team=manager.team)) == []


def test_after_a_restriction_was_lifted_only_the_named_are_told_of_it(person, manager, supervisor):
    one = indicating.matched(person, by=manager, source="nca", code="GAME")
    restrict_indicator(
        by=make.actor(supervisor),
        indicator=one.public_id,
        users=[manager.public_id],
        reason="It would give a source away",
    )
    lift_restriction(by=make.actor(supervisor), indicator=one.public_id, reason="He is in custody")
    colleague = make.officer(team=manager.team)

    def told(who):
        caller, reasons = signed_in(who), []
        history = caller.get(f"offenders/{person.public_id}/risk-history").json()["results"]
        decided = caller.get(f"indicators/{one.public_id}/decisions").json()["results"]
        page = caller.client.get(reverse("ui:indicator", args=[one.public_id]))
        about = [each["reason"] for each in history if each["id"] == str(one.public_id)]
        reasons += [about, [each["reason"] for each in decided], text_of(page)]
        return ["It would give a source away" in each for each in reasons]

    assert told(manager) == [True] * 3
    assert told(colleague) == [False] * 3


def test_every_triage_is_there_with_what_the_second_officer_said(person, manager, supervisor):
    one = triaging.critical(person, by=manager, source="nca")
    triaging.triage(one, by=manager, reason="A test card")
    triaging.check(one, by=supervisor, decision="returned")
    other = triaging.critical(person, by=manager, source="nca")
    triaging.triage(one, "duplicate", by=manager, same_as=other.public_id, reason="The same")
    triaging.check(one, by=supervisor)

    rows = [each for each in listed(supervisor, person).rows if each.kind == "indicator"]
    told = [(each.decision, each.value, each.by, each.reason) for each in rows]
    assert told[0] == ("triage_agreed", "duplicate", supervisor, READ)
    assert told[1] == ("triaged", "duplicate", manager, "The same")
    assert ("triage_returned", "no_action", supervisor, READ) in told
    assert ("triaged", "no_action", manager, "A test card") in told

    page = signed_in(supervisor).client.get(reverse("ui:indicator", args=[one.public_id]))
    for words in (READ, "A test card", "The same", "Triage returned"):
        assert words in text_of(page)


def test_it_costs_the_same_however_long_it_is(person, supervisor):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(supervisor, person)
        return len(captured)

    few = cost()
    for _ in range(4):
        indicating.matched(person, by=person.offender_manager, source="nca", code="GAME")
    assert cost() == few


def test_the_page_and_the_api_tell_the_same_in_the_same_order(person, supervisor):
    caller = signed_in(supervisor)
    told = caller.get(f"offenders/{person.public_id}/risk-history").json()["results"]
    page = text_of(caller.client.get(reverse("ui:risk-history", args=[person.public_id])))

    places = [page.find(TITLES[one["kind"], one["decision"]]) for one in told]
    assert -1 not in places
    assert [one["reason"] for one in told][:2] == ["What the indicator says", "Another birthday"]
    assert "What the indicator says" in page
    assert supervisor.display_name in page


def test_the_indicators_of_a_person_are_listed_with_what_became_of_them(person, supervisor):
    one = indicating.matched(person, by=person.offender_manager, source="nca", code="GAME")
    caller = signed_in(supervisor)
    page = text_of(caller.client.get(reverse("ui:person-indicators", args=[person.public_id])))
    asked = {"person": str(person.public_id), "state": "all"}
    [told] = caller.get("indicators", asked).json()["results"]

    assert "Use of a platform or game for children" in page
    assert told["id"] == str(one.public_id)
    assert told["matched_at"] is not None
    assert (told["triaged_at"], told["outcome"]) == (None, "")


def test_an_officer_records_one_about_a_person_over_the_api(person, manager):
    caller = signed_in(manager)
    body = {k: v for k, v in indicating.item().items() if k != "subjects"}
    path = f"offenders/{person.public_id}/indicators"
    refused = caller.post(path, body)
    assert refused.status_code == 400
    assert "reason" in refused.content.decode()

    for _ in range(2):  # the same again is known
        answer = caller.post(path, body | {"reason": "Seen in his hand"})
        assert answer.status_code == 201, answer.json()
        assert answer.json()["person"]["id"] == str(person.public_id)
    again = caller.post(path, body | {"reason": "Seen", "text": "Another"})
    assert (again.status_code, again.json()["code"]) == (409, "external_id_reused")
    other = make.person(manager=manager)
    known = caller.post(f"offenders/{other.public_id}/indicators", body | {"reason": "Seen"})
    assert (known.status_code, known.json()["code"]) == (409, "known_elsewhere")
    assert Indicator.objects.filter(offender=person).count() == 1
