"""The full record of a visit: what is in it, and what follows from it in the same act."""

import datetime as dt
import uuid
from itertools import chain

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import Invalid
from offenders.models import Device, HoldingStatus, OnlineAccount, Order, OrderCondition
from tests import make
from tests.workflows import doing
from workflows.actions import holdings
from workflows.actions.steps import complete_step
from workflows.actions.voiding import void_visit
from workflows.invariants import broken
from workflows.models import CaseAction, Task, VisitDirection, VisitWriteUp
from workflows.queries.holdings import holdings_of
from workflows.queries.starting import starts_with
from workflows.queries.task import written_values
from workflows.queries.write_up import visit_evidence_of

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
CHILD = {
    "name": "Ann",
    "is_child": True,
    "born_on": dt.date(2019, 1, 9),
    "ethnicity": "M1",
    "relationship": "Neighbour's daughter",
    "referral_reference": "MASH 2026/411",
}
ADULT = {
    "name": "Bea",
    "is_child": False,
    "born_on": None,
    "ethnicity": "",
    "relationship": "Partner",
    "referral_reference": "",
}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person(management_level="medium", last_effective_visit_on="2026-06-01")
    make.activate(found.offender_manager)
    return found


def write(person, **values):
    """The visit of this morning, written up. Returns the record."""
    doing.visit(person)
    return write_again(person, **values)


def write_again(person, **values):
    doing.complete(person, "write_up", make.write_up(**values), by=person.offender_manager)
    return VisitWriteUp.objects.filter(visit__offender=person).latest("pk")


def device(person, **values):
    facts = {"kind": "phone", "description": "Example 5", "identifier": "A1", "reference": ""}
    return holdings.add_device(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        **facts | {"state": "declared", "on": dt.date(2026, 6, 1)} | values,
    )


def account(person):
    return holdings.add_account(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        service="Example chat",
        user_name="quill",
        state="declared",
        on=dt.date(2026, 6, 1),
        reference="",
    )


def condition(person, **facts):
    made = dt.date(2026, 5, 4)
    order, _ = Order.objects.get_or_create(offender=person, kind="shpo", made_on=made)
    values = {
        "order": order,
        "text": "Not to be alone with a child",
        "category": "contact_with_children",
        "polarity": "prohibition",
        "starts_on": made,
        "recorded_by": person.offender_manager,
    }
    return OrderCondition.objects.create(**values | facts)


# --- people ---------------------------------------------------------------------------------------


def test_everyone_who_was_there_is_a_row_with_ethnicity_and_referral(person):
    record = write(person, persons=[CHILD, ADULT], children_present=True)

    kept = list(record.persons.values_list("name", "is_child", "ethnicity", "referral_reference"))
    assert kept == [("Ann", True, "M1", "MASH 2026/411"), ("Bea", False, "", "")]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        (
            {"persons": [CHILD | {"referral_reference": " "}], "children_present": True},
            "referral_needed",
            "persons.0.referral_reference",
        ),
        ({"persons": [ADULT, CHILD]}, "children_there", "children_present"),
        ({"children_present": True}, "referral_needed", "safeguarding_referral"),
    ],
)
def test_a_child_without_a_referral_is_refused(person, values, code, field):
    doing.visit(person)

    with pytest.raises(Invalid) as error:
        write_again(person, **values)

    assert (error.value.code, error.value.field) == (code, field)
    assert not VisitWriteUp.objects.exists()


def test_one_referral_can_be_for_all_the_children(person):
    both = [CHILD | {"referral_reference": ""}, CHILD | {"name": "Cy", "referral_reference": ""}]

    record = write(
        person, persons=both, children_present=True, safeguarding_referral="MASH 2026/412"
    )

    assert set(record.persons.values_list("referral_reference", flat=True)) == {"MASH 2026/412"}


# --- devices, accounts, conditions, details -------------------------------------------------------


def test_the_form_starts_with_what_is_known_and_answers_nothing(person):
    phone, chat, rule = device(person), account(person), condition(person)
    device(person, description="Old one", identifier="B2", state="found_undeclared")
    gone = Device.objects.get(identifier="B2")
    holdings.change_device(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        id=gone.public_id,
        state="seized",
        on=dt.date(2026, 6, 2),
    )
    condition(person, text="Over since summer", ends_on=dt.date(2026, 8, 1))
    doing.visit(person)

    rows = starts_with(make.task_of(person, "write_up"))

    assert [row["device"] for row in rows["device_checks"]] == [str(phone.public_id)]
    assert [row["account"] for row in rows["account_checks"]] == [str(chat.public_id)]
    assert [row["condition"] for row in rows["condition_checks"]] == [str(rule.public_id)]
    assert len(rows["evidence"]) == 11
    answered = {key for name in rows for row in rows[name] for key in row}
    assert answered == {"device", "account", "condition", "label", "item", "factor"}


