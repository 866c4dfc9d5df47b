"""What officers hand in: visits, write-ups, assessments, notifications, proposals."""

import datetime as dt
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from offenders.models import Notification
from tests import make
from tests.workflows.machine.acting import BACK, HELD, HOW, SOUGHT, WHO, Acting
from tests.workflows.machine.signs import Sign
from tests.workflows.machine.sought import Attempt
from tests.workflows.machine.visiting import owed
from workflows.actions.voiding import void_visit
from workflows.models import Visit, VisitReview

NOT_LET_IN = ("no_answer", "refused", "not_resident")
OUTCOMES = ("effective", "effective", "effective", *NOT_LET_IN)
LEVELS = ("very_high", "high", "medium", "low")
#: What keeps a failed entry from counting towards a warrant (PRACTICE 9).
BESIDES = [{"at_notified_address": False}, {"for_risk_assessment": False}]
#: Who of the team makes the entry: its two officers, or its supervisor.
OF_THE_TEAM = st.sampled_from(["1", "2", "s"])


class HandingIn(Acting):
    """Officers of the person's team, whoever of them manages the person."""

    def one_of_the_team(self, number: int, who: str) -> str:
        """The name of an officer of the team that has the person."""
        return self.scene.team_of(self.scene.lives[number].manager) + who

    @rule(
        number=WHO,
        who=OF_THE_TEAM,
        outcome=st.sampled_from(OUTCOMES),
        back=BACK,
        on_time=st.booleans(),
        concern=st.booleans(),
        how=HOW,
    )
    def visit(self, number, who, outcome, back, on_time, concern, how):  # noqa: PLR0917 - a rule
        """On the day or entered later; early, on time or overdue as the clock has it."""
        life, tasks = self.life(number), self.steps_of(number, "record_outcome")
        days = 0 if on_time else back
        if not life or not tasks or self.today - dt.timedelta(days=days) < life.relevant_date:
            return
        values = make.outcome(
            outcome=outcome,
            occurred_at=timezone.now() - dt.timedelta(days=days, minutes=30),
            entry_reason="Entered late" if days else "",
            concern=concern,
        )
        if outcome != "effective":
            self.not_let_in(number, who, values, how)
        elif self.step(how, self.one_of_the_team(number, who), tasks[0], values):
            made = Visit.objects.filter(offender=self.scene.keys[number]).latest("pk")
            life.visits.append((made.occurred_on, made.pk))
            self.seen(number)

    @rule(
        number=SOUGHT,
        outcome=st.sampled_from(NOT_LET_IN),
        back=st.sets(st.integers(0, 20), min_size=1, max_size=3),
        besides=st.sampled_from([{}, {}, {}, *BESIDES]),
        how=HOW,
    )
    def try_again(self, number, outcome, back, besides, how):
        """Entry fails on some days, which are entered together."""
        for days in sorted(back, reverse=True):
            life = self.life(number)
            if not life or self.today - dt.timedelta(days=days) < life.relevant_date:
                return
            at = timezone.now() - dt.timedelta(days=days, minutes=30)
            said = {"outcome": outcome, "occurred_at": at, "entry_reason": "Entered late"}
            self.not_let_in(number, "1", make.outcome(**said, **besides), how)

    def not_let_in(self, number: int, who: str, values: dict[str, Any], how: str) -> None:
        """A failed attempt, where a visit is to be made."""
        life, tasks = self.life(number), self.steps_of(number, "record_outcome")
        if tasks and self.step(how, self.one_of_the_team(number, who), tasks[0], values):
            made = Visit.objects.filter(offender=self.scene.keys[number]).latest("pk")
            counts = values["at_notified_address"] and values["for_risk_assessment"]
            failed = Attempt(made.occurred_on, made.outcome, made.pk, to_assess=counts)
            life.search.attempts.append(failed)
            if made.outcome == "refused":
                self.follows(number, f"visit:{made.pk}")
            self.seen(number)

    @rule(number=WHO, concern=st.booleans(), how=HOW)
    def write_up(self, number, concern, how):
        """By whoever recorded it, wherever the person went meanwhile; never by who returned it."""
        life, tasks = self.life(number), self.steps_of(number, "write_up")
        if not life or not tasks:
            return
        task = tasks[0]
        [by] = [name for name, user in self.scene.officers.items() if user == task.owner]
        values = make.write_up(concern=concern)
        if VisitReview.objects.filter(
            visit__process=task.process, visit__voided_at=None, reviewed_by=task.owner
        ).exists():
            self.refused(lambda: self.step("once", by, task, values), {"reviewed_by_you"})
        elif self.step(how, by, task, values):
            self.seen(number)

    @rule(number=WHO, place=st.integers(0, 5), how=HOW)
    def void(self, number, place, how):
        """A supervisor voids one of the visits recorded here; their own that gave cause, another.

        Nobody takes their own visit out of a supervisor's sight (PRACTICE 11).
        """
        life = self.life(number)
        recorded = Visit.objects.filter(
            offender=self.scene.keys[number], origin="recorded", voided_at__isnull=True
        )
        found = list(recorded.order_by("pk"))
        if not life or not found:
            return
        visit, by = found[place % len(found)], self.one_of_the_team(number, "s")
        person = self.person(number).public_id
        wrong = life.followed_from(f"visit:{visit.pk}")

        def run():
            void_visit(
                by=self.scene.actor(by), offender=person, visit=visit.public_id, reason="Wrong day"
            )

        if self.looked_at(visit) and self.scene.officers[by].pk in self.authors_of(visit):
            self.refused(run, {"under_review"})
        elif self.act(how, by, run, events=1 + len(wrong)):
            for one in wrong:
                one.take_back()
            life.visits = [(day, key) for day, key in life.visits if key != visit.pk]
            failed = life.search.attempts
            life.search.attempts = [one for one in failed if one.key != visit.pk]
            self.seen(number)
            self.refused(run, {"already_void"})

    def looked_at(self, visit: Visit) -> bool:
        """Whether a supervisor decided on the visit, or is to: the machine's one cause is concern.

        Whether it was effective is not asked.
        """
        said = visit.concern or visit.write_ups.filter(concern=True).exists()
        return said or visit.reviews.exists()

    @rule(number=WHO, who=OF_THE_TEAM, level=st.sampled_from(LEVELS), how=HOW)
    def assess(self, number, who, level, how):
        """Handed in for another to decide on; one at a time."""
        life, tasks = self.life(number), self.steps_of(number, "assess")
        if not life or not tasks:
            return
        by = self.one_of_the_team(number, who)
        values = {
            "tool": "structured_judgement",
            "priority": level,
            "formulation": "Settled.",
            "proposed_level": level,
        }
        if self.person(number).assessments.filter(state="submitted").exists():
            self.refused(lambda: self.step("once", by, tasks[0], values), {"assessment_waiting"})
        elif self.step(how, by, tasks[0], values):
            self.seen(number)

    @rule(number=WHO, who=OF_THE_TEAM, back=st.integers(0, 10), place=st.integers(0, 3), how=HOW)
    def notify(self, number, who, back, place, how):
        """The person notified, today or some days ago."""
        life, tasks = self.life(number), self.steps_of(number, "record_notification")
        day = self.today - dt.timedelta(days=back)
        if not life or not tasks or day < life.relevant_date:
            return
        values = {"notified_on": day, "station": "Tean", "acknowledged": True}
        by = self.one_of_the_team(number, who)
        task = tasks[place % len(tasks)]
        due = owed(life, life.seen_on)[task.kind, task.process.obligation.about]
        if self.step(how, by, task, values):
            made = Notification.objects.filter(offender=self.scene.keys[number]).latest("pk")
            life.notified.append((day, made.pk))
            if day > due:
                self.follows(number, f"notification:{made.pk}")
            self.seen(number)

    def follows(self, number: int, fact: str) -> None:
        """From our own records, what is not kept as it must be: of medium severity (NONC)."""
        kept = self.person(number).indicators.latest("pk")
        sign = Sign(kept.pk, "medium", timezone.now(), self.today, fact)
        self.scene.lives[number].signs.append(sign)

    @rule(number=WHO, who=OF_THE_TEAM, how=HOW)
    def propose_end(self, number, who, how):
        """Registration is nearly over, or over."""
        life, tasks = self.life(number), self.steps_of(number, "propose_end")
        if not life or not tasks:
            return
        by = self.one_of_the_team(number, who)
        if self.step(how, by, tasks[0], {"reason": "Period and orders checked"}):
            self.seen(number)

    @rule(number=HELD, who=OF_THE_TEAM, ahead=st.none() | st.integers(0, 60), how=HOW)
    def plan_release(self, number, who, ahead, how):
        """Expected on a day, or nobody knows."""
        life, tasks = self.life(number), self.steps_of(number, "plan_release")
        if not life or not tasks:
            return
        expected = None if ahead is None else self.today + dt.timedelta(days=ahead)
        values = {"release_expected_on": expected, "plan": "Address to be checked"}
        if self.step(how, self.one_of_the_team(number, who), tasks[0], values):
            life.release_looks.append((self.today, expected))
            self.seen(number)
