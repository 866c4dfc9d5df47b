"""What was overdue as known at the end of an act, written down and asked for ever after."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.rules.proposing import FOUR_MONTHS
from tests.workflows import ruling
from tests.workflows.machine.acting import Acting
from tests.workflows.moments import moment
from workflows.models import Kind
from workflows.queries.due import DueRow, due_rows
from workflows.sweep import sweep_obligations

FAR = dt.timedelta(days=4000)
Row = tuple[object, ...]


class Written(NamedTuple):
    """What was owed, and overdue, on a day and at an instant of it."""

    on: dt.date
    at: dt.datetime
    rows: list[Row]


class Remembering(Acting):
    """Writes the whole list down after each act. At the end every one is asked for again."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[Written] = []
        self.noted = -1
        self.changes = 0

    def teardown(self) -> None:
        """Before everything is undone, each list is what it was."""
        try:
            for one in self.written:
                assert self.asked(one.on, one.at) == one.rows, f"{one.on} {one.at}"
        finally:
            super().teardown()

    def everything_holds(self) -> None:
        """Another test's: the small model knows no change of the rules."""

    @invariant()
    def what_was_known_stays(self) -> None:
        """The list of now, by the tables, and by the facts; and the last ones as they were."""
        if self.acts == self.noted:
            return
        self.noted = self.acts
        on, at = timezone.localdate(), moment()
        now = self.listed(on, at)
        assert self.asked(on, at) == now, "by the facts it is what the tables say"
        for one in self.written[-2:]:
            assert self.asked(one.on, one.at) == one.rows, f"{one.on} {one.at}"
        self.written.append(Written(on, at, now))

    @rule(later=st.sampled_from([0, 0, 1, 20]))
    def the_rules_change(self, later):
        """Two inspectors agree on another interval, from today or from a day to come."""
        change = [FOUR_MONTHS, ruling.EIGHT_MONTHS][self.changes % 2]
        self.changes += 1
        ahead = [v.effective_from for v in ruling.approved()]
        in_days = max(later, (max(ahead) - timezone.localdate()).days)
        ruling.enact(in_days=in_days, changes=[change])
        sweep_obligations()
        Acting.acts += 1

    def listed(self, on: dt.date, at: dt.datetime) -> list[Row]:
        """The list as the tables have it once the nightly sweep has run, which is then undone."""
        with transaction.atomic():
            sweep_obligations()
            rows = self._page(on, on, None)
            transaction.set_rollback(True)
        return rows

    def asked(self, on: dt.date, at: dt.datetime) -> list[Row]:
        """The list as of a day and as known at an instant."""
        return self._page(on, timezone.localdate(), at)

    def _page(self, on: dt.date, today: dt.date, at: dt.datetime | None) -> list[Row]:
        page = due_rows(
            actor=self.scene.actor("inspector"),
            from_on=on,
            to_on=on + FAR,
            as_of=on,
            today=today,
            known_at=at,
            kinds=tuple(Kind),
        )
        return sorted(map(_told, page.rows), key=repr)


def _told(row: DueRow) -> Row:
    """What a row tells but the ids and versions of rows that may be gone."""
    return row._replace(key=0, obligation_id=None, version=None)
