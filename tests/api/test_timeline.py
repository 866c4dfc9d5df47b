"""The timeline through the API: the same entries as on the person's page, from any of them on."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from api.shapes.timeline import TOLD
from offenders.models import ContactNote, LevelDecision, Notification, Offender, RestrictedAccess
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in
from tests.api.scenes.scene import WHY
from tests.api.scenes.unfound import ENQUIRY
from tests.workflows import doing, planning, searching, triaging
from ui.views.timeline import WORDED
from workflows.actions.caseload import reassign_caseload
from workflows.actions.changes import record_change
from workflows.actions.people import add_contact_note, change_level
from workflows.actions.voiding import void_visit

pytestmark = pytest.mark.django_db

#: Everything that a timeline of this file has typed is of this street.
ELSEWHERE = "99 Hidden Lane"


@pytest.fixture
def person() -> Offender:
    return make.person(manager=make.officer())


@pytest.fixture
def supervisor(person: Offender) -> User:
    return make.officer(Role.SUPERVISOR, team=person.team)


def note(person: Offender, hours_ago: float = 0) -> ContactNote:
    return add_contact_note(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        kind="telephone",
        occurred_at=timezone.now() - dt.timedelta(hours=hours_ago),
        text=f"Rang from {ELSEWHERE}",
    )


def attempts_and_a_warrant(person: Offender) -> None:
    for days in (9, 8):
        searching.attempt(person, days)
    searching.consider(person)
    searching.decide_warrant(person)
    searching.attempt(person, 7, "not_resident")
    searching.decide(person, "not_missing")


def found_again(person: Offender) -> None:
    searching.report(person)
    doing.complete(person, "record_enquiry", ENQUIRY, by=person.offender_manager)
    searching.confirm(person)
    searching.locate(person)


def set_aside(person: Offender, supervisor: User) -> None:
    """An indicator, by two people."""
    manager = person.offender_manager
    found = triaging.critical(person, by=manager)
    triaging.triage(found, by=manager, reason=f"Seen at {ELSEWHERE}")
    triaging.check(found, by=supervisor)


def lively(person: Offender, supervisor: User) -> None:
    """Something of every kind, most of it on one day."""
    manager = person.offender_manager
    by = {"by": make.actor(manager), "offender": person.public_id}
    above = {"by": make.actor(supervisor), "offender": person.public_id}
    attempts_and_a_warrant(person)
    wrong = doing.visit(person, note=f"Seen at {ELSEWHERE}")
    void_visit(**by, visit=wrong.public_id, reason=f"It was {ELSEWHERE}")
    for number in range(14):
        note(person, hours_ago=number * 5)
    today = timezone.localdate()
    change_level(**above, level="high", decided_on=today, reason=f"Seen near {ELSEWHERE}")
    record_change(**by, what="loss_of_home", occurred_on=today, text=f"Left {ELSEWHERE}")
    planning.assessed(person, supervisor=supervisor)
    planning.agreed(person, supervisor, review=f"Moved to {ELSEWHERE}")
    doing.complete(person, "review_case", make.case_review(), by=supervisor)
    found_again(person)
    set_aside(person, supervisor)
    reassign_caseload(
        by=make.actor(supervisor),
        offenders=[person.public_id],
        to=make.officer(team=person.team).public_id,
        reason=WHY,
    )
    searching.report_death(person, by=manager)
    searching.verify(person, "refuted", reference="")
    Notification.objects.filter(offender=person).update(station=ELSEWHERE)
    LevelDecision.objects.filter(offender=person).update(reason=ELSEWHERE)


def told(caller: Caller, person: Offender, limit: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    path = f"/api/v1/offenders/{person.public_id}/timeline?limit={limit}"
    while path:
        page = caller.get(path).json()
        rows += page["results"]
        path = page["next"]
    return rows


def drawn(client: Client, person: Offender) -> list[dict[str, Any]]:
    """The entries of every page of the person's page."""
    lines: list[dict[str, Any]] = []
    address = reverse("ui:person", args=[person.public_id])
    while address:
        context = client.get(address).context
        lines += context["timeline"]
        address = context["older_url"].partition("#")[0]
    return lines


def test_pages_and_api_tell_the_same_entries_in_the_same_order(person, supervisor):
    lively(person, supervisor)
    caller = signed_in(supervisor)

    lines = drawn(caller.client, person)
    rows = told(caller, person, 7)

    def said(row: dict[str, Any]) -> tuple[Any, ...]:
        at = row["at"] and dt.datetime.fromisoformat(str(row["at"]))
        return row["kind"], str(row["on"]), at, row["void"]

    assert [said(row) for row in rows] == [said(line) for line in lines]
    assert {row["kind"] for row in rows} == set(TOLD), "something of every kind"


def test_every_kind_of_the_page_is_told():
    assert set(TOLD) == set(WORDED)


def test_a_day_with_many_entries_is_cut_anywhere_without_a_gap_or_a_double(person, supervisor):
    lively(person, supervisor)
    caller = signed_in(supervisor)
    whole = told(caller, person, 100)
    for limit in (1, 2, 13):
        assert told(caller, person, limit) == whole, limit


