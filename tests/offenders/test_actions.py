"""Changes to the facts about a person: what is refused, and what a change does to older facts."""

import datetime as dt

import pytest
from django.utils import timezone

from offenders import actions
from offenders.errors import Invalid, RuleBroken
from offenders.models import ManagementLevel, ManagementMode, Order, Status
from tests import make

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


def in_the_community_since(days, **facts):
    return make.person(
        relevant_date=ago(days),
        last_notification_on=None,
        last_effective_visit_on=None,
        last_assessment_on=None,
        **facts,
    )


def status(person, to, on, **more):
    return actions.change_status(offender=person, status=to, on=on, **more)


def test_the_day_of_a_change_is_the_first_of_what_follows():
    person = in_the_community_since(100)

    status(person, Status.CUSTODY, ago(30))
    status(person, Status.COMMUNITY, ago(10))

    found = person.statuses.order_by("from_on").values_list("status", "from_on", "until_on")
    assert list(found) == [
        ("community", ago(100), ago(30)),
        ("custody", ago(30), ago(10)),
        ("community", ago(10), None),
    ]


@pytest.mark.parametrize(
    ("to", "days", "error", "code", "reason"),
    [
        (Status.CUSTODY, -1, Invalid, "in_future", "tomorrow"),
        (Status.COMMUNITY, 5, RuleBroken, "status_unchanged", "the same again"),
        (Status.CUSTODY, 100, RuleBroken, "status_overlaps", "the day the present one began"),
        (Status.CUSTODY, 101, RuleBroken, "status_overlaps", "before the present one began"),
    ],
)
def test_a_status_that_cannot_be_is_refused(to, days, error, code, reason):
    person = in_the_community_since(100)

    with pytest.raises(error) as refusal:
        status(person, to, ago(days))

    assert refusal.value.code == code, reason
    assert person.statuses.count() == 1


def test_only_a_detained_person_has_an_expected_release():
    person = in_the_community_since(100)

    with pytest.raises(Invalid) as refusal:
        status(person, Status.ABROAD, ago(1), release_expected_on=ago(-20))

    assert refusal.value.code == "only_when_detained"


def test_an_expected_release_can_be_said_anew():
    person = in_the_community_since(100)
    status(person, Status.CUSTODY, ago(30))

    status(person, Status.CUSTODY, ago(0), release_expected_on=ago(-20))

    assert person.statuses.get(until_on=None).release_expected_on == ago(-20)
    assert person.statuses.get(until_on=None).from_on == ago(30)


def test_every_change_is_counted():
    person = in_the_community_since(100)
    before = person.version

    status(person, Status.CUSTODY, ago(30))

    person.refresh_from_db()
    assert person.version == before + 1


def level(person, to, on):
    return actions.change_level(
        offender=person,
        level=to,
        decided_on=on,
        decided_by=person.offender_manager,
        reason="New information.",
    )


def test_the_newest_level_is_copied_and_the_older_kept():
    person = make.person(management_level="medium")

    level(person, ManagementLevel.HIGH, ago(0))

    person.refresh_from_db()
    assert person.management_level == "high"
    assert list(person.levels.order_by("pk").values_list("level", flat=True)) == ["medium", "high"]


@pytest.mark.parametrize(
    ("to", "days", "code"),
    [
        (ManagementLevel.MEDIUM, 0, "level_unchanged"),
        (ManagementLevel.HIGH, 1, "decided_before_the_last"),
        (ManagementLevel.HIGH, -1, "in_future"),
    ],
)
def test_a_level_that_cannot_be_decided_is_refused(to, days, code):
    person = make.person(management_level="medium")

    with pytest.raises((RuleBroken, Invalid)) as refusal:
        level(person, to, ago(days))

    assert refusal.value.code == code
    assert person.levels.count() == 1


def reactive(person):
    return actions.change_mode(
        offender=person,
        mode=ManagementMode.REACTIVE,
        decided_on=ago(0),
        decided_by=person.offender_manager,
        reason="Low for three years.",
    )


@pytest.mark.parametrize(
    ("facts", "order", "code", "reason"),
    [
        ({"management_level": ""}, None, "level_missing", "not assessed"),
        ({"management_level": "low"}, {}, "order_is_live", "until further order"),
        ({"management_level": "low"}, {"ends_on": ago(0)}, "order_is_live", "its last day"),
        ({"management_level": "low"}, {"ends_on": ago(1)}, None, "over since yesterday"),
        ({"management_level": "low"}, {"discharged_on": ago(0)}, None, "discharged today"),
        ({"management_level": "low"}, None, None, "no order"),
    ],
)
def test_who_may_be_managed_reactively(facts, order, code, reason):
    person = make.person(**facts)
    if order is not None:
        Order.objects.create(offender=person, kind="sro", made_on=ago(50), **order)

    if code is None:
        reactive(person)
        assert person.management_mode == "reactive", reason
    else:
        with pytest.raises(RuleBroken) as refusal:
            reactive(person)
        assert refusal.value.code == code, reason


def test_a_new_home_address_closes_the_old_one():
    person = make.person()

    actions.change_address(
        offender=person, kind="regularly_found", line_1="The park", from_on=ago(1)
    )

    open_homes = person.addresses.filter(until_on=None)
    assert [home.line_1 for home in open_homes] == ["The park"]
    assert person.addresses.get(line_1="1 Example Row").until_on == ago(1)


def test_a_conflict_is_declared_once():
    person, officer = make.person(), make.officer()
    actions.declare_conflict(offender=person, user=officer, declared_by=officer)

    with pytest.raises(RuleBroken, match="declared already"):
        actions.declare_conflict(offender=person, user=officer, declared_by=officer)


def test_a_registration_ends_once():
    person = make.person()
    one, two = make.officer(), make.officer()
    actions.end_registration(offender=person, ended_on=ago(0), proposed_by=one, endorsed_by=two)

    with pytest.raises(RuleBroken, match="has been ended"):
        actions.end_registration(offender=person, ended_on=ago(0), proposed_by=two, endorsed_by=one)
