"""The inbox with ModelSerializers, `select_related` and PageNumberPagination.

By due date the database orders. The score is computed, so by priority the officer's tasks are
fetched, sorted in Python and paged as a list: no stored column that goes out of date overnight.
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import generics, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action
from audit import record as audit
from offenders.models import Offender
from risk.models import IndicatorStanding
from risk.priority import Contribution, PriorityScale, explain, score
from risk.standing import NOTHING, Standing
from rules import current
from rules.ruleset import RuleSet
from workflows.models import Task
from workflows.queries.ranking import DAYS_OF_MONTH, USUAL_RULE
from workflows.queries.task_rows import title


class Person(serializers.ModelSerializer):
    """Who a row is about."""

    id = serializers.UUIDField(source="public_id")
    reference = serializers.CharField(source="source_ref")
    name = serializers.SerializerMethodField()

    class Meta:
        model = Offender
        fields = ["id", "reference", "name"]

    def get_name(self, person: Offender) -> str:
        surname = person.surname.upper()
        return f"{surname}, {person.forename[0]}." if person.forename else surname


class Owner(serializers.ModelSerializer):
    """Whose task it is."""

    id = serializers.UUIDField(source="public_id")

    class Meta:
        model = User
        fields = ["id", "staff_number"]


class OfTeam(serializers.ModelSerializer):
    """The team of a row."""

    id = serializers.UUIDField(source="public_id")

    class Meta:
        model = Team
        fields = ["id", "name"]


class TaskOut(serializers.ModelSerializer):
    """A row of the inbox. Needs `today` in its context."""

    id = serializers.UUIDField(source="public_id")
    title = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    person = Person(source="offender")
    overdue_days = serializers.SerializerMethodField()
    escalated = serializers.SerializerMethodField()
    owner = Owner()
    team = OfTeam()
    score = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField()
    unactioned_critical = serializers.SerializerMethodField()

    class Meta:
        model = Task
        fields = [
            "id",
            "kind",
            "step",
            "title",
            "state",
            "person",
            "level",
            "due_on",
            "overdue_days",
            "attempt_by",
            "deferred_until",
            "escalated",
            "owner",
            "team",
            "score",
            "reasons",
            "unactioned_critical",
            "version",
        ]

    def get_title(self, task: Task) -> str:
        return title(task.kind, task.step)

    def get_state(self, task: Task) -> str:
        return {"NEW": "free", "ASSIGNED": "assigned"}[task.status]

    def get_overdue_days(self, task: Task) -> int:
        return max(0, (self.context["today"] - task.due_on).days)

    def get_escalated(self, task: Task) -> bool:
        return task.escalated_at is not None

    def get_score(self, task: Task) -> int:
        return score(self._reasons(task))

    def get_reasons(self, task: Task) -> list[dict[str, Any]]:
        return [part._asdict() for part in self._reasons(task)]

    def get_unactioned_critical(self, task: Task) -> bool:
        return standing_of(task).has_unactioned_critical

    def _reasons(self, task: Task) -> tuple[Any, ...]:
        return reasons_of(task, self.context["today"], *self.context["scale"])


def standing_of(task: Task) -> Standing:
    """What the person's indicators amount to."""
    try:
        row = task.offender.indicator_standing
    except IndicatorStanding.DoesNotExist:
        return NOTHING
    return Standing.read(row.terms, has_unactioned_critical=row.has_unactioned_critical)


def reasons_of(
    task: Task, today: dt.date, rules: RuleSet, scale: PriorityScale, at: dt.datetime
) -> tuple[Contribution, ...]:
    """The reasons of one task."""
    name = USUAL_RULE[task.kind].format(level=task.level)
    length = rules.rule(name, even_disabled=True).length
    return explain(
        scale,
        level=task.level,
        due_on=task.due_on,
        today=today,
        interval_days=length.days if length.unit in "dw" else length.months * DAYS_OF_MONTH,
        kind=task.kind,
        is_escalated=task.escalated_at is not None,
        has_failed_attempt=task.attempt_by is not None,
        order_ends_on=task.order_ends_on,
        changed_on=task.changed_on,
        standing=standing_of(task),
        at=at,
    )


def most_urgent_first(
    tasks: QuerySet[Task], today: dt.date, scale: "WeighedBy | None" = None
) -> list[Task]:
    """`tasks` with something critical still to be done first, then by score, then first due."""
    weighed_by = scale or scale_on(today)

    def standing_at(task: Task) -> tuple[bool, int, dt.date, int]:
        points = score(reasons_of(task, today, *weighed_by))
        return not standing_of(task).has_unactioned_critical, -points, task.due_on, task.pk

    return sorted(tasks, key=standing_at)


WeighedBy = tuple[RuleSet, PriorityScale, dt.datetime]


def scale_on(today: dt.date) -> WeighedBy:
    """What tasks are weighed by on a day, and the instant as at which indicators are read."""
    rules = current.in_force(today)
    return rules, PriorityScale.of(rules), timezone.now()


class FiftyRows(PageNumberPagination):
    """Pages of fifty, counted."""

    page_size = 50


class Inbox(generics.ListAPIView):
    """My open tasks. `order` and `today` are given to `as_view`."""

    serializer_class = TaskOut
    pagination_class = FiftyRows
    renderer_classes = [JSONRenderer]
    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    officer: User | None = None
    today = dt.date.min
    order = "due"

    def get_queryset(self) -> QuerySet[Task] | list[Task]:
        officer = self.officer or self.request.user
        tasks = (
            Task.objects.filter(owner=officer, flow_task_type="HUMAN", status="ASSIGNED")
            .filter(offender__team=officer.team_id, offender__is_restricted=False)
            .exclude(
                offender__conflicts__user=officer, offender__conflicts__withdrawn_at__isnull=True
            )
            .select_related("offender__indicator_standing", "owner", "team")
        )
        if self.order == "due":
            return tasks.order_by("due_on", "pk")
        return most_urgent_first(tasks, self.today)

    def get_serializer_context(self) -> dict[str, Any]:
        scale = scale_on(self.today)
        return super().get_serializer_context() | {"today": self.today, "scale": scale}


class SignedInInbox(Inbox):
    """The same behind Django's session, each look recorded as the law wants."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        ids = [str(row["id"]) for row in response.data["results"]]
        audit.consult(
            by=Actor.of_user(request.user),
            action=Action.TASK_VIEW,
            row_count=len(ids),
            ids=ids,
            filters={"scope": "mine"},
        )
        return response
