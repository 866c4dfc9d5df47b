"""People through the API: lists, search, one person, addresses, and changes."""

import datetime as dt
import json
import uuid

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from audit.models import Event, Payload
from offenders.models import ContactNote, Identifier, Offender
from tests import make
from tests.api.calling import events_since, last_event, signed_in, system
from tests.api.scenes.scene import day
from workflows.models import Kind, Obligation

pytestmark = pytest.mark.django_db


def test_a_list_has_pages_without_doubles_and_no_address() -> None:
    manager = make.officer()
    known = {str(make.person(manager=manager).public_id) for _ in range(5)}
    caller = signed_in(manager)
    seen: list[str] = []
    path: str | None = "/api/v1/offenders?limit=2"
    while path:
        page = caller.get(path).json()
        seen += [row["id"] for row in page["results"]]
        path = page["next"]
        assert "Example Row" not in json.dumps(page)
    assert sorted(seen) == sorted(known)


def test_filters_narrow_the_list() -> None:
    manager = make.officer()
    high = make.person(manager=manager, management_level="high")
    make.person(manager=manager)
    caller = signed_in(manager)
    for query in (
        {"level": "high"},
        {"level": "high", "status": "community"},
        {"level": "high", "owner": str(manager.public_id), "team": str(manager.team.public_id)},
    ):
        rows = caller.get("offenders", query).json()["results"]
        assert [row["id"] for row in rows] == [str(high.public_id)]
    assert caller.get("offenders", {"status": "custody"}).json()["results"] == []
    assert caller.get("offenders", {"ended": "true"}).json()["results"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"surname": "O'NÉILL"},
        {"surname": "oneill", "forename": "sam"},
        {"surname": "oneil"},
        {"surname": "Kestrel"},  # an alias
        {"identifier": "26/123456a"},
        {"surname": "oneill", "date_of_birth": "1980-02-29"},
    ],
)
def test_what_is_typed_finds_what_is_written(body: dict[str, str]) -> None:
    manager = make.officer()
    person = make.person(
        manager=manager, surname="O'Neill", forename="Sam", aliases="Kestrel;Plover"
    )
    Identifier.objects.create(offender=person, kind="pnc", value="26/123456A")
    make.person(manager=manager)
    found = signed_in(manager).post("offenders/search", body).json()
    assert [row["id"] for row in found["results"]] == [str(person.public_id)]
    assert found["more"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"forename": "Sam"},
        {"date_of_birth": "1980-02-29"},
        {"surname": "***"},
        {"surname": "'"},
        {"surname": "Nom\u202einal"},
    ],
)
def test_too_little_is_no_search(body: dict[str, str]) -> None:
    assert signed_in(make.officer()).post("offenders/search", body).status_code == 400


def test_the_contact_centre_needs_two_things() -> None:
    manager = make.officer()
    make.person(manager=manager)
    caller = signed_in(make.officer(Role.CONTACT_CENTRE, force=manager.force))
    one = caller.post("offenders/search", {"surname": "Nominal"})
    assert one.json()["invalid"]["surname"][0]["code"] == "say_more"
    two = caller.post("offenders/search", {"surname": "Nominal", "date_of_birth": "1980-02-29"})
    assert len(two.json()["results"]) == 1


def test_rows_hold_no_more_than_the_card_where_a_role_sees_the_card() -> None:
    manager = make.officer()
    make.person(manager=manager)
    centre = signed_in(make.officer(Role.CONTACT_CENTRE, force=manager.force))
    asked = {"surname": "Nominal", "date_of_birth": "1980-02-29"}
    beyond_the_card = {"mode", "owner"}
    for answer in (
        centre.get("offenders"),
        centre.post("offenders/search", asked),
        system(force=manager.force).get("offenders"),
    ):
        [row] = answer.json()["results"]
        assert not beyond_the_card & set(row)
    [row] = signed_in(manager).get("offenders").json()["results"]
    assert beyond_the_card <= set(row)


def test_names_that_were_searched_for_are_in_the_payload_alone() -> None:
    caller = signed_in(make.officer())
    before = last_event()
    caller.post("offenders/search", {"surname": "Kestrel"})
    [event] = events_since(before)
    assert "Kestrel" not in f"{event.subject}{event.reason}{event.action}"
    assert Payload.objects.get(event_id=event.pk).payload["filters"]["surname"] == "Kestrel"


