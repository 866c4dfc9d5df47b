"""Records for the routes to act on, and sound bodies: what the tests of the API begin with."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, Team, User
from offenders.models import Device, Offender, OnlineAccount, Order
from tests import make
from tests.rules.proposing import FOUR_MONTHS
from workflows.actions import (
    alerts,
    case_actions,
    caseload,
    holdings,
    imports,
    lone_timers,
    rule_sets,
    steps,
    tasks,
)
from workflows.models import Alert, Reassignment, Task, Visit

WHY = "A reason that an inspector can read"


@dataclass(frozen=True)
class Scene:
    """A team with its people, and someone to write what another must decide on."""

    team: Team
    manager: User
    second: User

    def by(self) -> Actor:
        return Actor.of_user(self.manager)

    def person(self, **facts: Any) -> Offender:
        return make.person(manager=self.manager, **facts)


def scene(team: Team) -> Scene:
    """A scene in `team`."""
    return Scene(team, make.officer(team=team), make.officer(team=team))


def day(ahead: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=ahead)).isoformat()


def done(scene: Scene, task: Task, values: dict[str, Any]) -> None:
    steps.complete_step(by=scene.by(), task=task.public_id, step=task.step, values=values)


# --- records -------------------------------------------------------------------------------------
Record = Callable[[Scene], tuple[str, Offender]]


def a_person(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    return str(person.public_id), person


Facts = Callable[[], dict[str, Any]]


def a_task(step: str, facts: Facts = dict) -> Record:
    def record(scene: Scene) -> tuple[str, Offender]:
        person = scene.person(**facts())
        return str(make.task_of(person, step).public_id), person

    return record


def a_free_task(scene: Scene) -> tuple[str, Offender]:
    found, person = a_task("record_outcome")(scene)
    task = make.task_of(person)
    tasks.release(by=scene.by(), task=task.public_id)
    return found, person


def after(step: str, values: Facts, then: str, facts: Facts = dict) -> Record:
    """The task at `then`, which opens when the manager completes `step`."""

    def record(scene: Scene) -> tuple[str, Offender]:
        person = scene.person(**facts())
        done(scene, make.task_of(person, step), values())
        return str(make.task_of(person, then).public_id), person

    return record


def a_visit_of_concern(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    done(scene, make.task_of(person), make.outcome(concern=True))
    done(scene, make.task_of(person, "write_up"), make.write_up(concern=True))
    return str(make.task_of(person, "review").public_id), person


def a_visited_person(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    done(scene, make.task_of(person), make.outcome())
    return str(person.public_id), person


def visit_of(scene: Scene) -> str:
    """The visit that the scene's manager recorded."""
    return str(Visit.objects.get(recorded_by=scene.manager).public_id)


def a_reassignment(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    moved = caseload.reassign_caseload(
        by=Actor.of_user(supervisor),
        offenders=[person.public_id],
        to=scene.second.public_id,
        reason=WHY,
    )
    # By the clock of the test: the database's may be another one.
    Reassignment.objects.filter(pk=moved.pk).update(decided_at=timezone.now())
    return str(moved.public_id), person


def alert_told_to(user: User) -> str:
    """Something that `user` was told."""
    told = Alert(
        to=user, about=Alert.About.PEOPLE_RECEIVED, subject="test", on=timezone.localdate()
    )
    alerts.tell([told])
    return str(told.public_id)


def an_alert(scene: Scene) -> tuple[str, Offender]:
    """A visit that a colleague recorded, of which the manager is told."""
    person = scene.person()
    steps.complete_step(
        by=Actor.of_user(scene.second),
        task=make.task_of(person).public_id,
        step="record_outcome",
        values=make.outcome(),
    )
    return "", person


def an_import_job(scene: Scene) -> tuple[str, Offender]:
    inspector = make.officer(Role.INSPECTOR, team=scene.team)
    job = imports.request_import(
        by=Actor.of_user(inspector),
        force=scene.team.force,
        content=b"source_ref\n",
        name="test.csv",
        as_of=timezone.localdate(),
        dry_run=True,
    )
    return str(job.public_id), scene.person()


def a_proposal(scene: Scene) -> tuple[str, Offender]:
    """A version of the rules that an inspector proposed."""
    inspector = make.officer(Role.INSPECTOR, team=scene.team)
    proposed = rule_sets.propose_rules(by=Actor.of_user(inspector), **rules_proposal())
    return str(proposed.number), scene.person()


def an_action(scene: Scene) -> tuple[str, Offender]:
    """The task of an action that the manager raised."""
    person = scene.person()
    case_actions.raise_action(
        by=scene.by(),
        offender=person.public_id,
        text=WHY,
        due_on=timezone.localdate() + dt.timedelta(days=3),
        owner="",
    )
    return str(make.task_of(person, "finish_action").public_id), person


def nothing(scene: Scene) -> tuple[str, Offender]:
    return "", scene.person()


# --- bodies --------------------------------------------------------------------------------------
def spoken(values: dict[str, Any]) -> dict[str, Any]:
    """Validated values as JSON says them."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in values.items()
    }


ASSESSMENT = {
    "tool": "structured_judgement",
    "priority": "medium",
    "formulation": "Stable work and housing.",
    "proposed_level": "medium",
}


def notification() -> dict[str, Any]:
    return {
        "notified_on": timezone.localdate(),
        "station": "Example",
        "details_changed": "",
        "acknowledged": True,
    }


def rules_proposal() -> dict[str, Any]:
    return {
        "effective_from": timezone.localdate() + dt.timedelta(days=1),
        "title": "Medium every four months",
        "source": "Force order 12",
        "evidence": "Our own decision",
        "reason": WHY,
        "changes": [FOUR_MONTHS],
    }


PROPOSAL = {"reason": "Period checked, no live order"}


def ending() -> dict[str, Any]:
    """A caution registers for two years: here they end in a month."""
    return {
        "basis": "caution",
        "relevant_date": timezone.localdate() - dt.timedelta(days=2 * 365 - 30),
    }


def detained() -> dict[str, Any]:
    """In custody for some weeks, with no date of release."""
    return {"status": "custody", "status_since": timezone.localdate() - dt.timedelta(days=40)}


def person_with_an_order(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    Order.objects.create(
        offender=person, kind="shpo", made_on=timezone.localdate() - dt.timedelta(days=30)
    )
    return str(person.public_id), person


def _with(add: Callable[..., Any], **values: Any) -> Record:
    def record(scene: Scene) -> tuple[str, Offender]:
        person = scene.person()
        given = {"state": "declared", "on": timezone.localdate() - dt.timedelta(days=1)}
        add(by=scene.by(), offender=person.public_id, reference="", **given, **values)
        return str(person.public_id), person

    return record


person_with_a_device = _with(
    holdings.add_device, kind="phone", description="Example 5", identifier=""
)
person_with_an_account = _with(holdings.add_account, service="Example chat", user_name="quill")


def device_of(scene: Scene) -> str:
    """The device that the scene's manager wrote down."""
    return str(Device.objects.get(recorded_by=scene.manager).public_id)


def account_of(scene: Scene) -> str:
    """The account that the scene's manager wrote down."""
    return str(OnlineAccount.objects.get(recorded_by=scene.manager).public_id)


def an_officer_out_alone(scene: Scene) -> tuple[str, Offender]:
    """A visit at which the manager is alone."""
    person = scene.person()
    task = make.task_of(person)
    lone_timers.start_lone_visit(
        by=scene.by(),
        task=task.public_id,
        expected_end_at=timezone.now() + dt.timedelta(hours=1),
    )
    return str(task.public_id), person
