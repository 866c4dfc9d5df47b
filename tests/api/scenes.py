"""Records for the routes to act on, and sound bodies: what the tests of the API begin with."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, Team, User
from offenders.models import Device, Offender, OnlineAccount, Order
from risk.models import StaticScore
from tests import make
from tests.rules.proposing import FOUR_MONTHS
from tests.workflows import planning
from workflows.actions import (
    absences,
    alerts,
    case_actions,
    caseload,
    deaths,
    delegations,
    dip_samples,
    holdings,
    imports,
    lone_timers,
    missing,
    reactive,
    rule_sets,
    steps,
    tasks,
)
from workflows.actions.transfers import offer_transfer
from workflows.models import Alert, EntryWarrant, Reassignment, Task, Visit
from workflows.reactive import BY_HAND
from workflows.steps.missing import CHECKED

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


def a_visit(scene: Scene) -> tuple[str, Offender]:
    _, person = a_visited_person(scene)
    return visit_of(scene), person


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


def a_reactive_person(scene: Scene) -> tuple[str, Offender]:
    person = scene.person(**managed_reactively())
    return str(person.public_id), person


def a_settled_person(scene: Scene) -> tuple[str, Offender]:
    """Somebody who fails no criterion of reactive management."""
    person = make.settled(manager=scene.manager)
    return str(person.public_id), person


def a_reactive_proposal(scene: Scene) -> tuple[str, Offender]:
    _, person = a_settled_person(scene)
    reactive.propose_reactive(by=scene.by(), offender=person.public_id, **reactive_proposal())
    return str(make.task_of(person, "recommend_reactive").public_id), person


def a_recommended_proposal(scene: Scene) -> tuple[str, Offender]:
    found, person = a_reactive_proposal(scene)
    steps.complete_step(
        by=Actor.of_user(make.officer(Role.SUPERVISOR, team=scene.team)),
        task=UUID(found),
        step="recommend_reactive",
        values={"recommendation": "recommended", "recommendation_comment": WHY},
    )
    return str(make.task_of(person, "authorise_reactive").public_id), person


def an_absence(scene: Scene) -> tuple[str, Offender]:
    """The manager is away, and the second officer covers."""
    away = absences.record_absence(
        by=scene.by(),
        kind="leave",
        from_on=timezone.localdate(),
        until_on=timezone.localdate() + dt.timedelta(days=7),
        cover=scene.second.staff_number,
    )
    return str(away.public_id), scene.person()


def an_offer_from(scene: Scene) -> tuple[str, Offender]:
    """A person of the team, offered to another team of the force."""
    person = scene.person()
    to = make.officer(team=make.team(in_force=scene.team.force))
    return _offered(person, to), person


def an_offer_to(scene: Scene) -> tuple[str, Offender]:
    """A person of another team of the force, offered to the scene's second officer."""
    person = make.person(manager=make.officer(team=make.team(in_force=scene.team.force)))
    return _offered(person, scene.second), person


def _offered(person: Offender, to: User) -> str:
    by = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    given = {"offenders": [person.public_id], "to": to.public_id, "reason": WHY}
    return str(offer_transfer(by=by, **given).public_id)


def a_delegation(scene: Scene) -> tuple[str, Offender]:
    """A supervisor of the team gave their decisions to another."""
    giver, taker = (make.officer(Role.SUPERVISOR, team=scene.team) for _ in range(2))
    given = delegations.grant_delegation(by=Actor.of_user(giver), **decisions_to(taker))
    return str(given.public_id), scene.person()


def decisions_to(taker: User) -> dict[str, Any]:
    """What gives somebody's decisions to `taker` for a week from now."""
    now = timezone.now()
    return {
        "to": taker.staff_number,
        "from_at": now,
        "until_at": now + dt.timedelta(days=7),
        "reason": WHY,
    }


def a_plan_review(scene: Scene) -> tuple[str, Offender]:
    """The task of a plan that an endorsed assessment asks for."""
    person = scene.person()
    planning.assessed(person, supervisor=make.officer(Role.SUPERVISOR, team=scene.team))
    return str(make.task_of(person, "draft_plan").public_id), person


def a_plan(scene: Scene) -> tuple[str, Offender]:
    """A plan that waits for its endorsement."""
    _, person = a_plan_review(scene)
    planning.draft(person, visit_every="9m")
    return str(make.task_of(person, "endorse_plan").public_id), person


def a_planned_person(scene: Scene) -> tuple[str, Offender]:
    _, person = a_plan(scene)
    return str(person.public_id), person


def a_longer_interval(scene: Scene) -> tuple[str, Offender]:
    """A plan that waits for an inspector."""
    _, person = a_plan(scene)
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    steps.complete_step(
        by=Actor.of_user(supervisor),
        task=make.task_of(person, "endorse_plan").public_id,
        step="endorse_plan",
        values=planning.AGREED,
    )
    return str(make.task_of(person, "approve_interval").public_id), person


def an_open_level(scene: Scene) -> tuple[str, Offender]:
    """The level of an assessment that a supervisor endorsed and left open."""
    person = scene.person()
    done(scene, make.task_of(person, "assess"), ASSESSMENT)
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    steps.complete_step(
        by=Actor.of_user(supervisor),
        task=make.task_of(person, "endorse").public_id,
        step="endorse",
        values={"decision": "endorse", "comment": WHY, "level": "later"},
    )
    return str(make.task_of(person, "decide_level").public_id), person


