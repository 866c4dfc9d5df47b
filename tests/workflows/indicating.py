"""Indicators as senders write them, and taken in."""

import datetime as dt
import json
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Force, User
from offenders.models import Offender
from risk.models import Indicator, IndicatorFeed, QuarantinedDelivery
from tests import make
from workflows.actions.indicators import feeds, matching, signatures
from workflows.actions.indicators.deliveries import deliver
from workflows.actions.indicators.receiving import Receipt, receive, receive_batch
from workflows.steps.indicators import SendIndicator

_number = count(1)

#: Of the feed of a test; nobody's.
SECRET = "a-secret-of-no-real-feed-at-all"  # gitleaks:allow
FEED = "example-monitor"


def item(**values: Any) -> dict[str, Any]:
    """One indicator as JSON: a file-sharing hit of an hour ago, about nobody in particular."""
    return {
        "source": "rocu",
        "external_id": f"X-{next(_number)}",
        "code": "P2P",
        "source_grade": 2,
        "assessment_grade": "C",
        "handling": "P",
        "occurred_at": (timezone.now() - dt.timedelta(hours=1)).isoformat(),
        "text": "Shared files were seen.",
    } | values


def naming(person: Offender) -> dict[str, Any]:
    """Who a person is, as a sender may write it."""
    return {
        "subjects": [
            {
                "surname": person.surname,
                "forename": person.forename,
                "born_on": person.date_of_birth.isoformat(),
            }
        ]
    }


def sent(*items: dict[str, Any], by: User) -> list[Receipt]:
    """What became of items that an officer sends together."""
    return receive_batch(by=make.actor(by), indicators=list(items))


def indicator(*, by: User, **values: Any) -> Indicator:
    """One that was received."""
    [receipt] = sent(item(**values), by=by)
    assert receipt.indicator is not None, receipt
    return receipt.indicator


def about(person: Offender, *, by: User, **values: Any) -> Indicator:
    """One that suggests a person."""
    return indicator(by=by, **naming(person) | values)


def matched(person: Offender, *, by: User, **values: Any) -> Indicator:
    """One that an officer confirmed to be about a person."""
    found = about(person, by=by, **values)
    return matching.confirm_match(
        by=make.actor(by), indicator=found.public_id, offender=person.public_id
    )


def one(**values: Any) -> dict[str, Any]:
    """Validated values of the form, for the single action."""
    form = SendIndicator(data=item(**values))
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def received(*, by: User, **values: Any) -> Receipt:
    """What became of one, sent alone."""
    return receive(by=make.actor(by), **one(**values))


def feed(force: Force, *, daily_limit: int = 100, **values: Any) -> IndicatorFeed:
    """A feed of a force. Its secret is given by the fixture of the tests."""
    return feeds.set_up_feed(
        by=make.SETUP,
        force=force,
        name=FEED,
        source="rocu",
        schema_version="2026-11",
        daily_limit=daily_limit,
        **values,
    )


def delivery(items: Sequence[Any], **envelope: Any) -> bytes:
    """The body of a delivery."""
    whole = {"schema_version": "2026-11", "indicators": list(items)} | envelope
    return json.dumps(whole).encode()


def signed(
    body: bytes, *, secret: str = SECRET, at: dt.datetime | None = None
) -> signatures.Signed:
    """The headers of a delivery that was signed now, or at another moment."""
    moment = at or timezone.now()
    return signatures.sign(
        secret, id=f"msg_{next(_number)}", timestamp=int(moment.timestamp()), body=body
    )


def held(force: Force, *items: dict[str, Any]) -> QuarantinedDelivery:
    """A delivery that nobody signed, of the items or of a sound one."""
    found = deliver(
        by=make.actor(make.integration(force=force)),
        feed=feed(force).name,
        signed=signatures.Signed("", "", ""),
        body=delivery(items or [item()]),
    )
    assert found.held is not None
    return found.held
