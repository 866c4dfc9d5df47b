"""The lists again, written the plain way: models and serializers. What the fast ones must equal."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action
from offenders.models import Offender
from risk.priority import explain, score
from rules import current
from workflows.models import Obligation, Task
from workflows.queries.ranking import DAYS_OF_MONTH, USUAL_RULE
from workflows.queries.task_rows import title


class Person(serializers.ModelSerializer):
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
    id = serializers.UUIDField(source="public_id")

    class Meta:
        model = User
        fields = ["id", "staff_number"]


class OfTeam(serializers.ModelSerializer):
    id = serializers.UUIDField(source="public_id")

    class Meta:
        model = Team
        fields = ["id", "name"]


class TaskOut(serializers.ModelSerializer):
    """A row of the inbox."""

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
        return score(reasons_of(task, self.context["today"]))

    def get_reasons(self, task: Task) -> list[dict[str, Any]]:
        return [part._asdict() for part in reasons_of(task, self.context["today"])]


def reasons_of(task: Task, today: dt.date) -> tuple[Any, ...]:
    rule = current.in_force(today).rule(
        USUAL_RULE[task.kind].format(level=task.level), even_disabled=True
    )
    length = rule.length
    return explain(
        level=task.level,
        due_on=task.due_on,
        today=today,
        interval_days=length.days if length.unit in "dw" else length.months * DAYS_OF_MONTH,
        kind=task.kind,
        is_escalated=task.escalated_at is not None,
        has_failed_attempt=task.attempt_by is not None,
    )


def inbox(actor: Actor, today: dt.date, order: str, **filters: Any) -> list[dict[str, Any]]:
    """Every open task of the actor's reach that `filters` leave, in order."""
    tasks = Task.objects.open().permitted(actor, Action.TASK_VIEW).filter(**filters)
    rows = list(tasks.select_related("offender", "owner", "team").order_by("due_on", "pk"))
    if order == "priority":
        rows.sort(key=lambda task: (-score(reasons_of(task, today)), task.pk))
    return [dict(row) for row in TaskOut(rows, many=True, context={"today": today}).data]


class DueOut(serializers.ModelSerializer):
    """A row of the due list."""

    person_id = serializers.UUIDField(source="offender.public_id")
    reference = serializers.CharField(source="offender.source_ref")
    obligation_id = serializers.UUIDField(source="public_id")
    overdue_days = serializers.SerializerMethodField()
    level = serializers.CharField(source="offender.management_level")
    owner = serializers.SerializerMethodField()
    team = OfTeam(source="offender.team")

    class Meta:
        model = Obligation
        fields = [
            "person_id",
            "reference",
            "obligation_id",
            "kind",
            "due_on",
            "original_due_on",
            "overdue_days",
            "level",
            "owner",
            "team",
            "version",
        ]

    def get_overdue_days(self, obligation: Obligation) -> int:
        return max(0, (self.context["today"] - obligation.due_on).days)

    def get_owner(self, obligation: Obligation) -> str | None:
        manager = obligation.offender.offender_manager
        return manager and manager.staff_number


def due(actor: Actor, today: dt.date, **filters: Any) -> list[dict[str, Any]]:
    """Every open obligation of the actor's reach that `filters` leave, first due first."""
    seen = Obligation.objects.permitted(actor, Action.DUE_VISITS_READ).filter(**filters)
    rows = seen.filter(closed_at__isnull=True).order_by("due_on", "pk")
    joined = rows.select_related("offender__team", "offender__offender_manager")
    return [dict(row) for row in DueOut(joined, many=True, context={"today": today}).data]
