"""What an extract may say is what the records can hold, no more and no less."""

from pathlib import Path

import pytest

import rules
from accounts.models import Team, User
from offenders.models import Address, Alias, Identifier, Offender, Order, WarningMarker
from offenders.models.offender import (
    EthnicityOfficerDefined,
    EthnicitySelfDefined,
    ManagementLevel,
    ManagementMode,
    Sex,
)
from offenders.models.status import Status
from rules.ruleset import load
from workflows.imports.codes import CODES, CONDITIONAL_DISCHARGE, MARKER_CODES
from workflows.imports.columns import LONGEST, LONGEST_ALIAS

SHIPPED = Path(rules.__file__).parent / "default.yaml"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("sex", {*Sex.values, ""}),
        ("ethnicity_self_defined", {*EthnicitySelfDefined.values, ""}),
        ("ethnicity_officer_defined", {*EthnicityOfficerDefined.values, ""}),
        ("management_level", set(ManagementLevel.values)),
        ("management_mode", set(ManagementMode.values)),
        ("address_kind", {kind.value for kind in Address.HOME}),
        ("status", set(Status.values)),
        ("order_kind", {*Order.Kind.values, ""}),
    ],
)
def test_codes_are_those_of_the_records(column, values):
    assert set(CODES[column].values()) == values


def test_markers_are_those_of_the_records():
    assert set(MARKER_CODES.values()) == set(WarningMarker.Code.values)


def test_every_disposal_of_the_rule_set_is_known_or_refused_as_incomplete():
    rule_set = load(SHIPPED.read_text())

    assert {period.disposal for period in rule_set.notification_periods} == {
        *CODES["basis"].values(),
        CONDITIONAL_DISCHARGE,
    }


@pytest.mark.parametrize("number", ["mappa_category", "mappa_level"])
def test_mappa_numbers_are_numbers(number):
    assert all(code.isdecimal() for code in CODES[number].values() if code)


@pytest.mark.parametrize(
    ("model", "field", "longest"),
    [
        (Offender, "source_ref", LONGEST["source_ref"]),
        (Offender, "forename", LONGEST["forename"]),
        (Offender, "surname", LONGEST["surname"]),
        (Identifier, "value", LONGEST["visor_ref"]),
        (Identifier, "value", LONGEST["pnc_id"]),
        (Alias, "name", LONGEST_ALIAS),
        (Address, "line_1", LONGEST["address_line_1"]),
        (Address, "town", LONGEST["town"]),
        (Team, "name", LONGEST["team"]),
        (User, "staff_number", LONGEST["offender_manager"]),
    ],
)
def test_the_longest_value_fits_its_record(model, field, longest):
    assert longest <= model._meta.get_field(field).max_length
