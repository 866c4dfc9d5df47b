"""Where a person is, and how they are managed: stays, levels, active or reactive."""

from django.db.models import Exists, OuterRef

from offenders.models import (
    LevelDecision,
    ManagementMode,
    ModeDecision,
    StatusInterval,
    StatusIntervalWas,
)
from workflows.facts.chunk import Chunk, Subject, ending
from workflows.models import ReactiveProposal, ReleaseCheck
from workflows.obligations import LevelDecided, ModeDecided, ReactiveProposed, ReleaseChecked, Stay

#: Of a stay, after the day it began.
STAY = (
    "until_on",
    "status",
    "began_with_release",
    "release_expected_on",
    "taken_over_on",
    "release_expected_said_on",
)


def whereabouts(chunk: Chunk) -> Subject:
    """Stays, and what was last said of a release."""
    stays, checks = StatusInterval.objects.all(), ReleaseCheck.objects.all()
    checked = ("id", "release_expected_on")
    return {
        "stays": chunk.dated(stays, "from_on", Stay._make, *STAY, was=StatusIntervalWas),
        "release_checks": chunk.dated(checks, "checked_on", ReleaseChecked._make, *checked),
    }


def management(chunk: Chunk) -> Subject:
    """Decisions on the level and on the mode, and proposals to manage reactively."""
    # Someone who was never managed reactively is managed actively: most rows need no reading.
    ever = ModeDecision.objects.filter(
        offender_id=OuterRef("offender_id"), mode=ManagementMode.REACTIVE
    )
    modes = ModeDecision.objects.filter(Exists(ever))
    proposals = chunk.record.when(ReactiveProposal.objects.all(), settled_on="settled_at")
    proposed = ending(ReactiveProposed._make)
    return {
        "levels": chunk.dated(
            LevelDecision.objects.all(), "decided_on", LevelDecided._make, "id", "level", "origin"
        ),
        "modes": chunk.dated(modes, "decided_on", ModeDecided._make, "id", "mode"),
        "reactive_proposals": chunk.dated(
            proposals, "proposed_on", proposed, "id", "then_settled_on"
        ),
    }
