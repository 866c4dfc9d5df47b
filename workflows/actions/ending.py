"""The end of a registration, and of what was under way: a search, a proposal, handed-in work.

Two people have ended it by then, by one of two acts: no machine closes anything here. The write-up
and review of a visit that was made go on: they say what was seen (decision 0013). So does the
triage of indicators: somebody may be in danger whoever is on the register (PRACTICE 18).
"""

from collections.abc import Iterator

from django.utils import timezone
from viewflow.workflow.status import PROCESS

from accounts.models import User
from offenders import actions as people
from offenders.models import Offender
from risk import actions as risk
from risk.models import PlanState, RiskAssessment
from risk.models.plan import WAITING
from workflows.actions.missing import close_report, open_report_of
from workflows.actions.reactive import end_relief
from workflows.engine import transitions
from workflows.models import Kind, MissingReport, Process, Task

ENDED = "The registration ended"


def end_registration(
    person: Offender,
    *,
    proposed_by: User,
    endorsed_by: User,
    acting_for: int | None = None,
    within: Task,
    because: MissingReport.ClosedBecause,
) -> None:
    """End a registration by who proposed and who endorsed it, at the step `within`.

    The caller reconciles. `because`: why a search for the person is over.
    """
    today = timezone.localdate()
    people.end_registration(
        offender=person,
        ended_on=today,
        proposed_by=proposed_by,
        endorsed_by=endorsed_by,
        acting_for=acting_for,
    )
    search = open_report_of(person)
    if search is not None:
        close_report(search, because=because, by=endorsed_by, on=today)
    end_relief(person, user=endorsed_by, because="registration ended", is_trigger=False)
    _return_handed_in(person, endorsed_by, proposed_by)
    for process in _under_way(person, within):
        transitions.cancel_process(process)


def _under_way(person: Offender, within: Task) -> Iterator[Process]:
    """Everything of the person but their visits, the triage of indicators and the work whose step
    is being done."""
    running = Process.objects.filter(offender=person, status=PROCESS.NEW)
    goes_on = (Kind.HOME_VISIT, Kind.INDICATOR_TRIAGE)
    yield from running.exclude(kind__in=goes_on).exclude(pk=within.process_id)


def _return_handed_in(person: Offender, *by: User) -> None:
    """Return what waits, undecided: where the person is registered anew, it is written anew.

    By whoever of the two who ended the registration is not its author.
    """
    for assessment in person.assessments.filter(state=RiskAssessment.State.SUBMITTED):
        endorser = _other_than(assessment.author_id, by)
        risk.return_assessment(assessment=assessment, endorser=endorser, comment=ENDED)
    for plan in person.plans.filter(state__in=WAITING):
        give_back = risk.return_plan if plan.state == PlanState.SUBMITTED else risk.refuse_interval
        give_back(plan=plan, by=_other_than(plan.author_id, by), comment=ENDED)


def _other_than(author_id: int | None, by: tuple[User, ...]) -> User:
    return next(user for user in by if user.pk != author_id)
