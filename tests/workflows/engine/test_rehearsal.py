"""What a release would do to running work is known before it, without a name."""

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import connection

from tests import make
from tests.workflows import doing
from workflows.engine.rehearsal import snapshots
from workflows.models import Process, Task
from workflows.pictures import FLOW_NAMES, flow_bpmn

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
VISIT = "workflows/flows.visit.VisitFlow"


def rehearsed(folder: Path) -> tuple[str, int]:
    """What the command says, and its exit code."""
    out, code = io.StringIO(), 0
    try:
        call_command("rehearse_flows", snapshots=folder, stdout=out, stderr=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return out.getvalue(), code


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The flows of this code, as a release would keep them."""
    call_command("rehearse_flows", keep=True, snapshots=tmp_path, stdout=io.StringIO())
    return tmp_path


def change(folder: Path, name: str, **nodes: list[str] | None) -> None:
    """Have the previous release's snapshot say something else of some nodes."""
    path = folder / f"{name}.json"
    snapshot = json.loads(path.read_text())
    for node, followers in nodes.items():
        if followers is None:
            del snapshot["nodes"][node]
        else:
            snapshot["nodes"][node] = followers
    path.write_text(json.dumps(snapshot))


@pytest.mark.django_db
def test_a_release_that_changes_no_flow_touches_nothing(kept: Path):
    make.person()
    make.person()

    said, code = rehearsed(kept)

    assert f"{VISIT}: 2 running\n  record_outcome: 2 running\n" in said
    assert "No running work is left behind; 0 go on another way." in said
    assert code == 0


@pytest.mark.django_db
def test_a_node_with_other_followers_is_told_where_work_stands_at_it(kept: Path):
    make.person()
    change(kept, "visit", record_outcome=["next: write_up"], review=["next: end"])

    said, code = rehearsed(kept)

    assert "record_outcome: 1 running, was followed by next: write_up; now by next: was" in said
    assert " review:" not in said, "no work stands there"
    assert "1 go on another way" in said
    assert code == 0


@pytest.mark.django_db
def test_a_branch_that_was_turned_round_is_other_followers(kept: Path):
    person = make.person()
    task = make.task_of(person)
    reference(task, "was_effective")
    change(kept, "visit", was_effective=["cond_false: write_up", "cond_true: record_outcome"])

    assert "was_effective: 1 running, was followed by cond_false: write_up" in rehearsed(kept)[0]


@pytest.mark.django_db
def test_a_node_that_is_new_is_no_change_to_running_work(kept: Path):
    make.person()
    change(kept, "visit", record_outcome=None)

    assert rehearsed(kept)[1] == 0


@pytest.mark.django_db
def test_running_work_at_a_node_that_is_gone_fails_the_rehearsal(kept: Path):
    reference(make.task_of(make.person()), "renamed_long_ago")

    said, code = rehearsed(kept)

    assert "  renamed_long_ago: 1 running, REMOVED\n" in said
    assert code == 1


@pytest.mark.django_db
def test_running_work_of_a_flow_that_is_gone_fails_the_rehearsal(kept: Path):
    process = make.task_of(make.person()).process
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workflows_process SET flow_class = %s WHERE id = %s",
            ["workflows/flows.visit.OldFlow", process.pk],
        )

    said, code = rehearsed(kept)

    assert "workflows/flows.visit.OldFlow: 1 running, REMOVED\n" in said
    assert code == 1


@pytest.mark.django_db
def test_finished_work_at_a_node_that_is_gone_is_left_alone(kept: Path):
    person = make.person()
    task = make.task_of(person)
    doing.visit(person)
    reference(task, "renamed_long_ago")

    assert rehearsed(kept)[1] == 0


@pytest.mark.django_db
def test_nobody_is_named_and_nothing_is_written(kept: Path):
    person = make.person(surname="Testnominal")
    before = Process.objects.count(), Task.objects.count()

    said, _ = rehearsed(kept)

    assert "Testnominal" not in said
    assert person.source_ref not in said
    assert (Process.objects.count(), Task.objects.count()) == before


@pytest.mark.django_db
def test_the_snapshots_of_the_last_release_are_there(settings):
    folder = settings.BASE_DIR / "docs" / "reference" / "flows"

    assert VISIT in snapshots(folder)
    assert rehearsed(folder)[1] == 0


def reference(task: Task, node: str) -> None:
    """Have the row hold the name of another node."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workflows_task SET flow_task = %s WHERE id = %s", [f"{VISIT}.{node}", task.pk]
        )


@pytest.mark.parametrize("name", FLOW_NAMES)
def test_a_flow_as_bpmn_is_whole_and_the_same_each_time(name: str):
    text = flow_bpmn(name)
    process = ElementTree.fromstring(text).find(f"{BPMN}process")  # noqa: S314 - our own text
    assert process is not None
    nodes = {node.get("id") for node in process if node.tag != f"{BPMN}sequenceFlow"}
    flows = process.findall(f"{BPMN}sequenceFlow")

    assert flow_bpmn(name) == text
    assert {flow.get("sourceRef") for flow in flows} | {f.get("targetRef") for f in flows} <= nodes
    boundaries = {node.get("id") for node in process.findall(f"{BPMN}boundaryEvent")}
    assert not boundaries & {flow.get("targetRef") for flow in flows}, "time leads there, not work"
