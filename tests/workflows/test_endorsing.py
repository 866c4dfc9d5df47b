"""What waits for a second person: which steps, whose, in which order, and where nobody may."""

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import timezone

from accounts.models import Role, User
from accounts.policy import RULES
from offenders.errors import RuleBroken
from offenders.models import Offender, RestrictedAccess
from tests import make
from tests.api.scenes.assessments import ASSESSMENT
from tests.api.scenes.reactive import reactive_proposal
from tests.api.scenes.registration import PROPOSAL, ending, notification
from tests.api.scenes.warrants import RECOMMENDATION
from tests.workflows import doing, planning, searching, triaging
from workflows import second_person
from workflows.actions import deaths, people
from workflows.actions.reactive import propose_reactive
from workflows.engine.nodes import Step
from workflows.flows import FLOWS
from workflows.models import Alert, ReturnedWork, Task
from workflows.queries.endorsing import ABOVE_THE_TEAM, TITLES, endorsements_page, to_endorse
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


def reported(manager) -> Offender:
    person = make.person(manager=manager)
    searching.report(person, by=manager)
    return person


def enquired_twice(manager) -> Offender:
    person = reported(manager)
    for _ in range(2):
        searching.enquire(person, by=manager)
    return person


def said_dead(manager) -> Offender:
    person = make.person(manager=manager)
    deaths.report_death(by=make.actor(manager), offender=person.public_id, source="His sister")
    return person


def shut_out(manager) -> Offender:
    person = make.person(manager=manager)
    for days in (2, 1):
        at = timezone.now() - dt.timedelta(days=days)
        tried = make.outcome(outcome="no_answer", occurred_at=at, entry_reason="Late shift")
        doing.complete(person, "record_outcome", tried, by=manager)
    doing.complete(person, "consider_warrant", dict(RECOMMENDATION), by=manager)
    return person


def planned(manager, facts=None, **typed) -> Offender:
    person = make.person(manager=manager, **(facts or {}))
    planning.assessed(person, supervisor=make.officer(Role.SUPERVISOR, team=person.team))
    planning.draft(person, by=manager, **typed)
    return person


def planned_for_longer(manager, **facts) -> Offender:
    person = planned(manager, facts, visit_every="9m")
    other = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "endorse_plan", planning.AGREED, by=other)
    return person


def left_open(manager) -> Offender:
    person = assessed(manager)
    other = make.officer(Role.SUPERVISOR, team=person.team)
    values = {"decision": "endorse", "comment": "Good.", "level": "later"}
    doing.complete(person, "endorse", values, by=other)
    return person


def proposed(manager) -> Offender:
    person = make.settled(manager=manager)
    propose_reactive(by=make.actor(manager), offender=person.public_id, **reactive_proposal())
    return person


def recommended(manager) -> Offender:
    person = proposed(manager)
    other = make.officer(Role.SUPERVISOR, team=person.team)
    values = {"recommendation": "recommended", "recommendation_comment": "Good."}
    doing.complete(person, "recommend_reactive", values, by=other)
    return person


def set_aside(manager):
    person = make.person(manager=manager)
    triaging.triage(triaging.critical(person, by=manager), by=manager)
    return person


#: By step: how it comes to wait.
WAITING = {
    "review": visited,
    "endorse": assessed,
    "check_notification": notified,
    "endorse_end": over,
    "confirm_missing": reported,
    "review_enquiry": enquired_twice,
    "verify_death": said_dead,
    "decide_warrant": shut_out,
    "endorse_plan": planned,
    "approve_interval": planned_for_longer,
    "decide_level": left_open,
    "recommend_reactive": proposed,
    "authorise_reactive": recommended,
    "check_triage": set_aside,
}
#: Reported or proposed, and no step: the list names nobody, and knows whose it is all the same.
BROUGHT_UP = {"confirm_missing", "verify_death", "recommend_reactive", "authorise_reactive"}
#: Besides the decision and the reason, what a form wants.
MORE = {
    "decide_warrant": {"reference": "", "applied_on": None},
    "verify_death": {"reference": ""},
}
#: Agreed, each once more than against it: what the form wants then.
AGREED = {
    "review": "accepted",
    "endorse": "endorse",
    "check_notification": "accept",
    "confirm_missing": "confirm",
    "endorse_plan": "endorse",
    "approve_interval": "agree",
    "recommend_reactive": "recommended",
    "authorise_reactive": "authorised",
    "check_triage": "agreed",
}


def decider(step: str, supervisor: User) -> User:
    """The supervisor; an inspector for what is above the team."""
    action = second_person.ACTIONS[step]
    if Role.SUPERVISOR in RULES[action]:
        return supervisor
    return make.officer(Role.INSPECTOR, force=supervisor.force)


def values_of(step: str, decision: str) -> dict[str, object]:
    decides, _, why = second_person.AGAINST[step]
    return {decides: decision, why: "Say more about work."} | MORE.get(step, {})


def against(step: str) -> dict[str, object]:
    return values_of(step, max(second_person.AGAINST[step][1]))


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
    assert set(second_person.AGAINST) == by_hand - {"decide_level", "review_enquiry"}


