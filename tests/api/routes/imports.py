"""Extracts of other systems."""

from accounts.policy import Action
from tests.api.routes.route import Route
from tests.api.scenes.imports import an_import_job

IMPORTS: dict[str, Route] = {
    "import-jobs": Route("POST", "import-jobs", Action.OFFENDER_IMPORT, ok=202),
    "import-job": Route(
        "GET", "import-jobs/{}", Action.OFFENDER_IMPORT, an_import_job, seen_by=None
    ),
    "import-job-refusals": Route(
        "GET", "import-jobs/{}/refusals", Action.OFFENDER_IMPORT, an_import_job, seen_by=None
    ),
}
