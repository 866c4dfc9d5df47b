"""One managed person."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper

from accounts.deciding import decided_for_another
from accounts.models import Force, Team, User
from offenders.querysets import OffenderQuerySet


class Sex(models.TextChoices):
    """As recorded on the notification."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"


class ManagementLevel(models.TextChoices):
    """What drives how often a person is visited. Not the static band, not RoSH, not ARMS."""

    VERY_HIGH = "very_high", "Very high"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    #: Counts as high for intervals; never drawn as low (PRACTICE 3).
    NOT_ASSESSED = "not_assessed", "Not assessed"


class ManagementMode(models.TextChoices):
    """Active: visited at home. Reactive: no routine visits (NPCC practice, June 2017)."""

    ACTIVE = "active", "Active management"
    REACTIVE = "reactive", "Reactive management"


class EthnicitySelfDefined(models.TextChoices):
    """The 18+1 codes a person chooses for themselves."""

    W1 = "W1", "White British"
    W2 = "W2", "White Irish"
    W3 = "W3", "Gypsy or Irish Traveller"
    W9 = "W9", "Any other White background"
    M1 = "M1", "White and Black Caribbean"
    M2 = "M2", "White and Black African"
    M3 = "M3", "White and Asian"
    M9 = "M9", "Any other mixed background"
    A1 = "A1", "Indian"
    A2 = "A2", "Pakistani"
    A3 = "A3", "Bangladeshi"
    A4 = "A4", "Chinese"
    A9 = "A9", "Any other Asian background"
    B1 = "B1", "Caribbean"
    B2 = "B2", "African"
    B9 = "B9", "Any other Black background"
    O2 = "O2", "Arab"
    O9 = "O9", "Any other ethnic group"
    NS = "NS", "Not stated"


class EthnicityOfficerDefined(models.TextChoices):
    """The 6+1 codes an officer perceives. Never overwrites what the person said."""

    IC1 = "1", "White North European"
    IC2 = "2", "White South European"
    IC3 = "3", "Black"
    IC4 = "4", "Asian (Indian subcontinent)"
    IC5 = "5", "Chinese, Japanese, Korean or South-East Asian"
    IC6 = "6", "Arab or North African"
    IC9 = "9", "Unknown"


class Offender(models.Model):
    """A registered sex offender whom the force manages.

    `management_level` and `management_mode` are copies of the newest decision, kept for lists;
    `LevelDecision` and `ModeDecision` are the facts (`check_invariants` compares them).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="offenders")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="offenders")
    offender_manager = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="caseload", null=True
    )
    #: The reference of the record this one came from, unique in the force.
    source_ref = models.CharField(max_length=40)
    forename = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100)
    #: "surname forename" folded for search: lower case, no accents or punctuation.
    search_key = models.CharField(max_length=210)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    ethnicity_self_defined = models.CharField(
        max_length=2, choices=EthnicitySelfDefined, blank=True
    )
    ethnicity_officer_defined = models.CharField(
        max_length=1, choices=EthnicityOfficerDefined, blank=True
    )
    management_level = models.CharField(
        max_length=12, choices=ManagementLevel, default=ManagementLevel.NOT_ASSESSED
    )
    management_mode = models.CharField(
        max_length=8, choices=ManagementMode, default=ManagementMode.ACTIVE
    )
    mappa_category = models.PositiveSmallIntegerField(null=True)
    mappa_level = models.PositiveSmallIntegerField(null=True)
    is_restricted = models.BooleanField(default=False)
    #: Set when two people ended the registration; the pair differs by constraint.
    registration_ended_on = models.DateField(null=True)
    end_proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    end_endorsed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom the endorser acted for, under a delegation.
    end_endorsed_for = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    #: Counts every change; the ETag of the person.
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OffenderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="offender_source_ref_unique_in_force", fields=["force", "source_ref"]
            ),
            models.CheckConstraint(
                name="offender_level_known",
                condition=Q(management_level__in=ManagementLevel.values),
            ),
            models.CheckConstraint(
                name="offender_mode_known", condition=Q(management_mode__in=ManagementMode.values)
            ),
            models.CheckConstraint(
                name="offender_mappa_category_known",
                condition=Q(mappa_category__isnull=True) | Q(mappa_category__range=(1, 4)),
            ),
            models.CheckConstraint(
                name="offender_mappa_level_known",
                condition=Q(mappa_level__isnull=True) | Q(mappa_level__range=(1, 3)),
            ),
            models.CheckConstraint(
                name="offender_ended_by_two_people",
                condition=Q(
                    registration_ended_on__isnull=True,
                    end_proposed_by__isnull=True,
                    end_endorsed_by__isnull=True,
                )
                | Q(
                    registration_ended_on__isnull=False,
                    end_proposed_by__isnull=False,
                    end_endorsed_by__isnull=False,
                )
                & ~Q(end_proposed_by=models.F("end_endorsed_by")),
            ),
            models.CheckConstraint(
                name="offender_ended_for_another",
                condition=decided_for_another(
                    "end_endorsed_by", "end_endorsed_for", "end_proposed_by"
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["team", "offender_manager"], name="offender_team_manager"),
            models.Index(fields=["force", "search_key"], name="offender_search"),
            # Indicators say a birthday, and a surname that begins the search key.
            models.Index(fields=["force", "date_of_birth"], name="offender_birthday"),
            # References are the force's own and kept as written; a search takes them in any case.
            models.Index(Upper("source_ref"), name="offender_reference_any_case"),
        ]
