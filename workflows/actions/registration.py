"""The end of registration: proposed by one officer, endorsed by another (PRACTICE 1)."""

from typing import Any

from django.utils import timezone
from viewflow.workflow.status import PROCESS

from accounts.actor import Actor
from accounts.models import User
from offenders.errors import RuleBroken
from offenders.models import Offender
from workflows.actions.deciding import refuse_own
from workflows.actions.ending import end_registration
from workflows.actions.stepping import Written
from workflows.facts import registration_of
from workflows.models import EndProposal, Kind, MissingReport, Task


def propose_end(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Propose to end registration, with what was checked.

    Raises RuleBroken `proposal_waiting` where one already waits.
    """
    waiting = EndProposal.objects.filter(process__offender=person, decision="")
    if waiting.exclude(process__status=PROCESS.CANCELED).exists():
        raise RuleBroken("proposal_waiting", "A proposal to end registration already waits.")
    EndProposal.objects.create(process=task.process, proposed_by=user, reason=values["reason"])
    return Written(reason=values["reason"])


def endorse_end(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """End registration, or return it. Nothing is owed to the person from then on.

    Raises RuleBroken: `own_proposal`, `registration_not_over`, `death_reported`.
    """
    proposal = task.process.end_proposals.select_related("proposed_by").get(decision="")
    refuse_own(
        by,
        proposal.proposed_by_id,
        code="own_proposal",
        message="Someone other than the proposer must decide.",
    )
    proposal.decision, proposal.comment = values["decision"], values["comment"]
    proposal.decided_by, proposal.decided_at = user, timezone.now()
    proposal.decided_for_id = by.acting_for_id
    proposal.save(update_fields=["decision", "comment", "decided_by", "decided_for", "decided_at"])
    is_endorsed = proposal.decision == EndProposal.Decision.ENDORSED
    if is_endorsed:
        _refuse_end(person)
        end_registration(
            person,
            proposed_by=proposal.proposed_by,
            endorsed_by=user,
            acting_for=by.acting_for_id,
            within=task,
            because=MissingReport.ClosedBecause.ENDED,
        )
    return Written(
        fulfilled=((Kind.FINAL_REVIEW, ""),) if is_endorsed else (),
        reason=proposal.comment,
        payload={"decision": proposal.decision},
    )


def _refuse_end(person: Offender) -> None:
    if not registration_of(person, today=timezone.localdate()).has_ended:
        raise RuleBroken(
            "registration_not_over", "A notification period or an order still holds the person."
        )
    if person.death_reports.filter(decision="").exists():
        raise RuleBroken("death_reported", "A reported death waits to be verified.")
