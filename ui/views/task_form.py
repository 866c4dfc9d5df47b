"""A form about a task that is none of its steps."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from accounts.actor import Actor
from ui.views import task_parts as parts
from ui.views.page import see_other, trail
from ui.views.subject_form import Look, SubjectForm
from workflows.errors import NotVisible
from workflows.models import Task
from workflows.queries import task as reads


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForm(SubjectForm[Task]):
    """What one such page is; back on the task's page once it is sent."""

    keyword: ClassVar[str] = "task"

    decides: bool = True

    def find(self, by: Actor, key: UUID) -> Task:
        found = reads.visible(by, key)
        if not Task.objects.permitted(by, self.action).filter(pk=found.pk).exists():
            raise NotVisible
        return found

    def look(self, found: Task) -> Look:
        task = str(found.public_id)
        return Look(found.offender_id, f"task:{task}", ("task", task))

    def surrounds(self, by: Actor, found: Task) -> dict[str, Any]:
        person = parts.person(found)
        url = reverse("ui:task", args=[found.public_id])
        return {
            "section": "tasks",
            "trail": trail(("My tasks", reverse("ui:tasks")), (person["reference"], url)),
            "person": person,
            "version": found.version if self.decides else None,
            "back": {"url": url, "label": "Back to the task"},
        }

    def after(self, by: Actor, key: UUID) -> HttpResponse:
        return see_other("ui:task", key)
