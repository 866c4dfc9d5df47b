"""What waits for a supervisor or an inspector who is away is decided for them, and says so.

Never on the delegate's own work, nor on that of whom they act for. What the database refuses of
the same rows: `test_decided_for.py`. The decisions that were delegable first:
`test_delegations.py`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, User
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from risk.models import IndicatorTriage, LevelOverride, RiskManagementPlan
from tests import make
from tests.workflows import doing, planning, triaging
from tests.workflows.test_delegations import acting_as, delegate
from tests.workflows.test_endorsing import (
    MORE,
    assessed,
    enquired_twice,
    left_open,
    planned,
    planned_for_longer,
    proposed,
    recommended,
    reported,
    said_dead,
    shut_out,
)
from workflows.actions.dip_samples import draw_sample
from workflows.actions.steps import complete_step
from workflows.models import (
    CaseReview,
    DeathReport,
    DipSample,
    EntryWarrant,
    MissingEnquiry,
    MissingReport,
    ReactiveProposal,
    ReactiveReview,
    ReturnedWork,
)
from workflows.queries.endorsing import endorsements_page, to_endorse

pytestmark = pytest.mark.django_db

SUP, INSP = Role.SUPERVISOR, Role.INSPECTOR


def managed(manager: User) -> Offender:
    return make.person(manager=manager)


def reactive(manager: User) -> Offender:
    person = make.person(manager=manager)
    doing.manage_reactively(person, by=make.officer(INSP, force=manager.force))
    return person


def set_aside(manager: User) -> Offender:
    """A critical indicator that the manager set aside."""
    person = make.person(manager=manager)
    triaging.triage(triaging.critical(person, by=manager), by=manager)
    return person


class Case(NamedTuple):
    """How it comes to wait, what is decided, the code for one's own, and whose decision it was."""

    role: Role
    waits: Callable[[User], Offender]
    values: dict[str, Any]
    own: str
    decided_for: Callable[[], User | None]


DECISIONS = {
    "endorse_plan": Case(
        SUP,
        planned,
        planning.AGREED,
        "own_plan",
        lambda: RiskManagementPlan.objects.get().decided_for,
    ),
    "decide_level": Case(
        SUP,
        left_open,
        {"level": "medium", "reason": "Agreed"},
        "own_assessment",
        lambda: Offender.objects.get().assessments.get(level="medium").level_decided_for,
    ),
    "confirm_missing": Case(
        SUP,
        reported,
        {"decision": "confirm", "comment": "Agreed"},
        "own_report",
        lambda: MissingReport.objects.get().decided_for,
    ),
    "verify_death": Case(
        SUP,
        said_dead,
        {"decision": "verified", "comment": "Agreed", "reference": "C1"},
        "own_report",
        lambda: DeathReport.objects.get().decided_for,
    ),
    "recommend_reactive": Case(
        SUP,
        proposed,
        {"recommendation": "recommended", "recommendation_comment": "Agreed"},
        "own_proposal",
        lambda: ReactiveProposal.objects.get().recommended_for,
    ),
    "review_case": Case(
        SUP, managed, make.case_review(), "own_case", lambda: CaseReview.objects.get().reviewed_for
    ),
    "review_reactive": Case(
        SUP,
        reactive,
        {"outcome": "continues", "comment": "On paper"},
        "own_work",
        lambda: ReactiveReview.objects.get().reviewed_for,
    ),
    "check_triage": Case(
        SUP,
        set_aside,
        {"decision": "agreed", "comment": "Read"},
        "own_triage",
        lambda: IndicatorTriage.objects.get().checked_for,
    ),
    "review_enquiry": Case(
        INSP,
        enquired_twice,
        {"review": "Seen"},
        "own_enquiry",
        lambda: MissingEnquiry.objects.get(is_periodic=True).reviewed_for,
    ),
    "decide_warrant": Case(
        INSP,
        shut_out,
        {"decision": "not_applied", "decision_reason": "Ring first"} | MORE["decide_warrant"],
        "own_recommendation",
        lambda: EntryWarrant.objects.get().decided_for,
    ),
}


