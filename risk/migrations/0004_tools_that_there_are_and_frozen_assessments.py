"""Version 1 of each tool (risk/tools.yaml), and the day of each decision.

It made the triggers that freeze what was assessed too, until 0005 gave them another column to look
at: a trigger that names what is not there yet would stop SQLite from rebuilding any table. On a
database that has run this they stand as they were, until 0005.
"""

import datetime as dt
from pathlib import Path

import yaml
from django.db import migrations
from django.utils import timezone

from risk import frozen

SHIPPED = Path(__file__).resolve().parent.parent / "tools.yaml"
#: Assessments taken over are decades old: the first version covers them all.
FLOOR = dt.date(1900, 1, 1)


def seed(apps, schema_editor):
    """Insert version 1 of each tool."""
    from risk.factors import FACTORS  # noqa: PLC0415 - names, as this release has them

    named = {
        one.code: {"code": one.code, "name": one.name, "side": str(one.side)} for one in FACTORS
    }
    tools = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["tools"]
    ToolVersion = apps.get_model("risk", "ToolVersion")
    ToolVersion.objects.bulk_create(
        ToolVersion(
            code=tool["code"],
            number=1,
            effective_from=FLOOR,
            name=tool["name"],
            place=place,
            sexes=tool.get("sexes", []),
            from_age=tool.get("from_age"),
            until_age=tool.get("until_age"),
            factors=[named[code] for code in tool.get("factors", [])],
            ratings=tool.get("ratings", []),
            priorities=tool["priorities"],
            training=tool.get("training", ""),
            source=tool["source"],
        )
        for place, tool in enumerate(tools)
    )
    fill_decided_on(apps)


def fill_decided_on(apps):
    """The London date of each decision that was made before its day was kept."""
    decided = apps.get_model("risk", "RiskAssessment").objects.filter(decided_at__isnull=False)
    for one in decided.iterator():
        one.decided_on = timezone.localdate(one.decided_at)
        one.save(update_fields=["decided_on"])


def unseed(apps, schema_editor):
    """Remove the triggers and what `seed` put in."""
    frozen.drop(schema_editor.connection)
    apps.get_model("risk", "ToolVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("risk", "0003_the_whole_practice")]

    operations = [migrations.RunPython(seed, unseed)]
