"""People: found, read, and decided about."""

from django.utils import timezone

from accounts.policy import Action
from tests.api.routes.route import (
    VIEW_PERSON,
    Route,
    about_person,
    records_of,
)
from tests.api.scenes.reactive import (
    a_reactive_person,
)
from tests.api.scenes.registration import registering
from tests.api.scenes.scene import WHY, a_person, a_team, day

PEOPLE: dict[str, Route] = {
    "offenders": Route("GET", "offenders", VIEW_PERSON),
    "search-offenders": Route(
        "POST",
        "offenders/search",
        Action.OFFENDER_SEARCH,
        body=lambda scene: {"surname": "Nominal", "date_of_birth": "1980-02-29"},
    ),
    "register-offender": Route(
        "POST",
        "offenders:register",
        Action.OFFENDER_REGISTER,
        a_team,
        registering,
        seen_by=Action.OFFENDER_REGISTER,
        ok=201,
    ),
    "offender": Route("GET", "offenders/{}", VIEW_PERSON, a_person, seen_by=VIEW_PERSON),
    "offender-addresses": Route(
        "GET", "offenders/{}/addresses", Action.ADDRESS_REVEAL, a_person, seen_by=VIEW_PERSON
    ),
    "offender-timeline": records_of("timeline"),
    "risk-history": records_of("risk-history"),
    "change-status": about_person(
        "status", Action.STATUS_CHANGE, lambda scene: {"status": "custody", "on": day(0)}
    ),
    "change-level": about_person(
        "level",
        Action.LEVEL_CHANGE,
        lambda scene: {"level": "high", "decided_on": day(0), "reason": WHY},
    ),
    "change-mode": Route(
        "POST",
        "offenders/{}/mode",
        Action.MODE_CHANGE,
        a_reactive_person,
        lambda scene: {"mode": "active", "decided_on": day(0), "reason": WHY},
        VIEW_PERSON,
    ),
    "add-contact-note": about_person(
        "contact-notes",
        Action.CONTACT_NOTE_ADD,
        lambda scene: {
            "kind": "telephone",
            "occurred_at": timezone.now().isoformat(),
            "text": "Rang about the visit.",
        },
        201,
    ),
    "declare-conflict": about_person(
        "conflicts", Action.CONFLICT_DECLARE, lambda scene: {"user": "OF THE CALLER"}, 201
    ),
}
