"""The coded columns of an extract: each accepted spelling, lower case, to its canonical form.

An empty cell is a spelling too: it stands for the canonical form under `""`. Where the extract
does not say, the person is owed more rather than less: in the community, actively managed.
"""

from collections.abc import Mapping


def _canonical(codes: str, *, empty: str | None = "") -> dict[str, str]:
    """Map each code's lower-case spelling to the code; `empty=None` accepts no empty cell."""
    spellings = {code.lower(): code for code in codes.split()}
    return spellings if empty is None else spellings | {"": empty}


#: s.82(1). A conditional discharge is left out: see `CONDITIONAL_DISCHARGE`.
BASES = (
    "life_or_ipp_or_30m_plus order_for_lifelong_restriction hospital_with_restriction_order "
    "imprisonment_over_6m_under_30m imprisonment_6m_or_less hospital_without_restriction_order "
    "caution any_other"
)
#: Its notification period is its own length, which the extract has no column for: a row with it
#: is refused as incomplete.
CONDITIONAL_DISCHARGE = "conditional_discharge"

#: The IC number; "IC" before it is a spelling too.
OFFICER_DEFINED = _canonical("1 2 3 4 5 6 9")

CODES: Mapping[str, Mapping[str, str]] = {
    "sex": _canonical("M F"),
    "ethnicity_self_defined": _canonical(
        "W1 W2 W3 W9 M1 M2 M3 M9 A1 A2 A3 A4 A9 B1 B2 B9 O2 O9 NS"
    ),
    "ethnicity_officer_defined": OFFICER_DEFINED
    | {f"ic{number}": number for number in OFFICER_DEFINED if number},
    "management_level": _canonical("very_high high medium low", empty="not_assessed"),
    "management_mode": _canonical("active reactive", empty="active"),
    "mappa_category": _canonical("1 2 3 4"),
    "mappa_level": _canonical("1 2 3"),
    "address_kind": _canonical("main_residence regularly_found", empty="main_residence"),
    "basis": _canonical(BASES, empty=None),
    "status": _canonical("community custody hospital abroad missing", empty="community"),
    "order_kind": _canonical("shpo interim_shpo sro interim_sro notification_order sopo rsho fto"),
}
#: PNC warning signals.
MARKER_CODES: Mapping[str, str] = _canonical(
    "FI WE XP VI CO ES AG AT SU MN DR IM IF SH OW SX CN", empty=None
)
