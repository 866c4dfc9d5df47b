"""Routes of who has which work: teams, officers, absences, moves and transfers."""

from django.urls import path

from api.views import (
    absences,
    capacity,
    counts,
    delegations,
    directory,
    officers,
    reassignments,
    transfers,
)

urlpatterns = [
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
    path("officers/<uuid:officer>/capacity", capacity.SetCapacityOf.as_view(), name="set-capacity"),
    path("reassignments:suggest", reassignments.SuggestSplit.as_view(), name="suggest-split"),
    path("teams", directory.TeamList.as_view(), name="teams"),
    path("teams/<uuid:team>/officers", directory.OfficersOfTeam.as_view(), name="team-officers"),
    path(
        "reassignments:recent",
        reassignments.RecentReassignments.as_view(),
        name="recent-reassignments",
    ),
    path("officers/<uuid:officer>/capacities", capacity.CapacitiesOf.as_view(), name="capacities"),
    path("teams/<uuid:team>/caseload", capacity.TeamCaseloadDetail.as_view(), name="team-caseload"),
]
