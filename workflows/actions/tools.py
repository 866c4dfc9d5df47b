"""Changing the tools of risk assessment: data, each change a version of its own (PRACTICE 17)."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action, require
from audit.models import Operation
from risk import tools
from risk.models import ToolVersion


@transaction.atomic
def change_tools(*, by: Actor, text: str, effective_from: dt.date) -> list[ToolVersion]:
    """Keep the next version of each tool of a file that differs from the one in force that day.

    A tool that the file does not name stays as it is; `offered: false` ends one. Safe to run twice.
    Raises NotPermitted, ValueError with what is wrong with the file.
    """
    require(by, Action.TOOLS_CHANGE)
    standing = tools.in_force(effective_from)
    last = dict(ToolVersion.objects.values_list("code").annotate(Max("number")))
    made = []
    for said in tools.read(text):
        known = standing.get(said["code"])
        if known and all(getattr(known, name) == value for name, value in said.items()):
            continue
        number = last.get(said["code"], 0) + 1
        made.append(ToolVersion(number=number, effective_from=effective_from, **said))
    ToolVersion.objects.bulk_create(made)
    audit.record(
        by=by,
        action=Action.TOOLS_CHANGE,
        operation=Operation.CONFIGURATION,
        row_count=len(made),
        payload={
            "effective_from": effective_from,
            "versions": [[version.code, version.number] for version in made],
        },
    )
    return made
