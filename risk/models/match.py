"""Whom an indicator may be about: suggested with reasons, confirmed or refused by an officer."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender
from risk.models.indicator import Indicator
from risk.querysets import MatchQuerySet


class MatchState(models.TextChoices):
    """A suggestion scores for nobody; "not this person" is remembered."""

    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Not this person"


class Match(models.Model):
    """One person whom an indicator may be about.

    `reasons`: codes of `workflows.matching.Reason`; empty where an officer found the person.
    `state`, `decided_by` and `decided_at` are copies of the newest `MatchDecision`.
    """

    State: TypeAlias = MatchState

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="matches")
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="matches")
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.SUGGESTED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    suggested_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="match_once_per_person", fields=["indicator", "offender"]),
            models.UniqueConstraint(
                name="match_one_confirmed",
                fields=["indicator"],
                condition=Q(state="confirmed"),
            ),
            models.CheckConstraint(
                name="match_state_known", condition=Q(state__in=MatchState.values)
            ),
            models.CheckConstraint(
                name="match_decided_whole",
                condition=Q(state="suggested", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="suggested") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["offender", "state"], name="match_of_person"),
        ]


class MatchDecision(models.Model):
    """What an officer decided about one match. Inserted and never changed (`risk.as_received`)."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", "It is this person"
        REJECTED = "rejected", "It is not this person"
        UNMATCHED = "unmatched", "The confirmation was taken back"

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=9, choices=Decision)
    reason = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="match_decision_known",
                condition=Q(decision__in=["confirmed", "rejected", "unmatched"]),
            ),
            models.CheckConstraint(
                name="match_taken_back_says_why",
                condition=~Q(decision="unmatched") | ~Q(reason=""),
            ),
        ]
