"""Who is away, who covers, and what of their work is due.

Derived as it is read: an absence that begins, ends or is cancelled changes every list with the next
request, and no task is moved or copied for it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from accounts.actor import Actor
from accounts.models import Absence
from accounts.models.absence import AbsenceQuerySet
from accounts.policy import Action, Reach, grant
from rules import current
from workflows.errors import NotVisible
from workflows.queries import scope
from workflows.queries.sql import Clause, Page, all_of, placeholders, read

#: Words of the partial index `task_inbox` (`workflows.queries.inbox.MINE`).
ASSIGNED = "t.flow_task_type = 'HUMAN' AND t.status = 'ASSIGNED'"
#: An absence `a` that holds on a London date, which is given twice; of who covers, by its index.
_HOLDS = "a.cancelled_at IS NULL AND a.from_on <= %s AND a.until_on > %s"
_COVERED = (
    "SELECT a.officer_id FROM accounts_absence a WHERE a.cover_id = %s"  # noqa: S608  (ours)
    f" AND a.cover_id IS NOT NULL AND a.cover_ended_at IS NULL AND {_HOLDS}"
)


class Away(NamedTuple):
    """One absence as a list shows it, with what is due of the officer's work.

    `overdue` and `due` count open tasks that the viewer may see: late, and late or due within the
    days of the figure `absence.look_ahead`. Both are 0 before it begins.
    """

    absence: Absence
    begun: bool
    overdue: int
    due: int
    #: Why they are away is no colleague's business.
    shows_kind: bool


def covered_by(actor: Actor, today: dt.date) -> tuple[int, ...]:
    """The keys of the officers for whom `actor` covers today. One indexed statement."""
    if actor.user_id is None:
        return ()
    found = read(Clause(_COVERED, (actor.user_id, today, today)))
    return tuple(sorted(key for (key,) in found))


def theirs_or_covered(actor: Actor, today: dt.date) -> Clause:
    """The assigned tasks `t` of `actor`, and of the officers for whom they cover today."""
    return Clause(
        f"t.status = 'ASSIGNED' AND (t.owner_id = %s OR t.owner_id IN ({_COVERED}))",
        (actor.user_id, actor.user_id, today, today),
    )


def of_absent(today: dt.date) -> Clause:
    """The tasks `t` of officers who are away today."""
    away = f"SELECT a.officer_id FROM accounts_absence a WHERE {_HOLDS}"  # noqa: S608
    return Clause(f"t.owner_id IN ({away})", (today, today))


def due_by(until: dt.date) -> Clause:
    """The tasks `t` that are late, due or to be tried again by a London date."""
    return Clause("t.due_on <= %s OR t.attempt_by <= %s", (until, until))


def last_day(today: dt.date) -> dt.date:
    """The last day that the supervisor is shown of an absent officer's work; today is the first."""
    days = int(current.in_force(today).figure("absence.look_ahead"))
    return today + dt.timedelta(days=days - 1)


def visible(by: Actor, absence: UUID) -> Absence:
    """One absence that `by` may see. Raises NotVisible."""
    found = _permitted(by).filter(public_id=absence).first()
    if found is None:
        raise NotVisible
    return found


def away_page(
    *,
    actor: Actor,
    today: dt.date,
    team: UUID | None = None,
    after: int | None = None,
    limit: int = 50,
) -> Page[Away]:
    """Who is away today or later, in the order of recording. `after` is the page before's `next`.

    Of the team `team` alone, where one is named. Three statements, whatever the number.
    """
    found = _permitted(actor).ending_after(today).order_by("pk")
    if team is not None:
        found = found.filter(officer__team__public_id=team)
    if after is not None:
        found = found.filter(pk__gt=after)
    read_ahead = list(found[: limit + 1])
    shown = read_ahead[:limit]
    counts = _counts(actor, {row.officer_id for row in shown if row.from_on <= today}, today)
    permission = grant(actor, Action.ABSENCE_RECORD)
    is_senior = permission is not None and permission.reach is not Reach.OWN
    away = [_away(row, counts, actor, today, is_senior=is_senior) for row in shown]
    more = len(read_ahead) > limit
    return Page(away, (shown[-1].pk,) if more else None, today)


def _away(
    row: Absence,
    counts: Mapping[int, tuple[int, int]],
    actor: Actor,
    today: dt.date,
    *,
    is_senior: bool,
) -> Away:
    has_begun = row.from_on <= today
    overdue, due = counts.get(row.officer_id, (0, 0)) if has_begun else (0, 0)
    shows_kind = is_senior or row.officer_id == actor.user_id
    return Away(row, has_begun, overdue, due, shows_kind)


def away_on(officer_id: int | None, day: dt.date) -> Absence | None:
    """The absence of an officer that holds on a London date. One statement; none for nobody."""
    if officer_id is None:
        return None
    rows = Absence.objects.on(day).filter(officer_id=officer_id)
    return rows.select_related("cover").order_by("until_on").last()


def uncovered_with_work(day: dt.date) -> list[tuple[Absence, int]]:
    """Absences that hold on a London date without cover, and on how many people work is due."""
    rows = Absence.objects.on(day).filter(Q(cover__isnull=True) | Q(cover_ended_at__isnull=False))
    absences = list(rows.select_related("officer").order_by("pk"))
    due = _people_due({row.officer_id for row in absences}, last_day(day)) if absences else {}
    return [(row, due[row.officer_id]) for row in absences if row.officer_id in due]


def _permitted(actor: Actor) -> AbsenceQuerySet:
    permission = grant(actor, Action.ABSENCE_VIEW)
    rows = Absence.objects.select_related("officer__team", "cover")
    if permission is None or actor.force_id is None:
        return rows.none()
    if permission.reach is Reach.FORCE:
        return rows.filter(officer__force_id=actor.force_id)
    # One's own, and what one covers, stay seen wherever one's team is now.
    mine = Q(officer_id=actor.user_id) | Q(cover_id=actor.user_id)
    return rows.filter(Q(officer__team_id__in=actor.team_ids) | mine)


def _counts(actor: Actor, owners: Iterable[int], today: dt.date) -> dict[int, tuple[int, int]]:
    """(overdue, due) of each owner's tasks that `actor` may see."""
    wanted = sorted(owners)
    if not wanted:
        return {}
    where = all_of(
        [_assigned_to(wanted), due_by(last_day(today)), scope.tasks(actor, Action.TASK_VIEW)]
    )
    statement = Clause(
        "SELECT t.owner_id, COUNT(*) FILTER (WHERE t.due_on < %s), COUNT(*)"  # noqa: S608
        " FROM workflows_task t JOIN offenders_offender o ON o.id = t.offender_id"
        f" WHERE {where.sql} GROUP BY t.owner_id",
        (today, *where.params),
    )
    return {owner: (late, due) for owner, late, due in read(statement)}


def _people_due(owners: Iterable[int], until: dt.date) -> dict[int, int]:
    """On how many people each owner has work that is late or due by a London date."""
    where = all_of([_assigned_to(sorted(owners)), due_by(until)])
    statement = Clause(
        "SELECT t.owner_id, COUNT(DISTINCT t.offender_id) FROM workflows_task t"  # noqa: S608
        f" WHERE {where.sql} GROUP BY t.owner_id",
        where.params,
    )
    return dict(read(statement))


def _assigned_to(owners: Sequence[int]) -> Clause:
    return Clause(f"{ASSIGNED} AND t.owner_id IN ({placeholders(owners)})", tuple(owners))