@pytest.mark.parametrize("step", second_person.AGAINST)
def test_every_form_of_a_second_person_can_give_back_and_says_why(step):
    fields = FORMS[step]().fields
    decides, against_it, why = second_person.AGAINST[step]
    assert against_it < set(fields[decides].choices), "it can be agreed as well"
    # An ordinary visit is accepted without a word; the action asks for one where it is returned.
    assert fields[why].required or step == "review"


@pytest.mark.parametrize("step", second_person.STEPS)
def test_every_step_is_listed_with_its_author_and_since_when(step, manager, supervisor):
    person = WAITING[step](manager)
    by = decider(step, supervisor)

    [found] = [one for one in page(by).rows if one.task.step == step]

    assert found.task.reference == person.source_ref
    assert found.waiting_since == timezone.localdate()
    assert found.is_own is False
    assert found.author == (manager.display_name if step not in BROUGHT_UP else "")


@pytest.mark.parametrize("step", second_person.AGAINST)
def test_who_wrote_it_is_told_that_it_came_back_and_why(step, manager, supervisor):
    person = WAITING[step](manager)
    by = decider(step, supervisor)

    done = doing.complete(person, step, against(step), by=by)

    row = ReturnedWork.objects.get()
    assert (row.returned_by, row.reason) == (by, "Say more about work.")
    [alert] = Alert.objects.filter(to=row.author, about="work_returned")
    assert (alert.offender, alert.officer, alert.subject) == (
        person,
        by,
        f"task:{done.public_id}",
    )


@pytest.mark.parametrize(
    "step", ["review", "endorse", "endorse_end", "endorse_plan", "check_triage"]
)
def test_the_task_that_is_open_again_shows_the_reason(step, manager, supervisor):
    person = WAITING[step](manager)
    process = make.task_of(person, step).process_id

    doing.complete(person, step, against(step), by=supervisor)

    [again] = Task.objects.open().filter(process=process)
    [back] = [before for before in earlier_of(again) if before.step == step]
    assert "Say more about work." in written_values(make.actor(supervisor), back).values()


def test_each_decision_keeps_its_own_reason(manager, supervisor):
    person = assessed(manager)
    process = make.task_of(person, "endorse").process_id
    for decision, comment in (("return", "One."), ("return", "Two."), ("endorse", "Good.")):
        doing.complete(person, "endorse", {"decision": decision, "comment": comment}, by=supervisor)
        if decision == "return":
            doing.complete(person, "assess", dict(ASSESSMENT), by=manager)

    done = Task.objects.filter(process=process, step="endorse").order_by("pk")
    assert [written_values(make.actor(supervisor), task)["comment"] for task in done] == [
        "One.",
        "Two.",
        "Good.",
    ]


@pytest.mark.parametrize("step", AGREED)
def test_what_is_agreed_is_no_return(step, manager, supervisor):
    person = WAITING[step](manager)

    doing.complete(person, step, values_of(step, AGREED[step]), by=decider(step, supervisor))

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


@pytest.mark.parametrize("step", sorted(BROUGHT_UP - {"authorise_reactive"}))
def test_what_one_reported_or_proposed_oneself_is_ones_own(step, supervisor):
    WAITING[step](supervisor)

    [found] = [one for one in page(supervisor).rows if one.task.step == step]

    assert (found.is_own, found.has_nobody) == (True, True)
    assert to_endorse(make.actor(supervisor), timezone.localdate()) == 0


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


def test_it_can_be_narrowed_to_a_step(manager, supervisor):
    person = notified(manager)
    assessed(manager)

    found = listed(supervisor, step="check_notification")

    assert found == [(person.source_ref, "check_notification")]
    assert {step for _, step in listed(supervisor)} == {"check_notification", "endorse"}


def test_what_waits_has_one_name_for_each_step():
    assert TITLES.keys() == set(second_person.STEPS)
    assert len(set(TITLES.values())) == len(second_person.STEPS)


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


@pytest.mark.parametrize("step", sorted(ABOVE_THE_TEAM))
def test_what_is_above_the_team_waits_for_an_inspector(step, manager, supervisor):
    inspector = make.officer(Role.INSPECTOR, force=manager.force)
    person = WAITING[step](manager)

    found = [row for row in page(inspector, has_nobody=True).rows if row.task.step == step]

    assert [row.task.reference for row in found] == [person.source_ref]
    assert to_endorse(make.actor(inspector), timezone.localdate()) >= 1


def test_an_inspector_recommends_what_the_one_supervisor_proposed_and_another_authorises(
    supervisor,
):
    first, second = (make.officer(Role.INSPECTOR, force=supervisor.force) for _ in range(2))
    person = proposed(supervisor)
    agreed = {"recommendation": "recommended", "recommendation_comment": "Good."}
    authorised = {"authority": "authorised", "authority_comment": "Good."}

    [waits] = page(first, has_nobody=True).rows
    assert waits.task.step == "recommend_reactive"
    assert to_endorse(make.actor(first), timezone.localdate()) == 1
    doing.complete(person, "recommend_reactive", agreed, by=first)

    assert [row.is_own for row in page(first).rows] == [True]
    assert [row.is_own for row in page(second).rows] == [False]
    with pytest.raises(RuleBroken) as refused:
        doing.complete(person, "authorise_reactive", authorised, by=first)
    assert refused.value.code == "own_proposal"
    doing.complete(person, "authorise_reactive", authorised, by=second)

    person.refresh_from_db()
    assert person.management_mode == "reactive"


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
