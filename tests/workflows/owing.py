"""Somebody who owes each kind of work, through the actions, and where a person can go meanwhile."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from offenders.models import Offender, Status
from tests import make
from tests.api.scenes.reactive import reactive_proposal
from tests.api.scenes.registration import ending
from tests.workflows import doing, planning, searching, triaging
from workflows.actions import people
from workflows.actions.case_actions import raise_action
from workflows.actions.dip_samples import draw_sample
from workflows.actions.reactive import propose_reactive
from workflows.models import Kind

DAY = dt.timedelta(days=1)


def managed(**facts: object) -> Offender:
    return make.person(**facts)


def in_days(days: int) -> dt.date:
    return timezone.localdate() + days * DAY


def never_seen() -> Offender:
    unseen = ["last_notification_on", "last_effective_visit_on", "last_assessment_on"]
    return make.person(relevant_date=in_days(-1), **dict.fromkeys(unseen))


def released() -> Offender:
    return make.person(last_notification_on=in_days(-90), released_on=in_days(-5))


def over_soon() -> Offender:
    return make.person(**ending())


def in_custody() -> Offender:
    return make.person(status="custody", status_since=in_days(-40))


def with_an_action() -> Offender:
    person = make.person()
    raise_action(
        by=make.actor(searching.manager_of(person)),
        offender=person.public_id,
        text="Look at the new telephone.",
        due_on=in_days(5),
        owner="",
    )
    return person


def proposed() -> Offender:
    person = make.settled()
    manager = make.actor(searching.manager_of(person))
    propose_reactive(by=manager, offender=person.public_id, **reactive_proposal())
    return person


def reactive() -> Offender:
    person = make.settled()
    doing.manage_reactively(person, by=searching.inspector_of(person))
    return person


def not_resident() -> Offender:
    person = make.person()
    searching.attempt(person, 1, outcome="not_resident")
    return person


def reported() -> Offender:
    person = make.person()
    searching.report(person)
    return person


def said_dead() -> Offender:
    person = make.person()
    searching.report_death(person)
    return person


def shut_out() -> Offender:
    person = make.person()
    for days in (4, 3):
        searching.attempt(person, days)
    return person


def assessed() -> Offender:
    person = make.person()
    planning.assessed(person, supervisor=searching.supervisor_of(person))
    return person


def sampled() -> Offender:
    person = make.person()
    supervisor = searching.supervisor_of(person)
    draw_sample(by=make.actor(supervisor), team=person.team.public_id, size=1)
    return person


def indicated() -> Offender:
    person = make.person()
    triaging.matched(person)
    return person


#: Every kind of work, and somebody who owes it.
WHO_OWES: dict[str, Callable[[], Offender]] = {
    Kind.HOME_VISIT: managed,
    Kind.RISK_REASSESSMENT: managed,
    Kind.INITIAL_NOTIFICATION: never_seen,
    Kind.CHANGE_NOTIFICATION: released,
    Kind.PERIODIC_NOTIFICATION: managed,
    Kind.FINAL_REVIEW: over_soon,
    Kind.RELEASE_PLANNING: in_custody,
    Kind.CASE_ACTION: with_an_action,
    Kind.REACTIVE_PROPOSAL: proposed,
    Kind.REACTIVE_REVIEW: reactive,
    Kind.MISSING_DECISION: not_resident,
    Kind.MISSING_CONFIRMATION: reported,
    Kind.MISSING_ENQUIRY: reported,
    Kind.DEATH_VERIFICATION: said_dead,
    Kind.ENTRY_WARRANT: shut_out,
    Kind.PLAN_REVIEW: assessed,
    Kind.SUPERVISOR_REVIEW: managed,
    Kind.DIP_SAMPLE: sampled,
    Kind.INDICATOR_TRIAGE: indicated,
}


def _goes(person: Offender, status: Status) -> None:
    if person.statuses.get(until_on=None).status == status:
        return
    person.refresh_from_db()
    by = make.actor(searching.supervisor_of(person))
    people.change_status(by=by, offender=person.public_id, status=status, on=timezone.localdate())


def goes(person: Offender, place: str) -> None:
    """From today the person is there, or is said to be."""
    if place == "dead":
        if not person.death_reports.exists():
            searching.report_death(person)
    elif place == "missing":
        if not person.missing_reports.exists():
            searching.report(person)
        searching.confirm(person)
    else:
        _goes(person, Status(place))


def comes_back(person: Offender, place: str) -> None:
    """From today the person is in the community again."""
    if place == "dead":
        searching.verify(person, "refuted", reference="")
    elif place == "missing":
        searching.locate(person)
    else:
        _goes(person, Status.COMMUNITY)
