"""The append-only record of who looked at, decided and changed what.

No foreign keys: nothing an event names is ever locked, lost or kept alive by it.
Rows are only inserted (`audit.record`); triggers refuse the rest (`audit.triggers`).
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Operation(models.TextChoices):
    """What was done. The first six are the operations of DPA 2018 s.62."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    AUTHENTICATION = "authentication"
    CONFIGURATION = "configuration"


class Outcome(models.TextChoices):
    OK = "ok"
    DENIED = "denied"
    ERROR = "error"


class ActorKind(models.TextChoices):
    USER = "user"
    CLIENT = "client"
    SYSTEM = "system"


class Event(models.Model):
    """One audited act.

    `recorded_at` is the database's clock. `leaf_data` are the exact bytes that `leaf_hash` covers;
    the other columns repeat them for searching, and `audit.leaf.differences` compares the two.
    Personal detail is in `Payload`, of which `leaf_data` holds only a salted commitment.
    """

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    operation = models.CharField(max_length=16, choices=Operation)
    action = models.CharField(max_length=60)
    outcome = models.CharField(max_length=8, choices=Outcome)
    actor_kind = models.CharField(max_length=8, choices=ActorKind)
    actor_key = models.CharField(max_length=100)
    actor_label = models.CharField(max_length=100)
    client_id = models.CharField(max_length=100, blank=True)
    session_hash = models.CharField(max_length=64, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    offender_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=100, blank=True)
    purpose_kind = models.CharField(max_length=40, blank=True)
    purpose_ref = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    recipients = models.TextField(blank=True)
    row_count = models.PositiveIntegerField(null=True)
    occurred_at = models.DateTimeField(null=True)
    #: Id of the consultation that this event completes, when a stream has been sent whole.
    completes = models.BigIntegerField(null=True)
    #: Whose decisions the actor made, under a delegation; empty for who acts as themselves.
    acting_for_key = models.CharField(max_length=100, blank=True)
    acting_for_label = models.CharField(max_length=100, blank=True)
    leaf_data = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_event_operation_known",
                condition=Q(operation__in=Operation.values),
            ),
            models.CheckConstraint(
                name="audit_event_outcome_known",
                condition=Q(outcome__in=Outcome.values),
            ),
            models.CheckConstraint(
                name="audit_event_actor_kind_known",
                condition=Q(actor_kind__in=ActorKind.values),
            ),
            models.CheckConstraint(
                name="audit_event_says_who_did_what",
                condition=~Q(action="") & ~Q(actor_key=""),
            ),
            models.UniqueConstraint(
                name="audit_event_completed_once",
                fields=["completes"],
                condition=Q(completes__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="audit_event_offender",
                fields=["offender_id", "id"],
                condition=Q(offender_id__isnull=False),
            ),
            models.Index(name="audit_event_actor", fields=["actor_key", "id"]),
        ]


class Payload(models.Model):
    """The personal detail of one event, and the salt of the commitment to it.

    Its one permitted change is erasure: both to NULL together, once. The event still verifies.
    """

    event_id = models.BigIntegerField(primary_key=True)
    payload = models.JSONField(null=True)
    salt = models.BinaryField(max_length=32, null=True)

    class Meta:
        db_table = "audit_payload"
        constraints = [
            models.CheckConstraint(
                name="audit_payload_erased_together",
                condition=Q(payload__isnull=True, salt__isnull=True)
                | Q(payload__isnull=False, salt__isnull=False),
            )
        ]
