"""One task as its page shows it: where it stands, why, and what was written when it was done."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import Model

from accounts.actor import Actor
from accounts.policy import Action, shows_all
from offenders.models import Notification
from risk.models import RiskAssessment
from risk.priority import Contribution
from workflows.errors import NotVisible
from workflows.models import (
    CaseAction,
    CaseReview,
    DetailChange,
    EndProposal,
    Kind,
    ReactiveProposal,
    ReactiveReview,
    ReturnedWork,
    Task,
    VisitReview,
    VisitWriteUp,
)
from workflows.queries import plan, triage, write_up
from workflows.queries.ranking import Scale
from workflows.queries.sight import Sight
from workflows.queries.sql import Clause
from workflows.queries.task_rows import TaskRow, read_rows
from workflows.queries.written import values_of
from workflows.steps import FORMS


def visible(actor: Actor, task: UUID) -> Task:
    """The human task `task`, with its person and owner. Raises NotVisible."""
    seen = Task.objects.permitted(actor, Action.TASK_VIEW).filter(flow_task_type="HUMAN")
    found = (
        seen.filter(public_id=task)
        .select_related("process", "offender__team", "offender__offender_manager", "owner")
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def reasons(actor: Actor, task: Task, today: dt.date) -> tuple[Contribution, ...]:
    """Why an open task stands where it does for the actor: points that add up to its score.

    The same as its row in every list says. Two statements; two more where the actor is named for
    an item about the person.
    """
    return row_of(actor, task, Scale(today)).reasons


def row_of(actor: Actor, task: Task, scale: Scale) -> TaskRow:
    """An open task as a list of the actor shows it."""
    [row] = read_rows(Clause("%s", (task.pk,)), scale, Sight(actor, scale.as_of))
    return row


def subject_of(actor: Actor, task: Task, *, reason: str = "") -> str:
    """What a task is about where its kind does not say, such as the words of an action.

    `reason`: why the actor looks, where they said so.
    """
    if task.step == "draft_plan" and task.is_open:
        return plan.starting_words(task)
    if task.step == "write_up" and task.is_open:
        return write_up.starting_words(task)
    if task.kind == Kind.CHANGE_NOTIFICATION:
        return _changed(task)
    if task.kind == Kind.INDICATOR_TRIAGE:
        return triage.subject_of(actor, task, reason=reason)
    about = SUBJECTS.get(task.kind)
    row = about(task) if about else None
    if isinstance(row, CaseAction):
        return row.text
    return row.reason if isinstance(row, ReactiveProposal) else ""


def texts_of(actor: Actor, keys: Collection[int]) -> dict[int, str]:
    """What must be done, by the key of each task that is an action; of no other. Two statements.

    None for whom the grant leaves typed text out. `keys` are of tasks that the actor sees.
    """
    if not keys or not shows_all(actor, Action.TASK_VIEW):
        return {}
    tasks = Task.objects.filter(pk__in=keys, kind=Kind.CASE_ACTION)
    about = dict(tasks.values_list("pk", "process__obligation__about"))
    actions = {said.removeprefix("action:"): key for key, said in about.items() if said}
    known = CaseAction.objects.filter(pk__in=actions).values_list("pk", "text")
    return {actions[str(key)]: text for key, text in known}


def _changed(task: Task) -> str:
    """Which detail changed and when it was found; empty for a release."""
    obligation = task.process.obligation
    item = obligation.about.removeprefix("changed:") if obligation else ""
    live = DetailChange.objects.filter(offender=task.offender_id, item=item, withdrawn_at=None)
    last = live.order_by("-found_on", "-pk").first()
    if last is None:
        return ""
    since = f", since {last.changed_on:%-d %B %Y}" if last.changed_on < last.found_on else ""
    return f"{last.get_item_display()}: changed{since}. Found on {last.found_on:%-d %B %Y}."


def next_of(actor: Actor, task: Task) -> Task | None:
    """The open step that follows in the same piece of work, where the actor may see it."""
    later = Task.objects.permitted(actor, Action.TASK_VIEW).open()
    return later.filter(process=task.process_id, pk__gt=task.pk).order_by("pk").first()


#: Earlier steps shown with an open one: an outcome, a write-up, and what was returned.
MOST_EARLIER = 6


def earlier_of(task: Task) -> list[Task]:
    """The finished human steps before an open one in the same piece of work, oldest first.

    Of what is about one visit, the steps of that visit: others of the work are other attempts.
    """
    finished = Task.objects.filter(
        process=task.process_id, pk__lt=task.pk, flow_task_type="HUMAN", status="DONE"
    )
    if task.visit_id is not None:
        finished = finished.filter(visit=task.visit_id)
    newest = finished.select_related("process", "owner").order_by("-pk")[:MOST_EARLIER]
    return list(newest)[::-1]


def written_by(actor: Actor, task: Task, *, reason: str = "") -> Model | None:
    """The fact that a finished step wrote, where one row holds it and the actor may be told."""
    if task.kind == Kind.INDICATOR_TRIAGE and not triage.tells(actor, task, reason=reason):
        return None
    find = WRITTEN.get(task.step, _returned)
    return find(task)


def written_values(actor: Actor, task: Task, *, reason: str = "") -> dict[str, Any]:
    """What a finished step wrote, by the fields of its form that the row keeps."""
    row = written_by(actor, task, reason=reason)
    if row is None:
        return {}
    return values_of(FORMS[task.step](), row)


def _write_up(task: Task) -> Model | None:
    """A write-up that was returned is written again, as a task and a row of its own."""
    written = VisitWriteUp.objects.filter(visit=task.visit_id)
    rows = written.prefetch_related(*write_up.WRITE_UP_ROWS).order_by("pk")
    before = _done_before(task)
    return rows[before : before + 1].first()


def _review(task: Task) -> Model | None:
    reviews = VisitReview.objects.filter(visit=task.visit_id).order_by("pk")
    before = _done_before(task)
    return reviews[before : before + 1].first()


def _assessment(task: Task) -> Model | None:
    submitted = RiskAssessment.objects.filter(
        offender=task.offender_id, author=task.owner_id, submitted_at__lte=task.finished
    )
    return submitted.order_by("-submitted_at").first()


def _endorsed(task: Task) -> Model | None:
    decided = RiskAssessment.objects.filter(
        offender=task.offender_id, endorser=task.owner_id, decided_at__lte=task.finished
    )
    return decided.order_by("-decided_at").first()


def _level_decided(task: Task) -> Model | None:
    decided = RiskAssessment.objects.filter(
        offender=task.offender_id,
        level_decided_by=task.owner_id,
        level_decided_at__lte=task.finished,
    )
    return decided.order_by("-level_decided_at").first()


def _notification(task: Task) -> Model | None:
    known = task.process.data.get("notification")
    return Notification.objects.filter(public_id=known).first() if known else None


def _proposal(task: Task) -> Model | None:
    proposals = EndProposal.objects.filter(process=task.process_id).order_by("pk")
    before = _done_before(task)
    return proposals[before : before + 1].first()


def _case_action(task: Task) -> Model | None:
    obligation = task.process.obligation
    if obligation is None:
        return None
    return CaseAction.objects.filter(pk=obligation.about.removeprefix("action:")).first()


def _reactive_proposal(task: Task) -> Model | None:
    obligation = task.process.obligation
    if obligation is None:
        return None
    return ReactiveProposal.objects.filter(pk=obligation.about.removeprefix("proposal:")).first()


def _reactive_review(task: Task) -> Model | None:
    reviews = ReactiveReview.objects.filter(
        offender=task.offender_id, reviewed_by=task.owner_id, recorded_at__lte=task.finished
    )
    return reviews.order_by("-pk").first()


def _case_review(task: Task) -> Model | None:
    return CaseReview.objects.filter(process=task.process_id).first()


def _returned(task: Task) -> Model | None:
    """Why a second person gave work back, where their step keeps no row of its own."""
    rows = ReturnedWork.objects.filter(process=task.process_id, step=task.step).order_by("pk")
    before = _done_before(task)
    return rows[before : before + 1].first()


def _done_before(task: Task) -> int:
    """How many such steps about the same were done before it."""
    earlier = Task.objects.filter(
        process=task.process_id, step=task.step, visit=task.visit, status="DONE"
    )
    return earlier.filter(pk__lt=task.pk).count()


WRITTEN = {
    "record_outcome": lambda task: task.visit,
    "write_up": _write_up,
    "review": _review,
    "assess": _assessment,
    "record_notification": _notification,
    "propose_end": _proposal,
    "endorse_end": _proposal,
    "finish_action": _case_action,
    "recommend_reactive": _reactive_proposal,
    "authorise_reactive": _reactive_proposal,
    "review_reactive": _reactive_review,
    "decide_missing": lambda task: task.process.missing_decisions.first(),
    "confirm_missing": lambda task: task.process.missing_reports.first(),
    "record_enquiry": lambda task: task.process.missing_enquiries.first(),
    "review_enquiry": lambda task: task.process.missing_enquiries.first(),
    "verify_death": lambda task: task.process.death_reports.first(),
    "consider_warrant": lambda task: task.process.entry_warrants.first(),
    "decide_warrant": lambda task: task.process.entry_warrants.first(),
    "draft_plan": plan.written_by,
    "endorse_plan": plan.written_by,
    "approve_interval": plan.written_by,
    "endorse": _endorsed,
    "decide_level": _level_decided,
    "review_case": _case_review,
    "check_case": _case_review,
    "triage_indicator": triage.written_by,
    "check_triage": triage.written_by,
}

#: By kind: the row whose words say what a task is about.
SUBJECTS: dict[str, Callable[[Task], Model | None]] = {
    Kind.CASE_ACTION: _case_action,
    Kind.REACTIVE_PROPOSAL: _reactive_proposal,
}
