"""Indicators to triage are owed, and what a triage started is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_absences_never_overlap"),
        ("offenders", "0009_conditions_can_be_voided"),
        ("risk", "0008_triage_of_indicators"),
        ("workflows", "0013_decisions_by_the_databases_clock"),
    ]

    operations = [
        migrations.CreateModel(
            name="TriageStart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("visit", "A visit brought forward"),
                            ("reassessment", "A risk reassessment"),
                            ("case_action", "An action"),
                            ("task", "A task that was open"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="obligation",
            name="obligation_kind_known",
        ),
        migrations.AlterField(
            model_name="alert",
            name="about",
            field=models.CharField(
                choices=[
                    ("visit_by_colleague", "A colleague recorded a visit"),
                    ("people_received", "People were given to you"),
                    ("people_left", "People of yours were given to someone else"),
                    ("work_handed_over", "Work of an officer came to you"),
                    ("vetting_ends", "Vetting ends soon"),
                    ("active_again", "Reactive management ended"),
                    ("people_unmanaged", "People have no offender manager"),
                    ("officer_absent", "An officer is away"),
                    ("cover_given", "You cover for an officer"),
                    ("absent_no_cover", "An officer is away without cover and has work due"),
                    ("delegation_given", "Decisions were delegated to you"),
                    ("delegation_made", "Your decisions were delegated"),
                    ("delegation_ended", "A delegation ended early"),
                    ("training_ends", "A training ends soon"),
                    ("work_returned", "Work was returned to you"),
                    ("transfer_offered", "People were offered to your team"),
                    ("transfer_accepted", "An offer of yours was accepted"),
                    ("transfer_declined", "An offer of yours was declined"),
                    ("transfer_waiting", "An offer between teams waits too long"),
                    ("lone_visit_overdue", "An officer out alone is not back"),
                    ("step_overdue", "Work is past its due date"),
                    ("delivery_held", "A delivery of indicators was held"),
                    ("indicator_late", "An indicator was not triaged in time"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("home_visit", "Home visit"),
                    ("risk_reassessment", "Risk reassessment"),
                    ("initial_notification", "Initial notification"),
                    ("change_notification", "Change notification"),
                    ("periodic_notification", "Annual notification"),
                    ("final_review", "Final review before registration ends"),
                    ("release_planning", "Release planning"),
                    ("case_action", "Action"),
                    ("reactive_proposal", "Reactive management proposed"),
                    ("reactive_review", "Review of reactive management"),
                    ("missing_decision", "Decide whether missing"),
                    ("missing_confirmation", "Confirm that missing"),
                    ("missing_enquiry", "Missing person enquiry"),
                    ("death_verification", "Verify a reported death"),
                    ("entry_warrant", "Consider an entry warrant"),
                    ("plan_review", "Plan review"),
                    ("supervisor_review", "Supervisor review"),
                    ("dip_sample", "Dip sample check"),
                    ("indicator_triage", "Indicator to triage"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="process",
            name="kind",
            field=models.CharField(
                choices=[
                    ("home_visit", "Home visit"),
                    ("risk_reassessment", "Risk reassessment"),
                    ("initial_notification", "Initial notification"),
                    ("change_notification", "Change notification"),
                    ("periodic_notification", "Annual notification"),
                    ("final_review", "Final review before registration ends"),
                    ("release_planning", "Release planning"),
                    ("case_action", "Action"),
                    ("reactive_proposal", "Reactive management proposed"),
                    ("reactive_review", "Review of reactive management"),
                    ("missing_decision", "Decide whether missing"),
                    ("missing_confirmation", "Confirm that missing"),
                    ("missing_enquiry", "Missing person enquiry"),
                    ("death_verification", "Verify a reported death"),
                    ("entry_warrant", "Consider an entry warrant"),
                    ("plan_review", "Plan review"),
                    ("supervisor_review", "Supervisor review"),
                    ("dip_sample", "Dip sample check"),
                    ("indicator_triage", "Indicator to triage"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("home_visit", "Home visit"),
                    ("risk_reassessment", "Risk reassessment"),
                    ("initial_notification", "Initial notification"),
                    ("change_notification", "Change notification"),
                    ("periodic_notification", "Annual notification"),
                    ("final_review", "Final review before registration ends"),
                    ("release_planning", "Release planning"),
                    ("case_action", "Action"),
                    ("reactive_proposal", "Reactive management proposed"),
                    ("reactive_review", "Review of reactive management"),
                    ("missing_decision", "Decide whether missing"),
                    ("missing_confirmation", "Confirm that missing"),
                    ("missing_enquiry", "Missing person enquiry"),
                    ("death_verification", "Verify a reported death"),
                    ("entry_warrant", "Consider an entry warrant"),
                    ("plan_review", "Plan review"),
                    ("supervisor_review", "Supervisor review"),
                    ("dip_sample", "Dip sample check"),
                    ("indicator_triage", "Indicator to triage"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "home_visit",
                            "risk_reassessment",
                            "initial_notification",
                            "change_notification",
                            "periodic_notification",
                            "final_review",
                            "release_planning",
                            "case_action",
                            "reactive_proposal",
                            "reactive_review",
                            "missing_decision",
                            "missing_confirmation",
                            "missing_enquiry",
                            "death_verification",
                            "entry_warrant",
                            "plan_review",
                            "supervisor_review",
                            "dip_sample",
                            "indicator_triage",
                        ],
                    )
                ),
                name="obligation_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="triagestart",
            name="case_action",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="triage_start",
                to="workflows.caseaction",
            ),
        ),
        migrations.AddField(
            model_name="triagestart",
            name="direction",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="triage_start",
                to="workflows.visitdirection",
            ),
        ),
        migrations.AddField(
            model_name="triagestart",
            name="obligation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="triage_starts",
                to="workflows.obligation",
            ),
        ),
        migrations.AddField(
            model_name="triagestart",
            name="triage",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="start",
                to="risk.indicatortriage",
            ),
        ),
        migrations.AddConstraint(
            model_name="triagestart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case_action__isnull", True),
                        ("direction__isnull", False),
                        ("obligation__isnull", True),
                        ("what", "visit"),
                    ),
                    models.Q(
                        ("case_action__isnull", True),
                        ("direction__isnull", True),
                        ("obligation__isnull", True),
                        ("what", "reassessment"),
                    ),
                    models.Q(
                        ("case_action__isnull", False),
                        ("direction__isnull", True),
                        ("obligation__isnull", True),
                        ("what", "case_action"),
                    ),
                    models.Q(
                        ("case_action__isnull", True),
                        ("direction__isnull", True),
                        ("obligation__isnull", False),
                        ("what", "task"),
                    ),
                    _connector="OR",
                ),
                name="triage_start_is_one_thing",
            ),
        ),
    ]
