"""Warning markers: danger to whoever knocks at the door."""

from django.utils import timezone

from offenders.actions.counting import save_changed
from offenders.errors import RuleBroken
from offenders.models import Offender, WarningMarker


def add_marker(*, offender: Offender, code: WarningMarker.Code) -> WarningMarker:
    """Set a marker. Raises RuleBroken `marker_known`."""
    if offender.markers.filter(code=code, withdrawn_on__isnull=True).exists():
        raise RuleBroken("marker_known", "This marker is set already.")
    marker = WarningMarker.objects.create(offender=offender, code=code)
    save_changed(offender)
    return marker


def withdraw_marker(*, offender: Offender, code: WarningMarker.Code) -> WarningMarker:
    """Withdraw a marker from today on; it is kept. Raises RuleBroken `no_such_marker`."""
    marker = offender.markers.filter(code=code, withdrawn_on__isnull=True).first()
    if marker is None:
        raise RuleBroken("no_such_marker", "The person has no such marker now.")
    marker.withdrawn_on = timezone.localdate()
    marker.save(update_fields=["withdrawn_on"])
    save_changed(offender)
    return marker
