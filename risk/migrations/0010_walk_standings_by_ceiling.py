"""Walk the standings with something critical still to be done first, then by their ceilings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0009_conditions_can_be_voided"),
        ("risk", "0009_standings_by_figures"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="indicatorstanding",
            name="standing_by_ceiling",
        ),
        migrations.AddIndex(
            model_name="indicatorstanding",
            index=models.Index(
                fields=["-has_unactioned_critical", "-ceiling"], name="standing_by_ceiling"
            ),
        ),
    ]
