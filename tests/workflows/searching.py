"""Short ways for a test to report, look for and locate people, and to consider warrants."""

import datetime as dt

from django.utils import timezone

from accounts.models import Role, User
from offenders.models import Offender, Status
from tests import make
from tests.workflows import doing
from workflows.actions import deaths, missing
from workflows.models import DeathReport, EntryWarrant, MissingReport, Visit
from workflows.steps.missing import CHECKED

WHY = "A reason that an inspector can read"


def manager_of(person: Offender) -> User:
    """The person's offender manager, signed in."""
    return make.activate(person.offender_manager)


def supervisor_of(person: Offender) -> User:
    return make.officer(Role.SUPERVISOR, team=person.team)


def inspector_of(person: Offender) -> User:
    return make.officer(Role.INSPECTOR, team=person.team)


def report(person: Offender, *, by: User | None = None) -> MissingReport:
    actor = make.actor(by or manager_of(person))
    return missing.report_missing(by=actor, offender=person.public_id, reason=WHY)


def confirm(person: Offender, decision: str = "confirm", *, by: User | None = None) -> None:
    values = {"decision": decision, "comment": WHY}
    doing.complete(person, "confirm_missing", values, by=by or supervisor_of(person))


def enquire(person: Offender, *, by: User | None = None) -> None:
    values = dict.fromkeys(CHECKED, True) | {"findings": "Nothing", "next_steps": "Ask again"}
    doing.complete(person, "record_enquiry", values, by=by or manager_of(person))


def locate(
    person: Offender,
    found_in: str = Status.COMMUNITY,
    *,
    on: dt.date | None = None,
    by: User | None = None,
) -> MissingReport:
    return missing.locate(
        by=make.actor(by or manager_of(person)),
        offender=person.public_id,
        on=on or timezone.localdate(),
        found_in=Status(found_in),
        how="Stopped by a patrol",
    )


def decide(person: Offender, decision: str, *, by: User | None = None) -> None:
    values = {"decision": decision, "reason": WHY}
    doing.complete(person, "decide_missing", values, by=by or manager_of(person))


def report_death(person: Offender, *, by: User | None = None) -> DeathReport:
    actor = make.actor(by or manager_of(person))
    return deaths.report_death(by=actor, offender=person.public_id, source="His sister rang")


def verify(
    person: Offender,
    decision: str = "verified",
    *,
    reference: str = "Certificate 12",
    by: User | None = None,
) -> None:
    values = {"decision": decision, "reference": reference, "comment": WHY}
    doing.complete(person, "verify_death", values, by=by or supervisor_of(person))


def attempt(person: Offender, days_ago: float, outcome: str = "no_answer", **values) -> Visit:
    """A visit that failed some days ago, entered now."""
    at = timezone.now() - dt.timedelta(days=days_ago)
    late = {"occurred_at": at, "entry_reason": "Entered later"}
    return doing.visit(person, outcome=outcome, **(late | values))


def consider(person: Offender, recommendation: str = "apply", *, by: User | None = None) -> None:
    values = {"recommendation": recommendation, "necessity": WHY, "reason": WHY}
    doing.complete(person, "consider_warrant", values, by=by or manager_of(person))


def decide_warrant(
    person: Offender, decision: str = "applied", *, by: User | None = None, **more: object
) -> EntryWarrant:
    is_applied = decision == "applied"
    values = {
        "decision": decision,
        "decision_reason": WHY,
        "reference": "MC 12/26" if is_applied else "",
        "applied_on": timezone.localdate() if is_applied else None,
    }
    doing.complete(person, "decide_warrant", values | more, by=by or inspector_of(person))
    return EntryWarrant.objects.filter(offender=person).latest("pk")


def open_of(person: Offender) -> dict[tuple[str, str], dt.date]:
    """What is owed, and when it is due."""
    rows = person.obligations.filter(closed_at__isnull=True)
    return {(kind, about): on for kind, about, on in rows.values_list("kind", "about", "due_on")}


def kinds_of(person: Offender) -> set[str]:
    return {kind for kind, _ in open_of(person)}
