"""The tools of risk assessment, as data: each change is a version of its own."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class ToolVersion(models.Model):
    """What a tool is from `effective_from` on: for whom, its factors, and what its assessor needs.

    Shipped in `risk/tools.yaml`, changed by `manage.py change_tools`, never edited (`risk.frozen`):
    each assessment points at the version by which it was made. `sexes` is a list of codes, empty
    for anyone. `from_age` and `until_age`: whole years on the day, the second left out. `factors`
    is a list of {code, name, side}; no manual and no anchor of a rating is ever kept here.
    """

    code = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    name = models.CharField(max_length=120)
    #: The order in which tools that fit are offered.
    place = models.PositiveSmallIntegerField()
    #: False once a force uses it no more.
    is_offered = models.BooleanField(default=True)
    sexes = models.JSONField(default=list)
    from_age = models.PositiveSmallIntegerField(null=True)
    until_age = models.PositiveSmallIntegerField(null=True)
    factors = models.JSONField(default=list)
    ratings = models.JSONField(default=list)
    priorities = models.JSONField(default=list)
    #: Code of the training without which nobody assesses with it; "" for none.
    training = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=400)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="tool_version_once", fields=["code", "number"]),
            models.CheckConstraint(
                name="tool_ages_in_order",
                condition=Q(from_age__isnull=True)
                | Q(until_age__isnull=True)
                | Q(from_age__lt=F("until_age")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"
