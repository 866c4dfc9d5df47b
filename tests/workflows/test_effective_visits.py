"""Effective: in person, at home or where they are regularly found, by MOSOVO staff (PRACTICE 9)."""

import pytest

from accounts.models import Role
from offenders.errors import Invalid
from tests import make
from tests.workflows import doing
from workflows.actions.preparing import prepare_visit
from workflows.models import Visit
from workflows.steps.visit_preparation import PrepareVisit

pytestmark = pytest.mark.django_db

AWAY = {"at_notified_address": False}


@pytest.mark.parametrize(
    ("values", "code", "reason"),
    [
        ({}, "", "at the last notified address"),
        (AWAY | {"place": "home"}, "", "moved, and seen where they live now"),
        (AWAY | {"place": "regularly_found"}, "", "found where they are every day"),
        (AWAY, "say_where", "nobody says where"),
        (AWAY | {"place": "elsewhere"}, "not_at_home", "at the station"),
        ({"place": "elsewhere"}, "at_notified_address", "two places at once"),
        (AWAY | {"outcome": "no_answer"}, "", "an attempt elsewhere counts for nothing anyway"),
        (AWAY | {"outcome": "not_resident", "place": "home"}, "", "and may say where"),
    ],
)
def test_an_effective_visit_says_where_the_person_was_seen(values, code, reason):
    person = make.person(last_effective_visit_on="2026-01-05")
    due_on = doing.home_visit_due(person)

    if not code:
        assert doing.visit(person, **values).place == values.get("place", ""), reason
        return
    with pytest.raises(Invalid) as error:
        doing.visit(person, **values)

    assert (error.value.code, error.value.field) == (code, "place"), reason
    assert doing.home_visit_due(person) == due_on
    assert not Visit.objects.filter(origin="recorded").exists()


@pytest.mark.parametrize(
    ("role", "is_active", "may", "reason"),
    [
        (Role.OFFENDER_MANAGER, True, True, "MOSOVO"),
        (Role.SUPERVISOR, True, True, "MOSOVO"),
        (Role.INSPECTOR, True, True, "MOSOVO"),
        (Role.AUDITOR, True, False, "looks at records, makes no visits"),
        (Role.CONTACT_CENTRE, True, False, "answers the telephone"),
        (Role.SYSTEM_ADMIN, True, False, "reads no offender data"),
        (Role.MAPPA_PARTNER, True, False, "of another agency: named as the partner"),
    ],
)
def test_those_who_were_there_or_plan_to_go_make_visits(role, is_active, may, reason):
    person = make.person()
    named = make.officer(role, force=person.force, is_active=is_active)
    manager = make.activate(person.offender_manager)

    def prepare():
        prepare_visit(
            by=make.actor(manager),
            task=make.task_of(person).public_id,
            planned_at=None,
            safety_level="usual",
            safety_assessment="None known",
            partner="",
            purposes=[],
            checks=[],
            going=[named.staff_number],
        )

    def go():
        doing.visit(person, colleagues=[named.staff_number])

    for act, field in ((prepare, "going"), (go, "colleagues")):
        if may:
            act()
            continue
        with pytest.raises(Invalid) as error:
            act()
        assert (error.value.code, error.value.field) == ("unknown_officer", field), reason


def test_who_was_there_is_named_though_the_account_has_been_closed_since():
    person = make.person()
    gone = make.officer(force=person.force, is_active=False)

    visit = doing.visit(person, colleagues=[gone.staff_number], partner="")

    assert visit.attendances.filter(user=gone).exists()
    assert not visit.lone


def test_who_plans_to_go_has_an_open_account():
    person = make.person()
    gone = make.officer(force=person.force, is_active=False)
    form = PrepareVisit(
        data={
            "purposes": ["compliance"],
            "safety_level": "usual",
            "safety_assessment": "None known",
            "going": [gone.staff_number],
        }
    )
    form.is_valid(raise_exception=True)

    with pytest.raises(Invalid) as error:
        prepare_visit(
            by=make.actor(make.activate(person.offender_manager)),
            task=make.task_of(person).public_id,
            **form.validated_data,
        )

    assert (error.value.code, error.value.field) == ("unknown_officer", "going")


def test_nowhere_else_is_the_same_as_no_answer():
    found = make.person()
    visit = doing.visit(found, at_notified_address=True, place="nowhere_else")
    assert visit.place == ""

    with pytest.raises(Invalid) as error:
        doing.visit(make.person(), at_notified_address=False, place="nowhere_else")
    assert (error.value.code, error.value.field) == ("say_where", "place")
