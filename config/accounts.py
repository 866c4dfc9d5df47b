"""What the account commands have in common: finding an account, and its standing for the record."""

from typing import Any

from django.core.management import CommandError

from accounts.models import IntegrationClient, User


def officer_of(*, force: str, staff_number: str) -> User:
    """The officer of that force with that staff number. Raises CommandError."""
    officer = User.objects.filter(force__code=force, staff_number=staff_number).first()
    if officer is None:
        raise CommandError("There is no account with that staff number.")
    return officer


def integration_of(client_id: str) -> IntegrationClient:
    """The integration of that client id. Raises CommandError."""
    integration = IntegrationClient.objects.filter(client=client_id).first()
    if integration is None:
        raise CommandError("There is no integration with that client id.")
    return integration


def standing(officer: User | None) -> dict[str, Any] | None:
    """What an account lets its officer do, for the record; None before there was one."""
    if officer is None:
        return None
    return {
        "username": officer.username,
        "role": officer.role,
        "team": officer.team and officer.team.name,
        "is_active": officer.is_active,
        "vetting_expires_on": officer.vetting_expires_on,
    }


def binding(integration: IntegrationClient) -> dict[str, Any]:
    """What an integration may ask for, for the record."""
    return {
        "label": integration.label,
        "scopes": integration.scopes,
        "whole_force": integration.whole_force,
        "teams": list(integration.teams.order_by("pk").values_list("name", flat=True)),
        "is_active": integration.is_active,
        "expires_on": integration.expires_on,
    }
