"""Indicators that officers write down about people, their triage, its check, and what it starts."""

import datetime as dt
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from risk.models import Indicator
from tests.workflows import indicating, triaging
from tests.workflows.machine.acting import HOW, WHO
from tests.workflows.machine.life import Life
from tests.workflows.machine.signs import ASIDE, Deed, Sign, takes_check
from tests.workflows.machine.steps import OF_THE_TEAM, HandingIn
from tests.workflows.machine.visiting import owed
from workflows.actions.indicators.recording import record_about
from workflows.models import CaseAction, Task

#: By severity, a type that has it; of a monitoring alert whoever writes it down says it.
CODES = {"critical": "CTIP", "high": "UACC", "medium": "GAME", "low": "MONA"}
#: What starts nothing that anybody does, and so is open of somebody registered no more.
STARTS = ("linked_to_task", "visit_brought_forward", "reassessment", "enquiry")
OUTCOMES = st.sampled_from([*STARTS, *STARTS, "safeguarding_referral", *ASIDE])
DECISION = st.sampled_from(["agreed", "agreed", "returned"])
#: From the morning of every act to an evening: four hours later it is another day. And on to the
#: next morning.
EVENING, NIGHT = dt.timedelta(hours=11, minutes=30), dt.timedelta(hours=12, minutes=30)


