"""A form about one person that is no task."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from accounts.actor import Actor
from accounts.policy import Action, grant, needs_reason
from offenders.models import Offender
from ui.views.page import marker_lines, person_line, see_other, trail
from ui.views.subject_form import Look, SubjectForm
from workflows.errors import NotVisible
from workflows.queries import person as reads


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm(SubjectForm[Offender]):
    """What one such page is; back on the person's page once it is sent."""

    keyword: ClassVar[str] = "offender"

    def find(self, by: Actor, key: UUID) -> Offender:
        return reads.visible(by, key, self.action)

    def look(self, found: Offender) -> Look:
        return Look(found.pk)

    def surrounds(self, by: Actor, found: Offender) -> dict[str, Any]:
        url = reverse("ui:person", args=[found.public_id])
        return {
            "section": "people",
            "trail": trail(("People", reverse("ui:people")), (found.source_ref, url)),
            "person": _head(by, found),
            "version": found.version if self.decides else None,
            "back": {"url": url, "label": f"Back to {found.source_ref}"},
        }

    def after(self, by: Actor, key: UUID) -> HttpResponse:
        """The person's page; the officer's first, for who may not see them any more."""
        try:
            reads.visible(by, key)
        except NotVisible:
            return see_other("ui:home")
        return see_other("ui:person", key)


def _head(by: Actor, found: Offender) -> dict[str, Any]:
    """Who it is about; the reference alone for whom every look at a person takes a reason."""
    permission = grant(by, Action.OFFENDER_VIEW)
    if permission is None or needs_reason(by, permission, team_id=found.team_id):
        return {"reference": found.source_ref}
    markers = reads.markers_of([found.pk]).get(found.pk, [])
    return person_line(found) | {"markers": marker_lines(markers)}
