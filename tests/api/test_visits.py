"""Visits through the API: the list with the void ones, and one visit whole."""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from offenders.models import Offender, RestrictedAccess
from tests import make
from tests.api.calling import Caller, events_since, last_event, signed_in, system
from tests.api.scenes.scene import WHY, spoken
from tests.workflows import doing
from workflows.actions.preparing import prepare_visit
from workflows.actions.voiding import void_visit
from workflows.models import LoneVisitAuthority, Visit
from workflows.steps.visit_preparation import PrepareVisit

pytestmark = pytest.mark.django_db

CHILD = {
    "name": "Ann",
    "is_child": True,
    "born_on": dt.date(2019, 1, 9),
    "ethnicity": "M1",
    "relationship": "Neighbour's daughter",
    "referral_reference": "MASH 2026/411",
}


@pytest.fixture
def manager() -> User:
    return make.officer()


@pytest.fixture
def person(manager: User) -> Offender:
    return make.person(manager=manager)


def ids(answer) -> list[str]:
    return [row["id"] for row in answer.json()["results"]]


def failed(person: Offender, days_ago: int) -> Visit:
    at = timezone.now() - dt.timedelta(days=days_ago)
    return doing.visit(person, outcome="no_answer", occurred_at=at, entry_reason="Entered later")


def prepare(person: Offender, manager: User, **values: object) -> None:
    form = PrepareVisit(
        data={"purposes": ["compliance"], "safety_level": "raised", "safety_assessment": "A dog"}
    )
    form.is_valid(raise_exception=True)
    task = make.task_of(person).public_id
    prepare_visit(by=make.actor(manager), task=task, **form.validated_data | values)


def written_up(person: Offender, manager: User, **values: object) -> Visit:
    visit = doing.visit(person)
    doing.complete(person, "write_up", make.write_up(**values), by=manager)
    return visit


def test_every_visit_is_listed_once_newest_first_and_the_void_one_says_so(person, manager):
    visits = [failed(person, days) for days in (9, 5, 3, 3, 1)]
    wrong = visits[2]
    void_visit(by=make.actor(manager), offender=person.public_id, visit=wrong.public_id, reason=WHY)
    caller = signed_in(manager)
    rows, path = [], f"/api/v1/offenders/{person.public_id}/visits?limit=2"
    while path:
        page = caller.get(path).json()
        rows += page["results"]
        path = page["next"]

    wanted = Visit.objects.filter(offender=person).order_by("-occurred_on", "-pk")
    assert [row["id"] for row in rows] == [str(visit.public_id) for visit in wanted]
    [void] = [row for row in rows if row["void"]]
    assert (void["id"], void["void"]["reason"]) == (str(wrong.public_id), WHY)
    assert void["void"]["by"]["staff_number"] == manager.staff_number


def test_any_visit_of_the_list_can_be_voided_by_its_id(person, manager):
    for days in range(8, 0, -1):
        failed(person, days)
    caller = signed_in(manager)
    recorded = [
        row["id"]
        for row in caller.get(f"offenders/{person.public_id}/visits").json()["results"]
        if row["origin"] == "recorded"
    ]
    body = {"visit": recorded[-1], "reason": WHY}

    assert caller.post(f"offenders/{person.public_id}/void-visit", body).status_code == 200
    assert caller.get(f"visits/{recorded[-1]}").json()["void"]["reason"] == WHY


