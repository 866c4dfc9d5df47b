"""Reactive management: proposed, recommended, authorised, reviewed, and ended (PRACTICE 16)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action
from audit.models import Operation
from offenders import actions as people
from offenders.actions.counting import save_changed
from offenders.errors import Invalid, RuleBroken
from offenders.models import ManagementMode, Offender, Status
from workflows.actions.alerts import tell
from workflows.actions.deciding import refuse_own, refuse_own_work
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.actions.stepping import Written
from workflows.engine import transitions
from workflows.models import (
    Alert,
    Kind,
    Process,
    ReactiveCriterion,
    ReactiveProposal,
    ReactiveReview,
    Task,
)
from workflows.queries.reactive import fails
from workflows.reactive import BY_HAND, WORDS, Criterion
from workflows.reconcile import reconcile


@transaction.atomic
def propose_reactive(
    *,
    by: Actor,
    offender: UUID,
    reason: str,
    criteria: list[dict[str, Any]],
    version: int | None = None,
) -> ReactiveProposal:
    """Propose to manage a person reactively. `criteria`: rows of the form, one for each by hand.

    Raises NotVisible, NotPermitted, ReasonRequired, Stale, TaskBusy; Invalid `criteria_missing`;
    RuleBroken: `mode_unchanged`, `proposal_waiting`, `reported_missing`, `criteria_not_met`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.REACTIVE_PROPOSE, person)
    require_reason(by, Action.REACTIVE_PROPOSE, reason, team_id=person.team_id)
    if person.management_mode == ManagementMode.REACTIVE:
        raise RuleBroken("mode_unchanged", "That is how the person is managed already.")
    if person.reactive_proposals.filter(settled_on__isnull=True).exists():
        raise RuleBroken("proposal_waiting", "A proposal already waits.")
    answers = {row["criterion"]: row for row in criteria}
    if set(answers) != set(BY_HAND) or len(criteria) != len(BY_HAND):
        raise Invalid("criteria_missing", "Answer every criterion once.", field="criteria")
    _refuse_unmet(person, {name for name, row in answers.items() if not row["met"]})
    proposal = ReactiveProposal.objects.create(
        offender=person, reason=reason, proposed_on=timezone.localdate(), proposed_by=officer(by)
    )
    ReactiveCriterion.objects.bulk_create(
        ReactiveCriterion(
            proposal=proposal,
            criterion=one,
            met=True,
            evidence=answers[one]["evidence"] if one in answers else "",
        )
        for one in Criterion
    )
    save_changed(person)
    reconcile(person, because=Action.REACTIVE_PROPOSE)
    audit.record(
        by=by,
        action=Action.REACTIVE_PROPOSE,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"reactive_proposal:{proposal.public_id}",
        reason=reason,
    )
    return proposal


