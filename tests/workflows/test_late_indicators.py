"""The deadline of a triage passes: who stands above is told, once."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Absence, Role, User
from audit.models import Event
from config.celery import app
from offenders.models import ConflictOfInterest
from risk.models import Indicator, IndicatorAccess
from tests import make
from tests.api.calling import signed_in
from tests.workflows import indicating, triaging
from workflows.actions.indicators import late
from workflows.actions.indicators.late import warn_of_late
from workflows.models import Alert
from workflows.tasks import watch_triage

pytestmark = pytest.mark.django_db


class Scene:
    """A person with a manager, a supervisor and an inspector; another team beside theirs."""

    def __init__(self) -> None:
        self.manager = make.officer()
        self.person = make.person(manager=self.manager)
        force = self.person.force
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.person.team)
        self.inspector = make.officer(Role.INSPECTOR, force=force)
        self.elsewhere = make.officer(Role.SUPERVISOR, team=make.team(in_force=force))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def told(found: Indicator) -> set[User]:
    """Who was told of it, of those whose deadline passes within its own."""
    warn_of_late(now=found.triage_by)
    return {alert.to for alert in Alert.objects.filter(about="indicator_late")}


def test_nobody_is_told_before_the_deadline(scene):
    found = triaging.critical(scene.person, by=scene.manager)
    assert warn_of_late(now=found.triage_by - dt.timedelta(seconds=1)) == 0
    assert warn_of_late(now=found.triage_by) == 1


def test_the_supervisor_of_the_person_is_told_once_with_the_task(scene):
    found = triaging.critical(scene.person, by=scene.manager)
    assert told(found) == {scene.supervisor}
    alert = Alert.objects.get(about="indicator_late")
    assert alert.offender == scene.person
    assert alert.subject == f"task:{triaging.task_of(found).public_id}:late"
    assert warn_of_late(now=found.triage_by + dt.timedelta(days=1)) == 0
    assert Alert.objects.filter(about="indicator_late").count() == 1
    event = Event.objects.get(action="indicator.late")
    assert event.offender_id == scene.person.pk


def test_a_triage_in_time_tells_nobody(scene):
    found = triaging.critical(scene.person, by=scene.manager)
    triaging.triage(found, "enquiry", by=scene.manager)
    assert told(found) == set()


def test_what_waits_for_a_check_is_not_triaged(scene):
    found = triaging.critical(scene.person, by=scene.manager)
    triaging.triage(found, by=scene.manager)
    assert told(found) == {scene.supervisor}
    [alert] = Alert.objects.filter(about="indicator_late")
    assert str(triaging.task_of(found, "check_triage").public_id) in alert.subject


def test_of_an_unmatched_one_the_supervisors_of_those_it_may_be_about_are_told(scene):
    found = indicating.about(scene.person, by=scene.manager)
    assert told(found) == {scene.supervisor}
    [alert] = Alert.objects.filter(about="indicator_late")
    assert alert.offender is None, "nobody has said whom it is about"
    assert alert.subject == f"indicator:{found.public_id}:late"


def test_of_one_that_suggests_nobody_every_supervisor_of_the_force_is_told(scene):
    found = indicating.indicator(by=scene.manager)
    assert told(found) == {scene.supervisor, scene.elsewhere}


def test_without_a_supervisor_who_may_see_it_the_inspectors_are_told(scene):
    ConflictOfInterest.objects.create(
        offender=scene.person, user=scene.supervisor, declared_by=scene.supervisor
    )
    found = triaging.critical(scene.person, by=scene.manager)
    assert told(found) == {scene.inspector}


def test_the_absent_are_told_only_where_nobody_else_may_be(scene):
    today = timezone.localdate()
    Absence.objects.create(
        officer=scene.supervisor,
        from_on=today - dt.timedelta(days=1),
        until_on=today + dt.timedelta(days=3),
        kind="leave",
        recorded_by=scene.inspector,
    )
    found = triaging.critical(scene.person, by=scene.manager)
    assert told(found) == {scene.inspector}


def test_of_a_restricted_one_only_the_named_are_told(scene):
    found = indicating.about(scene.person, by=scene.manager)
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True, is_secret=True)
    assert warn_of_late(now=found.triage_by) == 0, "nobody may be told: it stays for the next run"
    IndicatorAccess.objects.create(indicator=found, user=scene.inspector, named_by=scene.inspector)
    assert told(found) == {scene.inspector}


def test_those_of_which_nobody_may_be_told_hold_up_nobody_elses_news(scene, monkeypatch):
    monkeypatch.setattr(late, "BATCH", 1)
    monkeypatch.setattr(late, "MOST", 1)
    secret = [indicating.about(scene.person, by=scene.manager) for _ in range(2)]
    keys = [one.pk for one in secret]
    Indicator.objects.filter(pk__in=keys).update(is_restricted=True, is_secret=True)
    found = indicating.about(scene.person, by=scene.manager, source="nca")
    assert all(one.triage_by <= found.triage_by for one in secret)
    assert told(found) == {scene.supervisor}


def test_a_crowd_costs_few_statements(scene, django_assert_max_num_queries):
    found = [triaging.critical(scene.person, by=scene.manager) for _ in range(5)]
    with django_assert_max_num_queries(22):
        assert warn_of_late(now=max(one.triage_by for one in found)) == 5


def test_the_minute_job_tells(scene):
    found = triaging.critical(scene.person, by=scene.manager)
    assert watch_triage() == 0
    beat = app.conf.beat_schedule["watch-triage"]
    assert (beat["task"], beat["schedule"]) == (watch_triage.name, 60.0)
    assert found.late_told_at is None


def test_the_alert_leads_to_the_task_or_names_the_indicator(scene):
    matched = triaging.critical(scene.person, by=scene.manager)
    unmatched = indicating.about(scene.person, by=scene.manager, external_id="another")
    warn_of_late(now=max(matched.triage_by, unmatched.triage_by))
    rows = signed_in(scene.supervisor).get("/api/v1/alerts").json()["results"]
    late = [row for row in rows if row["about"] == "indicator_late"]
    assert {row["task"] and row["task"]["step"] for row in late} == {"triage_indicator", None}
    assert {row["indicator"] for row in late} == {str(unmatched.public_id), None}
