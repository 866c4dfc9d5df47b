"""What no officer does: time passes, the nightly sweep runs or not, an extract comes again."""

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import rule

from audit.models import Event
from tests.workflows.machine.acting import WHO, Acting
from tests.workflows.machine.scene import day_of, hand_in, take_over_history
from workflows.actions.escalating import escalate_overdue
from workflows.engine import timers
from workflows.sweep import sweep_obligations


class Passing(Acting):
    """The clock, the jobs and the other system."""

    @rule(days=st.sampled_from([1, 1, 2, 5, 14, 30, 45]), swept=st.booleans())
    def time_passes(self, days, swept):
        """Some nights, the sweep in the last of them or in none."""
        self.now.shift(dt.timedelta(days=days))
        Acting.acts += 1
        if swept:
            self.sweep()

    @rule()
    def sweep(self):
        """Twice in a row: the second finds nothing to do."""
        sweep_obligations()
        assert sweep_obligations().changed == 0
        Acting.acts += 1
        for number in range(len(self.scene.lives)):
            self.seen(number)

    @rule()
    def timers_fire(self):
        """What ran out of time goes up a rank; no due date moves."""
        timers.fire_due()
        assert timers.fire_due() == 0
        escalate_overdue()
        assert escalate_overdue() == 0
        Acting.acts += 1

    @rule()
    def the_same_extract_again(self):
        """Nobody is written, nobody is on record."""
        job = self.handed_in()
        assert (job.created_count, job.changed_count) == (0, 0)

    @rule(number=WHO, ends=st.none() | st.integers(-5, 200), back=st.integers(0, 30))
    def order_made_or_ended(self, number, ends, back):
        """A new order, or another last day of the one stated: further on, today, or earlier."""
        row, life = self.scene.rows[number], self.scene.lives[number]
        made_on = day_of(row["order_made_on"]) or max(
            life.relevant_date, self.today - dt.timedelta(days=back)
        )
        ends_on = None if ends is None else max(made_on, self.today + dt.timedelta(days=ends))
        stated = {"order_kind": "shpo", "order_made_on": str(made_on)}
        self.restated(number, stated | {"order_ends_on": str(ends_on or "")})
        life.orders[made_on] = ends_on

    @rule(
        number=WHO,
        column=st.sampled_from(
            ["last_effective_visit_on", "last_assessment_on", "last_notification_on"]
        ),
        back=st.integers(0, 60),
    )
    def done_elsewhere(self, number, column, back):
        """The extract states a day: news where it is later than anything known."""
        day = max(self.scene.lives[number].relevant_date, self.today - dt.timedelta(days=back))
        self.restated(number, {column: str(day)})

    @rule(number=WHO, level=st.sampled_from(["very_high", "high", "medium", "low"]))
    def level_stated(self, number, level):
        """Taken over, unless someone here decided (PRACTICE 3). Above low it ends reactive
        management, whoever says it (PRACTICE 16)."""
        row, life = self.scene.rows[number], self.scene.lives[number]
        if row["management_level"] == level:
            return
        self.restated(number, {"management_level": level})
        decided_here = any(not taken_over for _, _, taken_over in life.levels)
        if not decided_here and level != life.level:
            latest = life.levels[-1][0] if life.levels else self.today
            life.levels.append((max(self.today, latest), level, True))
            if level != "low":
                life.end_relief(self.today)

    def restated(self, number: int, cells: dict[str, str]) -> None:
        """Hand in the extract with one row changed: one event of that person, none of others."""
        row, life = self.scene.rows[number], self.scene.lives[number]
        changes = any(row[column] != cell for column, cell in cells.items())
        row.update(cells)
        job = self.handed_in(changed=number if changes else None)
        assert job.changed_count == changes, job.refused_count
        if changes:
            take_over_history(life, row)
            self.seen(number)

    def handed_in(self, *, changed: int | None = None):
        """Read the extract of everyone. Each changed person is on record once (I3)."""
        Acting.acts += 1
        last = Event.objects.latest("pk").pk
        job = hand_in(self.scene.officers["a1"], self.scene.rows)
        assert job.refused_count == 0
        written = Event.objects.filter(pk__gt=last, offender_id__isnull=False)
        wanted = [] if changed is None else [self.scene.keys[changed]]
        assert list(written.values_list("offender_id", flat=True)) == wanted
        return job
