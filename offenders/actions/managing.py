"""Who manages whom."""

from collections.abc import Collection

from django.db.models import F

from accounts.models import User
from offenders.models import Offender


def set_offender_manager(*, offenders: Collection[int], manager: User | None, team_id: int) -> None:
    """Give people, by key, to a manager of a team. One statement, and one change counted for each.

    The caller holds their locks. `manager` None: they wait for one.
    """
    Offender.objects.filter(pk__in=offenders).update(
        offender_manager=manager, team_id=team_id, version=F("version") + 1
    )
