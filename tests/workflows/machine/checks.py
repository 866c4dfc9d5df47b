"""What must hold after every step: I1 to I13, each by its name, and the oracle.

`NOT_YET` are those for which the service has nothing to look at.
"""

import datetime as dt
from collections.abc import Callable

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import IdempotencyKey, Role, User
from audit.leaf import differences
from audit.models import Event
from offenders.models import LevelDecision, Notification, Offender
from risk.models import RiskAssessment, RiskManagementPlan
from tests.workflows.machine.scene import Scene
from tests.workflows.machine.visiting import owed
from workflows.invariants import broken
from workflows.models import (
    SUPERVISED,
    DeathReport,
    EndProposal,
    EntryWarrant,
    Kind,
    LoneVisitAuthority,
    MissingEnquiry,
    MissingReport,
    Obligation,
    ReassignmentMove,
    Task,
    Visit,
    VisitReview,
)

NOT_YET = {
    "I8": "there is no outbox of webhooks",
    "I9": "nothing is sealed yet; here only each event against its own leaf",
}

#: The model does not tell when these are due; `workflows.invariants` asks whether they stand.
NOT_MODELLED = SUPERVISED

#: What time alone changes, and the sweep brings in line: an order that ends, for one.
OF_TIME = (
    "obligations_are_not_what_is_owed",
    "step_that_presses_otherwise",
    "standing_is_not_what_indicators_give",
)

Check = Callable[[Scene], object]


def i1_everyone_managed_has_exactly_one_visit_open(scene: Scene) -> object:
    """Active, in the community, registered: one. Anyone else: none."""
    rows = Obligation.objects.filter(kind=Kind.HOME_VISIT, closed_at__isnull=True)
    counts = dict(rows.values_list("offender").annotate(Count("pk")))
    wanted = {
        key: 1
        for key, life in zip(scene.keys, scene.lives, strict=True)
        if ("home_visit", "") in owed(life, life.seen_on)
    }
    return (counts, wanted) if counts != wanted else None


def i2_everything_is_due_when_the_oracle_says(scene: Scene) -> object:
    """The open obligations, those the model does not tell left out, person by person."""
    rows = Obligation.objects.filter(closed_at__isnull=True).exclude(kind__in=NOT_MODELLED)
    found: dict[int, dict[tuple[str, str], dt.date]] = {key: {} for key in scene.keys}
    for key, kind, about, due_on in rows.values_list("offender", "kind", "about", "due_on"):
        found[key][kind, about] = due_on
    wrong = {}
    for number, (key, life) in enumerate(zip(scene.keys, scene.lives, strict=True)):
        wanted = owed(life, life.seen_on)
        if found[key] != wanted:
            wrong[number] = {"is": found[key], "oracle": wanted}
    return wrong


def i4_nothing_is_open_for_the_ended_and_nothing_is_lost(scene: Scene) -> object:
    """No due work on someone whose registration ended, but to triage; a team on every open step."""
    steps = Task.objects.open()
    ended = steps.filter(
        offender__registration_ended_on__isnull=False, process__obligation__closed_at__isnull=True
    ).exclude(kind=Kind.INDICATOR_TRIAGE)
    return ended.count() + steps.filter(team__isnull=True).count()


def i5_nobody_decides_on_their_own_work(scene: Scene) -> object:
    """Every pair of author and endorser in the database."""
    return [
        rows.model.__name__
        for rows in (
            RiskAssessment.objects.filter(endorser=F("author")),
            VisitReview.objects.filter(
                Q(reviewed_by=F("visit_recorded_by"))
                | Q(visit__attendances__user=F("reviewed_by"))
                | Q(visit__write_ups__written_by=F("reviewed_by"))
            ),
            Notification.objects.filter(checked_by=F("recorded_by")),
            RiskManagementPlan.objects.filter(
                Q(decided_by=F("author")) | Q(interval_decided_by=F("author"))
            ),
            EndProposal.objects.filter(decided_by=F("proposed_by")),
            LoneVisitAuthority.objects.filter(authorised_by=F("officer")),
            Offender.objects.filter(end_proposed_by=F("end_endorsed_by")),
            MissingReport.objects.filter(decided_by=F("reported_by")),
            MissingEnquiry.objects.filter(reviewed_by=F("made_by")),
            DeathReport.objects.filter(decided_by=F("reported_by")),
            EntryWarrant.objects.filter(decided_by=F("considered_by")),
        )
        if rows.exists()
    ]


