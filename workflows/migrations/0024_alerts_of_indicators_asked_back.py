"""Alerts of indicators that the system that sent them takes back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0023_refused_rows_name_their_column"),
    ]

    operations = [
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
                    ("rules_proposed", "A change of the rules waits for a second inspector"),
                    ("indicator_tasked", "An indicator was given to you"),
                    ("indicator_retracted", "A source took an indicator back"),
                    ("indicator_asked_back", "A source takes an indicator back"),
                    ("few_named", "Too few are named for a restricted indicator"),
                    ("delivery_held", "A delivery of indicators was held"),
                    ("indicator_late", "An indicator was not triaged in time"),
                ],
                max_length=20,
            ),
        ),
    ]
