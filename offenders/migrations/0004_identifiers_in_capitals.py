"""Put numbers of other systems in capitals, as they are looked up (offenders/names.py)."""

from django.db import migrations

from offenders.names import fold_number


def capitalise(apps, schema_editor):
    """Where two people claim one number in different letters, who has it in capitals keeps it."""
    identifiers = apps.get_model("offenders", "Identifier").objects
    for row in identifiers.order_by("pk").iterator():
        number = fold_number(row.value)
        if number == row.value:
            continue
        if identifiers.filter(kind=row.kind, value=number).exists():
            row.delete()
        else:
            row.value = number
            row.save(update_fields=["value"])


class Migration(migrations.Migration):
    dependencies = [("offenders", "0003_when_a_release_was_last_expected")]

    operations = [migrations.RunPython(capitalise, migrations.RunPython.noop)]
