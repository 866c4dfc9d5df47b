"""Changes to forces, teams, officers and integrations.

They neither audit nor move work: whoever calls them does (`workflows.actions`, commands).
"""

import datetime as dt
import secrets
from collections.abc import Collection
from decimal import Decimal

from allauth.idp.oidc.models import Client, Token
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import AccountTaken, NotPermitted
from accounts.models import (
    Capacity,
    Force,
    IntegrationClient,
    Role,
    Team,
    Training,
    TrainingCode,
    User,
)
from accounts.policy import SCOPES, Action, require

#: Bytes of randomness in a client's secret.
SECRET_BYTES = 32


def create_force(*, by: Actor, code: str, name: str) -> Force:
    """Add a police force."""
    require(by, Action.ACCOUNT_MANAGE)
    return Force.objects.create(code=code, name=name)


def create_team(*, by: Actor, force: Force, name: str) -> Team:
    """Add a team to `force`. Who may import people may do this too: files name new teams."""
    _require_import_or_manage(by, force)
    return Team.objects.create(force=force, name=name)


def register_officer(
    *,
    by: Actor,
    force: Force,
    role: Role,
    username: str,
    team: Team | None = None,
    staff_number: str = "",
    first_name: str = "",
    last_name: str = "",
    password: str | None = None,
    vetting_expires_on: dt.date | None = None,
) -> User:
    """Add someone who signs in. Without a password they cannot yet."""
    require(by, Action.ACCOUNT_MANAGE)
    _refuse_other_force(force, team)
    officer = User(
        force=force,
        team=team,
        role=role,
        username=username,
        staff_number=staff_number,
        first_name=first_name,
        last_name=last_name,
        vetting_expires_on=vetting_expires_on,
    )
    officer.set_password(password)
    officer.save(force_insert=True)
    return officer


def open_account(
    *,
    by: Actor,
    force: Force,
    role: Role,
    username: str,
    staff_number: str,
    password: str,
    vetting_expires_on: dt.date,
    team: Team | None = None,
    first_name: str = "",
    last_name: str = "",
) -> User:
    """Let someone sign in: a new officer, one whom an extract named, or one who comes back.

    Raises AccountTaken where the staff number is of an account that is open, and where the user
    name is somebody else's.
    """
    require(by, Action.ACCOUNT_MANAGE)
    _refuse_other_force(force, team)
    officer = User.objects.filter(force=force, staff_number=staff_number).first()
    officer = officer or User(force=force, staff_number=staff_number)
    if officer.pk and officer.has_usable_password():
        raise AccountTaken(
            f"{staff_number} can sign in already. `manage.py renew_vetting` changes their vetting, "
            "`manage.py close_account` closes the account."
        )
    if User.objects.filter(username__iexact=username).exclude(pk=officer.pk).exists():
        raise AccountTaken(f"The user name {username} is somebody else's.")
    officer.team = team or officer.team
    officer.role, officer.username = role, username
    officer.first_name, officer.last_name = first_name, last_name
    officer.vetting_expires_on, officer.is_active = vetting_expires_on, True
    officer.set_password(password)
    officer.save()
    return officer


def register_named_officer(
    *, by: Actor, force: Force, team: Team | None, staff_number: str
) -> User:
    """Add an offender manager whom a file names and nobody knows: inactive, without a password."""
    _require_import_or_manage(by, force)
    _refuse_other_force(force, team)
    officer = User(
        force=force,
        team=team,
        role=Role.OFFENDER_MANAGER,
        username=f"{force.code}-{staff_number}".lower(),
        staff_number=staff_number,
        is_active=False,
    )
    officer.set_unusable_password()
    officer.save(force_insert=True)
    return officer


def change_vetting(*, by: Actor, officer: User, expires_on: dt.date | None) -> User:
    """Set the last day on which the officer's vetting holds; None: not vetted. Never one's own."""
    require(by, Action.ACCOUNT_MANAGE)
    _refuse_self(by, officer)
    officer.vetting_expires_on = expires_on
    officer.save(update_fields=["vetting_expires_on"])
    return officer


def record_training(
    *,
    by: Actor,
    officer: User,
    code: TrainingCode,
    completed_on: dt.date,
    valid_until: dt.date,
) -> Training:
    """Note a course that an officer completed. Never one's own; a refresher is a row of its own."""
    require(by, Action.TRAINING_RECORD)
    _refuse_self(by, officer)
    return Training.objects.create(
        officer=officer,
        code=TrainingCode(code),
        completed_on=completed_on,
        valid_until=valid_until,
        recorded_by_id=by.user_id,
    )


def deactivate(*, by: Actor, officer: User) -> User:
    """Close an account, password and all. Its sessions end with their next request.

    Its work stays where it is. Whoever comes back gets a new account (`open_account`).
    """
    require(by, Action.ACCOUNT_MANAGE)
    _refuse_self(by, officer)
    officer.is_active = False
    officer.set_unusable_password()
    officer.save(update_fields=["is_active", "password"])
    return officer