def i6_every_key_that_was_answered_has_its_effect(scene: Scene) -> object:
    """Each kept answer stands beside the events that its request wrote, once."""
    answered = set(IdempotencyKey.objects.filter(status__gte=200).values_list("key", flat=True))
    wanted = [event for events in scene.kept.values() for event in events]
    there = Event.objects.filter(pk__in=wanted).count()
    return None if answered == set(scene.kept) and there == len(wanted) else (answered, scene.kept)


def i7_a_reassignment_moved_all_or_none(scene: Scene) -> object:
    """Each one has a row for everyone who was asked for."""
    rows = ReassignmentMove.objects.values_list("reassignment__public_id").annotate(Count("pk"))
    found = dict(rows)
    wanted = {move.public_id: len(move.who) for move in scene.moves}
    return {key: found.get(key) for key in wanted if found.get(key) != wanted[key]}


def i9_each_event_is_what_its_leaf_says(scene: Scene) -> object:
    """Of the newest events; the sealed prefix cannot be looked at yet."""
    return [event.pk for event in Event.objects.order_by("-pk")[:5] if differences(event)]


def i10_the_level_is_the_newest_decision(scene: Scene) -> object:
    """The copy, the newest decision and the model's level are one."""
    newest = LevelDecision.objects.filter(offender=OuterRef("pk")).order_by("-decided_on", "-pk")
    people = Offender.objects.annotate(newest=Subquery(newest.values("level")[:1]))
    found = {
        key: (level, decided or "not_assessed")
        for key, level, decided in people.values_list("pk", "management_level", "newest")
    }
    wanted = {key: (life.level,) * 2 for key, life in zip(scene.keys, scene.lives, strict=True)}
    return (found, wanted) if found != wanted else None


def i11_nobody_holds_roles_that_conflict(scene: Scene) -> object:
    """A user has one role, which is known; nobody is a superuser."""
    return User.objects.filter(~Q(role__in=Role.values) | Q(is_superuser=True)).count()


def i12_nothing_was_recorded_in_the_future(scene: Scene) -> object:
    """By the database's own clock, which nobody sets."""
    return [
        model.__name__
        for model in (Event, Visit, Notification, RiskAssessment)
        if model._default_manager.filter(recorded_at__gt=Now()).exists()
    ]


def everyone_is_with_the_officer_the_model_says(scene: Scene) -> object:
    """The person and every step that follows the manager, unless a colleague took it."""
    wanted = {
        key: manager and manager.pk
        for key, life in zip(scene.keys, scene.lives, strict=True)
        for manager in [scene.officers.get(life.manager)]
    }
    found = dict(Offender.objects.values_list("pk", "offender_manager"))
    elsewhere = [
        (task.offender_id, task.step)
        for task in Task.objects.open().filter(assigned__isnull=True)
        if task.flow_task.follows_manager and task.owner_id != wanted[task.offender_id]
    ]
    return elsewhere if found == wanted else (found, wanted)


def the_service_finds_nothing_broken(scene: Scene) -> object:
    """`broken()`: I1, I2, I4, I5, I10 and I13 in its own words.

    Where the clock went on without a sweep, what time alone makes owed may still wait for one.
    """
    found = broken()
    if any(life.seen_on < timezone.localdate() for life in scene.lives):
        for name in OF_TIME:
            found.pop(name, None)
    return found


#: I3 is checked where each act is made (`acting.Acting.act`): it counts the events. I13 is
#: `the_service_finds_nothing_broken`: work against obligations and people.
CHECKS: tuple[Check, ...] = (
    i1_everyone_managed_has_exactly_one_visit_open,
    i2_everything_is_due_when_the_oracle_says,
    i4_nothing_is_open_for_the_ended_and_nothing_is_lost,
    i5_nobody_decides_on_their_own_work,
    i6_every_key_that_was_answered_has_its_effect,
    i7_a_reassignment_moved_all_or_none,
    i9_each_event_is_what_its_leaf_says,
    i10_the_level_is_the_newest_decision,
    i11_nobody_holds_roles_that_conflict,
    i12_nothing_was_recorded_in_the_future,
    everyone_is_with_the_officer_the_model_says,
    the_service_finds_nothing_broken,
)


def all_hold(scene: Scene) -> None:
    """Raise AssertionError with the name of the first check that does not hold, and what it saw."""
    for check in CHECKS:
        found = check(scene)
        assert not found, f"{check.__name__}: {found}"
