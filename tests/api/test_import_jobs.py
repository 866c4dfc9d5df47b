"""Sending an extract, and following its job."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Force
from tests import make
from tests.api.calling import Caller, system
from workflows.actions.imports import run_job
from workflows.imports.synthetic import write_csv
from workflows.models import ImportJob, ImportRefusal

pytestmark = pytest.mark.django_db


def an_extract(**facts: Any) -> bytes:
    file = io.BytesIO()
    write_csv(file, [make.extract_row(team="Tean", **facts)])
    return file.getvalue()


def send(caller: Caller, content: bytes, query: str = "", **headers: str) -> Any:
    return caller.client.post(
        f"/api/v1/import-jobs{query}",
        content,
        content_type="text/csv",
        headers=caller.headers | {name.replace("_", "-"): text for name, text in headers.items()},
    )


def test_an_extract_is_read_in_the_background_and_reported() -> None:
    caller = system()
    asked = send(caller, an_extract(surname=""), "?name=night.csv&as_of=2026-11-23")
    assert asked.status_code == 202, asked.content
    waiting = caller.get(asked.headers["Location"]).json()
    assert (waiting["state"], waiting["name"], waiting["dry_run"]) == (
        "waiting",
        "night.csv",
        False,
    )
    run_job(ImportJob.objects.get().pk)
    done = caller.get(asked.headers["Location"]).json()
    assert (done["state"], done["counts"]["refused"]) == ("done", 1)
    [reason] = caller.get(done["refusals"]).json()["rejected"].values()
    assert reason == "missing_required"


def test_one_file_may_come_in_a_form() -> None:
    caller = system()
    file = SimpleUploadedFile("force.csv", an_extract(), content_type="text/csv")
    answer = caller.client.post(
        "/api/v1/import-jobs?dry_run=true", {"file": file}, headers=caller.headers
    )
    assert answer.status_code == 202, answer.content
    assert (answer.json()["name"], answer.json()["dry_run"]) == ("force.csv", True)


def test_a_form_holds_one_file_and_nothing_else() -> None:
    caller = system()
    file = SimpleUploadedFile("force.csv", an_extract())
    answer = caller.client.post(
        "/api/v1/import-jobs", {"file": file, "force": "OTHER"}, headers=caller.headers
    )
    assert answer.json()["invalid"]["file"][0]["code"] == "one_file"


def test_an_empty_file_is_refused() -> None:
    assert send(system(), b"").json()["invalid"]["file"][0]["code"] == "empty"


def test_a_file_over_the_limit_is_not_kept(settings: Settings) -> None:
    settings.IMPORT_MAX_BYTES = 10
    answer = send(system(), b"x" * 11)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert ImportJob.objects.count() == 0


def test_json_is_no_extract() -> None:
    assert system().post("import-jobs", {}).status_code == 415


def test_a_repeated_key_makes_one_job() -> None:
    caller, content = system(), an_extract()
    first = send(caller, content, Idempotency_Key="i-1")
    again = send(caller, content, Idempotency_Key="i-1")
    assert first.content == again.content
    assert ImportJob.objects.count() == 1
    other = send(caller, an_extract(), Idempotency_Key="i-1")
    assert other.status_code == 422


def test_a_job_of_another_force_is_not_there() -> None:
    asked = send(system(), an_extract())
    assert system().get(asked.headers["Location"]).status_code == 404
    assert Force.objects.count() == 2


def test_a_job_of_the_whole_force_is_closed_to_a_system_of_one_team() -> None:
    force = make.force()
    asked = send(system(force=force), an_extract(surname=""))
    job = asked.headers["Location"]
    of_a_team = system(force=force, teams=[make.team(in_force=force)])
    assert [of_a_team.get(path).status_code for path in (job, f"{job}/refusals")] == [403, 403]


def a_job_with_refusals(force: Force, keys: list[str]) -> ImportJob:
    job = ImportJob.objects.create(force=force, name="night.csv", as_of=timezone.localdate())
    rows = [
        ImportRefusal(job=job, line=line, row_key=key, reason="missing_required")
        for line, key in enumerate(keys, start=2)
    ]
    ImportRefusal.objects.bulk_create(rows)
    return job


def test_refusals_come_in_pages_and_none_is_lost() -> None:
    force = make.force()
    job = a_job_with_refusals(force, ["A", "B", "A", "C", "A"])
    caller = system(force=force)
    found: dict[str, str] = {}
    path, sizes = f"import-jobs/{job.public_id}/refusals?limit=2", []
    while path:
        page = caller.get(path).json()
        sizes.append(len(page["rejected"]))
        found |= page["rejected"]
        path = page["next"]
    assert sizes == [2, 2, 1]
    # A row with the reference of an earlier one is named by its line.
    assert set(found) == {"A", "B", "line:4", "C", "line:6"}


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "cursor=made-up", "page=2"])
def test_a_bad_page_of_refusals_is_refused(query: str) -> None:
    force = make.force()
    job = a_job_with_refusals(force, ["A"])
    answer = system(force=force).get(f"import-jobs/{job.public_id}/refusals?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
