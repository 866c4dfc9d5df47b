"""What no indicator may do by itself, whatever comes in (DPA 2018 ss.50A-50D, ARCHITECTURE 9)."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import LevelDecision
from risk.indicator_codes import IndicatorCode, Severity
from risk.models import IndicatorStanding
from tests import make
from tests.workflows import crowd
from workflows.models import Obligation, Task
from workflows.queries.caseload import officer_people
from workflows.queries.day_sheet import open_visits
from workflows.queries.due import due_rows
from workflows.queries.endorsing import endorsements_page
from workflows.queries.inbox import tasks_page
from workflows.reconcile import reconcile
from workflows.standings import keep_standings
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)

items = st.lists(
    st.tuples(
        st.sampled_from([str(code) for code in IndicatorCode]),
        st.sampled_from(Severity.values),
        st.none() | st.integers(0, 400),
        st.sampled_from(["open", "restricted", "secret"]),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=6,
)


class Team:
    """An officer with three people: late, due soon, and newly assessed; and who stands above."""

    def __init__(self) -> None:
        self.manager = make.officer()
        levels = ("low", "high", "very_high")
        self.people = [make.person(manager=self.manager, management_level=one) for one in levels]
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)
        self.inspector = make.officer(Role.INSPECTOR, force=self.manager.force)

    def scores(self) -> dict[int, int]:
        return {row.key: row.score for row in self.rows(self.manager, "team")}

    def rows(self, user, scope):
        by, today = Actor.of_user(user), timezone.localdate()
        return tasks_page(actor=by, scope=scope, today=today, limit=100).rows

    def lists(self) -> dict[str, set[object]]:
        """What is in every list, whatever its order."""
        today = timezone.localdate()
        by, above = Actor.of_user(self.manager), Actor.of_user(self.supervisor)
        days = {"from_on": today, "to_on": today + 400 * DAY, "as_of": today, "today": today}
        sheet = open_visits(by, today=today, due_by=today + 400 * DAY, mine=True)
        due = due_rows(actor=above, **days)
        return {
            "mine": {row.key for row in self.rows(self.manager, "mine")},
            "team": {row.key for row in self.rows(self.supervisor, "team")},
            "force": {row.key for row in self.rows(self.inspector, "team")},
            "sheet": {visit.task.pk for visit in sheet.visits},
            "endorse": {one.task.key for one in endorsements_page(actor=above, today=today).rows},
            "due": {row.key for row in due.rows},
            "caseload": {
                row.id
                for row in officer_people(actor=above, officer=self.manager.public_id, today=today)
            },
        }

    def decided(self) -> dict[str, object]:
        """Levels, due dates and open work, which only officers and facts change."""
        return {
            "levels": list(LevelDecision.objects.order_by("pk").values_list("pk", "level")),
            "owed": {
                row[:3]: row[3]
                for row in Obligation.objects.filter(closed_at=None).values_list(
                    "offender", "kind", "about", "due_on"
                )
            },
            "open": set(Task.objects.open().values_list("pk", flat=True)),
        }


@given(items)
@settings(max_examples=12)
def test_whatever_comes_in_only_adds_to_scores_and_hides_ends_and_lowers_nothing(drawn):
    IndicatorStanding.objects.all().delete()
    team = Team()
    lists, scores, decided = team.lists(), team.scores(), team.decided()

    for code, severity, age, seen, whose in drawn:
        crowd.indicator(
            team.people[whose],
            code,
            severity=severity,
            decays_from=None if age is None else timezone.now() - age * DAY,
            is_restricted=seen != "open",
            is_secret=seen == "secret",
        )
    for person in team.people:
        reconcile(person, because="test")
    keep_standings([person.pk for person in team.people])
    sweep_obligations()

    after = team.decided()
    assert after["levels"] == decided["levels"]
    # Something graver may ask for work sooner, and for more of it; never later, and never less.
    assert all(after["owed"][key] <= due_on for key, due_on in decided["owed"].items())
    assert decided["open"] <= after["open"]
    assert all(lists[name] <= found for name, found in team.lists().items())
    now = team.scores()
    assert all(now[key] >= score for key, score in scores.items())
