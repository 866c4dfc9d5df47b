"""What officers decide about a person: whereabouts, level, mode, a visit brought forward."""

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import rule

from offenders.models import ManagementLevel, ManagementMode, Status
from tests.workflows import doing
from tests.workflows.machine.acting import BACK, HELD, HOW, WHO
from tests.workflows.machine.life import DETAINED, RANK, Life
from tests.workflows.machine.scene import Stay
from tests.workflows.machine.searching import Searching
from tests.workflows.machine.visiting import owed
from workflows.actions import people


class Directing(Searching):
    """By the supervisor of the team, where an officer may not; the mode by the inspector."""

    def due_visit(self, life: Life) -> dt.date | None:
        """When the open visit is due, as the service knows it."""
        return owed(life, life.seen_on).get(("home_visit", ""))

    @rule(
        number=WHO,
        status=st.sampled_from(["community", "community", *Status.values]),
        back=BACK,
        ahead=st.none() | st.integers(0, 90),
        how=HOW,
    )
    def change_status(self, number, status, back, ahead, how):
        """Into custody, hospital, abroad, missing; released, returned, located; some days late."""
        life, on = self.life(number), self.today - dt.timedelta(days=back)
        if not life or life.here.status == status or on <= life.here.since:
            return
        if status == "missing":
            self.go_missing(number, life, how)
            return
        by, person = self.supervisor(life), self.person(number).public_id
        detained = status in DETAINED and ahead is not None
        expected = self.today + dt.timedelta(days=ahead) if detained else None

        def run():
            people.change_status(
                by=self.scene.actor(by),
                offender=person,
                status=Status(status),
                on=on,
                release_expected_on=expected,
            )

        if self.act(how, by, run):
            life.here.until = on
            life.stays.append(Stay(status, on, expected=expected))
            if life.search.report:
                life.search.report.end(self.today, found_on=on, found_in=status)
            life.end_relief_away(status, self.today)
            self.seen(number)

    @rule(number=HELD, ahead=st.none() | st.integers(0, 90), how=HOW)
    def expect_release(self, number, ahead, how):
        """Said anew of somebody detained: on another day, or it is no news."""
        life = self.life(number)
        if not life or life.here.status not in DETAINED:
            return
        expected = None if ahead is None else self.today + dt.timedelta(days=ahead)
        by, person = self.supervisor(life), self.person(number).public_id

        def run():
            people.change_status(
                by=self.scene.actor(by),
                offender=person,
                status=Status(life.here.status),
                on=self.today,
                release_expected_on=expected,
            )

        if expected in {None, life.here.expected}:
            self.refused(run, {"status_unchanged"})
        elif self.act(how, by, run):
            life.here.expected, life.here.said_on = expected, self.today
            self.seen(number)

    @rule(
        number=WHO,
        level=st.sampled_from(["high", "very_high", "medium"]),
        back=st.integers(0, 10),
        how=HOW,
    )
    def raise_level(self, number, level, back, how):
        """Outside an assessment, and only upwards."""
        life, on = self.life(number), self.today - dt.timedelta(days=back)
        if not life or life.level == level or RANK[level] < RANK[life.level]:
            return
        if life.levels and on < life.levels[-1][0]:
            return
        by, person = self.supervisor(life), self.person(number).public_id

        def run():
            people.change_level(
                by=self.scene.actor(by),
                offender=person,
                level=ManagementLevel(level),
                reason="Arrested",
                decided_on=on,
            )

        if self.act(how, by, run):
            life.levels.append((on, level, False))
            life.end_relief(self.today)
            self.seen(number)

    @rule(number=WHO, how=HOW)
    def change_mode(self, number, how):
        """To reactive management, as when another force had agreed to it, and back."""
        life = self.life(number)
        if not life or life.proposal:
            return
        mode = "reactive" if life.mode == "active" else "active"
        person = self.person(number).public_id

        def run():
            if mode == "reactive":
                doing.manage_reactively(self.person(number), by=self.scene.officers["inspector"])
                return
            people.change_mode(
                by=self.scene.actor("inspector"),
                offender=person,
                mode=ManagementMode(mode),
                reason="Reviewed",
                decided_on=self.today,
            )

        if mode == "reactive" and (why := self.not_reactive(life)):
            self.refused(run, why)
        elif self.act(how, "inspector", run, events=1 if mode == "active" else 0):
            life.modes.append((self.today, mode))
            self.seen(number)

    def not_reactive(self, life: Life) -> set[str]:
        """Why the person may not be managed reactively."""
        due = self.due_visit(life)
        live = any(end is None or end >= self.today for end in life.orders.values())
        reasons = {
            "visit_overdue": due is not None and due < self.today,
            "level_missing": life.level == "not_assessed",
            "order_is_live": live,
        }
        return {code for code, holds in reasons.items() if holds}

    @rule(number=WHO, ahead=st.integers(0, 30), how=HOW)
    def bring_forward(self, number, ahead, how):
        """A dated direction (PRACTICE 4)."""
        life, visit_by = self.life(number), self.today + dt.timedelta(days=ahead)
        due = life and self.due_visit(life)
        if not life or due is None or visit_by >= due:
            return
        if any(day == self.today for day, _ in life.visits):
            return
        by, person = self.supervisor(life), self.person(number).public_id

        def run():
            people.bring_visit_forward(
                by=self.scene.actor(by), offender=person, visit_by=visit_by, reason="Concern"
            )

        if self.act(how, by, run):
            life.directions.append((self.today, visit_by))
            self.seen(number)
