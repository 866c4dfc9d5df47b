"""Who may not see a person."""

from accounts.models import User
from offenders.actions.counting import save_changed
from offenders.errors import RuleBroken
from offenders.models import ConflictOfInterest, Offender


def declare_conflict(*, offender: Offender, user: User, declared_by: User) -> ConflictOfInterest:
    """Declare a tie between an officer and a person. Raises RuleBroken `already_declared`."""
    if offender.conflicts.filter(user=user, withdrawn_at__isnull=True).exists():
        raise RuleBroken("already_declared", "That conflict is declared already.")
    conflict = ConflictOfInterest.objects.create(
        offender=offender, user=user, declared_by=declared_by
    )
    save_changed(offender)
    return conflict
