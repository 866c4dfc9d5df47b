"""A job that silently stops is noticed."""

from django.db import models


class Heartbeat(models.Model):
    """When a periodic job last ran, one row a job; shown on /readyz."""

    job = models.CharField(max_length=60, unique=True)
    last_started_at = models.DateTimeField(null=True)
    last_succeeded_at = models.DateTimeField(null=True)
    last_count = models.PositiveIntegerField(default=0)
    #: The class of the last failure, never its words.
    last_error = models.CharField(max_length=100, blank=True)
