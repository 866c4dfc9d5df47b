"""What waits for a second person: which steps, whose, in which order, and where nobody may."""

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import timezone

from accounts.models import Role, User
from accounts.policy import RULES
from offenders.models import Offender, RestrictedAccess
from tests import make
from tests.api.scenes import ASSESSMENT, PROPOSAL, ending, notification
from tests.workflows import doing
from workflows import second_person
from workflows.actions import people
from workflows.engine.nodes import Step
from workflows.flows import FLOWS
from workflows.models import Alert, ReturnedWork, Task
from workflows.queries.endorsing import endorsements_page, to_endorse
from workflows.queries.task import earlier_of, written_values
from workflows.steps import FORMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make.officer()


@pytest.fixture
def supervisor(manager) -> User:
    return make.officer(Role.SUPERVISOR, team=manager.team)


def assessed(manager, by=None, **facts) -> Offender:
    """Someone whose assessment waits to be endorsed."""
    person = make.person(manager=manager, **facts)
    doing.complete(person, "assess", dict(ASSESSMENT), by=by or manager)
    return person


def visited(manager, by=None) -> Offender:
    """Someone whose visit waits to be reviewed."""
    person = make.person(manager=manager)
    doing.complete(person, "record_outcome", make.outcome(concern=True), by=by or manager)
    doing.complete(person, "write_up", make.write_up(), by=by or manager)
    return person


def notified(manager) -> Offender:
    person = make.person(manager=manager)
    doing.complete(person, "record_notification", notification(), by=manager)
    return person


def over(manager) -> Offender:
    person = make.person(manager=manager, **ending())
    doing.complete(person, "propose_end", dict(PROPOSAL), by=manager)
    return person


#: By step: how it comes to wait, and the decision that gives it back.
WAITING = {
    "review": (visited, "returned"),
    "endorse": (assessed, "return"),
    "check_notification": (notified, "void"),
    "endorse_end": (over, "return"),
}


def page(user, **more):
    return endorsements_page(actor=make.actor(user), today=timezone.localdate(), **more)


def listed(user, **more) -> list[tuple[str, str]]:
    return [(one.task.reference, one.task.step) for one in page(user, **more).rows]


def test_the_steps_are_read_off_the_permission_table():
    by_hand = {
        node.name
        for flow in FLOWS.values()
        for node in flow.instance.nodes()
        if isinstance(node, Step)
        and any(granted.second_person for granted in RULES[node.action].values())
    }
    assert set(second_person.STEPS) == by_hand == set(WAITING)


@pytest.mark.parametrize("step", second_person.STEPS)
def test_every_form_of_a_second_person_can_give_back_and_always_says_why(step):
    fields = FORMS[step]().fields
    assert set(fields["decision"].choices) & second_person.GIVES_BACK
    assert set(fields["decision"].choices) - second_person.GIVES_BACK
    assert fields["comment"].required
    assert not fields["comment"].allow_blank


@pytest.mark.parametrize("step", second_person.STEPS)
def test_every_step_is_listed_with_its_author_and_since_when(step, manager, supervisor):
    person = WAITING[step][0](manager)

    [found] = [one for one in page(supervisor).rows if one.task.step == step]

    assert found.task.reference == person.source_ref
    assert (found.author, found.waiting_since) == (manager.display_name, timezone.localdate())
    assert (found.is_own, found.has_nobody) == (False, False)
    assert to_endorse(make.actor(supervisor), timezone.localdate()) == 1


@pytest.mark.parametrize("step", second_person.STEPS)
def test_who_wrote_it_is_told_that_it_came_back_and_why(step, manager, supervisor):
    make_it_wait, decision = WAITING[step]
    person = make_it_wait(manager)
    values = {"decision": decision, "comment": "Say more about work."}

    done = doing.complete(person, step, values, by=supervisor)

    [alert] = Alert.objects.filter(to=manager, about="work_returned")
    assert (alert.offender, alert.officer, alert.subject) == (
        person,
        supervisor,
        f"task:{done.public_id}",
    )
    row = ReturnedWork.objects.get()
    assert (row.author, row.returned_by, row.reason) == (
        manager,
        supervisor,
        "Say more about work.",
    )