def an_officer(scene: Scene) -> tuple[str, Offender]:
    return str(scene.second.public_id), scene.person()


def a_sample(scene: Scene) -> tuple[str, Offender]:
    """A dip sample of the team, which a supervisor drew."""
    person = scene.person()
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    drawn = dip_samples.draw_sample(by=Actor.of_user(supervisor), team=scene.team.public_id, size=1)
    return str(drawn.public_id), person


def a_sampled_person(scene: Scene) -> tuple[str, Offender]:
    """The task of checking someone of a dip sample."""
    _, person = a_sample(scene)
    return str(make.task_of(person, "check_case").public_id), person


def nothing(scene: Scene) -> tuple[str, Offender]:
    return "", scene.person()


def a_missing_person(scene: Scene) -> tuple[str, Offender]:
    """Reported missing by the manager."""
    person = scene.person()
    missing.report_missing(by=scene.by(), offender=person.public_id, reason=WHY)
    return str(person.public_id), person


def a_task_of_a_missing_person(step: str) -> Record:
    def record(scene: Scene) -> tuple[str, Offender]:
        _, person = a_missing_person(scene)
        return str(make.task_of(person, step).public_id), person

    return record


def someone_not_resident(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    done(scene, make.task_of(person), make.outcome(outcome="not_resident"))
    return str(make.task_of(person, "decide_missing").public_id), person


def enquired_after_twice(scene: Scene) -> tuple[str, Offender]:
    """An inspector looks at the second round."""
    _, person = a_missing_person(scene)
    for _ in range(2):
        done(scene, make.task_of(person, "record_enquiry"), ENQUIRY)
    return str(make.task_of(person, "review_enquiry").public_id), person


def someone_said_to_be_dead(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    deaths.report_death(by=scene.by(), offender=person.public_id, source=WHY)
    return str(make.task_of(person, "verify_death").public_id), person


def entry_failed(scene: Scene) -> tuple[str, Offender]:
    """Nobody answered on two days."""
    person = scene.person()
    for days in (2, 1):
        at = timezone.now() - dt.timedelta(days=days)
        tried = make.outcome(outcome="no_answer", occurred_at=at, entry_reason=WHY)
        done(scene, make.task_of(person), tried)
    return str(make.task_of(person, "consider_warrant").public_id), person


def a_warrant_recommended(scene: Scene) -> tuple[str, Offender]:
    _, person = entry_failed(scene)
    done(scene, make.task_of(person, "consider_warrant"), RECOMMENDATION)
    return str(make.task_of(person, "decide_warrant").public_id), person


def a_warrant_applied_for(scene: Scene) -> tuple[str, Offender]:
    _, person = a_warrant_recommended(scene)
    inspector = make.officer(Role.INSPECTOR, team=scene.team)
    task = make.task_of(person, "decide_warrant")
    values = warrant_decision()
    steps.complete_step(
        by=Actor.of_user(inspector), task=task.public_id, step=task.step, values=values
    )
    return str(person.public_id), person


def warrant_of(scene: Scene) -> str:
    """The warrant that the scene's manager recommended."""
    return str(EntryWarrant.objects.get(considered_by=scene.manager).public_id)


# --- bodies --------------------------------------------------------------------------------------
def spoken(values: dict[str, Any]) -> dict[str, Any]:
    """Validated values as JSON says them, those of rows too."""
    return {name: _said(value) for name, value in values.items()}


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return [spoken(one) if isinstance(one, dict) else one for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


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


ENQUIRY = dict.fromkeys(CHECKED, True) | {
    "findings": "Not seen since Monday",
    "next_steps": "Ask his sister",
}
RECOMMENDATION = {"recommendation": "apply", "necessity": WHY, "reason": WHY}


def warrant_decision() -> dict[str, Any]:
    return {
        "decision": "applied",
        "decision_reason": WHY,
        "reference": "MC 12/26",
        "applied_on": timezone.localdate(),
    }


def ending() -> dict[str, Any]:
    """A caution registers for two years: here they end in a month."""
    return {
        "basis": "caution",
        "relevant_date": timezone.localdate() - dt.timedelta(days=2 * 365 - 30),
    }


def managed_reactively() -> dict[str, Any]:
    return {"management_level": "low", "management_mode": "reactive"}


def reactive_proposal() -> dict[str, Any]:
    """A proposal in which every criterion is met."""
    return {
        "reason": WHY,
        "criteria": [
            {"criterion": one.value, "met": True, "evidence": "Checked"} for one in BY_HAND
        ],
    }


def detained() -> dict[str, Any]:
    """In custody for some weeks, with no date of release."""
    return {"status": "custody", "status_since": timezone.localdate() - dt.timedelta(days=40)}


def a_team(scene: Scene) -> tuple[str, Offender]:
    """The scene's team, with one person."""
    return str(scene.team.public_id), scene.person()


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


def a_scored_person(scene: Scene) -> tuple[str, Offender]:
    """Somebody with an official value and one that the manager calculated."""
    person = scene.person()
    make.official_score(person, by=scene.manager)
    make.static_score(person, by=scene.manager)
    return str(person.public_id), person


def score_of(scene: Scene) -> str:
    """The score that the scene's manager calculated."""
    return str(
        StaticScore.objects.get(recorded_by=scene.manager, source="calculated_here").public_id
    )


def facts_of_a_score() -> dict[str, Any]:
    """What is sent to calculate OSP/DC."""
    return spoken(make.score_facts())
