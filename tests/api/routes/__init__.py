"""For each route of the API: a sound request on a record, and the line of the permission table.

Written down here a second time on purpose: the test of role by route compares what the routes do
with what this list and the table say.
"""

from tests.api.routes.alerts import ALERTS
from tests.api.routes.assessments import ASSESSMENTS
from tests.api.routes.caseload import CASELOAD
from tests.api.routes.holdings import HOLDINGS
from tests.api.routes.imports import IMPORTS
from tests.api.routes.indicators import INDICATORS
from tests.api.routes.people import PEOPLE
from tests.api.routes.plans import PLANS
from tests.api.routes.reactive import REACTIVE
from tests.api.routes.registration import REGISTRATION
from tests.api.routes.route import Route
from tests.api.routes.rules import RULES
from tests.api.routes.scores import SCORES
from tests.api.routes.standing_in import STANDING_IN
from tests.api.routes.supervising import SUPERVISING
from tests.api.routes.tasks import TASKS
from tests.api.routes.transfers import TRANSFERS
from tests.api.routes.unfound import UNFOUND
from tests.api.routes.visits import VISITS

#: Every route, by its name in the URL conf.
ROUTES: dict[str, Route] = (
    TASKS
    | VISITS
    | ASSESSMENTS
    | PLANS
    | SCORES
    | REGISTRATION
    | PEOPLE
    | HOLDINGS
    | CASELOAD
    | TRANSFERS
    | STANDING_IN
    | RULES
    | REACTIVE
    | UNFOUND
    | SUPERVISING
    | INDICATORS
    | ALERTS
    | IMPORTS
)
