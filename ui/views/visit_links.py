"""Where a visit in a list leads: to its write-up, and to voiding it."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.actor import Actor
from offenders.models import Offender
from workflows.models import Task, Visit
from workflows.queries.visits import is_voidable_by, write_ups_of

Links = list[dict[str, str]]


def write_up_links(by: Actor, visits: Iterable[Visit]) -> dict[int, Links]:
    """The page of each visit's write-up, by the visit's key, where the viewer may see it."""
    return {key: [_write_up(task)] for key, task in write_ups_of(by, visits).items()}


def void_link(by: Actor, person: Offender, visit: Visit) -> Links:
    """The page on which the viewer, who may void visits, voids this one."""
    if not is_voidable_by(by, visit):
        return []
    url = reverse("ui:void-visit", args=[person.public_id, visit.public_id])
    return [{"label": "Void", "url": url}]


def _write_up(task: Task) -> dict[str, str]:
    label = "Write up" if task.is_open else "Write-up"
    return {"label": label, "url": reverse("ui:task", args=[task.public_id])}
