"""Tell the next rank, once for each due date, of work that is past it."""

from django.conf import settings
from django.db import migrations, models

from audit.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_the_whole_practice"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("offenders", "0008_the_whole_practice"),
        ("workflows", "0009_decided_for_and_no_own_visit_reviewed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.AddField(
                model_name="task",
                name="escalated_for",
                field=models.DateField(null=True),
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
                    ],
                    max_length=20,
                ),
            ),
            migrations.AddIndex(
                model_name="task",
                index=models.Index(
                    condition=models.Q(
                        ("flow_task_type", "HUMAN"), ("status__in", ["NEW", "ASSIGNED"])
                    ),
                    fields=["due_on"],
                    name="task_open_by_due",
                ),
            ),
        ),
    ]
