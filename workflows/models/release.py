"""Release planning while a person is in custody or detained (PRACTICE 5)."""

from django.db import models
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender


class ReleaseCheck(models.Model):
    """One look at when a person will be released and what must be ready."""

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="release_checks")
    checked_on = models.DateField()
    release_expected_on = models.DateField(null=True)
    plan = models.TextField(max_length=4000)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["offender", "checked_on"], name="release_checked")]
