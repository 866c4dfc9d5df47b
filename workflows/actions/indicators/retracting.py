"""Taking an indicator back: by the system that sent it, or by an officer who wrote it down wrongly.

It is kept, with who and why, and counts no more. What came of it already goes on.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.models import Role
from accounts.policy import Action
from audit.models import Operation
from offenders.actions.counting import save_changed
from offenders.errors import RuleBroken
from offenders.models import Offender
from risk.actions import indicators as risk
from risk.models import Indicator, IndicatorState
from workflows.actions.alerts import tell
from workflows.actions.indicators.matching import lock_indicator
from workflows.actions.locking import lock_person, officer
from workflows.errors import NotVisible, TaskBusy
from workflows.models import Alert
from workflows.queries.indicators import visible
from workflows.reconcile import reconcile


@transaction.atomic
def retract(*, by: Actor, indicator: UUID, reason: str) -> Indicator:
    """Note that its source takes it back.

    Of another system: what it sent itself. Of an officer: what they recorded themselves, and as a
    supervisor or inspector what any officer did; never what another system sent. The person's
    manager is told where somebody is confirmed. Raises NotVisible, NotPermitted, ReasonRequired,
    TaskBusy; RuleBroken `already_retracted`, `sent_by_a_system`, `recorded_by_another`.
    """
    policy.require(by, Action.INDICATOR_RETRACT, reason=reason)
    seen = _sent_by(by, indicator) if by.kind == "client" else visible(by, indicator)
    person = lock_person(seen.offender_id) if seen.offender_id is not None else None
    found = lock_indicator(seen)
    if found.offender_id != seen.offender_id:
        raise TaskBusy
    if by.kind != "client":
        _refuse_unless_theirs(by, found)
    if found.state == IndicatorState.RETRACTED:
        raise RuleBroken("already_retracted", "It was taken back already.")
    take_back(found, by=by, person=person, reason=reason)
    audit.record(
        by=by,
        action=Action.INDICATOR_RETRACT,
        operation=Operation.ALTERATION,
        offender_id=found.offender_id,
        subject=f"indicator:{found.public_id}",
        reason=reason,
    )
    return found


def take_back(found: Indicator, *, by: Actor, person: Offender | None, reason: str) -> None:
    """The same in the caller's transaction, which holds the locks and records it."""
    risk.retract(indicator=found, by=by.label if by.user_id is None else officer(by), reason=reason)
    if person is None:
        return
    save_changed(person)
    reconcile(person, because=Action.INDICATOR_RETRACT)
    manager = person.offender_manager
    # What only named officers know of is told to nobody else.
    if manager is not None and manager.pk != by.user_id and not found.is_restricted:
        tell(
            [
                Alert(
                    to=manager,
                    about=Alert.About.INDICATOR_RETRACTED,
                    subject=f"indicator:{found.public_id}",
                    offender=person,
                    on=timezone.localdate(),
                )
            ]
        )


def _sent_by(by: Actor, indicator: UUID) -> Indicator:
    """What the system `by` sent itself. Raises NotVisible."""
    sent = Indicator.objects.filter(force=by.force_id or 0, client_label=by.label)
    found = sent.filter(public_id=indicator).first()
    if found is None:
        raise NotVisible
    return found


def _refuse_unless_theirs(by: Actor, found: Indicator) -> None:
    Indicator.objects.require(by, Action.INDICATOR_RETRACT, found)
    if found.recorded_by_id is None:
        said = "Another system sent it, which alone takes it back. Triage it instead."
        raise RuleBroken("sent_by_a_system", said)
    if by.role == Role.OFFENDER_MANAGER and found.recorded_by_id != by.user_id:
        raise RuleBroken("recorded_by_another", "Whoever recorded it, or a supervisor, does that.")