class Pair(NamedTuple):
    """Who is away, and who decides for them."""

    away: User
    stand_in: User

    @property
    def acting(self) -> Actor:
        return acting_as(self.stand_in)


def pair(role: Role) -> Pair:
    """A supervisor stands in for either: an inspector may give their decisions one rank below."""
    away = make.officer(role)
    stand_in = make.officer(SUP, team=away.team)
    delegate(away, stand_in)
    return Pair(away, stand_in)


def decide(person: Offender, step: str, *, by: Actor, **values: Any) -> None:
    task = make.task_of(person, step)
    typed = DECISIONS[step].values if step in DECISIONS else {}
    complete_step(by=by, task=task.public_id, step=step, values=typed | values)


@pytest.mark.parametrize("step", DECISIONS)
def test_what_waits_is_decided_for_whoever_is_away(step):
    case = DECISIONS[step]
    officers = pair(case.role)
    person = case.waits(make.officer(team=officers.away.team))

    decide(person, step, by=officers.acting)

    assert case.decided_for() == officers.away
    event = Event.objects.filter(acting_for_label=officers.away.staff_number).get()
    assert event.actor_label == officers.stand_in.staff_number


#: Who may have done what is decided on: an inspector makes no enquiries and considers no warrant.
OWN = [
    (step, whose)
    for step, case in DECISIONS.items()
    for whose in ("the delegate", "the delegator")
    if case.role == SUP or whose == "the delegate"
]


@pytest.mark.parametrize("superuser", [False, True])
@pytest.mark.parametrize(("step", "whose"), OWN)
def test_the_own_work_of_either_is_refused_in_words(step, whose, superuser):
    case = DECISIONS[step]
    officers = pair(case.role)
    person = case.waits(officers.stand_in if whose == "the delegate" else officers.away)
    User.objects.update(is_superuser=superuser, is_staff=superuser)

    with pytest.raises(RuleBroken) as refused:
        decide(person, step, by=officers.acting)

    assert refused.value.code == case.own
    assert make.task_of(person, step).is_open


@pytest.mark.parametrize("whose", ["stand_in", "away"])
@pytest.mark.parametrize("step", DECISIONS)
def test_nor_is_it_decided_about_a_person_whom_either_manages(step, whose):
    case = DECISIONS[step]
    officers = pair(case.role)
    person = case.waits(make.officer(team=officers.away.team))
    Offender.objects.filter(pk=person.pk).update(offender_manager=getattr(officers, whose))

    with pytest.raises(RuleBroken) as refused:
        decide(person, step, by=officers.acting)

    assert refused.value.code in {"own_work", case.own}
    assert make.task_of(person, step).is_open


def test_a_death_verified_for_another_ends_registration_for_them_too():
    officers = pair(SUP)
    person = said_dead(make.officer(team=officers.away.team))

    decide(person, "verify_death", by=officers.acting)

    person.refresh_from_db()
    assert (person.end_endorsed_by, person.end_endorsed_for) == (officers.stand_in, officers.away)


def test_the_level_that_stands_with_an_endorsement_says_for_whom_too():
    officers = pair(SUP)
    person = assessed(make.officer(team=officers.away.team))

    decide(person, "endorse", by=officers.acting, decision="endorse", comment="Good.")

    found = person.assessments.get(state="endorsed")
    assert (found.endorser_for, found.level_decided_for) == (officers.away, officers.away)


def test_an_override_says_for_whom_it_was_approved():
    officers = pair(SUP)
    person = left_open(make.officer(team=officers.away.team))
    until = timezone.localdate() + dt.timedelta(days=30)

    decide(person, "decide_level", by=officers.acting, level="very_high", override_expires_on=until)

    override = LevelOverride.objects.get()
    assert (override.approver, override.approver_for) == (officers.stand_in, officers.away)


def test_what_is_returned_for_another_says_for_whom():
    officers = pair(SUP)
    person = planned(make.officer(team=officers.away.team))

    decide(person, "endorse_plan", by=officers.acting, decision="return", comment="Say more")

    returned = ReturnedWork.objects.get()
    assert (returned.returned_by, returned.returned_for) == (officers.stand_in, officers.away)


