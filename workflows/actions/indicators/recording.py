"""An indicator that an officer writes down, from a visit, a call or a report they were given."""

import uuid
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk.models import Indicator
from workflows.actions.indicators.matching import confirm_match, say_whose
from workflows.actions.indicators.reading import incoming_of
from workflows.actions.indicators.receiving import (
    NEW,
    Receipt,
    Sender,
    receive,
    take_in,
)
from workflows.actions.locking import lock_force, lock_person, officer
from workflows.queries import person as people

ELSEWHERE = "That number is on record already. Open that indicator and match it."


def record_indicator(*, by: Actor, external_id: str = "", **values: Any) -> Receipt:
    """Take in what an officer writes down, who may have no number of it.

    Raises what `receive` raises.
    """
    return receive(by=by, external_id=external_id or _our_number(), **values)


@transaction.atomic
def record_about(
    *, by: Actor, offender: UUID, reason: str, external_id: str = "", **values: Any
) -> Indicator:
    """Take in what an officer writes down about somebody, and say at once that it is about them.

    `reason`: why it is this person. Merged into nothing: an officer says whose it is. Raises
    NotVisible, NotPermitted, TaskBusy; Invalid as `incoming_of`; RuleBroken `external_id_reused`,
    `source_signs`, `known_elsewhere` where the number came before and is not theirs.
    """
    policy.require(by, Action.INDICATOR_MATCH)
    seen = people.visible(by, offender)
    Offender.objects.require(by, Action.INDICATOR_MATCH, seen)
    incoming = incoming_of(
        values | {"external_id": external_id or _our_number()}, now=timezone.now()
    )
    sender = Sender.of(by).merging_nothing()
    lock_force(sender.force_id)  # nobody else takes the number meanwhile
    person = lock_person(seen.pk)
    [receipt] = take_in(sender, [incoming])
    found = receipt.indicator
    if found is None:
        raise RuleBroken(receipt.code, receipt.message)
    if receipt.result in NEW:
        say_whose(by=by, found=found, person=person, reason=reason)
    elif found.offender_id != person.pk:
        raise RuleBroken("known_elsewhere", ELSEWHERE)
    audit.record(
        by=by,
        action=Action.INDICATOR_MATCH,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"indicator:{found.public_id}",
        reason=reason,
        payload={"result": receipt.result.value},
    )
    return found


def match_by_reference(*, by: Actor, indicator: UUID, reference: str, reason: str) -> Indicator:
    """As `confirm_match`, of whoever has that reference. Raises Invalid `unknown_person` as well.

    "No one" and "no access" read alike.
    """
    officer(by)
    seen = Offender.objects.permitted(by, Action.INDICATOR_MATCH)
    found = seen.filter(source_ref__iexact=reference.strip()).first()
    if found is None:
        said = "No one with that reference is in your reach."
        raise Invalid("unknown_person", said, field="reference")
    return confirm_match(by=by, indicator=indicator, offender=found.public_id, reason=reason)


def _our_number() -> str:
    return f"officer-{uuid.uuid4()}"
