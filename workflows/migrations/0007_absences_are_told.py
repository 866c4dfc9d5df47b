"""What officers are told of absences, cover and delegations."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0006_what_a_rule_set_moved"),
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
                    ("officer_absent", "An officer is away"),
                    ("cover_given", "You cover for an officer"),
                    ("absent_no_cover", "An officer is away without cover and has work due"),
                    ("delegation_given", "Decisions were delegated to you"),
                    ("delegation_made", "Your decisions were delegated"),
                    ("delegation_ended", "A delegation ended early"),
                ],
                max_length=20,
            ),
        ),
    ]
