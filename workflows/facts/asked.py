"""What officers and supervisors asked for: directions, actions, dip samples, notifications of what
they found changed."""

from workflows.facts.chunk import Chunk, Subject, ending
from workflows.models import CaseAction, DetailChange, DipSampleItem, VisitDirection
from workflows.obligations import ActionRaised, DetailChanged, Direction, SampleDrawn


def asked_for(chunk: Chunk) -> Subject:
    """Directions that stand, actions, places in a dip sample, and details found changed."""
    actions = chunk.record.when(CaseAction.objects.all(), finished_on="finished_at")
    samples = chunk.record.when(DipSampleItem.objects.all(), checked_on="checked_at")
    return {
        "directions": chunk.dated(
            VisitDirection.objects.all(),
            "given_on",
            Direction._make,
            "visit_by",
            "given_in__occurred_on",
            ended="withdrawn_at",
        ),
        "case_actions": chunk.dated(
            actions, "raised_on", ending(ActionRaised._make), "id", "due_on", "then_finished_on"
        ),
        "samples": chunk.dated(
            samples, "drawn_on", ending(SampleDrawn._make), "id", "then_checked_on"
        ),
        "details_changed": chunk.dated(
            DetailChange.objects.all(),
            "found_on",
            DetailChanged._make,
            "item",
            "changed_on",
            ended="withdrawn_at",
        ),
    }
