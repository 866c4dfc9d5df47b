"""Forces, teams, the people and the systems that act, and the keys of repeated requests."""

from accounts.models.force import Force, Team
from accounts.models.idempotency import IdempotencyKey
from accounts.models.integration import IntegrationClient
from accounts.models.user import Role, User

__all__ = ["Force", "IdempotencyKey", "IntegrationClient", "Role", "Team", "User"]
