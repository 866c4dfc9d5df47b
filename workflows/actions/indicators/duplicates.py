"""One event, told by two sources, stands once: the later is kept and merged into the earlier.

Only where nothing is lost by it: the one that stands waits for its triage still, and is at least
as grave and as well graded. What was settled already, or set aside and waits for a supervisor, is
never joined by something new, which an officer would then not see. An officer can undo it.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from risk.indicator_codes import Severity
from risk.models import WAITING, Indicator, IndicatorTriage
from workflows.actions.indicators.reading import Incoming

_RANK = {severity: place for place, severity in enumerate(Severity)}


class Duplicates:
    """What came before of the same events, by fingerprint, oldest first."""

    def __init__(self, force_id: int, items: Sequence[Incoming]) -> None:
        self._by_print: dict[str, list[Indicator]] = defaultdict(list)
        wanted = {one.fingerprint for one in items if one.fingerprint}
        if wanted:
            aside = IndicatorTriage.objects.filter(
                indicator=OuterRef("pk"), takes_check=True, decision=""
            )
            rows = Indicator.objects.filter(
                ~Exists(aside),
                force_id=force_id,
                fingerprint__in=wanted,
                state__in=WAITING,
                is_restricted=False,
            )
            # Locked, so that none is triaged between this look and the merge.
            for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
                self._by_print[row.fingerprint].append(row)

    def of(self, one: Incoming) -> Indicator | None:
        """What tells of the same event from another source, or None."""
        same = self._by_print.get(one.fingerprint, ()) if one.fingerprint else ()
        return next((row for row in same if _covers(row, one)), None)

    def add(self, one: Incoming, row: Indicator) -> None:
        """One of the same batch, that others may be the same as."""
        if one.fingerprint:
            self._by_print[one.fingerprint].append(row)


def _covers(row: Indicator, one: Incoming) -> bool:
    return (
        row.source != one.source
        and _RANK[Severity(row.severity)] <= _RANK[one.severity]
        and row.source_grade <= one.grading.source
        and row.assessment_grade <= one.grading.assessment
    )
