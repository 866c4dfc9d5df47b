"""Triage of indicators: what its tasks are about, who may open it, and what they may choose."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from viewflow.workflow.status import STATUS

from accounts.actor import Actor
from accounts.policy import Action, grant, needs_reason
from offenders.models import Offender, OrderCondition
from risk.indicator_codes import Severity
from risk.indicator_types import type_of
from risk.models import Indicator, IndicatorDecision, IndicatorState, IndicatorTriage
from workflows.models import Kind, Task
from workflows.obligations.indicators import about
from workflows.queries.holdings import conditions_of
from workflows.queries.task_rows import title
from workflows.querysets import TaskQuerySet

#: What another report of the same event can be merged into: about the same person, and standing.
STANDING = (IndicatorState.UNTRIAGED, IndicatorState.TRIAGED)
#: The step of a supervisor.
CHECK = "check_triage"
#: What is said of one that the viewer does not open (PRACTICE 14).
RESTRICTED = "Restricted indicator"
#: How the `about` of the obligation begins; the key follows.
_ABOUT = about(0).removesuffix("0")


def indicator_of(task: Task) -> Indicator | None:
    """The indicator that a task of its flow is about; None for any other."""
    obligation = task.process.obligation if task.kind == Kind.INDICATOR_TRIAGE else None
    if obligation is None:
        return None
    key = obligation.about.removeprefix(_ABOUT)
    return Indicator.objects.for_list().filter(pk=key).first()


def tasks_of(found: Indicator) -> TaskQuerySet:
    """Its open steps."""
    return Task.objects.open().filter(
        kind=Kind.INDICATOR_TRIAGE, process__obligation__about=about(found.pk)
    )


def tasks_by_indicator(found: Collection[Indicator]) -> dict[int, Task]:
    """The open step of each that has one, by its key. One statement."""
    abouts = {about(one.pk): one.pk for one in found}
    rows = Task.objects.open().filter(
        kind=Kind.INDICATOR_TRIAGE, process__obligation__about__in=abouts
    )
    rows = rows.select_related("process__obligation")
    return {abouts[row.process.obligation.about]: row for row in rows if row.process.obligation}


def indicators_by_task(tasks: Collection[Task]) -> dict[int, Indicator]:
    """The indicator of each of these tasks, read with their obligation, by the task's key."""
    keys = {
        task.pk: int(task.process.obligation.about.removeprefix(_ABOUT))
        for task in tasks
        if task.process.obligation is not None
    }
    found = Indicator.objects.in_bulk(set(keys.values()))
    return {task: found[key] for task, key in keys.items() if key in found}


def may_open(actor: Actor, found: Indicator) -> bool:
    """Whether the actor may see it, which of a restricted one the named users alone may."""
    return Indicator.objects.permitted(actor, Action.INDICATOR_VIEW).filter(pk=found.pk).exists()


def hidden_of(actor: Actor, abouts: Iterable[str]) -> set[str]:
    """Those of `abouts`, of obligations, that are indicators which the actor may not open.

    The rule by which their triage is due says how grave they are. One statement; none of none.
    """
    keys = {int(one.removeprefix(_ABOUT)): one for one in abouts if one.startswith(_ABOUT)}
    if not keys:
        return set()
    seen = Indicator.objects.permitted(actor, Action.INDICATOR_VIEW).filter(pk__in=keys)
    opened = set(seen.values_list("pk", flat=True))
    return {about for key, about in keys.items() if key not in opened}


def opened(actor: Actor, task: Task) -> Indicator | None:
    """The indicator of a task, where the actor may see it."""
    found = indicator_of(task)
    return found if found is not None and may_open(actor, found) else None


def tells(actor: Actor, task: Task, *, reason: str = "") -> bool:
    """Whether a task says what its indicator is and what was made of it.

    To who may open it; of a team that is not theirs once they said why they look (`reason`): its
    own page asks for that.
    """
    permission = grant(actor, Action.INDICATOR_VIEW)
    if permission is None or task.offender is None or opened(actor, task) is None:
        return False
    return bool(reason) or not needs_reason(actor, permission, team_id=task.offender.team_id)


def waiting_check(found: Indicator) -> IndicatorTriage | None:
    """The triage of it on which a supervisor is to decide.

    None where the check was withdrawn: nobody is asked for it any more.
    """
    checks = Task.objects.filter(
        kind=Kind.INDICATOR_TRIAGE, step=CHECK, process__obligation__about=about(found.pk)
    )
    if not checks.exclude(status__in=[STATUS.DONE, STATUS.CANCELED]).exists():
        return None
    waiting = IndicatorTriage.objects.filter(indicator=found, takes_check=True, decision="")
    return waiting.select_related("triaged_by", "condition", "duplicate_of").first()


def asked_back(found: Indicator) -> IndicatorDecision | None:
    """That the system that sent it takes it back, where it does."""
    rows = found.decisions.filter(decision=IndicatorDecision.Decision.ASKED_BACK)
    return rows.order_by("-pk").first()


