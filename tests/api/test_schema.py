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


def test_the_schema_is_valid_without_a_warning() -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=io.StringIO())


def test_every_route_is_described_once() -> None:
    described = [
        operation["operationId"]
        for methods in document()["paths"].values()
        for operation in methods.values()
    ]
    routes = [route.name for route in urls.urlpatterns if route.name not in UNDESCRIBED]
    assert len(described) == len(set(described)) == len(routes)
    assert all(described)


def test_every_operation_says_how_it_can_fail_and_who_may_call_it() -> None:
    for path, methods in document()["paths"].items():
        for operation in methods.values():
            answers = operation["responses"]
            assert answers.keys() >= {"400", "401", "403", "503"}, path
            assert "application/problem+json" in answers["400"]["content"], path
            assert {"session": []} in operation["security"], path
            assert ("404" in answers) == ("{" in path), path


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
