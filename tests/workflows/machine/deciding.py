"""What another officer decides on: reviews, endorsements, checks. Never the author."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.workflows.machine.acting import HOW, WHO, Acting
from workflows.models import EndProposal, Task


class Deciding(Acting):
    """The supervisor of the team; where the supervisor took part, the inspector."""

    def decided(
        self,
        number: int,
        task: Task,
        authors: set[int],
        how: str,
        decision: str,
        *,
        events: int = 1,
    ) -> bool:
        """Whether somebody other than the authors decided; an author is refused first."""
        values = {"decision": decision, "comment": "Looked at"}
        by = self.scene.team_of(self.scene.lives[number].manager) + "s"
        if self.scene.officers[by].pk in authors:
            own = {"own_visit", "own_assessment", "own_record", "own_proposal", "own_plan"}
            self.refused(lambda: self.step("once", by, task, values), own)
            by = "inspector"
        return self.step(how, by, task, values, events=events)

    @rule(
        number=WHO,
        decision=st.sampled_from(["accepted", "returned", "ineffective", "ineffective"]),
        how=HOW,
    )
    def review(self, number, decision, how):
        """A visit; found ineffective it never counted (PRACTICE 2).

        An attempt that failed is accepted, and nothing else.
        """
        life, tasks = self.life(number), self.steps_of(number, "review")
        if not life or not tasks:
            return
        visit, authors = tasks[0].visit, self.authors_of(tasks[0].visit)
        if visit.outcome != "effective":
            assert visit.concern, "what gave no cause is not looked at"
            decision = "accepted"
        if self.decided(number, tasks[0], authors, how, decision):
            if decision == "ineffective":
                life.visits = [(day, key) for day, key in life.visits if key != visit.pk]
            self.seen(number)

    @rule(number=WHO, decision=st.sampled_from(["endorse", "endorse", "return"]), how=HOW)
    def endorse(self, number, decision, how):
        """An assessment; its level stands from today, its year from when it was handed in."""
        life, tasks = self.life(number), self.steps_of(number, "endorse")
        if not life or not tasks:
            return
        waiting = self.person(number).assessments.get(state="submitted")
        if self.decided(number, tasks[0], {waiting.author_id}, how, decision):
            if decision == "endorse":
                life.assessed.append(waiting.assessed_on)
                life.priorities[waiting.assessed_on] = waiting.priority
                life.endorsed.append((self.today, waiting.pk))
                life.handed_in.append(waiting.assessed_on)
                if waiting.proposed_level != life.level:
                    life.levels.append((self.today, waiting.proposed_level, False))
                if waiting.proposed_level != "low":
                    life.end_relief(self.today)
            self.seen(number)

    @rule(
        number=WHO,
        decision=st.sampled_from(["accept", "void"]),
        place=st.integers(0, 3),
        how=HOW,
    )
    def check_notification(self, number, decision, place, how):
        """Right, or wrong and void: then the duty stands again."""
        life, tasks = self.life(number), self.steps_of(number, "check_notification")
        if not life or not tasks:
            return
        task = tasks[place % len(tasks)]
        public_id = task.process.data["notification"]
        record = self.person(number).notifications.get(public_id=public_id)
        wrong = life.followed_from(f"notification:{record.pk}") if decision == "void" else []
        if self.decided(
            number, task, {record.recorded_by_id}, how, decision, events=1 + len(wrong)
        ):
            if decision == "void":
                for one in wrong:
                    one.take_back()
                life.notified = [(day, key) for day, key in life.notified if key != record.pk]
            self.seen(number)

    @rule(number=WHO, decision=st.sampled_from(["endorse", "endorse", "return"]), how=HOW)
    def endorse_end(self, number, decision, how):
        """Registration ends by two people, and never while a period or an order runs."""
        life, tasks = self.life(number), self.steps_of(number, "endorse_end")
        if not life or not tasks:
            return
        proposal = EndProposal.objects.get(process=tasks[0].process, decision="")
        author = proposal.proposed_by_id
        if decision == "endorse" and not life.has_run_out(self.today):
            values = {"decision": decision, "comment": "Looked at"}
            run = lambda: self.step("once", "inspector", tasks[0], values)  # noqa: E731 - one line
            self.refused(run, {"registration_not_over"})
        elif self.decided(number, tasks[0], {author}, how, decision):
            life.ended_on = self.today if decision == "endorse" else None
            self.seen(number)
