"""Two people are registered at once with one number: the second is refused, nothing half-written.

By a unique key, since no lock is held over all forces; on SQLite one comes after the other.
"""

import pytest
from django.db import connection

from accounts.models import Role, User
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from tests import make
from tests.concurrency.racing import one_after_the_other
from workflows.actions.registering import register_person
from workflows.invariants import broken

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

NUMBER = {"identifiers": [{"kind": "pnc", "value": "2020/1234567A"}]}


def registers(by: User, **values: object):
    said = make.registering(**values)
    return lambda: register_person(by=make.actor(by), team=by.team.public_id, **said)


def test_one_number_in_two_forces_is_one_persons():
    one, other = make.officer(Role.SUPERVISOR), make.officer(Role.SUPERVISOR)
    assert one.force != other.force

    first, second = one_after_the_other(
        registers(one, **NUMBER), registers(other, surname="Otherfield", **NUMBER)
    )

    assert isinstance(first, Offender)
    assert isinstance(second, Invalid)
    assert (second.code, second.field) == ("identifier_known", "identifiers.0.value")
    assert Offender.objects.get() == first
    assert broken() == {}


def test_one_reference_in_one_force_is_one_persons():
    one = make.officer(Role.SUPERVISOR)
    other = make.officer(Role.SUPERVISOR, team=one.team)

    first, second = one_after_the_other(
        registers(one, reference="R1"), registers(other, reference="R1", surname="Otherfield")
    )

    assert isinstance(first, Offender)
    assert isinstance(second, RuleBroken)
    assert second.code == "reference_known"
    assert Offender.objects.get() == first
