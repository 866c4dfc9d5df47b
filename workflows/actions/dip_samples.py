"""Drawing a dip sample: a supervisor or inspector has the quality of some cases checked."""

import datetime as dt
import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action, grant, require
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from offenders.models import ManagementLevel, Offender
from offenders.querysets import OffenderQuerySet
from rules import current
from rules.ruleset import RuleSet
from workflows.actions.locking import lock_people, of_staff_number
from workflows.actions.locking import officer as signed_in
from workflows.engine import bulk, transitions
from workflows.errors import NotVisible, TaskBusy
from workflows.models import DipSample, DipSampleItem, Kind, Task
from workflows.queries.quality import teams_of
from workflows.reconcile import reconcile_held
from workflows.sampling import Candidate, drawn

#: Drawn likelier than the rest; a missing level counts as high (PRACTICE 3).
LIKELIER = frozenset(
    {ManagementLevel.VERY_HIGH, ManagementLevel.HIGH, ManagementLevel.NOT_ASSESSED}
)
#: Characters of a seed.
SEED_BYTES = 16


@transaction.atomic
def draw_sample(
    *, by: Actor, team: UUID, size: int, officer: str = "", checker: str = ""
) -> DipSample:
    """Draw people of a team, or of one officer in it, and give each to the checker as a task.

    Nobody whom the checker manages or may not see, and nobody who was drawn of late while others
    are left. `officer` and `checker`: staff numbers; the checker is the actor where none is given.
    Whoever checks may do so as themselves: a delegation may end before the tasks do.

    Raises NotPermitted, NotVisible, TaskBusy; Invalid: `unknown_officer`, `cannot_do_it`;
    RuleBroken `nobody_to_draw`.
    """
    require(by, Action.DIP_SAMPLE_DRAW)
    found = next((known for known in teams_of(by) if known.public_id == team), None)
    if found is None:
        raise NotVisible
    user, today = signed_in(by), timezone.localdate()
    owner = of_staff_number(user, officer.strip(), field="officer") if officer.strip() else None
    checks = _checker(user, checker)
    people = _candidates(by, found, owner, checks)
    frame = _frame(people, current.in_force(today), today)
    seed = secrets.token_hex(SEED_BYTES)
    keys = drawn(frame, seed, size)
    if not keys:
        raise RuleBroken("nobody_to_draw", "There is nobody whom that officer could check.")
    chosen = _locked(people, keys)
    sample = DipSample.objects.create(
        force_id=found.force_id,
        team=found,
        officer=owner,
        size=size,
        seed=seed,
        frame=[list(one) for one in frame],
        drawn_on=today,
        drawn_by=user,
        drawn_for_id=by.acting_for_id,
    )
    DipSampleItem.objects.bulk_create(
        DipSampleItem(
            sample=sample,
            offender=person,
            offender_manager_id=person.offender_manager_id,
            checker=checks,
            drawn_on=today,
        )
        for person in chosen
    )
    _hand_to(checks, chosen, sample)
    audit.record(
        by=by,
        action=Action.DIP_SAMPLE_DRAW,
        operation=Operation.COLLECTION,
        subject=f"dip_sample:{sample.public_id}",
        row_count=len(chosen),
        payload={
            "team": str(found.public_id),
            "checker": checks.staff_number,
            "seed": seed,
            "drawn": keys,
        },
    )
    return sample


def _checker(user: User, staff_number: str) -> User:
    """Who is named, or who draws: someone who may check."""
    named = staff_number.strip()
    found = of_staff_number(user, named, field="checker") if named else user
    if grant(Actor.of_user(found), Action.DIP_SAMPLE_CHECK) is None:
        raise Invalid("cannot_do_it", "That officer may not do this task.", field="checker")
    return found


def _candidates(by: Actor, team: Team, owner: User | None, checks: User) -> OffenderQuerySet:
    """Whom both may see, in one order, whoever asks."""
    people = Offender.objects.permitted(by, Action.DIP_SAMPLE_DRAW)
    people = people.permitted(Actor.of_user(checks), Action.DIP_SAMPLE_CHECK).managed()
    people = people.filter(team=team).exclude(offender_manager=checks)
    if owner is not None:
        people = people.filter(offender_manager=owner)
    return people.order_by("pk")


def _frame(people: OffenderQuerySet, rules: RuleSet, today: dt.date) -> list[Candidate]:
    """Everyone with their weight, and whether they were drawn of late."""
    heavy = float(rules.figure("dip_sample.weight.high"))
    again, calendar = rules.rule("dip_sample.not_again"), current.calendar()
    last: dict[int, dt.date] = {}
    before = DipSampleItem.objects.filter(offender__in=people.values("pk")).order_by("drawn_on")
    for key, drawn_on in before.values_list("offender_id", "drawn_on"):
        last[key] = drawn_on
    return [
        Candidate(
            str(public_id),
            heavy if level in LIKELIER else 1.0,
            key in last and again.due(last[key], calendar) >= today,
        )
        for key, public_id, level in people.values_list("pk", "public_id", "management_level")
    ]


def _locked(people: OffenderQuerySet, keys: Iterable[str]) -> list[Offender]:
    """The people drawn, locked. Raises TaskBusy where one left the frame meanwhile."""
    wanted = list(people.filter(public_id__in=list(keys)).values_list("pk", flat=True))
    lock_people(wanted)
    chosen = list(people.filter(pk__in=wanted))
    if len(chosen) != len(wanted):
        raise TaskBusy
    return chosen


def _hand_to(checks: User, chosen: list[Offender], sample: DipSample) -> None:
    """Each person is a task of the checker."""
    ids = [person.pk for person in chosen]
    reconcile_held(ids, because=Action.DIP_SAMPLE_DRAW)
    bulk.refresh_tasks(ids)
    abouts = [item.about for item in sample.items.all()]
    tasks = Task.objects.open().filter(
        offender__in=ids, kind=Kind.DIP_SAMPLE, process__obligation__about__in=abouts
    )
    for task in tasks.order_by("pk"):
        transitions.reassign(task, owner=checks)