def test_what_is_entered_meanwhile_doubles_nothing(person):
    for number in range(4):
        note(person, hours_ago=number + 1)
    caller = signed_in(person.offender_manager)
    path = f"offenders/{person.public_id}/timeline"
    first = caller.get(path, {"limit": 2}).json()
    note(person)

    second = caller.get(first["next"]).json()

    ids = [row["id"] for page in (first, second) for row in page["results"] if row["id"]]
    assert len(ids) == len(set(ids))
    known = {str(one) for one in ContactNote.objects.values_list("public_id", flat=True)}
    assert len(known & set(ids)) == 4, "all that there were when the list was begun"


def test_a_search_is_told_with_what_was_asked_and_found(person):
    report = searching.report(person)
    doing.complete(person, "record_enquiry", ENQUIRY, by=person.offender_manager)

    rows = {row["kind"]: row for row in told(signed_in(person.offender_manager), person, 50)}

    reported, enquiry = rows["missing_reported"], rows["missing_enquiry"]["values"]
    assert (reported["id"], reported["values"]["reason"]) == (str(report.public_id), searching.WHY)
    assert enquiry["report"] == str(report.public_id)
    assert (enquiry["findings"], enquiry["next_steps"]) == (
        ENQUIRY["findings"],
        ENQUIRY["next_steps"],
    )
    assert enquiry["wanted_marker"] is True


def test_a_level_comes_with_who_decided_it_and_why(person, supervisor):
    change_level(
        by=make.actor(supervisor),
        offender=person.public_id,
        level="very_high",
        decided_on=timezone.localdate(),
        reason=WHY,
    )
    newest = next(row for row in told(signed_in(supervisor), person, 50) if row["kind"] == "level")
    assert newest["by"]["staff_number"] == supervisor.staff_number
    assert newest["values"] == {"level": "very_high", "origin": "decided", "reason": WHY}


def test_a_partner_reads_that_it_happened_and_nothing_that_was_typed(person, supervisor):
    lively(person, supervisor)
    partner = make.officer(Role.MAPPA_PARTNER, team=person.team)
    RestrictedAccess.objects.create(offender=person, user=partner, named_by=supervisor)

    whole, redacted = (told(signed_in(user), person, 100) for user in (supervisor, partner))

    assert [row["kind"] for row in redacted] == [row["kind"] for row in whole]
    assert ELSEWHERE in str(whole)
    for typed in (ELSEWHERE, WHY, searching.WHY, ENQUIRY["findings"], "A. Partner", "His sister"):
        assert typed not in str(redacted), typed


@pytest.mark.parametrize("role", [Role.MAPPA_PARTNER, Role.AUDITOR])
def test_whoever_may_open_no_indicator_reads_that_there_is_one_and_not_which(
    person, supervisor, role
):
    set_aside(person, supervisor)
    reader = make.officer(role, team=person.team)
    if role is Role.MAPPA_PARTNER:
        RestrictedAccess.objects.create(offender=person, user=reader, named_by=supervisor)
    caller = signed_in(reader)
    rows = told(caller, person, 50)
    about = [row for row in rows if row["kind"].startswith("indicator_")]
    nothing = {"indicator": None, "code": "", "severity": "", "restricted": True}
    assert [(row["id"], row["void"], row["values"]) for row in about] == [
        (None, False, nothing)
    ] * 2

    page = caller.client.post(reverse("ui:person", args=[person.public_id]), {"reason": WHY})
    titles = [line["title"] for line in page.context["timeline"] if "indicator" in line["kind"]]
    assert titles == ["Triaged: Restricted indicator", "Matched: Restricted indicator"]


def test_a_look_is_on_the_record(person):
    before = last_event()
    caller = signed_in(person.offender_manager)
    rows = caller.get(f"offenders/{person.public_id}/timeline").json()["results"]
    [event] = events_since(before)
    assert (event.offender_id, event.row_count) == (person.pk, len(rows))


@pytest.mark.parametrize(
    ("query", "field"), [({"cursor": "WzFd"}, "cursor"), ({"page": 2}, "page")]
)
def test_a_bad_parameter_is_a_problem_that_names_it(person, query, field):
    caller = signed_in(person.offender_manager)
    answer = caller.get(f"offenders/{person.public_id}/timeline", query)
    assert (answer.status_code, list(answer.json()["invalid"])) == (400, [field])


def test_a_timeline_costs_the_same_however_long_it_is(
    person, supervisor, django_assert_max_num_queries: DjangoAssertNumQueries
):
    caller, path = signed_in(supervisor), f"offenders/{person.public_id}/timeline"
    costs = []
    lively(person, supervisor)
    caller.get(path)
    for _ in range(2):
        with django_assert_max_num_queries(40) as spent:
            caller.get(path, {"limit": 100})
        costs.append(len(spent))
        for days in (3, 2):
            wrong = searching.attempt(person, days)
            void_visit(
                by=make.actor(supervisor),
                offender=person.public_id,
                visit=wrong.public_id,
                reason=WHY,
            )
        record_change(
            by=make.actor(supervisor),
            offender=person.public_id,
            what="loss_of_home",
            occurred_on=timezone.localdate(),
            text=WHY,
        )
    assert costs[0] == costs[1]
