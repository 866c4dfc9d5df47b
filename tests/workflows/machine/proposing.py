"""Reactive management by three people, its yearly review, and the criteria (PRACTICE 16)."""

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.rules.by_hand import months_after
from tests.workflows.machine.acting import HOW, WHO, Acting
from tests.workflows.machine.life import Life
from tests.workflows.machine.scene import SETTLED
from tests.workflows.machine.visiting import owed
from workflows.actions.reactive import propose_reactive
from workflows.models import Task
from workflows.reactive import BY_HAND

#: Mostly the one person who has been low for years.
LIKELY = st.one_of(st.just(SETTLED), st.just(SETTLED), WHO)
FOR_IT = st.sampled_from([True, True, True, False])


class Proposing(Acting):
    """An officer of the team proposes, its supervisor recommends, the inspector authorises."""

    @rule(number=LIKELY, who=st.sampled_from(["1", "2", "1", "s"]), how=HOW)
    def propose_reactive(self, number, who, how):
        """Somebody who fails no criterion, and for whom no proposal waits."""
        life = self.life(number)
        if not life:
            return
        by = self.scene.team_of(life.manager) + who
        answers = [{"criterion": one.value, "met": True, "evidence": "Seen"} for one in BY_HAND]
        person = self.person(number).public_id

        def run():
            propose_reactive(
                by=self.scene.actor(by), offender=person, reason="Settled", criteria=answers
            )

        if why := self.not_proposed(number, life):
            self.refused(run, why)
        elif self.act(how, by, run):
            life.proposal = (self.today, self.person(number).reactive_proposals.latest("pk").pk)
            self.seen(number)
            self.refused(run, {"proposal_waiting"})

    @rule(number=LIKELY, for_it=FOR_IT, how=HOW)
    def recommend_reactive(self, number, for_it, how):
        """By the supervisor, unless the supervisor proposed it; one refusal ends it."""
        said = "recommended" if for_it else "not_recommended"
        values = {"recommendation": said, "recommendation_comment": "Seen"}
        for life, task in self.waiting(number, "recommend_reactive"):
            by = self.scene.team_of(life.manager) + "s"
            proposal = self.person(number).reactive_proposals.latest("pk")
            if proposal.proposed_by == self.scene.officers[by]:
                run = lambda task=task, by=by: self.step("once", by, task, values)  # noqa: E731
                self.refused(run, {"own_proposal"})
            elif self.step(how, by, task, values):
                life.proposal = life.proposal if for_it else None
                self.seen(number)

    @rule(number=LIKELY, for_it=FOR_IT, how=HOW)
    def authorise_reactive(self, number, for_it, how):
        """By the inspector, while every criterion still holds."""
        values = {"authority": "authorised" if for_it else "refused", "authority_comment": "Agreed"}
        for life, task in self.waiting(number, "authorise_reactive"):
            if for_it and (why := self.unmet(number, life)):
                run = lambda task=task: self.step("once", "inspector", task, values)  # noqa: E731
                self.refused(run, why)
            elif self.step(how, "inspector", task, values):
                life.proposal = None
                if for_it:
                    life.modes.append((self.today, "reactive"))
                self.seen(number)

    @rule(number=LIKELY, continues=FOR_IT, how=HOW)
    def review_reactive(self, number, continues, how):
        """The yearly review on paper, early or late."""
        values = {"outcome": "continues" if continues else "active", "comment": "On paper"}
        for life, task in self.waiting(number, "review_reactive"):
            by = self.scene.team_of(life.manager) + "s"
            if self.step(how, by, task, values):
                if continues:
                    life.relief_reviewed.append(self.today)
                else:
                    life.modes.append((self.today, "active"))
                self.seen(number)

    def waiting(self, number: int, step: str) -> list[tuple[Life, Task]]:
        """The person's life with the task at a step; nothing where none is open."""
        life = self.life(number)
        return [(life, task) for task in self.steps_of(number, step)] if life else []

    def not_proposed(self, number: int, life: Life) -> set[str]:
        """Why nobody may propose it."""
        if life.mode == "reactive":
            return {"mode_unchanged"}
        if life.proposal:
            return {"proposal_waiting"}
        return self.unmet(number, life)

    def unmet(self, number: int, life: Life) -> set[str]:
        """What is answered where a criterion does not hold; nothing where all do."""
        if self.steps_of(number, "confirm_missing"):
            return {"reported_missing"}
        visit_due = owed(life, life.seen_on).get(("home_visit", ""))
        low_since = life.low_since()
        assessed = max(life.assessed, default=None)
        holds = {
            "in the community": life.here.status == "community",
            "low for three years": low_since and self.today >= months_after(low_since, 36),
            "assessed low": assessed and life.priorities[assessed] == "low",
            "assessed this year": assessed and self.today <= months_after(assessed, 12),
            "no visit overdue": visit_due is None or self.today <= visit_due,
            "nothing critical": not life.has_unfinished(),
            "no order": not any(_live(end, self.today) for end in life.orders.values()),
        }
        return set() if all(holds.values()) else {"criteria_not_met"}


def _live(ends_on: dt.date | None, today: dt.date) -> bool:
    return ends_on is None or ends_on >= today
