"""Who may see whom, in one place: lists and single checks read the same rule."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.policy import Action, Reach, grant


class OwnedQuerySet(models.QuerySet):
    """Rows that belong to an offender."""

    #: Lookup prefix from this table to Offender.
    to_offender = ""

    @classmethod
    def to(cls, prefix: str) -> type[Self]:
        """This class for a table that reaches Offender by `prefix`, such as "offender__"."""
        return type(cls.__name__, (cls,), {"to_offender": prefix, "__module__": cls.__module__})

    def permitted(self, actor: Actor, action: Action) -> Self:
        """Only the rows on which `actor` may do `action`.

        A declared conflict of interest beats every grant; a restricted person is seen by the
        named users alone (PRACTICE 14, 15).
        """
        permission = grant(actor, action)
        if permission is None:
            return self.none()
        rows = self._within(actor, permission.reach)
        if actor.kind == "system":
            return rows
        return rows.filter(self._not_closed_to(actor))

    def open_to(self, actor: Actor) -> Self:
        """Only rows about people who are not closed to `actor`, whatever the reach."""
        return self.filter(self._not_closed_to(actor))

    def require(self, actor: Actor, action: Action, record: models.Model) -> None:
        """Raise NotPermitted (403) unless `actor` may do `action` on `record`."""
        if not self.permitted(actor, action).filter(pk=record.pk).exists():
            said = f"{actor.role or actor.kind} may not do {action} here"
            raise NotPermitted(said, action=action)

    def _not_closed_to(self, actor: Actor) -> Q:
        """No conflict of interest, and named where the person is restricted.

        Whoever acts for another has that officer's conflicts as well as their own, and is named
        themselves: what is given under a delegation is never more than either has.
        """
        closed = Q(self._tie("ConflictOfInterest", actor, withdrawn_at__isnull=True))
        if actor.acting_for_id is not None:
            of = actor.acting_for_id
            closed |= Q(self._tie("ConflictOfInterest", actor, of=of, withdrawn_at__isnull=True))
        named = self._tie("RestrictedAccess", actor, ended_at__isnull=True)
        open_to_role = Q(**{f"{self.to_offender}is_restricted": False})
        return ~closed & (open_to_role | Q(named))

    def _within(self, actor: Actor, reach: Reach) -> Self:
        at = self.to_offender
        match reach:
            case Reach.OWN:
                return self.filter(**{f"{at}offender_manager_id": actor.user_id})
            case Reach.TEAM:
                return self.filter(**{f"{at}team_id__in": actor.team_ids})
            case Reach.FORCE if actor.kind == "system":
                return self
            case Reach.FORCE:
                return self.filter(**{f"{at}force_id": actor.force_id})
            case _:
                return self.filter(self._tie("RestrictedAccess", actor, ended_at__isnull=True))

    def _tie(self, model: str, actor: Actor, *, of: int | None = None, **live: bool) -> Exists:
        """Whether a live row of `model` ties the actor, or the officer `of`, to the offender."""
        offender = f"{self.to_offender}pk" if not self.to_offender else f"{self.to_offender}id"
        ties = apps.get_model("offenders", model).objects.filter(
            offender_id=OuterRef(offender), user_id=of or actor.user_id, **live
        )
        return Exists(ties)


class OffenderQuerySet(OwnedQuerySet):
    """Lists of people."""

    def counted(self, actor: Actor, action: Action) -> Self:
        """Those who count in the actor's totals for `action`, of a force or of their teams.

        A force's totals include people whose records are closed to who reads them; they are counted
        and never named (PRACTICE 14). As SQL: `workflows.queries.scope.counted`.
        """
        permission = grant(actor, action)
        if permission is not None and permission.reach is Reach.FORCE:
            return self.filter(force_id=actor.force_id or 0)
        return self.permitted(actor, action).filter(team__in=actor.team_ids)

    def managed(self) -> Self:
        """Only people whose registration two officers have not ended."""
        return self.filter(registration_ended_on__isnull=True)

    def for_list(self) -> Self:
        """With everything a list row shows: one query whatever the length."""
        return self.select_related("team", "offender_manager")
