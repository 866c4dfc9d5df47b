"""One score for one viewer everywhere, and what may be told of it (PRACTICE 14)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Order
from risk.models import SignificantChange
from tests.workflows import crowd
from workflows.engine import bulk
from workflows.models import Kind, Task
from workflows.pressing import Pressing, pressing_of
from workflows.queries import task as reads
from workflows.queries.caseload import officer_people
from workflows.queries.day_sheet import open_visits
from workflows.queries.endorsing import endorsements_page
from workflows.queries.inbox import shape, tasks_page
from workflows.standings import keep_standings
from workflows.sweep import renew_pressing

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
#: What a task of a person at medium that is due today comes to by itself.
PLAIN = 20


class Scene:
    """A person with a visit due today, their manager, a colleague and a supervisor of the team."""

    def __init__(self) -> None:
        self.team = crowd.team(crowd.force())
        self.manager = crowd.officer(team=self.team)
        self.colleague = crowd.officer(team=self.team)
        self.supervisor = crowd.officer(Role.SUPERVISOR, team=self.team)
        self.person = crowd.person(self.manager)
        self.task = crowd.task(self.person, TODAY)

    def item(self, code, **values):
        found = crowd.indicator(self.person, code, **values)
        keep_standings([self.person.pk])
        return found

    def seen_by(self, user):
        [row] = tasks_page(actor=Actor.of_user(user), scope="team", today=TODAY).rows
        return row

    def told(self, user):
        return {part.code: part.points for part in self.seen_by(user).reasons[2:]}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_an_open_item_is_told_to_everyone_who_sees_the_person(scene):
    scene.item("UDEV")
    for user in (scene.manager, scene.colleague, scene.supervisor):
        assert scene.seen_by(user).score == PLAIN + 60
        assert scene.told(user) == {"indicator:UDEV": 60}


def test_a_restricted_item_scores_the_same_for_all_and_is_named_to_few(scene):
    scene.item("MONO", severity="low")
    found = scene.item("UDEV", is_restricted=True)
    crowd.named_for(found, scene.supervisor)
    rows = [scene.seen_by(user) for user in (scene.manager, scene.colleague, scene.supervisor)]
    assert {row.score for row in rows} == {PLAIN + 70}
    assert scene.told(scene.manager) == {"indicator:MONO": 10, "indicator:restricted": 60}
    assert scene.told(scene.supervisor) == {"indicator:UDEV": 60, "indicator:MONO": 10}


def test_access_that_has_ended_names_nothing(scene):
    found = scene.item("UDEV", is_restricted=True)
    crowd.named_for(found, scene.supervisor, ended=True)
    assert scene.told(scene.supervisor) == {"indicator:restricted": 60}


def test_a_restricted_critical_item_puts_the_person_first_for_everyone(scene):
    scene.item("UDEV", severity="critical", is_restricted=True)
    assert scene.seen_by(scene.colleague).unactioned_critical


def test_a_secret_item_is_in_the_score_of_its_named_users_alone(scene):
    scene.item("MONO", severity="low")
    found = scene.item("CTIP", severity="critical", is_restricted=True, is_secret=True)
    crowd.named_for(found, scene.supervisor)
    mine, others = scene.seen_by(scene.supervisor), scene.seen_by(scene.manager)
    assert (mine.score, mine.unactioned_critical) == (PLAIN + 110, True)
    assert (others.score, others.unactioned_critical) == (PLAIN + 10, False)
    assert scene.told(scene.manager) == {"indicator:MONO": 10}
    assert scene.told(scene.supervisor) == {"indicator:CTIP": 100, "indicator:MONO": 10}


def test_who_is_named_for_one_of_two_secrets_has_that_one(scene):
    first = scene.item("UDEV", is_restricted=True, is_secret=True)
    scene.item("MONO", is_restricted=True, is_secret=True)
    crowd.named_for(first, scene.supervisor)
    assert scene.told(scene.supervisor) == {"indicator:UDEV": 60}
    assert scene.told(scene.manager) == {}
    assert scene.seen_by(scene.manager).score == PLAIN


def test_being_named_does_not_open_a_person_to_whom_one_has_a_tie(scene):
    found = scene.item("UDEV", is_restricted=True)
    crowd.named_for(found, scene.supervisor)
    crowd.conflict(scene.person, scene.supervisor)
    page = tasks_page(actor=Actor.of_user(scene.supervisor), scope="team", today=TODAY)
    assert page.rows == []


def test_who_may_not_see_indicators_is_told_of_none_by_its_type(scene):
    """A partner agency sees the person it is named for, and the work; not what came in."""
    partner = crowd.officer(Role.MAPPA_PARTNER, force=scene.team.force)
    crowd.named(scene.person, partner)
    scene.item("UDEV")
    assert scene.seen_by(partner).score == PLAIN + 60
    assert scene.told(partner) == {"indicator:restricted": 60}


@pytest.mark.parametrize("who", ["manager", "supervisor"])
def test_list_page_and_wire_show_one_number(scene, who):
    scene.item("UDEV", decays_from=timezone.now() - 9 * DAY)
    found = scene.item("CTIP", severity="critical", is_restricted=True, is_secret=True)
    crowd.named_for(found, scene.supervisor)
    user = getattr(scene, who)
    row = scene.seen_by(user)
    wire = shape(row)
    told = reads.reasons(Actor.of_user(user), Task.objects.get(pk=scene.task.pk), TODAY)
    assert tuple(told) == row.reasons
    assert wire["score"] == row.score == sum(part.points for part in told)
    assert wire["score"] == sum(part["points"] for part in wire["reasons"])
    assert wire["unactioned_critical"] is (who == "supervisor")


def test_a_list_takes_no_more_statements_however_many_indicators_there_are(scene):
    by, counts = Actor.of_user(scene.supervisor), []
    tasks_page(actor=by, scope="team", today=TODAY)
    for number in (0, 30):
        for _ in range(number):
            person = crowd.person(scene.manager)
            crowd.task(person, TODAY)
            crowd.indicator(person)
            crowd.indicator(person, "CTIP", is_restricted=True)
            keep_standings([person.pk])
        with CaptureQueriesContext(connection) as asked:
            tasks_page(actor=by, scope="team", today=TODAY)
        counts.append(len(asked))
    assert counts == [3, 3]


def test_figures_that_a_standing_was_not_worked_out_by_yet_do_not_stop_a_list(scene):
    """Between a change of the rules and the run that carries it through."""
    found = scene.item("UDEV", is_restricted=True, is_secret=True)
    scene.item("UDEV", severity="low")
    crowd.named_for(found, scene.supervisor)
    scene.person.indicator_standing.terms[0]["cap"] = 90.0
    scene.person.indicator_standing.save()
    assert scene.seen_by(scene.supervisor).score == PLAIN + 70
    assert scene.seen_by(scene.manager).score == PLAIN + 10


class TestWhatPresses:
    """The end of an order and a change that no assessment has answered."""

    def order(self, person, ends, discharged=None, kind="shpo"):
        Order.objects.create(
            offender=person,
            kind=kind,
            made_on=TODAY - 400 * DAY,
            ends_on=None if ends is None else TODAY + ends * DAY,
            discharged_on=None if discharged is None else TODAY + discharged * DAY,
        )

    def change(self, person, known):
        SignificantChange.objects.create(
            offender=person,
            what="arrest",
            occurred_on=TODAY + known * DAY,
            known_on=TODAY + known * DAY,
            text="Said so",
            recorded_by=person.offender_manager,
        )

    @pytest.mark.parametrize(
        ("orders", "expected", "reason"),
        [
            ([(20, None), (5, None)], 5, "the first to end"),
            ([(-1, None), (5, None)], 5, "one that ended is not live"),
            ([(0, None)], 0, "on its last day it is"),
            ([(None, None)], None, "until further order"),
            ([(20, 3)], 2, "the day before its discharge is its last"),
            ([(20, 0)], None, "on the day of its discharge it no longer binds"),
            ([(None, 9)], 8, "discharged, without an end of its own"),
        ],
    )
    def test_the_order_that_ends_first_counts(self, scene, orders, expected, reason):
        kinds = ["shpo", "sopo"]
        for (ends, discharged), kind in zip(orders, kinds, strict=False):
            self.order(scene.person, ends, discharged, kind)
        found = pressing_of([scene.person.pk], TODAY).get(scene.person.pk, Pressing(None, None))
        expected_on = None if expected is None else TODAY + expected * DAY
        assert found == Pressing(expected_on, None), reason

    def test_the_oldest_change_counts_until_an_assessment_of_that_day_or_later(self, scene):
        for known in (-9, -3):
            self.change(scene.person, known)
        assert pressing_of([scene.person.pk])[scene.person.pk].changed_on == TODAY - 9 * DAY
        scene.person.assessments.create(
            tool="arms", state="imported", assessed_on=TODAY - 9 * DAY, priority="medium"
        )
        assert pressing_of([scene.person.pk])[scene.person.pk].changed_on == TODAY - 3 * DAY

    def test_they_are_reasons_in_the_list_and_leave_the_version_alone(self, scene):
        self.order(scene.person, 5)
        self.change(scene.person, -2)
        bulk.refresh_tasks([scene.person.pk])
        assert scene.told(scene.manager) == {"order_expiry": 5, "change": 10}
        assert Task.objects.get(pk=scene.task.pk).version == scene.task.version

    def test_the_night_after_one_ended_the_next_is_the_first_to_end(self, scene):
        self.order(scene.person, 0)
        self.order(scene.person, 9, kind="sopo")
        bulk.refresh_tasks([scene.person.pk])
        assert renew_pressing() == 0
        assert renew_pressing(today=TODAY + DAY) == 1
        task = Task.objects.get(pk=scene.task.pk)
        assert task.order_ends_on == TODAY + 9 * DAY
        assert renew_pressing(today=TODAY + DAY) == 0


class TestOtherLists:
    """Whoever has something critical to be done stands first wherever their work is listed."""

    def two(self, scene):
        """Somebody due much earlier, and a second person with a critical indicator."""
        other = crowd.person(scene.manager)
        crowd.task(other, TODAY + DAY)
        scene.item("CTIP", severity="critical")
        return other

    def test_the_caseload(self, scene):
        self.two(scene)
        late = crowd.person(scene.manager)
        crowd.task(late, TODAY - 90 * DAY)
        rows = officer_people(
            actor=Actor.of_user(scene.supervisor), officer=scene.manager.public_id, today=TODAY
        )
        assert [row.unactioned_critical for row in rows] == [True, False, False]
        assert rows[0].reference == scene.person.source_ref

    def test_the_sheet_for_the_car(self, scene):
        self.two(scene)
        by = Actor.of_user(scene.manager)
        sheet = open_visits(by, today=TODAY, due_by=TODAY + DAY, mine=True, most=1)
        assert [visit.person for visit in sheet.visits] == [scene.person]
        assert sheet.left_off == 1
        [row] = [r for r in tasks_page(actor=by, scope="mine", today=TODAY).rows][:1]
        assert sheet.visits[0].row == row

    def test_what_waits_for_a_second_person_keeps_its_day_and_then_its_place(self, scene):
        other = self.two(scene)
        for person in (other, scene.person):
            crowd.task(person, TODAY, step="endorse", kind=Kind.RISK_REASSESSMENT, status="NEW")
        page = endorsements_page(actor=Actor.of_user(scene.supervisor), today=TODAY)
        assert [one.task.reference for one in page.rows] == [
            scene.person.source_ref,
            other.source_ref,
        ]
