"""What an officer should know and need do nothing about but read."""

import uuid

from django.db import models
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender
from workflows.querysets import AlertQuerySet


class Alert(models.Model):
    """One thing that one officer is told, once. Nothing is owed by it and nothing is decided.

    `subject` says what happened, such as "visit:<uuid>": the same thing is told once. `officer` is
    who did it, or whom it is about. `people`: how many it is about, where not one.
    """

    class About(models.TextChoices):
        VISIT_BY_COLLEAGUE = "visit_by_colleague", "A colleague recorded a visit"
        PEOPLE_RECEIVED = "people_received", "People were given to you"
        PEOPLE_LEFT = "people_left", "People of yours were given to someone else"
        WORK_HANDED_OVER = "work_handed_over", "Work of an officer came to you"
        VETTING_ENDS = "vetting_ends", "Vetting ends soon"
        ACTIVE_AGAIN = "active_again", "Reactive management ended"
        PEOPLE_UNMANAGED = "people_unmanaged", "People have no offender manager"
        OFFICER_ABSENT = "officer_absent", "An officer is away"
        COVER_GIVEN = "cover_given", "You cover for an officer"
        ABSENT_NO_COVER = "absent_no_cover", "An officer is away without cover and has work due"
        DELEGATION_GIVEN = "delegation_given", "Decisions were delegated to you"
        DELEGATION_MADE = "delegation_made", "Your decisions were delegated"
        DELEGATION_ENDED = "delegation_ended", "A delegation ended early"
        TRAINING_ENDS = "training_ends", "A training ends soon"
        WORK_RETURNED = "work_returned", "Work was returned to you"
        TRANSFER_OFFERED = "transfer_offered", "People were offered to your team"
        TRANSFER_ACCEPTED = "transfer_accepted", "An offer of yours was accepted"
        TRANSFER_DECLINED = "transfer_declined", "An offer of yours was declined"
        TRANSFER_WAITING = "transfer_waiting", "An offer between teams waits too long"
        LONE_VISIT_OVERDUE = "lone_visit_overdue", "An officer out alone is not back"
        STEP_OVERDUE = "step_overdue", "Work is past its due date"
        RULES_PROPOSED = "rules_proposed", "A change of the rules waits for a second inspector"
        INDICATOR_TASKED = "indicator_tasked", "An indicator was given to you"
        INDICATOR_RETRACTED = "indicator_retracted", "A source took an indicator back"
        INDICATOR_ASKED_BACK = "indicator_asked_back", "A source takes an indicator back"
        FEW_NAMED = "few_named", "Too few are named for a restricted indicator"
        DELIVERY_HELD = "delivery_held", "A delivery of indicators was held"
        INDICATOR_LATE = "indicator_late", "An indicator was not triaged in time"

    #: Ends the subject of an alert about a reassignment that was undone.
    UNDONE = "undo"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="alerts")
    about = models.CharField(max_length=20, choices=About)
    subject = models.CharField(max_length=80)
    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="alerts", null=True
    )
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    people = models.PositiveIntegerField(null=True)
    #: The day that matters: of the visit, or the last day of vetting or training.
    on = models.DateField()
    told_at = models.DateTimeField(db_default=Now(), editable=False)
    seen_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="alert_told_once", fields=["to", "about", "subject"]),
        ]
        indexes = [
            models.Index(
                fields=["to", "-id"], name="alert_unseen", condition=models.Q(seen_at__isnull=True)
            ),
            models.Index(fields=["to", "-id"], name="alert_all"),
        ]

    @property
    def leads_to(self) -> tuple[str, str]:
        """What its subject says it is about: the kind, and the id or number of the thing."""
        kind, _, rest = self.subject.partition(":")
        return kind, rest.partition(":")[0]

    @property
    def is_of_undo(self) -> bool:
        """Whether it tells of a reassignment that was undone: "reassignment:<uuid>:undo"."""
        return self.subject.split(":")[2:] == [self.UNDONE]
