"""What lists, titles and addresses of pages never show, and finding someone."""

import re

import pytest
from django.urls import reverse

from tests import make
from tests.ui.conftest import (
    HOME,
    NAME,
    Scene,
    address_of_task,
    events_of,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/tasks", "/tasks?whose=team", "/teams"])
def test_a_list_holds_no_home_no_birth_and_no_offence(scene: Scene, browse, path: str):
    supervisor = browse(scene.supervisor)
    page = supervisor.get(path, follow=True).content.decode()
    if path == "/teams":
        address = reverse("ui:team-caseload", args=[scene.manager.team.public_id])
        page = supervisor.get(address, {"officer": scene.manager.public_id}).content.decode()
    # Whole phrases: a staff number or a key made by chance may hold a year or three letters.
    born = ("4 Feb", "February 1979", "Feb 1979", "1979-02", "/1979")
    for secret in (HOME, "QX7 4ZZ", *born, "Quillon", "imprisonment", "life_or_ipp"):
        assert secret.lower() not in page.lower(), secret


def test_titles_and_addresses_of_pages_name_nobody(scene: Scene, browse):
    client = browse(scene.manager)
    for path in (
        "/tasks",
        address_of_task(scene.visit),
        reverse("ui:person", args=[scene.person.public_id]),
        reverse("ui:contact-note", args=[scene.person.public_id]),
        reverse("ui:report-missing", args=[scene.person.public_id]),
        reverse("ui:report-death", args=[scene.person.public_id]),
        reverse("ui:change-status", args=[scene.person.public_id]),
        reverse("ui:bring-visit-forward", args=[scene.person.public_id]),
        reverse("ui:declare-conflict", args=[scene.person.public_id]),
        reverse("ui:defer-task", args=[scene.visit.public_id]),
        "/visit-list",
    ):
        page = client.get(path).content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        assert title is not None
        assert NAME.lower() not in title[1].lower()
        for address in re.findall(r'(?:href|action)="([^"]*)"', page):
            assert NAME.lower() not in address.lower()
            assert "larkspur" not in address.lower()


def test_a_search_stands_in_no_address_and_nobody_reads_as_no_access(scene: Scene, browse):
    stranger = browse(make.officer(team=make.team(in_force=scene.manager.force)))
    hidden = stranger.post("/people", {"q": NAME})
    nobody = stranger.post("/people", {"q": "Nobodysname"})
    for answer in (hidden, nobody):
        assert answer.status_code == 200
        assert "No one matches." in text_of(answer)
    assert scene.person.source_ref not in text_of(hidden)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"q": "zymb"}, "the beginning of a surname"),
        ({"q": "Zymborski, Quillon"}, "both names as lists write them"),
        ({"q": "ZYMBORSKI q"}, "a surname and an initial"),
    ],
)
def test_someone_is_found_by_what_is_known(scene: Scene, browse, typed, why: str):
    answer, [event] = events_of(lambda: browse(scene.manager).post("/people", typed))
    assert scene.person.source_ref in text_of(answer), why
    assert event.row_count == 1


def test_someone_is_found_by_reference_and_not_by_another_birth(scene: Scene, browse):
    client = browse(scene.manager)
    born = {"date_of_birth_day": "4", "date_of_birth_month": "2", "date_of_birth_year": "1979"}
    found = client.post("/people", {"q": scene.person.source_ref, **born})
    assert NAME.upper() in text_of(found)
    other = client.post("/people", {"q": NAME, **born, "date_of_birth_year": "1980"})
    assert "No one matches." in text_of(other)