# --- in person -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("step", "waits"),
    [("approve_interval", planned_for_longer), ("authorise_reactive", recommended)],
)
def test_that_somebody_is_visited_less_is_decided_by_no_delegate(step, waits):
    officers = pair(INSP)
    person = waits(make.officer(team=officers.away.team))

    with pytest.raises(NotPermitted):
        decide(person, step, by=officers.acting)


@pytest.mark.parametrize(
    ("away", "stand_in", "why"),
    [
        (INSP, SUP, "a supervisor who acts for an inspector"),
        (INSP, INSP, "an inspector who acts for an inspector"),
        (SUP, INSP, "an inspector who acts for a supervisor"),
    ],
)
def test_who_endorses_a_plan_for_another_agrees_to_no_longer_interval(away, stand_in, why):
    giver = make.officer(away)
    taker = make.officer(stand_in, team=giver.team)
    delegate(giver, taker)
    person = planned(make.officer(team=giver.team), visit_every="9m")

    decide(person, "endorse_plan", by=acting_as(taker))

    plan = RiskManagementPlan.objects.get()
    assert (plan.state, plan.interval_decided_by) == ("recommended", None), why


def test_whoever_was_acted_for_in_the_recommendation_does_not_authorise_it():
    inspector = make.officer(INSP)
    stand_in = make.officer(SUP, team=inspector.team)
    delegate(inspector, stand_in)
    person = proposed(make.officer(team=inspector.team))
    decide(person, "recommend_reactive", by=acting_as(stand_in))
    values = {"authority": "authorised", "authority_comment": "Good."}

    with pytest.raises(RuleBroken) as refused:
        doing.complete(person, "authorise_reactive", values, by=inspector)
    assert refused.value.code == "own_proposal"
    another = make.officer(INSP, force=inspector.force)
    doing.complete(person, "authorise_reactive", values, by=another)

    assert ReactiveProposal.objects.get().authority == "authorised"


# --- the list of what waits ----------------------------------------------------------------------
def test_the_delegate_sees_what_waits_and_not_as_themselves():
    away = make.officer(SUP)
    stand_in = make.officer(team=away.team)
    delegate(away, stand_in, by=make.officer(INSP, force=away.force))
    person = planned(make.officer(team=away.team))
    today = timezone.localdate()

    [found] = endorsements_page(actor=acting_as(stand_in), today=today).rows

    assert (found.task.reference, found.is_own) == (person.source_ref, False)
    assert to_endorse(acting_as(stand_in), today) == 1
    assert endorsements_page(actor=make.actor(stand_in), today=today).rows == []


@pytest.mark.parametrize("whose", ["the delegate", "the delegator"])
def test_the_work_of_either_is_marked_as_ones_own(whose):
    officers = pair(SUP)
    planned(officers.stand_in if whose == "the delegate" else officers.away)

    [found] = endorsements_page(actor=officers.acting, today=timezone.localdate()).rows

    assert found.is_own
    assert to_endorse(officers.acting, timezone.localdate()) == 0


# --- dip samples ---------------------------------------------------------------------------------
def test_a_sample_drawn_for_another_says_so_and_goes_to_who_may_check_it_as_themselves():
    officers = pair(SUP)
    make.person(manager=make.officer(team=officers.away.team))

    draw_sample(by=officers.acting, team=officers.away.team.public_id, size=1)

    sample = DipSample.objects.get()
    assert (sample.drawn_by, sample.drawn_for) == (officers.stand_in, officers.away)
    assert sample.items.get().checker == officers.stand_in


def test_whoever_may_check_under_a_delegation_alone_names_somebody_else():
    away = make.officer(SUP)
    stand_in = make.officer(team=away.team)
    delegate(away, stand_in, by=make.officer(INSP, force=away.force))
    person = make.person(manager=make.officer(team=away.team))
    team = away.team.public_id

    with pytest.raises(Invalid) as refused:
        draw_sample(by=acting_as(stand_in), team=team, size=1)
    assert refused.value.code == "cannot_do_it"

    draw_sample(by=acting_as(stand_in), team=team, size=1, checker=away.staff_number)
    decide(person, "check_case", by=acting_as(stand_in), **make.case_review())

    assert CaseReview.objects.get().reviewed_for == away
