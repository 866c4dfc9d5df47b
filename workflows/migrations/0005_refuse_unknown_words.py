"""Refuse words that mean nothing, and import jobs that ended without an end."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_integration_says_its_reach_and_its_last_day"),
        ("offenders", "0006_refuse_unknown_words"),
        ("workflows", "0004_one_authority_covers_one_attempt"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("state__in", ["waiting", "running"])),
                    models.Q(("finished_at__isnull", False), ("state__in", ["done", "failed"])),
                    _connector="OR",
                ),
                name="import_job_ended_has_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_because__in", ["", "done", "not_owed"])),
                name="obligation_closed_because_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "effective",
                            "seen_not_completed",
                            "no_answer",
                            "refused",
                            "not_resident",
                            "aborted_by_police",
                        ],
                    )
                ),
                name="visit_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["accepted", "returned", "ineffective"])),
                name="visit_review_decision_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitwriteup",
            constraint=models.CheckConstraint(
                condition=models.Q(("orders_complied_with__in", ["yes", "no", "not_applicable"])),
                name="write_up_orders_known",
            ),
        ),
    ]
