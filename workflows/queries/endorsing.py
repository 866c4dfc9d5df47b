"""What waits for a second person: one list, whichever step it is.

Which steps these are is read off the permission table (`workflows.second_person`). Nobody is
offered what they had a hand in themselves; where a team has nobody who may decide, the force's
inspectors see that it is so (PRACTICE 15).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, F, When
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, Team
from accounts.policy import RULES, Action, Reach, grant
from risk.ranking import Place
from workflows.flows import FLOWS
from workflows.models import Kind, Task
from workflows.queries import scope
from workflows.queries.inbox import OPEN
from workflows.queries.ranking import WORK, WORKED, Scale, resumed
from workflows.queries.sight import JOIN, Sight
from workflows.queries.sql import Clause, Page, all_of, placeholders, read
from workflows.queries.task_rows import TaskRow, read_rows, title
from workflows.second_person import ACTIONS, STEPS

#: Steps that no supervisor may complete.
ABOVE_THE_TEAM = tuple(
    step for step, action in ACTIONS.items() if Role.SUPERVISOR not in RULES[action]
)

#: What is reported or proposed and then waits, where that was no step: by kind its table, how one
#: that waits is told, and who had a hand in it. One of a person waits at a time.
BROUGHT_UP = (
    (
        Kind.MISSING_CONFIRMATION,
        "workflows_missingreport",
        "closed_at IS NULL",
        ("reported_by_id",),
    ),
    (Kind.DEATH_VERIFICATION, "workflows_deathreport", "decision = ''", ("reported_by_id",)),
    (
        Kind.REACTIVE_PROPOSAL,
        "workflows_reactiveproposal",
        "settled_on IS NULL",
        ("proposed_by_id", "recommended_by_id", "recommended_for_id"),
    ),
)

#: Columns before those of indicators: key, work, whether own, whether nobody may.
DECIDED = 1 + WORKED + 2


def _titles() -> dict[str, str]:
    return {
        node.name: title(kind, node.name)
        for kind, flow in FLOWS.items()
        for node in flow.instance.nodes()
        if node.name in ACTIONS
    }


#: What the list calls each step that takes a second person, by its name, in alphabetical order.
TITLES: dict[str, str] = dict(sorted(_titles().items(), key=lambda named: named[1]))

#: Days since which something waits, by which the list is told apart from the due date.
Waiting = tuple[dt.date, str, dt.date | None]


class Endorsement(NamedTuple):
    """One step that waits. `author`: who did the step before; empty where nobody is known.

    `is_own`: the viewer, or whom they act for, had a hand in it, and someone else must.
    `has_nobody`: no supervisor of the team may decide on it.
    """

    task: TaskRow
    waiting_since: dt.date
    author: str
    #: When the duty itself is due, which is not done before somebody decides; None where it is.
    owed_on: dt.date | None
    is_own: bool
    has_nobody: bool


def endorsements_page(
    *,
    actor: Actor,
    today: dt.date,
    kind: str | None = None,
    step: str | None = None,
    has_nobody: bool = False,
    after: tuple[Any, ...] | None = None,
    limit: int = 50,
) -> Page[Endorsement]:
    """What waits in the actor's teams, first due first, then most urgent. Four statements.

    `kind` and `step`: only these. `has_nobody`: only what no supervisor of its team may decide on.
    `after` is the `next` of the page before: (as_of, at, *place); later pages keep the day and the
    instant of the first. Raises BadCursor for another.
    """
    as_of, at, last = resumed(after) if after else (today, None, None)
    scale, sight = Scale(as_of, at), Sight(actor, as_of)
    found = _candidates(actor, today, kind=kind, step=step, has_nobody=has_nobody, sight=sight)
    rows = {row[0]: row for row in read(found)}
    wholes = sight.wholes([row[DECIDED:] for row in rows.values()])
    ordered = sorted(
        (
            scale.place(key, row[1 : 1 + WORKED], whole)
            for (key, row), whole in zip(rows.items(), wholes, strict=True)
        ),
        key=_first_due_first,
    )
    if last is not None:
        ordered = [one for one in ordered if _first_due_first(one) > _first_due_first(last)]
    keys = tuple(one[-1] for one in ordered[:limit])
    if not keys:
        return Page([], None, as_of)
    tasks = {row.key: row for row in read_rows(Clause(placeholders(keys), keys), scale, sight)}
    waiting = _waiting(keys)
    shown = [
        Endorsement(tasks[key], *waiting[key], *map(bool, rows[key][1 + WORKED : DECIDED]))
        for key in keys
        if key in tasks and key in waiting
    ]
    more = len(ordered) > limit
    return Page(shown, (as_of, scale.at, *ordered[limit - 1]) if more else None, as_of)


def _first_due_first(one: Place) -> tuple[dt.date, Place]:
    return one[2], one


def to_endorse(actor: Actor, today: dt.date) -> int:
    """How many wait for the actor: for an inspector those that no supervisor of a team may do.

    One statement.
    """
    is_inspector = actor.role == Role.INSPECTOR
    found = _candidates(actor, today, has_nobody=is_inspector)
    counted = Clause(f"SELECT COUNT(*) FROM ({found.sql}) c WHERE NOT c.own", found.params)  # noqa: S608
    return int(read(counted)[0][0])


def _candidates(
    actor: Actor,
    today: dt.date,
    *,
    kind: str | None = None,
    step: str | None = None,
    has_nobody: bool,
    sight: Sight | None = None,
) -> Clause:
    """(key, work, whether own, whether nobody may) of what waits, with `sight` what it weighs."""
    own = scope.NOBODY
    for key in actor.answers_for:
        own |= _had_a_hand("%s", (key,))
    nobody = _nobody_may(today)
    conditions = [Clause(OPEN), _in_reach(actor), _permitted(actor), _opened(actor)]
    if kind:
        conditions.append(Clause("t.kind = %s", (kind,)))
    if step:
        conditions.append(Clause("t.step = %s", (step,)))
    if has_nobody:
        conditions.append(nobody)
    where = all_of(conditions)
    weighed = (
        Clause("") if sight is None else Clause(f", {sight.weighed.sql}", sight.weighed.params)
    )
    return Clause(
        f"SELECT t.id, {WORK}, ({own.sql}) AS own, ({nobody.sql}) AS nobody{weighed.sql}"  # noqa: S608
        f" FROM workflows_task t JOIN offenders_offender o ON o.id = t.offender_id{JOIN}"
        f" WHERE {where.sql}",
        own.params + nobody.params + weighed.params + where.params,
    )


def _in_reach(actor: Actor) -> Clause:
    """By team, so that the index of open tasks is used."""
    permission = grant(actor, Action.ENDORSEMENT_VIEW)
    teams: Iterable[int] = ()
    if permission is not None and permission.reach is Reach.FORCE and actor.force_id is not None:
        teams = Team.objects.filter(force_id=actor.force_id).values_list("pk", flat=True)
    elif permission is not None:
        teams = actor.team_ids
    known = tuple(teams)
    if not known:
        return scope.NOBODY
    return Clause(f"t.team_id IN ({placeholders(known)})", known)


def _permitted(actor: Actor) -> Clause:
    """The steps that the actor may complete, each under its own line of the table."""
    steps: dict[Action, list[str]] = {}
    for step, action in ACTIONS.items():
        steps.setdefault(action, []).append(step)
    found = scope.NOBODY
    for action, names in steps.items():
        of_step = Clause(f"t.step IN ({placeholders(names)})", tuple(names))
        found |= of_step & scope.tasks(actor, action)
    return found


def _opened(actor: Actor) -> Clause:
    """Not the check of a restricted indicator for which the actor is not named (PRACTICE 14)."""
    key = actor.user_id or 0
    return Clause(f"NOT ({_closed_to('%s')})", (key,))


def _closed_to(user: str) -> str:
    """Whether a task is about a restricted indicator for which `user`, a column or a placeholder,
    is not named."""
    # The number follows "indicator:"; of nothing else a number is read.
    return (
        "t.kind = 'indicator_triage' AND EXISTS (SELECT 1 FROM workflows_process p"  # noqa: S608
        " JOIN workflows_obligation g ON g.id = p.obligation_id"
        " JOIN risk_indicator i ON i.id = CASE WHEN substr(g.about, 1, 10) = 'indicator:'"
        " THEN CAST(substr(g.about, 11) AS bigint) END"
        " WHERE p.id = t.process_id AND i.is_restricted AND NOT EXISTS"
        " (SELECT 1 FROM risk_indicatoraccess n WHERE n.indicator_id = i.id"
        f" AND n.user_id = {user} AND n.ended_at IS NULL))"
    )


def _had_a_hand(user: str, params: tuple[Any, ...] = ()) -> Clause:
    """Whether `user`, a column or a placeholder, did a step of the work or was at the visit.

    Of any round: who wrote what was returned before is no fresh pair of eyes either. Of the same
    visit, where several attempts stand in one process. Or, where that was no step, reported or
    proposed it, or recommended it and whoever authorises must be a third.
    """
    worked = Clause(
        "(EXISTS (SELECT 1 FROM workflows_task d WHERE d.process_id = t.process_id"  # noqa: S608
        " AND d.flow_task_type = 'HUMAN' AND d.status = 'DONE'"
        f" AND d.step NOT IN ({placeholders(STEPS)}) AND d.owner_id = {user}"
        " AND (t.visit_id IS NULL OR d.visit_id = t.visit_id))"
        " OR EXISTS (SELECT 1 FROM workflows_visitattendance a"
        f" WHERE a.visit_id = t.visit_id AND a.user_id = {user}))",
        (*STEPS, *params, *params),
    )
    return worked | _brought_up(user, params)


def _brought_up(user: str, params: tuple[Any, ...]) -> Clause:
    found = scope.NOBODY
    for kind, table, waits, columns in BROUGHT_UP:
        named = " OR ".join(f"b.{column} = {user}" for column in columns)
        found |= Clause(
            f"t.kind = %s AND EXISTS (SELECT 1 FROM {table} b"  # noqa: S608 - no input
            f" WHERE b.offender_id = t.offender_id AND b.{waits} AND ({named}))",
            (kind, *params * len(columns)),
        )
    return found


def _nobody_may(today: dt.date) -> Clause:
    """Whether the task's team has no supervisor who may decide: active, vetted, without a hand in
    it or a tie to the person, and named where the person or the indicator is restricted. Nor has
    any team one for a step that is above the team."""
    own = _had_a_hand("s.id")
    above = Clause(f"t.step IN ({placeholders(ABOVE_THE_TEAM)})", ABOVE_THE_TEAM)
    return above | Clause(
        "NOT EXISTS (SELECT 1 FROM accounts_user s WHERE s.team_id = t.team_id"  # noqa: S608
        " AND s.role = %s AND s.is_active AND s.vetting_expires_on >= %s"
        f" AND NOT ({own.sql}) AND NOT ({_closed_to('s.id')})"
        " AND NOT EXISTS (SELECT 1 FROM offenders_conflictofinterest c"
        " WHERE c.offender_id = o.id AND c.user_id = s.id AND c.withdrawn_at IS NULL)"
        " AND (NOT o.is_restricted OR EXISTS (SELECT 1 FROM offenders_restrictedaccess r"
        " WHERE r.offender_id = o.id AND r.user_id = s.id AND r.ended_at IS NULL)))",
        (Role.SUPERVISOR, today, *own.params),
    )


def _waiting(keys: tuple[int, ...]) -> dict[int, Waiting]:
    """Since when each task waits, who did the step before, and what is owed until it is decided, by
    the task's key."""
    still = Case(
        When(process__obligation__closed_at=None, then=F("process__obligation__due_on")),
        default=None,
    )
    tasks = Task.objects.filter(pk__in=keys).values_list("pk", "process", "visit", "created", still)
    rows = list(tasks)
    before = Task.objects.filter(
        process__in=[process for _, process, *_ in rows], flow_task_type="HUMAN", status="DONE"
    ).exclude(step__in=STEPS)
    authors: dict[tuple[int, int | None], str] = {}
    for step in before.select_related("owner").order_by("pk"):
        if step.owner is not None:
            authors[step.process_id, step.visit_id] = step.owner.display_name
    return {
        key: (timezone.localdate(created), authors.get((process, visit), ""), owed_on)
        for key, process, visit, created, owed_on in rows
    }
