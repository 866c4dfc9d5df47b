"""Routes of the people who are managed: their record, and what is decided about them."""

from django.urls import path

from api.views import (
    case_actions,
    case_reviews,
    contact_notes,
    decisions,
    holdings,
    offenders,
    orders,
    reactive,
    records,
    significant_changes,
    unfound,
)

urlpatterns = [
    path("offenders", offenders.OffenderList.as_view(), name="offenders"),
    path("offenders:register", offenders.RegisterOffender.as_view(), name="register-offender"),
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
    path(
        "offenders/<uuid:offender>/discharge-order",
        orders.DischargeOrder.as_view(),
        name="discharge-order",
    ),
    path(
        "offenders/<uuid:offender>/void-discharge",
        orders.VoidDischarge.as_view(),
        name="void-discharge",
    ),
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
    path(
        "offenders/<uuid:offender>/significant-changes",
        significant_changes.RecordChange.as_view(),
        name="record-change",
    ),
    path(
        "offenders/<uuid:offender>/case-reviews",
        case_reviews.CaseReviews.as_view(),
        name="case-reviews",
    ),
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
    path("offenders/<uuid:offender>/plans", records.PlansOfPerson.as_view(), name="offender-plans"),
    path(
        "offenders/<uuid:offender>/assessments",
        records.AssessmentsOfPerson.as_view(),
        name="offender-assessments",
    ),
    path("visits/<uuid:visit>", records.VisitDetail.as_view(), name="visit"),
]
