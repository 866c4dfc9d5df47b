"""The page on which an officer records a change that was notified, with a new home."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import make
from tests.ui.conftest import Scene, overdue, text_of
from tests.ui.filling import page_of, sent, typed_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(scene: Scene):
    last = timezone.localdate() - dt.timedelta(days=90)
    return make.person(manager=scene.manager, **overdue(last_notification_on=last))


def typed(**more: str) -> dict[str, str]:
    return {
        "item": "home",
        "station": "Quay Street",
        "acknowledged": "true",
        **typed_day("notified_on"),
    } | more


def test_the_home_moves_and_another_checks_it(scene: Scene, person, browse):
    client = browse(scene.manager)
    assert "Record a change they notify, or a new address" in text_of(
        client.get(page_of(person, "person"))
    )

    answer = sent(
        client,
        page_of(person, "notify-change"),
        **typed(
            new_address_kind="main_residence",
            new_address_line="9 Example Row",
            new_address_postcode="QX9 1AA",
        ),
        **typed_day("new_address_from", -1),
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(person, "person"))
    assert person.addresses.get(until_on=None).line_1 == "9 Example Row"
    assert make.task_of(person, "check_notification").kind == "change_notification"


def test_half_an_address_is_said_beside_its_field(scene: Scene, person, browse):
    answer = sent(
        browse(scene.manager),
        page_of(person, "notify-change"),
        **typed(new_address_kind="main_residence"),
    )

    assert answer.status_code == 400
    assert "Enter the new address." in text_of(answer)
    assert person.addresses.get(until_on=None).line_1 != "9 Example Row"