def test_what_was_declared_is_held_against_what_was_found(person):
    phone, chat = device(person), account(person)

    record = write(
        person,
        device_checks=[
            {"device": phone.public_id, "label": "", "finding": "seized", "note": "Exhibit 1"}
        ],
        account_checks=[{"account": chat.public_id, "label": "", "finding": "seen", "note": ""}],
        found_devices=[{"kind": "tablet", "description": "Example pad", "identifier": "t9"}],
        found_accounts=[{"service": "Example games", "user_name": "quill2"}],
    )

    states = {held.label: held.state for held in chain(*holdings_of(person))}
    assert states == {
        "Telephone: Example 5 (A1)": "seized",
        "Tablet: Example pad (T9)": "found_undeclared",
        "Example chat: quill": "declared",
        "Example games: quill2": "found_undeclared",
    }
    reference = f"visit:{record.visit.public_id}"
    assert HoldingStatus.objects.filter(reference=reference, since_on=TODAY).count() == 3


def test_what_was_found_is_the_same_thing_when_the_visit_is_written_again(person):
    found = {
        "found_devices": [{"kind": "tablet", "description": "Example pad", "identifier": ""}],
        "found_accounts": [{"service": "Example games", "user_name": "quill2"}],
    }
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    write(person, **found)
    doing.complete(person, "review", {"decision": "returned", "comment": "More"}, by=supervisor)

    write_again(person, **found)

    assert (Device.objects.count(), OnlineAccount.objects.count()) == (1, 1)


def test_a_device_of_somebody_else_is_not_checked_here(person):
    other = make.person(manager=person.offender_manager)
    theirs = device(other)
    doing.visit(person)

    for key in (theirs.public_id, uuid.uuid4()):
        row = {"device": key, "label": "", "finding": "seen", "note": ""}
        with pytest.raises(Invalid) as error:
            write_again(person, device_checks=[row])
        assert error.value.code == "not_theirs"


def test_conditions_are_checked_one_by_one(person):
    alone, internet = condition(person), condition(person, text="Monitored", category="internet")

    record = write(
        person,
        orders_complied_with="no",
        condition_checks=[
            {"condition": alone.public_id, "label": "", "finding": "kept", "seen": ""},
            {
                "condition": internet.public_id,
                "label": "",
                "finding": "not_kept",
                "seen": "Software removed",
            },
        ],
    )

    kept = list(record.condition_checks.values_list("checked", "finding", "seen"))
    assert kept == [(alone.pk, "kept", ""), (internet.pk, "not_kept", "Software removed")]


@pytest.mark.parametrize(
    ("facts", "finding", "code", "reason"),
    [
        ({}, "not_kept", "say_what_was_seen", "what was seen is what counts"),
        ({"ends_on": dt.date(2026, 11, 22)}, "kept", "not_theirs", "over the day before"),
        ({"starts_on": dt.date(2026, 11, 24)}, "kept", "not_theirs", "from tomorrow on"),
    ],
)
def test_a_condition_that_cannot_be_checked_so_is_refused(person, facts, finding, code, reason):
    row = {
        "condition": condition(person, **facts).public_id,
        "label": "",
        "finding": finding,
        "seen": "",
    }
    doing.visit(person)

    with pytest.raises(Invalid) as error:
        write_again(person, condition_checks=[row])

    assert error.value.code == code, reason


def test_notified_details_are_confirmed_item_by_item_and_each_once(person):
    home = {"item": "home", "finding": "confirmed", "note": "Letter seen"}
    doing.visit(person)

    with pytest.raises(Invalid) as error:
        write_again(person, details=[home, home])
    assert (error.value.code, error.value.field) == ("twice", "details.1.item")

    record = write_again(person, details=[home, home | {"item": "bank", "finding": "confirmed"}])
    assert list(record.details.values_list("item", flat=True)) == ["home", "bank"]


@pytest.mark.parametrize(
    ("text", "refused", "reason"),
    [
        ("Pays 12-34-56 12345678", True, "sort code and account"),
        ("Card 4929 1234 5678 9012", True, "a card"),
        ("12345678", True, "eight digits"),
        ("1234567", False, "seven are no account"),
        ("Earns 1450 a month, rent 620", False, "amounts are no numbers of accounts"),
    ],
)
def test_no_number_of_an_account_or_card_is_kept(person, text, refused, reason):
    doing.visit(person)
    row = {"item": "bank", "finding": "confirmed", "note": text}

    for values in ({"finances": text}, {"details": [row]}):
        if refused:
            with pytest.raises(Invalid) as error:
                write_again(person, **values)
            assert error.value.code == "account_number", reason
    if not refused:
        assert write_again(person, finances=text, details=[row]).finances == text, reason


