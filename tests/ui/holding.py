"""A device and an account of the person of a scene, written down through the actions."""

import datetime as dt

from django.utils import timezone

from offenders.models import Device, OnlineAccount
from tests import make
from tests.ui.conftest import Scene
from workflows.actions import holdings

#: What is written down of either.
FACTS = {"reference": "", "state": "declared"}
DEVICE = FACTS | {"kind": "phone", "description": "Example 5", "identifier": "T1"}
ACCOUNT = FACTS | {"service": "Examplegram", "user_name": "quillon79"}


def a_week_ago() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=7)


def held_by(scene: Scene, page: str) -> Device | OnlineAccount:
    """What the page of that name is about."""
    by, person = make.actor(scene.manager), scene.person.public_id
    if page.startswith("device"):
        return holdings.add_device(by=by, offender=person, on=a_week_ago(), **DEVICE)
    return holdings.add_account(by=by, offender=person, on=a_week_ago(), **ACCOUNT)
