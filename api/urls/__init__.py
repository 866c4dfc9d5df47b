"""Every route of /api/v1. Paths have no trailing slash; ids in them are public ids."""

from django.urls import path

from api.urls import caseload, indicators, people, quality, rules, static_scores, tasks
from api.views import import_jobs, schema

urlpatterns = [
    *tasks.urlpatterns,
    *people.urlpatterns,
    *static_scores.urlpatterns,
    *indicators.urlpatterns,
    *caseload.urlpatterns,
    *quality.urlpatterns,
    *rules.urlpatterns,
    path("import-jobs", import_jobs.RequestImport.as_view(), name="import-jobs"),
    path("import-jobs/<uuid:job>", import_jobs.ImportJobDetail.as_view(), name="import-job"),
    path(
        "import-jobs/<uuid:job>/refusals",
        import_jobs.ImportRefusals.as_view(),
        name="import-job-refusals",
    ),
    path("openapi.json", schema.openapi, name="openapi"),
    path("docs", schema.reference, name="api-reference"),
]
