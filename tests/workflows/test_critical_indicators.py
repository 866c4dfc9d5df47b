"""What a critical indicator that nobody has finished with does to the rest of a person's work."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role
from offenders.errors import RuleBroken
from risk.models import Indicator, IndicatorAccess
from rules import current
from tests import make
from tests.api.scenes.reactive import reactive_proposal
from tests.workflows import doing, indicating, searching, triaging
from workflows.actions.indicators import matching
from workflows.actions.reactive import propose_reactive
from workflows.actions.tasks import defer
from workflows.models import Alert
from workflows.queries.reactive import failing, fails
from workflows.reactive import Criterion
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


class Scene:
    def __init__(self, **facts: object) -> None:
        self.person = make.settled(**facts)
        self.manager = make.activate(self.person.offender_manager)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.person.team)
        self.inspector = make.officer(Role.INSPECTOR, team=self.person.team)

    def critical(self, **said: object) -> Indicator:
        found = triaging.critical(self.person, by=self.manager, **said)
        self.person.refresh_from_db()
        return found

    def put_off(self) -> None:
        """A supervisor puts the next visit off past its date."""
        task = make.task_of(self.person)
        defer(
            by=make.actor(self.supervisor),
            task=task.public_id,
            until=max(task.due_on, timezone.localdate()) + 5 * DAY,
            reason="No car.",
        )


@pytest.fixture
def scene() -> Scene:
    return Scene()


def finished(scene: Scene, found: Indicator) -> None:
    """By an enquiry that was made."""
    triaging.triage(found, "enquiry", by=scene.manager)
    said = {"outcome": "done", "evidence": "Asked."}
    doing.complete(scene.person, "finish_action", said, by=scene.manager)


def test_no_task_of_the_person_is_put_off_past_its_date_until_it_is_finished_with(scene):
    found = scene.critical()
    with pytest.raises(RuleBroken) as refused:
        scene.put_off()
    assert refused.value.code == "never_deferred"
    triaging.triage(found, "enquiry", by=scene.manager)
    with pytest.raises(RuleBroken):
        scene.put_off()
    said = {"outcome": "done", "evidence": "Asked."}
    doing.complete(scene.person, "finish_action", said, by=scene.manager)
    scene.put_off()


def test_a_high_one_puts_nothing_beyond_deferral(scene):
    triaging.matched(scene.person, by=scene.manager)
    scene.put_off()


def test_reactive_management_ends_with_the_match_and_a_visit_is_owed(scene):
    doing.manage_reactively(scene.person, by=scene.inspector)
    found = scene.critical()
    today = timezone.localdate()
    rule = current.in_force(today).rule("visit.reactive_return")
    assert scene.person.management_mode == "active"
    assert doing.home_visit_due(scene.person) == rule.due(today, current.calendar())
    assert Alert.objects.filter(to=scene.supervisor, about="active_again").exists()
    assert triaging.obligation_of(found) is not None


def test_a_high_one_leaves_reactive_management_and_is_owed_all_the_same(scene):
    doing.manage_reactively(scene.person, by=scene.inspector)
    found = triaging.matched(scene.person, by=scene.manager)
    scene.person.refresh_from_db()
    assert scene.person.management_mode == "reactive"
    assert triaging.obligation_of(found) is not None


def propose(scene: Scene) -> None:
    propose_reactive(
        by=make.actor(scene.manager), offender=scene.person.public_id, **reactive_proposal()
    )


def test_a_proposal_lapses_and_none_is_made_while_one_is_live(scene):
    propose(scene)
    found = scene.critical()
    assert not scene.person.reactive_proposals.filter(settled_on=None).exists()
    with pytest.raises(RuleBroken) as refused:
        propose(scene)
    assert refused.value.code == "criteria_not_met"
    assert fails(scene.person, today=timezone.localdate()) == (Criterion.NO_CRITICAL_INDICATOR,)
    finished(scene, found)
    assert fails(scene.person, today=timezone.localdate()) == ()


def test_somebody_managed_reactively_by_a_file_is_listed_while_one_is_live(scene):
    scene.critical()
    doing_reactive = scene.person
    type(doing_reactive).objects.filter(pk=doing_reactive.pk).update(management_mode="reactive")
    [listed] = failing(actor=make.actor(scene.supervisor), today=timezone.localdate())
    assert Criterion.NO_CRITICAL_INDICATOR in listed.fails


def test_it_asks_for_a_reassessment_from_its_match_until_one_is_handed_in(scene):
    scene.critical()
    [due_on] = scene.person.obligations.filter(
        kind="risk_reassessment", closed_at=None
    ).values_list("due_on", flat=True)
    today = timezone.localdate()
    rule = current.in_force(today).rule("arms.review.change")
    assert due_on == rule.due(today, current.calendar())


def test_one_that_two_people_set_aside_asks_for_nothing_more(scene):
    sweep_obligations()
    before = searching.open_of(scene.person)
    found = scene.critical()
    triaging.triage(found, "no_action", by=scene.manager)
    triaging.check(found, by=scene.supervisor)
    assert searching.open_of(scene.person) == before
    scene.put_off()


def test_nothing_shows_one_whose_existence_is_secret(scene):
    doing.manage_reactively(scene.person, by=scene.inspector)
    before = searching.open_of(scene.person)
    found = indicating.about(scene.person, by=scene.manager, code="CTIP")
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True, is_secret=True)
    IndicatorAccess.objects.create(indicator=found, user=scene.manager, named_by=scene.supervisor)
    matching.confirm_match(
        by=make.actor(scene.manager),
        indicator=found.public_id,
        offender=scene.person.public_id,
    )
    scene.person.refresh_from_db()
    assert scene.person.management_mode == "reactive"
    assert searching.open_of(scene.person) == before
    assert Criterion.NO_CRITICAL_INDICATOR not in fails(scene.person, today=timezone.localdate())
