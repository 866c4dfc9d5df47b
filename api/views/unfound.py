"""People who cannot be found, are said to be dead, or refuse entry: what is no step of a task."""

from accounts.policy import Action
from api.shapes import unfound as shapes
from api.views.about_offender import OffenderWriting
from workflows.actions import deaths, missing, warrants
from workflows.steps.death import ReportDeath as DeathForm
from workflows.steps.missing import LocatePerson, ReportMissing


class ReportMissingPerson(OffenderWriting):
    """Report that a person cannot be found. The visit stays owed until a supervisor confirms."""

    action = Action.MISSING_REPORT
    operation_id = "report_missing"
    body_shape = ReportMissing
    perform = staticmethod(missing.report_missing)


class Locate(OffenderWriting):
    """Say where and how a missing person was found: a visit is owed within 24 hours."""

    action = Action.MISSING_LOCATE
    operation_id = "locate_person"
    body_shape = LocatePerson
    perform = staticmethod(missing.locate)


class ReportDeath(OffenderWriting):
    """Report that a person is said to be dead. Another officer verifies or refutes it."""

    action = Action.DEATH_REPORT
    operation_id = "report_death"
    body_shape = DeathForm
    perform = staticmethod(deaths.report_death)


class RecordWarrantResult(OffenderWriting):
    """Say that a court granted or refused an entry warrant, or that it was executed."""

    action = Action.WARRANT_RESULT
    operation_id = "record_warrant_result"
    body_shape = shapes.RecordWarrantResult
    perform = staticmethod(warrants.record_warrant_result)