def test_a_visit_is_read_whole_by_the_fields_of_its_forms(person, manager):
    colleague = make.officer(team=manager.team)
    prepare(person, manager, going=[colleague.staff_number], partner="B. Partner, housing")
    sent = make.write_up(
        persons=[CHILD],
        children_present=True,
        purposes=["compliance", "residence"],
        details=[{"item": "home", "finding": "changed", "changed_on": None, "note": "Moved rooms"}],
        evidence=[{"factor": "opportunity", "text": "New tablet"}],
        found_devices=[{"kind": "tablet", "description": "Example 7", "identifier": ""}],
        actions=[{"text": "Ask housing", "due_on": timezone.localdate(), "owner": ""}],
        rooms_seen="Kitchen",
        next_visit_by=timezone.localdate() + dt.timedelta(days=9),
        next_visit_reason="To see the tablet",
        concern=True,
    )
    visit = written_up(person, manager, **sent)
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    decided = {"decision": "returned", "comment": "Say who rang"}
    doing.complete(person, "review", decided, by=supervisor)

    shown = signed_in(manager).get(f"visits/{visit.public_id}").json()

    assert shown["person"]["id"] == str(person.public_id)
    assert [one["staff_number"] for one in shown["officers"]] == [manager.staff_number]
    assert (shown["partners"], shown["partner_agency_present"]) == (
        ["A. Partner, probation"],
        True,
    )
    [write_up] = shown["write_ups"]
    assert write_up["written_by"]["staff_number"] == manager.staff_number
    record = write_up["record"]
    assert set(record) == set(make.write_up()), "every field of the form"
    wanted = spoken(sent)
    differ = {name for name in record if record[name] != wanted[name]}
    assert not differ, {name: (record[name], wanted[name]) for name in differ}
    assert [(one["text"], one["outcome"]) for one in write_up["actions"]] == [("Ask housing", "")]
    [review] = shown["reviews"]
    assert (review["decision"], review["comment"]) == ("returned", "Say who rang")
    assert review["reviewed_by"]["staff_number"] == supervisor.staff_number


def test_what_was_prepared_comes_with_who_meant_to_go(person, manager):
    colleague = make.officer(team=manager.team)
    prepare(person, manager, going=[colleague.staff_number], partner="B. Partner, housing")
    caller = signed_in(manager)
    task = make.task_of(person)
    before = caller.get(f"tasks/{task.public_id}").json()["preparation"]
    visit = doing.visit(person, occurred_at=timezone.now())
    after = caller.get(f"visits/{visit.public_id}").json()

    for shown in (before, after["preparation"]):
        assert [one["staff_number"] for one in shown["going"]] == [colleague.staff_number]
        assert shown["partner"] == "B. Partner, housing"
    assert "Police National Computer" in after["unchecked"]


def test_the_authority_to_go_alone_is_read_until_it_is_used_and_with_its_visit_after(
    person, manager
):
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    caller = signed_in(manager)
    task = make.task_of(person)
    assert caller.get(f"tasks/{task.public_id}").json()["lone_authority"] is None
    body = {"officer": str(manager.public_id), "risk_assessment": "Day visit, rings after"}
    at = f"tasks/{task.public_id}/authorise-lone-visit"
    assert signed_in(supervisor).post(at, body).status_code == 200
    LoneVisitAuthority.objects.update(authorised_at=timezone.now() - dt.timedelta(hours=1))

    standing = caller.get(f"tasks/{task.public_id}").json()["lone_authority"]
    visit = doing.visit(person, partner="")
    used = caller.get(f"visits/{visit.public_id}").json()["lone_authority"]

    assert standing == used
    assert standing["officer"]["staff_number"] == manager.staff_number
    assert standing["authorised_by"]["staff_number"] == supervisor.staff_number
    assert standing["risk_assessment"] == "Day visit, rings after"
    write_up = make.task_of(person, "write_up")
    assert caller.get(f"tasks/{write_up.public_id}").json()["lone_authority"] is None


TYPED = {"note", "entry_reason", "partners"}
WORK = {"write_ups", "reviews", "preparation", "unchecked", "lone_authority"}


@pytest.mark.parametrize(
    ("role", "status", "more", "why"),
    [
        (Role.OFFENDER_MANAGER, 200, TYPED | WORK, "their colleagues' people are theirs to know"),
        (Role.SUPERVISOR, 200, TYPED | WORK, "of the team"),
        (Role.INSPECTOR, 200, TYPED | WORK, "of the force"),
        (Role.AUDITOR, 200, TYPED, "reads the person's page, and no task"),
        (Role.MAPPA_PARTNER, 200, set(), "what was typed may hold an address"),
        (Role.CONTACT_CENTRE, 403, set(), "sees the short card alone"),
        (Role.SYSTEM_ADMIN, 403, set(), "reads no offender"),
    ],
)
def test_a_visit_shows_each_role_what_the_pages_show_it(
    person, role: Role, status: int, more: set[str], why: str
):
    manager = person.offender_manager
    visit = written_up(person, manager)
    user = make.officer(role, team=manager.team)
    if role is Role.MAPPA_PARTNER:
        RestrictedAccess.objects.create(offender=person, user=user, named_by=manager)
    caller = signed_in(user)

    answer = caller.get(f"visits/{visit.public_id}")
    listed = caller.get(f"offenders/{person.public_id}/visits")

    assert (answer.status_code, listed.status_code) == (status, status), why
    if status == 200:
        assert (TYPED | WORK) & set(answer.json()) == more, why
        assert TYPED & set(listed.json()["results"][0]) == more & TYPED, why


