"""Reads the facts that decide what is owed, many people at a time.

A constant number of statements for each chunk, and plain tuples: one night reads everyone. Only
facts dated on or before `as_of` are read. No date rule is here: a latest date is the only thing
the database works out.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from offenders.models import (
    Address,
    LevelDecision,
    ManagementMode,
    ModeDecision,
    Notification,
    NotificationBasis,
    NotificationBasisWas,
    Offender,
    Order,
    OrderWas,
    StatusInterval,
    StatusIntervalWas,
)
from offenders.registration import Basis, HoldingOrder, Registration, registration
from risk.models import LevelOverride, RiskAssessment, SignificantChange
from rules import current
from rules.ruleset import RuleSet
from workflows import plan_facts, unfound
from workflows.knowing import Known, Record, date_of, dated_by, grouped, people_as_they_were, plain
from workflows.models import (
    CaseAction,
    CaseReview,
    DeathReport,
    DipSampleItem,
    MissingEnquiry,
    MissingReport,
    ReactiveProposal,
    ReactiveReview,
    ReleaseCheck,
    Visit,
    VisitDirection,
)
from workflows.obligations import (
    ActionRaised,
    Changed,
    DeathReported,
    Direction,
    Enquired,
    Facts,
    LevelDecided,
    ModeDecided,
    Overridden,
    ReactiveProposed,
    ReleaseChecked,
    SampleDrawn,
    Stay,
)

__all__ = ["Facts", "grouped", "registration_of", "stream"]

T = TypeVar("T")
Row = tuple[Any, ...]
#: People read together. SQLite takes 32,766 parameters, and a chunk's rows stay in memory.
CHUNK = 2000

#: Of a decision on the level, after its day.
LEVEL = ("id", "level", "origin")


def stream(
    *,
    offender_ids: Iterable[int] | None = None,
    force_id: int | None = None,
    chunk: int = CHUNK,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> Iterator[Facts]:
    """The facts about each person as at a London date (today), in ascending id.

    Everyone, one force, or exactly `offender_ids`. `known_at`: as they were on record at that
    instant, without what was entered since and with what was ended or voided since; else as they
    are now. Whoever was not on record yet is left out.
    """
    day = as_of or timezone.localdate()
    record = Record(known_at)
    for people in _chunks(_people(force_id, day, record), offender_ids, chunk):
        yield from _facts_of(people, day, record)


def facts_of(offender: Offender, *, as_of: dt.date | None = None) -> Facts:
    """The facts about one person."""
    [facts] = stream(offender_ids=[offender.pk], as_of=as_of)
    return facts


def registration_of(
    offender: Offender,
    *,
    today: dt.date,
    rules: RuleSet | None = None,
    orders: Iterable[Order] | None = None,
) -> Registration:
    """How long one person is registered, and why, as known today.

    One statement where the rules in force and all of the person's orders are at hand already.
    """
    if orders is None:
        orders = Order.objects.filter(offender=offender)
    holding = [
        HoldingOrder(order.made_on, order.kind, order.ends_on, order.discharged_on)
        for order in orders
        if order.kind in Order.HOLDS
    ]
    bases = _bases([offender.pk], today, Record()).get(offender.pk, ())
    known = rules or current.in_force(today)
    return registration(bases, holding, offender.date_of_birth, known, today)


def _chunks(
    people: QuerySet[Offender, Row], offender_ids: Iterable[int] | None, chunk: int
) -> Iterator[list[Row]]:
    """Rows of people in ascending id, `chunk` at a time."""
    if offender_ids is not None:
        ids = iter(sorted(set(offender_ids)))
        while wanted := list(islice(ids, chunk)):
            if rows := plain(people.filter(pk__in=wanted)):
                yield rows
        return
    last_id = 0
    while rows := plain(people.filter(pk__gt=last_id)[:chunk]):
        yield rows
        last_id = rows[-1][0]


def _people(force_id: int | None, day: dt.date, record: Record) -> QuerySet[Offender, Row]:
    people = record.of(Offender.objects.order_by("pk"))
    if force_id is not None:
        people = people.filter(force_id=force_id)
    return people.values_list(
        "pk",
        "force_id",
        "date_of_birth",
        "registration_ended_on",
        _latest(record.of(Notification.objects.all(), "voided_at"), "notified_on", day),
        _latest(
            record.of(
                Visit.objects.filter(outcome=Visit.Outcome.EFFECTIVE),
                "voided_at",
                "found_ineffective_at",
            ),
            "occurred_on",
            day,
        ),
        _latest(
            record.since(
                record.of(
                    RiskAssessment.objects.filter(
                        state__in=[RiskAssessment.State.IMPORTED, RiskAssessment.State.ENDORSED]
                    )
                ),
                "decided_at",
            ),
            "assessed_on",
            day,
        ),
        _latest(record.of(ReactiveReview.objects.all()), "reviewed_on", day),
        "recorded_at",
        _latest(
            record.of(CaseReview.objects.filter(kind=CaseReview.Kind.SUPERVISOR_REVIEW)),
            "reviewed_on",
            day,
        ),
        Exists(
            Address.objects.filter(
                Q(from_on__isnull=True) | Q(from_on__lte=day),
                Q(until_on__isnull=True) | Q(until_on__gt=day),
                offender_id=OuterRef("pk"),
                kind=Address.Kind.REGULARLY_FOUND,
            )
        ),
    )


def _latest(live: QuerySet[Any], dated: str, day: dt.date) -> Subquery:
    """The latest date of a person's live facts."""
    mine = live.filter(**{"offender_id": OuterRef("pk"), f"{dated}__lte": day})
    return Subquery(mine.order_by(f"-{dated}").values(dated)[:1])


