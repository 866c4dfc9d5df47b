"""Setting up the feeds that may deliver, from the command line alone. Secrets are not kept here."""

import re

from django.db import transaction

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.models import Force
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid
from risk.models import IndicatorFeed
from workflows.actions.indicators.reading import source_key

_NAME = re.compile(r"[a-z0-9-]{1,40}")


@transaction.atomic
def set_up_feed(
    *,
    by: Actor,
    force: Force,
    name: str,
    source: str,
    schema_version: str,
    daily_limit: int,
    is_active: bool = True,
) -> IndicatorFeed:
    """The feed of that name, made or changed. Raises NotPermitted; Invalid `bad_name`."""
    policy.require(by, Action.FEED_SET_UP)
    if not _NAME.fullmatch(name):
        raise Invalid("bad_name", "A name is of small letters, digits and hyphens.", field="name")
    feed, _ = IndicatorFeed.objects.update_or_create(
        force=force,
        name=name,
        defaults={
            "source": source_key(source),
            "schema_version": schema_version,
            "daily_limit": daily_limit,
            "is_active": is_active,
        },
    )
    audit.record(
        by=by,
        action=Action.FEED_SET_UP,
        operation=Operation.CONFIGURATION,
        subject=f"feed:{name}",
        payload={"source": source, "daily_limit": daily_limit, "is_active": is_active},
    )
    return feed
