"""Who may see which indicator, in one place: lists and single checks read the same rule."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role
from accounts.policy import Action, grant
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet

#: Who answers for what nobody is confirmed for, anywhere in the force.
_SENIOR = (Role.SUPERVISOR, Role.INSPECTOR)


class MatchQuerySet(OwnedQuerySet):
    """People whom indicators may be about."""

    to_offender = "offender__"

    def in_conflict_with(self, actor: Actor) -> Self:
        """Only those about people with whom `actor`, or whom they act for, declared a tie."""
        tied = Q()
        for user in actor.answers_for:
            tied |= Q(self._tie("ConflictOfInterest", actor, of=user, withdrawn_at__isnull=True))
        return self.filter(tied) if tied else self.none()


class IndicatorQuerySet(models.QuerySet):
    """Indicators as lists show them. Methods narrow, join or order; none of them writes."""

    def permitted(self, actor: Actor, action: Action) -> Self:
        """Only those on which `actor` may do `action`.

        With a person confirmed: whoever may about the person. Without: whoever may about one of
        those it may be about, and supervisors and inspectors of the force; never with a declared
        tie to one of them. A restricted one: of these, the named users. A merged one: as the one
        that it was merged into.
        """
        if grant(actor, action) is None:
            return self.none()
        standing = self._standing(actor, action)
        seen = self.model._default_manager.filter(standing, merged_into=None)
        merged = Q(merged_into__in=seen.filter(self._open_to(actor)).values("pk"))
        ours = self.filter(self._open_to(actor), force=actor.force_id or 0)
        return ours.filter(Q(merged_into=None) & standing | merged)

    def live(self) -> Self:
        """Those that score: about somebody who is confirmed, neither merged nor taken back."""
        return self.filter(state__in=("untriaged", "triaged"), offender__isnull=False)

    def require(self, actor: Actor, action: Action, record: models.Model) -> None:
        """Raise NotPermitted (403) unless `actor` may do `action` on `record`."""
        if not self.permitted(actor, action).filter(pk=record.pk).exists():
            said = f"{actor.role or actor.kind} may not do {action} here"
            raise NotPermitted(said, action=action)

    def in_reach(self, actor: Actor, action: Action) -> Self:
        """Those on which `actor` may do `action` once they are named, restricted or not."""
        if grant(actor, action) is None:
            return self.none()
        return self.filter(self._standing(actor, action), force=actor.force_id or 0)

    def for_list(self) -> Self:
        """With what a list row shows: one query whatever the length."""
        return self.select_related("offender__team", "merged_into")

    def _standing(self, actor: Actor, action: Action) -> Q:
        people = Offender.objects.permitted(actor, action).values("pk")
        matches = apps.get_model("risk", "Match")._default_manager
        suggested = matches.filter(indicator=OuterRef("pk"), state="suggested")
        closed = suggested.in_conflict_with(actor)
        candidate = Q(Exists(suggested.filter(offender__in=people)))
        if actor.role in _SENIOR:
            candidate = Q()
        without = Q(offender=None, force_id=actor.force_id) & ~Q(Exists(closed)) & candidate
        return Q(offender__in=people) | without

    def _open_to(self, actor: Actor) -> Q:
        named = apps.get_model("risk", "IndicatorAccess")._default_manager.filter(
            indicator=OuterRef("pk"), user__in=actor.answers_for[:1], ended_at=None
        )
        return Q(is_restricted=False) | Q(Exists(named))
