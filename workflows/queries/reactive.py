"""Who could be managed reactively, and who is although a criterion fails (PRACTICE 16)."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import Q

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import ManagementLevel, ManagementMode, Offender, Order
from risk.models import RiskAssessment
from rules import current
from workflows.facts import stream
from workflows.models import Kind, Obligation, ReactiveProposal, Task
from workflows.obligations import awaits_visit, is_active
from workflows.queries.triage import with_live_critical
from workflows.reactive import BY_HAND, Criterion, Standing, speaking_against, unmet


class Candidate(NamedTuple):
    """One person of a list, and the criteria that they fail."""

    person: Offender
    fails: tuple[Criterion, ...]


class Judged(NamedTuple):
    """One criterion as who decides on a proposal must see it.

    `met`: by the facts as they are today; of what is answered by hand, as the proposer answered.
    """

    criterion: Criterion
    is_by_hand: bool
    met: bool
    evidence: str


class Proposed(NamedTuple):
    """A proposal that waits, with every criterion in its order."""

    proposal: ReactiveProposal
    criteria: tuple[Judged, ...]


def eligible(*, actor: Actor, today: dt.date) -> list[Candidate]:
    """Actively managed people of low level who fail no criterion that facts answer.

    A hint and no more: an officer proposes, two others decide. A constant number of statements for
    each chunk of `workflows.facts.everyone`, however many people are in it.
    """
    people = Offender.objects.permitted(actor, Action.REACTIVE_VIEW).filter(
        registration_ended_on=None,
        management_mode=ManagementMode.ACTIVE,
        management_level=ManagementLevel.LOW,
    )
    found = _judged(list(people.select_related("offender_manager", "team")), today)
    return [candidate for candidate in found if not candidate.fails]


def failing(*, actor: Actor, today: dt.date) -> list[Candidate]:
    """Reactively managed people who fail a criterion, such as some whom a file brought.

    For a supervisor to decide on; nobody is made active by a list.
    """
    people = Offender.objects.permitted(actor, Action.REACTIVE_REVIEW).filter(
        registration_ended_on=None, management_mode=ManagementMode.REACTIVE
    )
    found = _judged(list(people.select_related("offender_manager", "team")), today)
    return [candidate for candidate in found if candidate.fails]


def fails(person: Offender, *, today: dt.date) -> tuple[Criterion, ...]:
    """The criteria that one person fails today."""
    [candidate] = _judged([person], today)
    return candidate.fails


def proposed_for(task: Task, *, today: dt.date) -> Proposed | None:
    """What an open task on a proposal is to be decided on; None for any other task."""
    obligation = task.process.obligation if task.kind == Kind.REACTIVE_PROPOSAL else None
    if obligation is None or task.offender is None or not task.is_open:
        return None
    key = obligation.about.removeprefix("proposal:")
    proposal = ReactiveProposal.objects.select_related("proposed_by").get(pk=key)
    answers = {row.criterion: row for row in proposal.criteria.all()}
    failed = fails(task.offender, today=today)
    criteria = []
    for one in Criterion:
        # One that came with a later release was not asked then; it is judged today all the same.
        is_by_hand, answer = one in BY_HAND, answers.get(one)
        met = answer is not None and answer.met if is_by_hand else one not in failed
        criteria.append(Judged(one, is_by_hand, met, answer.evidence if answer else ""))
    return Proposed(proposal, tuple(criteria))


def spoken_against(people: Collection[Offender], *, today: dt.date) -> set[int]:
    """Of these, the keys of those against whose reactive management a fact speaks today.

    For whom another record manages so. Of somebody actively managed a visit that something asked
    for speaks against it too, due or not: a file takes no such visit away (PRACTICE 4, 5, 13). A
    constant number of statements for each chunk of `workflows.facts.everyone`, however many people
    are in it; none for nobody.
    """
    rules, calendar = current.in_force(today), current.calendar()

    def speaks(standing: Standing) -> bool:
        facts = standing.facts
        awaits = is_active(facts) and awaits_visit(facts, rules, calendar, today)
        return awaits or bool(speaking_against(standing, today))

    return {one.facts.offender_id for one in _standings(people, today) if speaks(one)}


def _judged(people: Collection[Offender], today: dt.date) -> list[Candidate]:
    rules, calendar = current.in_force(today), current.calendar()
    known = {standing.facts.offender_id: standing for standing in _standings(people, today)}
    ordered = sorted(people, key=lambda person: (person.source_ref, person.pk))
    return [
        Candidate(person, unmet(known[person.pk], rules, calendar, today)) for person in ordered
    ]


def _standings(people: Collection[Offender], today: dt.date) -> Iterator[Standing]:
    if not people:
        return
    ids = [person.pk for person in people]
    mappa = {person.pk: person.mappa_level for person in people}
    live = Order.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        Q(discharged_on=None) | Q(discharged_on__gt=today),
        offender__in=ids,
    )
    bound = set(live.values_list("offender_id", flat=True))
    owed = Obligation.objects.filter(offender__in=ids, kind=Kind.HOME_VISIT, closed_at=None)
    visits = dict(owed.values_list("offender_id", "due_on"))
    standing = RiskAssessment.objects.filter(
        offender__in=ids,
        state__in=[RiskAssessment.State.IMPORTED, RiskAssessment.State.ENDORSED],
        assessed_on__lte=today,
    )
    newest = standing.order_by("assessed_on", "pk").values_list("offender_id", "priority")
    priorities: dict[int, str] = dict(newest)
    critical = with_live_critical(ids)
    for facts in stream(offender_ids=ids, as_of=today):
        key = facts.offender_id
        yield Standing(
            facts,
            key in bound,
            mappa[key],
            priorities.get(key, ""),
            visits.get(key),
            key in critical,
        )
