"""Copy onto each step the end of an order and a change that no assessment has answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0014_triage_of_indicators"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="changed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="order_ends_on",
            field=models.DateField(null=True),
        ),
    ]
