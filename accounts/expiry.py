"""What signing in leaves behind and nothing needs any more is removed every night.

The record of who signed in and asked for a token is in `audit`, which keeps it.
"""

import datetime as dt

from allauth.idp.oidc.models import Token
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

#: How long a failed attempt is kept. Longer than any lock lasts (settings, "sign-in").
ATTEMPTS_KEPT = dt.timedelta(days=1)


def purge() -> int:
    """Remove sessions and tokens that have ended, and old attempts. How many. Safe to run twice."""
    now = timezone.now()
    old = now - ATTEMPTS_KEPT
    gone: list[QuerySet[Session] | QuerySet[Token] | QuerySet[AccessAttempt]] = [
        Session.objects.filter(expire_date__lt=now),
        Token.objects.filter(expires_at__lt=now),
        *(
            model.objects.filter(attempt_time__lt=old)
            for model in (AccessAttempt, AccessFailureLog, AccessLog)
        ),
    ]
    return sum(rows.delete()[0] for rows in gone)
