"""Devices, accounts, homes and birthdays are found by an index, however many people a force has."""

import datetime as dt
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from offenders.actions.address import change_address
from offenders.models import Address, Device, OnlineAccount
from tests import make
from tests.workflows import indicating
from tests.workflows.plans import plan_of
from workflows.actions import holdings
from workflows.matching import Named, Sought, account_key, device_key, postcode_key
from workflows.queries.candidates import find

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 1, 5)
HELD = {"reference": "", "state": "declared", "on": DAY}

#: What is looked for, the table that is read, and the index that it is read by.
SOUGHT = {
    "device": (
        Sought(devices=frozenset({device_key("AB-12 34")})),
        "offenders_device",
        "device_by_number",
    ),
    "account": (
        Sought(accounts=frozenset({account_key("Examplegram", " Quill79 ")})),
        "offenders_onlineaccount",
        "online_account_by_name",
    ),
    "postcode": (
        Sought(people=(Named("", "", None, postcode_key("qx7 4zz")),)),
        "offenders_address",
        "address_by_postcode",
    ),
}


@pytest.fixture
def person(db: None):
    """Somebody with a device, an account and a home, each written down by its action."""
    found = make.person()
    by = make.actor(found.offender_manager)
    about = {"by": by, "offender": found.public_id, **HELD}
    holdings.add_device(**about, kind="phone", description="Example 5", identifier="ab-12 34")
    holdings.add_account(**about, service="Examplegram", user_name="Quill79")
    change_address(
        offender=found,
        kind="main_residence",
        line_1="14 Larkspur Mews",
        postcode="QX7 4ZZ",
        from_on=DAY,
    )
    return found


def found_by(person, what):
    sought, *_ = SOUGHT[what]
    known = find(person.force_id, [sought])
    by_key = {"device": known.devices, "account": known.accounts, "postcode": known.postcodes}
    return {one for people in by_key[what].values() for one in people}


@pytest.mark.parametrize("what", SOUGHT)
def test_what_an_action_writes_is_found_by_its_key(person, what):
    assert found_by(person, what) == {person.pk}


@pytest.mark.parametrize("what", SOUGHT)
def test_it_is_read_by_an_index_whatever_else_there_is(person, what):
    sought, table, index = SOUGHT[what]
    [plan] = plan_of(lambda: find(person.force_id, [sought]), f'FROM "{table}"')
    assert plan.count(index) == 2, plan  # by key, and those few without one
    assert "Seq Scan on " + table not in plan
    assert "SCAN " + table not in plan


def test_a_birthday_is_read_by_an_index(person):
    sought = Sought(people=(Named("nominal", "", person.date_of_birth, ""),))
    [plan] = plan_of(lambda: find(person.force_id, [sought]), 'FROM "offenders_offender"')
    assert "offender_birthday" in plan, plan


def test_an_extract_writes_the_key_of_the_home():
    found = make.person(postcode="QX7 4ZZ", address_line_1="14 Larkspur Mews")
    assert found.addresses.get().postcode_key == "QX74ZZ"


@pytest.mark.parametrize("what", SOUGHT)
def test_what_an_earlier_release_wrote_without_a_key_is_found_all_the_same(person, what):
    _without_keys()
    assert found_by(person, what) == {person.pk}


def test_the_migration_fills_every_key_as_the_actions_write_it(person):
    written = _keys()
    _without_keys()
    migration = import_module("offenders.migrations.0011_fill_the_keys")
    for _ in range(2):  # safe to run twice
        migration.fill(apps, SimpleNamespace(connection=connection))
    assert _keys() == written
    assert written == {"ab1234", "quill79", "QX74ZZ"}


def test_a_name_that_grows_when_it_is_folded_is_kept(person):
    long_name = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" * 200
    by = make.actor(person.offender_manager)
    account = holdings.add_account(
        by=by, offender=person.public_id, service="Examplegram", user_name=long_name, **HELD
    )
    assert len(account.user_name_key) == 200


def test_an_indicator_suggests_whoever_has_the_device(person):
    one = indicating.indicator(
        by=person.offender_manager, identifiers=[{"kind": "device", "value": "AB1234"}]
    )
    assert one.matches.get().reasons == ["device"]


def _without_keys() -> None:
    Device.objects.update(identifier_key=None)
    OnlineAccount.objects.update(user_name_key=None)
    Address.objects.update(postcode_key=None)


def _keys() -> set[str]:
    return {
        *Device.objects.values_list("identifier_key", flat=True),
        *OnlineAccount.objects.values_list("user_name_key", flat=True),
        *Address.objects.filter(until_on=None).values_list("postcode_key", flat=True),
    }
