"""That an officer would order the work otherwise. Advice on advice: it moves nothing."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from workflows.models.process import Task


class PriorityDisagreement(models.Model):
    """An officer's word against the place of a task, for their supervisor to read.

    Inserted and never changed (`workflows.insert_only`). It holds no score: what is in one may be
    known to few (PRACTICE 14).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="disagreements")
    #: Whom the task is about.
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="disagreements")
    reason = models.TextField(max_length=2000)
    would_do_first = models.CharField(max_length=500)
    disagreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disagreement_says_why", condition=~Q(reason="") & ~Q(would_do_first="")
            )
        ]
