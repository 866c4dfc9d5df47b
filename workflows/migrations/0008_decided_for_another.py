"""Whom a decider acted for, under a delegation: never the author."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0007_absences_are_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="endproposal",
            name="decided_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lonevisitauthority",
            name="authorised_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="visitreview",
            name="reviewed_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="endproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_for__isnull", True),
                    models.Q(
                        models.Q(("decided_for", models.F("proposed_by")), _negated=True),
                        models.Q(("decided_for", models.F("decided_by")), _negated=True),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="end_proposal_decided_for_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="lonevisitauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("authorised_for__isnull", True),
                    models.Q(
                        models.Q(("authorised_for", models.F("officer")), _negated=True),
                        models.Q(("authorised_for", models.F("authorised_by")), _negated=True),
                        ("authorised_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="lone_visit_authorised_for_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_for__isnull", True),
                    models.Q(
                        models.Q(("reviewed_for", models.F("visit_recorded_by")), _negated=True),
                        models.Q(("reviewed_for", models.F("reviewed_by")), _negated=True),
                        ("reviewed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="visit_reviewed_for_another",
            ),
        ),
    ]
