"""What every route does the same way: who asks, what they may, what they sent, what is recorded."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from accounts import idempotency, policy
from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.policy import Action, Grant, Redaction
from accounts.requests import actor
from api import reading
from api.errors import PreconditionRequired
from api.etag import etag, expected_version
from api.renderers import Negotiation, dumps
from audit import record as audit
from audit.errors import AuditUnavailable
from audit.models import Event
from workflows.errors import NotVisible
from workflows.refusals import record_refusal
from workflows.steps.fields import StrictSerializer


class Nothing(StrictSerializer):
    """A route that takes no query parameters, or no body."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body that is ready to be sent, with the version of the record it shows."""

    data: Any
    status: int = 200
    version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def reply(self) -> idempotency.Reply:
        """The bytes and headers, as they can be kept and sent again."""
        tag = {} if self.version is None else {"ETag": etag(self.version)}
        return idempotency.Reply(
            status=self.status, body=dumps(self.data), headers={**self.headers, **tag}
        )


class Endpoint(APIView):
    """A route. It names its line of the permission table; a pair not written there is a 403.

    `noun` says what the id in the path is of, for the record. The shapes are what is read and what
    is answered; `api.schema` describes the route by them.
    """

    action: Action
    noun = ""
    operation_id = ""
    query_shape: type[StrictSerializer] = Nothing
    body_shape: type[StrictSerializer] | None = None
    answer_shape: type[Serializer] | None = None
    answer_status = 200
    #: Whether the record has a version: an ETag to read, and If-Match to write, which is required.
    has_version = False
    #: Bodies and answers other than JSON, for the schema: media types.
    body_media: tuple[str, ...] = ()
    #: Whether the body names records, which may not be there for the caller.
    body_names_records = False
    #: Whether a rule may refuse it (409) though it changes nothing.
    obeys_rules = False
    answer_media: tuple[str, ...] = ()
    #: What the route does, where its class serves several; else the docstring's first line.
    summary = ""
    content_negotiation_class = Negotiation
    #: No OPTIONS: the schema describes.
    http_method_names = ["get", "head", "post"]
    #: True where each answer is a look at records and its reason is asked for first.
    is_consultation = True
    #: True where it shows what the short card does not hold: who sees the card alone is refused.
    is_beyond_card = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Method, caller, permission, parameters: in this order, before anything is looked up."""
        method = (request.method or "").lower()
        if method not in self.http_method_names or not hasattr(self, method):
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)
        self.by: Actor = actor(request)
        self.reason = reading.access_reason(request)
        self.grant = self._granted()
        self.asked = reading.query(request, self.query_shape)

    def _granted(self) -> Grant:
        if self.is_consultation:
            found = policy.require(self.by, self.action, reason=self.reason)
            if self.is_beyond_card and found.redaction is Redaction.SHORT_CARD:
                said = f"{self.by.role or self.by.kind} sees the short card alone."
                raise NotPermitted(said, action=self.action)
            return found
        # The reason for a change is in its body, and its action asks for it.
        granted = policy.grant(self.by, self.action)
        if granted is None:
            said = f"{self.by.role or self.by.kind} may not do {self.action}."
            raise NotPermitted(said, action=self.action)
        return granted

    def consult(
        self,
        *,
        ids: Sequence[str] = (),
        offender_id: int | None = None,
        row_count: int | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> Event:
        """Record the look that is about to be answered.

        Raises AuditUnavailable, and then nothing is answered.
        """
        return audit.consult(
            by=self.by,
            action=self.action,
            offender_id=offender_id,
            subject=self._subject(),
            row_count=row_count,
            ids=ids,
            filters=filters,
            reason=self.reason,
        )

    def need_reason(self, *, team_id: int) -> None:
        """Raise ReasonRequired where the record's team is beyond what is seen without one."""
        if policy.needs_reason(self.by, self.grant, team_id=team_id) and not self.reason:
            raise ReasonRequired("Give a reason first.")

    def show(self, data: Any, *, version: int | None = None) -> HttpResponse:
        """An answer to a GET."""
        return _response(Answer(data, version=version).reply())

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """No cache keeps what is said here about people."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def handle_exception(self, exc: Exception) -> Response:
        """The problem, with a refusal recorded by itself: what was refused has rolled back."""
        if isinstance(exc, NotVisible | NotPermitted) and hasattr(self, "by"):
            try:
                record_refusal(
                    by=self.by,
                    error=exc,
                    action=self.action,
                    noun=self.noun,
                    public_id=self.kwargs.get(self.noun),
                    reason=getattr(self, "reason", ""),
                )
            except AuditUnavailable as error:
                exc = error
        return super().handle_exception(exc)

    def _subject(self) -> str:
        """What the path is about, as "task:<uuid>"; "" for a list."""
        given = self.kwargs.get(self.noun)
        return f"{self.noun}:{given}" if given else ""


class WritingEndpoint(Endpoint):
    """A route that changes something, by one action, which leaves the one event."""

    is_consultation = False
    body_shape: type[StrictSerializer] = Nothing

    def sent(self) -> dict[str, Any]:
        """The body, validated. Raises ValidationError."""
        return reading.body(self.request, self.body_shape)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """And the version in If-Match, for the action to compare under its lock.

        Raises PreconditionRequired where the record has one and the caller does not say which they
        read: who forgets it would overwrite what they never saw. `*` says that any will do.
        """
        super().initial(request, *args, **kwargs)
        self.version = expected_version(request)
        if self.has_version and not request.headers.get("If-Match", "").strip():
            raise PreconditionRequired
        if not self.has_version and self.version is not None:
            raise ParseError("What this changes has no version.", code="no_version")

    def write(self, run: Callable[[], Answer], *, fingerprint_of: bytes = b"") -> HttpResponse:
        """The answer of `run`; with an Idempotency-Key once, and the same words every time.

        `fingerprint_of` is the body, where it is not JSON.
        """
        key = reading.idempotency_key(self.request)
        if not key:
            return _response(run().reply())
        reply, is_replay = idempotency.once(
            by=self.by,
            key=key,
            fingerprint=self._fingerprint(fingerprint_of),
            run=lambda: run().reply(),
        )
        if not is_replay:
            return _response(reply)
        response = self._again(reply)
        response.headers["Idempotent-Replay"] = "true"
        return response

    def _again(self, reply: idempotency.Reply) -> HttpResponse:
        """What was answered before. The words were the caller's to read then: it is a look.

        Of what has left their reach since, only that it was done.
        """
        try:
            about = self.seen_again(reply)
        except NotVisible:
            self.consult()
            return _response(idempotency.Reply(status=reply.status, body=b""))
        self.consult(offender_id=about)
        return _response(reply)

    def seen_again(self, reply: idempotency.Reply) -> int | None:
        """Whom a repeated answer is about. Raises NotVisible where the caller sees it no more."""
        return None

    def _fingerprint(self, body: bytes) -> str:
        """SHA-256 hex of method, path and body; of JSON the values count, not how it is written."""
        sent = body or orjson.dumps(self.request.data, option=orjson.OPT_SORT_KEYS)
        request = f"{self.request.method} {self.request.get_full_path()}\n".encode()
        return hashlib.sha256(request + sent).hexdigest()


def _response(reply: idempotency.Reply) -> HttpResponse:
    return HttpResponse(
        reply.body,
        status=reply.status,
        content_type="application/json",
        headers=dict(reply.headers),
    )
