"""The police force and its MOSOVO teams."""

import uuid

from django.db import models


class Force(models.Model):
    """A police force. Nothing is seen or done across forces."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=100)


class Team(models.Model):
    """A MOSOVO team: its officers share a caseload, its supervisor answers for it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="team_name_once_per_force", fields=["force", "name"])
        ]