# --- when, evidence, actions, the next visit ------------------------------------------------------


@pytest.mark.parametrize(
    ("began", "ended", "code"),
    [
        (MONDAY + dt.timedelta(minutes=1), None, "in_future"),
        (None, MONDAY + dt.timedelta(minutes=1), "in_future"),
        (MONDAY - dt.timedelta(minutes=5), MONDAY - dt.timedelta(minutes=6), "ends_first"),
    ],
)
def test_the_visit_began_before_it_ended_and_neither_is_to_come(person, began, ended, code):
    doing.visit(person)

    with pytest.raises(Invalid) as error:
        write_again(person, started_at=began, ended_at=ended)

    assert error.value.code == code


def evidence(factor, text="Said so himself"):
    return {"factor": factor, "text": text}


def test_evidence_waits_for_the_next_assessment_factor_by_factor(person):
    record = write(person, evidence=[evidence("opportunity"), evidence("social_investment", " ")])

    [found] = visit_evidence_of(person, None)
    assert (found.factor, found.text, found.visited_on) == ("opportunity", "Said so himself", TODAY)
    assert found.visit == str(record.visit.public_id)


@pytest.mark.parametrize(
    ("since", "there", "reason"),
    [
        (None, True, "all there is"),
        (dt.date(2026, 11, 22), True, "the visit came after"),
        (dt.date(2026, 11, 23), False, "assessed on the day of the visit: it knew"),
    ],
)
def test_evidence_counts_from_after_a_day(person, since, there, reason):
    write(person, evidence=[evidence("opportunity")])

    assert bool(visit_evidence_of(person, since)) is there, reason


def test_of_a_visit_written_again_the_last_record_gives_the_evidence(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    write(person, evidence=[evidence("opportunity", "First"), evidence("self_management")])
    doing.complete(person, "review", {"decision": "returned", "comment": "More"}, by=supervisor)
    write_again(person, evidence=[evidence("opportunity", "Second")])

    assert [one.text for one in visit_evidence_of(person, None)] == ["Second"]


def test_a_void_visit_leaves_no_evidence(person):
    record = write(person, evidence=[evidence("opportunity")])
    void_visit(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        visit=record.visit.public_id,
        reason="Entered for the wrong person",
    )

    assert visit_evidence_of(person, None) == []


def test_actions_become_work_of_whom_they_name(person):
    colleague = make.officer(team=person.team)
    later = TODAY + dt.timedelta(days=7)

    record = write(
        person,
        actions=[
            {"text": "Ask for the monitoring report", "due_on": later, "owner": ""},
            {"text": "Ring housing", "due_on": later, "owner": colleague.staff_number},
        ],
    )

    raised = list(CaseAction.objects.order_by("pk"))
    assert [action.process for action in raised] == [record.visit.process] * 2
    owners = {
        obligation.about: task.owner
        for obligation in person.obligations.filter(kind="case_action", closed_at=None)
        for task in [obligation.processes.get().task_set.open().get()]
    }
    assert owners == {raised[0].about: person.offender_manager, raised[1].about: colleague}
    assert broken() == {}


def test_a_refused_action_names_its_row_and_nothing_is_written(person):
    doing.visit(person)
    past = {"text": "Too late", "due_on": TODAY - dt.timedelta(days=1), "owner": ""}

    with pytest.raises(Invalid) as error:
        write_again(
            person,
            actions=[past],
            found_devices=[{"kind": "phone", "description": "X", "identifier": ""}],
        )

    assert error.value.field == "actions.0.due_on"
    assert not VisitWriteUp.objects.exists()
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("proposed", "due", "reason"),
    [
        (dt.date(2026, 12, 7), dt.date(2026, 12, 7), "sooner: directed, on the day of the visit"),
        (dt.date(2027, 5, 23), dt.date(2027, 5, 23), "the due date itself directs nothing"),
        (None, dt.date(2027, 5, 23), "nothing proposed"),
    ],
)
def test_a_next_visit_that_is_wanted_sooner_is_directed_in_the_same_act(
    person, proposed, due, reason
):
    write(person, next_visit_by=proposed, next_visit_reason="New partner with a child")

    assert doing.home_visit_due(person) == due, reason
    assert make.task_of(person).due_on == due
    assert VisitDirection.objects.exists() is (due == dt.date(2026, 12, 7))
    assert broken() == {}


