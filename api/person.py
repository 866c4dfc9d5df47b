"""One person as the API shows them: a constant number of reads, and no address."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Redaction
from api.holdings import holdings
from api.plan import plan
from api.shapes import assessments
from api.shapes.common import officer, person, team
from api.shapes.unfound import unfound as unfound_shape
from offenders.models import Offender, Order, OrderDischarge, StatusInterval, WarningMarker
from rules import current
from rules.ruleset import RuleSet
from workflows.facts import registration_of
from workflows.models import CaseReview, Obligation, ObligationMove, Visit
from workflows.queries import assessed
from workflows.queries.absences import away_on
from workflows.queries.person import discharges_of
from workflows.queries.standing import AsKnown, standings
from workflows.queries.triage import hidden_of
from workflows.queries.unfound import may_consider_warrant, unfound

#: Visits shown, newest first: the form of the next visit shows as many (PRACTICE 12).
RECENT = 5


def with_card() -> Any:
    """People with what the short card shows: one read for each of three tables."""
    return Offender.objects.select_related("team", "offender_manager").prefetch_related(
        Prefetch("statuses", StatusInterval.objects.order_by("-from_on")),
        Prefetch("orders", Order.objects.order_by("made_on", "pk")),
        Prefetch("markers", WarningMarker.objects.filter(withdrawn_on=None).order_by("code")),
    )


def detail(
    by: Actor, found: Offender, redaction: Redaction, *, then: AsKnown | None = None
) -> dict[str, Any]:
    """`found`, read by `with_card`, as an OffenderAnswer for `by`.

    `then`: also what was owed then.
    """
    today = timezone.localdate()
    shown = _card(found) | holdings(found, today, redaction)
    if redaction is Redaction.SHORT_CARD:
        return shown
    rules = current.in_force(today)
    visits = list(found.visits.filter(voided_at=None).order_by("-occurred_on", "-pk"))
    shown |= {
        "mode": found.management_mode,
        "owner": officer(found.offender_manager),
        "owner_away": _owner_away(found, today),
        "forename": found.forename,
        "surname": found.surname,
        "date_of_birth": found.date_of_birth,
        "mappa_category": found.mappa_category,
        "mappa_level": found.mappa_level,
        "registration": _registration(found, rules, today),
        "statuses": [_status(interval) for interval in found.statuses.all()],
        "obligations": _obligations(by, found, rules, today),
        "visits": [_visit(visit) for visit in visits[:RECENT]],
        "unfound": unfound_shape(unfound(found)),
        "assessments": [assessments.assessment(one) for one in assessed.history(found)],
        "significant_changes": [assessments.change(one) for one in assessed.changes(found)],
        "entry_warrant": may_consider_warrant(found),
    }
    shown["plan"] = plan(found, redaction)
    if then is not None:
        shown["owed_then"] = owed_then(by, found, then)
    if redaction is Redaction.NONE:
        shown["addresses"] = f"/api/v1/offenders/{found.public_id}/addresses"
        shown["order_discharges"] = [_discharge(one) for one in discharges_of(found)]
        shown["last_review"] = _last_review(found)
    return shown


def owed_then(by: Actor, found: Offender, then: AsKnown) -> dict[str, Any]:
    """What was owed to a person as of a day and as known at an instant, as an OwedThen."""
    one = next(standings([found.pk], then), None)
    rules = current.in_force(then.as_of, then.known_at)
    sources = {rule.id: rule.source for rule in rules.rules}
    things = sorted(one.things, key=lambda thing: (thing.due_on, thing.kind)) if one else []
    hidden = hidden_of(by, [thing.about for thing in things])
    return {
        "as_of": then.as_of,
        "known_at": then.known_at,
        "was_known": one is not None,
        "level": one and one.level,
        "obligations": [
            {
                "id": thing.public_id,
                "kind": thing.kind,
                "about": thing.about,
                "due_on": thing.due_on,
                "original_due_on": thing.original_due_on,
                "overdue_days": max((then.as_of - thing.due_on).days, 0),
                "rule": "" if thing.about in hidden else thing.rule,
                "source": "" if thing.about in hidden else sources.get(thing.rule, ""),
                "version": thing.version,
            }
            for thing in things
        ],
    }


def _owner_away(found: Offender, today: dt.date) -> dict[str, Any] | None:
    absence = away_on(found.offender_manager_id, today)
    if absence is None:
        return None
    cover = absence.cover if absence.cover_ended_at is None else None
    return {"until_on": absence.until_on, "cover": officer(cover)}


def _card(found: Offender) -> dict[str, Any]:
    open_status = next((s.status for s in found.statuses.all() if s.until_on is None), None)
    return person(found) | {
        "level": found.management_level,
        "status": open_status,
        "markers": [
            {"code": marker.code, "meaning": marker.get_code_display()}
            for marker in found.markers.all()
        ],
        "orders": [
            {
                "id": str(order.public_id),
                "kind": order.kind,
                "made_on": order.made_on,
                "ends_on": order.ends_on,
                "discharged_on": order.discharged_on,
            }
            for order in found.orders.all()
        ],
        "team": team(found.team),
        "version": found.version,
    }


def _discharge(one: OrderDischarge) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "order": one.order.public_id,
        "discharged_on": one.discharged_on,
        "court": one.court,
        "reason": one.reason,
        "recorded_by": officer(one.recorded_by),
        "recorded_at": one.recorded_at,
    }


def _registration(found: Offender, rules: RuleSet, today: dt.date) -> dict[str, Any]:
    derived = registration_of(found, today=today, rules=rules, orders=found.orders.all())
    return {
        "ended_on": found.registration_ended_on,
        "period_ends_on": derived.ends_on,
        "held_by": derived.held_by and derived.held_by.kind,
        "over_on": derived.over_on,
        "reasons": [{"code": code, "values": list(values)} for code, values in derived.reasons],
    }


def _status(interval: StatusInterval) -> dict[str, Any]:
    return {
        "status": interval.status,
        "from_on": interval.from_on,
        "until_on": interval.until_on,
        "release_expected_on": interval.release_expected_on,
    }


def _obligations(
    by: Actor, found: Offender, rules: RuleSet, today: dt.date
) -> list[dict[str, Any]]:
    moves = Prefetch("moves", ObligationMove.objects.order_by("moved_at", "pk"))
    # A rule may have left the rule set since it gave the date.
    sources = {rule.id: rule.source for rule in rules.rules}
    open_ones = Obligation.objects.filter(offender=found, closed_at=None)
    owed = list(open_ones.prefetch_related(moves).order_by("due_on", "pk"))
    hidden = hidden_of(by, [one.about for one in owed])
    return [
        {
            "id": obligation.public_id,
            "kind": obligation.kind,
            "about": obligation.about,
            "due_on": obligation.due_on,
            "original_due_on": obligation.original_due_on,
            "overdue_days": max((today - obligation.due_on).days, 0),
            "rule": "" if obligation.about in hidden else obligation.rule,
            "source": "" if obligation.about in hidden else sources.get(obligation.rule, ""),
            "moves": [
                {
                    "from_on": move.from_on,
                    "to_on": move.to_on,
                    "rule": "" if obligation.about in hidden else move.rule,
                    "because": move.because,
                }
                for move in obligation.moves.all()
            ],
            "version": obligation.version,
        }
        for obligation in owed
    ]


def _last_review(found: Offender) -> dict[str, Any] | None:
    reviews = found.case_reviews.filter(kind=CaseReview.Kind.SUPERVISOR_REVIEW)
    last = reviews.order_by("-reviewed_on", "-pk").first()
    return {"reviewed_on": last.reviewed_on, "grade": last.grade} if last else None


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "id": visit.public_id,
        "occurred_on": visit.occurred_on,
        "occurred_at": visit.occurred_at,
        "outcome": visit.outcome,
        "found_ineffective": visit.found_ineffective_at is not None,
    }
