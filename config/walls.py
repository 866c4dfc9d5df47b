"""What every server process looks for before it starts: triggers that refuse, tables that count."""

from django.db import connections

from accounts import absences
from audit import triggers
from offenders import history, intervals
from risk import (
    as_received,
    frozen,
    frozen_scores,
    kept_decisions,
    kept_triages,
    score_tables,
)
from rules import guards
from workflows import insert_only, kept_starts, own_visits

#: Modules whose triggers are created again where one of them is gone. Those of the record, of the
#: rules and of what must not overlap are put back each in its own way (`restore_triggers`).
GUARDS = (
    history,
    frozen,
    frozen_scores,
    as_received,
    kept_decisions,
    kept_triages,
    own_visits,
    insert_only,
    kept_starts,
)

#: Every module that makes triggers, looks for them, and restores them.
ROOMS = (triggers, absences, intervals, guards, *GUARDS)


def require_walls() -> None:
    """Raise WallLost unless every trigger stands, and leave no connection open.

    Raises TablesWrong where the force's own tables of the static scores cannot be read. A process
    that is forked later would inherit a connection, and SQLite's locks do not survive that.
    """
    score_tables.known()
    try:
        require_each()
    finally:
        connections.close_all()


def require_each() -> None:
    """Raise WallLost for the first room of which a trigger is gone or not what it was."""
    for room in ROOMS:
        room.require()
