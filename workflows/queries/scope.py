"""`QuerySet.permitted` as SQL, for the lists that are read without models.

The rule itself is in `offenders.querysets` and `workflows.querysets`. What stands here is its
translation, in this one module; `tests/workflows/test_queries_scope.py` compares the two for every
role, action and tie.
"""

from accounts.actor import Actor
from accounts.policy import Action, Reach, grant
from workflows.queries.sql import Clause, placeholders
from workflows.querysets import KEPT_STEP, OPEN

NOBODY = Clause("1 = 0")
EVERYBODY = Clause("1 = 1")


def people(actor: Actor, action: Action) -> Clause:
    """The rows of `offenders_offender o` on which `actor` may do `action`."""
    permission = grant(actor, action)
    if permission is None:
        return NOBODY
    return _within(actor, permission.reach) & _not_closed_to(actor)


def counted(actor: Actor, action: Action) -> Clause:
    """The rows of `offenders_offender o` that count in the actor's totals for `action`.

    A force's totals include people whose records are closed to who reads them; they are counted
    and never named (PRACTICE 14).
    """
    permission = grant(actor, action)
    if permission is None:
        return NOBODY
    if permission.reach is Reach.FORCE:
        return _within(actor, permission.reach)
    return people(actor, action)


def tasks(actor: Actor, action: Action) -> Clause:
    """The rows of `workflows_task t`, with its person as `o`, on which `actor` may do `action`.

    An officer who attended keeps that write-up while it is open, wherever the person went.
    """
    permission = grant(actor, action)
    if permission is None:
        return NOBODY
    reached = _within(actor, permission.reach)
    if actor.user_id is not None:
        kept = f"t.owner_id = %s AND t.step = %s AND t.status IN ({placeholders(OPEN)})"
        reached |= Clause(kept, (actor.user_id, KEPT_STEP, *OPEN))
    return reached & _not_closed_to(actor)


def named_tasks(actor: Actor) -> Clause:
    """The rows of `workflows_task t` about the few people for whom `actor` is named, by index."""
    named = "SELECT x.offender_id FROM offenders_restrictedaccess x"
    return Clause(
        f"t.offender_id IN ({named} WHERE x.user_id = %s AND x.ended_at IS NULL)",
        (actor.user_id,),
    )


def _within(actor: Actor, reach: Reach) -> Clause:
    match reach:
        case Reach.OWN:
            return Clause("o.offender_manager_id = %s", (actor.user_id,))
        case Reach.TEAM if actor.team_ids:
            return Clause(f"o.team_id IN ({placeholders(actor.team_ids)})", actor.team_ids)
        case Reach.TEAM:
            return NOBODY
        case Reach.FORCE if actor.kind == "system":
            return EVERYBODY
        case Reach.FORCE:
            return Clause("o.force_id = %s", (actor.force_id,))
        case _:
            return _tie("offenders_restrictedaccess", "ended_at", actor.user_id)


def _not_closed_to(actor: Actor) -> Clause:
    """No conflict of interest, and named where the person is restricted (PRACTICE 14, 15)."""
    if actor.kind == "system":
        return EVERYBODY
    unrestricted = Clause("NOT o.is_restricted")
    if actor.user_id is None:
        return unrestricted
    conflict = _tie("offenders_conflictofinterest", "withdrawn_at", actor.user_id)
    if actor.acting_for_id is not None:
        conflict |= _tie("offenders_conflictofinterest", "withdrawn_at", actor.acting_for_id)
    named = _tie("offenders_restrictedaccess", "ended_at", actor.user_id)
    return Clause(f"NOT ({conflict.sql})", conflict.params) & (unrestricted | named)


def _tie(table: str, ended: str, user_id: int | None) -> Clause:
    return Clause(
        f"EXISTS (SELECT 1 FROM {table} x"  # noqa: S608  (both names are ours)
        f" WHERE x.offender_id = o.id AND x.user_id = %s AND x.{ended} IS NULL)",
        (user_id,),
    )
