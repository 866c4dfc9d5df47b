"""Remember by which figures a standing was worked out, and what of it is open to everyone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0008_triage_of_indicators"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicatorstanding",
            name="figures",
            field=models.CharField(db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="indicatorstanding",
            name="open_terms",
            field=models.JSONField(null=True),
        ),
    ]