@pytest.mark.parametrize("step", ["review", "endorse", "endorse_end"])
def test_the_task_that_is_open_again_shows_the_reason(step, manager, supervisor):
    make_it_wait, decision = WAITING[step]
    person = make_it_wait(manager)
    process = make.task_of(person, step).process_id

    doing.complete(person, step, {"decision": decision, "comment": "Say more."}, by=supervisor)

    [again] = Task.objects.open().filter(process=process)
    [back] = [before for before in earlier_of(again) if before.step == step]
    assert written_values(back)["comment"] == "Say more."


def test_each_return_keeps_its_own_reason_and_the_endorsement_none(manager, supervisor):
    person = assessed(manager)
    process = make.task_of(person, "endorse").process_id
    for decision, comment in (("return", "One."), ("return", "Two."), ("endorse", "Good.")):
        doing.complete(person, "endorse", {"decision": decision, "comment": comment}, by=supervisor)
        if decision == "return":
            doing.complete(person, "assess", dict(ASSESSMENT), by=manager)

    done = Task.objects.filter(process=process, step="endorse").order_by("pk")
    assert [written_values(task).get("comment") for task in done] == ["One.", "Two.", None]


@pytest.mark.parametrize("step", second_person.STEPS)
def test_what_is_agreed_is_no_return(step, manager, supervisor):
    person = WAITING[step][0](manager)
    choices = FORMS[step]().fields["decision"].choices
    agreed = next(choice for choice in choices if choice not in second_person.GIVES_BACK)
    if step == "endorse_end":
        return  # the period is not over yet: an end cannot be agreed here

    doing.complete(person, step, {"decision": agreed, "comment": "Good."}, by=supervisor)

    assert not Alert.objects.filter(about="work_returned").exists()
    assert not ReturnedWork.objects.exists()


def test_ones_own_work_is_marked_and_not_counted(manager, supervisor):
    person = assessed(supervisor)
    other = make.officer(Role.SUPERVISOR, team=manager.team)

    [mine] = page(supervisor).rows
    [theirs] = page(other).rows

    assert (mine.task.reference, mine.is_own, theirs.is_own) == (person.source_ref, True, False)
    today = timezone.localdate()
    assert (to_endorse(make.actor(supervisor), today), to_endorse(make.actor(other), today)) == (
        0,
        1,
    )


def test_who_was_there_is_not_offered_the_review_of_a_visit(manager, supervisor):
    person = make.person(manager=manager)
    outcome = make.outcome(concern=True, colleagues=[supervisor.staff_number], partner="")
    doing.complete(person, "record_outcome", outcome, by=manager)
    doing.complete(person, "write_up", make.write_up(), by=manager)

    [found] = page(supervisor).rows

    assert found.is_own
    assert found.has_nobody


def test_who_returned_it_once_may_decide_again(manager, supervisor):
    person = assessed(manager)
    values = {"decision": "return", "comment": "Say more."}
    doing.complete(person, "endorse", values, by=supervisor)
    doing.complete(person, "assess", dict(ASSESSMENT), by=manager)

    [found] = page(supervisor).rows

    assert not found.is_own


def test_the_list_is_first_due_first_then_most_urgent_and_pages_without_a_gap(manager, supervisor):
    levels = ["low", "very_high", "medium", "high", "low", "medium", "very_high"]
    for level in levels:
        assessed(manager, management_level=level)
    late = assessed(manager, management_level="low")
    Task.objects.open().filter(offender=late, step="endorse").update(
        due_on=timezone.localdate() - dt.timedelta(days=3)
    )

    whole = page(supervisor).rows
    paged, after = [], None
    while True:
        part = page(supervisor, after=after, limit=3)
        paged += part.rows
        after = part.next
        if after is None:
            break

    assert [one.task.key for one in paged] == [one.task.key for one in whole]
    assert len(whole) == len(levels) + 1
    assert whole[0].task.reference == late.source_ref, "overdue leads"
    order = [(one.task.due_on, -one.task.score, one.task.key) for one in whole]
    assert all(before < then for before, then in pairwise(order))


