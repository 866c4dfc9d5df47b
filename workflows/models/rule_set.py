"""How far a version of the rules has been carried through to what is owed."""

from django.db import models
from django.db.models.functions import Now

from rules.models import RuleSetVersion


class RuleSetApplication(models.Model):
    """That open due dates are being, or have been, brought in line with a version in force."""

    version = models.OneToOneField(
        RuleSetVersion, on_delete=models.PROTECT, related_name="application"
    )
    began_at = models.DateTimeField(db_default=Now(), editable=False)
    #: When everyone had been looked at; null while some are left.
    finished_at = models.DateTimeField(null=True)
