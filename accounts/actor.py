"""Who acts: an officer, another system, or one of our own jobs. What `by=` takes everywhere."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal, Self

from django.utils import timezone

from accounts.models import Delegation, IntegrationClient, Role, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is answerable for an act, as they stood when the request came in.

    `key` identifies (public id of a user, id of a client, name of a job) and `label` is what people
    read (staff number, the client's label, the job). `whole_force`: a client that is bound to no
    teams but to its force. `is_current`: active, and vetting or validity in date. Nothing is
    granted without it. `acting_for_*`: whose decisions the officer makes under a delegation; then
    `role` and `team_ids` are those that were given.
    """

    kind: Literal["user", "client", "system"]
    key: str
    label: str
    role: Role | None
    force_id: int | None
    team_ids: tuple[int, ...]
    user_id: int | None
    client_id: str = ""
    scopes: frozenset[str] = frozenset()
    is_current: bool = False
    whole_force: bool = False
    acting_for_id: int | None = None
    acting_for_key: str = ""
    acting_for_label: str = ""

    @property
    def answers_for(self) -> tuple[int, ...]:
        """The keys of whose work this is: the officer's, and whom they act for."""
        return tuple(key for key in (self.user_id, self.acting_for_id) if key is not None)

    @classmethod
    def of_user(cls, user: User, today: dt.date | None = None) -> Self:
        """The officer `user`. Vetting that is missing or ended before `today` is not current."""
        day = today or timezone.localdate()
        vetted = user.vetting_expires_on is not None and user.vetting_expires_on >= day
        return cls(
            kind="user",
            key=str(user.public_id),
            label=user.staff_number or f"user {str(user.public_id)[:8]}",
            role=Role(user.role),
            force_id=user.force_id,
            team_ids=(user.team_id,) if user.team_id else (),
            user_id=user.pk,
            is_current=user.is_active and vetted,
        )

    @classmethod
    def of_delegate(cls, delegation: Delegation, today: dt.date | None = None) -> Self:
        """The delegate with the role and team that were given; current where both sides are.

        Whether the delegation may be used at all is `accounts.acting.stands`.
        """
        own = cls.of_user(delegation.delegate, today)
        theirs = cls.of_user(delegation.delegator, today)
        return replace(
            own,
            role=Role(delegation.role),
            team_ids=theirs.team_ids,
            is_current=own.is_current and theirs.is_current,
            acting_for_id=delegation.delegator_id,
            acting_for_key=theirs.key,
            acting_for_label=theirs.label,
        )

    @classmethod
    def of_client(
        cls,
        integration: IntegrationClient,
        *,
        scopes: frozenset[str] | None = None,
        today: dt.date | None = None,
    ) -> Self:
        """The system `integration`, with no more than `scopes` (those of its token) when given."""
        bound = frozenset(integration.scopes)
        in_date = integration.expires_on >= (today or timezone.localdate())
        return cls(
            kind="client",
            key=integration.client_id,
            label=integration.label,
            role=Role.INTEGRATION,
            force_id=integration.force_id,
            team_ids=tuple(integration.teams.order_by("pk").values_list("pk", flat=True)),
            user_id=None,
            client_id=integration.client_id,
            scopes=bound if scopes is None else bound & scopes,
            is_current=integration.is_active and in_date,
            whole_force=integration.whole_force,
        )

    @classmethod
    def system(cls, name: str, *, force_id: int | None = None) -> Self:
        """The job or command `name`, for one force or, without `force_id`, for none."""
        return cls(
            kind="system",
            key=name,
            label=name,
            role=None,
            force_id=force_id,
            team_ids=(),
            user_id=None,
            is_current=True,
        )
