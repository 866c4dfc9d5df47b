"""The record: events and their payloads."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("collection", "Collection"),
                            ("alteration", "Alteration"),
                            ("consultation", "Consultation"),
                            ("disclosure", "Disclosure"),
                            ("combination", "Combination"),
                            ("erasure", "Erasure"),
                            ("authentication", "Authentication"),
                            ("configuration", "Configuration"),
                        ],
                        max_length=16,
                    ),
                ),
                ("action", models.CharField(max_length=60)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("ok", "Ok"), ("denied", "Denied"), ("error", "Error")],
                        max_length=8,
                    ),
                ),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[("user", "User"), ("client", "Client"), ("system", "System")],
                        max_length=8,
                    ),
                ),
                ("actor_key", models.CharField(max_length=100)),
                ("actor_label", models.CharField(max_length=100)),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("session_hash", models.CharField(blank=True, max_length=64)),
                ("ip", models.CharField(blank=True, max_length=45)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("offender_id", models.BigIntegerField(null=True)),
                ("subject", models.CharField(blank=True, max_length=100)),
                ("purpose_kind", models.CharField(blank=True, max_length=40)),
                ("purpose_ref", models.CharField(blank=True, max_length=100)),
                ("reason", models.TextField(blank=True)),
                ("recipients", models.TextField(blank=True)),
                ("row_count", models.PositiveIntegerField(null=True)),
                ("occurred_at", models.DateTimeField(null=True)),
                ("completes", models.BigIntegerField(null=True)),
                ("leaf_data", models.BinaryField()),
                ("leaf_hash", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("offender_id__isnull", False)),
                        fields=["offender_id", "id"],
                        name="audit_event_offender",
                    ),
                    models.Index(fields=["actor_key", "id"], name="audit_event_actor"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "operation__in",
                                [
                                    "collection",
                                    "alteration",
                                    "consultation",
                                    "disclosure",
                                    "combination",
                                    "erasure",
                                    "authentication",
                                    "configuration",
                                ],
                            )
                        ),
                        name="audit_event_operation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["ok", "denied", "error"])),
                        name="audit_event_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["user", "client", "system"])),
                        name="audit_event_actor_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", ""), _negated=True),
                            models.Q(("actor_key", ""), _negated=True),
                        ),
                        name="audit_event_says_who_did_what",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("completes__isnull", False)),
                        fields=("completes",),
                        name="audit_event_completed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("payload", models.JSONField(null=True)),
                ("salt", models.BinaryField(max_length=32, null=True)),
            ],
            options={
                "db_table": "audit_payload",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("payload__isnull", True), ("salt__isnull", True)),
                            models.Q(("payload__isnull", False), ("salt__isnull", False)),
                            _connector="OR",
                        ),
                        name="audit_payload_erased_together",
                    )
                ],
            },
        ),
    ]
