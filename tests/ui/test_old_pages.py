"""A page that is asked for long after the one before it."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Role
from tests import make
from tests.ui.conftest import Scene
from ui.views.tasks import Asked, _cursor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hours", [1, 25])
def test_it_begins_anew_and_is_never_a_fault_of_ours(scene: Scene, browse, hours):
    """Of a whole force nothing is known any more of a day ago (`workflows.queries.whole_force`)."""
    at = timezone.now() - dt.timedelta(hours=hours)
    day = timezone.localdate(at)
    asked = Asked.of(QueryDict("whose=team"))
    after = _cursor(asked, asked.order).write((day, at, True, 0, day, 1))

    inspector = make.officer(Role.INSPECTOR, team=scene.person.team)
    answer = browse(inspector).get("/tasks", {"whose": "team", "after": after})

    assert answer.status_code == 200
