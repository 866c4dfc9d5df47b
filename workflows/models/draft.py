"""What is written so far of an assessment. Never a fact: nothing is due or done by it."""

from django.db import models

from accounts.models import User
from workflows.models.process import Task


class AssessmentDraft(models.Model):
    """The form of one task as it was last kept. Each save replaces the one before.

    `values` is what was typed, by field, readable or not. It is seen only by who may assess the
    person. `submitted_at`: when the assessment was handed in; one that is returned is taken up
    again from it.
    """

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="draft")
    values = models.JSONField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
