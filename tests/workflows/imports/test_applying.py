"""What an extract makes of people: new ones, the same again, and changed ones."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team, User
from audit.models import Event
from offenders import actions as people
from offenders.models import Identifier, LevelDecision, Offender, StatusInterval
from tests import make
from tests.workflows.imports.extracts import accepted, row
from tests.workflows.imports.importing import OF_THE_JOB, imported, one, rows_of_every_table
from workflows.imports.directory import Directory
from workflows.models import ImportedRecord, Obligation, Task, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def force():
    return make.force()


def open_visit(person):
    return Obligation.objects.get(offender=person, kind="home_visit", closed_at__isnull=True)


def spans(person):
    rows = person.statuses.order_by("from_on")
    return [(s.status, str(s.from_on), str(s.until_on or ""), s.began_with_release) for s in rows]


# --- new people ---------------------------------------------------------------------------------


def test_a_row_becomes_a_person_with_their_facts_and_open_work(force):
    person = one(
        force,
        aliases="Bron Keld;B. Marl",
        order_kind="shpo",
        order_made_on="2024-02-29",
        warning_markers="VI;WE",
    )

    assert (person.surname, person.search_key) == ("Marlkeld", "marlkeld bronwen")
    assert set(person.aliases.values_list("name", flat=True)) == {"Bron Keld", "B. Marl"}
    assert dict(person.identifiers.values_list("kind", "value")) == {
        "visor": "23/657911",
        "pnc": "2020/9781064I",
    }
    home = person.addresses.get()
    assert (home.postcode, home.from_on, home.until_on) == ("QX6 2NZ", None, None)
    assert person.bases.get().disposal == "any_other"
    assert spans(person) == [("community", "2024-02-29", "", False)]
    assert (person.levels.get().level, person.levels.get().origin) == ("medium", "imported")
    assert not person.modes.exists()
    assert person.orders.get().kind == "shpo"
    assert set(person.markers.values_list("code", flat=True)) == {"VI", "WE"}
    assert person.visits.get().origin == "imported"
    assert person.notifications.get().notified_on == dt.date(2026, 2, 14)
    assert (person.assessments.get().state, person.assessments.get().tool) == (
        "imported",
        "structured_judgement",
    )
    steps = Task.objects.open().filter(offender=person).values_list("step", "owner__staff_number")
    assert set(steps) == {
        ("record_outcome", "NO0001"),
        ("assess", "NO0001"),
        ("record_notification", "NO0001"),
        ("review_case", None),
    }


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # Released: the community begins with the release, and what came before is not invented.
        (
            {"released_on": "2025-03-01"},
            [("community", "2025-03-01", "", True)],
        ),
        # In custody now: in the community until then.
        (
            {"status": "custody", "status_since": "2026-01-10", "released_on": "2025-03-01"},
            [
                ("community", "2025-03-01", "2026-01-10", True),
                ("custody", "2026-01-10", "", False),
            ],
        ),
        # Never free since: no interval of no length.
        (
            {"status": "custody", "status_since": "2024-02-29"},
            [("custody", "2024-02-29", "", False)],
        ),
        # Since before the release that the row states: only the present status is certain.
        (
            {"status": "hospital", "status_since": "2025-01-01", "released_on": "2025-03-01"},
            [("hospital", "2025-01-01", "", False)],
        ),
        # No day stated: from the beginning.
        ({"status": "missing"}, [("missing", "2024-02-29", "", False)]),
    ],
)
def test_status_intervals_say_what_the_row_says_and_no_more(force, cells, expected):
    assert spans(one(force, **cells)) == expected


def test_a_person_without_level_is_not_assessed_and_has_no_decision(force):
    person = one(force, management_level="")

    assert person.management_level == "not_assessed"
    assert not person.levels.exists()


def test_a_reference_that_somebody_has_in_other_capitals_is_remarked_on(force):
    imported(force, row(source_ref="r1"))

    job = imported(force, row(source_ref="R1"), row(source_ref="R2"), row(source_ref="r2"))

    assert job.created_count == 3, "two records may be two people: nobody is left out"
    alike = [said for said in job.remarks if said["code"] == "reference_alike"]
    assert [(said["line"], said["code"]) for said in alike] == [
        (2, "reference_alike"),
        (3, "reference_alike"),
        (4, "reference_alike"),
    ]
    assert imported(force, row(source_ref="R1")).remarks == [], "said once"


def test_an_identifier_that_someone_holds_is_left_out_with_a_remark(force):
    job = imported(
        force,
        row(),
        row(source_ref="R2", pnc_id="2021/1234567A"),
        row(source_ref="R3", visor_ref="", pnc_id=""),
    )

    assert job.created_count == 3
    assert job.remarks == [{"line": 3, "source_ref": "R2", "code": "identifier_taken"}]
    assert Identifier.objects.get(kind="visor").offender.source_ref == "R1"
    assert Identifier.objects.filter(offender__source_ref="R2").get().kind == "pnc"


def test_unknown_teams_and_officers_are_made_inactive_and_reported(force):
    known = make.officer(team=make.team("South", in_force=force), staff_number="SO0001")

    job = imported(
        force,
        row(),
        row(source_ref="R2", visor_ref="", pnc_id="", team="north"),
        row(source_ref="R3", visor_ref="", pnc_id="", offender_manager="so0001"),
        row(source_ref="R4", visor_ref="", pnc_id="", team="", offender_manager="SO0001"),
        row(source_ref="R5", visor_ref="", pnc_id="", team="", offender_manager=""),
    )

    assert (job.new_teams, job.new_officers) == (["North", "Unallocated"], ["NO0001"])
    made = User.objects.get(staff_number="NO0001")
    assert (made.is_active, made.has_usable_password(), made.team.name) == (False, False, "North")
    known.refresh_from_db()
    assert known.team.name == "South"
    placed = Offender.objects.order_by("source_ref").values_list(
        "team__name", "offender_manager__staff_number"
    )
    assert list(placed) == [
        ("North", "NO0001"),
        ("North", "NO0001"),
        ("North", "SO0001"),
        ("South", "SO0001"),
        ("Unallocated", None),
    ]


def test_a_team_that_another_import_made_meanwhile_is_found(force):
    names_read_before = Directory(force)
    imported(force, row())

    assert names_read_before.register([accepted()], by=make.SETUP) == ([], [])
    assert Team.objects.filter(force=force).count() == 1


def test_each_person_leaves_one_event_and_the_job_one_more(force):
    person = one(force)

    events = Event.objects.filter(action="offender.import").order_by("pk")
    assert [(e.offender_id, e.operation) for e in events] == [
        (person.pk, "collection"),
        (None, "collection"),
    ]
    assert events[0].subject == f"offender:{person.public_id}"
    assert events[1].row_count == 1


# --- the same again -----------------------------------------------------------------------------


def test_the_same_extract_again_writes_and_locks_nobody(force):
    rows = [row(), row(source_ref="R2", visor_ref="", pnc_id="", status="custody")]
    imported(force, *rows)
    before = rows_of_every_table(but=OF_THE_JOB)
    versions = list(Offender.objects.values_list("version", flat=True))

    with CaptureQueriesContext(connection) as queries:
        job = imported(force, *rows)

    assert (job.created_count, job.changed_count, job.unchanged_count) == (0, 0, 2)
    assert rows_of_every_table(but=OF_THE_JOB) == before
    assert list(Offender.objects.values_list("version", flat=True)) == versions
    assert not [q for q in queries if 'UPDATE "offenders' in q["sql"]]


def test_another_spelling_of_the_same_values_changes_nothing(force):
    imported(force, row())

    job = imported(
        force, row(relevant_date="29/02/2024", postcode="qx62nz", management_level=" MEDIUM ")
    )

    assert (job.changed_count, job.unchanged_count) == (0, 1)


# --- changed people -----------------------------------------------------------------------------


def test_only_what_differs_is_changed(force):
    """The team was changed here, the surname in the other system: both stand."""
    person = one(force)
    other = make.team("West", in_force=force)
    Offender.objects.filter(pk=person.pk).update(team=other)

    job = imported(force, row(surname="Keldmarl"))

    person.refresh_from_db()
    assert job.changed_count == 1
    assert (person.surname, person.search_key) == ("Keldmarl", "keldmarl bronwen")
    assert (person.team, person.version) == (other, 2)
    assert person.addresses.count() == person.levels.count() == person.visits.count() == 1
    event = Event.objects.filter(operation="alteration").get()
    assert event.offender_id == person.pk


def test_a_changed_address_closes_the_old_one(force):
    person = one(force)

    imported(force, row(address_line_1="2 Kiln Close"))

    rows = person.addresses.order_by("pk").values_list("line_1", "from_on", "until_on")
    today = dt.date(2026, 11, 23)
    assert list(rows) == [("13 Kiln Close", None, today), ("2 Kiln Close", today, None)]


def test_an_address_corrected_on_the_same_day_is_one_address(force):
    person = one(force)

    imported(force, row(address_line_1="2 Kiln Close"))
    imported(force, row(address_line_1="3 Kiln Close"))

    assert list(person.addresses.order_by("pk").values_list("line_1", flat=True)) == [
        "13 Kiln Close",
        "3 Kiln Close",
    ]


def test_a_changed_level_is_a_new_imported_decision_and_moves_the_visit(force):
    person = one(force)
    before = open_visit(person)

    imported(force, row(management_level="very_high"))

    person.refresh_from_db()
    after = open_visit(person)
    assert person.management_level == "very_high"
    assert list(person.levels.order_by("pk").values_list("level", "origin")) == [
        ("medium", "imported"),
        ("very_high", "imported"),
    ]
    assert after.pk == before.pk
    assert after.due_on < before.due_on == after.original_due_on
    task = Task.objects.open().get(offender=person, step="record_outcome")
    assert (task.level, task.due_on) == ("very_high", after.due_on)


def test_a_file_does_not_overrule_a_level_decided_here(force):
    person = one(force)
    supervisor = make.officer(force=force)
    people.change_level(
        offender=person,
        level="very_high",
        decided_on=dt.date(2026, 11, 23),
        decided_by=supervisor,
        reason="New offending.",
    )

    job = imported(force, row(management_level="low"))

    person.refresh_from_db()
    assert person.management_level == "very_high"
    assert LevelDecision.objects.filter(offender=person).count() == 2
    assert job.remarks == [{"line": 2, "source_ref": "R1", "code": "level_decided_here"}]


def test_a_later_visit_settles_the_open_one_and_the_next_is_owed(force):
    person = one(force)
    before = open_visit(person)

    imported(force, row(last_effective_visit_on="2026-11-20"))

    before.refresh_from_db()
    after = open_visit(person)
    assert before.closed_because == "done"
    assert after.due_on > before.due_on
    assert Task.objects.open().filter(offender=person, step="record_outcome").count() == 1
    assert person.visits.count() == 2


def test_an_earlier_visit_replaces_nothing(force):
    person = one(force)
    before = open_visit(person)

    imported(force, row(last_effective_visit_on="2026-09-01"))

    assert person.visits.get().occurred_on == dt.date(2026, 10, 24)
    assert open_visit(person).due_on == before.due_on


def test_later_notification_and_assessment_move_what_is_owed(force):
    person = one(force)

    imported(force, row(last_notification_on="2026-11-01", last_assessment_on="2026-11-02"))

    due = dict(
        Obligation.objects.filter(offender=person, closed_at__isnull=True).values_list(
            "kind", "due_on"
        )
    )
    assert due["periodic_notification"] == dt.date(2027, 11, 1)
    assert due["risk_reassessment"] == dt.date(2027, 11, 2)


def test_a_person_now_in_custody_owes_nothing_there(force):
    person = one(force)

    imported(force, row(status="custody", status_since="2026-11-20"))

    assert spans(person) == [
        ("community", "2024-02-29", "2026-11-20", False),
        ("custody", "2026-11-20", "", False),
    ]
    kinds = Obligation.objects.filter(offender=person, closed_at__isnull=True).values_list("kind")
    assert ("home_visit",) not in kinds
    assert not Task.objects.open().filter(offender=person, step="record_outcome").exists()


def test_release_from_custody_begins_the_community(force):
    person = one(force, status="custody", status_since="2026-01-10")

    imported(force, row(released_on="2026-11-16"))

    assert spans(person)[-2:] == [
        ("custody", "2026-01-10", "2026-11-16", False),
        ("community", "2026-11-16", "", False),
    ]
    assert open_visit(person).rule == "visit.after_release"


def test_a_later_release_of_someone_at_large_ends_a_stay_nobody_recorded(force):
    person = one(force, released_on="2025-03-01")

    imported(force, row(released_on="2026-11-16"))

    assert spans(person) == [
        ("community", "2025-03-01", "2026-11-16", True),
        ("community", "2026-11-16", "", True),
    ]


def test_a_status_that_would_rewrite_history_is_left_out_with_a_remark(force):
    person = one(force, status="custody", status_since="2026-01-10")

    job = imported(force, row(status="abroad", status_since="2025-12-01"))

    assert StatusInterval.objects.get(offender=person, until_on=None).status == "custody"
    assert [remark["code"] for remark in job.remarks] == ["status_overlaps"]


def test_an_order_that_is_no_longer_stated_stays(force):
    person = one(force, order_kind="shpo", order_made_on="2024-02-29")

    job = imported(force, row())

    assert person.orders.count() == 1
    assert [remark["code"] for remark in job.remarks] == ["order_kept"]


def test_the_end_of_an_order_moves(force):
    person = one(force, order_kind="shpo", order_made_on="2024-02-29")

    imported(force, row(order_kind="shpo", order_made_on="2024-02-29", order_ends_on="2030-01-01"))

    assert person.orders.get().ends_on == dt.date(2030, 1, 1)


def test_markers_that_only_the_file_gave_are_withdrawn(force):
    person = one(force, warning_markers="VI;WE")
    person.markers.create(code="AG")

    imported(force, row(warning_markers="WE;FI"))

    live = person.markers.filter(withdrawn_on__isnull=True).values_list("code", flat=True)
    assert set(live) == {"WE", "FI", "AG"}


def test_a_changed_identifier_replaces_the_old_one(force):
    person = one(force)

    imported(force, row(visor_ref="24/000001", pnc_id=""))

    assert dict(person.identifiers.values_list("kind", "value")) == {"visor": "24/000001"}


def test_a_corrected_basis_is_one_basis_and_reactive_management_drops_the_visit(force):
    person = one(force, management_level="low")
    now = {"basis": "imprisonment_6m_or_less", "management_mode": "reactive"}

    imported(force, row(management_level="low", **now))

    assert person.bases.get().disposal == "imprisonment_6m_or_less"
    assert person.modes.get().mode == "reactive"
    assert not Task.objects.open().filter(offender=person, step="record_outcome").exists()


def test_people_follow_their_new_officer_with_their_open_work(force):
    person = one(force)

    imported(force, row(team="South", offender_manager="SO0009"))

    person.refresh_from_db()
    assert (person.team.name, person.offender_manager.staff_number) == ("South", "SO0009")
    task = Task.objects.open().get(offender=person, step="record_outcome")
    assert (task.team, task.owner) == (person.team, person.offender_manager)


def test_nobody_is_given_to_an_officer_who_declared_a_conflict(force):
    person = one(force)
    tied = make.officer(team=Team.objects.get(name="North"), staff_number="NO0002")
    people.declare_conflict(offender=person, user=tied, declared_by=tied)

    job = imported(force, row(offender_manager="NO0002"))

    person.refresh_from_db()
    assert person.offender_manager.staff_number == "NO0001"
    assert [remark["code"] for remark in job.remarks] == ["manager_has_conflict"]


def test_an_extract_that_names_no_officer_any_more_takes_none_away(force):
    person = one(force)

    job = imported(force, row(offender_manager=""))

    person.refresh_from_db()
    assert person.offender_manager.staff_number == "NO0001"
    assert [remark["code"] for remark in job.remarks] == ["manager_not_named"]
    assert imported(force, row(offender_manager="")).remarks == [], "said once"


def test_a_person_of_another_force_with_the_same_reference_is_left_alone(force):
    person = one(force)

    job = imported(make.force(), row(surname="Other", visor_ref="", pnc_id=""))

    person.refresh_from_db()
    assert (job.created_count, person.surname) == (1, "Marlkeld")


# --- cost ---------------------------------------------------------------------------------------


def test_the_number_of_statements_does_not_follow_the_number_of_rows(force):
    """Sixty rows cost what six do, but for INSERTs that a database splits."""

    def cost(first: int, count: int) -> int:
        rows = [
            row(source_ref=f"P{n}", visor_ref="", pnc_id="") for n in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as queries:
            imported(force, *rows)
        tables = [q["sql"].split('"')[1] for q in queries if q["sql"].startswith("INSERT")]
        return len(queries) - len(tables) + len(set(tables))

    few = cost(0, 6)

    assert cost(100, 60) <= few
    assert cost(200, 1) <= 65
    assert Visit.objects.count() == ImportedRecord.objects.count() == 67
