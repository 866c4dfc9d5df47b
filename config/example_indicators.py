"""Signs of online risk in the fictitious force: some wait, some are confirmed, some are triaged.

They come in, and are decided on, through the same actions as real ones.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import IntegrationClient, User
from offenders.models import Offender
from risk.models import Indicator
from workflows.actions.indicators.matching import confirm_match
from workflows.actions.indicators.receiving import receive_batch
from workflows.actions.steps import complete_step
from workflows.models import Task
from workflows.obligations.indicators import about
from workflows.steps import FORMS

SOURCE = "rocu"
DAY = dt.timedelta(days=1)


class Sign(NamedTuple):
    """One indicator about one of an officer's people, or about nobody who is on record.

    `triage`: what the officer decided once they had confirmed it. {}: not triaged yet.
    """

    code: str
    hours_ago: int
    grades: tuple[int, str]
    text: str
    is_named: bool = True
    is_confirmed: bool = False
    triage: dict[str, Any] = {}


SIGNS = (
    Sign("CTIP", 2, (1, "A"), "Referral 0001: three files, category B, uploaded at his address."),
    Sign("GAME", 5, (2, "C"), "An unknown man asks for pictures in a game.", is_named=False),
    Sign("MONO", 20, (1, "A"), "Monitoring went offline in the evening.", is_confirmed=True),
    Sign(
        "UACC",
        50,
        (2, "B"),
        "An account under a name that was never notified.",
        is_confirmed=True,
        triage={
            "outcome": "enquiry",
            "reason": "The account is not among those that he declared.",
            "action": "Ask the provider for the subscriber.",
            "due_in": 5,
        },
    ),
    Sign(
        "NEWREL",
        80,
        (1, "B"),
        "A neighbour saw him with a woman and a child.",
        is_confirmed=True,
        triage={
            "outcome": "visit_brought_forward",
            "reason": "Who lives there must be seen.",
            "visit_in": 2,
        },
    ),
    Sign(
        "ANPR",
        100,
        (2, "D"),
        "His car near a school, three afternoons in a week.",
        is_confirmed=True,
        # Nothing that a supervisor samples: which ones they check follows from an id at random.
        triage={"outcome": "reassessment", "reason": "He has no work there any more."},
    ),
)


def load(*, sender: IntegrationClient, officer: User) -> None:
    """Send them in the sender's name and decide as `officer`, unless the force has some."""
    if Indicator.objects.filter(force=sender.force).exists():
        return
    with transaction.atomic():
        people = iter(_seen(officer))
        pairs = [(sign, next(people, None) if sign.is_named else None) for sign in SIGNS]
        items = [_item(number, *pair) for number, pair in enumerate(pairs, 1)]
        receipts = receive_batch(by=Actor.of_client(sender), indicators=items)
        for (sign, person), receipt in zip(pairs, receipts, strict=True):
            if sign.is_confirmed and person is not None and receipt.indicator is not None:
                _decide(sign, person, receipt.indicator, Actor.of_user(officer))


def _seen(officer: User) -> Iterable[Offender]:
    """An officer's people to whom a visit is owed, due last first: an indicator is seen to move
    them."""
    due_last = Task.objects.open().filter(step="record_outcome", offender__offender_manager=officer)
    return (task.offender for task in due_last.order_by("-due_on", "pk").select_related("offender"))


def _item(number: int, sign: Sign, person: Offender | None) -> dict[str, Any]:
    source, assessment = sign.grades
    named = {"surname": "Nomatch", "forename": "Unknown"}
    if person is not None:
        named = {
            "surname": person.surname,
            "forename": person.forename,
            "born_on": person.date_of_birth.isoformat(),
        }
    return {
        "source": SOURCE,
        "external_id": f"EXAMPLE-{number}",
        "code": sign.code,
        "source_grade": source,
        "assessment_grade": assessment,
        "handling": "P",
        "occurred_at": (timezone.now() - dt.timedelta(hours=sign.hours_ago)).isoformat(),
        "text": sign.text,
        "subjects": [named],
    }


def _decide(sign: Sign, person: Offender, found: Indicator, by: Actor) -> None:
    confirm_match(by=by, indicator=found.public_id, offender=person.public_id)
    if not sign.triage:
        return
    step = "triage_indicator"
    task = Task.objects.open().get(process__obligation__about=about(found.pk), step=step)
    form = FORMS[step](data=_said(sign))
    form.is_valid(raise_exception=True)
    complete_step(by=by, task=task.public_id, step=step, values=dict(form.validated_data))


def _said(sign: Sign) -> dict[str, Any]:
    """What the officer decided, with the days from today as dates."""
    said = dict(sign.triage)
    today = timezone.localdate()
    for given, name in (("due_in", "due_on"), ("visit_in", "visit_by")):
        if given in said:
            said[name] = (today + said.pop(given) * DAY).isoformat()
    return said
