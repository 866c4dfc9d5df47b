"""Routes of indicators, their feeds and what is held of those."""

from django.urls import path

from api.urls.either import either
from api.views import deliveries, precision
from api.views.indicators import looking, matching, receiving, restricting

urlpatterns = [
    path(
        "offenders/<uuid:offender>/indicators",
        receiving.RecordAbout.as_view(),
        name="record-indicator",
    ),
    path("indicators", either(looking.IndicatorList, receiving.Send), name="indicators"),
    # Resolved above; here for its name and its description.
    path("indicators", receiving.Send.as_view(), name="send-indicator"),
    path("indicator-precision", precision.IndicatorPrecision.as_view(), name="indicator-precision"),
    path("indicators:batch", receiving.SendBatch.as_view(), name="send-indicators"),
    path("indicators/<uuid:indicator>", looking.IndicatorDetail.as_view(), name="indicator"),
    path(
        "indicators/<uuid:indicator>/candidates",
        looking.Candidates.as_view(),
        name="indicator-candidates",
    ),
    path(
        "indicators/<uuid:indicator>/decisions",
        looking.Decisions.as_view(),
        name="indicator-decisions",
    ),
    path(
        "indicators/<uuid:indicator>/restrict",
        restricting.Restrict.as_view(),
        name="restrict-indicator",
    ),
    path(
        "indicators/<uuid:indicator>/keep-secret",
        restricting.KeepSecret.as_view(),
        name="keep-indicator-secret",
    ),
    path(
        "indicators/<uuid:indicator>/name-user",
        restricting.NameUser.as_view(),
        name="name-indicator-user",
    ),
    path(
        "indicators/<uuid:indicator>/unname-user",
        restricting.UnnameUser.as_view(),
        name="unname-indicator-user",
    ),
    path(
        "indicators/<uuid:indicator>/lift-restriction",
        restricting.LiftRestriction.as_view(),
        name="lift-indicator-restriction",
    ),
    path(
        "indicators/<uuid:indicator>/retract",
        restricting.Retract.as_view(),
        name="retract-indicator",
    ),
    path(
        "indicators/<uuid:indicator>/confirm-match",
        matching.ConfirmMatch.as_view(),
        name="confirm-match",
    ),
    path(
        "indicators/<uuid:indicator>/reject-match",
        matching.RejectMatch.as_view(),
        name="reject-match",
    ),
    path("indicators/<uuid:indicator>/unmatch", matching.Unmatch.as_view(), name="unmatch"),
    path(
        "indicators/<uuid:indicator>/undo-merge",
        matching.UndoMerge.as_view(),
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
