"""Every route of /api/v1. Paths have no trailing slash; ids in them are public ids."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from api.endpoint import Endpoint
from api.shapes.tasks import slug
from api.views import (
    absences,
    alerts,
    capacity,
    case_actions,
    case_reviews,
    consistency,
    contact_notes,
    counts,
    decisions,
    delegations,
    deliveries,
    dip_samples,
    directory,
    disagreements,
    due_visits,
    endorsements,
    holdings,
    import_jobs,
    indicators,
    offenders,
    officers,
    orders,
    precision,
    priority,
    reactive,
    reassignments,
    records,
    rule_sets,
    schema,
    significant_changes,
    static_scores,
    tasks,
    transfers,
    unfound,
)
from workflows.steps import FORMS

METHOD_NOT_ALLOWED = 405


def either(reads: type[Endpoint], writes: type[Endpoint]) -> Callable[..., HttpResponseBase]:
    """One address that lists by GET and takes in by POST, each with its line of the policy."""
    listing, sending = reads.as_view(), writes.as_view()

    @csrf_exempt  # as every view of the framework, which asks for the token of a session itself
    def view(request: HttpRequest, **ids: Any) -> HttpResponseBase:
        answer = (sending if request.method == "POST" else listing)(request, **ids)
        if answer.status_code == METHOD_NOT_ALLOWED:
            answer["Allow"] = f"{answer['Allow']}, POST"
        return answer

    # How the description finds the class.
    view.cls, view.initkwargs = reads, {}  # type: ignore[attr-defined]
    return view


def step(name: str) -> URLPattern:
    """The route that completes the step `name`."""
    view = tasks.CompleteStep.as_view(
        step=name,
        operation_id=f"complete_{name}",
        summary=f"Complete the step {name} of a task",
        body_shape=FORMS[name],
    )
    return path(f"tasks/<uuid:task>/{slug(name)}", view, name=f"complete-{slug(name)}")


urlpatterns = [
    path("tasks", tasks.TaskList.as_view(), name="tasks"),
    path("tasks/<uuid:task>", tasks.TaskDetail.as_view(), name="task"),
    path("tasks/<uuid:task>/priority", priority.TaskPriority.as_view(), name="task-priority"),
    path("tasks/<uuid:task>/disagreement", disagreements.Disagree.as_view(), name="disagree"),
    path("disagreements", disagreements.DisagreementList.as_view(), name="disagreements"),
    path("tasks/<uuid:task>/form", tasks.TaskForm.as_view(), name="task-form"),
    path("tasks/<uuid:task>/claim", tasks.ClaimTask.as_view(), name="claim-task"),
    path("tasks/<uuid:task>/release", tasks.ReleaseTask.as_view(), name="release-task"),
    path("tasks/<uuid:task>/reassign", tasks.ReassignTask.as_view(), name="reassign-task"),
    path("tasks/<uuid:task>/defer", tasks.DeferTask.as_view(), name="defer-task"),
    path(
        "tasks/<uuid:task>/authorise-lone-visit",
        tasks.AuthoriseLoneVisit.as_view(),
        name="authorise-lone-visit",
    ),
    *[step(name) for name in FORMS],
    path("offenders", offenders.OffenderList.as_view(), name="offenders"),
    path("offenders/search", offenders.SearchOffenders.as_view(), name="search-offenders"),
    path("offenders/<uuid:offender>", offenders.OffenderDetail.as_view(), name="offender"),
    path(
        "offenders/<uuid:offender>/addresses",
        offenders.RevealAddresses.as_view(),
        name="offender-addresses",
    ),
    path(
        "offenders/<uuid:offender>/status", decisions.ChangeStatus.as_view(), name="change-status"
    ),
    path("offenders/<uuid:offender>/level", decisions.ChangeLevel.as_view(), name="change-level"),
    path("offenders/<uuid:offender>/mode", decisions.ChangeMode.as_view(), name="change-mode"),
    path(
        "offenders/<uuid:offender>/void-visit",
        decisions.VoidVisit.as_view(),
        name="void-visit",
    ),
    path(
        "offenders/<uuid:offender>/bring-visit-forward",
        decisions.BringVisitForward.as_view(),
        name="bring-visit-forward",
    ),
    path("offenders/<uuid:offender>/orders", orders.RecordOrder.as_view(), name="record-order"),
    path("offenders/<uuid:offender>/markers", orders.AddMarker.as_view(), name="add-marker"),
    path(
        "offenders/<uuid:offender>/withdraw-marker",
        orders.WithdrawMarker.as_view(),
        name="withdraw-marker",
    ),
    path(
        "offenders/<uuid:offender>/notify-change",
        decisions.NotifyChange.as_view(),
        name="notify-change",
    ),
    path(
        "offenders/<uuid:offender>/contact-notes",
        contact_notes.AddContactNote.as_view(),
        name="add-contact-note",
    ),
    path(
        "offenders/<uuid:offender>/conflicts",
        decisions.DeclareConflict.as_view(),
        name="declare-conflict",
    ),
    path("due-visits", due_visits.DueVisits.as_view(), name="due-visits"),
    path(
        "reassignments:preview",
        reassignments.PreviewReassignment.as_view(),
        name="preview-reassignment",
    ),
    path("reassignments", reassignments.Reassign.as_view(), name="reassignments"),
    path(
        "reassignments/<uuid:reassignment>",
        reassignments.ReassignmentDetail.as_view(),
        name="reassignment",
    ),
    path(
        "reassignments/<uuid:reassignment>/undo",
        reassignments.UndoReassignment.as_view(),
        name="undo-reassignment",
    ),
    path("transfers", transfers.TransferList.as_view(), name="transfers"),
    path("transfers:offer", transfers.OfferPeople.as_view(), name="offer-transfer"),
    path("transfers/<uuid:transfer>", transfers.TransferDetail.as_view(), name="transfer"),
    path(
        "transfers/<uuid:transfer>/accept",
        transfers.AcceptOffer.as_view(),
        name="accept-transfer",
    ),
    path(
        "transfers/<uuid:transfer>/decline",
        transfers.DeclineOffer.as_view(),
        name="decline-transfer",
    ),
    path(
        "transfers/<uuid:transfer>/withdraw",
        transfers.WithdrawOffer.as_view(),
        name="withdraw-transfer",
    ),
    path("alerts", alerts.AlertList.as_view(), name="alerts"),
    path("alerts/seen", alerts.MarkAlertsSeen.as_view(), name="mark-alerts-seen"),
    path("import-jobs", import_jobs.RequestImport.as_view(), name="import-jobs"),
    path("import-jobs/<uuid:job>", import_jobs.ImportJobDetail.as_view(), name="import-job"),
    path(
        "import-jobs/<uuid:job>/refusals",
        import_jobs.ImportRefusals.as_view(),
        name="import-job-refusals",
    ),
    path("rule-sets", rule_sets.RuleSetList.as_view(), name="rule-sets"),
    path("rule-sets:propose", rule_sets.ProposeRules.as_view(), name="propose-rules"),
    path("rule-sets:what-if", rule_sets.TryRules.as_view(), name="try-rules"),
    path("rule-sets/<int:rule_set>", rule_sets.RuleSetDetail.as_view(), name="rule-set"),
    path(
        "rule-sets/<int:rule_set>/approve", rule_sets.ApproveRules.as_view(), name="approve-rules"
    ),
    path(
        "rule-sets/<int:rule_set>/withdraw",
        rule_sets.WithdrawRules.as_view(),
        name="withdraw-rules",
    ),
    path(
        "rule-sets/<int:rule_set>/effects", rule_sets.RuleSetEffects.as_view(), name="rule-effects"
    ),
    path(
        "offenders/<uuid:offender>/case-actions",
        case_actions.RaiseAction.as_view(),
        name="raise-case-action",
    ),
    path("reactive", reactive.ReactiveCandidates.as_view(), name="reactive-candidates"),
    path(
        "offenders/<uuid:offender>/propose-reactive",
        reactive.ProposeReactive.as_view(),
        name="propose-reactive",
    ),
    path(
        "offenders/<uuid:offender>/report-missing",
        unfound.ReportMissingPerson.as_view(),
        name="report-missing",
    ),
    path("offenders/<uuid:offender>/locate", unfound.Locate.as_view(), name="locate-person"),
    path(
        "offenders/<uuid:offender>/report-death",
        unfound.ReportDeath.as_view(),
        name="report-death",
    ),
    path(
        "offenders/<uuid:offender>/entry-warrant-result",
        unfound.RecordWarrantResult.as_view(),
        name="entry-warrant-result",
    ),
    path("caseload-counts", counts.CaseloadCounts.as_view(), name="caseload-counts"),
    path("absences", absences.AbsenceList.as_view(), name="absences"),
    path("absences:record", absences.RecordAbsenceOf.as_view(), name="record-absence"),
    path("absences/<uuid:absence>/cancel", absences.CancelAbsence.as_view(), name="cancel-absence"),
    path("delegations", delegations.DelegationList.as_view(), name="delegations"),
    path("delegations:grant", delegations.DelegateDecisions.as_view(), name="grant-delegation"),
    path(
        "delegations/<uuid:delegation>/revoke",
        delegations.RevokeDelegation.as_view(),
        name="revoke-delegation",
    ),
    path(
        "officers/<uuid:officer>/trainings",
        officers.RecordTraining.as_view(),
        name="record-training",
    ),
    path(
        "offenders/<uuid:offender>/significant-changes",
        significant_changes.RecordChange.as_view(),
        name="record-change",
    ),
    path("tasks/<uuid:task>/draft", tasks.SaveDraft.as_view(), name="save-draft"),
    path(
        "offenders/<uuid:offender>/case-reviews",
        case_reviews.CaseReviews.as_view(),
        name="case-reviews",
    ),
    path("dip-samples", dip_samples.DipSampleList.as_view(), name="dip-samples"),
    path("dip-samples:draw", dip_samples.DrawSample.as_view(), name="draw-dip-sample"),
    path("dip-samples/<uuid:dip_sample>", dip_samples.DipSampleDetail.as_view(), name="dip-sample"),
    path("quality", dip_samples.QualityByTeam.as_view(), name="quality"),
    path("endorsements", endorsements.EndorsementList.as_view(), name="endorsements"),
    path("directions", case_reviews.DirectionsGiven.as_view(), name="directions"),
    path(
        "offenders/<uuid:offender>/conditions",
        holdings.AddCondition.as_view(),
        name="add-condition",
    ),
    path(
        "offenders/<uuid:offender>/void-condition",
        holdings.VoidCondition.as_view(),
        name="void-condition",
    ),
    path("offenders/<uuid:offender>/devices", holdings.AddDevice.as_view(), name="add-device"),
    path(
        "offenders/<uuid:offender>/device-status",
        holdings.ChangeDevice.as_view(),
        name="change-device",
    ),
    path(
        "offenders/<uuid:offender>/online-accounts",
        holdings.AddAccount.as_view(),
        name="add-online-account",
    ),
    path(
        "offenders/<uuid:offender>/online-account-status",
        holdings.ChangeAccount.as_view(),
        name="change-online-account",
    ),
    path("tasks/<uuid:task>/prepare", tasks.PrepareVisit.as_view(), name="prepare-visit"),
    path(
        "tasks/<uuid:task>/start-lone-visit",
        tasks.StartLoneVisit.as_view(),
        name="start-lone-visit",
    ),
    path("tasks/<uuid:task>/safe", tasks.EndLoneVisit.as_view(), name="end-lone-visit"),
    path("openapi.json", schema.openapi, name="openapi"),
    path("docs", schema.reference, name="api-reference"),
    path("officers/<uuid:officer>/capacity", capacity.SetCapacityOf.as_view(), name="set-capacity"),
    path("reassignments:suggest", reassignments.SuggestSplit.as_view(), name="suggest-split"),
    path(
        "offenders/<uuid:offender>/visits",
        records.VisitsOfPerson.as_view(),
        name="offender-visits",
    ),
    path(
        "offenders/<uuid:offender>/timeline",
        records.TimelineOfPerson.as_view(),
        name="offender-timeline",
    ),
    path(
        "offenders/<uuid:offender>/risk-history",
        records.RiskHistoryOfPerson.as_view(),
        name="risk-history",
    ),
    path(
        "offenders/<uuid:offender>/indicators",
        indicators.RecordAbout.as_view(),
        name="record-indicator",
    ),
    path("offenders/<uuid:offender>/plans", records.PlansOfPerson.as_view(), name="offender-plans"),
    path(
        "offenders/<uuid:offender>/assessments",
        records.AssessmentsOfPerson.as_view(),
        name="offender-assessments",
    ),
    path(
        "offenders/<uuid:offender>/static-scores",
        static_scores.StaticScoresOfPerson.as_view(),
        name="static-scores",
    ),
    path(
        "offenders/<uuid:offender>/static-scores:preview",
        static_scores.PreviewScores.as_view(),
        name="preview-static-scores",
    ),
    path(
        "offenders/<uuid:offender>/static-scores:calculate",
        static_scores.CalculateScores.as_view(),
        name="calculate-static-scores",
    ),
    path(
        "offenders/<uuid:offender>/static-scores:record-official",
        static_scores.RecordOfficialScore.as_view(),
        name="record-official-score",
    ),
    path(
        "offenders/<uuid:offender>/static-scores:void",
        static_scores.VoidScore.as_view(),
        name="void-static-score",
    ),
    path("static-scores:what-if", static_scores.TryTables.as_view(), name="try-static-scores"),
    path("visits/<uuid:visit>", records.VisitDetail.as_view(), name="visit"),
    path("teams", directory.TeamList.as_view(), name="teams"),
    path("teams/<uuid:team>/officers", directory.OfficersOfTeam.as_view(), name="team-officers"),
    path(
        "reassignments:recent",
        reassignments.RecentReassignments.as_view(),
        name="recent-reassignments",
    ),
    path("officers/<uuid:officer>/capacities", capacity.CapacitiesOf.as_view(), name="capacities"),
    path("teams/<uuid:team>/caseload", capacity.TeamCaseloadDetail.as_view(), name="team-caseload"),
    path("indicators", either(indicators.IndicatorList, indicators.Send), name="indicators"),
    # Resolved above; here for its name and its description.
    path("indicators", indicators.Send.as_view(), name="send-indicator"),
    path("consistency", consistency.ConsistencyReport.as_view(), name="consistency"),
    path("indicator-precision", precision.IndicatorPrecision.as_view(), name="indicator-precision"),
    path("indicators:batch", indicators.SendBatch.as_view(), name="send-indicators"),
    path("indicators/<uuid:indicator>", indicators.IndicatorDetail.as_view(), name="indicator"),
    path(
        "indicators/<uuid:indicator>/candidates",
        indicators.Candidates.as_view(),
        name="indicator-candidates",
    ),
    path(
        "indicators/<uuid:indicator>/decisions",
        indicators.Decisions.as_view(),
        name="indicator-decisions",
    ),
    path(
        "indicators/<uuid:indicator>/restrict",
        indicators.Restrict.as_view(),
        name="restrict-indicator",
    ),
    path(
        "indicators/<uuid:indicator>/keep-secret",
        indicators.KeepSecret.as_view(),
        name="keep-indicator-secret",
    ),
    path(
        "indicators/<uuid:indicator>/name-user",
        indicators.NameUser.as_view(),
        name="name-indicator-user",
    ),
    path(
        "indicators/<uuid:indicator>/unname-user",
        indicators.UnnameUser.as_view(),
        name="unname-indicator-user",
    ),
    path(
        "indicators/<uuid:indicator>/lift-restriction",
        indicators.LiftRestriction.as_view(),
        name="lift-indicator-restriction",
    ),
    path(
        "indicators/<uuid:indicator>/retract",
        indicators.Retract.as_view(),
        name="retract-indicator",
    ),
    path(
        "indicators/<uuid:indicator>/confirm-match",
        indicators.ConfirmMatch.as_view(),
        name="confirm-match",
    ),
    path(
        "indicators/<uuid:indicator>/reject-match",
        indicators.RejectMatch.as_view(),
        name="reject-match",
    ),
    path("indicators/<uuid:indicator>/unmatch", indicators.Unmatch.as_view(), name="unmatch"),
    path(
        "indicators/<uuid:indicator>/undo-merge",
        indicators.UndoMerge.as_view(),
        name="undo-merge",
    ),
    path(
        "indicator-feeds/<slug:feed>/deliveries",
        deliveries.Deliver.as_view(),
        name="deliver-indicators",
    ),
    path("quarantined-deliveries", deliveries.HeldDeliveries.as_view(), name="held-deliveries"),
    path(
        "quarantined-deliveries/<uuid:delivery>",
        deliveries.HeldDetail.as_view(),
        name="held-delivery",
    ),
    path(
        "quarantined-deliveries/<uuid:delivery>/release",
        deliveries.Release.as_view(),
        name="release-delivery",
    ),
    path(
        "quarantined-deliveries/<uuid:delivery>/discard",
        deliveries.Discard.as_view(),
        name="discard-delivery",
    ),
]