def test_it_can_be_narrowed_to_a_kind(manager, supervisor):
    person = assessed(manager)
    notified(manager)

    assert listed(supervisor, kind="risk_reassessment") == [(person.source_ref, "endorse")]


def test_another_team_a_conflict_and_a_restriction_hide_what_waits(manager, supervisor):
    tied, hidden, seen = (assessed(manager) for _ in range(3))
    stranger = make.officer(Role.SUPERVISOR, team=make.team(in_force=manager.force))
    people.declare_conflict(
        by=make.actor(supervisor), offender=tied.public_id, user=supervisor.public_id
    )
    Offender.objects.filter(pk=hidden.pk).update(is_restricted=True)

    assert listed(supervisor) == [(seen.source_ref, "endorse")]
    assert listed(stranger) == []
    assert listed(manager) == [], "an offender manager decides on nobody's work"


# --- nobody eligible (PRACTICE 15) ----------------------------------------------------------------


def lapsed(manager, person, one):
    User.objects.filter(pk=one.pk).update(vetting_expires_on=dt.date(2020, 1, 1))


def unvetted(manager, person, one):
    User.objects.filter(pk=one.pk).update(vetting_expires_on=None)


def closed(manager, person, one):
    User.objects.filter(pk=one.pk).update(is_active=False)


def gone(manager, person, one):
    User.objects.filter(pk=one.pk).update(team=make.team(in_force=manager.force))


def in_conflict(manager, person, one):
    people.declare_conflict(by=make.actor(one), offender=person.public_id, user=one.public_id)


def not_named(manager, person, one):
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    for user in User.objects.filter(role=Role.INSPECTOR):
        RestrictedAccess.objects.create(offender=person, user=user, named_by=manager)


@pytest.mark.parametrize("why", [lapsed, unvetted, closed, gone, in_conflict, not_named])
def test_where_a_team_has_nobody_who_may_decide_the_inspectors_see_it(manager, supervisor, why):
    inspector = make.officer(Role.INSPECTOR, force=manager.force)
    person = assessed(manager)
    [before] = page(inspector).rows

    why(manager, person, supervisor)

    [found] = page(inspector, has_nobody=True).rows
    assert (before.has_nobody, found.has_nobody, found.is_own) == (False, True, False)
    assert found.task.reference == person.source_ref
    assert to_endorse(make.actor(inspector), timezone.localdate()) == 1


def test_one_supervisor_who_may_is_enough(manager, supervisor):
    inspector = make.officer(Role.INSPECTOR, force=manager.force)
    assessed(supervisor)
    assert [one.has_nobody for one in page(inspector).rows] == [True]

    make.officer(Role.SUPERVISOR, team=manager.team)

    assert [one.has_nobody for one in page(inspector).rows] == [False]
    assert page(inspector, has_nobody=True).rows == []
    assert to_endorse(make.actor(inspector), timezone.localdate()) == 0


def test_the_inspector_decides_where_nobody_of_the_team_may(manager):
    person = assessed(manager)
    inspector = make.officer(Role.INSPECTOR, force=manager.force)

    doing.complete(person, "endorse", {"decision": "endorse", "comment": "Agreed."}, by=inspector)

    assert page(inspector).rows == []


def test_the_list_costs_the_same_however_long(manager, supervisor, django_assert_num_queries):
    for _ in range(2):
        assessed(manager)
    with django_assert_num_queries(5):
        assert len(page(supervisor).rows) == 2
    for _ in range(5):
        assessed(manager)
    with django_assert_num_queries(5):
        assert len(page(supervisor).rows) == 7
