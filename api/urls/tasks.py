"""Routes of the work: tasks and their steps, what is due, and what officers are told."""

from django.urls import URLPattern, path

from api.shapes.tasks import slug
from api.views import alerts, disagreements, due_visits, priority, tasks
from workflows.steps import FORMS


def step(name: str) -> URLPattern:
    """The route that completes the step `name`."""
    view = tasks.CompleteStep.as_view(
        step=name,
        operation_id=f"complete_{name}",
        summary=f"Complete the step {name} of a task",
        body_shape=FORMS[name],
    )
    return path(f"tasks/<uuid:task>/{slug(name)}", view, name=f"complete-{slug(name)}")


urlpatterns = [
    path("tasks", tasks.TaskList.as_view(), name="tasks"),
    path("tasks/<uuid:task>", tasks.TaskDetail.as_view(), name="task"),
    path("tasks/<uuid:task>/priority", priority.TaskPriority.as_view(), name="task-priority"),
    path("tasks/<uuid:task>/disagreement", disagreements.Disagree.as_view(), name="disagree"),
    path("tasks/<uuid:task>/form", tasks.TaskForm.as_view(), name="task-form"),
    path("tasks/<uuid:task>/claim", tasks.ClaimTask.as_view(), name="claim-task"),
    path("tasks/<uuid:task>/release", tasks.ReleaseTask.as_view(), name="release-task"),
    path("tasks/<uuid:task>/reassign", tasks.ReassignTask.as_view(), name="reassign-task"),
    path("tasks/<uuid:task>/defer", tasks.DeferTask.as_view(), name="defer-task"),
    path(
        "tasks/<uuid:task>/authorise-lone-visit",
        tasks.AuthoriseLoneVisit.as_view(),
        name="authorise-lone-visit",
    ),
    *[step(name) for name in FORMS],
    path("due-visits", due_visits.DueVisits.as_view(), name="due-visits"),
    path("alerts", alerts.AlertList.as_view(), name="alerts"),
    path("alerts/seen", alerts.MarkAlertsSeen.as_view(), name="mark-alerts-seen"),
    path("tasks/<uuid:task>/draft", tasks.SaveDraft.as_view(), name="save-draft"),
    path("tasks/<uuid:task>/prepare", tasks.PrepareVisit.as_view(), name="prepare-visit"),
    path(
        "tasks/<uuid:task>/start-lone-visit",
        tasks.StartLoneVisit.as_view(),
        name="start-lone-visit",
    ),
    path("tasks/<uuid:task>/safe", tasks.EndLoneVisit.as_view(), name="end-lone-visit"),
]
