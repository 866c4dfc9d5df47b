"""Version 1 of the rules, and the bank holidays of 2010 to 2040 in England and Wales.

The document is stored exactly as rules/default.yaml writes it. The digest is worked out here, so
that what this migration stores never depends on later code.
"""

import datetime as dt
import hashlib
import json
from pathlib import Path

import holidays
import yaml
from django.db import migrations

DEFAULT = Path(__file__).resolve().parent.parent / "default.yaml"
#: The earliest date admitted. Due dates are worked out from events decades old, so the first
#: version must cover them all. It says what this service applies, not what the law was in 1900.
FLOOR = dt.date(1900, 1, 1)
ENGLAND_AND_WALES = "england-and-wales"
SOURCE = f"Python package holidays {holidays.__version__}, GB-ENG"


def seed(apps, schema_editor):
    """Insert version 1 and the bank holidays."""
    document = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    apps.get_model("rules", "RuleSetVersion").objects.create(
        number=1,
        effective_from=FLOOR,
        title="Shipped default",
        source="rules/default.yaml; each rule names its own source.",
        evidence="Each rule carries its own mark: V seen, P partly seen, M unverified, D our "
        "default. Confirm with the force's legal team before real use.",
        document=document,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
    # The package lists Christmas Day on a Saturday beside its substitute. Only the substitute is a
    # bank holiday, as in the published list.
    listed = holidays.country_holidays("GB", subdiv="ENG", years=range(2010, 2041))
    BankHoliday = apps.get_model("rules", "BankHoliday")
    BankHoliday.objects.bulk_create(
        BankHoliday(division=ENGLAND_AND_WALES, on=day, name=name, source=SOURCE)
        for day, name in sorted(listed.items())
        if day.isoweekday() <= 5
    )


def unseed(apps, schema_editor):
    """Take out what `seed` put in, and nothing else."""
    apps.get_model("rules", "RuleSetVersion").objects.filter(number=1).delete()
    apps.get_model("rules", "BankHoliday").objects.filter(
        source__startswith="Python package holidays "
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial")]

    operations = [migrations.RunPython(seed, unseed)]
