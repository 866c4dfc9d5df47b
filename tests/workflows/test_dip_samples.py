"""A dip sample: who is drawn, who checks, what it finds, and who sees the results."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender, RestrictedAccess
from tests import make
from tests.workflows import doing
from workflows.actions.dip_samples import draw_sample
from workflows.errors import NotVisible
from workflows.models import CaseReview, DipSample, DipSampleItem, Task
from workflows.queries.quality import items_of, quality, sample, samples_page, tasks_of
from workflows.sampling import Candidate, drawn
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make.officer()


@pytest.fixture
def supervisor(manager):
    return make.officer(Role.SUPERVISOR, team=manager.team)


def draw(supervisor, team=None, size=1, **more) -> DipSample:
    team = team or supervisor.team
    return draw_sample(by=make.actor(supervisor), team=team.public_id, size=size, **more)


def people_of(found: DipSample) -> set[str]:
    return {str(item.offender.public_id) for item in found.items.select_related("offender")}


def check(person, by, **values):
    return doing.complete(person, "check_case", make.case_review(**values), by=by)


def test_a_sample_can_be_drawn_again_from_what_was_stored(manager, supervisor):
    for level in ("low", "high", "medium", "very_high", "low"):
        make.person(manager=manager, management_level=level)

    found = draw(supervisor, size=3)

    found.refresh_from_db()
    frame = [Candidate(*one) for one in found.frame]
    assert set(drawn(frame, found.seed, found.size)) == people_of(found)
    assert sorted(one.weight for one in frame) == [1.0, 1.0, 1.0, 3.0, 3.0]


def test_each_person_is_a_task_of_the_checker_due_in_ten_working_days(manager, supervisor):
    person = make.person(manager=manager)
    other = make.officer(Role.SUPERVISOR, team=manager.team)

    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        draw(supervisor, checker=other.staff_number)

    task = make.task_of(person, "check_case")
    assert (task.owner, task.due_on) == (other, dt.date(2026, 12, 7))


def test_nobody_checks_whom_they_manage(manager, supervisor):
    make.person(manager=supervisor)
    theirs = make.person(manager=manager)

    found = draw(supervisor, size=5)

    assert people_of(found) == {str(theirs.public_id)}


def test_who_came_to_manage_the_person_since_the_draw_does_not_check_them(manager, supervisor):
    person = make.person(manager=manager)
    draw(supervisor)
    Offender.objects.filter(pk=person.pk).update(offender_manager=supervisor)

    with pytest.raises(RuleBroken) as refused:
        check(person, supervisor)

    assert refused.value.code == "own_case"


def test_a_sample_may_be_of_one_officers_people(manager, supervisor):
    make.person(manager=make.officer(team=manager.team))
    wanted = make.person(manager=manager)

    found = draw(supervisor, size=5, officer=manager.staff_number)

    assert (people_of(found), found.officer) == ({str(wanted.public_id)}, manager)


def test_nobody_is_drawn_twice_in_six_months_while_others_are_left(manager, supervisor):
    everyone = {str(make.person(manager=manager).public_id) for _ in range(3)}

    first, second = draw(supervisor, size=2), draw(supervisor, size=2)

    assert people_of(first) | people_of(second) == everyone


def test_who_was_drawn_more_than_six_months_ago_is_drawn_like_anybody(manager, supervisor):
    person = make.person(manager=manager)
    first = draw(supervisor)
    for ago, is_recent in ((170, True), (200, False)):
        on = timezone.localdate() - dt.timedelta(days=ago)
        DipSampleItem.objects.filter(sample=first).update(drawn_on=on)

        again = draw(supervisor)

        assert [(one[0], one[2]) for one in again.frame] == [(str(person.public_id), is_recent)]
        again.items.all().delete()


@pytest.mark.parametrize("who", ["drawer", "checker"])
def test_a_restricted_person_is_drawn_only_where_both_may_see_them(manager, supervisor, who):
    hidden, other = make.person(manager=manager), make.person(manager=manager)
    checker = make.officer(Role.SUPERVISOR, team=manager.team)
    Offender.objects.filter(pk=hidden.pk).update(is_restricted=True)
    named = supervisor if who == "drawer" else checker
    RestrictedAccess.objects.create(offender=hidden, user=named, named_by=manager)

    found = draw(supervisor, size=5, checker=checker.staff_number)

    assert people_of(found) == {str(other.public_id)}
    RestrictedAccess.objects.get_or_create(offender=hidden, user=supervisor, named_by=manager)
    RestrictedAccess.objects.get_or_create(offender=hidden, user=checker, named_by=manager)
    assert str(hidden.public_id) in people_of(draw(supervisor, checker=checker.staff_number))


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"checker": "NOBODY"}, "checker", "unknown_officer"),
        ({"officer": "NOBODY"}, "officer", "unknown_officer"),
        ({"checker": "MANAGER"}, "checker", "cannot_do_it"),
    ],
)
def test_a_sample_names_officers_who_may(manager, supervisor, more, field, code):
    make.person(manager=manager)
    named = {key: manager.staff_number if v == "MANAGER" else v for key, v in more.items()}

    with pytest.raises(Invalid) as refused:
        draw(supervisor, **named)

    assert (refused.value.field, refused.value.code) == (field, code)
    assert not DipSample.objects.exists()


def test_nobody_to_draw_is_said(supervisor):
    with pytest.raises(RuleBroken) as refused:
        draw(supervisor)
    assert refused.value.code == "nobody_to_draw"


def test_a_supervisor_draws_in_their_own_team_and_an_inspector_in_the_force(manager, supervisor):
    make.person(manager=manager)
    stranger = make.officer(Role.SUPERVISOR, team=make.team(in_force=manager.force))
    inspector = make.officer(Role.INSPECTOR, force=manager.force)

    with pytest.raises(NotVisible):
        draw(stranger, team=manager.team)
    with pytest.raises(NotPermitted):
        draw(manager)
    assert draw(inspector, team=manager.team).items.count() == 1


def test_a_check_is_done_and_starts_no_clock(manager, supervisor):
    person = make.person(manager=manager)
    before = person.obligations.get(kind="supervisor_review", closed_at=None).due_on
    found = draw(supervisor)

    check(person, supervisor, grade="requires_improvement")
    sweep_obligations()

    item = found.items.get()
    assert (item.checked_on, item.review.grade) == (timezone.localdate(), "requires_improvement")
    assert item.review.kind == CaseReview.Kind.DIP_SAMPLE
    assert not Task.objects.open().filter(offender=person, step="check_case").exists()
    after = person.obligations.get(kind="supervisor_review", closed_at=None)
    assert after.due_on == before


def test_results_stand_beside_what_they_are_a_part_of(manager, supervisor):
    people = [make.person(manager=manager) for _ in range(3)]
    draw(supervisor, size=3)
    check(people[0], supervisor)
    check(people[1], supervisor, grade="requires_improvement")
    doing.complete(people[2], "review_case", make.case_review(), by=supervisor)

    [found] = quality(actor=make.actor(supervisor), today=timezone.localdate())

    assert (found.people, found.drawn, found.checked, found.late) == (3, 3, 2, 0)
    assert dict(found.grades) == {"good": 1, "requires_improvement": 1}
    assert (found.reviewed, dict(found.review_grades), found.overdue) == (1, {"good": 1}, 0)


def test_what_is_late_is_counted_with_its_oldest_day(manager, supervisor):
    person = make.person(manager=manager)
    draw(supervisor)
    person.obligations.filter(kind__in=["supervisor_review", "dip_sample"]).update(
        due_on=dt.date(2026, 1, 5)
    )

    [found] = quality(actor=make.actor(supervisor), today=timezone.localdate())

    assert (found.overdue, found.oldest, found.late) == (1, dt.date(2026, 1, 5), 1)


def test_results_are_of_the_days_that_are_asked_for(manager, supervisor):
    make.person(manager=manager)
    draw(supervisor)
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    [found] = quality(actor=make.actor(supervisor), today=timezone.localdate(), until=yesterday)

    assert (found.people, found.drawn) == (1, 0)


def test_an_inspectors_totals_hold_who_is_restricted_and_never_name_them(manager, supervisor):
    person = make.person(manager=manager)
    found = draw(supervisor)
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    inspector = make.actor(make.officer(Role.INSPECTOR, force=manager.force))

    [of_force] = quality(actor=inspector, today=timezone.localdate())
    [of_team] = quality(actor=make.actor(supervisor), today=timezone.localdate())

    assert (of_force.people, of_force.drawn) == (1, 1)
    assert (of_team.people, of_team.drawn) == (0, 0)
    assert items_of(inspector, sample(inspector, found.public_id)) == []


def test_samples_are_listed_newest_first_with_how_far_they_are(manager, supervisor):
    people = [make.person(manager=manager) for _ in range(2)]
    first, second = draw(supervisor), draw(supervisor)
    checked = first.items.get().offender
    check(checked, supervisor)
    actor, today = make.actor(supervisor), timezone.localdate()

    page = samples_page(actor=actor, today=today, limit=1)
    rest = samples_page(actor=actor, today=today, after=page.next[0], limit=1)

    assert [(row.pk, row.drawn, row.checked) for row in page.rows] == [(second.pk, 1, 0)]
    assert [(row.pk, row.drawn, row.checked) for row in rest.rows] == [(first.pk, 1, 1)]
    assert rest.next is None
    items = items_of(actor, second)
    task = make.task_of(items[0].offender, "check_case")
    assert tasks_of(items) == {items[0].pk: task.public_id}
    assert {item.offender for item in (*items, *items_of(actor, first))} == set(people)


def test_the_samples_of_another_force_are_not_there(manager, supervisor):
    make.person(manager=manager)
    found = draw(supervisor)
    with pytest.raises(NotVisible):
        sample(make.actor(make.officer(Role.INSPECTOR)), found.public_id)


def test_a_draw_leaves_one_event(manager, supervisor):
    make.person(manager=manager)
    found = draw(supervisor)
    event = Event.objects.get(action="dip_sample.draw")
    assert (event.subject, event.row_count) == (f"dip_sample:{found.public_id}", 1)