class Triaging(HandingIn):
    """By officers of the person's team; the inspector checks what is set aside."""

    @rule(
        number=WHO,
        who=OF_THE_TEAM,
        severities=st.lists(st.sampled_from([*CODES]), min_size=1, max_size=3),
        outcomes=st.lists(OUTCOMES, max_size=3),
        decision=DECISION,
        evening=st.booleans(),
        how=HOW,
    )
    def confirm_indicators(  # noqa: PLR0917 - a rule
        self, number, who, severities, outcomes, decision, evening, how
    ):
        """Written down and said to be about the person; in the evening, and then a night passes.

        Some are triaged and checked at once, or all wait.
        """
        life = self.life(number)
        if not life:
            return
        if evening:
            self.now.shift(EVENING)
        for severity in severities:
            self.confirmed(number, life, self.one_of_the_team(number, who), severity, how)
        self.triage_indicators(number=number, who=who, outcomes=outcomes, place=0, how=how)
        self.check_triage(number=number, decision=decision, how=how)
        if evening:
            self.now.shift(NIGHT)

    def confirmed(self, number: int, life: Life, by: str, severity: str, how: str) -> None:
        """One of them. What is critical ends reactive management."""
        person, values = self.person(number).public_id, self.written(severity)

        def run() -> None:
            record_about(by=self.scene.actor(by), offender=person, reason="Named in it", **values)

        if self.act(how, by, run):
            kept = self.person(number).indicators.latest("pk")
            life.signs.append(Sign(kept.pk, severity, timezone.now(), self.today))
            if severity == "critical":
                life.end_relief(self.today)
            self.seen(number)

    def written(self, severity: str) -> dict[str, Any]:
        """What an officer writes of one, reliable and known directly."""
        code = CODES[severity]
        said = {"severity": severity} if code == "MONA" else {}
        grade = {"source_grade": 1, "assessment_grade": "A"}
        return indicating.one(source="officer", code=code, **grade, **said)

    @rule(
        number=WHO,
        who=OF_THE_TEAM,
        outcomes=st.lists(OUTCOMES, max_size=4),
        place=st.integers(0, 5),
        how=HOW,
    )
    def triage_indicators(self, number, who, outcomes, place, how):
        """Also of somebody who is registered no more: then it starts nothing."""
        for outcome in outcomes:
            if found := self.next_at(number, "triage_indicator"):
                self.triaged(*found, self.one_of_the_team(found[0], who), outcome, place, how)

    def triaged(  # noqa: PLR0917 - all of it was drawn
        self, number: int, tasks: list[Task], by: str, outcome: str, place: int, how: str
    ) -> None:
        """One of the tasks of a person."""
        life, task = self.scene.lives[number], tasks[place % len(tasks)]
        sign = self.sign_of(life, task)
        alike = [one for one in life.signs if one is not sign and one.covers(sign)]
        same = alike[0] if alike and outcome == "duplicate" else None
        said = self.named(number, sign, outcome, same)
        if said is None:
            return
        values = triaging.values(outcome, **said)
        if why := self.not_started(life, outcome, values):
            self.refused(lambda: self.step("once", by, task, values), {why})
        elif self.step(how, by, task, values):
            found = Indicator.objects.get(pk=sign.key)
            if takes_check(sign.severity, outcome, found.public_id.bytes):
                sign.asked = outcome, self.today, same
            else:
                sign.settle(outcome, self.today, self.today)
                self.started(life, sign, values)
            self.seen(number)

    def next_at(self, number: int, step: str) -> tuple[int, list[Task]] | None:
        """The first person from a number on who has open tasks at a step, with these."""
        everyone = len(self.scene.lives)
        for one in range(number, number + everyone):
            if tasks := self.steps_of(one % everyone, step):
                return one % everyone, tasks
        return None

    def named(
        self, number: int, sign: Sign, outcome: str, same: Sign | None
    ) -> dict[str, object] | None:
        """What the outcome names besides. None where nothing stands that it could name.

        Of a critical one no task is named: the model does not tell when that is finished with.
        """
        if outcome == "linked_to_task":
            tasks = self.steps_of(number, "record_outcome")
            fits = tasks and sign.severity != "critical"
            return {"task": tasks[0].public_id} if fits else None
        if outcome == "duplicate":
            return same and {"same_as": Indicator.objects.get(pk=same.key).public_id}
        return {}

    def not_started(self, life: Life, outcome: str, values: dict[str, Any]) -> str:
        """Why an outcome is refused, if it is."""
        if life.ended_on and outcome in (*STARTS, "safeguarding_referral"):
            return "registration_ended"
        if outcome == "visit_brought_forward":
            due = owed(life, life.seen_on).get(("home_visit", ""))
            if due is None:
                return "no_visit_owed"
            if values["visit_by"] >= due:
                return "not_earlier"
            if any(day == self.today for day, _ in life.visits):
                return "visited_today"
        return ""

    def started(self, life: Life, sign: Sign, values: dict[str, Any]) -> None:
        """What a triage that stands has others do."""
        match sign.outcome:
            case "visit_brought_forward":
                life.directions.append((self.today, values["visit_by"]))
            case "reassessment":
                life.proposal = None
            case "enquiry" | "safeguarding_referral":
                sign.action = CaseAction.objects.latest("pk").pk
                life.deeds.append(Deed(sign.action, values["due_on"] or self.today))

    @rule(number=WHO, decision=DECISION, how=HOW)
    def check_triage(self, number, decision, how):
        """By the inspector. Returned, it waits as before."""
        if not (found := self.next_at(number, "check_triage")):
            return
        number, tasks = found
        life = self.scene.lives[number]
        sign = self.sign_of(life, tasks[0])
        outcome, said_on, same = sign.asked
        values = {"decision": decision, "comment": "Looked at"}
        if decision == "agreed" and same and not same.covers(sign):
            run = lambda: self.step("once", "inspector", tasks[0], values)  # noqa: E731 - one line
            self.refused(run, {"duplicate_of_another"})
        elif self.step(how, "inspector", tasks[0], values):
            sign.asked = None
            if decision == "agreed":
                sign.settle(outcome, said_on, self.today)
            self.seen(number)

    @rule(number=WHO, who=OF_THE_TEAM, outcome=st.sampled_from(["done", "not_done"]), how=HOW)
    def finish_action(self, number, who, outcome, how):
        """What an enquiry or a referral asked for was done, or why not."""
        if not (found := self.next_at(number, "finish_action")):
            return
        number, tasks = found
        life = self.scene.lives[number]
        values = {"outcome": outcome, "evidence": "Asked"}
        key = int(tasks[0].process.obligation.about.removeprefix("action:"))
        if self.step(how, self.one_of_the_team(number, who), tasks[0], values):
            [deed] = [one for one in life.deeds if one.key == key]
            deed.is_done = True
            self.seen(number)

    def sign_of(self, life: Life, task: Task) -> Sign:
        """What a task of triage is about."""
        key = int(task.process.obligation.about.removeprefix("indicator:"))
        [sign] = [one for one in life.signs if one.key == key]
        return sign
