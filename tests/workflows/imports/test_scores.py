"""A file of official scores: read row by row, kept beside what was calculated, and preferred."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from risk.models import ScoreBand, ScoreTool, StaticScore
from tests import make
from tests.api.calling import system
from tests.make import SETUP
from workflows.actions.imports import import_file, look_at_file, permit, request_import, run_job
from workflows.actions.static_scores import calculate_scores, void_score
from workflows.imports import running
from workflows.imports.refusals import Refusal, UnreadableFile
from workflows.imports.score_rows import COLUMNS, read_scores
from workflows.models import ImportJob, Obligation
from workflows.queries.static_scores import standing_scores

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
GOOD = {
    "source_ref": "R1",
    "tool": "osp_dc",
    "band": "high",
    "scored_on": "2026-05-04",
    "reference": "OASys 77",
}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def person():
    return make.person(manager=make.officer(), source_ref="R1", sex="M")


def row(**cells):
    return dict.fromkeys(COLUMNS, "") | GOOD | cells


def scores(*rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def imported(force, *rows, by=SETUP, **options):
    return import_file(
        by=by, force=force, file=scores(*rows), name="scores.csv", as_of=TODAY,
        kind=ImportJob.Kind.SCORES, **options,
    )  # fmt: skip


def counts(job):
    return job.created_count, job.changed_count, job.unchanged_count, job.refused_count


def refused(job):
    return [(one.line, one.reason, one.column) for one in job.refusals.order_by("line")]


def test_it_is_kept_as_an_official_value_with_one_event_and_moves_nothing(person):
    owed = list(Obligation.objects.values_list("pk", "due_on"))
    job = imported(person.force, row(points="30", percent="4.62", version="2025"))

    assert counts(job) == (1, 0, 0, 0)
    kept = StaticScore.objects.get()
    assert kept.is_official
    assert (kept.offender, kept.tool, kept.band, kept.adjusted_band) == (
        person,
        ScoreTool.OSP_DC,
        ScoreBand.HIGH,
        ScoreBand.HIGH,
    )
    assert (kept.points, kept.percent, kept.reference) == (30, Decimal("4.62"), "OASys 77")
    assert (kept.recorded_by, kept.recorded_by_label) == (None, SETUP.label)
    event = Event.objects.get(subject=f"static_score:{kept.public_id}")
    assert (event.action, event.offender_id) == ("offender.import", person.pk)
    assert event.purpose_ref == str(job.public_id)
    assert list(Obligation.objects.values_list("pk", "due_on")) == owed


def test_an_older_official_value_is_preferred_and_the_calculated_one_stays(person):
    officer = make.actor(person.offender_manager)
    facts = {"contact_adult": 1, "contact_child": 0, "non_contact": 0, "images": 0}
    [calculated] = calculate_scores(
        by=officer, offender=person.public_id, tools=["osp_dc"], total_sanctions=1, **facts
    )
    imported(person.force, row())

    [stands] = standing_scores(person)
    assert stands.preferred.is_official
    assert stands.calculated == calculated


def test_the_same_file_again_writes_nothing(person):
    rows = [row(), row(tool="osp_iic", band="low"), row(tool="rm2000s", band="III")]
    assert counts(imported(person.force, *rows)) == (3, 0, 0, 0)
    before = Event.objects.filter(subject__startswith="static_score:").count()

    assert counts(imported(person.force, *rows)) == (0, 0, 3, 0)
    assert StaticScore.objects.count() == before == 3


def test_a_correction_of_the_same_reference_is_another_score_and_stands(person):
    imported(person.force, row())
    assert counts(imported(person.force, row(band="very_high"))) == (0, 1, 0, 0)
    assert counts(imported(person.force, row())) == (0, 1, 0, 0), "and back again"

    [stands] = standing_scores(person)
    assert (stands.preferred.band, StaticScore.objects.count()) == ("high", 3)


def test_what_somebody_here_voided_does_not_come_back_with_the_same_file(person):
    imported(person.force, row())
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    void_score(
        by=make.actor(supervisor),
        offender=person.public_id,
        score=StaticScore.objects.get().public_id,
        reason="Of somebody else of that name",
    )
    job = imported(person.force, row())

    assert counts(job) == (0, 0, 1, 0)
    assert job.remarks == [{"line": 2, "source_ref": "R1", "code": "score_void_here"}]
    assert standing_scores(person) == []


@pytest.mark.parametrize(
    ("cells", "reason", "column"),
    [
        ({"source_ref": ""}, "missing_required", "source_ref"),
        ({"band": ""}, "missing_required", "band"),
        ({"scored_on": "4 May 2026"}, "invalid_date", "scored_on"),
        ({"scored_on": "2026-11-24"}, "date_in_future", "scored_on"),
        ({"band": "severe"}, "unknown_code", "band"),
        ({"band": "III"}, "unknown_code", "band"),  # numbers are RM2000/s's
        ({"tool": "static99"}, "unknown_code", "tool"),
        ({"points": "65"}, "unknown_code", "points"),
        ({"percent": "4,6"}, "unknown_code", "percent"),
        ({"reference": "x" * 61}, "unknown_code", "reference"),
        ({"source_ref": "R2"}, "unknown_person", "source_ref"),
        ({"scored_on": "1950-01-01"}, "before_birth", "scored_on"),
        ({"reference": ""}, "reference_needed", "reference"),  # OSP can be found again
        ({"tool": "kirat"}, "not_of_this_tool", "reference"),
        ({"tool": "csrp", "points": "3"}, "not_of_this_tool", "points"),
        ({"tool": "osp_iic", "band": "very_high"}, "not_of_this_tool", "band"),
        ({"band": "low", "points": "60"}, "band_contradicts_figure", "band"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_column(person, cells, reason, column):
    job = imported(person.force, row(**cells))

    assert refused(job) == [(2, reason, column)]
    assert not StaticScore.objects.exists()


def test_of_a_woman_no_osp_dc_is_taken_and_her_other_scores_are():
    woman = make.person(source_ref="R1", sex="F")
    job = imported(woman.force, row(), row(tool="osp/iic", band="Low"))

    assert refused(job) == [(2, "not_for_this_person", "tool")]
    assert [one.tool for one in StaticScore.objects.all()] == ["osp_iic"]


def test_a_second_row_of_the_same_score_is_refused_however_it_is_written(person):
    again = row(tool="OSP/DC", scored_on="04/05/2026", band="low")
    job = imported(person.force, row(), again, row(reference="OASys 78"))

    assert refused(job) == [(3, "duplicate_reference", "source_ref")]
    assert counts(job) == (2, 0, 0, 1)


def test_a_person_of_another_force_is_nobody_there(person):
    other = make.person(force=make.force("OTHER"), source_ref="R9").force
    assert refused(imported(other, row())) == [(2, "unknown_person", "source_ref")]


def test_a_dry_run_says_the_same_and_keeps_nothing(person):
    rows = [row(), row(source_ref="R2"), row(band="severe", tool="rosh", reference="")]
    looked = look_at_file(
        by=SETUP, force=person.force, file=scores(*rows), as_of=TODAY, kind=ImportJob.Kind.SCORES
    )
    dry = imported(person.force, *rows, dry_run=True)
    assert not StaticScore.objects.exists()

    assert (looked.created, len(looked.refusals)) == (1, 2)
    assert counts(dry) == counts(imported(person.force, *rows)) == (1, 0, 0, 2)


def test_a_chunk_takes_as_many_statements_for_many_scores_as_for_one(
    person, django_assert_max_num_queries
):
    rows = [row(reference=f"OASys {number}") for number in range(running.CHUNK)]
    with django_assert_max_num_queries(40):
        assert counts(imported(person.force, *rows)) == (running.CHUNK, 0, 0, 0)


def test_a_file_of_people_is_no_file_of_scores(person):
    with pytest.raises(UnreadableFile, match="Column 2 of the header"):
        import_file(
            by=SETUP, force=person.force, file=io.BytesIO(b"source_ref,surname\nR1,Quill\n"),
            name="people.csv", as_of=TODAY, kind=ImportJob.Kind.SCORES,
        )  # fmt: skip


def test_a_refusal_names_its_column_and_repeats_nothing():
    [found] = read_scores(scores(row(band="SEVERE SECRET")), as_of=TODAY)
    assert isinstance(found, Refusal)
    assert "SECRET" not in repr(found)


def test_it_is_sent_by_api_as_a_kind_of_its_own(person):
    caller = system(force=person.force)
    sent = caller.client.post(
        "/api/v1/import-jobs?kind=scores",
        scores(row(), row(band="severe", reference="B")).getvalue(),
        content_type="text/csv",
        headers=caller.headers,
    )
    assert sent.status_code == 202, sent.content
    run_job(ImportJob.objects.get(kind="scores").pk)

    done = caller.get(sent.headers["Location"]).json()
    assert (done["kind"], done["state"], done["counts"]["created"]) == ("scores", "done", 1)
    found = caller.get(done["refusals"]).json()
    assert (found["rejected"], found["columns"]) == (
        {"line:3": "unknown_code"},
        {"line:3": "band"},
    )


def test_a_system_without_the_scope_of_scores_sends_people_alone(person):
    caller = system(scopes=["intake:write"], force=person.force)
    sent = caller.client.post(
        "/api/v1/import-jobs?kind=scores",
        scores(row()).getvalue(),
        content_type="text/csv",
        headers=caller.headers,
    )
    assert sent.status_code == 403
    assert not ImportJob.objects.filter(kind="scores").exists()


def test_an_inspector_sends_it_under_their_name_and_a_supervisor_does_not(person):
    inspector = make.officer(Role.INSPECTOR, force=person.force)
    job = request_import(
        by=make.actor(inspector), force=person.force, content=scores(row()).getvalue(),
        name="scores.csv", as_of=TODAY, kind=ImportJob.Kind.SCORES, dry_run=False,
    )  # fmt: skip
    run_job(job.pk)
    assert StaticScore.objects.get().recorded_by == inspector
    with pytest.raises(NotPermitted):
        permit(make.actor(make.officer(Role.SUPERVISOR, team=person.team)), person.force)


def test_the_command_takes_scores_of_a_force_that_is_there(person, tmp_path, capsys):
    file = tmp_path / "scores.csv"
    file.write_bytes(scores(row(), row(band="severe", reference="B")).getvalue())
    call_command("import_extract", str(file), "--kind=scores", f"--force={person.force.code}")

    said = capsys.readouterr().out
    assert "2 rows: 1 created, 0 changed, 0 unchanged, 1 refused" in said
    assert "unknown_code: 1 (band 1)" in said
    with pytest.raises(CommandError, match="no force"):
        call_command("import_extract", str(file), "--kind=scores", "--force=NOBODY")
