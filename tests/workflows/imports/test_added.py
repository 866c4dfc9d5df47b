"""An import names what it adds besides people, and leaves open work with whom it is."""

import pytest
import time_machine

from accounts.models import Force
from audit.models import Event, Payload
from tests import make
from tests.workflows.imports.extracts import TODAY, extract, row
from tests.workflows.imports.importing import imported, one
from workflows.actions.imports import import_file
from workflows.imports.refusals import UnreadableFile
from workflows.models import ImportJob, Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def force() -> Force:
    return make.force()


def named(job: ImportJob) -> dict[str, list[str]]:
    """What the last event of a job names."""
    event = Event.objects.filter(subject=f"import-job:{job.public_id}").latest("pk")
    said = Payload.objects.filter(event_id=event.pk).first()
    return said.payload if said else {}


def test_the_last_event_of_a_job_names_the_teams_and_officers_it_added(force):
    rows = [
        row(),
        row(source_ref="R2", visor_ref="", pnc_id="", team="South", offender_manager="SO0002"),
    ]

    job = imported(force, *rows)

    assert named(job) == {"new_teams": ["North", "South"], "new_officers": ["NO0001", "SO0002"]}
    assert named(imported(force, *rows)) == {}, "nobody is new the second time"


def test_a_dry_run_added_nobody(force):
    assert named(imported(force, row(), dry_run=True)) == {}


def test_a_job_that_failed_half_way_names_whom_it_added_all_the_same(force):
    rows = [row(source_ref=f"R{n}", visor_ref="", pnc_id="") for n in range(100)]
    file = extract(*rows)
    file.seek(0, 2)
    file.write(b"R100,\xff\xfe\n")
    file.seek(0)

    with pytest.raises(UnreadableFile):
        import_file(by=make.SETUP, force=force, file=file, name="t.csv", as_of=TODAY)

    assert named(ImportJob.objects.get()) == {"new_teams": ["North"], "new_officers": ["NO0001"]}


def visit_of(person) -> Task:
    return Task.objects.open().get(offender=person, step="record_outcome")


def test_a_released_task_stays_in_its_queue_until_the_extract_names_another_officer(force):
    person = one(force)
    Task.objects.filter(pk=visit_of(person).pk).update(owner=None, status="NEW")

    imported(force, row(surname="Other", last_notification_on="2026-11-01"))
    assert visit_of(person).owner is None

    imported(force, row(surname="Other", offender_manager="NO0002"))
    assert visit_of(person).owner.staff_number == "NO0002"
