"""A feed that somebody else writes to changes nothing but its own quarantine (trust T11).

Every table is read before and after: no row of any other comes, goes or changes. Supervisors and
inspectors are told, and the attempt is on the record.
"""

import datetime as dt
import hashlib

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from accounts.models import Role
from risk.models import Indicator, QuarantinedDelivery
from tests import make
from tests.workflows import indicating
from workflows.actions.indicators.deliveries import deliver
from workflows.models import Alert
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

#: What a held delivery leaves: itself, the alerts of it, and the record of the attempt.
MAY_CHANGE = {
    "risk_quarantineddelivery",
    "workflows_alert",
    "audit_event",
    "audit_payload",
}
LIMIT, USUAL = 1000, 3


def digests() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a digest of all of them."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - no input
            rows = sorted(map(repr, cursor.fetchall()))
            digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            found[model._meta.db_table] = (len(rows), digest)
    return found


@pytest.fixture
def scene(settings):
    """A feed that has delivered for a month, about somebody whose visit is owed."""
    settings.INDICATOR_FEED_SECRETS = {indicating.FEED: [indicating.SECRET]}
    manager = make.officer()
    make.officer(Role.SUPERVISOR, team=manager.team)
    make.officer(Role.INSPECTOR, force=manager.force)
    person = make.person(manager=manager)
    feed = indicating.feed(manager.force, daily_limit=LIMIT)
    client = make.actor(make.integration(force=manager.force))
    first = indicating.delivery(
        [indicating.item(**indicating.naming(person)) for _ in range(USUAL)]
    )
    assert sent(client, first).held is None
    return client, person, feed


def sent(client, body, **signed):
    return deliver(
        by=client, feed=indicating.FEED, signed=indicating.signed(body, **signed), body=body
    )


def about(person, **values):
    """One that would make the person urgent."""
    return indicating.item(**indicating.naming(person), code="CTIP", **values)


def a_year_ahead() -> str:
    return (timezone.now() + dt.timedelta(days=365)).isoformat()


POISON = {
    "signed with another secret": lambda person: (
        indicating.delivery([about(person)]),
        {"secret": "another-secret-of-no-feed"},
        "signature_wrong",
    ),
    "recorded and sent again an hour later": lambda person: (
        indicating.delivery([about(person)]),
        {"at": timezone.now() - dt.timedelta(hours=1)},
        "outside_window",
    ),
    "ten times as many as the limit of a day": lambda person: (
        indicating.delivery([about(person) for _ in range(LIMIT)]),
        {},
        "too_many",
    ),
    "another schema": lambda person: (
        indicating.delivery([about(person)], schema_version="2027-01"),
        {},
        "schema_unknown",
    ),
    "a field that nobody knows": lambda person: (
        indicating.delivery([about(person), about(person, level="low")]),
        {},
        "schema_unknown",
    ),
    "no JSON at all": lambda person: (b"<html>not found</html>", {}, "schema_unknown"),
    "another source's name": lambda person: (
        indicating.delivery([about(person, source="nca")]),
        {},
        "schema_unknown",
    ),
    "conditions of handling that are not handling C": lambda person: (
        indicating.delivery([about(person), about(person, handling_conditions="Tell nobody")]),
        {},
        "grading_contradicts",
    ),
    "handling C without its conditions": lambda person: (
        indicating.delivery([about(person, handling="C")]),
        {},
        "grading_contradicts",
    ),
    "what has not happened yet": lambda person: (
        indicating.delivery([about(person, occurred_at=a_year_ahead())]),
        {},
        "future_date",
    ),
    "a picture": lambda person: (
        indicating.delivery([about(person, text="data:image/png;base64,iVBORw0KGgo=")]),
        {},
        "content_refused",
    ),
}


@pytest.mark.parametrize("how", POISON)
def test_what_is_poisoned_changes_no_table_but_its_own_quarantine(scene, how):
    client, person, feed = scene
    body, signed, reason = POISON[how](person)
    before = digests()

    held = sent(client, body, **signed).held

    assert held is not None
    assert reason in held.reasons
    after = digests()
    assert {name for name in before if after[name] != before[name]} - MAY_CHANGE == set()
    assert Indicator.objects.count() == USUAL
    assert QuarantinedDelivery.objects.get().feed == feed
    told = Alert.objects.filter(
        about=Alert.About.DELIVERY_HELD, subject=f"delivery:{held.public_id}"
    )
    assert {alert.to.role for alert in told} == {Role.SUPERVISOR, Role.INSPECTOR}


def test_the_same_poison_a_hundred_times_is_one_held_delivery_and_one_alert_each(scene):
    client, person, _ = scene
    body = indicating.delivery([about(person)])
    signed = indicating.signed(body, secret="another-secret-of-no-feed")
    for _ in range(100):
        deliver(by=client, feed=indicating.FEED, signed=signed, body=body)
    assert QuarantinedDelivery.objects.count() == 1
    assert Alert.objects.filter(about=Alert.About.DELIVERY_HELD).count() == 2


def test_what_is_held_moves_nothing_that_is_owed(scene):
    client, person, _ = scene
    sweep_obligations()
    before = digests()
    sent(client, indicating.delivery([about(person, handling="C")]))
    sweep_obligations()
    after = digests()
    owed = {"workflows_obligation", "workflows_task", "workflows_process", "offenders_offender"}
    assert {name for name in owed if after[name] != before[name]} == set()


def test_the_digests_see_a_single_row_that_changed(scene):
    _, person, _ = scene
    before = digests()
    type(person).objects.filter(pk=person.pk).update(management_level="low")
    after = digests()
    assert [name for name in before if after[name] != before[name]] == ["offenders_offender"]
