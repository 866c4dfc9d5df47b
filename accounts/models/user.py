"""The people who sign in, and the roles they hold."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from accounts.models.force import Force, Team


class Role(models.TextChoices):
    """What a person is in the force. The values are stored and never renamed.

    INTEGRATION is no person's role: it is the column of the permission table for other systems.
    """

    OFFENDER_MANAGER = "offender_manager", "Offender manager"
    SUPERVISOR = "supervisor", "Supervisor"
    INSPECTOR = "inspector", "Inspector"
    MAPPA_PARTNER = "mappa_partner", "MAPPA partner"
    CONTACT_CENTRE = "contact_centre", "Contact centre"
    AUDITOR = "auditor", "Auditor"
    SYSTEM_ADMIN = "system_admin", "System administrator"
    INTEGRATION = "integration", "Integration"


#: The roles a person may hold.
PEOPLE = [role for role in Role if role is not Role.INTEGRATION]


class User(AbstractUser):
    """Someone who signs in, or an officer named by an import who does not yet.

    `vetting_expires_on` is the last day (London) on which their vetting holds; without one they
    may do nothing. Django's superuser, staff and group fields grant nothing here
    (`accounts.policy`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    role = models.CharField(max_length=20, choices=Role)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="members")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="members")
    staff_number = models.CharField(max_length=20, blank=True)
    vetting_expires_on = models.DateField(null=True, blank=True)

    REQUIRED_FIELDS = ["role"]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_role_is_a_persons",
                condition=Q(role__in=[role.value for role in PEOPLE]),
            ),
            models.CheckConstraint(
                name="user_team_needs_force",
                condition=Q(team__isnull=True) | Q(force__isnull=False),
            ),
            models.CheckConstraint(
                name="user_staff_number_needs_force",
                condition=Q(staff_number="") | Q(force__isnull=False),
            ),
            models.UniqueConstraint(
                name="user_staff_number_once_per_force",
                fields=["force", "staff_number"],
                condition=~Q(staff_number=""),
            ),
        ]

    @property
    def display_name(self) -> str:
        """What pages call this person: their name, else their staff number."""
        return self.get_full_name() or self.staff_number
