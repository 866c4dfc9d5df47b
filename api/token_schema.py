"""The description of the token route, which is OAuth's (RFC 6749) and no Endpoint of ours."""

from typing import Any

from django.urls import reverse

from api.errors import PROBLEM_JSON

_TEXT = {"type": "string"}
_NOT_OURS = {
    "type": "object",
    "properties": {"error": _TEXT, "error_description": _TEXT},
    "required": ["error"],
}
_ASKED = {
    "type": "object",
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials"]},
        "client_id": _TEXT | {"description": "Unless they come in a Basic Authorization header"},
        "client_secret": _TEXT,
        "scope": _TEXT | {"description": "Fewer than the client has, with spaces between"},
    },
    "required": ["grant_type"],
}
_ISSUED = {
    "type": "object",
    "properties": {
        "access_token": _TEXT,
        "token_type": {"type": "string", "enum": ["Bearer"]},
        "expires_in": {"type": "integer", "description": "Seconds"},
        "scope": _TEXT,
    },
    "required": ["access_token", "token_type", "expires_in", "scope"],
}
#: Answers in the words of OAuth, and what goes wrong before or beside it in ours.
_OAUTH = {
    400: "The request is malformed, or the grant or scope is not the client's (RFC 6749 s.5.2)",
    401: "The client or its secret is not known, or it is closed",
}
_PROBLEMS = {
    403: "https is needed",
    405: "Another method is wanted",
    413: "The body is too large",
    415: "Another charset is wanted",
    429: "Too many wrong secrets; wait as Retry-After says",
    503: "The record cannot be written, or others are writing",
}


def with_token_route(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """`result`, drf-spectacular's description, with the one route that it cannot see."""
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    answers = {"200": _answer("A token", {"application/json": {"schema": _ISSUED}})}
    for code, words in _OAUTH.items():
        answers[str(code)] = _answer(words, {"application/json": {"schema": _NOT_OURS}})
    for code, words in _PROBLEMS.items():
        answers[str(code)] = _answer(words, {PROBLEM_JSON: problem})
    form = {"application/x-www-form-urlencoded": {"schema": _ASKED}}
    result["paths"][reverse("oauth-token")] = {
        "post": {
            "operationId": "issue_token",
            "summary": "Ask for a token, as another system",
            "description": "Send it as a Bearer Authorization header with each request. "
            "It ends by itself; ask for another then.",
            "tags": ["oauth"],
            "requestBody": {"content": form, "required": True},
            "security": [],
            "responses": answers,
        }
    }
    return result


def _answer(words: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": content}
