"""What no indicator may do by itself, whatever comes in (DPA 2018 ss.50A-50D, ARCHITECTURE 9).

Through the ways by which indicators come: received, confirmed, restricted, triaged, checked. Beside
somebody of the same history about whom nothing came, so that time itself is no difference.
"""

import datetime as dt
from dataclasses import dataclass

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import LevelDecision, Offender
from risk.indicator_codes import SETS_ASIDE, IndicatorCode, Severity, TriageOutcome
from risk.models import Indicator, IndicatorState
from tests import make
from tests.workflows import indicating, triaging
from workflows.actions.indicators import matching, restricting
from workflows.models import Obligation, Task
from workflows.queries.caseload import officer_people
from workflows.queries.day_sheet import open_visits
from workflows.queries.due import due_rows
from workflows.queries.endorsing import endorsements_page
from workflows.queries.inbox import tasks_page
from workflows.queries.triage import others, waiting_check
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FAR = 400 * DAY
WHY = "It would give a source away"


@dataclass(frozen=True)
class Came:
    """One indicator, and what officers make of it. `outcome` "": nobody triages it.

    `days`: how many have passed since the one before.
    """

    code: str
    severity: str = ""
    seen: str = "open"
    outcome: str = ""
    check: str = "agreed"
    days: int = 0


ITEMS = st.lists(
    st.builds(
        Came,
        code=st.sampled_from([str(code) for code in IndicatorCode]),
        severity=st.sampled_from(Severity.values),
        seen=st.sampled_from(["open", "open", "restricted", "secret"]),
        outcome=st.sampled_from(["", *TriageOutcome.values]),
        check=st.sampled_from(["agreed", "returned", ""]),
        days=st.sampled_from([0, 0, 1, 20]),
    ),
    min_size=1,
    max_size=4,
)


class Team:
    """Two people alike, their officer, and who stands above. One has indicators, one has none."""

    def __init__(self, level: str) -> None:
        self.manager = make.officer()
        self.one, self.other = (
            make.person(manager=self.manager, management_level=level) for _ in range(2)
        )
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)
        self.inspector = make.officer(Role.INSPECTOR, force=self.manager.force)
        self.open, self.lists = self.open_now(), self.lists_now()
        self.levels = list(LevelDecision.objects.order_by("pk").values_list("pk", "level"))

    def rows(self, user, scope="team"):
        by, today = Actor.of_user(user), timezone.localdate()
        return tasks_page(actor=by, scope=scope, today=today, limit=100).rows

    def open_now(self) -> set[int]:
        return set(Task.objects.open().values_list("pk", flat=True))

    def lists_now(self) -> dict[str, set[object]]:
        """What is in every list, whatever its order."""
        today = timezone.localdate()
        by, above = Actor.of_user(self.manager), Actor.of_user(self.supervisor)
        days = {"from_on": today, "to_on": today + FAR, "as_of": today, "today": today}
        sheet = open_visits(by, today=today, due_by=today + FAR, mine=True)
        people = officer_people(actor=above, officer=self.manager.public_id, today=today)
        return {
            "mine": {row.key for row in self.rows(self.manager, "mine")},
            "team": {row.key for row in self.rows(self.supervisor)},
            "force": {row.key for row in self.rows(self.inspector)},
            "sheet": {visit.task.pk for visit in sheet.visits},
            "endorse": {one.task.key for one in endorsements_page(actor=above, today=today).rows},
            "due": {row.key for row in due_rows(actor=above, **days).rows},
            "caseload": {row.id for row in people},
        }

    def scores(self, user, person: Offender) -> dict[str, int]:
        """By step: one of each is open."""
        mine = str(person.public_id)
        return {row.step: row.score for row in self.rows(user) if row.person_id == mine}

    def due(self, person: Offender) -> dict[str, dt.date]:
        """By kind of what is owed: one of each is."""
        rows = Obligation.objects.filter(offender=person, closed_at=None)
        return dict(rows.exclude(kind="indicator_triage").values_list("kind", "due_on"))

    def comes(self, came: Came) -> Indicator:
        """It is received, where said left to named officers, and confirmed."""
        said = {"severity": came.severity} if came.code == IndicatorCode.MONA else {}
        found = indicating.about(self.one, by=self.supervisor, code=came.code, **said)
        if came.seen == "restricted":
            restricting.restrict_indicator(
                by=make.actor(self.supervisor),
                indicator=found.public_id,
                users=[self.inspector.public_id],
                reason=WHY,
            )
        elif came.seen == "secret":
            restricting.keep_secret(
                by=make.actor(self.inspector),
                indicator=found.public_id,
                supervisor=self.supervisor.public_id,
                reason=WHY,
            )
        return matching.confirm_match(
            by=make.actor(self.supervisor),
            indicator=found.public_id,
            offender=self.one.public_id,
        )

    def named_in(self, found: Indicator, outcome: str) -> dict[str, object] | None:
        """What the outcome names besides. None where nothing stands that it could name."""
        if outcome == TriageOutcome.LINKED_TO_TASK:
            return {"task": make.task_of(self.one).public_id}
        if outcome == TriageOutcome.DUPLICATE:
            critical = others(found).filter(severity=Severity.CRITICAL).first()
            return critical and {"same_as": critical.public_id}
        if outcome == TriageOutcome.VISIT_BROUGHT_FORWARD:
            soon = timezone.localdate() + 2 * DAY
            return {"visit_by": soon} if self.due(self.one)["home_visit"] > soon else None
        return {}

    def is_dealt_with(self, found: Indicator, came: Came) -> None:
        """Triaged as said, and checked where it takes that: each ends its own task alone."""
        named = self.named_in(found, came.outcome) if came.outcome else None
        if named is None or found.is_secret:
            return
        open_before, own = self.open_now(), triaging.task_of(found)
        triaging.triage(found, came.outcome, by=self.supervisor, **named)
        assert open_before - self.open_now() == {own.pk}
        if came.check and waiting_check(found) is not None:
            open_before, own = self.open_now(), triaging.task_of(found, "check_triage")
            triaging.check(found, came.check, by=self.inspector)
            assert open_before - self.open_now() == {own.pk}

    def nothing_was_lost(self) -> None:
        """Beside somebody about whom nothing came: no less, no later, and nobody is hidden."""
        assert list(LevelDecision.objects.order_by("pk").values_list("pk", "level")) == self.levels
        due = self.due(self.one)
        assert all(due[kind] <= on for kind, on in self.due(self.other).items())
        assert self.open <= self.open_now()
        assert all(self.lists[name] <= now for name, now in self.lists_now().items())
        for user in (self.manager, self.supervisor, self.inspector):
            scores = self.scores(user, self.one)
            assert all(
                scores[step] >= score for step, score in self.scores(user, self.other).items()
            )


