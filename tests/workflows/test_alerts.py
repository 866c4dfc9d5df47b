"""What officers are told: once, only them, and only of people they may see (PRACTICE 10, 15)."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role, User
from audit.models import Event
from tests import make
from tests.workflows import doing
from tests.workflows.ruling import enact
from workflows.actions import alerts, caseload
from workflows.actions.handing_over import declare_conflict
from workflows.actions.officers import close_account
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.models import Alert
from workflows.queries.alerts import alerts_page, unseen_count

pytestmark = pytest.mark.django_db

About = Alert.About


@pytest.fixture
def person():
    found = make.person()
    make.activate(found.offender_manager)
    return found


def told(user: User) -> list[tuple[str, int | None]]:
    rows = alerts_page(actor=make.actor(user), which="all").rows
    return [(row.alert.about, row.alert.people) for row in rows]


def supervisor_of(person) -> User:
    return make.officer(Role.SUPERVISOR, team=person.team)


def test_the_offender_manager_is_told_of_a_colleagues_visit(person):
    colleague = make.officer(team=person.team)

    visit = doing.visit(person, by=colleague, outcome="no_answer")

    [row] = alerts_page(actor=make.actor(person.offender_manager)).rows
    alert = row.alert
    assert (alert.about, alert.offender, alert.officer) == (
        About.VISIT_BY_COLLEAGUE,
        person,
        colleague,
    )
    assert (alert.subject, alert.on) == (f"visit:{visit.public_id}", visit.occurred_on)
    assert told(colleague) == []


def test_nobody_is_told_of_their_own_visit(person):
    doing.visit(person)

    assert Alert.objects.count() == 0


def test_both_officers_are_told_of_a_reassignment_and_of_its_undoing(person):
    old, new = person.offender_manager, make.officer(team=person.team)
    by = make.actor(supervisor_of(person))

    moved = caseload.reassign_caseload(
        by=by, offenders=[person.public_id], to=new.public_id, reason="Leave"
    )
    assert told(old) == [(About.PEOPLE_LEFT, 1)]
    assert told(new) == [(About.PEOPLE_RECEIVED, 1)]

    undo_reassignment(by=by, reassignment=moved.public_id)
    assert told(old)[0] == (About.PEOPLE_RECEIVED, 1)
    assert told(new)[0] == (About.PEOPLE_LEFT, 1)


def test_the_supervisor_is_told_of_work_that_a_conflict_or_a_closed_account_brings(person):
    manager, supervisor = person.offender_manager, supervisor_of(person)
    make.person(manager=manager)
    declare_conflict(by=make.actor(manager), offender=person.public_id, user=manager.public_id)
    assert told(supervisor) == [(About.WORK_HANDED_OVER, 1)]

    close_account(by=make.SETUP, officer=manager)

    assert told(supervisor)[0] == (About.WORK_HANDED_OVER, 1)


def test_what_was_told_of_a_person_goes_when_the_person_may_not_be_seen_any_more(person):
    manager = person.offender_manager
    doing.visit(person, by=make.officer(team=person.team))
    assert unseen_count(make.actor(manager)) == 1

    declare_conflict(by=make.actor(manager), offender=person.public_id, user=manager.public_id)

    assert unseen_count(make.actor(manager)) == 0


@pytest.mark.parametrize(
    ("days", "warned", "reason"),
    [
        (31, 0, "more than thirty days ahead"),
        (30, 2, "thirty days: the officer and the supervisor"),
        (0, 2, "the last day"),
        (-1, 0, "lapsed already: the work has gone"),
    ],
)
def test_vetting_that_ends_is_warned_of_thirty_days_ahead_once(days, warned, reason):
    supervisor = make.officer(Role.SUPERVISOR)
    ends = timezone.localdate() + dt.timedelta(days=days)
    officer = make.officer(team=supervisor.team, vetting_expires_on=ends)
    make.officer(Role.SUPERVISOR)

    assert alerts.warn_of_vetting() == warned, reason
    assert alerts.warn_of_vetting() == 0, "safe to run twice"

    expected = {officer, supervisor} if warned else set()
    assert {alert.to for alert in Alert.objects.all()} == expected


@pytest.mark.parametrize(
    ("days", "warned", "reason"),
    [
        (61, 0, "earlier than the force's own rule"),
        (60, 1, "by the force's own rule"),
        (31, 1, "by the shipped rule not yet"),
    ],
)
def test_how_long_before_is_a_rule_that_a_force_changes(days, warned, reason):
    example = {"trigger": "2026-03-31", "due": "2026-01-30", "why": "60 days before"}
    enact(changes=[{"id": "vetting.warning", "period": "60d", "examples": [example]}])
    make.officer(vetting_expires_on=timezone.localdate() + dt.timedelta(days=days))

    assert alerts.warn_of_vetting() == warned, reason


def test_a_supervisor_whose_own_vetting_ends_is_told_once():
    ends = timezone.localdate() + dt.timedelta(days=10)
    make.officer(Role.SUPERVISOR, vetting_expires_on=ends)

    assert alerts.warn_of_vetting() == 1


def test_an_alert_is_marked_as_read_once_with_one_event(person):
    doing.visit(person, by=make.officer(team=person.team))
    by = make.actor(person.offender_manager)
    [row] = alerts_page(actor=by).rows
    alert = row.alert
    before = Event.objects.count()

    assert alerts.mark_seen(by=by, alerts=[alert.public_id]) == 1
    seen_at = Alert.objects.get().seen_at
    assert alerts.mark_seen(by=by, alerts=[alert.public_id]) == 0

    assert Alert.objects.get().seen_at == seen_at
    assert unseen_count(by) == 0
    assert told(person.offender_manager) == [(About.VISIT_BY_COLLEAGUE, None)]
    assert Event.objects.count() == before + 2


def test_nobody_marks_what_was_told_to_somebody_else(person):
    doing.visit(person, by=make.officer(team=person.team))
    alert = Alert.objects.get()

    with pytest.raises(NotVisible):
        alerts.mark_seen(by=make.actor(supervisor_of(person)), alerts=[alert.public_id])
    auditor = make.officer(Role.AUDITOR, team=person.team)
    with pytest.raises(NotPermitted):
        alerts.mark_seen(by=make.actor(auditor), alerts=[alert.public_id])


def test_alerts_come_in_pages_newest_first(person):
    colleague = make.officer(team=person.team)
    for _ in range(3):
        doing.visit(person, by=colleague, outcome="no_answer")
    by = make.actor(person.offender_manager)

    first = alerts_page(actor=by, limit=2)
    rest = alerts_page(actor=by, limit=2, after=first.next[0])

    assert [row.alert.pk for row in (*first.rows, *rest.rows)] == sorted(
        Alert.objects.values_list("pk", flat=True), reverse=True
    )
    assert rest.next is None
