"""The answers kept for requests that may be sent twice."""

from django.db import models
from django.db.models.functions import Now


class IdempotencyKey(models.Model):
    """One request that changed something, and its answer, committed together with the change.

    `fingerprint` is SHA-256 hex of method, path and body. The answer is null only inside the
    transaction that is making it.
    """

    actor_key = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now(), db_index=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="idempotency_key_once_per_actor", fields=["actor_key", "key"]
            )
        ]
