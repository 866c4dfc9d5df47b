"""Line icons drawn for this project, on a grid of 24. They stand beside words, never alone."""

SHAPES: dict[str, tuple[str, ...]] = {
    "home": ("M4 11 12 4l8 7", "M6 9.5V20h12V9.5", "M10 20v-5h4v5"),
    "signal": ("M20 12a8 8 0 1 1-8-8", "M16 12a4 4 0 1 1-4-4", "M12 12l8-8"),
    "scales": ("M12 4v16", "M7 20h10", "M5 7h14", "M5 7l-2.5 6h5z", "M19 7l-2.5 6h5z"),
    "bars": ("M3 20h18", "M6 20v-6", "M12 20V5", "M18 20v-9"),
    "calendar": ("M4 6h16v14H4z", "M4 10h16", "M8 3v4", "M16 3v4"),
    "document": ("M6 3h9l4 4v14H6z", "M9 11h7", "M9 15h7"),
    "note": ("M5 4h14v12l-4 4H5z", "M15 20v-4h4", "M8 9h8", "M8 13h5"),
    "people": (
        "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
        "M16 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
        "M2.5 19c0-3 2.5-5 5.5-5s4 1.5 4 1.5 1-1.5 4-1.5 5.5 2 5.5 5",
    ),
    "warning": ("M12 4l10 16H2z", "M12 10v4", "M12 17v.2"),
    "animal": (
        "M12 12c-3 0-5 3-5 5s2 3 5 2 5 0 5-2-2-5-5-5z",
        "M6 10v.5",
        "M9.5 6v.5",
        "M14.5 6v.5",
        "M18 10v.5",
    ),
    "pin": (
        "M12 21c-5-6-7-8-7-11a7 7 0 0 1 14 0c0 3-2 5-7 11z",
        "M12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    ),
    "clock": ("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 7v5l3 2"),
    "search": ("M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z", "M15.5 15.5 20 20"),
    "check": ("M5 12.5l4.5 4.5L19 7",),
    "arrow": ("M4 12h16", "M14 6l6 6-6 6"),
    "lock": ("M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"),
    "print": ("M7 9V4h10v5", "M8 16H5V9h14v7h-3", "M8 14h8v6H8z"),
    "person": ("M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4 21c0-4 3.5-7 8-7s8 3 8 7"),
}

#: Words of the field that share a drawing: kinds of task and of event, and police warning signals.
NAMES: dict[str, str] = {
    "home_visit": "home",
    "visit": "home",
    "risk_reassessment": "bars",
    "assessment": "bars",
    "initial_notification": "calendar",
    "periodic_notification": "calendar",
    "change_notification": "calendar",
    "notification": "calendar",
    "review": "document",
    "visit_review": "document",
    "order": "scales",
    "indicator": "signal",
    "address": "pin",
    "contact_note": "note",
    "reassignment": "people",
    "lone_visit": "people",
    "visit_in_pairs": "people",
    "dog": "animal",
    "visit_by_colleague": "home",
    "people_received": "people",
    "people_left": "people",
    "work_handed_over": "people",
    "vetting_ends": "clock",
    "case_action": "check",
    "reactive_proposal": "document",
    "reactive_review": "document",
    "active_again": "warning",
    "missing_decision": "search",
    "missing_confirmation": "search",
    "missing_enquiry": "search",
    "missing_reported": "search",
    "missing_decided": "search",
    "missing_located": "pin",
    "not_missing": "pin",
    "report-missing": "search",
    "locate": "pin",
    "people_unmanaged": "people",
    "officer_absent": "person",
    "cover_given": "people",
    "absent_no_cover": "warning",
    "delegation_given": "check",
    "delegation_made": "check",
    "delegation_ended": "clock",
    "plan_review": "document",
    "plan": "document",
    "training_ends": "clock",
    "significant_change": "warning",
    "supervisor_review": "document",
    "dip_sample": "document",
    "work_returned": "arrow",
    "lone_visit_overdue": "warning",
    "step_overdue": "warning",
    "rules_proposed": "calendar",
    "delivery_held": "warning",
    "preparation": "search",
    "transfer_offered": "people",
    "transfer_accepted": "check",
    "transfer_declined": "arrow",
    "transfer_waiting": "clock",
}


def shape(name: str) -> tuple[str, ...]:
    """Paths of an icon; an unknown name gets the plain document."""
    return SHAPES.get(NAMES.get(name, name), SHAPES["document"])


def marker_shape(code: str) -> tuple[str, ...]:
    """Paths for a warning marker; the warning triangle unless the code has its own."""
    return SHAPES[NAMES.get(code.lower(), "warning")]
