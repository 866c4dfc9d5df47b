"""Routes of those who answer for the work: samples, second persons, reports."""

from django.urls import path

from api.views import case_reviews, consistency, dip_samples, disagreements, endorsements

urlpatterns = [
    path("disagreements", disagreements.DisagreementList.as_view(), name="disagreements"),
    path("dip-samples", dip_samples.DipSampleList.as_view(), name="dip-samples"),
    path("dip-samples:draw", dip_samples.DrawSample.as_view(), name="draw-dip-sample"),
    path("dip-samples/<uuid:dip_sample>", dip_samples.DipSampleDetail.as_view(), name="dip-sample"),
    path("quality", dip_samples.QualityByTeam.as_view(), name="quality"),
    path("endorsements", endorsements.EndorsementList.as_view(), name="endorsements"),
    path("directions", case_reviews.DirectionsGiven.as_view(), name="directions"),
    path("consistency", consistency.ConsistencyReport.as_view(), name="consistency"),
]
