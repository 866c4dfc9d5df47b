"""A version of the rules that was proposed."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Scene
from tests.rules.proposing import FOUR_MONTHS
from workflows.actions import rule_sets


def a_proposal(scene: Scene) -> tuple[str, Offender]:
    """A version of the rules that an inspector proposed."""
    inspector = make.officer(Role.INSPECTOR, team=scene.team)
    proposed = rule_sets.propose_rules(by=Actor.of_user(inspector), **rules_proposal())
    return str(proposed.number), scene.person()


def rules_proposal() -> dict[str, Any]:
    return {
        "effective_from": timezone.localdate() + dt.timedelta(days=1),
        "title": "Medium every four months",
        "source": "Force order 12",
        "evidence": "Our own decision",
        "reason": WHY,
        "changes": [FOUR_MONTHS],
    }
