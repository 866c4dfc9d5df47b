"""Fill the keys of what is on record, in chunks that are each committed. Safe to run twice.

What a release before this one writes meanwhile stays without a key, and is found all the same
(`workflows.queries.candidates`).
"""

from django.db import migrations

#: Rows that are read and written at a time.
CHUNK = 2000


def _device(text):
    return "".join(c for c in text.lower() if not c.isspace() and c != "-")[:60]


def _user_name(text):
    return text.strip().lower()[:200]


def _postcode(text):
    return "".join(text.split()).upper()


#: By model: what is folded, into what, and how it was when this migration was written.
KEYS = (
    ("Address", "postcode", "postcode_key", _postcode),
    ("Device", "identifier", "identifier_key", _device),
    ("OnlineAccount", "user_name", "user_name_key", _user_name),
)


def fill(apps, schema_editor):
    """Every row without a key, in ascending key of the table."""
    for name, source, column, folded in KEYS:
        rows = apps.get_model("offenders", name).objects.using(schema_editor.connection.alias)
        last = 0
        while True:
            found = rows.filter(pk__gt=last, **{f"{column}__isnull": True}).order_by("pk")
            chunk = list(found.only("pk", source)[:CHUNK])
            if not chunk:
                break
            for row in chunk:
                setattr(row, column, folded(getattr(row, source)))
            rows.bulk_update(chunk, [column])
            last = chunk[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("offenders", "0010_keys_that_indicators_ask_for")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
