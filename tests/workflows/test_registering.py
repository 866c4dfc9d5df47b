"""Somebody is registered by hand: the same facts, and the same work, as by an extract."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event, Payload
from offenders.errors import Invalid, RuleBroken
from offenders.models import (
    Alias,
    ConflictOfInterest,
    Offender,
    RestrictedAccess,
    StatusInterval,
)
from tests import make
from tests.workflows.imports.extracts import row
from tests.workflows.imports.importing import imported, rows_of_every_table
from workflows.actions.registering import register_person
from workflows.errors import NotVisible
from workflows.models import Alert, Task

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def supervisor():
    return make.officer(Role.SUPERVISOR)


def register(by, *, team=None, **values):
    return register_person(
        by=make.actor(by), team=(team or by.team).public_id, **make.registering(**values)
    )


def refused(by, error=Invalid, **values):
    """How it is refused, and that it left nothing behind."""
    before = rows_of_every_table()
    with pytest.raises(error) as raised:
        register(by, **values)
    assert rows_of_every_table() == before
    return raised.value


# --- as by an extract -----------------------------------------------------------------------------

#: The same person in the words of both.
FACTS = {
    "surname": "Marlkeld",
    "forename": "Bronwen",
    "sex": "F",
    "town": "Dunmere",
    "address_line_1": "13 Kiln Close",
    "address_kind": "main_residence",
    "ethnicity_self_defined": "W1",
}
DAYS = {"date_of_birth": dt.date(1970, 5, 1), "relevant_date": dt.date(2026, 11, 16)}
CUSTODY = {"status": "custody", "status_since": dt.date(2026, 11, 18)}
RELEASED = {"status": "community", "released_on": dt.date(2026, 11, 20)}
ABROAD = {"status": "abroad", "released_on": dt.date(2026, 11, 17), "status_since": TODAY}


def said(person: Offender) -> dict[str, object]:
    """Everything that is known of somebody and owed to them, but for keys and their references."""
    home = person.addresses.first()
    return {
        "person": [
            getattr(person, name)
            for name in (
                *("surname", "forename", "sex", "search_key", "date_of_birth", "version"),
                *("ethnicity_self_defined", "mappa_category", "mappa_level"),
                *("management_level", "management_mode", "team_id", "offender_manager_id"),
            )
        ],
        "home": home and [home.line_1, home.town, home.postcode, home.postcode_key, home.from_on],
        "bases": list(person.bases.values_list("disposal", "relevant_date", "discharge_months")),
        "where": list(
            person.statuses.values_list(
                "status", "from_on", "until_on", "began_with_release", "taken_over_on"
            )
        ),
        "decided": [person.levels.count(), person.modes.count()],
        "owed": sorted(
            person.obligations.values_list("kind", "about", "due_on", "original_due_on", "rule")
        ),
        "work": sorted(
            Task.objects.open()
            .filter(offender=person)
            .values_list("step", "owner", "due_on", "team", "force")
        ),
    }


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"status": "community"}, "never held: the clock begins with the relevant date"),
        (RELEASED, "released: three days beginning with release"),
        (CUSTODY, "in custody: release planning and no visit"),
        (ABROAD, "abroad since today"),
        ({"status": "community", "relevant_date": TODAY}, "registered the same day"),
        ({"status": "community", "date_of_birth": dt.date(2009, 5, 1)}, "a child: half the period"),
    ],
)
@pytest.mark.parametrize("has_manager", [True, False])
def test_what_is_known_and_owed_is_as_if_an_extract_had_stated_it(
    supervisor, facts, why, has_manager
):
    manager = make.officer(team=supervisor.team)
    number = manager.staff_number if has_manager else ""
    days = DAYS | facts
    stated = {name: value.isoformat() for name, value in days.items() if name != "status"}
    empty = ("last_notification_on", "last_effective_visit_on", "last_assessment_on")
    empty += ("management_level", "warning_markers", "easting", "northing", "visor_ref", "pnc_id")
    empty += ("ethnicity_officer_defined", "mappa_category", "mappa_level")
    cells = FACTS | {"postcode": "QX6 2NZ", "status": days["status"]} | stated
    cells |= {"team": supervisor.team.name, "offender_manager": number}
    imported(supervisor.force, row(**dict.fromkeys(empty, ""), **cells))
    other = Offender.objects.get(source_ref="R1")

    person = register(
        supervisor,
        **FACTS,
        **days,
        postcode="qx62nz",
        offender_manager=number,
        is_another_person=True,
    )

    assert said(person) == said(other), why
    assert person.obligations.exists() or facts is ABROAD


def test_an_extract_that_comes_later_finds_them_and_moves_nobody(supervisor):
    person = register(supervisor, reference="R1", postcode="QX6 2NZ", **FACTS, **DAYS)

    job = imported(
        supervisor.force,
        row(
            date_of_birth="1970-05-01",
            relevant_date="2026-11-16",
            last_notification_on="",
            last_effective_visit_on="",
            last_assessment_on="",
            team=supervisor.team.name,
        ),
    )

    assert (job.created_count, job.changed_count) == (0, 1)
    home = person.addresses.get()
    assert (home.from_on, home.until_on, home.easting) == (None, None, 391800)
    assert person.bases.count() == 1
    assert list(person.identifiers.values_list("kind", flat=True).order_by("kind")) == [
        "pnc",
        "visor",
    ]
    person.refresh_from_db()
    assert person.offender_manager.staff_number == "NO0001"


def test_what_the_first_extract_leaves_empty_stays_as_it_was_typed_and_the_second_takes_away(
    supervisor,
):
    typed = FACTS | {"postcode": "QX6 2NZ", "mappa_category": 2, "mappa_level": 1}
    person = register(supervisor, reference="R1", **typed, **DAYS)
    days = {"date_of_birth": "1970-05-01", "relevant_date": "2026-11-16"}
    cells = days | {"team": supervisor.team.name}
    cells |= dict.fromkeys((f"last_{what}_on" for what in ("notification", "assessment")), "")
    cells |= {"last_effective_visit_on": ""}
    empty = ("forename", "sex", "ethnicity_self_defined", "mappa_category", "mappa_level")
    empty += ("address_line_1", "town", "postcode", "easting", "northing")

    def stands():
        person.refresh_from_db()
        particulars = [getattr(person, name) for name in (*empty[:5], "search_key")]
        return particulars, list(person.addresses.filter(until_on=None).values_list("line_1"))

    before = stands()
    job = imported(supervisor.force, row(**cells | dict.fromkeys(empty, "")))
    assert (job.changed_count, stands()) == (1, before)

    imported(supervisor.force, row(**cells))
    assert stands()[0][3] == 1, "what it states is taken over"
    assert person.addresses.get().from_on is None, "nobody has moved by it"
    imported(supervisor.force, row(**cells | dict.fromkeys(empty, "")))
    assert stands() == (["", "", "", None, None, "marlkeld"], [])


# --- what cannot be -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"date_of_birth": dt.date(2026, 11, 24)}, "in_future", "date_of_birth"),
        ({"relevant_date": dt.date(2026, 11, 24)}, "in_future", "relevant_date"),
        ({"released_on": dt.date(2026, 11, 24)}, "in_future", "released_on"),
        ({**CUSTODY, "status_since": dt.date(2026, 11, 24)}, "in_future", "status_since"),
        ({"relevant_date": dt.date(1980, 2, 28)}, "before_birth", "relevant_date"),
        ({"released_on": dt.date(1980, 2, 28)}, "before_birth", "released_on"),
        ({**CUSTODY, "status_since": dt.date(1980, 2, 28)}, "before_birth", "status_since"),
        ({**CUSTODY, "released_on": TODAY}, "released_later", "released_on"),
        ({"disposal": "conditional_discharge"}, "discharge_needs_months", "discharge_months"),
        ({"discharge_months": 12}, "no_discharge", "discharge_months"),
        ({"status_since": TODAY}, "only_when_away", "status_since"),
        ({"town": "Tean"}, "say_which_home", "address_kind"),
        ({"address_kind": "main_residence"}, "address_needed", "address_line_1"),
        (
            {"address_kind": "regularly_found", "postcode": "nowhere"},
            "invalid_postcode",
            "postcode",
        ),
        ({"aliases": ["Bron Keld", "Bron Keld"]}, "alias_twice", "aliases"),
        (
            {"identifiers": [{"kind": "pnc", "value": "1"}, {"kind": "pnc", "value": "2"}]},
            "identifier_twice",
            "identifiers.1.kind",
        ),
        ({"offender_manager": "NOBODY"}, "unknown_officer", "offender_manager"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(supervisor, values, code, field):
    error = refused(supervisor, **values)

    assert (error.code, error.field) == (code, field)


def test_a_conditional_discharge_is_registered_for_as_long_as_it_is(supervisor):
    person = register(supervisor, disposal="conditional_discharge", discharge_months=12)

    assert person.bases.get().discharge_months == 12


def test_somebody_without_a_home_is_registered_where_they_are_found(supervisor):
    person = register(supervisor, address_kind="regularly_found")

    assert person.addresses.get().kind == "regularly_found"


def test_who_is_given_them_is_of_the_team_and_may_take_people(supervisor):
    elsewhere = make.officer(team=make.team(in_force=supervisor.force))
    closed = make.officer(team=supervisor.team, is_active=False)
    inspector = make.officer(Role.INSPECTOR, team=supervisor.team)

    assert refused(supervisor, offender_manager=elsewhere.staff_number).code == "unknown_officer"
    for officer in (closed, inspector):
        error = refused(supervisor, RuleBroken, offender_manager=officer.staff_number)
        assert error.code == "officer_cannot_take"


# --- nobody twice ---------------------------------------------------------------------------------


@pytest.mark.parametrize("reference", ["R7/1", "r7/1"])
def test_a_reference_is_somebodys_once_however_it_is_typed(supervisor, reference):
    register(supervisor, reference="R7/1")

    error = refused(supervisor, RuleBroken, reference=reference, is_another_person=True)

    assert error.code == "reference_known"


def test_the_same_reference_in_another_force_is_somebody_else(supervisor):
    register(supervisor, reference="R7/1")

    assert register(make.officer(Role.SUPERVISOR), reference="R7/1").source_ref == "R7/1"


def test_a_number_that_somebody_has_is_refused_in_any_force_even_where_it_is_said_to_be_another(
    supervisor,
):
    number = {"kind": "pnc", "value": "2020/9781064i"}
    register(make.officer(Role.SUPERVISOR), identifiers=[number], surname="Elsewhere")

    error = refused(
        supervisor,
        identifiers=[{"kind": "visor", "value": "X1"}, number | {"value": "2020/9781064I"}],
        is_another_person=True,
    )

    assert (error.code, error.field) == ("identifier_known", "identifiers.1.value")


ALIKE = {"surname": "Nominal", "forename": "Test"}


@pytest.mark.parametrize(
    ("values", "is_asked", "why"),
    [
        (ALIKE, True, "the same name and birthday"),
        ({"surname": "NOMINÀL", "forename": ""}, True, "the surname, however it is written"),
        ({"surname": "Nominal", "forename": "Quill"}, True, "forenames vary in writing"),
        ({"surname": "Bron", "forename": "Keld"}, False, "another name"),
        ({"surname": "Keld", "forename": "Bron"}, True, "another name of theirs"),
        ({"surname": "Other", "aliases": ["Nominal Test"]}, True, "known here under that name"),
        (ALIKE | {"date_of_birth": dt.date(1980, 3, 1)}, False, "another birthday"),
        ({"surname": "Nomina"}, False, "the beginning of a surname alone"),
    ],
)
def test_whoever_may_be_on_record_is_asked_about_and_registered_once_that_is_said(
    supervisor, values, is_asked, why
):
    known = make.person(manager=make.officer(team=supervisor.team))
    Alias.objects.create(offender=known, name="Keld Bron", search_key="keld bron")

    if is_asked:
        assert refused(supervisor, RuleBroken, **values).code == "possible_duplicate", why
    else:
        assert register(supervisor, **values), why
    another = register(supervisor, is_another_person=True, **ALIKE)

    assert another.date_of_birth == known.date_of_birth
    event = Event.objects.filter(action="offender.register").latest("pk")
    assert Payload.objects.get(event_id=event.pk).payload["another_person"] is True


def test_it_is_asked_about_people_of_other_teams_but_of_no_other_force(supervisor):
    make.person()
    assert register(supervisor, **ALIKE | {"reference": "A"})
    Offender.objects.filter(source_ref="A").update(surname="Gone", search_key="gone")
    make.person(manager=make.officer(team=make.team(in_force=supervisor.force)))

    assert refused(supervisor, RuleBroken, **ALIKE).code == "possible_duplicate"


def test_nobody_learns_by_it_of_whoever_is_closed_to_them(supervisor):
    known = make.person(manager=make.officer(team=supervisor.team))
    ConflictOfInterest.objects.create(offender=known, user=supervisor, declared_by=supervisor)
    assert register(supervisor, **ALIKE | {"forename": "Quill", "surname": "Nominal"})

    other = make.officer(Role.SUPERVISOR, team=make.team(in_force=supervisor.force))
    hidden = make.person(
        manager=make.officer(team=other.team), surname="Hidden", date_of_birth="1971-01-02"
    )
    Offender.objects.filter(pk=hidden.pk).update(is_restricted=True)
    like = {"surname": "Hidden", "date_of_birth": dt.date(1971, 1, 2)}
    RestrictedAccess.objects.create(offender=hidden, user=other, named_by=other)

    assert refused(other, RuleBroken, **like).code == "possible_duplicate"
    assert register(supervisor, **like)


# --- who does it, and who is told -----------------------------------------------------------------


def test_supervisors_register_for_their_team_and_inspectors_for_any(supervisor):
    other = make.team(in_force=supervisor.force)
    inspector = make.officer(Role.INSPECTOR, force=supervisor.force)
    with pytest.raises(NotPermitted):
        register(make.officer(team=supervisor.team))
    with pytest.raises(NotVisible):
        register(supervisor, team=other)
    with pytest.raises(NotVisible):
        register(inspector, team=make.team())

    assert register(inspector, team=other).team == other


def test_whoever_manages_them_is_told_once_and_the_act_is_one_event(supervisor):
    manager = make.officer(team=supervisor.team)

    person = register(supervisor, offender_manager=manager.staff_number.lower())

    told = Alert.objects.get()
    assert (told.to, told.about, told.offender) == (manager, "people_received", person)
    assert person.offender_manager == manager
    event = Event.objects.get(action="offender.register")
    assert (event.offender_id, event.subject) == (person.pk, f"offender:{person.public_id}")
    assert "Newcomb" not in str(Payload.objects.get(event_id=event.pk).payload)


def test_nobody_is_told_of_whom_they_registered_for_themselves(supervisor):
    register(supervisor, offender_manager=supervisor.staff_number)

    assert not Alert.objects.exists()


def test_of_whom_nobody_manages_yet_the_teams_supervisors_are_told(supervisor):
    inspector = make.officer(Role.INSPECTOR, force=supervisor.force)

    person = register(inspector, team=supervisor.team)

    told = Alert.objects.get()
    assert (told.to, told.about, told.people) == (supervisor, "people_unmanaged", 1)
    steps = Task.objects.open().filter(offender=person)
    assert set(steps.values_list("owner", "team")) == {(None, supervisor.team_id)}


def test_where_they_are_begins_no_earlier_than_it_is_known_for_release_planning(supervisor):
    person = register(supervisor, **DAYS, **CUSTODY)

    assert StatusInterval.objects.get(offender=person, until_on=None).taken_over_on == TODAY
    assert timezone.localdate() == TODAY
