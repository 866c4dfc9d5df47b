"""A signed feed is received whole or held whole, and nothing of what is held has any effect."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from audit.models import Event, Payload
from offenders.errors import RuleBroken
from risk.models import Indicator, QuarantinedDelivery
from tests import make
from tests.workflows import indicating, ruling
from tests.workflows.indicating import FEED, SECRET
from workflows.actions.indicators import deliveries, quarantine, signatures, volumes
from workflows.actions.indicators.deliveries import Delivered, deliver
from workflows.actions.indicators.receiving import Result
from workflows.errors import NotVisible
from workflows.models import Alert

pytestmark = pytest.mark.django_db

PICTURE = "data:image/png;base64,iVBORw0KGgo"


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.INDICATOR_FEED_SECRETS = {FEED: [SECRET]}


class Scene:
    """A feed of a force, its system, and who settles what is held."""

    def __init__(self, **feed: object) -> None:
        self.supervisor = make.officer(Role.SUPERVISOR)
        self.force = self.supervisor.force
        self.inspector = make.officer(Role.INSPECTOR, force=self.force)
        self.feed = indicating.feed(self.force, **feed)
        self.client = make.actor(make.integration(force=self.force))

    def deliver(self, body: bytes, signed: signatures.Signed | None = None) -> Delivered:
        signed = signed or indicating.signed(body)
        return deliver(by=self.client, feed=FEED, signed=signed, body=body)

    def held(self, body: bytes = b"", **given: object) -> QuarantinedDelivery:
        found = self.deliver(body or indicating.delivery([indicating.item()]), **given).held
        assert found is not None
        return found


def not_signed() -> signatures.Signed:
    return signatures.Signed("msg_1", str(int(timezone.now().timestamp())), "v1,bm8=")


def test_what_is_signed_is_received_in_the_name_of_the_feed():
    scene = Scene()
    found = scene.deliver(indicating.delivery([indicating.item(), indicating.item()]))
    assert [one.result for one in found.receipts] == [Result.RECEIVED] * 2
    kept = Indicator.objects.first()
    assert (kept.feed, kept.client_label, kept.recorded_by) == (
        scene.feed,
        scene.client.label,
        None,
    )
    assert Event.objects.filter(action="indicator.deliver").count() == 1


def test_the_same_delivery_again_changes_nothing():
    scene = Scene()
    body = indicating.delivery([indicating.item()])
    scene.deliver(body)
    [again] = scene.deliver(body).receipts
    assert again.result is Result.KNOWN
    assert Indicator.objects.count() == 1


def tomorrow() -> str:
    return (timezone.now() + dt.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("body", "reasons", "why"),
    [
        (lambda: b"no json", ["schema_unknown"], "it cannot be read"),
        (lambda: b"[]", ["schema_unknown"], "no document of ours"),
        (lambda: b"", ["schema_unknown"], "nothing"),
        (
            lambda: indicating.delivery([indicating.item()], schema_version="2027-01"),
            ["schema_unknown"],
            "another version",
        ),
        (
            lambda: indicating.delivery([indicating.item()], extra=1),
            ["schema_unknown"],
            "the document has a field more",
        ),
        (lambda: indicating.delivery([]), ["schema_unknown"], "nothing in it"),
        (
            lambda: indicating.delivery([indicating.item()] * 1001),
            ["schema_unknown"],
            "more than a delivery has",
        ),
        (
            lambda: indicating.delivery([indicating.item(), indicating.item(stranger=1)]),
            ["schema_unknown"],
            "one of them has a field more",
        ),
        (
            lambda: indicating.delivery([indicating.item(code="NEW")]),
            ["schema_unknown"],
            "a type that we do not know",
        ),
        (
            lambda: indicating.delivery([indicating.item(source_grade="1")]),
            ["schema_unknown"],
            "a number became text",
        ),
        (
            lambda: indicating.delivery([indicating.item(source="another")]),
            ["schema_unknown"],
            "in the name of another source",
        ),
        (
            lambda: indicating.delivery([indicating.item(handling="C")]),
            ["grading_contradicts"],
            "conditions that nobody says",
        ),
        (
            lambda: indicating.delivery([indicating.item(occurred_at=tomorrow())]),
            ["future_date"],
            "it has not happened",
        ),
        (
            lambda: indicating.delivery(
                [indicating.item(occurred_at=tomorrow()), indicating.item(handling="C")]
            ),
            ["future_date", "grading_contradicts"],
            "each reason is said",
        ),
        (
            lambda: indicating.delivery([indicating.item(text=PICTURE)]),
            ["content_refused"],
            "a picture",
        ),
    ],
)
def test_what_is_odd_is_held_whole_and_nothing_else_changes(body, reasons, why):
    scene = Scene()
    held = scene.held(body() or b" ")
    assert held.reasons == reasons, why
    assert not Indicator.objects.exists()
    told = Alert.objects.filter(about="delivery_held").values_list("to_id", flat=True)
    assert sorted(told) == sorted([scene.supervisor.pk, scene.inspector.pk])


def test_the_same_held_again_is_one_and_told_once():
    scene = Scene()
    body = indicating.delivery([indicating.item(handling="C")])
    assert scene.held(body) == scene.held(body)
    assert Alert.objects.filter(about="delivery_held").count() == 2


def test_no_picture_is_kept_and_what_is_not_kept_cannot_be_released():
    scene = Scene()
    held = scene.held(indicating.delivery([indicating.item(text=PICTURE)]))
    assert held.body is None
    by = make.actor(scene.supervisor)
    with pytest.raises(RuleBroken) as caught:
        quarantine.release_delivery(by=by, delivery=held.public_id, reason="Read")
    assert caught.value.code == "cannot_be_read"
    quarantine.discard_delivery(by=by, delivery=held.public_id, reason="The vendor was told")


@pytest.mark.parametrize(
    ("sign", "reason", "why"),
    [
        (lambda body: not_signed(), "signature_wrong", "by nobody"),
        (
            lambda body: signatures.Signed("", "", ""),
            "signature_wrong",
            "without any headers",
        ),
        (
            lambda body: signatures.Signed("é", "²", "v1,é v2,AAAA nonsense"),
            "signature_wrong",
            "with headers of nonsense",
        ),
        (
            lambda body: indicating.signed(body, secret="b" * 30),
            "signature_wrong",
            "with another secret",
        ),
        (
            lambda body: indicating.signed(body + b" "),
            "signature_wrong",
            "of another body",
        ),
        (
            lambda body: indicating.signed(body, at=timezone.now() - dt.timedelta(minutes=6)),
            "outside_window",
            "recorded and sent again",
        ),
        (
            lambda body: indicating.signed(body, at=timezone.now() + dt.timedelta(minutes=6)),
            "outside_window",
            "by a clock that is ahead",
        ),
    ],
)
def test_what_is_not_signed_just_now_is_held_unread(sign, reason, why):
    scene = Scene()
    body = indicating.delivery([indicating.item(handling="C")])
    held = scene.held(body, signed=sign(body))
    assert (held.reasons, held.items) == ([reason], None), why
    assert not Indicator.objects.exists()


def test_a_flood_that_nobody_signed_does_not_fill_the_disk(monkeypatch):
    monkeypatch.setattr(deliveries, "MOST_UNSIGNED", 1)
    scene = Scene()
    bodies = [indicating.delivery([indicating.item()]) for _ in range(2)]
    first, second = (scene.held(body, signed=not_signed()) for body in bodies)
    assert first.body is not None
    assert second.body is None
    # What is signed is kept, however many wait.
    assert scene.held(indicating.delivery([indicating.item(handling="C")])).body is not None


def test_either_secret_will_do_while_one_replaces_the_other(settings):
    settings.INDICATOR_FEED_SECRETS = {FEED: ["b" * 30, SECRET]}
    assert Scene().deliver(indicating.delivery([indicating.item()])).held is None


def test_a_signature_of_one_moment_is_not_one_of_another():
    body = indicating.delivery([indicating.item()])
    signed = indicating.signed(body)
    later = signatures.Signed(signed.id, str(int(signed.timestamp) + 60), signed.signature)
    assert Scene().held(body, signed=later).reasons == ["signature_wrong"]


def test_a_feed_without_a_secret_is_believed_in_nothing(settings):
    settings.INDICATOR_FEED_SECRETS = {}
    assert Scene().held().reasons == ["signature_wrong"]


def test_more_than_the_feed_brings_in_a_day_is_held():
    scene = Scene(daily_limit=3)
    scene.deliver(indicating.delivery([indicating.item(), indicating.item()]))
    body = indicating.delivery([indicating.item(), indicating.item()])
    assert scene.held(body).reasons == ["too_many"]
    assert Indicator.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "coming", "is_held", "why"),
    [
        (0, 900, False, "a new feed is held by its daily limit alone"),
        (28 * 5, 50, False, "ten times the usual five"),
        (28 * 5, 51, True, "one more"),
        (28, 20, False, "ten times one is little: so many are never held"),
        (28, 21, True, "one more than that"),
    ],
)
def test_ten_times_the_usual_is_held(before, coming, is_held, why):
    scene = Scene(daily_limit=1000)
    now = timezone.now()
    if before:
        for day in (40, 14):  # the first, and what the mean is of
            number = before if day == 14 else 1
            moment = now - dt.timedelta(days=day)
            Indicator.objects.bulk_create(row(scene, f"{day}-{n}", moment) for n in range(number))
    assert volumes.is_too_many(scene.feed, coming, now=now) == is_held, why


@pytest.mark.parametrize(
    ("change", "coming", "is_held", "why"),
    [
        (
            {"factor": "3"},
            22,
            True,
            "three times the usual five is little",
        ),
        ({"factor": "3", "little": "10"}, 16, True, "three times the usual five"),
        ({"factor": "3", "little": "10"}, 15, False, "as many as that"),
        ({"look_back": "10", "least_days": "7"}, 21, True, "nothing came in those ten days"),
    ],
)
def test_what_a_surge_is_follows_the_rules_of_the_force(change, coming, is_held, why):
    scene, now = Scene(daily_limit=1000), timezone.now()
    for day, number in ((40, 1), (14, 28 * 5)):
        moment = now - dt.timedelta(days=day)
        Indicator.objects.bulk_create(row(scene, f"{day}-{n}", moment) for n in range(number))
    changes = [{"id": f"indicator.surge.{name}", "value": value} for name, value in change.items()]
    ruling.enact(changes=changes)
    assert volumes.is_too_many(scene.feed, coming, now=now) == is_held, why


def row(scene: Scene, number: str, moment: dt.datetime) -> Indicator:
    """As if received then: no action can do that."""
    return Indicator(
        force=scene.force,
        source="rocu",
        external_id=number,
        code="P2P",
        severity="critical",
        source_grade=2,
        assessment_grade="C",
        handling="P",
        sanitised=True,
        occurred_at=moment,
        received_at=moment,
        content_digest="0" * 64,
        triage_by=moment,
        feed=scene.feed,
        client_label="ROCU",
    )


def test_nobody_writes_in_the_name_of_a_source_that_signs():
    scene = Scene()
    item = indicating.item()
    [refused] = indicating.sent(item, by=scene.supervisor)
    assert (refused.result, refused.code) == (Result.REFUSED, "source_signs")
    # So the feed's own is the first of its number.
    [receipt] = scene.deliver(indicating.delivery([item])).receipts
    assert receipt.result is Result.RECEIVED


def test_a_feed_of_another_force_or_closed_is_not_there():
    scene = Scene()
    elsewhere = make.actor(make.integration())
    body = indicating.delivery([indicating.item()])
    with pytest.raises(NotVisible):
        deliver(by=elsewhere, feed=FEED, signed=indicating.signed(body), body=body)
    indicating.feed(scene.force, is_active=False)
    with pytest.raises(NotVisible):
        scene.deliver(body)


def test_who_has_no_scope_for_it_delivers_nothing():
    scene = Scene()
    body = indicating.delivery([indicating.item()])
    client = make.actor(make.integration(force=scene.force, scopes=["indicators:write"]))
    with pytest.raises(NotPermitted):
        deliver(by=client, feed=FEED, signed=indicating.signed(body), body=body)


# --- settling -------------------------------------------------------------------------------------


def test_what_is_released_is_received_as_it_would_have_been():
    scene = Scene()
    item = indicating.item()
    held = scene.held(indicating.delivery([item]), signed=not_signed())
    found, receipts = quarantine.release_delivery(
        by=make.actor(scene.supervisor), delivery=held.public_id, reason="The vendor rang"
    )
    assert [one.result for one in receipts] == [Result.RECEIVED]
    kept = Indicator.objects.get()
    assert (kept.external_id, kept.feed, kept.client_label) == (
        item["external_id"],
        scene.feed,
        scene.client.label,
    )
    assert (found.settlement, found.settled_by) == ("released", scene.supervisor)
    [event] = Event.objects.filter(action="delivery.settle")
    assert Payload.objects.get(event_id=event.pk).payload["ids"] == [str(kept.public_id)]


def test_what_cannot_be_kept_is_refused_on_release_too():
    scene = Scene()
    held = scene.held(indicating.delivery([indicating.item(), indicating.item(handling="C")]))
    looked = quarantine.look_at_delivery(by=make.actor(scene.inspector), delivery=held.public_id)
    assert (looked.items, looked.refused, looked.can_be_released) == (
        2,
        {"handling_conditions_missing": 1},
        True,
    )
    _, receipts = quarantine.release_delivery(
        by=make.actor(scene.inspector), delivery=held.public_id, reason="One is sound"
    )
    assert [one.result.value for one in receipts] == ["received", "refused"]


@pytest.mark.parametrize("body", [b"no json", b"{}", indicating.delivery([{"code": "NEW"}])])
def test_what_cannot_be_read_is_not_released(body):
    scene = Scene()
    held = scene.held(body)
    with pytest.raises(RuleBroken) as caught:
        quarantine.release_delivery(
            by=make.actor(scene.supervisor), delivery=held.public_id, reason="Read"
        )
    assert caught.value.code == "cannot_be_read"


def test_a_delivery_is_settled_once_and_with_a_reason():
    scene = Scene()
    held = scene.held(signed=not_signed())
    by = make.actor(scene.supervisor)
    with pytest.raises(ReasonRequired):
        quarantine.discard_delivery(by=by, delivery=held.public_id, reason=" ")
    quarantine.discard_delivery(by=by, delivery=held.public_id, reason="Not the vendor's")
    with pytest.raises(RuleBroken) as caught:
        quarantine.release_delivery(by=by, delivery=held.public_id, reason="After all")
    assert caught.value.code == "delivery_settled"
    assert not Indicator.objects.exists()


def test_only_ranks_of_the_force_settle_it():
    scene = Scene()
    held = scene.held(signed=not_signed())
    given = {"delivery": held.public_id, "reason": "Read"}
    colleague = make.officer(team=scene.supervisor.team)
    with pytest.raises(NotPermitted):
        quarantine.discard_delivery(by=make.actor(colleague), **given)
    with pytest.raises(NotVisible):
        quarantine.discard_delivery(by=make.actor(make.officer(Role.INSPECTOR)), **given)


def test_settled_and_sent_again_it_is_held_again():
    scene = Scene()
    body = indicating.delivery([indicating.item(handling="C")])
    first = scene.held(body)
    quarantine.discard_delivery(
        by=make.actor(scene.supervisor), delivery=first.public_id, reason="The vendor was told"
    )
    assert scene.held(body) != first


def test_the_window_is_of_the_clock_at_the_time_of_the_delivery():
    body = indicating.delivery([indicating.item()])
    signed = indicating.signed(body)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=4, seconds=50), tick=False):
        assert signatures.fault(signed, body, secrets=[SECRET], now=timezone.now()) == ""
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5, seconds=5), tick=False):
        now = timezone.now()
        assert signatures.fault(signed, body, secrets=[SECRET], now=now) == "outside_window"


def test_a_signature_is_as_standard_webhooks_has_it():
    """Made by hand: printf 'msg_1.1700000000.{}' | openssl dgst -sha256 -hmac aaa... | base64."""
    signed = signatures.sign("a" * 24, id="msg_1", timestamp=1700000000, body=b"{}")
    assert signed.signature == "v1,WrjUcjuGwC2DJbbLHRFX2uazxm6oA6/NPvQIQlzvGU4="
