"""The OpenAPI description, drawn from what each route says of itself (`api.endpoint`)."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from accounts.models import Role
from accounts.policy import DELEGABLE, RULES, SCOPES, Action, Redaction
from api.endpoint import Endpoint, Nothing, WritingEndpoint
from api.errors import PROBLEM_JSON
from api.shapes.problem import Problem

ACCESS_REASON = OpenApiParameter(
    "Access-Reason",
    location=OpenApiParameter.HEADER,
    description="Why you look, where your role needs a reason (403 `reason_required`). "
    "It is kept in the record.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    required=True,
    description="The ETag you read. 412 when the record has changed since, 428 without it; "
    "`*` changes it whatever its version.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    location=OpenApiParameter.HEADER,
    description="Up to 255 printable ASCII characters. The same request with the same key has "
    "its effect once and gets the same answer, marked `Idempotent-Replay: true`, for 72 hours.",
)
ACTING_FOR = OpenApiParameter(
    "Acting-For",
    location=OpenApiParameter.HEADER,
    description="Id of a delegation, to act under it with an officer's session: the role and team "
    "that were given, and none of one's own. 403 where it is not yours to use now. The record "
    "names both.",
)

#: What any route may answer instead, and what more a route may that has a body, names records,
#: works something out, or changes things.
REFUSALS = {
    400: "Malformed, or some fields are invalid",
    401: "Not signed in, or the token is not valid",
    403: "Not permitted, or a reason or https is needed",
    405: "Another method is wanted",
    406: "Nothing here is written as Accept asks",
    503: "The record cannot be written, or others are writing",
}
REFUSALS_OF_A_BODY = {413: "The body is too large", 415: "Another Content-Type is wanted"}
REFUSALS_OF_A_RECORD = {404: "No such record for you"}
REFUSALS_OF_A_DECISION = {409: "The facts do not allow it, or it is done already"}
REFUSALS_OF_A_CHANGE = {422: "The Idempotency-Key came with another request"}
REFUSALS_OF_A_VERSION = {412: "Changed since you read it", 428: "If-Match is missing"}


class AutoSchema(SpectacularAutoSchema):
    """Describes an Endpoint by its attributes and docstring, so that nothing is said twice."""

    view: Endpoint  # type: ignore[override]

    def get_operation_id(self) -> str:
        return self.view.operation_id

    def get_tags(self) -> list[str]:
        # /api/v1/<resource>/...
        return [self.path.split("/")[3].partition(":")[0]]

    def get_summary(self) -> str:
        return self.view.summary or self._words()[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        return " ".join(self._words())

    def get_request_serializer(self) -> Any:
        if self.view.body_media:
            return dict.fromkeys(self.view.body_media, OpenApiTypes.BINARY)
        shape = self.view.body_shape
        return None if shape is Nothing else shape

    def get_response_serializers(self) -> Any:
        status = self.view.answer_status
        answers: dict[Any, Any] = {(status, "application/json"): self.view.answer_shape}
        for media in self.view.answer_media:
            answers[(status, media)] = OpenApiTypes.STR
        for status, description in self._refusals().items():
            answers[(status, PROBLEM_JSON)] = OpenApiResponse(Problem, description=description)
        return answers

    def get_override_parameters(self) -> list[Any]:
        asked = self.view.query_shape
        parameters: list[Any] = [] if asked is Nothing else [asked]
        if isinstance(self.view, WritingEndpoint):
            parameters += [IDEMPOTENCY_KEY, *([IF_MATCH] if self.view.has_version else [])]
        else:
            parameters.append(ACCESS_REASON)
        if self.view.has_version:
            parameters.append(self._etag())
        if self.view.action in DELEGABLE:
            parameters.append(ACTING_FOR)
        return parameters

    def _etag(self) -> OpenApiParameter:
        return OpenApiParameter(
            "ETag",
            OpenApiTypes.STR,
            OpenApiParameter.HEADER,
            response=[self.view.answer_status],
            description="Version of the record, for If-Match",
        )

    def _refusals(self) -> dict[int, str]:
        view = self.view
        is_change = isinstance(view, WritingEndpoint)
        applies = (
            (True, REFUSALS),
            (view.noun or view.body_names_records, REFUSALS_OF_A_RECORD),
            (
                is_change or view.body_names_records or view.obeys_rules,
                REFUSALS_OF_A_DECISION,
            ),
            (is_change and view.has_version, REFUSALS_OF_A_VERSION),
            (view.body_shape is not None or view.body_media, REFUSALS_OF_A_BODY),
            (is_change, REFUSALS_OF_A_CHANGE),
        )
        found = {code: words for does, codes in applies if does for code, words in codes.items()}
        return dict(sorted(found.items()))

    def _words(self) -> list[str]:
        lines = (type(self.view).__doc__ or "").strip().splitlines()
        return [line.strip() for line in lines if line.strip()]


class ClientScheme(OpenApiAuthenticationExtension):
    """OAuth2 client credentials, with the scope that each route asks for."""

    target_class = "api.auth.ClientTokenAuthentication"
    name = "client"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scopes = {scope: f"{action} for another system" for action, scope in SCOPES.items()}
        flow = {"tokenUrl": reverse("oauth-token"), "scopes": scopes}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}

    def get_security_requirement(self, auto_schema: Any) -> Any:
        """None for what no client may do."""
        scope = SCOPES.get(Action(auto_schema.view.action))
        # A step names the least that it asks for, which is to see its task; officers complete it.
        is_step = isinstance(auto_schema.view, WritingEndpoint) and scope == "tasks:read"
        is_beyond = auto_schema.view.is_beyond_card and _sees_the_card(auto_schema.view.action)
        return {self.name: [scope]} if scope and not is_step and not is_beyond else None


def _sees_the_card(action: Action) -> bool:
    """Whether another system sees the short card alone."""
    granted = RULES[action].get(Role.INTEGRATION)
    return granted is not None and granted.redaction is Redaction.SHORT_CARD


class SessionScheme(OpenApiAuthenticationExtension):
    """The session of the pages."""

    target_class = "api.auth.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "An officer's session. Writes also need the X-CSRFToken header.",
        }


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole description. It is the same as long as the process lives."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found
