"""For whom each decision was made; and triggers that refuse a review of one's own visit.

A migration that comes before and has SQLite rebuild one of the tables of visits runs before the
triggers are there; one that comes after drops and makes them anew (`workflows.own_visits`).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.migrating import Together
from workflows import own_visits


def guard(apps, schema_editor):
    """Make the triggers."""
    own_visits.create(schema_editor.connection)


def unguard(apps, schema_editor):
    """Remove them."""
    own_visits.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_the_whole_practice"),
        ("offenders", "0008_the_whole_practice"),
        ("workflows", "0008_each_step_says_which_visit_it_is_about"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.AddField(
                model_name="casereview",
                name="reviewed_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="deathreport",
                name="decided_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="dipsample",
                name="drawn_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="entrywarrant",
                name="decided_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="missingenquiry",
                name="reviewed_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="missingreport",
                name="decided_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="reactiveproposal",
                name="recommended_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="reactivereview",
                name="reviewed_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="returnedwork",
                name="returned_for",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ),
        Together(
            migrations.AddConstraint(
                model_name="casereview",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("reviewed_for__isnull", True),
                        models.Q(
                            models.Q(("reviewed_for", models.F("offender_manager")), _negated=True),
                            models.Q(("reviewed_for", models.F("reviewed_by")), _negated=True),
                            ("reviewed_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="case_review_for_another_than_the_manager",
                ),
            ),
            migrations.AddConstraint(
                model_name="deathreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("decided_for__isnull", True),
                        models.Q(
                            models.Q(("decided_for", models.F("reported_by")), _negated=True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            ("decided_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="death_report_decided_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="dipsample",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("drawn_for__isnull", True),
                        models.Q(("drawn_for", models.F("drawn_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="dip_sample_drawn_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="entrywarrant",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("decided_for__isnull", True),
                        models.Q(
                            models.Q(("decided_for", models.F("considered_by")), _negated=True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            ("decided_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="entry_warrant_decided_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="missingenquiry",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("reviewed_for__isnull", True),
                        models.Q(
                            models.Q(("reviewed_for", models.F("made_by")), _negated=True),
                            models.Q(("reviewed_for", models.F("reviewed_by")), _negated=True),
                            ("reviewed_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="missing_enquiry_reviewed_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="missingreport",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("decided_for__isnull", True),
                        models.Q(
                            models.Q(("decided_for", models.F("reported_by")), _negated=True),
                            models.Q(("decided_for", models.F("decided_by")), _negated=True),
                            ("decided_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="missing_report_confirmed_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="reactiveproposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("recommended_for__isnull", True),
                        models.Q(
                            models.Q(("recommended_for", models.F("proposed_by")), _negated=True),
                            models.Q(
                                ("recommended_for", models.F("recommended_by")), _negated=True
                            ),
                            ("recommended_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="reactive_proposal_recommended_for_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="reactiveproposal",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("authorised_by__isnull", True),
                        ("recommended_for__isnull", True),
                        models.Q(("authorised_by", models.F("recommended_for")), _negated=True),
                        _connector="OR",
                    ),
                    name="reactive_proposal_authorised_by_nobody_acted_for",
                ),
            ),
            migrations.AddConstraint(
                model_name="reactivereview",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("reviewed_for__isnull", True),
                        models.Q(("reviewed_for", models.F("reviewed_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="reactive_review_for_another_than_the_reviewer",
                ),
            ),
            migrations.AddConstraint(
                model_name="returnedwork",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("returned_for__isnull", True),
                        models.Q(
                            models.Q(("returned_for", models.F("author")), _negated=True),
                            models.Q(("returned_for", models.F("returned_by")), _negated=True),
                            ("returned_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="returned_work_for_another",
                ),
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