def recommend_reactive(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Recommend a proposal to the inspector, or end it. Raises RuleBroken `own_proposal`."""
    proposal = proposal_of(task)
    refuse_own(
        by,
        proposal.proposed_by_id,
        code="own_proposal",
        message="Someone other than the proposer must decide.",
    )
    proposal.recommendation = values["recommendation"]
    proposal.recommendation_comment = values["recommendation_comment"]
    proposal.recommended_by, proposal.recommended_for_id = user, by.acting_for_id
    proposal.recommended_at = timezone.now()
    goes_on = proposal.recommendation == ReactiveProposal.Recommendation.RECOMMENDED
    if not goes_on:
        _settle(proposal)
    proposal.save()
    return Written(
        fulfilled=() if goes_on else ((Kind.REACTIVE_PROPOSAL, proposal.about),),
        reason=proposal.recommendation_comment,
        payload={"recommendation": proposal.recommendation},
        raised_by=proposal.proposed_by,
    )


def authorise_reactive(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Authorise what was recommended, or refuse it. From then on no routine visit is owed.

    The criteria are looked at again. Raises RuleBroken: `own_proposal`, `reported_missing`,
    `criteria_not_met`.
    """
    proposal = proposal_of(task)
    took_part = {proposal.proposed_by_id, proposal.recommended_by_id, proposal.recommended_for_id}
    if user.pk in took_part:
        raise RuleBroken("own_proposal", "Someone who took no part must decide.")
    proposal.authority = values["authority"]
    proposal.authority_comment = values["authority_comment"]
    proposal.authorised_by, proposal.authorised_at = user, timezone.now()
    _settle(proposal)
    proposal.save()
    if proposal.authority == ReactiveProposal.Authority.AUTHORISED:
        _refuse_unmet(person, set())
        begin_reactive(person, decided_by=user, reason=proposal.authority_comment)
    return Written(
        fulfilled=((Kind.REACTIVE_PROPOSAL, proposal.about),),
        reason=proposal.authority_comment,
        payload={"authority": proposal.authority},
        raised_by=proposal.proposed_by,
    )


def review_reactive(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Record the yearly review; back to active management asks for a visit.

    Raises RuleBroken `own_work`.
    """
    refuse_own_work(by, [person.offender_manager_id])
    review = ReactiveReview.objects.create(
        offender=person,
        outcome=values["outcome"],
        comment=values["comment"],
        reviewed_on=timezone.localdate(),
        reviewed_by=user,
        reviewed_for_id=by.acting_for_id,
    )
    if review.outcome == ReactiveReview.Outcome.ACTIVE:
        _make_active(person, decided_by=user, reason=review.comment)
    return Written(
        fulfilled=((Kind.REACTIVE_REVIEW, ""),),
        reason=review.comment,
        payload={"review": str(review.public_id), "outcome": review.outcome},
    )


def begin_reactive(person: Offender, *, decided_by: User, reason: str) -> None:
    """Manage a person reactively from today. The caller reconciles.

    Raises RuleBroken `visit_overdue`, and what `offenders` refuses.
    """
    today = timezone.localdate()
    late = person.obligations.filter(kind=Kind.HOME_VISIT, closed_at__isnull=True, due_on__lt=today)
    if late.exists():
        raise RuleBroken("visit_overdue", "Make the visit that is overdue first.")
    people.change_mode(
        offender=person,
        mode=ManagementMode.REACTIVE,
        decided_on=today,
        decided_by=decided_by,
        reason=reason,
    )


def end_relief(
    person: Offender, *, user: User | None, because: str, is_trigger: bool = True
) -> bool:
    """Something happened that reactive management does not bear. Called before reconciling.

    A proposal that waits lapses. Where it `is_trigger`, who is managed reactively is actively
    managed again, by the decision of the officer whose act it was, or None where a file says it;
    the offender manager and the team's supervisors are told. Whether the person was.
    """
    for proposal in person.reactive_proposals.filter(settled_on__isnull=True):
        proposal.lapsed_because = because
        _settle(proposal)
        proposal.save()
        running = Process.objects.filter(
            obligation__offender=person, obligation__about=proposal.about, status="NEW"
        )
        for process in running:
            transitions.cancel_process(process)
    if is_trigger and person.management_mode == ManagementMode.REACTIVE:
        _make_active(person, decided_by=user, reason=f"Reactive management ended: {because}")
        _tell(person, user)
        return True
    return False


def end_relief_away(person: Offender, *, user: User | None, status: str) -> bool:
    """As `end_relief`, by where somebody is now: hospital and abroad only pause it."""
    if status == Status.COMMUNITY:
        return False
    because, is_trigger = str(Status(status).label), status in {Status.CUSTODY, Status.MISSING}
    return end_relief(person, user=user, because=because, is_trigger=is_trigger)


def proposal_of(task: Task) -> ReactiveProposal:
    """The proposal that a task of its flow is about."""
    obligation = task.process.obligation
    about = obligation.about if obligation is not None else ""
    return ReactiveProposal.objects.get(pk=about.removeprefix("proposal:"))


def _refuse_unmet(person: Offender, by_hand: set[str]) -> None:
    unmet = [*fails(person, today=timezone.localdate()), *(Criterion(one) for one in by_hand)]
    if Criterion.NO_MISSING_REPORT in unmet:
        raise RuleBroken("reported_missing", "A supervisor decides on the missing report first.")
    if unmet:
        said = "; ".join(WORDS[one] for one in sorted(unmet, key=[*Criterion].index))
        raise RuleBroken("criteria_not_met", f"These criteria are not met: {said}.")


def _settle(proposal: ReactiveProposal) -> None:
    """By the database's clock: what was settled is asked for as it was known (ARCHITECTURE 7)."""
    proposal.settled_on, proposal.settled_at = timezone.localdate(), Now()


def _make_active(person: Offender, *, decided_by: User | None, reason: str) -> None:
    people.change_mode(
        offender=person,
        mode=ManagementMode.ACTIVE,
        decided_on=timezone.localdate(),
        decided_by=decided_by,
        reason=reason,
    )


def _tell(person: Offender, user: User | None) -> None:
    today = timezone.localdate()
    supervisors = User.objects.filter(role=Role.SUPERVISOR, is_active=True, team=person.team_id)
    to = {one for one in [person.offender_manager, *supervisors] if one is not None and one != user}
    tell(
        Alert(
            to=one,
            about=Alert.About.ACTIVE_AGAIN,
            subject=f"active:{person.public_id}:{today}",
            offender=person,
            officer=user,
            on=today,
        )
        for one in to
    )
