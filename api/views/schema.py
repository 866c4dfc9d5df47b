"""The description of the API, for programs and for people. Open to all: it holds no record."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from api.renderers import dumps
from api.schema import document


@dataclass(frozen=True, slots=True)
class Part:
    """One parameter or field, as a row of a table."""

    name: str
    place: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One route and method, as a section of the page."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scopes: list[str]
    needs_session: bool
    takes: list[Part]
    answers: list[tuple[str, str]]


# Anyone may send them anything: they change nothing, and other methods are refused as such.
@csrf_exempt
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 as JSON."""
    return HttpResponse(dumps(document()), content_type="application/vnd.oai.openapi+json")


@csrf_exempt
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The same, as one page to read.

    Drawn here and not by Swagger UI: that needs inline styles and writes markup from scripts, which
    the Content-Security-Policy of this service refuses.
    """
    tags: dict[str, list[Operation]] = {}
    for path, methods in document()["paths"].items():
        for method, described in methods.items():
            operation = _operation(path, method, described)
            tags.setdefault(described["tags"][0], []).append(operation)
    shown = {"info": document()["info"], "tags": sorted(tags.items())}
    return render(request, "api/reference.html", shown)


def _operation(path: str, method: str, described: dict[str, Any]) -> Operation:
    takes = [_parameter(parameter) for parameter in described.get("parameters", [])]
    body = described.get("requestBody", {}).get("content", {})
    for media, content in body.items():
        takes += _fields(media, content["schema"])
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described["summary"],
        description=described["description"],
        scopes=[scope for need in described["security"] for scope in need.get("client", [])],
        needs_session={"session": []} in described["security"],
        takes=takes,
        answers=[(code, said["description"]) for code, said in described["responses"].items()],
    )


def _parameter(parameter: dict[str, Any]) -> Part:
    return Part(
        name=parameter["name"],
        place=parameter["in"],
        type=_type(parameter["schema"]),
        required=parameter.get("required", False),
        description=parameter.get("description", ""),
    )


def _fields(media: str, schema: dict[str, Any]) -> list[Part]:
    """The fields of a body. One that is not an object of ours is one row."""
    found = _resolved(schema)
    needed = found.get("required", [])
    fields = found.get("properties", {})
    if not fields:
        return [Part("", media, _type(schema), True, found.get("description", ""))]
    return [
        Part(name, "body", _type(field), name in needed, field.get("description", ""))
        for name, field in fields.items()
    ]


def _type(schema: dict[str, Any]) -> str:
    """The type in a few words, with the values it is limited to."""
    found = _resolved(schema)
    if "enum" in found:
        return " | ".join(str(value) for value in found["enum"] if value not in {"", None})
    kind = found.get("type", "object")
    word = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if word == "array":
        return f"list of {_type(found['items'])}"
    return f"{word} ({found['format']})" if "format" in found else word


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema`, or what it refers to."""
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    found: dict[str, Any] = document()["components"]["schemas"][name]
    return found
