"""Cursors: only ours, only for the list they were made for."""

import datetime as dt

import pytest
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.test import APIRequestFactory

from api.etag import etag, expected_version
from api.pagination import Cursor
from offenders.errors import Stale

KEYS = ("2026-11-23T00:00:00Z", 2.5, 17)


def test_a_cursor_gives_back_its_keys() -> None:
    cursor = Cursor("/api/v1/tasks", {"kind": "home_visit"})
    assert cursor.read(cursor.write(KEYS)) == KEYS


@pytest.mark.parametrize(
    "forged",
    ["", "x", "WzFd", "WzFd:signature", "é", ":" * 500, "a" * 10_000],
)
def test_a_forged_cursor_is_refused(forged: str) -> None:
    with pytest.raises(ValidationError):
        Cursor("/api/v1/tasks", {}).read(forged)


def test_a_cursor_of_another_list_or_filter_is_refused() -> None:
    made = Cursor("/api/v1/tasks", {"kind": "home_visit"}).write(KEYS)
    with pytest.raises(ValidationError):
        Cursor("/api/v1/tasks", {}).read(made)
    with pytest.raises(ValidationError):
        Cursor("/api/v1/offenders", {"kind": "home_visit"}).read(made)


def test_the_next_page_keeps_the_filters_and_may_have_another_length() -> None:
    cursor = Cursor("/api/v1/due-visits", {"to": dt.date(2026, 12, 1), "limit": 5})
    links = cursor.links(KEYS, 5)
    assert links[
        "next"
    ] == f"/api/v1/due-visits?to=2026-12-01&limit=5&cursor={links['next_cursor']}".replace(
        ":", "%3A"
    )
    assert (
        Cursor("/api/v1/due-visits", {"to": dt.date(2026, 12, 1), "limit": 9}).read(
            str(links["next_cursor"])
        )
        == KEYS
    )


@pytest.mark.parametrize(
    ("header", "version"), [(None, None), ("*", None), ('"3"', 3), (' "3" ', 3)]
)
def test_if_match_names_a_version(header: str | None, version: int | None) -> None:
    headers = {} if header is None else {"If-Match": header}
    assert expected_version(APIRequestFactory().post("/", headers=headers)) == version


@pytest.mark.parametrize("header", ["3", '"x"', '"1", "2"', '"99999999999"', '"-1"', '"'])
def test_a_malformed_if_match_is_refused(header: str) -> None:
    with pytest.raises(ParseError):
        expected_version(APIRequestFactory().post("/", headers={"If-Match": header}))


def test_a_weak_tag_matches_nothing() -> None:
    with pytest.raises(Stale):
        expected_version(APIRequestFactory().post("/", headers={"If-Match": f"W/{etag(3)}"}))
