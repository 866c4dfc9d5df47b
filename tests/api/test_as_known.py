"""As of a day, and as known at an instant: lists, counts and a person, over the wire."""

import csv
import datetime as dt
import io

import orjson
import pytest
from django.utils import timezone

from accounts.models import Role, User
from audit.models import Payload
from offenders.models import Offender
from tests import make
from tests.api.calling import events_since, last_event, signed_in, system
from tests.workflows import doing
from tests.workflows.moments import moment

pytestmark = pytest.mark.django_db


def overdue_person(manager: User) -> Offender:
    """Someone whose visit has long been due."""
    visited_on = timezone.localdate() - dt.timedelta(days=500)
    return make.person(manager=manager, last_effective_visit_on=visited_on)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_what_was_known_then_is_shown_as_it_was() -> None:
    manager = make.activate(make.officer())
    person = overdue_person(manager)
    caller = system(force=manager.force)
    before, at = caller.get("due-visits").json(), moment()
    doing.visit(person)
    assert [row["overdue_days"] for row in caller.get("due-visits").json()["results"]] == []

    then = caller.get("due-visits", {"known_at": at.isoformat()}).json()

    assert dt.datetime.fromisoformat(then["known_at"]) == at
    [row] = then["results"]
    assert row == before["results"][0] | {"version": None}
    assert before["known_at"] is None


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"as_of": "2099-01-01"}, "as_of", "in_future"),
        ({"known_at": "2099-01-01T00:00:00Z"}, "known_at", "in_future"),
        ({"known_at": "2001-01-01T00:00:00Z"}, "known_at", "before_records"),
        ({"known_at": "2026-01-01"}, "known_at", "invalid"),
        ({"known_at": "2026-01-01T00:00:00"}, "known_at", "no_offset"),
    ],
)
@pytest.mark.parametrize("path", ["due-visits", "caseload-counts", "teams/{}/caseload"])
def test_a_time_that_cannot_be_asked_for_is_refused(
    path: str, query: dict[str, str], field: str, code: str
) -> None:
    caller = make.officer(Role.SUPERVISOR)
    answer = signed_in(caller).get(path.format(caller.team.public_id), query)
    assert answer.status_code == 400
    assert [said["code"] for said in answer.json()["invalid"][field]] == [code]


def test_lines_of_json_are_the_rows_of_the_pages() -> None:
    manager = make.officer()
    for _ in range(3):
        overdue_person(manager)
    caller = system(force=manager.force)
    at = moment().isoformat()
    for query in ({}, {"known_at": at}):
        answer = caller.get("due-visits", query | {"format": "ndjson"})
        assert answer.headers["Content-Type"] == "application/x-ndjson"
        lines = [orjson.loads(line) for line in answer.whole.splitlines()]
        assert lines == caller.get("due-visits", query).json()["results"]
        assert len(lines) == 3


def test_csv_and_pages_are_of_the_same_time() -> None:
    manager = make.activate(make.officer())
    people = [overdue_person(manager) for _ in range(3)]
    caller, at = system(force=manager.force), moment().isoformat()
    for person in people:
        doing.visit(person)
    first = caller.get("due-visits", {"known_at": at, "limit": 2}).json()
    second = caller.get(first["next"]).json()
    whole = rows_of(caller.get("due-visits", {"known_at": at, "format": "csv"}).whole.decode())
    paged = [row["person_id"] for row in first["results"] + second["results"]]
    assert paged == [row["person_id"] for row in whole]
    assert set(paged) == {str(person.public_id) for person in people}


def test_counts_are_shown_by_officer_and_level() -> None:
    manager = make.officer()
    person = overdue_person(manager)
    caller = signed_in(make.officer(Role.SUPERVISOR, team=manager.team))
    shown = caller.get("caseload-counts").json()
    [row] = shown["results"]
    assert (row["officer"]["staff_number"], row["level"]) == (
        manager.staff_number,
        person.management_level,
    )
    assert row["overdue"] == shown["total"]["overdue"] > 0
    assert shown["known_at"] is None


