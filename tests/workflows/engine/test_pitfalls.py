"""The twenty pitfalls of viewflow under an API, each with its fix (T1 to T20)."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models
from django.db.models.functions import Cast
from django.utils import timezone
from viewflow.workflow import lock, timers
from viewflow.workflow.base import Flow
from viewflow.workflow.status import STATUS

from accounts.models import Role
from accounts.policy import Action
from tests import make
from workflows import checks
from workflows.actions.steps import complete_step
from workflows.engine import transitions
from workflows.engine.locks import blocking_lock
from workflows.engine.nodes import Step
from workflows.engine.references import unresolved
from workflows.engine.timers import fire_due
from workflows.errors import TaskNotOpen
from workflows.flows import FLOWS, VisitFlow
from workflows.models import Process, Task
from workflows.steps import FORMS

pytestmark = pytest.mark.django_db


def written_up_late_timer(person) -> Task:
    """The armed timer of the write-up that follows an effective visit."""
    manager = person.offender_manager
    make.activate(manager)
    task = make.task_of(person)
    complete_step(
        by=make.actor(manager), task=task.public_id, step="record_outcome", values=make.outcome()
    )
    return Task.objects.get(process=task.process, flow_task_type="TIMER")


def test_t1_every_flow_takes_the_blocking_lock_and_a_check_refuses_another(monkeypatch):
    assert {flow.lock_impl for flow in FLOWS.values()} == {blocking_lock}
    assert checks.flows_are_sound() == []

    monkeypatch.setattr(VisitFlow, "lock_impl", lock.no_lock)

    assert [fault.id for fault in checks.flows_are_sound()] == ["mosovo.E001"]


def test_t2_the_lock_works_inside_an_outer_transaction():
    person = make.person()
    process = make.task_of(person).process

    with blocking_lock(VisitFlow, process.pk), blocking_lock(VisitFlow, process.pk):
        process.refresh_from_db()

    assert process.status == "NEW"
    assert Process.objects.filter(pk=process.pk).exists(), "the transaction is not aborted"


def test_t3_sqlite_begins_every_transaction_as_a_writer(settings):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_t4_permission_is_checked_in_the_action_not_left_to_the_flow():
    person = make.person()
    stranger = make.officer(team=make.team(in_force=person.force))
    task = make.task_of(person)

    with pytest.raises(Exception) as refused:
        complete_step(
            by=make.actor(stranger),
            task=task.public_id,
            step="record_outcome",
            values=make.outcome(),
        )

    assert type(refused.value).__name__ == "NotVisible"
    task.refresh_from_db()
    assert task.is_open


def test_t5_cancelling_a_step_disarms_its_timers():
    person = make.person()
    timer = written_up_late_timer(person)

    transitions.cancel(make.task_of(person, "write_up"))

    timer.refresh_from_db()
    assert timer.status == STATUS.CANCELED


def test_t6_a_revived_step_keeps_its_permission_and_copies():
    person = make.person()
    task = transitions.cancel(make.task_of(person))

    with task.activation() as activation:
        revived = activation.revive()

    assert revived.owner_permission == Action.VISIT_RECORD
    assert (revived.team_id, revived.due_on, revived.step) == (
        task.team_id,
        task.due_on,
        task.step,
    )


def test_t7_a_revived_step_arms_its_timers_again():
    person = make.person()
    written_up_late_timer(person)
    task = transitions.cancel(make.task_of(person, "write_up"))

    with task.activation() as activation:
        activation.revive()

    armed = Task.objects.filter(process=task.process, flow_task_type="TIMER")
    assert sorted(armed.values_list("status", flat=True)) == [STATUS.CANCELED, STATUS.SCHEDULED]


def test_t8_a_finished_step_can_be_opened_again_with_gates_behind_it():
    person = make.person()
    written_up_late_timer(person)
    outcome = Task.objects.get(step="record_outcome", status=STATUS.DONE)

    again = transitions.reopen(outcome)

    assert again.is_open
    assert again.step == "record_outcome"
    left = Task.objects.open().filter(process=outcome.process)
    assert list(left) == [again], "the write-up is withdrawn"


def test_t8_a_step_that_was_never_finished_cannot_be_opened_again():
    person = make.person()

    with pytest.raises(TaskNotOpen):
        transitions.reopen(make.task_of(person))


def test_t9_an_error_under_a_timer_keeps_no_personal_detail(monkeypatch):
    person = make.person(surname="Canary")
    timer = written_up_late_timer(person)
    Task.objects.filter(pk=timer.pk).update(scheduled=timezone.now() - dt.timedelta(hours=1))

    def fails(activation):
        name = f"secret {activation.process.offender.surname}"
        raise RuntimeError(name)

    monkeypatch.setattr(VisitFlow.escalate, "_func", fails)
    assert fire_due() == 1

    failed = Task.objects.get(status=STATUS.ERROR)
    assert failed.data["_exception"] == {"title": "RuntimeError"}


def test_t10_an_officer_with_tasks_cannot_be_deleted():
    person = make.person()

    with pytest.raises(models.ProtectedError):
        person.offender_manager.delete()


def test_t11_our_queryset_has_no_inbox_that_loses_filters():
    assert not hasattr(Task.objects.all(), "inbox")


def test_t12_running_work_of_a_renamed_node_or_flow_is_found():
    person = make.person()
    task = make.task_of(person)
    assert unresolved() == []

    gone = "workflows/flows.visit.VisitFlow.gone"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workflows_task SET flow_task = %s WHERE id = %s", [gone, task.pk])

    assert unresolved() == [(gone, 1)]
    with pytest.raises(CommandError):
        call_command("check_flows")


def test_t12_references_are_the_ones_that_running_work_holds():
    """A change here is a breaking change: running rows hold these words (decision 0003)."""
    person = make.person()
    task = Task.objects.annotate(
        reference=Cast("flow_task", models.CharField()),
    ).get(pk=make.task_of(person).pk)

    assert task.reference == "workflows/flows.visit.VisitFlow.record_outcome"
    assert Process.objects.filter(flow_class="workflows/flows.visit.VisitFlow").exists()


def test_t13_our_dispatcher_fires_what_viewflows_own_cannot_see():
    person = make.person()
    timer = written_up_late_timer(person)
    assert fire_due() == 0, "not due yet"
    Task.objects.filter(pk=timer.pk).update(scheduled=timezone.now() - dt.timedelta(seconds=1))

    assert timers.fire_due_timers() == 0
    assert fire_due() == 1
    assert fire_due() == 0, "safe to run twice"
    timer.refresh_from_db()
    assert timer.status == STATUS.DONE
    assert make.task_of(person, "write_up").is_open, "the timer does not interrupt its step"


def test_t14_tasks_of_another_team_are_not_visible():
    person = make.person()
    stranger = make.officer(Role.SUPERVISOR, team=make.team(in_force=person.force))

    assert not Task.objects.permitted(make.actor(stranger), Action.TASK_VIEW).exists()


def test_t15_a_timer_finds_its_host_and_takes_the_hosts_date():
    person = make.person()
    timer = written_up_late_timer(person)
    due_on = make.task_of(person, "write_up").due_on

    midnight = timezone.localtime(timer.scheduled)
    assert midnight.date() == due_on + dt.timedelta(days=1)
    assert midnight.time() == dt.time()


def test_t16_every_step_of_every_flow_has_its_form():
    steps = {
        node.name: node.form
        for flow in set(FLOWS.values())
        for node in flow.instance.nodes()
        if isinstance(node, Step)
    }

    assert steps == FORMS


def test_t18_a_finished_visit_leaves_nothing_open():
    person = make.person()
    manager = person.offender_manager
    written_up_late_timer(person)
    task = make.task_of(person, "write_up")

    complete_step(
        by=make.actor(manager), task=task.public_id, step="write_up", values=make.write_up()
    )
    complete_step(
        by=make.actor(make.officer(Role.SUPERVISOR, team=person.team)),
        task=make.task_of(person, "review").public_id,
        step="review",
        values={"decision": "accepted", "comment": ""},
    )

    task.process.refresh_from_db()
    assert task.process.status == "DONE"
    assert not task.process.task_set.filter(finished__isnull=True).exists()


def test_t19_no_generic_keys_of_32_bits_and_public_ids_beside_the_primary_key():
    names = {field.name for model in (Process, Task) for field in model._meta.get_fields()}

    assert names.isdisjoint({"seed", "artifact", "seed_object_id", "artifact_object_id"})
    assert Task._meta.pk.get_internal_type() == "BigAutoField"
    assert Task._meta.get_field("public_id").unique


def test_no_flow_of_ours_is_viewflows_own_table():
    ours = [flow for flow in _subclasses(Flow) if flow.__module__.startswith("workflows")]

    assert {flow.process_class for flow in ours} == {Process}
    assert {flow.task_class for flow in ours} == {Task}
    assert set(FLOWS.values()) <= set(ours)


def _subclasses(parent):
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)
