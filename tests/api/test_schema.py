"""The description of the API is valid, complete, and readable under the strict policy."""

import io
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from api import urls
from api.schema import document

#: Routes that describe the API, and so are not described.
UNDESCRIBED = {"openapi", "api-reference"}
TOKEN = "/api/v1/oauth/token"


def test_the_schema_is_valid_without_a_warning() -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=io.StringIO())


def test_every_route_is_described_once() -> None:
    described = [
        operation["operationId"]
        for methods in document()["paths"].values()
        for operation in methods.values()
    ]
    routes = [route.name for route in urls.urlpatterns if route.name not in UNDESCRIBED]
    assert len(described) == len(set(described)) == len([*routes, "the token route"])
    assert all(described)


def test_every_operation_says_how_it_can_fail_and_who_may_call_it() -> None:
    for path, methods in document()["paths"].items():
        for operation in methods.values():
            answers = operation["responses"]
            assert answers.keys() >= {"400", "401", "403", "405", "503"}, path
            assert "application/problem+json" in answers["405"]["content"], path
            assert ({"session": []} in operation["security"]) == (path != TOKEN), path
            if "{" in path:
                assert "404" in answers, path


ANY = {"400", "401", "403", "405", "406", "503"}


@pytest.mark.parametrize(
    ("method", "path", "more", "why"),
    [
        ("get", "due-visits", set(), "a list takes no body and names nobody"),
        ("get", "tasks/{task}", {"404"}, "it names a record"),
        ("post", "offenders/search", {"413", "415"}, "it has a body and changes nothing"),
        ("post", "reassignments:preview", {"404", "409", "413", "415"}, "its body names people"),
        ("post", "reassignments", {"404", "409", "413", "415", "422"}, "and this one moves them"),
        ("post", "import-jobs", {"409", "413", "415", "422"}, "a file names nobody yet"),
        (
            "post",
            "tasks/{task}/claim",
            {"404", "409", "412", "413", "415", "422", "428"},
            "it changes a record that has a version",
        ),
        (
            "post",
            "offenders/{offender}/contact-notes",
            {"404", "409", "413", "415", "422"},
            "a note is added to no version",
        ),
    ],
)
def test_every_refusal_that_a_route_can_answer_is_described(
    method: str, path: str, more: set[str], why: str
) -> None:
    answers = document()["paths"][f"/api/v1/{path}"][method]["responses"]
    assert {code for code in answers if not code.startswith("2")} == ANY | more, why


@pytest.mark.parametrize(
    ("path", "may", "why"),
    [
        ("offenders/{offender}", True, "the short card is for other systems too"),
        ("offenders/{offender}/visits", False, "it shows more than the card"),
        ("offenders/{offender}/case-reviews", False, "no scope lets a system read it"),
    ],
)
def test_a_route_says_whether_another_system_may_call_it(path: str, may: bool, why: str) -> None:
    security = document()["paths"][f"/api/v1/{path}"]["get"]["security"]
    assert any("client" in one for one in security) == may, why


def test_the_token_route_is_described() -> None:
    operation = document()["paths"][TOKEN]["post"]
    assert operation["security"] == []
    assert operation["responses"].keys() >= {"200", "400", "401", "413", "415", "429"}


def test_it_is_openapi_3_1() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")


@pytest.mark.django_db
def test_the_page_needs_no_script_and_no_style_of_its_own() -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|style=|\son\w+=", page)
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page


def test_paths_have_no_trailing_slash() -> None:
    assert not [path for path in document()["paths"] if path.endswith("/")]
    assert get_resolver().resolve("/api/v1/docs").url_name == "api-reference"