def test_a_team_is_shown_as_it_stood_without_what_no_history_is_kept_of() -> None:
    manager = make.activate(make.officer())
    person = overdue_person(manager)
    caller = signed_in(make.officer(Role.SUPERVISOR, team=manager.team))
    path = f"teams/{manager.team.public_id}/caseload"
    before, at = caller.get(path).json(), moment()
    [stood] = [load for load in before["officers"] if load["people"]]
    assert stood["overdue"] > 0
    assert (before["as_of"], before["known_at"]) == (timezone.localdate().isoformat(), None)
    doing.visit(person)
    assert caller.get(path).json()["overdue"] < before["overdue"]

    then = caller.get(path, {"known_at": at.isoformat()}).json()

    untold = dict.fromkeys(("can_receive", "points", "percent", "overloaded"))
    assert then["officers"] == [stood | untold]
    assert dt.datetime.fromisoformat(then["known_at"]) == at
    for name in ("as_of", "name", "people", "overdue", "unmanaged"):
        assert then[name] == before[name]


def test_a_person_shows_what_was_owed_then_beside_what_is_now() -> None:
    manager = make.activate(make.officer())
    person = overdue_person(manager)
    caller = signed_in(manager)
    path = f"offenders/{person.public_id}"
    before, at = caller.get(path).json(), moment()
    assert "owed_then" not in before
    doing.visit(person)

    then = caller.get(path, {"known_at": at.isoformat()}).json()

    visit = [row for row in then["owed_then"]["obligations"] if row["kind"] == "home_visit"]
    [stood] = [row for row in before["obligations"] if row["kind"] == "home_visit"]
    assert [row["due_on"] for row in visit] == [stood["due_on"]]
    assert visit[0]["id"] == stood["id"]
    assert visit[0]["source"] == stood["source"]
    assert visit[0]["version"] is None, "it is closed by now"
    [now] = [row for row in then["obligations"] if row["kind"] == "home_visit"]
    assert now["due_on"] != stood["due_on"]


def test_a_person_who_was_not_on_record_was_owed_nothing() -> None:
    at = moment().isoformat()
    manager = make.activate(make.officer())
    person = overdue_person(manager)
    query = {"known_at": at}
    then = signed_in(manager).get(f"offenders/{person.public_id}", query).json()["owed_then"]
    assert (then["was_known"], then["level"], then["obligations"]) == (False, None, [])


def test_a_person_as_of_a_day() -> None:
    manager = make.activate(make.officer())
    person = overdue_person(manager)
    day = timezone.localdate() - dt.timedelta(days=400)
    shown = signed_in(manager).get(f"offenders/{person.public_id}", {"as_of": day}).json()
    then = shown["owed_then"]
    assert (then["as_of"], then["known_at"]) == (day.isoformat(), None)
    assert then["level"] == "not_assessed", "it was taken over today"
    for row in then["obligations"]:
        late = (day - dt.date.fromisoformat(row["due_on"])).days
        assert row["overdue_days"] == max(late, 0)


def test_the_short_card_tells_nothing_of_the_past() -> None:
    person = make.person()
    caller = system(force=person.force)
    shown = caller.get(f"offenders/{person.public_id}", {"as_of": timezone.localdate()})
    assert "owed_then" not in shown.json()


def test_each_look_says_what_time_was_asked_for() -> None:
    manager = make.activate(make.officer())
    officer = signed_in(manager)
    supervisor = signed_in(make.officer(Role.SUPERVISOR, team=manager.team))
    now = moment()
    at = now.replace(microsecond=now.microsecond // 1000 * 1000)  # the record tells milliseconds
    query = {"known_at": at.isoformat()}
    before = last_event()
    officer.get("caseload-counts", query)
    officer.get("due-visits", query)
    supervisor.get(f"teams/{manager.team.public_id}/caseload", query)
    looks = events_since(before)
    assert [event.operation for event in looks] == ["consultation"] * 3
    asked = [Payload.objects.get(event_id=event.pk).payload["filters"] for event in looks]
    assert [dt.datetime.fromisoformat(one["known_at"]) for one in asked] == [at] * 3
