"""What an officer sees on a visit is in the next assessment's form, to be judged anew."""

import pytest

from tests import make
from tests.workflows import doing
from workflows.queries.starting import starts_with

pytestmark = pytest.mark.django_db


def test_evidence_of_a_visit_is_in_the_form_of_the_next_assessment_and_no_rating_is():
    person = make.person()
    manager = make.activate(person.offender_manager)
    doing.visit(person)
    seen = [{"factor": "opportunity", "text": "Has found work at a school kitchen."}]
    doing.complete(person, "write_up", make.write_up(evidence=seen), by=manager)

    rows = {row["factor"]: row for row in starts_with(make.task_of(person, "assess"))["ratings"]}

    assert "school kitchen" in rows["opportunity"]["evidence"]
    assert rows["opportunity"]["evidence"].startswith("Visit of ")
    assert rows["hostile_orientation"]["evidence"] == ""
    assert all("rating" not in row for row in rows.values())
