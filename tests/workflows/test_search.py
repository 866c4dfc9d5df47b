"""Finding someone by a number: in any case, by index, within what the searcher may see."""

from importlib import import_module

import pytest
from django.apps import apps

from accounts.actor import Actor
from offenders.models import Identifier, Offender
from offenders.names import fold_number
from tests import make
from tests.workflows import crowd
from tests.workflows.imports.extracts import row
from tests.workflows.imports.importing import imported
from tests.workflows.plans import plan_of
from workflows.queries.people import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return make.force()


def found(force, number: str) -> list[str]:
    """References of whom an inspector of the force finds by a number."""
    inspector = make.actor(make.officer("inspector", force=force))
    return [person.source_ref for person in search(actor=inspector, identifier=number)]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("2020/9781064I", "as the national computer writes it"),
        ("2020/9781064i", "as it was typed"),
        ("23/657911", "another number of the same person"),
        ("Ref-1a", "our reference as the force writes it"),
        ("REF-1A", "our reference in capitals"),
    ],
)
def test_a_number_is_found_in_any_case(force, number, reason):
    rows = [
        row(source_ref="Ref-1a", pnc_id="2020/9781064i"),
        row(source_ref="R2", visor_ref="", pnc_id=""),
    ]
    imported(force, *rows)

    assert found(force, number) == ["Ref-1a"], reason
    assert Identifier.objects.get(kind="pnc").value == "2020/9781064I"
    assert imported(force, *rows).unchanged_count == 2


def test_one_number_in_two_spellings_is_one_number(force):
    rows = [
        row(source_ref="R1", visor_ref="", pnc_id="20/1a"),
        row(source_ref="R2", visor_ref="", pnc_id="20/1A"),
    ]

    job = imported(force, *rows)

    assert [(each["source_ref"], each["code"]) for each in job.remarks] == [
        ("R2", "identifier_taken")
    ]
    assert found(force, "20/1A") == ["R1"]


def test_only_the_spelling_changed_and_the_number_stays(force):
    imported(force, row(pnc_id="20/1a"))
    before = Identifier.objects.get(kind="pnc").pk

    imported(force, row(pnc_id="20/1A"))

    assert Identifier.objects.get(kind="pnc").pk == before


def test_a_number_of_someone_out_of_reach_finds_nobody(force):
    imported(force, row())

    assert found(make.force(), "23/657911") == []
    assert found(force, "23/65791") == [], "a part of a number is no number"


def test_a_number_is_looked_up_in_an_index_and_not_in_everyone():
    officer = crowd.officer(team=crowd.team(crowd.force()))
    for _ in range(5):
        crowd.person(officer)
    actor = Actor.of_user(officer)

    [plan] = plan_of(lambda: search(actor=actor, identifier="20/1a"), "UNION")

    assert "SCAN offenders" not in plan
    assert "Seq Scan" not in plan
    assert "Filter" not in plan
    assert "offender_reference_any_case" in plan


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("26/123456a", "26/123456A"),
        (" 1 ", "1"),
        ("é", "É"),
        ("ß" * 40, "ß" * 40),  # its capital would be two letters, and the column holds forty
    ],
)
def test_numbers_are_kept_in_capitals_and_no_longer_than_they_were(text, kept):
    assert fold_number(text) == kept


def test_numbers_that_were_kept_as_written_are_put_in_capitals():
    officer = crowd.officer(team=crowd.team(crowd.force()))
    first, second = crowd.person(officer), crowd.person(officer)
    Identifier.objects.create(offender=first, kind="pnc", value="20/1a")
    Identifier.objects.create(offender=second, kind="pnc", value="20/1A")
    Identifier.objects.create(offender=second, kind="cro", value="x9")

    import_module("offenders.migrations.0004_identifiers_in_capitals").capitalise(apps, None)

    kept = set(Identifier.objects.values_list("offender", "kind", "value"))
    assert kept == {(second.pk, "pnc", "20/1A"), (second.pk, "cro", "X9")}
    assert Offender.objects.count() == 2