def test_a_person_comes_with_what_is_owed_and_why() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    answer = signed_in(manager).get(f"offenders/{person.public_id}")
    shown = answer.json()
    assert answer.headers["ETag"] == f'"{person.version}"' == f'"{shown["version"]}"'
    owed = {row["kind"]: row for row in shown["obligations"]}
    visit = Obligation.objects.get(offender=person, kind=Kind.HOME_VISIT, closed_at=None)
    assert owed["home_visit"]["due_on"] == visit.due_on.isoformat()
    assert owed["home_visit"]["rule"] == visit.rule
    assert shown["registration"]["period_ends_on"] is None
    assert shown["registration"]["reasons"][0]["code"] == "period"
    assert shown["visits"][0]["outcome"] == "effective"
    assert shown["entry_warrant"] is False
    assert (shown["mappa_category"], shown["mappa_level"]) == (1, 1)
    assert "Example Row" not in answer.content.decode()


def test_an_address_is_a_look_of_its_own() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    caller = signed_in(manager)
    before = last_event()
    shown = caller.get(caller.get(f"offenders/{person.public_id}").json()["addresses"]).json()
    assert shown["results"][0]["postcode"] == "QX1 1AA"
    look, reveal = events_since(before)
    assert (look.action, reveal.action) == ("offender.view", "address.reveal")
    assert reveal.offender_id == person.pk


def test_a_hidden_person_looks_like_a_missing_one() -> None:
    caller = signed_in(make.officer())
    hidden = make.person()
    answers = [
        caller.get(f"offenders/{person}", X_Request_Id="same")
        for person in (hidden.public_id, uuid.uuid4())
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


def test_a_changed_level_moves_the_due_date_at_once() -> None:
    supervisor = make.officer(Role.SUPERVISOR)
    person = make.person(manager=make.officer(team=supervisor.team), management_level="low")
    visit = Obligation.objects.get(offender=person, kind=Kind.HOME_VISIT, closed_at=None)
    body = {"level": "very_high", "decided_on": day(0), "reason": "New intelligence"}
    caller = signed_in(supervisor)
    answer = caller.post(
        f"offenders/{person.public_id}/level", body, If_Match=f'"{person.version}"'
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["version"] > person.version
    moved = Obligation.objects.get(pk=visit.pk)
    assert moved.due_on < visit.due_on
    assert moved.original_due_on == visit.original_due_on
    stale = caller.post(f"offenders/{person.public_id}/level", body, If_Match=f'"{person.version}"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


@pytest.mark.parametrize(
    ("route", "bodies"),
    [
        ("bring-visit-forward", [{"visit_by": day(n), "reason": "Sooner"} for n in (3, 2)]),
        ("conflicts", [{}, {}]),  # of two colleagues, neither of whom manages the person
    ],
)
def test_of_two_changes_with_the_same_version_one_is_stale(
    route: str, bodies: list[dict[str, str]]
) -> None:
    supervisor = make.officer(Role.SUPERVISOR)
    person = make.person(manager=make.officer(team=supervisor.team))
    if route == "conflicts":
        bodies = [{"user": str(make.officer(team=supervisor.team).public_id)} for _ in bodies]
    caller = signed_in(supervisor)
    first, second = (
        caller.post(f"offenders/{person.public_id}/{route}", body, If_Match=f'"{person.version}"')
        for body in bodies
    )
    assert first.status_code in {200, 201}, first.content
    assert first.headers["ETag"] == f'"{person.version + 1}"'
    assert (second.status_code, second.json()["code"]) == (412, "stale")


def test_a_contact_note_is_kept_once_for_a_repeated_key() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    body = {"kind": "telephone", "occurred_at": timezone.now().isoformat(), "text": "Rang."}
    caller = signed_in(manager)
    before = last_event()
    answers = [
        caller.post(f"offenders/{person.public_id}/contact-notes", body, Idempotency_Key="n-1")
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [event.operation for event in events_since(before)] == ["collection", "consultation"]
    assert ContactNote.objects.filter(offender=person).count() == 1


def test_a_refused_change_leaves_everything_as_it_was() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    body = {"visit_by": "2001-01-01", "reason": "Sooner"}
    before = last_event()
    answer = signed_in(manager).post(f"offenders/{person.public_id}/bring-visit-forward", body)
    assert answer.json()["invalid"]["visit_by"][0]["code"] == "in_past"
    assert Offender.objects.get(pk=person.pk).version == person.version
    assert events_since(before) == []


def test_a_person_costs_the_same_however_much_is_known(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    caller = signed_in(manager)
    caller.get(f"offenders/{person.public_id}")  # reads rules and bank holidays, which are kept
    costs = []
    for kinds in (["shpo"], ["sro", "interim_shpo"]):
        for kind in kinds:
            made_on = timezone.localdate() - dt.timedelta(days=9)
            person.orders.create(kind=kind, made_on=made_on)
        person.markers.create(code="VI" if costs else "AG")
        with django_assert_max_num_queries(40) as spent:
            caller.get(f"offenders/{person.public_id}")
        costs.append(len(spent))
    assert costs[0] == costs[1]
    assert Event.objects.filter(action="offender.view").count() == 3
