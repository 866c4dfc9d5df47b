"""Find people by a number without reading everyone: ours in any case, others' whatever the kind."""

from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("offenders", "0004_identifiers_in_capitals")]

    operations = [
        migrations.RemoveConstraint(model_name="identifier", name="identifier_unique_by_kind"),
        migrations.AddConstraint(
            model_name="identifier",
            constraint=models.UniqueConstraint(
                fields=["value", "kind"], name="identifier_unique_by_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="offender",
            index=models.Index(Upper("source_ref"), name="offender_reference_any_case"),
        ),
    ]
