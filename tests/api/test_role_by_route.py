"""Every role on every route: the permission table decides, and each answer is on the record.

Generated from the URL conf: a route that is not in `routes.ROUTES` fails the first test.
"""

from typing import Any

import pytest
from django.db import transaction

from accounts.models import Role, Team, User
from accounts.policy import RULES, SCOPES, Action, Reach, Redaction
from api import urls
from audit.models import Outcome
from offenders.models import Offender, RestrictedAccess
from risk.models import Indicator, IndicatorAccess
from tests import make
from tests.api.calling import (
    REASON,
    Caller,
    events_since,
    last_event,
    nobody,
    signed_in,
    system,
)
from tests.api.routes import ROUTES
from tests.api.routes.route import Route
from tests.api.scenes.alerts import alert_told_to
from tests.api.scenes.scene import Scene, scene

#: They describe the API and hold no record.
OPEN_TO_ALL = {"openapi", "api-reference"}


#: What the record says of an answer: of a success one event, of a refusal one, of a rule none.
RECORDED: dict[int, list[Outcome]] = {
    403: [Outcome.DENIED],
    404: [Outcome.DENIED],
    409: [],
}


class Undo(Exception):
    """Ends a call whose effect the next role must not meet."""


def test_every_route_has_its_scene() -> None:
    assert {route.name for route in urls.urlpatterns} - OPEN_TO_ALL == set(ROUTES)


def reaches(role: Role, action: Action, *, own: bool) -> bool:
    """Whether the table lets `role` do `action`: in their own team, or in another of the force."""
    granted = RULES[action].get(role)
    if granted is None or (role is Role.INTEGRATION and action not in SCOPES):
        return False
    return own or granted.reach is Reach.FORCE


def expected(role: Role, route: Route, *, own: bool) -> int:
    """The status that the permission table asks for."""
    if not reaches(role, route.door or route.action, own=True):
        return 403
    if route.is_beyond_card and RULES[route.action][role].redaction is Redaction.SHORT_CARD:
        return 403
    if route.seen_by and not reaches(role, route.seen_by, own=own):
        return 404
    if route.seen_by and not reaches(role, route.action, own=own):
        return 403
    return 409 if role in route.rule_refuses else route.ok


def caller(role: Role, team: Team) -> tuple[Caller, User | None]:
    """Someone of `role` in `team`; a system is bound to the force."""
    if role is Role.INTEGRATION:
        return system(force=team.force), None
    user = make.officer(role, team=team)
    return signed_in(user), user


def let_in(user: User | None, role: Role, person: Offender) -> None:
    """Name a MAPPA partner for a person: it is the only reach they have.

    And everyone for what is restricted, so that the table decides of it.
    """
    if user is not None:
        for one in Indicator.objects.filter(is_restricted=True):
            IndicatorAccess.objects.create(indicator=one, user=user, named_by=user)
    if role is Role.MAPPA_PARTNER and user is not None:
        RestrictedAccess.objects.create(offender=person, user=user, named_by=user)


def call(who: Caller, user: User | None, route: Route, at: Scene, record: str) -> Any:
    path = route.path.format(record)
    if route.method == "GET":
        return who.get(path)
    body = route.body(at)
    if "user" in body:
        body["user"] = str((user or at.manager).public_id)
    if "offenders" in body:
        body["offenders"] = [record]
    if "alerts" in body:
        body["alerts"] = [alert_told_to(user or at.manager)]
    if route.path == "import-jobs":
        content = ",".join(make.extract_row())
        return who.client.post(
            f"/api/v1/{path}", content, content_type="text/csv", headers=who.headers
        )
    return who.post(path, body)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_the_table_decides_and_each_answer_leaves_one_event(name: str) -> None:
    route = ROUTES[name]
    team = make.team()
    other = make.team(in_force=team.force)
    records = {own: _record(route, scene(where)) for own, where in ((True, team), (False, other))}
    wrong = []
    for role in Role:
        who, user = caller(role, team)
        let_in(user, role, records[True][2])
        for own, (at, record, _) in records.items():
            found = _tried(who, user, route, at, record)
            wanted = expected(role, route, own=own)
            if found != (wanted, RECORDED.get(wanted, [Outcome.OK])):
                wrong.append((role.value, "own" if own else "another team", wanted, found))
    assert not wrong


def _record(route: Route, at: Scene) -> tuple[Scene, str, Offender]:
    record, person = route.record(at)
    return at, record, person


def _tried(
    who: Caller, user: User | None, route: Route, at: Scene, record: str
) -> tuple[int, list[str]]:
    """The status of a call and the outcomes on the record, with everything taken back."""
    try:
        with transaction.atomic():
            before = last_event()
            answer = call(who, user, route, at, record)
            found = answer.status_code, [event.outcome for event in events_since(before)]
            raise Undo
    except Undo:
        return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_strangers_are_told_nothing(name: str) -> None:
    route = ROUTES[name]
    is_numbered = route.path.startswith("rule-sets")
    path = route.path.format("1" if is_numbered else "00000000-0000-4000-8000-000000000000")
    answer = nobody().get(path) if route.method == "GET" else nobody().post(path)
    assert answer.status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["openapi.json", "docs", "/healthz"])
def test_what_holds_no_record_leaves_no_event(path: str) -> None:
    before = last_event()
    assert nobody().get(path).status_code == 200
    assert events_since(before) == []


@pytest.mark.django_db
def test_a_role_that_needs_a_reason_is_asked_for_one() -> None:
    team = make.team()
    person = make.person(manager=make.officer(team=team))
    auditor = signed_in(make.officer(Role.AUDITOR, team=team))
    given = auditor.get(f"offenders/{person.public_id}")
    assert given.status_code == 200
    auditor.headers = {}
    asked = auditor.get(f"offenders/{person.public_id}")
    assert (asked.status_code, asked.json()["code"]) == (403, "reason_required")


@pytest.mark.django_db
def test_an_inspector_gives_a_reason_beyond_their_own_team_alone() -> None:
    team = make.team()
    mine = make.person(manager=make.officer(team=team))
    other = make.person(manager=make.officer(team=make.team(in_force=team.force)))
    inspector = signed_in(make.officer(Role.INSPECTOR, team=team))
    inspector.headers = {}
    assert inspector.get(f"offenders/{mine.public_id}").status_code == 200
    assert inspector.get(f"offenders/{other.public_id}").status_code == 403
    assert inspector.get(f"offenders/{other.public_id}", Access_Reason=REASON).status_code == 200


@pytest.mark.django_db
def test_a_conflict_of_interest_beats_every_role() -> None:
    team = make.team()
    person = make.person(manager=make.officer(team=team))
    user = make.officer(Role.INSPECTOR, team=team)
    who = signed_in(user)
    body = {"user": str(user.public_id)}
    assert who.post(f"offenders/{person.public_id}/conflicts", body).status_code == 201
    assert who.get(f"offenders/{person.public_id}").status_code == 404
    assert who.get("offenders").json()["results"] == []


@pytest.mark.django_db
def test_the_short_card_holds_nothing_more() -> None:
    manager = make.officer()
    person = make.person(manager=manager)
    shown = system(force=manager.force).get(f"offenders/{person.public_id}").json()
    assert set(shown) == {
        "id",
        "reference",
        "name",
        "level",
        "status",
        "markers",
        "orders",
        "conditions",
        "team",
        "version",
    }
