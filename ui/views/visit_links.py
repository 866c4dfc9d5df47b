"""Where a visit in a list leads: to its write-up, and to voiding it."""

from collections.abc import Collection, Iterable

from django.urls import reverse

from accounts.actor import Actor
from offenders.models import Offender
from workflows.models import Task, Visit
from workflows.queries.visits import write_ups_of
from workflows.queries.voidable import refusals

Links = list[dict[str, str]]


def write_up_links(by: Actor, visits: Iterable[Visit]) -> dict[int, Links]:
    """The page of each visit's write-up, by the visit's key, where the viewer may see it."""
    return {key: [_write_up(task)] for key, task in write_ups_of(by, visits).items()}


def void_links(by: Actor, person: Offender, visits: Collection[Visit]) -> dict[int, Links]:
    """The page on which the viewer, who may void visits, voids each of those that they may.

    By the visit's key.
    """
    refused = refusals(by, visits)
    return {
        visit.pk: [{"label": "Void", "url": _voiding(person, visit)}]
        for visit in visits
        if visit.pk not in refused
    }


def _voiding(person: Offender, visit: Visit) -> str:
    return reverse("ui:void-visit", args=[person.public_id, visit.public_id])


def _write_up(task: Task) -> dict[str, str]:
    label = "Write up" if task.is_open else "Write-up"
    return {"label": label, "url": reverse("ui:task", args=[task.public_id])}
