"""Bulk start writes what `Flow.start.run()` writes, column for column (T17)."""

import pytest
from django.utils import timezone

from tests import make
from workflows.engine import bulk
from workflows.flows import FLOWS
from workflows.models import Kind, Obligation, Process, Task

pytestmark = pytest.mark.django_db

#: Differ by their nature: keys and the moment of writing.
OWN = {"id", "process_id", "public_id", "created", "started", "finished", "assigned"}


def rows_of(process: Process) -> list[dict[str, object]]:
    """The process and its tasks as plain values, without keys and moments."""
    tasks = Task.objects.filter(process=process).order_by("pk")
    return [_plain(process)] + [
        _plain(task) | {"previous": [before.flow_task.name for before in task.previous.all()]}
        for task in tasks
    ]


def _plain(row) -> dict[str, object]:
    moments = {name: getattr(row, name, None) is not None for name in ("started", "finished")}
    fields = {
        field.attname: str(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in OWN
    }
    return fields | moments


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_bulk_start_equals_single_start_column_for_column(kind):
    person = make.person()
    Task.objects.all().delete()
    Process.objects.all().delete()
    obligation = Obligation.objects.create(
        offender=person,
        force=person.force,
        kind=kind,
        about="test",
        due_on=timezone.localdate(),
        original_due_on=timezone.localdate(),
        rule="test",
    )

    FLOWS[kind].start.run(obligation=obligation)
    single = rows_of(Process.objects.get())
    Task.objects.all().delete()
    Process.objects.all().delete()
    assert bulk.open_work([obligation.pk]) == 1

    assert rows_of(Process.objects.get()) == single


def test_bulk_start_costs_the_same_statements_for_one_and_for_forty(
    django_assert_max_num_queries,
):
    manager = make.officer()
    for _ in range(10):
        make.person(manager=manager)
    obligations = list(Obligation.objects.values_list("pk", flat=True))
    Task.objects.all().delete()
    Process.objects.all().delete()

    with django_assert_max_num_queries(4 * len(set(FLOWS.values())) + 3):
        assert bulk.open_work(obligations) == len(obligations)
