"""Forces, teams, the people and the systems that act, and what is kept of their requests."""

from accounts.models.absence import Absence
from accounts.models.capacity import Capacity
from accounts.models.delegation import Delegation
from accounts.models.force import Force, Team
from accounts.models.idempotency import IdempotencyKey
from accounts.models.integration import IntegrationClient
from accounts.models.kept_form import KeptForm
from accounts.models.training import Training, TrainingCode
from accounts.models.user import Role, User

__all__ = [
    "Absence",
    "Capacity",
    "Delegation",
    "Force",
    "IdempotencyKey",
    "IntegrationClient",
    "KeptForm",
    "Role",
    "Team",
    "Training",
    "TrainingCode",
    "User",
]
