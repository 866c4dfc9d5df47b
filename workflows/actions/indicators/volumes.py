"""Whether a feed brings more than it does: a feed gone wrong, or somebody else's."""

import datetime as dt

from django.db.models import Count, Min, Q
from django.utils import timezone

from risk.models import Indicator, IndicatorFeed

#: Ten times the usual volume of a day is a fault until somebody has looked (our default).
SURGE = 10
#: The days that the usual volume is the mean of, and how many there must be.
LOOK_BACK, LEAST_DAYS = 28, 7
#: Ten times almost nothing is still little: so many are never held for their number.
LITTLE = 20


def is_too_many(feed: IndicatorFeed, coming: int, *, now: dt.datetime) -> bool:
    """Whether `coming` more today pass the feed's daily limit or ten times its usual volume.

    One statement.
    """
    today = timezone.localdate(now)
    begins = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    since = begins - dt.timedelta(days=LOOK_BACK)
    seen = Indicator.objects.filter(feed=feed).aggregate(
        today=Count("pk", filter=Q(received_at__gte=begins)),
        before=Count("pk", filter=Q(received_at__gte=since, received_at__lt=begins)),
        first=Min("received_at"),
    )
    first = timezone.localdate(seen["first"]) if seen["first"] else today
    return seen["today"] + coming > _most(feed, seen["before"], (today - first).days)


def _most(feed: IndicatorFeed, before: int, days: int) -> float:
    if days < LEAST_DAYS:
        return feed.daily_limit
    usual = before / min(days, LOOK_BACK)
    return min(feed.daily_limit, max(SURGE * usual, LITTLE))
