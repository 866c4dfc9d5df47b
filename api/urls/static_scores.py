"""Routes of static scores."""

from django.urls import path

from api.views import static_scores

urlpatterns = [
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
]
