"""Tasks: one officer's list and a team's, a task, and everything that can be done with one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action, shows_all
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import assessments
from api.shapes import task_detail as detail
from api.shapes import task_forms as forms
from api.shapes import tasks as shapes
from api.visit import around_visit
from workflows.actions import lone_timers, steps
from workflows.actions import tasks as actions
from workflows.actions.drafts import save_draft
from workflows.actions.preparing import prepare_visit
from workflows.models import AssessmentDraft, Kind, Task
from workflows.queries import inbox
from workflows.queries.deferrals import put_off
from workflows.queries.drafts import DRAFTED, draft_of
from workflows.queries.reactive import proposed_for
from workflows.queries.starting import starts_with
from workflows.queries.task import earlier_of, subject_of, texts_of, visible
from workflows.queries.triage import opened
from workflows.queries.unfound import reported_on
from workflows.second_person import STEPS
from workflows.steps import visit_preparation
from workflows.steps.assessment import DraftAssessment
from workflows.steps.tasks import DeferTask as DeferForm


class TaskList(Endpoint):
    """Open tasks, most urgent or first due first. Nothing overdue leaves the list by its age."""

    action = Action.TASK_VIEW
    operation_id = "list_tasks"
    query_shape = shapes.TaskQuery
    answer_shape = shapes.TaskList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        # A system has no tasks of its own, and reads work as it falls due unless it asks otherwise.
        # Nor is what waits for a second person anybody's own, until somebody takes it.
        is_own = self.by.user_id and self.asked["state"] != "waiting_endorsement"
        usual = ("mine", "priority") if is_own else ("team", "due")
        self.asked = dict(zip(("scope", "order"), usual, strict=True)) | self.asked
        cursor = Cursor(request.path, self.asked)
        keys = cursor.read(given) if given else None
        with cursor.refusing():
            page = inbox.tasks_page(
                actor=self.by,
                today=timezone.localdate(),
                after=keys,
                limit=limit,
                **self._filters(),
            )
        self.consult(
            ids=[str(row.id) for row in page.rows], row_count=len(page.rows), filters=self.asked
        )
        shown = {"as_of": page.as_of, "results": self._rows(page.rows)}
        return self.show(shown | cursor.links(page.next, limit))

    def _rows(self, rows: list[inbox.TaskRow]) -> list[dict[str, Any]]:
        """The rows; where only what is put off was asked for, each with who put it off and why."""
        texts = texts_of(self.by, [row.key for row in rows if row.kind == Kind.CASE_ACTION])
        shown = [inbox.shape(row) | {"subject": texts.get(row.key, "")} for row in rows]
        if "deferred" not in self.asked:
            return shown
        why = put_off([row.key for row in rows])
        return [
            one | {"deferral": shapes.deferral(why.get(row.key))}
            for one, row in zip(shown, rows, strict=True)
        ]

    def _filters(self) -> dict[str, Any]:
        """What was asked, as the query takes it."""
        filters = dict(self.asked)
        filters["deferred"] = "deferred" in filters
        state = filters.pop("state")
        if state in inbox.WINDOWS:
            filters["window"] = state
        elif state == "waiting_endorsement":
            filters["steps"] = STEPS
        elif state != "open":
            filters["state"] = state
        return filters


class TaskDetail(Endpoint):
    """One task, with what the caller may do with it now."""

    action = Action.TASK_VIEW
    noun = "task"
    has_version = True
    operation_id = "get_task"
    answer_shape = detail.TaskDetailAnswer

    def get(self, request: Request, task: UUID) -> HttpResponseBase:
        found = visible(self.by, task)
        self.consult(offender_id=found.offender_id)
        allowed = actions.allowed_actions(by=self.by, task=found)
        shown = shapes.task(found) | {"allowed_actions": allowed} | shapes.paths(found)
        return self.show(shown | self._beside(found), version=found.version)

    def _beside(self, found: Task) -> dict[str, Any]:
        """What stands beside the task, where the caller's grant leaves nothing out."""
        is_whole = shows_all(self.by, Action.TASK_VIEW)
        return {
            "written": self._written(found) if is_whole and found.status == "DONE" else None,
            "earlier": self._earlier(found),
            "reported": self._reported(found),
            "subject": subject_of(self.by, found, reason=self.reason) if is_whole else "",
            "compared": assessments.compared(found) if is_whole else [],
            "indicator": self._indicator(found),
            **around_visit(self.by, found, shows_all=is_whole),
        }

    def _indicator(self, found: Task) -> UUID | None:
        seen = opened(self.by, found)
        return None if seen is None else seen.public_id

    def _earlier(self, found: Task) -> list[dict[str, Any]]:
        if not shows_all(self.by, Action.TASK_VIEW):
            return []
        return [self._written(step) for step in earlier_of(found)]

    def _written(self, step: Task) -> dict[str, Any]:
        return detail.written(self.by, step, reason=self.reason)

    def _reported(self, found: Task) -> list[dict[str, Any]]:
        if not shows_all(self.by, Action.TASK_VIEW):
            return []
        proposed = proposed_for(found, today=timezone.localdate())
        told = [detail.reported(one) for one in reported_on(found)]
        return [*told, detail.proposed(proposed)] if proposed else told


