"""What officers had typed when their session ended."""

from django.db import models

from accounts.models.user import User


class KeptForm(models.Model):
    """The fields of one form, as they were typed on `page` by `user` and not saved.

    `typed` is a mapping of input names to lists of values. One a page: the last sending counts.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=200)
    typed = models.JSONField()
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="kept_form_one_a_page", fields=["user", "page"]),
        ]
