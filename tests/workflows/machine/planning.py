"""Plans: handed in, endorsed, longer intervals agreed to."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from risk.models import RiskManagementPlan
from tests.workflows import planning
from tests.workflows.machine.acting import HOW, WHO
from tests.workflows.machine.deciding import Deciding
from tests.workflows.machine.life import Life, Plan
from tests.workflows.machine.planned import LENGTH, is_longer, is_too_long
from tests.workflows.machine.steps import OF_THE_TEAM, HandingIn


class Planning(HandingIn, Deciding):
    """By whoever of the team; endorsed by the supervisor, by the inspector where that is own."""

    @rule(number=WHO, who=OF_THE_TEAM, every=st.sampled_from(["level", "level", *LENGTH]), how=HOW)
    def draft_plan(self, number, who, every, how):
        """Handed in for another to decide on; one at a time."""
        life, tasks = self.life(number), self.steps_of(number, "draft_plan")
        if not life or not tasks or is_too_long(every, life.level):
            return
        by = self.one_of_the_team(number, who)
        values = planning.values(visit_every=every)
        if self.person(number).plans.filter(state__in=["submitted", "recommended"]).exists():
            self.refused(lambda: self.step("once", by, tasks[0], values), {"plan_waiting"})
        elif self.step(how, by, tasks[0], values):
            newest = max((key for _, key in life.endorsed), default=0)
            life.drafted = Plan(self.today, every, newest)
            self.seen(number)

    @rule(number=WHO, decision=st.sampled_from(["endorse", "endorse", "return"]), how=HOW)
    def endorse_plan(self, number, decision, how):
        """In force at once, unless an inspector must agree to its interval first."""
        life, tasks = self.life(number), self.steps_of(number, "endorse_plan")
        if not life or not tasks:
            return
        plan = self.person(number).plans.get(state="submitted")
        if decision == "endorse" and is_too_long(plan.visit_every, life.level):
            values = {"decision": decision, "comment": "Looked at"}
            run = lambda: self.step("once", "inspector", tasks[0], values)  # noqa: E731 - one line
            self.refused(run, {"interval_too_long"})
        elif self.decided(number, tasks[0], {plan.author_id}, how, decision):
            supervisor = self.scene.team_of(life.manager) + "s"
            by_inspector = self.scene.officers[supervisor].pk == plan.author_id
            if decision == "endorse" and (
                by_inspector or not is_longer(plan.visit_every, life.level)
            ):
                self.in_force(life, plan)
            self.seen(number)

    @rule(number=WHO, decision=st.sampled_from(["agree", "agree", "refuse"]), how=HOW)
    def approve_interval(self, number, decision, how):
        """Visits further apart than the level asks."""
        life, tasks = self.life(number), self.steps_of(number, "approve_interval")
        if not life or not tasks:
            return
        plan = self.person(number).plans.get(state="recommended")
        values = {"interval_decision": decision, "interval_comment": "Looked at"}
        if decision == "agree" and is_too_long(plan.visit_every, life.level):
            run = lambda: self.step("once", "inspector", tasks[0], values)  # noqa: E731 - one line
            self.refused(run, {"interval_too_long"})
        elif self.step(how, "inspector", tasks[0], values):
            if decision == "agree":
                self.in_force(life, plan)
            self.seen(number)

    def in_force(self, life: Life, plan: RiskManagementPlan) -> None:
        """The plan that was handed in stands from today, for the level of today."""
        assert life.drafted is not None
        assert life.drafted.every == plan.visit_every
        life.drafted.agreed, life.drafted.level = self.today, life.level
        life.plans.append(life.drafted)
        life.drafted = None
