"""Tables of this room: versions of the rule set, and bank holidays."""

from django.db import models
from django.db.models.functions import Length, Now
from django.db.models.lookups import Exact

from rules.dates import EARLIEST


class RuleSetVersion(models.Model):
    """One version of the rules and the day it takes effect. Never changed: a new one replaces it.

    The version in force on a day is the one that took effect last, and of two on the same day the
    higher number.
    """

    number = models.PositiveIntegerField(unique=True)
    effective_from = models.DateField()
    title = models.CharField(max_length=120)
    source = models.TextField(help_text="Where these rules come from.")
    evidence = models.TextField(help_text="What was seen, what is a default, what is unconfirmed.")
    document = models.JSONField(help_text="The rule set, as rules.ruleset.RuleSet reads it.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["-effective_from", "-number"], name="ruleset_version_in_force"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="ruleset_version_number_from_1"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_from__gte=EARLIEST),
                name="ruleset_version_effective_from_1900",
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(source="") & ~models.Q(evidence=""),
                name="ruleset_version_says_where_from",
            ),
            models.CheckConstraint(
                condition=Exact(Length("digest"), 64), name="ruleset_version_digest_is_sha256"
            ),
        ]


class BankHoliday(models.Model):
    """One day that is not worked. Substitute days are rows, the weekend days they stand for not."""

    class Division(models.TextChoices):
        ENGLAND_AND_WALES = "england-and-wales", "England and Wales"

    division = models.CharField(max_length=20, choices=Division)
    on = models.DateField()
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "on"], name="bank_holiday_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(division__in=["england-and-wales"]),
                name="bank_holiday_division_known",
            ),
        ]
