"""The triage of an indicator, what it starts, and a supervisor's check of what is set aside."""

import hashlib
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk.actions import triage as risk
from risk.indicator_codes import SETS_ASIDE, Severity, TriageOutcome
from risk.models import Indicator, IndicatorState, TriageCheck
from rules import current
from workflows.actions.case_actions import hand_out
from workflows.actions.deciding import refuse_own
from workflows.actions.indicators.asked import read
from workflows.actions.indicators.matching import lock_indicator
from workflows.actions.indicators.naming import hand_to_named
from workflows.actions.indicators.starting import refuse_start, start
from workflows.actions.stepping import Written
from workflows.models import CaseAction, Kind, Task
from workflows.obligations.indicators import about
from workflows.queries.triage import STANDING, indicator_of, may_open, waiting_check

#: Set aside with nothing to be done: a share of these is checked.
SAMPLED = frozenset({TriageOutcome.NO_ACTION, TriageOutcome.INFORMATION_ONLY})
#: The figure that says how many of them, in percent.
SHARE = "indicator.no_action.sample"
#: Bytes of the digest that choose.
DIGITS = 8

_RANK = {severity: place for place, severity in enumerate(Severity)}


def triage_indicator(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Say what an indicator means, and start what is done about it.

    What takes a check stands once a supervisor agreed, and the indicator waits until then. Raises
    NotPermitted for who may not open it, TaskBusy; RuleBroken `already_triaged`, `check_waits` and
    as `starting`; Invalid as `asked` and `starting`.
    """
    found = _opened(by, person, task)
    if waiting_check(found) is not None:
        raise RuleBroken("check_waits", "A supervisor decides on its triage first.")
    said = read(by, person, found, values)
    refuse_start(person, values)
    if said.duplicate_of is not None:
        refuse_target(by, found, said.duplicate_of)
    written = risk.triage(
        indicator=found,
        offender=person,
        by=user,
        said=said,
        takes_check=takes_check(found, said.outcome),
    )
    payload = {
        "indicator": str(found.public_id),
        "outcome": said.outcome.value,
        "triage": str(written.public_id),
    }
    if written.takes_check:
        return Written(payload=payload | {"takes_check": "yes"}, reason=said.reason)
    raised = start(written, person=person, by=user, task=task, values=values)
    return Written(
        fulfilled=((Kind.INDICATOR_TRIAGE, about(found.pk)),),
        reason=said.reason,
        payload=payload,
        after=partial(_hand_out, raised=raised),
    )


def check_triage(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Agree to what an officer set aside, or return it for triage, with its deadline as it was.

    Raises NotPermitted for who may not open it, TaskBusy; RuleBroken: `own_triage`,
    `already_triaged`, and of a duplicate as `refuse_target`.
    """
    found = _opened(by, person, task)
    triage = waiting_check(found)
    if triage is None:
        raise RuleBroken("already_triaged", "There is no triage that waits for a check.")
    refuse_own(
        by,
        triage.triaged_by_id,
        code="own_triage",
        message="Someone other than who triaged it must check it.",
    )
    # The row as it is under the lock.
    triage.indicator = found
    agrees = values["decision"] == TriageCheck.AGREED
    if agrees and triage.duplicate_of is not None:
        triage.duplicate_of = lock_indicator(triage.duplicate_of)
        refuse_target(by, found, triage.duplicate_of)
    risk.check_triage(
        triage=triage,
        decision=TriageCheck(values["decision"]),
        comment=values["comment"],
        by=user,
        acting_for=by.acting_for_id,
    )
    return Written(
        fulfilled=((Kind.INDICATOR_TRIAGE, about(found.pk)),) if agrees else (),
        reason=triage.comment,
        payload={
            "indicator": str(found.public_id),
            "triage": str(triage.public_id),
            "decision": triage.decision,
        },
        after=None if agrees else partial(_name_again, found=found, person=person),
    )


def takes_check(found: Indicator, outcome: TriageOutcome) -> bool:
    """Whether a supervisor decides too: always of a critical one set aside, else by a share.

    Which ones follows from the indicator's own id, so that nobody can choose, and one that was
    returned is checked again.
    """
    if found.severity == Severity.CRITICAL:
        return outcome in SETS_ASIDE
    if outcome not in SAMPLED:
        return False
    share = current.in_force(timezone.localdate()).figure(SHARE)
    digest = hashlib.sha256(found.public_id.bytes).digest()
    return int.from_bytes(digest[:DIGITS]) % 100 < share


def refuse_target(by: Actor, found: Indicator, into: Indicator) -> None:
    """Raise Invalid where merging into `into` would lose something of `found`.

    `duplicate_of_another`: it stands for itself no more, is about somebody else, or whoever decides
    may not open it; nothing is hidden behind one that is secret.
    `duplicate_less_grave`: it is less grave, or worse graded.
    """
    stands = into.state in STANDING and into.offender_id == found.offender_id
    if not stands or into.is_secret or not may_open(by, into):
        said = "Choose another indicator of this person that stands for itself."
        raise Invalid("duplicate_of_another", said, field="same_as")
    covers = (
        _RANK[Severity(into.severity)] <= _RANK[Severity(found.severity)]
        and into.source_grade <= found.source_grade
        and into.assessment_grade <= found.assessment_grade
    )
    if not covers:
        said = "It is less grave or worse graded: triage that one as the same as this one."
        raise Invalid("duplicate_less_grave", said, field="same_as")


def _opened(by: Actor, person: Offender, task: Task) -> Indicator:
    """The indicator of the task, locked, waiting for its triage, which the actor may open."""
    seen = indicator_of(task)
    if seen is None or not may_open(by, seen):
        raise NotPermitted("Only the users named for this indicator may triage it.")
    found = lock_indicator(seen)
    if found.state != IndicatorState.UNTRIAGED or found.offender_id != person.pk:
        raise RuleBroken("already_triaged", "It is settled already.")
    return found


def _hand_out(task: Task, *, raised: list[CaseAction]) -> None:
    hand_out(raised)


def _name_again(task: Task, *, found: Indicator, person: Offender) -> None:
    hand_to_named(found, person)
