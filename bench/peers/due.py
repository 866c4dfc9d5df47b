"""The due list with a ModelSerializer, `select_related` and PageNumberPagination, page by page."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer

from bench.peers.inbox import FiftyRows, OfTeam
from workflows.models import Kind, Obligation


class DueOut(serializers.ModelSerializer):
    """A row of the due list. Needs `today` in its context."""

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


class DueVisits(generics.ListAPIView):
    """Home visits of a force. `force_id`, `today` and `to_on` are given to `as_view`."""

    serializer_class = DueOut
    pagination_class = FiftyRows
    renderer_classes = [JSONRenderer]
    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    force_id = 0
    today = to_on = dt.date.min

    def get_queryset(self) -> QuerySet[Obligation]:
        return (
            Obligation.objects.filter(
                force=self.force_id,
                kind=Kind.HOME_VISIT,
                closed_at__isnull=True,
                due_on__lte=self.to_on,
                offender__is_restricted=False,
            )
            .select_related("offender__team", "offender__offender_manager")
            .order_by("due_on", "pk")
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"today": self.today}
