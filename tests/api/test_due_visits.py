"""The due list for other systems: complete, in pages and as CSV."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from api.shapes.due_visits import COLUMNS
from audit.models import Event
from offenders.models import Offender
from tests import make
from tests.api.calling import events_since, last_event, signed_in, system
from workflows.models import Kind, Obligation

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def overdue_person(manager: User) -> Offender:
    """Someone whose visit has long been due."""
    return make.person(manager=manager, last_effective_visit_on=TODAY() - days(500))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_everything_overdue_is_there_whatever_the_first_day(form: str) -> None:
    manager = make.officer()
    late = overdue_person(manager)
    later = TODAY() + days(3000)
    answer = system(force=manager.force).get(
        "due-visits", {"from": later, "to": later, "format": form}
    )
    assert answer.status_code == 200
    rows = answer.json()["results"] if form == "json" else rows_of(answer.whole.decode())
    assert [row["person_id"] for row in rows] == [str(late.public_id)]


def test_leaving_the_overdue_out_is_explicit() -> None:
    manager = make.officer()
    overdue_person(manager)
    later = TODAY() + days(3000)
    query = {"from": later, "to": later, "include_overdue": "false"}
    assert system(force=manager.force).get("due-visits", query).json()["results"] == []


def test_a_row_carries_stable_ids_dates_and_owner() -> None:
    manager = make.officer()
    late = overdue_person(manager)
    obligation = Obligation.objects.get(offender=late, kind=Kind.HOME_VISIT, closed_at=None)
    [row] = signed_in(make.activate(manager)).get("due-visits").json()["results"]
    assert row == {
        "person_id": str(late.public_id),
        "reference": late.source_ref,
        "obligation_id": str(obligation.public_id),
        "kind": "home_visit",
        "due_on": obligation.due_on.isoformat(),
        "original_due_on": obligation.original_due_on.isoformat(),
        "overdue_days": (TODAY() - obligation.due_on).days,
        "level": "medium",
        "owner": manager.staff_number,
        "team": {"id": str(manager.team.public_id), "name": manager.team.name},
        "version": obligation.version,
    }


def many_due_on_one_day(person: Offender, number: int) -> None:
    """`number` open visits more, all due on one day: what breaks paging by date alone."""
    first = Obligation.objects.count()
    Obligation.objects.bulk_create(
        Obligation(
            offender=person,
            force_id=person.force_id,
            kind=Kind.HOME_VISIT,
            about=f"test {first + n}",
            due_on=TODAY(),
            original_due_on=TODAY(),
            rule="visit.interval.medium",
        )
        for n in range(number)
    )


def test_pages_hold_every_row_once_with_thousands_on_one_day_while_rows_change() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    many_due_on_one_day(person, 2500)
    known = set(Obligation.objects.filter(due_on=TODAY()).values_list("public_id", flat=True))
    caller = system(force=manager.force)
    seen: list[str] = []
    path: str | None = f"/api/v1/due-visits?limit=400&to={TODAY()}"
    while path:
        page = caller.get(path).json()
        seen += [row["obligation_id"] for row in page["results"]]
        path = page["next"]
        # One row that was sent is closed and one more opens: neither may disturb the others.
        Obligation.objects.filter(public_id=seen[-1]).update(
            closed_at=timezone.now(), closed_because="done"
        )
    assert len(seen) == len(set(seen))
    assert {str(one) for one in known} <= set(seen)


@pytest.mark.parametrize("asking", [{"format": "csv"}, {}], ids=["format", "Accept"])
def test_csv_has_exactly_the_promised_columns(asking: dict[str, str]) -> None:
    manager = make.officer()
    late = overdue_person(manager)
    caller = system(force=manager.force)
    answer = caller.get("due-visits", asking, Accept="*/*" if asking else "text/csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    [row] = rows_of(answer.whole.decode())
    assert tuple(row) == COLUMNS
    assert (row["person_id"], row["team"]) == (str(late.public_id), manager.team.name)


def test_csv_and_json_say_the_same() -> None:
    manager = make.officer()
    for _ in range(3):
        overdue_person(manager)
    caller = system(force=manager.force)
    sent = rows_of(caller.get("due-visits", {"format": "csv"}).whole.decode())
    shown = caller.get("due-visits").json()["results"]
    for row in shown:
        row["team"] = row["team"]["name"]
    assert sent == [{name: str(row[name]) for name in COLUMNS} for row in shown]


def test_a_name_that_is_a_formula_is_sent_as_text() -> None:
    team = make.team("=1+1")
    overdue_person(make.officer(team=team))
    [row] = rows_of(system(force=team.force).get("due-visits", {"format": "csv"}).whole.decode())
    assert row["team"] == "'=1+1"


def test_a_stream_is_recorded_before_it_starts_and_when_it_is_whole() -> None:
    manager = make.officer()
    overdue_person(manager)
    caller = system(force=manager.force)
    before = last_event()
    answer = caller.client.get("/api/v1/due-visits?format=csv", headers=caller.headers)
    [look] = events_since(before)
    b"".join(answer.streaming_content)
    [_, completion] = events_since(before)
    assert (completion.completes, completion.row_count) == (look.pk, 1)
    assert completion.request_id == look.request_id == answer.headers["X-Request-Id"]


def test_a_stream_that_is_cut_off_has_no_completion() -> None:
    manager = make.officer()
    overdue_person(manager)
    caller = system(force=manager.force)
    before = last_event()
    answer = caller.client.get("/api/v1/due-visits?format=csv", headers=caller.headers)
    next(iter(answer.streaming_content))
    assert len(events_since(before)) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-02-30"}, "from"),
        ({"from": "2026-02-02", "to": "2026-02-01"}, "to"),
        ({"as_of": "0001-01-01"}, "as_of"),
        ({"to": "9999-12-31"}, "to"),
        ({"limit": "1001"}, "limit"),
        ({"format": "xml"}, "format"),
        ({"format": "csv", "limit": "5"}, "limit"),
        ({"include_overdue": "no"}, "include_overdue"),
        ({"team": "1"}, "team"),
        ({"known_at": "x"}, "known_at"),
    ],
)
def test_a_bad_parameter_is_named(query: dict[str, str], field: str) -> None:
    answer = system().get("due-visits", query)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert list(answer.json()["invalid"]) == [field]


def test_a_repeated_parameter_is_refused() -> None:
    answer = system().get("/api/v1/due-visits?from=2026-01-01&from=2026-02-01")
    assert answer.json()["invalid"]["from"][0]["code"] == "repeated_parameter"


def test_a_cursor_of_other_days_is_refused() -> None:
    manager = make.officer()
    overdue_person(manager)
    overdue_person(manager)
    caller = system(force=manager.force)
    cursor = caller.get("due-visits", {"limit": 1}).json()["next_cursor"]
    answer = caller.get("due-visits", {"to": TODAY(), "cursor": cursor})
    assert list(answer.json()["invalid"]) == ["cursor"]


def test_a_system_bound_to_a_team_sees_that_team_alone() -> None:
    mine = make.officer()
    other = make.officer(team=make.team(in_force=mine.force))
    late = overdue_person(mine)
    overdue_person(other)
    caller = system(force=mine.force, teams=[mine.team])
    rows = caller.get("due-visits").json()["results"]
    assert [row["person_id"] for row in rows] == [str(late.public_id)]


def test_a_system_without_the_scope_sees_nothing() -> None:
    answer = system(scopes=["tasks:read"]).get("due-visits")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_list_costs_the_same_whatever_its_length(
    form: str, django_assert_max_num_queries: Callable[[int], DjangoAssertNumQueries]
) -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    caller = system(force=manager.force)
    costs = []
    for _ in range(2):
        many_due_on_one_day(person, 50)
        with django_assert_max_num_queries(14) as spent:
            caller.get("due-visits", {"format": form})
        costs.append(len(spent))
    assert costs[0] == costs[1]


def test_each_answer_leaves_one_event_with_what_was_asked() -> None:
    caller = system()
    before = last_event()
    caller.get("due-visits", {"to": "2030-01-01"})
    [event] = events_since(before)
    assert isinstance(event, Event)
    assert (event.action, event.actor_kind, event.row_count) == ("due_visits.read", "client", 0)


def test_another_day_is_worked_out_anew() -> None:
    manager = make.officer()
    # Without a level, which was taken over today: the days before know of none.
    visited_on = TODAY() - days(500)
    person = make.person(manager=manager, management_level="", last_effective_visit_on=visited_on)
    due_on = Obligation.objects.get(offender=person, kind=Kind.HOME_VISIT).due_on
    as_of = due_on + days(10)
    assert as_of < TODAY()
    shown = system(force=manager.force).get("due-visits", {"as_of": as_of}).json()
    assert shown["as_of"] == as_of.isoformat()
    assert [row["overdue_days"] for row in shown["results"]] == [10]


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ({"format": "csv"}, "application/json", "text/csv; charset=utf-8"),
        ({"format": "json"}, "text/csv", "application/json"),
        ({}, "text/csv", "text/csv; charset=utf-8"),
        ({}, "*/*", "application/json"),
    ],
)
def test_the_format_that_is_named_wins_over_accept(
    query: dict[str, str], accept: str, media: str
) -> None:
    answer = system().get("due-visits", query, Accept=accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)
