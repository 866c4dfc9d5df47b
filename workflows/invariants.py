"""What must be true of the whole database, whatever happened. Counts only: no person is named.

The first group is worked out from the facts by `owed`; the rest compares rows with rows.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from viewflow.workflow.status import PROCESS, STATUS

from accounts.models import IntegrationClient, User
from offenders.models import (
    LevelDecision,
    ManagementLevel,
    ManagementMode,
    ModeDecision,
    Offender,
    Status,
)
from offenders.registration import registration
from risk.models import (
    Indicator,
    Match,
    MatchDecision,
    MatchState,
    RiskAssessment,
    RiskManagementPlan,
)
from rules import current
from rules.dates import after
from workflows.decay import everyone, out_of_line
from workflows.differences import Open, differences
from workflows.engine.nodes import Step
from workflows.facts import Facts, grouped, stream
from workflows.flows import FLOWS
from workflows.models import (
    Kind,
    Obligation,
    Process,
    Task,
    TransferPerson,
    VisitAttendance,
    VisitReview,
    VisitWriteUp,
)
from workflows.obligations import is_active, owed
from workflows.obligations.intervals import BY_PLAN
from workflows.obligations.person import whereabouts
from workflows.pressing import pressed_otherwise
from workflows.reconcile import COMPARED, SENSELESS, Day
from workflows.standings import standings_that_differ

INTERVAL_RULES = "visit.interval."
#: Steps of a visit that was made, which the end of a registration leaves (decision 0013).
OUTLIVES = ("write_up", "review")
OPEN_STEP = Q(flow_task_type="HUMAN", status__in=[STATUS.NEW, STATUS.ASSIGNED])


def broken(*, today: dt.date | None = None) -> dict[str, int]:
    """How often each invariant is broken, by name; those that hold are left out."""
    on = today or timezone.localdate()
    day = Day(on, current.in_force(on), current.calendar())
    counts = _of_facts(day) + _of_people() + _of_deciders() + _of_work() + _of_indicators()
    counts["step_that_presses_otherwise"] = sum(map(len, pressed_otherwise(on)))
    counts["standing_is_not_what_indicators_give"] = standings_that_differ(on)
    return {name: count for name, count in sorted(counts.items()) if count}


def _of_facts(day: Day) -> Counter[str]:
    """Obligations against facts, person by person."""
    counts: Counter[str] = Counter()
    chunk: list[Facts] = []
    for facts in stream(as_of=day.today):
        chunk.append(facts)
        if len(chunk) == COMPARED:
            counts += _of_chunk(chunk, day)
            chunk = []
    return counts + _of_chunk(chunk, day) if chunk else counts


def _of_chunk(chunk: list[Facts], day: Day) -> Counter[str]:
    rows = Obligation.objects.filter(closed_at__isnull=True)
    ids = [facts.offender_id for facts in chunk]
    standing = grouped(rows, ids, Open._make, *Open._fields)
    counts: Counter[str] = Counter()
    for facts in chunk:
        try:
            counts.update(list(_faults(facts, standing.get(facts.offender_id, ()), day)))
        except SENSELESS:
            counts["person_whose_facts_make_no_sense"] += 1
    return counts


def _faults(facts: Facts, standing: tuple[Open, ...], day: Day) -> Iterator[str]:
    visits = [row for row in standing if row.kind == Kind.HOME_VISIT]
    if not facts.bases:
        yield "person_without_basis"
    if _must_be_visited(facts, day) and len(visits) != 1:
        yield "active_person_without_exactly_one_visit"
    if any(_is_too_late(facts, row, day) for row in visits):
        yield "visit_due_after_its_interval"
    outliving = [row for row in standing if row.kind != Kind.INDICATOR_TRIAGE]
    if facts.registration_ended_on is not None and outliving:
        yield "ended_person_with_obligation"
    if differences(owed(facts, day.rules, day.calendar, day.today), standing):
        yield "obligations_are_not_what_is_owed"


def _must_be_visited(facts: Facts, day: Day) -> bool:
    """Managed, actively, in the community; told apart here without asking `owed`."""
    if facts.registration_ended_on is not None or not is_active(facts):
        return False
    if any(report.waits(day.today) for report in facts.deaths):
        return False
    here = whereabouts(facts.stays, day.today).here
    if here is not None and here.status != Status.COMMUNITY:
        return False
    return not registration(
        facts.bases, facts.orders, facts.date_of_birth, day.rules, day.today
    ).has_ended


def _is_too_late(facts: Facts, visit: Open, day: Day) -> bool:
    """Whether a visit that is due by an interval is due later than that interval leads to.

    Not by that of the present level: what was due before a raise stays so (PRACTICE 3).
    """
    visited_on = facts.last_visited_on
    if not visit.rule.startswith(INTERVAL_RULES) or visited_on is None:
        return False
    if visit.rule == BY_PLAN:
        set_by_plans = [plan.interval for plan in facts.plans if plan.interval]
        return all(visit.due_on > after(visited_on, length) for length in set_by_plans)
    return visit.due_on > day.rules.rule(visit.rule).due(visited_on, day.calendar)


def _of_people() -> Counter[str]:
    """Copies on the person against the newest decisions; nobody in a team of another force."""
    level = _newest(LevelDecision.objects.all(), "level", ManagementLevel.NOT_ASSESSED)
    mode = _newest(ModeDecision.objects.all(), "mode", ManagementMode.ACTIVE)
    people = Offender.objects.annotate(level=level, mode=mode)
    bound = IntegrationClient.teams.through.objects.all()
    return Counter(
        level_is_not_the_newest_decision=people.exclude(level=F("management_level")).count(),
        mode_is_not_the_newest_decision=people.exclude(mode=F("management_mode")).count(),
        person_in_a_team_of_another_force=people.exclude(team__force=F("force")).count(),
        # They would stand in no list that a supervisor of their force reads.
        person_managed_from_another_force=people.filter(offender_manager__isnull=False)
        .exclude(offender_manager__force=F("force"))
        .count(),
        officer_in_a_team_of_another_force=User.objects.filter(team__isnull=False)
        .exclude(team__force=F("force"))
        .count(),
        integration_in_a_team_of_another_force=bound.exclude(
            team__force=F("integrationclient__force")
        ).count(),
        integration_of_teams_and_of_the_whole_force=bound.filter(
            integrationclient__whole_force=True
        ).count(),
    )


def _newest(decisions: QuerySet[Any], what: str, without: str) -> Coalesce:
    """What the newest decision says, or `without` where there is none."""
    mine = decisions.filter(offender_id=OuterRef("pk")).order_by("-decided_on", "-pk")
    return Coalesce(Subquery(mine.values(what)[:1]), Value(without))


def _of_deciders() -> Counter[str]:
    """Nobody decided on their own work (PRACTICE 10)."""
    return _of_reviews() + Counter(
        assessment_endorsed_by_its_author=RiskAssessment.objects.filter(
            endorser=F("author")
        ).count(),
        plan_endorsed_by_its_author=RiskManagementPlan.objects.filter(
            Q(decided_by=F("author")) | Q(interval_decided_by=F("author"))
        ).count(),
        registration_ended_by_one=Offender.objects.filter(
            registration_ended_on__isnull=False, end_proposed_by=F("end_endorsed_by")
        ).count(),
    )


def _of_reviews() -> Counter[str]:
    """Reviews of a visit by or for somebody who had a part in it."""
    reviews = VisitReview.objects.all()
    counts: Counter[str] = Counter()
    for said, decider in (("by", "reviewed_by"), ("for", "reviewed_for")):
        there = VisitAttendance.objects.filter(visit=OuterRef("visit"), user=OuterRef(decider))
        wrote = VisitWriteUp.objects.filter(visit=OuterRef("visit"), written_by=OuterRef(decider))
        counts[f"visit_reviewed_{said}_who_was_there"] = reviews.filter(Exists(there)).count()
        counts[f"visit_reviewed_{said}_who_wrote_it_up"] = reviews.filter(Exists(wrote)).count()
        counts[f"visit_reviewed_{said}_who_recorded_it"] = reviews.filter(
            visit__recorded_by=F(decider)
        ).count()
    return counts


def _of_work() -> Counter[str]:
    """Processes and tasks against obligations and people."""
    steps = Task.objects.filter(OPEN_STEP)
    running = Process.objects.filter(status=PROCESS.NEW)
    mine = Process.objects.filter(obligation=OuterRef("pk"), status=PROCESS.NEW)
    on_it = Task.objects.filter(OPEN_STEP, process=OuterRef("pk"))
    unworked = Obligation.objects.filter(~Exists(mine), closed_at__isnull=True)
    return Counter(
        obligation_without_work=unworked.count(),
        process_without_open_step=running.filter(~Exists(on_it)).count(),
        open_step_of_finished_process=steps.exclude(process__status=PROCESS.NEW).count(),
        step_that_failed=Task.objects.filter(status=STATUS.ERROR).count(),
        open_step_of_ended_person=steps.filter(offender__registration_ended_on__isnull=False)
        .exclude(kind=Kind.HOME_VISIT, step__in=OUTLIVES)
        .exclude(kind=Kind.INDICATOR_TRIAGE)
        .count(),
        open_step_of_closed_obligation=steps.filter(step__in=_following())
        .exclude(process__obligation__isnull=False, process__obligation__closed_at__isnull=True)
        .count(),
        open_check_of_closed_triage=steps.filter(
            kind=Kind.INDICATOR_TRIAGE, process__obligation__closed_at__isnull=False
        ).count(),
        step_due_another_day=steps.filter(
            step__in=_following(), process__obligation__closed_at__isnull=True
        )
        .exclude(due_on=F("process__obligation__due_on"))
        .count(),
        settled_offer_that_keeps_someone_waiting=TransferPerson.objects.filter(waiting=True)
        .exclude(offer__decided_at__isnull=True, offer__withdrawn_at__isnull=True)
        .count(),
        step_with_another_level=steps.exclude(level=F("offender__management_level")).count(),
        step_in_another_team=steps.exclude(team=F("offender__team")).count(),
    )


def _of_indicators() -> Counter[str]:
    """Nobody is in an indicator whom no officer confirmed, nor from another force."""
    confirmed = Match.objects.filter(indicator=OuterRef("pk"), state=MatchState.CONFIRMED)
    matched = Indicator.objects.filter(offender__isnull=False)
    newest = MatchDecision.objects.filter(match=OuterRef("pk")).order_by("-pk")
    decided = Match.objects.exclude(state=MatchState.SUGGESTED)
    return Counter(
        indicator_of_somebody_not_confirmed=matched.filter(
            ~Exists(confirmed.filter(offender=OuterRef("offender")))
        ).count(),
        confirmed_match_without_effect=Indicator.objects.filter(
            Exists(confirmed), offender__isnull=True, merged_into__isnull=True
        ).count(),
        indicator_of_another_force=matched.exclude(offender__force=F("force")).count(),
        indicator_that_fades_from_another_time=sum(
            len(out_of_line(people)) for people in everyone(COMPARED)
        ),
        indicator_merged_into_a_merged_one=Indicator.objects.filter(
            merged_into__merged_into__isnull=False
        ).count(),
        match_that_nobody_decided=decided.filter(
            ~Exists(newest.filter(decided_by=OuterRef("decided_by")))
        ).count(),
    )


def _following() -> list[str]:
    """The steps whose due date is their obligation's."""
    return [
        node.name
        for flow in set(FLOWS.values())
        for node in flow.instance.nodes()
        if isinstance(node, Step) and node.follows_obligation
    ]
