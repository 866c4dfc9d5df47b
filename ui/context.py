"""What the frame of every page shows: whose installation, who is signed in, where they may go."""

from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action, grant
from accounts.requests import actor
from workflows.queries.alerts import unseen_count
from workflows.queries.endorsing import to_endorse
from workflows.queries.indicators import MOST_COUNTED, waiting_count
from workflows.queries.task_counts import TaskCounts, task_counts


class Frame:
    """Read by the template as `page`; nothing is worked out before it is shown."""

    org_name = property(lambda self: settings.ORG_NAME)
    source_url = property(lambda self: settings.SOURCE_URL)
    example_data = property(lambda self: settings.EXAMPLE_DATA)
    idle_seconds = property(lambda self: settings.SESSION_COOKIE_AGE)

    def __init__(self, user: User | None, by: Actor | None = None) -> None:
        self.user = user
        self._actor = by

    @property
    def acting_for(self) -> dict[str, str] | None:
        """Whose decisions the officer makes now, under a delegation; None as themselves."""
        by = self._actor
        if by is None or by.acting_for_id is None or by.role is None:
            return None
        return {"officer": by.acting_for_label, "role": str(by.role.label)}

    def _may(self, action: Action) -> bool:
        return self._actor is not None and grant(self._actor, action) is not None

    @property
    def initials(self) -> str:
        """Of the name; of the staff number where no name is known. Empty for strangers."""
        if self.user is None:
            return ""
        letters = f"{self.user.first_name[:1]}{self.user.last_name[:1]}"
        return (letters or self.user.staff_number[:2] or "?").upper()

    @property
    def user_label(self) -> str:
        """Name and staff number, as a printed page says who printed it."""
        if self.user is None:
            return ""
        named = self.user.get_full_name()
        known = f"{named}, {self.user.staff_number}" if named else self.user.staff_number
        return known.strip(", ") or "an officer"

    @cached_property
    def counts(self) -> TaskCounts | None:
        """How many tasks wait; read once a page. None for who sees no tasks."""
        if self._actor is None or not self.sees_tasks:
            return None
        return task_counts(self._actor, timezone.localdate())

    @cached_property
    def unseen_alerts(self) -> int:
        """How many alerts the officer has not read; read once a page."""
        return unseen_count(self._actor) if self._actor and self._may(Action.ALERT_VIEW) else 0

    @property
    def open_tasks(self) -> int | None:
        """How many tasks are the officer's own."""
        return self.counts.mine if self.counts else None

    @property
    def sees_tasks(self) -> bool:
        return self._may(Action.TASK_VIEW)

    @property
    def sees_people(self) -> bool:
        return self._may(Action.OFFENDER_SEARCH)

    @property
    def registers(self) -> bool:
        return self._may(Action.OFFENDER_REGISTER)

    @property
    def sees_team(self) -> bool:
        return self._may(Action.CASELOAD_REASSIGN)

    @property
    def endorses(self) -> bool:
        return self._may(Action.ENDORSEMENT_VIEW)

    @cached_property
    def to_endorse(self) -> int:
        """How much waits for the officer as a second person; read once a page."""
        if self._actor is None or not self.endorses:
            return 0
        return to_endorse(self._actor, timezone.localdate())

    @property
    def sees_indicators(self) -> bool:
        return self._may(Action.INDICATOR_VIEW)

    @cached_property
    def indicators_waiting(self) -> str:
        """How many wait that the officer may see, at most "99+"; read once a page."""
        if self._actor is None or not self.sees_indicators:
            return ""
        count = waiting_count(self._actor)
        return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")

    @property
    def sees_rules(self) -> bool:
        return self._may(Action.RULES_VIEW)

    @property
    def sees_reactive(self) -> bool:
        return self._may(Action.REACTIVE_VIEW)

    @property
    def sees_absences(self) -> bool:
        return self._may(Action.ABSENCE_VIEW)

    @property
    def prints_sheets(self) -> bool:
        return self._may(Action.DAY_SHEET_PRINT)


def frame_of(request: HttpRequest) -> Frame:
    """The frame of the page that answers `request`: one for a view and its template."""
    known = getattr(request, "frame", None)
    if isinstance(known, Frame):
        return known
    user = getattr(request, "user", None)
    known_user = user if isinstance(user, User) else None
    frame = Frame(known_user, actor(request) if known_user else None)
    cast("Any", request).frame = frame
    return frame


def page(request: HttpRequest) -> dict[str, Frame]:
    """The frame as the template variable `page`."""
    return {"page": frame_of(request)}
