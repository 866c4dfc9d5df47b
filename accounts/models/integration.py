"""Another system that reads or sends, and how far it reaches."""

from allauth.idp.oidc.models import Client
from django.db import models

from accounts.models.force import Force, Team


class IntegrationClient(models.Model):
    """Binds an OAuth client to a whole force or to teams of it, and to scopes.

    Without an active row here that has not expired, a client gets no token and no access; one that
    is bound to neither sees nobody. `expires_on` is the last day (London) on which it works.
    """

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="integration")
    label = models.CharField(max_length=80)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="integrations")
    teams = models.ManyToManyField(Team, related_name="integrations", blank=True)
    #: Said, never read from the want of teams: a client that loses its last team sees nobody.
    whole_force = models.BooleanField(default=False)
    #: A list of scopes, each one of `accounts.policy.SCOPES`.
    scopes = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    expires_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="integration_label_once_per_force", fields=["force", "label"]
            )
        ]
