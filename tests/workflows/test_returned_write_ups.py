"""A write-up that a supervisor returned: its own words again, and nothing of it raised twice."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import Invalid
from offenders.models import Device, HoldingStatus, OnlineAccount, Order, OrderCondition
from tests import make
from tests.workflows import doing
from workflows.actions import holdings, tasks
from workflows.invariants import broken
from workflows.models import CaseAction, VisitDirection, VisitWriteUp
from workflows.queries.starting import starts_with
from workflows.queries.task import subject_of
from workflows.steps import WriteUpVisit

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
RETURNED = {"decision": "returned", "comment": "Say more of the home"}
IN_A_WEEK = TODAY + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person(management_level="medium", last_effective_visit_on="2026-06-01")
    make.activate(found.offender_manager)
    return found


@pytest.fixture
def supervisor(person):
    return make.officer(Role.SUPERVISOR, team=person.team)


@pytest.fixture
def colleague(person):
    return make.officer(team=person.team)


def whole(person, colleague):
    """All that an officer may write of a visit."""
    phone = holdings.add_device(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        kind="phone",
        description="Example 5",
        identifier="A1",
        reference="",
        state="declared",
        on=dt.date(2026, 6, 1),
    )
    order = Order.objects.create(offender=person, kind="shpo", made_on=dt.date(2026, 5, 4))
    alone = OrderCondition.objects.create(
        order=order,
        text="Not to be alone with a child",
        category="contact_with_children",
        polarity="prohibition",
        starts_on=order.made_on,
        recorded_by=person.offender_manager,
    )
    return {
        "summary": "Seen at home.",
        "purposes": ["residence"],
        "started_at": MONDAY - dt.timedelta(minutes=40),
        "persons": [
            {
                "name": "Ann",
                "is_child": True,
                "born_on": dt.date(2019, 1, 9),
                "ethnicity": "M1",
                "relationship": "Neighbour's daughter",
                "referral_reference": "MASH 2026/411",
            }
        ],
        "children_present": True,
        "device_checks": [
            {"device": phone.public_id, "label": "", "finding": "seized", "note": "Exhibit 1"}
        ],
        "found_devices": [{"kind": "tablet", "description": "Example pad", "identifier": "T9"}],
        "found_accounts": [{"service": "Example games", "user_name": "quill2"}],
        "details": [{"item": "home", "finding": "confirmed", "note": "Letter seen"}],
        "condition_checks": [
            {"condition": alone.public_id, "label": "", "finding": "kept", "seen": "Asked"}
        ],
        "evidence": [{"factor": "opportunity", "text": "Lives beside a park"}],
        "actions": [
            {"text": "Ring housing", "due_on": IN_A_WEEK, "owner": colleague.staff_number},
            {"text": "Ask for the report", "due_on": IN_A_WEEK, "owner": ""},
        ],
        "next_visit_by": dt.date(2026, 12, 7),
        "next_visit_reason": "A child was there",
        "concern": True,
    }


def write(person, **values):
    doing.complete(person, "write_up", make.write_up(**values), by=person.offender_manager)
    return VisitWriteUp.objects.filter(visit__offender=person).latest("pk")


def give_back(person, supervisor):
    doing.complete(person, "review", RETURNED, by=supervisor)
    return make.task_of(person, "write_up")


def sent_again(task, **changed):
    """The values of the form as it starts, through the form."""
    start = {
        name: value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else value
        for name, value in starts_with(task).items()
    }
    for rows in (start["persons"], start["actions"]):
        for row in rows:
            row |= {k: v.isoformat() for k, v in row.items() if isinstance(v, dt.date)}
    form = WriteUpVisit(data=start | changed)
    form.is_valid(raise_exception=True)
    return form.validated_data


def test_it_comes_back_with_all_that_was_written(person, supervisor, colleague):
    doing.visit(person)
    written = whole(person, colleague)
    write(person, **written)

    task = give_back(person, supervisor)
    start = starts_with(task)

    for name in ("summary", "purposes", "started_at", "persons", "found_devices", "found_accounts"):
        assert start[name] == written[name], name
    for name in ("children_present", "concern", "next_visit_by", "next_visit_reason", "actions"):
        assert start[name] == written[name], name
    [device] = start["device_checks"]  # seized, so not held any more, and still said
    assert (device["finding"], device["note"]) == ("seized", "Exhibit 1")
    [condition] = start["condition_checks"]
    assert (condition["finding"], condition["seen"]) == ("kept", "Asked")
    said = {row["item"]: row.get("finding") for row in start["details"]}
    assert (len(said), said["home"], said["bank"]) == (9, "confirmed", None)
    texts = {row["factor"]: row.get("text") for row in start["evidence"]}
    assert (len(texts), texts["opportunity"]) == (11, "Lives beside a park")
    assert "which was returned" in subject_of(make.actor(colleague), task)


def test_the_same_again_raises_nothing_twice(person, supervisor, colleague):
    doing.visit(person)
    write(person, **whole(person, colleague))
    first, second = CaseAction.objects.order_by("pk")
    counted = (Device, OnlineAccount, HoldingStatus, CaseAction, VisitDirection)
    before = [model.objects.count() for model in counted]
    task = give_back(person, supervisor)

    again = write(person, **sent_again(task))

    assert [model.objects.count() for model in counted] == before
    assert [row.raised for row in again.actions.all()] == [first, second]
    assert again.persons.get().referral_reference == "MASH 2026/411"
    assert person.obligations.filter(kind="case_action", closed_at=None).count() == 2
    assert broken() == {}


def test_an_action_that_was_handed_on_or_finished_meanwhile_stays_so(person, supervisor, colleague):
    doing.visit(person)
    write(person, **whole(person, colleague))
    housing, report = CaseAction.objects.order_by("pk")
    handed_on = person.obligations.get(about=housing.about).processes.get().task_set.open().get()
    tasks.reassign_task(
        by=make.actor(supervisor),
        task=handed_on.public_id,
        to=person.offender_manager.public_id,
        reason="The colleague is away",
    )
    asked = person.obligations.get(about=report.about).processes.get().task_set.open().get()
    done = {"outcome": "done", "evidence": "It came"}
    doing.complete_step(
        by=make.actor(person.offender_manager), task=asked.public_id, step=asked.step, values=done
    )
    task = give_back(person, supervisor)

    with time_machine.travel(MONDAY + dt.timedelta(days=9), tick=False):  # and their day is past
        write(person, **sent_again(task))

    assert CaseAction.objects.count() == 2
    handed_on.refresh_from_db()
    assert handed_on.owner == person.offender_manager
    assert person.obligations.get(about=report.about).closed_at is not None


def test_what_else_is_to_be_done_is_raised_beside_it(person, supervisor, colleague):
    doing.visit(person)
    written = whole(person, colleague)
    write(person, **written)
    task = give_back(person, supervisor)
    more = {"text": "Look at the shed", "due_on": IN_A_WEEK.isoformat(), "owner": ""}
    rows = [row | {"due_on": row["due_on"].isoformat()} for row in starts_with(task)["actions"]]

    write(person, **sent_again(task, actions=[*rows, more]))

    assert list(CaseAction.objects.order_by("pk").values_list("text", flat=True)) == [
        "Ring housing",
        "Ask for the report",
        "Look at the shed",
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"due_on": IN_A_WEEK + dt.timedelta(days=1)}, "another day"),
        ({"owner": ""}, "another officer"),
        ({"text": "ring  Housing", "owner": ""}, "capitals and spaces make no other action"),
    ],
)
def test_an_action_that_was_raised_is_not_changed_by_writing_again(
    person, supervisor, colleague, changed, reason
):
    doing.visit(person)
    written = whole(person, colleague)
    write(person, **written)
    give_back(person, supervisor)
    rows = [written["actions"][0] | changed, written["actions"][1]]

    with pytest.raises(Invalid) as error:
        write(person, **written | {"actions": rows})

    assert (error.value.code, error.value.field) == ("raised_before", "actions.0.text"), reason
    assert "30 November 2026" in error.value.message
    assert CaseAction.objects.count() == 2


def test_who_was_named_and_manages_the_person_by_now_is_the_same_officer(
    person, supervisor, colleague
):
    doing.visit(person)
    write(person, **whole(person, colleague))
    writer = person.offender_manager
    task = give_back(person, supervisor)
    values = sent_again(task)
    doing.caseload.reassign_caseload(
        by=make.actor(supervisor),
        offenders=[person.public_id],
        to=colleague.public_id,
        reason="The manager is ill",
    )

    doing.complete(person, "write_up", values, by=writer)

    assert CaseAction.objects.count() == 2


def test_a_colleague_who_takes_it_says_for_themselves_why(person, supervisor, colleague):
    doing.visit(
        person, attended=False, colleagues=[colleague.staff_number], entry_reason="By phone"
    )
    write(person, concern=True, entry_reason="From her notebook")
    task = give_back(person, supervisor)
    assert starts_with(task)["entry_reason"] == "From her notebook"

    tasks.reassign_task(
        by=make.actor(supervisor), task=task.public_id, to=colleague.public_id, reason="She was in"
    )

    task.refresh_from_db()
    assert "entry_reason" not in starts_with(task)


def test_the_first_write_up_still_starts_without_an_answer(person):
    doing.visit(person)
    task = make.task_of(person, "write_up")
    assert set(starts_with(task)) == {
        "device_checks",
        "account_checks",
        "details",
        "condition_checks",
        "evidence",
    }
    assert subject_of(make.actor(person.offender_manager), task) == ""
