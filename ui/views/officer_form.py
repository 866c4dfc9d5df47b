"""A form about an officer, below what was written of them before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from accounts.actor import Actor
from accounts.models import User
from ui.views.page import see_other, trail
from ui.views.subject_form import Look, SubjectForm, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerForm(SubjectForm[User]):
    """What one such page is; the same page again, with what is new on it, once it is sent.

    `reach`: the officer, where the actor may do this about them; raises NotVisible. `before`: what
    the page shows of what was written. `own`: said to whoever opens their own, in place of a form.
    """

    keyword: ClassVar[str] = "officer"

    reach: Callable[[Actor, UUID], User]
    before: Callable[[Actor, User], Values]
    own: str

    def find(self, by: Actor, key: UUID) -> User:
        return self.reach(by, key)

    def look(self, found: User) -> Look:
        return Look(subject=f"user:{found.public_id}")

    def surrounds(self, by: Actor, found: User) -> dict[str, Any]:
        team = found.team
        back = reverse("ui:team-caseload", args=[team.public_id]) if team else reverse("ui:team")
        return {
            "section": "team",
            "trail": trail(("Caseload", back)),
            "officer": {"public_id": found.public_id, "label": found.display_name},
            "own": self.own if found.pk == by.user_id else "",
            "version": None,
            **self.before(by, found),
        }

    def after(self, by: Actor, key: UUID) -> HttpResponse:
        return see_other(f"ui:{self.route}", key)
