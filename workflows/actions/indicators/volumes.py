"""Whether a feed brings more than it does: a feed gone wrong, or somebody else's.

By figures of the rule set (`indicator.surge.*`): so many times its usual day is a fault until
somebody has looked, and so few are never held for their number.
"""

import datetime as dt

from django.db.models import Count, Min, Q
from django.utils import timezone

from risk.models import Indicator, IndicatorFeed
from rules import current
from rules.ruleset import RuleSet


def is_too_many(feed: IndicatorFeed, coming: int, *, now: dt.datetime) -> bool:
    """Whether `coming` more today pass the feed's daily limit or a surge of its usual volume.

    Two statements.
    """
    today = timezone.localdate(now)
    rules = current.in_force(today)
    begins = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    since = begins - dt.timedelta(days=int(rules.figure("indicator.surge.look_back")))
    seen = Indicator.objects.filter(feed=feed).aggregate(
        today=Count("pk", filter=Q(received_at__gte=begins)),
        before=Count("pk", filter=Q(received_at__gte=since, received_at__lt=begins)),
        first=Min("received_at"),
    )
    first = timezone.localdate(seen["first"]) if seen["first"] else today
    most = _most(feed, rules, before=seen["before"], days=(today - first).days)
    return seen["today"] + coming > most


def _most(feed: IndicatorFeed, rules: RuleSet, *, before: int, days: int) -> float:
    """The most of one day, of a feed that brought `before` in the days looked back on.

    `days`: since its first.
    """
    if days < rules.figure("indicator.surge.least_days"):
        return feed.daily_limit
    usual = before / min(days, int(rules.figure("indicator.surge.look_back")))
    surge = float(rules.figure("indicator.surge.factor")) * usual
    return min(feed.daily_limit, max(surge, float(rules.figure("indicator.surge.little"))))
