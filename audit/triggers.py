"""The triggers that refuse changes to the record, on both databases.

One module holds their text, for the migration that makes them and for the look that finds out
whether they are still there. SQLite drops triggers when Django rebuilds a table, silently; and
anyone who owns the database can drop or switch them off. So `check --database default` and the
start of every server process look again (`require`).

Walls, weakest first: no code changes a row; these triggers; the hashes over `leaf_data`, which
an owner of the database cannot satisfy.
"""

from audit.errors import TriggersMissing
from audit.guarding import Guard, Guards, raises

REFUSAL = "the audit record is append-only"

#: The one permitted change: payload and salt to NULL together, once, in the same row.
IS_ERASURE = (
    "NEW.payload IS NULL AND NEW.salt IS NULL"
    " AND OLD.payload IS NOT NULL AND NEW.event_id = OLD.event_id"
)

#: When each trigger refuses. INSERT OR REPLACE deletes the old row without firing DELETE
#: triggers, whichever unique key the new row shares with it: each of them must stand in the two
#: for INSERT.
_SQLITE = {
    "audit_event_no_update": "BEFORE UPDATE ON audit_event",
    "audit_event_no_delete": "BEFORE DELETE ON audit_event",
    "audit_event_no_replace": "BEFORE INSERT ON audit_event"
    " WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)"
    " OR EXISTS (SELECT 1 FROM audit_event WHERE completes = NEW.completes)",
    "audit_payload_erase_only": f"BEFORE UPDATE ON audit_payload WHEN NOT ({IS_ERASURE})",
    "audit_payload_no_delete": "BEFORE DELETE ON audit_payload",
    "audit_payload_no_replace": "BEFORE INSERT ON audit_payload"
    " WHEN EXISTS (SELECT 1 FROM audit_payload WHERE event_id = NEW.event_id)",
}


_RAISE = raises(REFUSAL)
_REFUSE = f"BEGIN {_RAISE} END"
_ERASE_ONLY = f"BEGIN IF {IS_ERASURE} THEN RETURN NEW; END IF; {_RAISE} END"

_POSTGRESQL = {
    "audit_event_no_change": Guard("audit_event", "DELETE OR UPDATE", _REFUSE),
    "audit_event_no_truncate": Guard("audit_event", "TRUNCATE", _REFUSE),
    "audit_payload_erase_only": Guard("audit_payload", "UPDATE", _ERASE_ONLY),
    "audit_payload_no_delete": Guard("audit_payload", "DELETE", _REFUSE),
    "audit_payload_no_truncate": Guard("audit_payload", "TRUNCATE", _REFUSE),
}

_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite=_SQLITE,
    postgresql=_POSTGRESQL,
    error=TriggersMissing,
    lost="The audit record is not protected",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