@pytest.mark.parametrize(
    ("day", "why", "code"),
    [
        (dt.date(2027, 5, 24), "Calm", "not_later"),
        (dt.date(2026, 11, 22), "Soon", "in_past"),
        (dt.date(2026, 12, 7), "", "reason_needed"),
    ],
)
def test_no_later_day_and_none_without_a_reason(person, day, why, code):
    doing.visit(person)

    with pytest.raises(Invalid) as error:
        write_again(person, next_visit_by=day, next_visit_reason=why)

    assert error.value.code == code
    assert not VisitDirection.objects.exists()


def test_the_visit_that_was_directed_takes_the_direction_away(person):
    write(person, next_visit_by=dt.date(2026, 12, 7), next_visit_reason="New partner")

    with time_machine.travel(MONDAY + dt.timedelta(days=10), tick=False):
        doing.visit(person)

    assert doing.home_visit_due(person) == dt.date(2027, 6, 3)


def test_a_finished_write_up_says_back_what_was_written(person):
    phone = device(person)
    record = write(
        person,
        purposes=["compliance", "risk_factors"],
        persons=[ADULT],
        device_checks=[{"device": phone.public_id, "label": "", "finding": "seen", "note": ""}],
        evidence=[evidence("opportunity")],
        monitoring="working",
        vehicles="QX12 ABC",
    )
    task = record.visit.process.task_set.get(step="write_up")

    said = written_values(make.actor(person.offender_manager), task)

    assert said["purposes"] == ["compliance", "risk_factors"]
    assert said["persons"][0]["name"] == "Bea"
    assert said["device_checks"][0]["device"] == phone.public_id
    assert said["device_checks"][0]["label"] == "Telephone: Example 5 (A1)"
    assert said["evidence"] == [{"factor": "opportunity", "text": "Said so himself"}]
    assert (said["monitoring"], said["vehicles"]) == ("working", "QX12 ABC")


# --- a visit that was wrong -----------------------------------------------------------------------


def void(record, by):
    void_visit(
        by=make.actor(by),
        offender=record.visit.offender.public_id,
        visit=record.visit.public_id,
        reason="Entered for the wrong person",
    )


FOUND = {
    "found_devices": [{"kind": "tablet", "description": "Example pad", "identifier": "t9"}],
    "found_accounts": [{"service": "Example games", "user_name": "quill2"}],
}


def test_what_a_void_visit_said_of_devices_counts_no_more_and_is_kept(person):
    phone = device(person)
    seized = {"device": phone.public_id, "label": "", "finding": "seized", "note": ""}
    record = write(person, device_checks=[seized], **FOUND)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    void(record, supervisor)

    assert [held.state for held in holdings_of(person)[0]] == ["declared"]
    assert holdings_of(person)[1] == []
    assert HoldingStatus.objects.count() == 4, "kept"
    again = device(person, identifier="t9", description="Example pad")
    assert again.identifier == "T9", "it can be written down again"


def test_what_a_void_visit_directed_is_withdrawn(person):
    due = doing.home_visit_due(person)
    record = write(person, next_visit_by=dt.date(2026, 12, 7), next_visit_reason="New partner")

    void(record, person.offender_manager)

    assert VisitDirection.objects.get().withdrawn_at is not None
    assert doing.home_visit_due(person) == due
    assert broken() == {}


def test_who_has_lost_the_person_writes_up_but_directs_no_more_visits(person):
    doing.visit(person)
    doing.move_away(person)
    sooner = {"next_visit_by": dt.date(2026, 12, 7), "next_visit_reason": "New partner"}

    with pytest.raises(Invalid) as error:
        write_again(person, **sooner)
    assert error.value.code == "not_yours"

    assert write_again(person).summary


def test_the_record_of_an_earlier_visit_directs_nothing_on_the_day_of_a_later_one(person):
    doing.visit(
        person, occurred_at=MONDAY - dt.timedelta(days=20), entry_reason="Found in the notebook"
    )
    doing.visit(person)
    earlier = first_write_up(person)

    with pytest.raises(Invalid) as error:
        complete_step(
            by=make.actor(person.offender_manager),
            task=earlier.public_id,
            step="write_up",
            values=make.write_up(
                next_visit_by=dt.date(2026, 12, 7), next_visit_reason="New partner"
            ),
        )

    assert error.value.code == "visited_today"


def first_write_up(person):
    return Task.objects.open().filter(offender=person, step="write_up").earliest("pk")
