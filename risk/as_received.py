"""What was received is kept as it came: the database refuses to change it, on both databases.

Of an indicator its text, its grading, where it came from and its times never change, and a triage
is decided once; nothing of what came with it changes. What an officer decided about a match is
kept. Of a held delivery nothing changes but its settlement, once. One module holds the triggers'
text, for the migration that makes them and for the look whether they are still there.
"""

from audit.errors import WallLost
from audit.guarding import Guard, Guards, raises

INDICATOR, DELIVERY = "risk_indicator", "risk_quarantineddelivery"
#: Inserted and never changed.
KEPT = {
    "indicator_reference": "risk_indicatorreference",
    "indicator_subject": "risk_indicatorsubject",
    "indicator_identifier": "risk_indicatoridentifier",
    "match_decision": "risk_matchdecision",
}
REFUSAL = "what was received or decided about an indicator is never changed"

#: What came.
RECEIVED = (
    "id",
    "public_id",
    "force_id",
    "source",
    "external_id",
    "code",
    "severity",
    "source_grade",
    "assessment_grade",
    "handling",
    "handling_conditions",
    "sanitised",
    "occurred_at",
    "received_at",
    "text",
    "fingerprint",
    "content_digest",
    "triage_by",
    "feed_id",
    "client_label",
    "recorded_by_id",
)
#: What its triage says, once.
TRIAGE = ("outcome", "outcome_reason", "triaged_by_id", "triaged_at")
HELD = (
    "id",
    "public_id",
    "feed_id",
    "reasons",
    "digest",
    "body",
    "items",
    "client_label",
    "received_at",
)
SETTLEMENT = ("settlement", "settled_by_id", "settled_at", "settlement_reason")


def _differ(columns: tuple[str, ...], differs: str) -> str:
    return "(" + " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns) + ")"


def _indicator_changed(differs: str) -> str:
    """When an UPDATE is refused. `differs`: a comparison that knows NULL."""
    return f"({_differ(RECEIVED, differs)} OR (OLD.outcome <> '' AND {_differ(TRIAGE, differs)}))"


def _delivery_changed(differs: str, text: str) -> str:
    """JSON has no equality on PostgreSQL: its `text` is compared."""
    held = tuple(name for name in HELD if name != "reasons")
    reasons = f"OLD.reasons{text} {differs} NEW.reasons{text}"
    settled = f"(OLD.settlement <> '' AND {_differ(SETTLEMENT, differs)})"
    return f"({_differ(held, differs)} OR {reasons} OR {settled})"


def _replaces(table: str, same: str) -> str:
    return f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - no input


def _sqlite() -> dict[str, str]:
    """INSERT OR REPLACE deletes the old row without firing DELETE triggers, hence "no_replace"."""
    found = {
        "indicator_no_change": f"BEFORE UPDATE ON {INDICATOR} WHEN {_indicator_changed('IS NOT')}",
        "indicator_no_delete": f"BEFORE DELETE ON {INDICATOR}",
        "indicator_no_replace": _replaces(
            INDICATOR,
            "id = NEW.id OR public_id = NEW.public_id OR (force_id = NEW.force_id"
            " AND source = NEW.source AND external_id = NEW.external_id)",
        ),
        "held_delivery_no_change": f"BEFORE UPDATE ON {DELIVERY}"
        f" WHEN {_delivery_changed('IS NOT', '')}",
        "held_delivery_no_delete": f"BEFORE DELETE ON {DELIVERY}",
        "held_delivery_no_replace": _replaces(
            DELIVERY,
            "id = NEW.id OR public_id = NEW.public_id OR (settlement = '' AND NEW.settlement = ''"
            " AND feed_id = NEW.feed_id AND digest = NEW.digest)",
        ),
    }
    for name, table in KEPT.items():
        found[f"{name}_no_change"] = f"BEFORE UPDATE ON {table}"
        found[f"{name}_no_delete"] = f"BEFORE DELETE ON {table}"
        found[f"{name}_no_replace"] = _replaces(table, "id = NEW.id")
    return found


_RAISE = raises(REFUSAL)
_REFUSE = f"BEGIN {_RAISE} END"


def _where(changed: str) -> str:
    return f"BEGIN IF {changed} THEN {_RAISE} END IF; RETURN NEW; END"


def _postgresql() -> dict[str, Guard]:
    distinct = "IS DISTINCT FROM"
    found = {
        "indicator_no_change": Guard(INDICATOR, "UPDATE", _where(_indicator_changed(distinct))),
        "indicator_no_delete": Guard(INDICATOR, "DELETE", _REFUSE),
        "indicator_no_truncate": Guard(INDICATOR, "TRUNCATE", _REFUSE),
        "held_delivery_no_change": Guard(
            DELIVERY, "UPDATE", _where(_delivery_changed(distinct, "::text"))
        ),
        "held_delivery_no_delete": Guard(DELIVERY, "DELETE", _REFUSE),
        "held_delivery_no_truncate": Guard(DELIVERY, "TRUNCATE", _REFUSE),
    }
    for name, table in KEPT.items():
        found[f"{name}_no_change"] = Guard(table, "DELETE OR UPDATE", _REFUSE)
        found[f"{name}_no_truncate"] = Guard(table, "TRUNCATE", _REFUSE)
    return found


class IndicatorsUnguarded(WallLost):
    """The database would accept changes to what was received."""


_GUARDS = Guards(
    refusal=REFUSAL,
    sqlite=_sqlite(),
    postgresql=_postgresql(),
    error=IndicatorsUnguarded,
    lost="Changes to what was received would be accepted",
)
create, drop, names = _GUARDS.create, _GUARDS.drop, _GUARDS.names
missing, require = _GUARDS.missing, _GUARDS.require
