"""Who cannot be found, is said to be dead, or lets nobody in (PRACTICE 9 and 13)."""

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import rule

from offenders.models import Status
from tests.workflows.machine.acting import BACK, HOW, SOUGHT, Acting
from tests.workflows.machine.life import DETAINED, Life, Stay
from tests.workflows.machine.sought import Report
from workflows.actions import deaths, missing
from workflows.models import MissingReport, Task, Visit
from workflows.steps.missing import CHECKED

#: Who acts: an officer of the person's team, its supervisor, or the inspector.
WHOEVER = st.sampled_from(["1", "2", "s", "inspector"])
SAID = "Looked at"


class Searching(Acting):
    """One officer reports, another decides; the enquiries go on until somebody says where."""

    def supervisor(self, life: Life) -> str:
        """The supervisor of the team that has the person."""
        return self.scene.team_of(life.manager) + "s"

    def whoever(self, life: Life, who: str) -> str:
        """An officer by name."""
        return who if who == "inspector" else self.scene.team_of(life.manager) + who

    def at_step(self, number: int, step: str) -> tuple[Life, Task] | None:
        """The person's life and open task at a step, where there is one."""
        life, tasks = self.life(number), self.steps_of(number, step)
        return (life, tasks[0]) if life and tasks else None

    def another(self, life: Life, task: Task, author: int, values: dict[str, str]) -> str:
        """The supervisor; the inspector where that is whose word it was, who is refused first."""
        by = self.supervisor(life)
        if self.scene.officers[by].pk != author:
            return by
        self.refused(lambda: self.step("once", by, task, values), {"own_report"})
        return "inspector"

    @rule(number=SOUGHT, who=WHOEVER, how=HOW)
    def report_missing(self, number, who, how):
        """Nobody who is looked for already, is held, or is said to be dead."""
        life = self.life(number)
        if life:
            self.reported(number, life, self.whoever(life, who), how)

    def reported(self, number: int, life: Life, by: str, how: str) -> None:
        """The enquiries begin; the visit stays owed."""
        person = self.person(number).public_id

        def run() -> None:
            actor = self.scene.actor(by)
            missing.report_missing(by=actor, offender=person, reason="Not seen")

        if why := self.not_reported(life):
            self.refused(run, {why})
        elif self.act(how, by, run):
            life.search.reports.append(Report(self.today))
            self.seen(number)

    def not_reported(self, life: Life) -> str:
        """Why nobody may report the person missing."""
        if life.search.dead:
            return "death_reported"
        if life.search.report:
            return "already_reported"
        if life.here.status == "missing":
            return "already_missing"
        return "detained" if life.here.status in DETAINED else ""

    @rule(number=SOUGHT, decision=st.sampled_from(["report", "not_missing"]), who=WHOEVER, how=HOW)
    def decide_missing(self, number, decision, who, how):
        """After a visit to somebody not resident."""
        if who == "inspector" or not (found := self.at_step(number, "decide_missing")):
            return
        life, task = found
        values = {"decision": decision, "reason": SAID}
        if self.step(how, self.whoever(life, who), task, values):
            life.search.decided.append(self.today)
            if decision == "report":
                life.search.reports.append(Report(self.today))
            self.seen(number)

    @rule(number=SOUGHT, decision=st.sampled_from(["confirm", "confirm", "refuse"]), how=HOW)
    def confirm_missing(self, number, decision, how):
        """Missing from today; or the report is closed."""
        if not (found := self.at_step(number, "confirm_missing")):
            return
        life, task = found
        report = MissingReport.objects.get(offender=self.scene.keys[number], closed_at=None)
        values = {"decision": decision, "comment": SAID}
        by = self.another(life, task, report.reported_by_id, values)
        if decision == "confirm" and self.seen_since(report):
            self.refused(lambda: self.step("once", by, task, values), {"seen_since"})
        elif decision == "confirm" and life.here.since >= self.today:
            self.refused(lambda: self.step("once", by, task, values), {"status_overlaps"})
        elif self.step(how, by, task, values):
            life.search.report.answered = True
            if decision == "refuse":
                life.search.report.end(self.today)
            else:
                life.here.until = self.today
                life.stays.append(Stay("missing", self.today))
                life.end_relief(self.today)
            self.seen(number)

    def seen_since(self, report: MissingReport) -> bool:
        """Whether a visit that stands saw the person after the report."""
        stands = Visit.objects.filter(voided_at=None, found_ineffective_at=None)
        seen = stands.filter(offender=report.offender, occurred_at__gt=report.reported_at)
        return seen.filter(outcome__in=["effective", "seen_not_completed"]).exists()

    def go_missing(self, number: int, life: Life, how: str) -> None:
        """Reported by the inspector and confirmed at once by the team's supervisor."""
        if life.here.status != "community" or life.here.since >= self.today:
            return
        if not life.search.report:
            self.reported(number, life, "inspector", "once")
        self.confirm_missing(number=number, decision="confirm", how=how)

    @rule(number=SOUGHT, who=WHOEVER, how=HOW)
    def enquire(self, number, who, how):
        """A round of enquiries; the next is due 28 days later."""
        if who == "inspector" or not (found := self.at_step(number, "record_enquiry")):
            return
        life, task = found
        values = dict.fromkeys(CHECKED, True) | {"findings": "Nothing", "next_steps": "Ask again"}
        if self.step(how, self.whoever(life, who), task, values):
            report = life.search.report
            (report.enquired if report else life.search.enquired).append(self.today)
            self.seen(number)

    @rule(number=SOUGHT, how=HOW)
    def review_enquiry(self, number, how):
        """The inspector looks at each round but the first."""
        if found := self.at_step(number, "review_enquiry"):
            self.step(how, "inspector", found[1], {"review": SAID})
            self.seen(number)

    @rule(
        number=SOUGHT,
        found_in=st.sampled_from(["community", "community", "custody", "hospital", "abroad"]),
        back=BACK,
        who=WHOEVER,
        how=HOW,
    )
    def locate(self, number, found_in, back, who, how):
        """Where somebody was found, today or some days ago."""
        life, on = self.life(number), self.today - dt.timedelta(days=back)
        if not life:
            return
        by, person = self.whoever(life, who), self.person(number).public_id

        def run() -> None:
            missing.locate(
                by=self.scene.actor(by),
                offender=person,
                on=on,
                found_in=Status(found_in),
                how="Stopped by a patrol",
            )

        if why := self.not_located(life, found_in, on):
            self.refused(run, {why})
        elif self.act(how, by, run):
            self.found(life, found_in, on)
            self.seen(number)

    def not_located(self, life: Life, found_in: str, on: dt.date) -> str:
        """Why nobody can have found the person there that day."""
        here = life.here
        if not life.search.report and here.status != "missing":
            return "not_missing"
        moves = here.status != found_in
        same_day = here.status == "missing" and here.since == on
        return "status_overlaps" if moves and on <= here.since and not same_day else ""

    def found(self, life: Life, found_in: str, on: dt.date) -> None:
        """The search is over. Nobody is anywhere for less than a day."""
        here, report = life.here, life.search.report
        if report is None:
            report = Report(here.since)
            life.search.reports.append(report)
        report.end(self.today, found_on=on, found_in=found_in)
        if here.status == "missing" and here.since == on:
            here.status = found_in
        elif here.status != found_in:
            here.until = on
            life.stays.append(Stay(found_in, on))
        life.end_relief_away(found_in, self.today)

    @rule(number=SOUGHT, who=WHOEVER, how=HOW)
    def report_death(self, number, who, how):
        """Everything that needs the person waits, and a proposal to visit them less lapses."""
        life = self.life(number)
        if not life:
            return
        by, person = self.whoever(life, who), self.person(number).public_id

        def run() -> None:
            actor = self.scene.actor(by)
            deaths.report_death(by=actor, offender=person, source="His sister rang")

        if life.search.dead:
            self.refused(run, {"already_reported"})
        elif self.act(how, by, run):
            life.search.dead, life.proposal = self.today, None
            self.seen(number)

    @rule(number=SOUGHT, decision=st.sampled_from([*["refuted"] * 4, "verified"]), how=HOW)
    def verify_death(self, number, decision, how):
        """Alive, and everything is owed by its own date; or the registration ends."""
        if not (found := self.at_step(number, "verify_death")):
            return
        life, task = found
        reference = "Certificate 12" if decision == "verified" else ""
        values = {"decision": decision, "reference": reference, "comment": SAID}
        author = self.person(number).death_reports.get(decision="").reported_by_id
        if self.step(how, self.another(life, task, author, values), task, values):
            life.search.dead = None
            life.ended_on = self.today if decision == "verified" else None
            self.seen(number)

    @rule(number=SOUGHT, who=WHOEVER, how=HOW)
    def consider_warrant(self, number, who, how):
        """One recommendation at a time."""
        if who == "inspector" or not (found := self.at_step(number, "consider_warrant")):
            return
        life, task = found
        by = self.whoever(life, who)
        values = {"recommendation": "apply", "necessity": SAID, "reason": SAID}
        if self.person(number).entry_warrants.filter(decision="").exists():
            run = lambda: self.step("once", by, task, values)  # noqa: E731 - one line
            self.refused(run, {"recommendation_waiting"})
        elif self.step(how, by, task, values):
            self.seen(number)

    @rule(number=SOUGHT, decision=st.sampled_from(["applied", "not_applied"]), how=HOW)
    def decide_warrant(self, number, decision, how):
        """By the inspector; nothing is owed until entry fails again."""
        if not (found := self.at_step(number, "decide_warrant")):
            return
        life, task = found
        applied = {"reference": "MC 12/26", "applied_on": self.today}
        values = {"decision": decision, "decision_reason": SAID}
        more = applied if decision == "applied" else {"reference": "", "applied_on": None}
        if self.step(how, "inspector", task, values | more):
            life.search.warrants.append(self.today)
            self.seen(number)
