"""Which officers may not go on, so that their open work goes to a supervisor (PRACTICE 15)."""

import datetime as dt

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

#: An officer whom an extract named and for whom nobody opened an account. Such accounts keep the
#: people they were given: the caseload is theirs on paper until they sign in.
NEVER_OPENED = Q(
    is_active=False,
    vetting_expires_on__isnull=True,
    last_login__isnull=True,
    password__startswith=UNUSABLE_PASSWORD_PREFIX,
)


def may_not_go_on(today: dt.date) -> Q:
    """Officers whose account was closed, or is open without vetting in date on a London date.

    The same people as those who are not `Actor.is_current`, but for accounts never opened.
    """
    unvetted = Q(vetting_expires_on__isnull=True) | Q(vetting_expires_on__lt=today)
    return (Q(is_active=False) & ~NEVER_OPENED) | (Q(is_active=True) & unvetted)
