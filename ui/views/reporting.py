"""Reports about a person that are no step of a task: missing, located, dead, a warrant's result."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.policy import Action
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions import deaths, missing, warrants
from workflows.steps.death import ReportDeath
from workflows.steps.missing import LocatePerson, ReportMissing
from workflows.steps.warrant import RecordWarrantResult

MISSING = PersonForm(
    route="report-missing",
    shape=ReportMissing,
    action=Action.MISSING_REPORT,
    act=missing.report_missing,
    title="Report missing",
    hint="The home visit stays owed until a supervisor confirms it. Enquire within 24 hours.",
    submit="Save",
    said="Reported missing.",
    icon="report-missing",
)
LOCATE = PersonForm(
    route="locate",
    shape=LocatePerson,
    action=Action.MISSING_LOCATE,
    act=missing.locate,
    title="Located",
    hint="In the community a home visit is due within 24 hours.",
    submit="Save",
    said="Recorded as located.",
    icon="locate",
)
DEATH = PersonForm(
    route="report-death",
    shape=ReportDeath,
    action=Action.DEATH_REPORT,
    act=deaths.report_death,
    title="Report a death",
    hint="Nothing that needs the person is owed until a supervisor verifies or refutes it.",
    submit="Save",
    said="Reported.",
    icon="report-death",
)
WARRANT = PersonForm(
    route="warrant-result",
    shape=RecordWarrantResult,
    action=Action.WARRANT_RESULT,
    act=warrants.record_warrant_result,
    title="What became of the warrant",
    hint="A visit made under it is recorded as a visit.",
    submit="Save",
    said="Saved.",
    icon="warrant-result",
)


@page(MISSING.action, "GET", "HEAD", "POST")
def report_missing(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Reporting that somebody's whereabouts are not known."""
    return MISSING.answer(request, by, person)


@page(LOCATE.action, "GET", "HEAD", "POST")
def locate(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Saying where somebody was found."""
    return LOCATE.answer(request, by, person)


@page(DEATH.action, "GET", "HEAD", "POST")
def report_death(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Reporting that somebody is said to be dead."""
    return DEATH.answer(request, by, person)


@page(WARRANT.action, "GET", "HEAD", "POST")
def warrant_result(request: HttpRequest, by: Actor, person: UUID, warrant: UUID) -> HttpResponse:
    """Recording what became of a warrant."""
    return WARRANT.answer(request, by, person, warrant=warrant)
