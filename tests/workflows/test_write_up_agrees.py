"""A write-up agrees with what was said at the door, and with itself (PRACTICE 10)."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role, User
from offenders.errors import Invalid
from offenders.models import Order, OrderCondition
from tests import make
from tests.workflows import doing
from workflows.actions import tasks
from workflows.actions.handing_over import declare_conflict, hand_over
from workflows.models import VisitWriteUp

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
DAY = 24 * 60
RETURNED = {"decision": "returned", "comment": "More"}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person()
    make.activate(found.offender_manager)
    return found


def write(person, *, by=None, **values):
    doing.complete(person, "write_up", make.write_up(**values), by=by or person.offender_manager)
    return VisitWriteUp.objects.filter(visit__offender=person).latest("pk")


def refused(person, **values):
    with pytest.raises(Invalid) as error:
        write(person, **values)
    return error.value.code, error.value.field


# --- who writes -----------------------------------------------------------------------------------


def test_a_writer_who_was_not_there_says_why(person):
    colleague = make.officer(team=person.team)
    doing.visit(person)
    tasks.reassign_task(
        by=make.actor(make.officer(Role.SUPERVISOR, team=person.team)),
        task=make.task_of(person, "write_up").public_id,
        to=colleague.public_id,
        reason="The manager is ill",
    )
    why = "From the notebook of the manager"

    assert refused(person, by=colleague) == ("reason_needed", "entry_reason")
    record = write(person, by=colleague, entry_reason=why)

    assert (record.written_by, record.entry_reason) == (colleague, why)


def test_who_recorded_for_others_says_so_again_in_the_write_up(person):
    there = make.officer(team=person.team)
    doing.visit(
        person, attended=False, colleagues=[there.staff_number], entry_reason="Asked by phone"
    )

    assert refused(person) == ("reason_needed", "entry_reason")


def conflict(person, writer):
    declare_conflict(
        by=make.actor(make.officer(Role.SUPERVISOR, team=person.team)),
        offender=person.public_id,
        user=writer.public_id,
    )


def lapse(person, writer):
    User.objects.filter(pk=writer.pk).update(vetting_expires_on=dt.date(2026, 11, 20))
    hand_over(by=make.SETUP, user=writer)


def close(person, writer):
    User.objects.filter(pk=writer.pk).update(is_active=False)
    hand_over(by=make.SETUP, user=writer)


@pytest.mark.parametrize("stop", [conflict, lapse, close])
def test_what_is_returned_does_not_go_back_to_a_writer_who_may_not_go_on(person, stop):
    writer = make.officer(team=person.team)
    doing.visit(person, by=writer)
    write(person, by=writer)
    stop(person, writer)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    doing.complete(person, "review", RETURNED, by=supervisor)

    again = make.task_of(person, "write_up")
    assert (again.owner, again.status) == (None, "NEW"), "in the team's queue"


def test_what_is_returned_goes_back_to_its_writer_wherever_the_person_went(person):
    doing.visit(person)
    write(person)
    writer = person.offender_manager
    new = doing.move_away(person)

    doing.complete(person, "review", RETURNED, by=make.officer(Role.SUPERVISOR, team=new.team))

    assert make.task_of(person, "write_up").owner == writer


# --- when -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("began", "ended", "refusal", "reason"),
    [
        (-40, -10, None, "around half past nine"),
        (-40, None, None, "only the beginning"),
        (None, -10, None, "only the end"),
        (-30, -30, None, "a minute at the door"),
        (-20, -5, None, "noted a little before it began"),
        (-DAY, None, ("another_day", "started_at"), "yesterday"),
        (-3 * DAY, -3 * DAY + 30, ("another_day", "started_at"), "last Friday"),
        (None, -DAY, ("another_day", "ended_at"), "over before the day of the visit"),
        (None, -120, ("another_time", "ended_at"), "over long before it was said to be"),
    ],
)
def test_beginning_and_end_are_those_of_the_visit(person, began, ended, refusal, reason):
    doing.visit(person)
    times = {
        "started_at": None if began is None else MONDAY + began * MINUTE,
        "ended_at": None if ended is None else MONDAY + ended * MINUTE,
    }

    if refusal:
        assert refused(person, **times) == refusal, reason
    else:
        assert write(person, **times).started_at == times["started_at"], reason


def test_a_visit_does_not_begin_long_after_it_was_said_to_be(person):
    doing.visit(person, occurred_at=MONDAY - 4 * 60 * MINUTE)

    assert refused(person, started_at=MONDAY - 60 * MINUTE) == ("another_time", "started_at")


@pytest.mark.parametrize(
    ("ended", "code", "reason"),
    [
        (dt.datetime(2026, 11, 23, 0, 40, tzinfo=dt.UTC), "", "past midnight"),
        (dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC), "another_day", "the next morning"),
    ],
)
def test_a_visit_late_in_the_evening_may_end_after_midnight(person, ended, code, reason):
    doing.visit(person, occurred_at=dt.datetime(2026, 11, 22, 23, 10, tzinfo=dt.UTC))

    if code:
        assert refused(person, ended_at=ended) == (code, "ended_at"), reason
    else:
        assert write(person, ended_at=ended).ended_at == ended, reason


# --- orders and children --------------------------------------------------------------------------


def condition(person, **facts):
    made = dt.date(2026, 5, 4)
    values = {
        "order": Order.objects.create(offender=person, kind="shpo", made_on=made),
        "text": "Not to be alone with a child",
        "category": "contact_with_children",
        "polarity": "prohibition",
        "starts_on": made,
        "recorded_by": person.offender_manager,
    }
    return OrderCondition.objects.create(**values | facts)


@pytest.mark.parametrize(
    ("finding", "answer", "code", "reason"),
    [
        ("not_kept", "yes", "condition_not_kept", "the row says otherwise"),
        ("not_kept", "no", "", "as the row says"),
        ("not_kept", "not_applicable", "conditions_bind", "it applies"),
        ("kept", "not_applicable", "conditions_bind", "it applies"),
        ("not_checked", "not_applicable", "conditions_bind", "it applies, looked at or not"),
        ("not_checked", "yes", "condition_not_checked", "nobody looked at it"),
        ("not_checked", "not_checked", "", "as the row says"),
        (None, "yes", "condition_not_checked", "left out is not looked at either"),
        ("kept", "yes", "", "as the row says"),
        ("kept", "no", "", "something else was not kept"),
    ],
)
def test_one_answer_for_all_orders_agrees_with_what_was_found(
    person, finding, answer, code, reason
):
    row = {
        "condition": condition(person).public_id,
        "label": "",
        "finding": finding,
        "seen": "A child in the garden" if finding == "not_kept" else "",
    }
    doing.visit(person)
    rows = [row] if finding else []
    values = {"condition_checks": rows, "orders_complied_with": answer}

    if code:
        assert refused(person, **values) == (code, "orders_complied_with"), reason
    else:
        assert write(person, **values).orders_complied_with == answer, reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (None, "no order at all"),
        ({"ends_on": dt.date(2026, 11, 22)}, "over the day before"),
        ({"starts_on": dt.date(2026, 11, 24)}, "from tomorrow on"),
    ],
)
def test_where_no_condition_bound_that_day_none_applies(person, facts, reason):
    if facts is not None:
        condition(person, **facts)
    doing.visit(person)

    record = write(person, orders_complied_with="not_applicable")

    assert record.orders_complied_with == "not_applicable", reason


@pytest.mark.parametrize(
    ("is_child", "ethnicity", "code", "reason"),
    [
        (True, "", "ethnicity_needed", "of a child it is asked"),
        (True, "NS", "", "not stated is an answer"),
        (True, "M1", "", "as said"),
        (False, "", "", "of an adult it is not asked"),
    ],
)
def test_of_a_child_who_was_there_the_ethnicity_is_said(person, is_child, ethnicity, code, reason):
    row = {
        "name": "Ann",
        "is_child": is_child,
        "born_on": None,
        "ethnicity": ethnicity,
        "relationship": "",
        "referral_reference": "MASH 2026/411" if is_child else "",
    }
    doing.visit(person)
    values = {"persons": [row], "children_present": is_child}

    if code:
        assert refused(person, **values) == (code, "persons.0.ethnicity"), reason
    else:
        assert write(person, **values).persons.get().ethnicity == ethnicity, reason