def lived(team: Team, items: list[Came], *, after: int) -> None:
    """They come one after the other; then so many days pass. What nobody does ends no task."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for came in items:
            clock.shift(came.days * DAY)
            open_before = team.open_now()
            found = team.comes(came)
            sweep_obligations()
            assert open_before <= team.open_now(), "no task ends by itself"
            team.is_dealt_with(found, came)
        team.nothing_was_lost()
        clock.shift(after * DAY)
        open_before = team.open_now()
        sweep_obligations()
        assert open_before <= team.open_now(), "no task ends by itself"
        team.nothing_was_lost()


@given(level=st.sampled_from(["low", "very_high"]), items=ITEMS, after=st.sampled_from([0, 7, 200]))
@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
def test_whatever_comes_in_and_is_made_of_it_lowers_ends_and_hides_nothing(level, items, after):
    with transaction.atomic():  # each example begins with nobody
        lived(Team(level), items, after=after)
        transaction.set_rollback(True)


@pytest.mark.parametrize("check", ["agreed", "returned"])
@pytest.mark.parametrize("outcome", sorted(SETS_ASIDE))
def test_what_is_set_aside_takes_nothing_with_it(outcome, check):
    """The outcomes that start nothing, of what is critical: beside another that stands."""
    items = [Came("P2P"), Came("CTIP", outcome=outcome, check=check)]
    team = Team("high")

    lived(team, items, after=30)

    assert team.one.indicators.filter(state=IndicatorState.UNTRIAGED).exists()


@pytest.mark.parametrize("outcome", sorted(set(TriageOutcome.values) - SETS_ASIDE))
@pytest.mark.parametrize("code", ["CTIP", "GAME"])
def test_what_a_triage_starts_brings_nothing_later(outcome, code):
    """Grave and less grave, some days on and once all of it is long past."""
    lived(Team("high"), [Came(code, outcome=outcome, days=2)], after=90)
