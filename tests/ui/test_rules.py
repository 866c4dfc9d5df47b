"""The pages of the rules: reading them, proposing a change, and another deciding on it."""

import datetime as dt
from typing import get_args

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from offenders.models import Offender
from rules.models import RuleSetVersion
from rules.strict import Evidence
from tests import make
from tests.ui.conftest import hidden_of, text_of
from tests.workflows.ruling import propose
from ui.words import EVIDENCE, long_day

pytestmark = pytest.mark.django_db

MEDIUM = "visit.interval.medium"


def typed(page, **changes: str) -> dict[str, str]:
    """Medium every four months from tomorrow, with one case."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return {
        "key": hidden_of(page)["key"][-1],
        "id": MEDIUM,
        "to": "4m",
        "trigger_day": "31",
        "trigger_month": "10",
        "trigger_year": "2026",
        "due_day": "28",
        "due_month": "2",
        "due_year": "2027",
        "why": "no 31 February",
        "effective_from_day": str(tomorrow.day),
        "effective_from_month": str(tomorrow.month),
        "effective_from_year": str(tomorrow.year),
        "title": "Medium every four months",
        "source": "Force order 12",
        "evidence": "Our own decision",
        "reason": "Seen too rarely",
    } | changes


def test_the_rules_in_force_are_read_with_their_sources(browse):
    page = browse(make.officer()).get(reverse("ui:rules"))
    said = text_of(page)
    for words in ("Rules in force", MEDIUM, "6 months", "Not in force", "visit.hours", "3 hours"):
        assert words in said
    assert "Propose a change" not in said


def test_an_inspector_proposes_and_another_approves(browse):
    author, approver = (browse(make.officer(Role.INSPECTOR)) for _ in range(2))
    form = author.get(reverse("ui:rules-propose"), {"rule": MEDIUM})
    assert MEDIUM in form.content.decode()

    sent = author.post(reverse("ui:rules-propose"), typed(form))

    assert sent.status_code == 303, text_of(sent)
    address = sent.headers["Location"]
    assert address == reverse("ui:rules-version", args=[2])
    seen = text_of(author.get(address))
    assert "Approve " not in seen
    page = approver.get(address)
    for words in ("Proposed", "6m", "4m", "2026-10-31 → 2027-02-28", "Seen too rarely"):
        assert words in text_of(page)
    decision = {"key": hidden_of(page)["key"][-1], "reason": "Agreed"}
    assert approver.post(reverse("ui:rules-approve", args=[2]), decision).status_code == 303
    assert RuleSetVersion.objects.get(number=2).state == "approved"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"to": "soon"}, "not a period"),
        ({"to": "5m"}, "the rule gives 31 March 2027"),
        ({"id": "notif.initial", "to": "4d"}, "does not change statute"),
        ({"id": "no.such"}, "no such rule"),
        ({"effective_from_year": "2020"}, "never in the past"),
        ({"reason": ""}, "Give the reason"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(browse, changes, said):
    client = browse(make.officer(Role.INSPECTOR))
    form = client.get(reverse("ui:rules-propose"))
    answer = client.post(reverse("ui:rules-propose"), typed(form, **changes))
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert "Force order 12" in answer.content.decode()
    assert RuleSetVersion.objects.count() == 1


@pytest.fixture
def longer_by_then():
    """Somebody visited five months ago: in time at six months, late at four."""
    visited = timezone.localdate() - dt.timedelta(days=150)
    return make.person(management_level="medium", last_effective_visit_on=str(visited))


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.SUPERVISOR])
def test_what_a_proposal_would_do_is_read_before_it_is_decided_on(browse, longer_by_then, role):
    propose(in_days=3)
    person = longer_by_then
    is_inspector = role == Role.INSPECTOR
    where = {"force": person.force} if is_inspector else {"team": person.team}
    client = browse(make.officer(role, **where))
    version = client.get(reverse("ui:rules-version", args=[2]))
    address = reverse("ui:rules-what-if", args=[2])
    assert address in version.content.decode()

    said = text_of(client.get(address))

    day = long_day(RuleSetVersion.objects.get(number=2).effective_from)
    assert f"Overdue on {day} 0 by the rules before, 1 by this version, if nothing is done" in said
    assert "higher than what is overdue today" in said
    assert "People are those to whom something is owed that day" in said
    assert "Become overdue 1" in said
    for words in (longer_by_then.team.name, longer_by_then.offender_manager.display_name):
        assert words in said, "by team and by officer"
    assert longer_by_then.source_ref in said
    assert longer_by_then.obligations.get(kind="home_visit").moves.count() == 0, "nothing is saved"


def test_what_a_version_of_today_would_do_is_told_of_today(browse, longer_by_then):
    propose(in_days=0)
    client = browse(make.officer(Role.INSPECTOR, force=longer_by_then.force))

    said = text_of(client.get(reverse("ui:rules-what-if", args=[2])))

    assert f"Overdue on {long_day(timezone.localdate())} 0 by the rules before" in said
    assert "if nothing is done" not in said


def test_who_is_closed_to_the_viewer_is_counted_and_not_named(browse, longer_by_then):
    Offender.objects.filter(pk=longer_by_then.pk).update(is_restricted=True)
    propose()
    client = browse(make.officer(Role.INSPECTOR, force=longer_by_then.force))

    said = text_of(client.get(reverse("ui:rules-what-if", args=[2])))

    assert "Become overdue 1" in said
    assert "1 of people whose records are closed to you" in said
    assert longer_by_then.source_ref not in said


def test_an_officer_tries_no_rules(browse):
    propose()
    client = browse(make.officer())
    assert client.get(reverse("ui:rules-what-if", args=[2])).status_code == 403
    address = reverse("ui:rules-what-if", args=[2])
    assert address not in client.get(reverse("ui:rules-version", args=[2])).content.decode()


def test_deciding_needs_a_reason_and_a_proposal_that_stands(browse):
    propose()
    client = browse(make.officer(Role.INSPECTOR))
    page = client.get(reverse("ui:rules-version", args=[2]))
    key = hidden_of(page)["key"][-1]
    url = reverse("ui:rules-withdraw", args=[2])
    assert client.post(url, {"key": key, "reason": ""}).status_code == 400
    assert client.post(url, {"key": key, "reason": "A slip"}).status_code == 303
    again = client.post(reverse("ui:rules-approve", args=[2]), {"key": "other", "reason": "Yes"})
    assert again.status_code == 409
    assert "withdrawn" in text_of(again)


def test_the_form_shows_the_examples_of_the_rule_that_is_chosen(browse):
    client = browse(make.officer(Role.INSPECTOR))
    form = client.get(reverse("ui:rules-propose"), {"rule": MEDIUM})
    said = text_of(form)
    assert "now: 6 months" in said
    assert "From 31 August 2026: due 28 February 2027" in said
    assert "Example: counted from (optional)" not in said
    assert "4m is 4 months" in said
    figure = text_of(client.get(reverse("ui:rules-propose"), {"rule": "visit.hours"}))
    assert "visit.hours now: 3 hours" in figure
    assert "Its examples" not in figure


def test_whoever_gives_no_example_is_told_which_fail_and_that_a_new_one_is_needed(browse):
    client = browse(make.officer(Role.INSPECTOR))
    form = client.get(reverse("ui:rules-propose"))
    none = {
        f"{name}_{part}": "" for name in ("trigger", "due") for part in ("day", "month", "year")
    }

    answer = client.post(reverse("ui:rules-propose"), typed(form, why="", **none))

    assert answer.status_code == 400
    said = text_of(answer)
    assert "so it needs a new one" in said
    assert "From 31 August 2026 the example expects 28 February 2027" in said
    assert "From 31 August 2026: due 28 February 2027" in said, "the page shows the example itself"
    assert '<a href="#f-trigger_day">The examples of this rule' in answer.content.decode()


def test_the_marks_of_sources_are_explained(browse):
    said = text_of(browse(make.officer()).get(reverse("ui:rules")))
    for mark in get_args(Evidence):
        assert f"({mark}) {EVIDENCE[mark]}" in said
    assert EVIDENCE.keys() == set(get_args(Evidence))
