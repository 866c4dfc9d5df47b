"""Delegation: whose decisions another may make, how long, and never on either's own work (T6)."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import acting
from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Delegation, Role, User
from accounts.policy import DELEGABLE, RULES, Action, grant
from audit.leaf import differences
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import Notification, Offender
from risk.models import RiskAssessment
from tests import make
from tests.api.scenes.assessments import ASSESSMENT
from tests.api.scenes.registration import PROPOSAL, ending, notification
from tests.rules.proposing import FOUR_MONTHS
from tests.workflows import crowd, doing
from workflows.actions import caseload, delegations, people, rule_sets, splitting, tasks
from workflows.actions.absences import record_absence
from workflows.actions.handing_over import declare_conflict
from workflows.actions.officers import close_account, hand_over_lapsed
from workflows.actions.steps import complete_step
from workflows.errors import NotVisible
from workflows.models import Alert, EndProposal, LoneVisitAuthority, VisitReview

pytestmark = pytest.mark.django_db

OM, SUP, INSP = Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR
DAY = dt.timedelta(days=1)
WHY = "Annual leave of the supervisor"


@pytest.fixture
def supervisor() -> User:
    return make.officer(SUP)


@pytest.fixture
def inspector(supervisor: User) -> User:
    return make.officer(INSP, force=supervisor.force)


@pytest.fixture
def manager(supervisor: User) -> User:
    return make.officer(team=supervisor.team)


@pytest.fixture
def stand_in(supervisor: User) -> User:
    """An offender manager of the team who may decide instead, where an inspector grants it."""
    return make.officer(team=supervisor.team)


def delegate(
    giver: User, to: User, *, by: User | None = None, first: float = 0, last: float = 7
) -> Delegation:
    now = timezone.now()
    return delegations.grant_delegation(
        by=make.actor(by or giver),
        delegator=giver.staff_number,
        to=to.staff_number,
        from_at=now + first * DAY,
        until_at=now + last * DAY,
        reason=WHY,
    )


def acting_as(user: User) -> Actor:
    """`user` under the one delegation that they may use now."""
    [usable] = acting.usable_by(user)
    found = acting.actor_for(user, usable.public_id)
    assert found is not None
    return found


# --- who may be given which role -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("giver", "to", "by", "allowed", "reason"),
    [
        (SUP, SUP, "giver", True, "the same rank"),
        (SUP, INSP, "giver", True, "a rank above"),
        (SUP, OM, "giver", False, "a rank below needs an inspector"),
        (SUP, OM, "inspector", True, "an inspector grants a rank below"),
        (INSP, INSP, "giver", True, "the same rank"),
        (INSP, SUP, "giver", True, "an inspector grants a rank below"),
        (INSP, OM, "giver", False, "never two ranks below"),
        (SUP, Role.MAPPA_PARTNER, "inspector", False, "no rank of the police"),
        (SUP, Role.AUDITOR, "inspector", False, "an auditor decides nothing"),
        (SUP, Role.SYSTEM_ADMIN, "inspector", False, "nor does an administrator"),
        (SUP, SUP, "inspector", True, "an inspector, for a supervisor who is away"),
    ],
)
def test_the_rank_of_who_may_be_given_decisions(giver, to, by, allowed, reason):
    gives = make.officer(giver)
    takes = make.officer(to, team=gives.team)
    granter = gives if by == "giver" else make.officer(INSP, force=gives.force)
    if allowed:
        assert delegate(gives, takes, by=granter).delegate == takes, reason
        return
    with pytest.raises(RuleBroken) as refused:
        delegate(gives, takes, by=granter)
    assert refused.value.code == "cannot_be_given", reason


@pytest.mark.parametrize(
    ("where", "role", "allowed"),
    [
        ("team of the force", SUP, True),
        ("team of the force", OM, False),
        ("another force", SUP, False),
    ],
)
def test_of_the_same_force_and_an_offender_manager_of_the_same_team(
    supervisor, inspector, where, role, allowed
):
    force = supervisor.force if where == "team of the force" else make.force()
    other = make.officer(role, team=make.team(in_force=force))
    if allowed:
        delegate(supervisor, other, by=inspector)
        return
    with pytest.raises((RuleBroken, Invalid)):
        delegate(supervisor, other, by=inspector)


def test_a_supervisor_gives_their_own_decisions_alone(supervisor):
    other = make.officer(SUP, team=supervisor.team)
    third = make.officer(SUP, team=supervisor.team)
    with pytest.raises(RuleBroken) as refused:
        delegate(other, third, by=supervisor)
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("role", [OM, Role.AUDITOR, Role.MAPPA_PARTNER])
def test_who_decides_nothing_grants_nothing(supervisor, role):
    officer = make.officer(role, team=supervisor.team)
    with pytest.raises(NotPermitted):
        delegate(supervisor, make.officer(SUP, team=supervisor.team), by=officer)


def test_nobody_is_given_decisions_by_themselves(supervisor, inspector):
    for giver, to, by in ((supervisor, supervisor, inspector), (supervisor, inspector, inspector)):
        with pytest.raises(RuleBroken) as refused:
            delegate(giver, to, by=by)
        assert refused.value.code == "not_to_oneself"


def test_a_reason_is_typed(supervisor):
    with pytest.raises(ReasonRequired):
        delegations.grant_delegation(
            by=make.actor(supervisor),
            to=make.officer(SUP, team=supervisor.team).staff_number,
            from_at=timezone.now(),
            until_at=timezone.now() + DAY,
            reason=" ",
        )


# --- how long ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "code", "reason"),
    [
        (0, 28, None, "exactly the longest"),
        (0, 28.01, "too_long", "a quarter of an hour more"),
        (5, 33, None, "the longest, later"),
        (1, 1, "ends_before_it_begins", "no length"),
        (2, 1, "ends_before_it_begins", "backwards"),
        (-2, 5, "in_past", "from a day that is past"),
    ],
)
def test_the_window(supervisor, first, last, code, reason):
    other = make.officer(SUP, team=supervisor.team)
    if code is None:
        delegate(supervisor, other, first=first, last=last)
        return
    with pytest.raises(Invalid) as refused:
        delegate(supervisor, other, first=first, last=last)
    assert refused.value.code == code, reason


def test_28_days_over_a_change_of_the_clocks_are_28_days(supervisor):
    other = make.officer(SUP, team=supervisor.team)
    with time_machine.travel(dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC), tick=False):
        delegations.grant_delegation(
            by=make.actor(supervisor),
            to=other.staff_number,
            from_at=dt.datetime.fromisoformat("2026-10-20T10:00:00+01:00"),
            until_at=dt.datetime.fromisoformat("2026-11-17T10:00:00+00:00"),  # 28 days, 1 hour
            reason=WHY,
        )


def test_it_can_be_used_in_its_window_and_at_no_other_time(supervisor, stand_in, inspector):
    given = delegate(supervisor, stand_in, by=inspector, first=1, last=3)
    for moment, usable, reason in (
        (given.from_at - dt.timedelta(seconds=1), False, "a second before"),
        (given.from_at, True, "the first instant"),
        (given.until_at - dt.timedelta(seconds=1), True, "the last second"),
        (given.until_at, False, "the end is not in it"),
    ):
        assert (acting.usable_by(stand_in, moment) == [given]) is usable, reason


def test_the_same_decisions_are_not_given_twice_at_a_time(supervisor):
    other = make.officer(SUP, team=supervisor.team)
    first = delegate(supervisor, other, last=7)
    with pytest.raises(RuleBroken) as refused:
        delegate(supervisor, other, first=6, last=8)
    assert refused.value.code == "already_delegated"
    delegations.revoke_delegation(by=make.actor(supervisor), delegation=first.public_id)
    delegate(supervisor, other, first=6, last=8)


# --- how it ends ---------------------------------------------------------------------------------
def test_revoked_it_is_gone_with_the_next_request(supervisor, stand_in, inspector):
    given = delegate(supervisor, stand_in, by=inspector)
    assert acting_as(stand_in).role == SUP

    delegations.revoke_delegation(by=make.actor(supervisor), delegation=given.public_id)

    assert acting.actor_for(stand_in, given.public_id) is None
    given.refresh_from_db()
    assert (given.ended_because, given.ended_by) == ("revoked", supervisor)
    with pytest.raises(RuleBroken) as refused:
        delegations.revoke_delegation(by=make.actor(supervisor), delegation=given.public_id)
    assert refused.value.code == "delegation_over"


def test_who_may_revoke(supervisor, stand_in, inspector):
    given = delegate(supervisor, stand_in, by=inspector)
    stranger = make.officer(SUP, team=make.team(in_force=supervisor.force))
    with pytest.raises(NotVisible):
        delegations.revoke_delegation(by=make.actor(stranger), delegation=given.public_id)
    with pytest.raises(NotPermitted):
        delegations.revoke_delegation(by=make.actor(stand_in), delegation=given.public_id)
    delegations.revoke_delegation(by=make.actor(inspector), delegation=given.public_id)


@pytest.mark.parametrize("side", ["supervisor", "stand_in"])
@pytest.mark.parametrize(
    "lost",
    [
        {"vetting_expires_on": dt.date(2020, 1, 1)},
        {"vetting_expires_on": None},
        {"is_active": False},
        {"role": Role.CONTACT_CENTRE},
    ],
)
def test_it_lapses_with_the_standing_of_either_side(supervisor, stand_in, inspector, side, lost):
    given = delegate(supervisor, stand_in, by=inspector)
    changed = {"supervisor": supervisor, "stand_in": stand_in}[side]

    User.objects.filter(pk=changed.pk).update(**lost)

    stand_in.refresh_from_db()
    assert acting.actor_for(stand_in, given.public_id) is None


def test_it_lapses_where_the_supervisor_goes_to_another_team(supervisor, stand_in, inspector):
    given = delegate(supervisor, stand_in, by=inspector)
    User.objects.filter(pk=supervisor.pk).update(team=make.team(in_force=supervisor.force))

    assert acting.actor_for(stand_in, given.public_id) is None


@pytest.mark.parametrize("side", ["supervisor", "stand_in"])
def test_a_closed_account_ends_it_at_once_and_the_other_side_is_told(
    supervisor, stand_in, inspector, side
):
    given = delegate(supervisor, stand_in, by=inspector)
    closed, other = (supervisor, stand_in) if side == "supervisor" else (stand_in, supervisor)

    close_account(by=make.SETUP, officer=closed)

    given.refresh_from_db()
    assert (given.ended_because, given.ended_by) == ("lapsed", None)
    assert Alert.objects.filter(to=other, about=Alert.About.DELEGATION_ENDED).count() == 1
    event = Event.objects.get(action=Action.DELEGATION_REVOKE)
    assert (event.subject, event.row_count) == (f"user:{closed.public_id}", 1)


def test_lapsed_vetting_ends_delegations_and_cover_even_without_any_people(
    supervisor, stand_in, inspector, manager
):
    given = delegate(supervisor, stand_in, by=inspector)
    day = timezone.localdate()
    absence = record_absence(
        by=make.actor(manager),
        kind="leave",
        from_on=day,
        until_on=day + 7 * DAY,
        cover=stand_in.staff_number,
    )
    User.objects.filter(pk=stand_in.pk).update(vetting_expires_on=day - DAY)

    hand_over_lapsed()
    hand_over_lapsed()

    given.refresh_from_db()
    absence.refresh_from_db()
    assert (given.ended_because, absence.cover_ended_at is not None) == ("lapsed", True)
    assert Event.objects.filter(action=Action.DELEGATION_REVOKE).count() == 1


# --- what may be done under it -------------------------------------------------------------------
def test_the_delegate_has_the_role_and_team_that_were_given(supervisor, stand_in, inspector):
    delegate(supervisor, stand_in, by=inspector)

    actor = acting_as(stand_in)

    assert (actor.role, actor.team_ids, actor.user_id) == (SUP, (supervisor.team_id,), stand_in.pk)
    assert (actor.acting_for_id, actor.acting_for_label) == (
        supervisor.pk,
        supervisor.staff_number,
    )


@pytest.mark.parametrize("action", Action)
def test_under_it_one_looks_and_decides_and_nothing_else(action):
    actor = Actor(
        kind="user",
        key="k",
        label="l",
        role=SUP,
        force_id=1,
        team_ids=(1,),
        user_id=1,
        is_current=True,
        acting_for_id=2,
    )
    expected = RULES[action].get(SUP) if action in DELEGABLE else None
    assert grant(actor, action) == expected
    assert grant(replace(actor, is_current=False), action) is None


def test_neither_rules_nor_delegations_nor_ones_own_records_are_made_under_it():
    in_person = {
        Action.RULES_PROPOSE,
        Action.RULES_APPROVE,
        Action.RULES_WITHDRAW,
        Action.DELEGATION_GRANT,
        Action.DELEGATION_REVOKE,
        Action.VISIT_RECORD,
        Action.VISIT_WRITE_UP,
        Action.VISIT_VOID,
        Action.ASSESSMENT_PROPOSE,
        Action.NOTIFICATION_RECORD,
        Action.REGISTRATION_END,
        Action.OFFENDER_IMPORT,
        Action.ACCOUNT_MANAGE,
        Action.TASK_CLAIM,
    }
    assert not in_person & DELEGABLE


def test_it_never_chains(supervisor, stand_in, inspector):
    delegate(supervisor, stand_in, by=inspector)
    other = make.officer(SUP, team=supervisor.team)
    with pytest.raises(NotPermitted):
        delegations.grant_delegation(
            by=acting_as(stand_in),
            to=other.staff_number,
            from_at=timezone.now(),
            until_at=timezone.now() + DAY,
            reason=WHY,
        )


def test_a_rule_set_is_not_approved_under_it(inspector):
    proposer, other = (make.officer(INSP, force=inspector.force) for _ in range(2))
    proposed = rule_sets.propose_rules(
        by=make.actor(proposer),
        effective_from=timezone.localdate() + DAY,
        title="Again",
        source="Force order",
        evidence="Ours",
        reason=WHY,
        changes=[FOUR_MONTHS],
    )
    delegate(inspector, other)
    User.objects.update(is_superuser=True, is_staff=True)
    with pytest.raises(NotPermitted):
        rule_sets.approve_rules(by=acting_as(other), number=proposed.number, reason=WHY)


def test_a_delegate_decides_and_the_record_names_both(supervisor, stand_in, inspector, manager):
    person = make.person(manager=manager)
    doing.complete(person, "assess", dict(ASSESSMENT), by=manager)
    delegate(supervisor, stand_in, by=inspector)

    decide(person, "endorse", by=acting_as(stand_in))

    row = RiskAssessment.objects.get(state="endorsed")
    assert (row.author, row.endorser, row.endorser_for) == (manager, stand_in, supervisor)
    event = Event.objects.get(action=Action.ASSESSMENT_ENDORSE)
    assert (event.actor_label, event.acting_for_label, event.acting_for_key) == (
        stand_in.staff_number,
        supervisor.staff_number,
        str(supervisor.public_id),
    )
    assert differences(event) == []
    event.acting_for_label = "S0000"
    assert differences(event) == ["acting_for_label"]


def test_as_themselves_the_delegate_may_not_and_the_record_names_nobody_else(
    supervisor, stand_in, inspector, manager
):
    person = make.person(manager=manager)
    doing.complete(person, "assess", dict(ASSESSMENT), by=manager)
    delegate(supervisor, stand_in, by=inspector)

    with pytest.raises(NotPermitted):
        decide(person, "endorse", by=make.actor(stand_in))
    assert set(Event.objects.values_list("acting_for_label", flat=True)) == {""}


def test_it_reaches_the_team_that_was_given_and_no_other(supervisor, inspector):
    other = make.officer(SUP, team=make.team(in_force=supervisor.force))
    theirs = make.person(manager=make.officer(team=supervisor.team))
    own = make.person(manager=make.officer(team=other.team))
    delegate(supervisor, other, by=inspector)

    seen = Offender.objects.permitted(acting_as(other), Action.TASK_VIEW)

    assert set(seen) == {theirs}
    assert set(Offender.objects.permitted(make.actor(other), Action.TASK_VIEW)) == {own}


def test_a_conflict_of_either_side_closes_the_person(supervisor, stand_in, inspector, manager):
    three = [crowd.person(manager) for _ in range(3)]
    delegate(supervisor, stand_in, by=inspector)
    for person, tied in zip(three, (supervisor, stand_in), strict=False):
        declare_conflict(by=make.actor(tied), offender=person.public_id, user=tied.public_id)

    seen = Offender.objects.permitted(acting_as(stand_in), Action.TASK_VIEW)

    assert set(seen) == {three[2]}


# --- never on one's own work, nor on the delegator's ---------------------------------------------
def decide(person: Offender, step: str, *, by: Actor) -> None:
    decisions = {
        "endorse": {"decision": "endorse", "comment": "Agreed"},
        "review": {"decision": "accepted", "comment": "Agreed"},
        "check_notification": {"decision": "accept", "comment": "Agreed"},
        "endorse_end": {"decision": "return", "comment": "Not yet"},
    }
    task = make.task_of(person, step)
    complete_step(by=by, task=task.public_id, step=step, values=decisions[step])


def an_assessment(author: User) -> Offender:
    person = make.person(manager=author)
    doing.complete(person, "assess", dict(ASSESSMENT), by=author)
    return person


def a_visit(author: User) -> Offender:
    person = make.person(manager=author)
    doing.visit(person, by=author, concern=True)
    doing.complete(person, "write_up", make.write_up(concern=True), by=author)
    return person


def a_record(author: User) -> Offender:
    person = make.person(manager=author)
    doing.complete(person, "record_notification", notification(), by=author)
    return person


def a_proposal(author: User) -> Offender:
    person = make.person(manager=author, **ending())
    doing.complete(person, "propose_end", dict(PROPOSAL), by=author)
    return person


STEPS = {
    "endorse": (an_assessment, "own_assessment"),
    "review": (a_visit, "own_visit"),
    "check_notification": (a_record, "own_record"),
    "endorse_end": (a_proposal, "own_proposal"),
}


@pytest.mark.parametrize("superuser", [False, True])
@pytest.mark.parametrize("author", ["the delegate", "the delegator"])
@pytest.mark.parametrize("step", STEPS)
def test_an_own_work_of_either_is_refused_in_words(step, author, superuser):
    supervisor = make.officer(SUP)
    stand_in = make.officer(SUP, team=supervisor.team)
    User.objects.update(is_superuser=superuser, is_staff=superuser)
    write, code = STEPS[step]
    person = write(stand_in if author == "the delegate" else supervisor)
    delegate(supervisor, stand_in)

    with pytest.raises(RuleBroken) as refused:
        decide(person, step, by=acting_as(stand_in))

    assert refused.value.code == code
    assert ("act for" in refused.value.message) is (author == "the delegator")


@pytest.mark.parametrize("step", STEPS)
def test_the_work_of_a_third_is_decided_on_for_the_delegator(step):
    supervisor = make.officer(SUP)
    stand_in = make.officer(SUP, team=supervisor.team)
    person = STEPS[step][0](make.officer(team=supervisor.team))
    delegate(supervisor, stand_in)

    decide(person, step, by=acting_as(stand_in))

    decided_for = {
        "endorse": lambda: RiskAssessment.objects.get(state="endorsed").endorser_for,
        "review": lambda: VisitReview.objects.get().reviewed_for,
        "check_notification": lambda: Notification.objects.get(origin="recorded").checked_for,
        "endorse_end": lambda: EndProposal.objects.get().decided_for,
    }
    assert decided_for[step]() == supervisor


def test_who_attended_is_not_acted_for_in_the_review(supervisor, inspector, manager):
    stand_in = make.officer(SUP, team=supervisor.team)
    person = make.person(manager=manager)
    doing.visit(person, by=manager, concern=True, colleagues=[supervisor.staff_number])
    doing.complete(person, "write_up", make.write_up(concern=True), by=manager)
    delegate(supervisor, stand_in)

    with pytest.raises(RuleBroken) as refused:
        decide(person, "review", by=acting_as(stand_in))
    assert refused.value.code == "own_visit"


@pytest.mark.parametrize("goes", ["the delegate", "the delegator", "a third"])
def test_a_lone_visit_of_either_is_not_authorised_under_it(supervisor, manager, goes):
    stand_in = make.officer(SUP, team=supervisor.team)
    person = make.person(manager=manager)
    delegate(supervisor, stand_in)
    officer = {"the delegate": stand_in, "the delegator": supervisor, "a third": manager}[goes]

    def authorise() -> LoneVisitAuthority:
        return tasks.authorise_lone_visit(
            by=acting_as(stand_in),
            task=make.task_of(person).public_id,
            officer=officer.public_id,
            risk_assessment="Known well",
        )

    if goes == "a third":
        assert authorise().authorised_for == supervisor
        return
    with pytest.raises(RuleBroken) as refused:
        authorise()
    assert refused.value.code == "own_authority"


@pytest.mark.parametrize("whose", ["the delegate", "the delegator", "a third"])
@pytest.mark.parametrize("decision", ["reassign the task", "reassign the person", "defer", "raise"])
def test_neither_side_decides_about_their_own_people_and_tasks(
    supervisor, manager, decision, whose
):
    stand_in = make.officer(SUP, team=supervisor.team)
    delegate(supervisor, stand_in)
    owner = {"the delegate": stand_in, "the delegator": supervisor, "a third": manager}[whose]
    today, receiver = timezone.localdate(), make.officer(team=supervisor.team)
    person = make.person(manager=owner, last_effective_visit_on=today - 200 * DAY)
    by, task = acting_as(stand_in), make.task_of(person).public_id
    act = {
        "reassign the task": lambda: tasks.reassign_task(
            by=by, task=task, to=receiver.public_id, reason=WHY
        ),
        "reassign the person": lambda: caseload.reassign_caseload(
            by=by, offenders=[person.public_id], to=receiver.public_id, reason=WHY
        ),
        "defer": lambda: tasks.defer(by=by, task=task, until=today + DAY, reason=WHY),
        "raise": lambda: people.change_level(
            by=by, offender=person.public_id, level="high", reason=WHY, decided_on=today
        ),
    }[decision]
    if whose == "a third":
        act()
        return
    with pytest.raises(RuleBroken) as refused:
        act()
    assert refused.value.code == "own_work"


def test_nobody_gives_themselves_people_under_a_delegation(supervisor, manager):
    stand_in = make.officer(SUP, team=supervisor.team)
    delegate(supervisor, stand_in)
    person = make.person(manager=manager)
    with pytest.raises(RuleBroken) as refused:
        caseload.reassign_caseload(
            by=acting_as(stand_in),
            offenders=[person.public_id],
            to=stand_in.public_id,
            reason=WHY,
        )
    assert refused.value.code == "own_work"


# --- told, kept, and refused by the database -----------------------------------------------------
def test_both_sides_are_told_where_an_inspector_grants_it(supervisor, stand_in, inspector):
    delegate(supervisor, stand_in, by=inspector)

    about = Alert.About
    assert [a.about for a in Alert.objects.filter(to=stand_in)] == [about.DELEGATION_GIVEN]
    assert [a.about for a in Alert.objects.filter(to=supervisor)] == [about.DELEGATION_MADE]


def test_granting_leaves_one_event_with_its_reason(supervisor):
    before = Event.objects.count()
    given = delegate(supervisor, make.officer(SUP, team=supervisor.team))
    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.subject, event.reason) == (f"delegation:{given.public_id}", WHY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "offender_manager"},
        {"team": None},
        {"delegate": "giver"},
        {"granted_by": "taker"},
        {"until_at": dt.datetime(2026, 1, 5, tzinfo=dt.UTC)},
        {"reason": ""},
        {"ended_at": dt.datetime(2026, 1, 6, tzinfo=dt.UTC)},
    ],
)
def test_the_database_refuses_a_delegation_that_makes_no_sense(supervisor, wrong):
    officers = {"giver": supervisor, "taker": make.officer(SUP, team=supervisor.team)}
    sound = {
        "delegator": officers["giver"],
        "delegate": officers["taker"],
        "role": "supervisor",
        "team": supervisor.team,
        "from_at": dt.datetime(2026, 1, 5, tzinfo=dt.UTC),
        "until_at": dt.datetime(2026, 1, 6, tzinfo=dt.UTC),
        "reason": WHY,
        "granted_by": supervisor,
    }
    Delegation.objects.create(**sound)
    given = sound | {name: officers.get(value, value) for name, value in wrong.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(**given)


def test_a_fair_split_under_a_delegation_leaves_out_who_decides_on_it(supervisor, manager):
    stand_in = make.activate(make.officer(SUP, team=supervisor.team))
    delegate(supervisor, stand_in)
    colleague = make.officer(team=supervisor.team)
    people = [make.person(manager=manager).public_id for _ in range(6)]

    found = splitting.suggest_split(
        by=acting_as(stand_in), team=supervisor.team.public_id, offenders=people, all_move=True
    )

    assert set(found.split.moves.values()) == {colleague.public_id}
