"""A form that could not be saved because a session ended is kept for whoever typed it.

The page carries a seal that says for whom it was drawn: with it, and only with it, what is typed
there can be kept after the session is gone, and only that officer gets it back. It stays in the
database, never in an address, a cookie or a log, until it is saved or for an hour.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import KeptForm, User

#: How long a form waits for its writer to sign in again.
KEPT = dt.timedelta(hours=1)
#: A page drawn longer ago than this is not believed any more: no session lasts as long.
SEALED_FOR = dt.timedelta(hours=24)
#: Characters of one form; ours have some twenty thousand at most.
MOST_TYPED = 200_000

SALT = "accounts.kept_forms"


@dataclass(frozen=True, slots=True)
class Seal:
    """For whom (public id) a page was drawn, and its address."""

    user: str
    page: str


def sealed(by: Actor, page: str) -> str:
    """The seal of a page drawn for `by`, to stand in its form."""
    return signing.dumps([by.key, page], salt=SALT)


def opened(seal: str) -> Seal | None:
    """What a seal says; None for one that is not ours or too old."""
    try:
        user, page = signing.loads(seal, salt=SALT, max_age=SEALED_FOR)
    except signing.BadSignature:
        return None
    return Seal(user, page)


def keep(seal: Seal, typed: Mapping[str, list[str]]) -> bool:
    """Keep what was typed for the officer of the seal. False: nothing was kept.

    Nothing is kept for an officer who may not come back: account closed, or vetting lapsed.
    """
    user = User.objects.filter(public_id=seal.user).first()
    length = sum(len(value) for values in typed.values() for value in values)
    if user is None or not Actor.of_user(user).is_current or not 0 < length <= MOST_TYPED:
        return False
    KeptForm.objects.update_or_create(
        user=user, page=seal.page, defaults={"typed": dict(typed), "kept_at": timezone.now()}
    )
    return True


def kept(by: Actor, page: str) -> tuple[dict[str, Any], dt.datetime] | None:
    """What `by` had typed on `page`, and when it was kept; None where nothing waits."""
    live = KeptForm.objects.filter(kept_at__gt=timezone.now() - KEPT)
    return live.filter(user__public_id=by.key, page=page).values_list("typed", "kept_at").first()


def forget(by: Actor, page: str) -> None:
    """Let go of what was kept: it was saved, or is not wanted."""
    KeptForm.objects.filter(user__public_id=by.key, page=page).delete()


def purge() -> int:
    """Forget the forms that nobody came back for. How many. Safe to run twice."""
    deleted, _ = KeptForm.objects.filter(kept_at__lte=timezone.now() - KEPT).delete()
    return deleted
