"""What an officer says of a home visit, and what a supervisor says of that (PRACTICE 9-12)."""

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders.actions.counting import stamp
from offenders.errors import Invalid, RuleBroken
from offenders.models import Address, Offender
from rules import current
from workflows.actions import lone_timers, preparing
from workflows.actions.alerts import tell
from workflows.actions.dating import refuse_before_registration
from workflows.actions.deciding import FOR_THE_AUTHOR
from workflows.actions.indicators.following import follow_outcome
from workflows.actions.locking import visitor_of_staff_number
from workflows.actions.lone_visits import is_never_alone, used_by
from workflows.actions.stepping import Written
from workflows.models import (
    Alert,
    Kind,
    Task,
    Visit,
    VisitAttendance,
    VisitReview,
)
from workflows.reviews import decisions_on, gives_cause, took_part
from workflows.steps.visit import NOWHERE_ELSE

#: Hours after which an entry needs a reason (trust T5; our default).
LATE_AFTER_HOURS = 24

#: Why an attempt that failed is only ever accepted.
FAILED_ANYWAY = (
    "The attempt failed: it counts for nothing and is not written up. Accept it and say what is to "
    "be done, or void it if it is wrong."
)


def record_outcome(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Record what happened at the door. An effective visit closes the obligation at once.

    The offender manager is told where a colleague records it (PRACTICE 10). A refused one, and one
    that was announced and missed, is an indicator besides.

    Raises Invalid: `in_future`, `before_relevant_date`, `reason_needed`, `unknown_officer`,
    `nobody_there`, `at_notified_address`, `say_where`, `not_at_home`.
    """
    if values["place"] == NOWHERE_ELSE:
        values = values | {"place": ""}
    occurred_at = values["occurred_at"]
    occurred_on = timezone.localdate(occurred_at)
    _refuse_impossible(occurred_at, values)
    _refuse_place(values)
    refuse_before_registration(person, occurred_on, field="occurred_at")
    colleagues = _colleagues(user, values["colleagues"])
    there = ([user] if values["attended"] else []) + colleagues
    if not there:
        raise Invalid("nobody_there", "Name who made the visit.", field="colleagues")
    lone = len(there) == 1 and not values["partner"]
    authority = (
        used_by(there[0], process_id=task.process_id, occurred_at=occurred_at) if lone else None
    )
    visit = Visit.objects.create(
        offender=person,
        process_id=task.process_id,
        occurred_on=occurred_on,
        occurred_at=occurred_at,
        outcome=values["outcome"],
        announced=values["announced"],
        address=_home(person, occurred_on) if values["at_notified_address"] else None,
        place=values["place"],
        for_risk_assessment=values["for_risk_assessment"],
        concern=values["concern"],
        note=values["note"],
        entry_reason=values["entry_reason"],
        lone=lone,
        lone_authority=authority,
        lone_authorised=authority is not None and not is_never_alone(person, occurred_on),
        partner_agency_present=bool(values["partner"]),
        preparation=preparing.used_by(task.process_id, occurred_at),
        write_up_due_on=_due("visit.write_up", occurred_on),
        recorded_by=user,
    )
    task.visit = visit
    _attend(visit, there, values["partner"])
    _tell_manager(visit, person)
    lone_timers.end_with_outcome(user, task.process_id)
    raised = follow_outcome(visit, person, user)
    is_effective = visit.outcome == Visit.Outcome.EFFECTIVE
    return Written(
        fulfilled=((Kind.HOME_VISIT, ""),) if is_effective else (),
        occurred_at=occurred_at,
        reason=values["entry_reason"],
        payload={
            "visit": str(visit.public_id),
            "outcome": visit.outcome,
            "staff": [officer.staff_number for officer in there],
            "lone": lone,
            "indicators": raised,
        },
    )


def review(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Decide on a visit. Nobody who attended, recorded or wrote it up may (PRACTICE 10).

    Nor whoever acts for one of them. Found ineffective: the clock is worked out again without it
    (PRACTICE 2). One that gave no cause is accepted without a word. Of a failed attempt there is
    nothing to return, as it is not written up, and it never counted. Raises RuleBroken `own_visit`;
    Invalid: `comment_needed`, `failed_anyway`.
    """
    visit = Visit.objects.get(pk=task.visit_id)
    recorded_by = visit.recorded_by
    if recorded_by is None or took_part(user, visit):
        raise RuleBroken("own_visit", "Someone who was not there and did not write it must review.")
    if by.acting_for_id is not None and took_part(by.acting_for_id, visit):
        raise RuleBroken("own_visit", FOR_THE_AUTHOR)
    is_accepted = values["decision"] == VisitReview.Decision.ACCEPTED
    if (not is_accepted or gives_cause(visit)) and not values["comment"].strip():
        raise Invalid("comment_needed", "Say why.", field="comment")
    if values["decision"] not in decisions_on(visit):
        raise Invalid("failed_anyway", FAILED_ANYWAY, field="decision")
    VisitReview.objects.create(
        visit=visit,
        decision=values["decision"],
        comment=values["comment"],
        visit_recorded_by=recorded_by,
        reviewed_by=user,
        reviewed_for_id=by.acting_for_id,
    )
    if values["decision"] == VisitReview.Decision.INEFFECTIVE:
        stamp(visit, "found_ineffective_at")
    return Written(
        reason=values["comment"],
        payload={"visit": str(visit.public_id), "decision": values["decision"]},
    )


def _refuse_impossible(occurred_at: dt.datetime, values: dict[str, Any]) -> None:
    now = timezone.now()
    if occurred_at > now:
        raise Invalid(
            "in_future", "A visit cannot be recorded before it is made.", field="occurred_at"
        )
    late = now - occurred_at > dt.timedelta(hours=LATE_AFTER_HOURS)
    if (late or not values["attended"]) and not values["entry_reason"].strip():
        raise Invalid(
            "reason_needed",
            "Give a reason: the entry is late, or you were not there.",
            field="entry_reason",
        )


def _refuse_place(values: dict[str, Any]) -> None:
    """Effective means at home or where they are regularly found, and nowhere else (PRACTICE 9)."""
    place = values["place"]
    if values["at_notified_address"]:
        if place:
            said = "It was at the last notified address: leave this empty."
            raise Invalid("at_notified_address", said, field="place")
        return
    if values["outcome"] != Visit.Outcome.EFFECTIVE:
        return
    if not place:
        raise Invalid("say_where", "Say where the person was seen.", field="place")
    if place == Visit.Place.ELSEWHERE:
        said = "Seen elsewhere is no effective visit: choose what else happened, or note a contact."
        raise Invalid("not_at_home", said, field="place")


def _colleagues(user: User, staff_numbers: list[str]) -> list[User]:
    """Who else was there: each once, and never `user`."""
    wanted = sorted({number.strip() for number in staff_numbers} - {""})
    named = (
        visitor_of_staff_number(user, number, field="colleagues", also_closed=True)
        for number in wanted
    )
    found = {officer.pk: officer for officer in named}
    found.pop(user.pk, None)
    return list(found.values())


def _attend(visit: Visit, there: list[User], partner: str) -> None:
    rows = [VisitAttendance(visit=visit, user=officer) for officer in there]
    if partner:
        rows.append(VisitAttendance(visit=visit, partner=partner))
    VisitAttendance.objects.bulk_create(rows)


def _tell_manager(visit: Visit, person: Offender) -> None:
    manager = person.offender_manager
    if manager is None or manager == visit.recorded_by:
        return
    tell(
        [
            Alert(
                to=manager,
                about=Alert.About.VISIT_BY_COLLEAGUE,
                subject=f"visit:{visit.public_id}",
                offender=person,
                officer=visit.recorded_by,
                on=visit.occurred_on,
            )
        ]
    )


def _due(rule: str, trigger: dt.date) -> dt.date:
    return current.in_force(trigger).rule(rule).due(trigger, current.calendar())


def _home(person: Offender, on: dt.date) -> Address | None:
    """The home that was notified last by a London date."""
    homes = person.addresses.filter(
        Q(from_on__isnull=True) | Q(from_on__lte=on),
        Q(until_on__isnull=True) | Q(until_on__gt=on),
        kind__in=Address.HOME,
        voided_at__isnull=True,
    )
    return homes.order_by(F("from_on").desc(nulls_last=True), "-pk").first()