def _facts_of(people: list[Row], day: dt.date, record: Record) -> Iterator[Facts]:
    ids = [person[0] for person in people]

    def known(
        rows: QuerySet[Any],
        dated: str,
        make: Callable[[Row], T],
        *fields: str,
        ended: str | None = None,
        was: type[Model] | None = None,
    ) -> Known[T]:
        """Facts dated by `day`. `ended`: the instant that ends one. `was`: what it said before."""
        if was is not None and record.at is not None:
            return dated_by(day, record.as_it_was(rows, was, ids, dated, *fields), make)
        live = record.of(rows, ended) if ended else record.of(rows)
        return grouped(live.filter(**{f"{dated}__lte": day}), ids, make, dated, *fields)

    bases = _bases(ids, day, record)
    orders = known(
        Order.objects.filter(kind__in=Order.HOLDS),
        "made_on",
        HoldingOrder._make,
        "kind",
        "ends_on",
        "discharged_on",
        was=OrderWas,
    )
    stays = known(
        StatusInterval.objects.all(),
        "from_on",
        Stay._make,
        "until_on",
        "status",
        "began_with_release",
        "release_expected_on",
        "taken_over_on",
        "release_expected_said_on",
        was=StatusIntervalWas,
    )
    levels = known(LevelDecision.objects.all(), "decided_on", LevelDecided._make, *LEVEL)
    # Someone who was never managed reactively is managed actively: most rows need no reading.
    ever = ModeDecision.objects.filter(
        offender_id=OuterRef("offender_id"), mode=ManagementMode.REACTIVE
    )
    modes = known(
        ModeDecision.objects.filter(Exists(ever)),
        "decided_on",
        ModeDecided._make,
        "id",
        "mode",
    )
    directions = known(
        VisitDirection.objects.all(),
        "given_on",
        Direction._make,
        "visit_by",
        "given_in__occurred_on",
        ended="withdrawn_at",
    )
    checks = known(
        ReleaseCheck.objects.all(),
        "checked_on",
        ReleaseChecked._make,
        "id",
        "release_expected_on",
    )
    actions = known(
        record.when(CaseAction.objects.all(), finished_on="finished_at"),
        "raised_on",
        _ending(ActionRaised._make),
        "id",
        "due_on",
        "then_finished_on",
    )
    proposed = known(
        record.when(ReactiveProposal.objects.all(), settled_on="settled_at"),
        "proposed_on",
        _ending(ReactiveProposed._make),
        "id",
        "then_settled_on",
    )
    attempts = grouped(unfound.attempts(day, record), ids, unfound.attempt, *unfound.ATTEMPT)
    reports = known(
        record.when(
            MissingReport.objects.all(),
            decided_on="decided_at",
            closed_on="closed_at",
            found_in="closed_at",
        ),
        "reported_on",
        unfound.report,
        *unfound.REPORT,
    )
    enquiries = known(MissingEnquiry.objects.all(), "made_on", Enquired._make, "report_id")
    deaths = known(
        record.when(DeathReport.objects.all(), decided_on="decided_at"),
        "reported_on",
        _ending(DeathReported._make),
        "then_decided_on",
    )
    assessments = grouped(
        plan_facts.endorsed(day, record), ids, plan_facts.assessment_endorsed, *plan_facts.ENDORSED
    )
    plans = known(plan_facts.plans(record), "agreed_on", plan_facts.plan_agreed, *plan_facts.PLAN)
    changes = known(SignificantChange.objects.all(), "known_on", Changed._make, "what")
    overrides = known(
        record.when(LevelOverride.objects.all(), ended_on="ended_at"),
        "decided_on",
        _overridden(day),
        "expires_on",
        "then_ended_on",
    )
    samples = known(
        record.when(DipSampleItem.objects.all(), checked_on="checked_at"),
        "drawn_on",
        _ending(SampleDrawn._make),
        "id",
        "then_checked_on",
    )
    if record.at is not None:
        people = people_as_they_were(people, ids, day, record)
    for (
        key,
        force_id,
        born,
        ended_on,
        notified_on,
        visited_on,
        assessed_on,
        reactive_on,
        recorded_at,
        reviewed_on,
        is_found,
    ) in people:
        yield Facts(
            offender_id=key,
            force_id=force_id,
            date_of_birth=born,
            known_on=_london(recorded_at),
            bases=bases.get(key, ()),
            registration_ended_on=ended_on,
            orders=orders.get(key, ()),
            stays=stays.get(key, ()),
            levels=levels.get(key, ()),
            modes=modes.get(key, ()),
            directions=directions.get(key, ()),
            release_checks=checks.get(key, ()),
            last_notified_on=date_of(notified_on),
            last_visited_on=date_of(visited_on),
            last_assessed_on=date_of(assessed_on),
            is_regularly_found=bool(is_found),
            case_actions=actions.get(key, ()),
            reactive_proposals=proposed.get(key, ()),
            last_reactive_review_on=date_of(reactive_on),
            attempts=attempts.get(key, ()),
            reports=reports.get(key, ()),
            enquiries=enquiries.get(key, ()),
            deaths=deaths.get(key, ()),
            assessments=assessments.get(key, ()),
            plans=plans.get(key, ()),
            changes=changes.get(key, ()),
            overrides=overrides.get(key, ()),
            last_reviewed_on=date_of(reviewed_on),
            samples=samples.get(key, ()),
        )


def _overridden(day: dt.date) -> Callable[[Row], Overridden]:
    """An override as known on `day`: one that ended later had not ended yet."""

    read = _ending(Overridden._make)

    def made(row: Row) -> Overridden:
        found = read(row)
        later = found.ended_on is not None and found.ended_on > day
        return found._replace(ended_on=None) if later else found

    return made


def _bases(ids: list[int], day: dt.date, record: Record) -> Known[Basis]:
    """What registers `ids`, which ascend, as at `day`."""
    rows, make = NotificationBasis.objects.all(), Basis._make
    fields = ("relevant_date", "disposal", "discharge_months")
    if record.at is not None:
        was = record.as_it_was(rows, NotificationBasisWas, ids, *fields)
        return dated_by(day, was, make)
    return grouped(rows.filter(relevant_date__lte=day), ids, make, *fields)


def _ending(make: Callable[[Row], T]) -> Callable[[Row], T]:
    """`make`, of a row whose last value is a date that is worked out."""
    return lambda row: make((*row[:-1], date_of(row[-1])))


def _london(value: dt.datetime | str) -> dt.date:
    """The London date of an instant; SQLite gives it as text, in UTC."""
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return timezone.localdate(at if at.tzinfo else at.replace(tzinfo=dt.UTC))