def triages_of(actor: Actor, found: Indicator) -> list[IndicatorTriage]:
    """What was made of it, oldest first, with what each started.

    Of those about people whom the actor may see: it may have been about somebody else before. What
    it was said to be the same as is left out where the actor may not see that.
    """
    people = Offender.objects.permitted(actor, Action.INDICATOR_VIEW)
    rows = found.triages.filter(offender__in=people.values("pk")).select_related(
        "offender",
        "triaged_by",
        "checked_by",
        "condition",
        "duplicate_of",
        "start__direction",
        "start__case_action",
        "start__obligation",
    )
    triages = list(rows.order_by("pk"))
    targets = [one.duplicate_of_id for one in triages if one.duplicate_of_id]
    seen = set(
        Indicator.objects.permitted(actor, Action.INDICATOR_VIEW)
        .filter(pk__in=targets)
        .values_list("pk", flat=True)
    )
    for one in triages:
        if one.duplicate_of_id not in seen:
            one.duplicate_of = None  # told, never saved
    return triages


def indicator_words(found: Indicator) -> str:
    """What it is, in a line; of a restricted one only that (PRACTICE 14)."""
    if found.is_restricted:
        return RESTRICTED
    return f"{type_of(found.code).name} ({Severity(found.severity).label.lower()})"


def subject_of(actor: Actor, task: Task, *, reason: str = "") -> str:
    """What a task of the flow is about, in a line, where it may say so (`tells`)."""
    found = indicator_of(task)
    if found is None or not (found.is_restricted or tells(actor, task, reason=reason)):
        return ""
    return indicator_words(found)


def written_by(task: Task) -> IndicatorTriage | None:
    """What a finished step wrote: its triage, or the triage that it decided on.

    None of a restricted one: who may open it reads it there.
    """
    found, obligation = indicator_of(task), task.process.obligation
    if found is None or found.is_restricted or obligation is None:
        return None
    # It can be about somebody twice: each time is work of its own.
    rows = found.triages.filter(recorded_at__gte=obligation.opened_at).order_by("pk")
    if task.step == CHECK:
        rows = rows.filter(takes_check=True)
    steps = Task.objects.filter(process=task.process_id, step=task.step, status="DONE")
    before = steps.filter(pk__lt=task.pk).count()
    return rows[before : before + 1].first()


def offered(task: Task) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in the triage of a task, by field: conditions, tasks, duplicates."""
    found = indicator_of(task)
    if found is None or task.offender is None:
        return {}
    return {
        "breach_of": [
            (str(one.public_id), f"{one.get_category_display()}: {one.text}")
            for one in fitting(found, conditions_of(task.offender, timezone.localdate()))
        ],
        "task": [
            (
                str(one.public_id),
                f"{title(one.kind, one.step)}, due {one.due_on.day} {one.due_on:%b %Y}",
            )
            for one in linkable(task.offender)
            if one.due_on is not None
        ],
        "same_as": [
            (str(one.public_id), _named(one))
            for one in others(found).filter(is_restricted=False).order_by("-received_at")[:MOST]
        ],
    }


#: Indicators that a page offers as the same.
MOST = 10


def fitting(found: Indicator, conditions: Iterable[OrderCondition]) -> list[OrderCondition]:
    """The conditions, those first that an indicator of its type may breach."""
    engages = type_of(found.code).engages
    return sorted(conditions, key=lambda one: one.category not in engages)


def linkable(person: Offender) -> TaskQuerySet:
    """The open tasks of a person that an indicator can be linked to: not triages themselves."""
    rows = Task.objects.open().filter(offender=person, process__obligation__closed_at=None)
    return (
        rows.exclude(kind=Kind.INDICATOR_TRIAGE)
        .filter(process__obligation__isnull=False)
        .select_related("process__obligation")
        .order_by("due_on", "pk")
    )


def others(found: Indicator) -> "QuerySet[Indicator]":
    """Those that it may be the same as: of the same force, about the same person."""
    return Indicator.objects.filter(
        force_id=found.force_id, offender=found.offender, state__in=STANDING, is_secret=False
    ).exclude(pk=found.pk)


def with_live_critical(people: Collection[int]) -> set[int]:
    """Of these, the keys of those with a critical indicator that nobody has finished with.

    Untriaged, or what its triage started is open still. One whose existence is secret is left out:
    what it did would show it (PRACTICE 14).
    """
    live = Indicator.objects.filter(
        offender__in=people,
        severity=Severity.CRITICAL,
        state__in=STANDING,
        decays_from=None,
        is_secret=False,
    )
    return {key for key in live.values_list("offender_id", flat=True) if key is not None}


def condition_of(person: Offender, condition: UUID) -> OrderCondition | None:
    """A condition that binds the person today."""
    binding = conditions_of(person, timezone.localdate())
    return next((one for one in binding if one.public_id == condition), None)


def _named(one: Indicator) -> str:
    received = timezone.localtime(one.received_at)
    return (
        f"{type_of(one.code).name} ({one.source}), received {received.day} {received:%b %Y, %H:%M}"
    )