def hidden_by_a_conflict(person: Offender, user: User) -> None:
    body = {"user": str(user.public_id)}
    answer = signed_in(user).post(f"offenders/{person.public_id}/conflicts", body)
    assert answer.status_code == 201


def restricted(person: Offender, user: User) -> None:
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)


@pytest.mark.parametrize("hide", [hidden_by_a_conflict, restricted])
def test_a_visit_to_a_hidden_person_looks_like_none(person, manager, hide):
    visit = doing.visit(person)
    colleague = make.officer(team=manager.team)
    caller = signed_in(colleague)
    assert caller.get(f"visits/{visit.public_id}").status_code == 200
    hide(person, colleague)
    before = last_event()

    answers = [
        caller.get(f"visits/{one}", X_Request_Id="same") for one in (visit.public_id, uuid4())
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content
    assert caller.get(f"offenders/{person.public_id}/visits").status_code == 404
    refused, *_ = events_since(before)
    assert (refused.outcome, refused.offender_id) == ("denied", person.pk)


def test_each_look_is_on_the_record_with_the_person(person, manager):
    visit = doing.visit(person)
    caller = signed_in(manager)
    before = last_event()
    caller.get(f"offenders/{person.public_id}/visits")
    caller.get(f"visits/{visit.public_id}")

    listed, one = events_since(before)

    assert {event.offender_id for event in (listed, one)} == {person.pk}
    assert (listed.row_count, one.subject) == (2, f"visit:{visit.public_id}")


def test_an_inspector_says_why_beyond_their_own_team(person, manager):
    visit = doing.visit(person)
    other = make.team(in_force=manager.force)
    inspector = signed_in(make.officer(Role.INSPECTOR, team=other))
    inspector.headers = {}
    for path in (f"visits/{visit.public_id}", f"offenders/{person.public_id}/visits"):
        answer = inspector.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "reason_required")


def test_another_system_sees_the_short_card_and_no_visits(person, manager):
    visit = doing.visit(person)
    answer = system(force=manager.force).get(f"visits/{visit.public_id}")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"cursor": "WzFd"}, "cursor"),
        ({"cursor": "x" * 501}, "cursor"),
        ({"order": "due"}, "order"),
    ],
)
def test_a_bad_parameter_is_a_problem_that_names_it(person, manager, query, field):
    answer = signed_in(manager).get(f"offenders/{person.public_id}/visits", query)
    assert (answer.status_code, list(answer.json()["invalid"])) == (400, [field])


def cost(caller: Caller, path: str, counted: DjangoAssertNumQueries) -> int:
    with counted(60) as spent:
        assert caller.get(path).status_code == 200
    return len(spent)


def test_a_list_and_a_visit_cost_the_same_however_much_there_is(
    person, manager, django_assert_max_num_queries: DjangoAssertNumQueries
):
    counted = django_assert_max_num_queries
    caller, path = signed_in(manager), f"offenders/{person.public_id}/visits"
    for days in (6, 5):
        failed(person, days)
    caller.get(path)  # reads what is kept
    few = cost(caller, path, counted)
    for days in (4, 3, 2):
        failed(person, days)
    assert cost(caller, path, counted) == few

    costs = []
    for names in (["Ann"], ["Bea", "Cy", "Di"]):
        persons = [CHILD | {"name": name} for name in names]
        actions = [{"text": n, "due_on": timezone.localdate(), "owner": ""} for n in names]
        colleagues = [make.officer(team=manager.team).staff_number for _ in names]
        prepare(person, manager, going=colleagues)
        visit = doing.visit(person, colleagues=colleagues, occurred_at=timezone.now())
        values = make.write_up(persons=persons, actions=actions, children_present=True)
        doing.complete(person, "write_up", values, by=manager)
        costs.append(cost(caller, f"visits/{visit.public_id}", counted))
    assert costs[0] == costs[1]
