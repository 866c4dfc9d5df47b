"""A triage whose check was withdrawn lapses once the indicator is triaged anew."""

from django.db import migrations, models

from risk import kept_triages


def free(apps, schema_editor):
    """SQLite writes the table anew, and its triggers are lost with the old one."""
    kept_triages.drop(schema_editor.connection)


def keep(apps, schema_editor):
    """Make the triggers again."""
    kept_triages.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0012_triages_are_kept"),
    ]

    operations = [
        migrations.RunPython(free, keep),
        migrations.RemoveConstraint(
            model_name="indicatortriage",
            name="triage_words_known",
        ),
        migrations.RemoveConstraint(
            model_name="indicatortriage",
            name="triage_checked_whole",
        ),
        migrations.RemoveConstraint(
            model_name="indicatortriage",
            name="triage_one_waits_or_stands",
        ),
        migrations.AlterField(
            model_name="indicatortriage",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("agreed", "Agree"),
                    ("returned", "Return it for triage"),
                    ("lapsed", "Not asked any more"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatortriage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision__in", ["", "agreed", "returned", "lapsed"]),
                    (
                        "outcome__in",
                        [
                            "no_action",
                            "information_only",
                            "linked_to_task",
                            "visit_brought_forward",
                            "reassessment",
                            "enquiry",
                            "safeguarding_referral",
                            "transferred",
                            "duplicate",
                            "not_this_person",
                        ],
                    ),
                    ("severity__in", ["critical", "high", "medium", "low"]),
                ),
                name="triage_words_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatortriage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_at__isnull", True),
                        ("checked_by__isnull", True),
                        ("comment", ""),
                        ("decision__in", ["", "lapsed"]),
                    ),
                    models.Q(
                        ("checked_at__isnull", False),
                        ("checked_by__isnull", False),
                        ("takes_check", True),
                        ("decision__in", ["agreed", "returned"]),
                        models.Q(("comment", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="triage_checked_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatortriage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision__in", ["returned", "lapsed"]), _negated=True),
                fields=("confirmation",),
                name="triage_one_waits_or_stands",
            ),
        ),
        migrations.RunPython(keep, free),
    ]