class TaskForm(Endpoint):
    """The form of a task's step: its fields, what they mean and what they take."""

    action = Action.TASK_VIEW
    noun = "task"
    has_version = True
    operation_id = "get_task_form"
    answer_shape = forms.FormAnswer

    def get(self, request: Request, task: UUID) -> HttpResponseBase:
        found = visible(self.by, task)
        self.consult(offender_id=found.offender_id)
        starting = starts_with(found) if self._is_writable(found) else {}
        return self.show(forms.form(found, starting, self._draft(found)), version=found.version)

    def _draft(self, found: Task) -> AssessmentDraft | None:
        may = Task.objects.permitted(self.by, Action.ASSESSMENT_DRAFT).filter(pk=found.pk)
        return draft_of(found) if found.step in DRAFTED and may.exists() else None

    def _is_writable(self, found: Task) -> bool:
        return found.is_open and shows_all(self.by, Action.TASK_VIEW)


class TaskWriting(WritingEndpoint):
    """Anything done with one task: `perform` is the action, the body is what it takes."""

    noun = "task"
    has_version = True
    answer_shape = shapes.TaskAnswer
    perform: Callable[..., Any]

    def post(self, request: Request, task: UUID) -> HttpResponseBase:
        given = self.arguments(self.sent()) | {"by": self.by, "task": task, "version": self.version}

        def run() -> Answer:
            type(self).perform(**given)
            found = Task.objects.select_related("offender", "owner", "team").get(public_id=task)
            return Answer(shapes.task(found), version=found.version)

        return self.write(run)

    def seen_again(self, reply: Reply) -> int | None:
        return visible(self.by, self.kwargs["task"]).offender_id

    def arguments(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the action takes of the body."""
        return values


class CompleteStep(TaskWriting):
    """Complete the step of a task with its form. 409 `task_not_open` where someone was faster."""

    # Seeing the task is the least; the action asks for what the step itself needs.
    action = Action.TASK_VIEW
    perform = staticmethod(steps.complete_step)
    step = ""

    def arguments(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"step": self.step, "values": values}


class ClaimTask(TaskWriting):
    """Take a free task of the team."""

    action = Action.TASK_CLAIM
    operation_id = "claim_task"
    perform = staticmethod(actions.claim)


class ReleaseTask(TaskWriting):
    """Put a task back into the team's queue."""

    action = Action.TASK_RELEASE
    operation_id = "release_task"
    perform = staticmethod(actions.release)


class ReassignTask(TaskWriting):
    """Give one task to a colleague; the person stays with their offender manager."""

    action = Action.TASK_REASSIGN
    operation_id = "reassign_task"
    body_shape = shapes.ReassignTask
    perform = staticmethod(actions.reassign_task)


class DeferTask(TaskWriting):
    """Say that a task will be done later. Its due date, place and count stay."""

    action = Action.TASK_DEFER
    operation_id = "defer_task"
    body_shape = DeferForm
    perform = staticmethod(actions.defer)


class AuthoriseLoneVisit(TaskWriting):
    """Authorise one officer to make this visit alone, before it is made."""

    action = Action.LONE_VISIT_AUTHORISE
    operation_id = "authorise_lone_visit"
    body_shape = shapes.AuthoriseLoneVisit
    perform = staticmethod(actions.authorise_lone_visit)


class SaveDraft(TaskWriting):
    """Keep what is written so far of an assessment. Nothing is handed in by it."""

    action = Action.ASSESSMENT_DRAFT
    operation_id = "save_draft"
    body_shape = DraftAssessment
    perform = staticmethod(save_draft)

    def arguments(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"values": values}


class PrepareVisit(TaskWriting):
    """Write down the system checks, the safety assessment and who goes, before a visit."""

    action = Action.VISIT_PREPARE
    operation_id = "prepare_visit"
    body_shape = visit_preparation.PrepareVisit
    perform = staticmethod(prepare_visit)


class StartLoneVisit(TaskWriting):
    """Start the timer of the caller, who goes in alone."""

    action = Action.LONE_VISIT_START
    operation_id = "start_lone_visit"
    body_shape = visit_preparation.StartLoneVisit
    perform = staticmethod(lone_timers.start_lone_visit)


class EndLoneVisit(TaskWriting):
    """Say that the officer is safe; for a colleague, with how one knows."""

    action = Action.LONE_VISIT_END
    operation_id = "end_lone_visit"
    body_shape = visit_preparation.EndLoneVisit
    perform = staticmethod(lone_timers.end_lone_visit)
