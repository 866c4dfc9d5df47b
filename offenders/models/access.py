"""Who may not see a person whatever their role, and who alone may."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models.offender import Offender


class ConflictOfInterest(models.Model):
    """A declared tie between an officer and a person. While it stands it beats every grant."""

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="conflict_one_live",
                fields=["offender", "user"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class RestrictedAccess(models.Model):
    """A named user who may see a restricted person (PRACTICE 14)."""

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="named_users")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="named_user_one_live",
                fields=["offender", "user"],
                condition=Q(ended_at__isnull=True),
            )
        ]