def set_capacity(
    *,
    by: User,
    officer: User,
    from_on: dt.date,
    fte: Decimal,
    reduction: int = 0,
    because: str = "",
) -> Capacity:
    """Say how much the officer can carry from a day on. What stood before stays on record.

    The caller has permitted it. Raises NotPermitted for one's own.
    """
    if by.pk == officer.pk:
        raise NotPermitted("Nobody sets their own capacity.")
    return Capacity.objects.create(
        officer=officer,
        from_on=from_on,
        fte=fte,
        reduction=reduction,
        because=because,
        set_by=by,
    )


@transaction.atomic
def register_integration(
    *,
    by: Actor,
    force: Force,
    label: str,
    scopes: Collection[str],
    teams: Collection[Team] = (),
    whole_force: bool = False,
    expires_on: dt.date | None = None,
) -> tuple[IntegrationClient, str]:
    """Add another system, and its secret, which is told this once and kept only as a hash.

    It is bound to teams or to its whole force. `expires_on`, its last day, is 90 days from today
    unless given (settings). Raises ValueError for a scope that is not in `accounts.policy.SCOPES`,
    for neither or both of teams and force, and for a last day past or too far ahead.
    """
    require(by, Action.ACCOUNT_MANAGE)
    if unknown := set(scopes) - set(SCOPES.values()):
        raise ValueError(f"Unknown scopes: {', '.join(sorted(unknown))}")
    _refuse_other_force(force, *teams)
    if bool(teams) == whole_force:
        raise ValueError("Bind it to teams, or to the whole force.")
    client = Client(name=label)
    secret = _new_secret(client)
    client.set_grant_types([Client.GrantType.CLIENT_CREDENTIALS])
    client.set_response_types([])
    client.set_scopes(sorted(scopes))
    client.set_default_scopes(sorted(scopes))
    client.save(force_insert=True)
    integration = IntegrationClient.objects.create(
        client=client,
        label=label,
        force=force,
        scopes=sorted(scopes),
        whole_force=whole_force,
        expires_on=_last_day(expires_on),
    )
    integration.teams.set(teams)
    return integration, secret


@transaction.atomic
def renew_integration(
    *, by: Actor, integration: IntegrationClient, expires_on: dt.date | None = None
) -> str:
    """Give a system a new secret and a new last day. Returns the secret, which is told this once.

    The old secret and every token made with it end at once. Raises ValueError where it is closed,
    and for a last day past or too far ahead.
    """
    require(by, Action.ACCOUNT_MANAGE)
    if not integration.is_active:
        raise ValueError("It is closed. Register it anew.")
    integration.expires_on = _last_day(expires_on)
    integration.save(update_fields=["expires_on"])
    secret = _new_secret(integration.client)
    integration.client.save(update_fields=["secret"])
    Token.objects.filter(client=integration.client).delete()
    return secret


@transaction.atomic
def close_integration(*, by: Actor, integration: IntegrationClient) -> IntegrationClient:
    """Close a system for good: it is refused on its next request, and its tokens are gone."""
    require(by, Action.ACCOUNT_MANAGE)
    integration.is_active = False
    integration.save(update_fields=["is_active"])
    Token.objects.filter(client=integration.client).delete()
    return integration


def _new_secret(client: Client) -> str:
    """Set a fresh secret on `client`, which the caller saves. Returns it in words."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    client.set_secret(secret)
    return secret


def _last_day(expires_on: dt.date | None) -> dt.date:
    """The last day of a system: as given, else the default. Raises ValueError."""
    today = timezone.localdate()
    if expires_on is None:
        return today + dt.timedelta(days=settings.INTEGRATION_DAYS)
    longest = today + dt.timedelta(days=settings.INTEGRATION_LONGEST_DAYS)
    if not today <= expires_on <= longest:
        raise ValueError(f"The last day must be from today to {longest}.")
    return expires_on


def _require_import_or_manage(by: Actor, force: Force) -> None:
    """Raise NotPermitted unless `by` manages accounts, or imports people into this force."""
    if by.kind == "system":
        require(by, Action.ACCOUNT_MANAGE)
        return
    require(by, Action.OFFENDER_IMPORT)
    if by.force_id != force.pk:
        raise NotPermitted("That is another force.")


def _refuse_other_force(force: Force, *teams: Team | None) -> None:
    """Raise ValueError when one of `teams` is another force's."""
    if any(team is not None and team.force_id != force.pk for team in teams):
        raise ValueError("A team of another force.")


def _refuse_self(by: Actor, officer: User) -> None:
    """Nobody changes their own standing."""
    if by.user_id == officer.pk:
        raise NotPermitted("Nobody may change their own account.")
