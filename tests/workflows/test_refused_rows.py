"""Rows that mean nothing are refused by the database itself, whoever writes them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from offenders.models import (
    Address,
    Identifier,
    Notification,
    NotificationBasis,
    Order,
    StatusInterval,
    WarningMarker,
)
from risk.models import RiskAssessment
from tests import make
from workflows.models import ImportJob, Obligation, Visit, VisitReview, VisitWriteUp

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def rows():
    """A row of each table that is accepted, in a fresh person's record."""
    person = make.person()
    author = person.offender_manager
    visit = {
        "offender": person,
        "occurred_on": DAY,
        "occurred_at": NOON,
        "announced": False,
        "outcome": "no_answer",
        "recorded_by": author,
    }
    made = Visit.objects.create(**visit)
    return {
        Order: {"offender": person, "kind": "shpo", "made_on": DAY},
        Address: {"offender": person, "kind": "other", "line_1": "1 Example Row"},
        WarningMarker: {"offender": person, "code": "VI"},
        Notification: {
            "offender": person,
            "kind": "change",
            "notified_on": DAY,
            "recorded_by": author,
        },
        NotificationBasis: {
            "offender": person,
            "disposal": "conditional_discharge",
            "relevant_date": DAY,
            "discharge_months": 12,
        },
        Identifier: {"offender": person, "kind": "crn", "value": "X1"},
        StatusInterval: {
            "offender": person,
            "status": "custody",
            "from_on": dt.date(2001, 1, 1),
            "until_on": dt.date(2001, 3, 1),
            "release_expected_on": dt.date(2001, 1, 1),
        },
        RiskAssessment: {
            "offender": person,
            "tool": "arms",
            "state": "submitted",
            "assessed_on": DAY,
            "priority": "high",
            "proposed_level": "high",
            "author": author,
            "submitted_at": NOON,
        },
        Visit: visit,
        VisitReview: {
            "visit": made,
            "decision": "accepted",
            "comment": "",
            "visit_recorded_by": author,
            "reviewed_by": make.officer(),
        },
        VisitWriteUp: {
            "visit": made,
            "summary": "Seen.",
            "children_present": False,
            "orders_complied_with": "yes",
            "concern": False,
            "is_late": False,
            "written_by": author,
            "written_at": NOON,
        },
        Obligation: {
            "offender": person,
            "force": person.force,
            "kind": "home_visit",
            "about": "another",
            "due_on": DAY,
            "original_due_on": DAY,
            "rule": "visit.interval.high",
            "closed_at": NOON,
            "closed_because": "done",
        },
        ImportJob: {
            "force": person.force,
            "name": "a.csv",
            "as_of": DAY,
            "state": "done",
            "finished_at": NOON,
        },
    }


@pytest.mark.parametrize(
    ("model", "changes", "why"),
    [
        (Order, {"kind": "SHPO"}, "capitals would drop the person off the register"),
        (Address, {"kind": "home"}, "no home address would be found"),
        (WarningMarker, {"code": "ZZ"}, "no such signal"),
        (Notification, {"kind": "yearly"}, "no clock would start"),
        (NotificationBasis, {"disposal": "fine", "discharge_months": None}, "no period known"),
        (NotificationBasis, {"discharge_months": 0}, "a discharge of no length"),
        (Identifier, {"kind": "shoe_size"}, "no such system"),
        (Identifier, {"value": ""}, "a number that is none"),
        (StatusInterval, {"release_expected_on": dt.date(2000, 12, 31)}, "out before in"),
        (RiskAssessment, {"tool": "tarot"}, "no such tool"),
        (RiskAssessment, {"priority": "urgent"}, "no such priority"),
        (RiskAssessment, {"proposed_level": "urgent"}, "no such level"),
        (RiskAssessment, {"submitted_at": None}, "handed in at no time"),
        (RiskAssessment, {"priority": ""}, "handed in without a priority"),
        (RiskAssessment, {"proposed_level": ""}, "handed in without a level"),
        (RiskAssessment, {"decided_at": NOON}, "waiting, and decided"),
        (Visit, {"outcome": "seen"}, "neither effective nor failed"),
        (VisitReview, {"decision": "maybe"}, "no decision"),
        (VisitWriteUp, {"orders_complied_with": "mostly"}, "no answer"),
        (Obligation, {"closed_because": "tired"}, "no reason"),
        (ImportJob, {"state": "lost"}, "no such state"),
        (ImportJob, {"finished_at": None}, "done at no time"),
        (ImportJob, {"state": "running"}, "running, and finished"),
    ],
)
def test_a_row_that_means_nothing_is_refused(model, changes, why):
    accepted = rows()[model]
    with transaction.atomic():
        model.objects.create(**accepted)
        transaction.set_rollback(True)

    try:
        with transaction.atomic():
            model.objects.create(**accepted | changes)
    except IntegrityError:
        return
    pytest.fail(f"accepted: {why}")
