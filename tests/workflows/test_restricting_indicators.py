"""Indicators for named officers alone, and those whose existence is secret (PRACTICE 14)."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from risk.models import Decided, Indicator, IndicatorDecision
from tests import make
from tests.workflows import indicating, triaging
from tests.workflows.moments import moment
from workflows.actions.caseload import reassign_caseload
from workflows.actions.handing_over import declare_conflict
from workflows.actions.indicators import matching, restricting
from workflows.actions.indicators.retracting import retract
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.invariants import broken
from workflows.models import Alert, Kind
from workflows.queries.endorsing import endorsements_page, to_endorse
from workflows.queries.explaining import explanation
from workflows.queries.inbox import tasks_page
from workflows.queries.indicators import named_users, permitted

pytestmark = pytest.mark.django_db

WHY = "It would give a source away"


@pytest.fixture
def manager(db: None):
    return make.officer()


@pytest.fixture
def supervisor(manager):
    return make.officer(Role.SUPERVISOR, team=manager.team)


@pytest.fixture
def inspector(manager):
    return make.officer(Role.INSPECTOR, force=manager.force)


@pytest.fixture
def colleague(manager):
    return make.officer(team=manager.team)


@pytest.fixture
def one(manager) -> Indicator:
    return indicating.matched(make.person(manager=manager), by=manager)


def restricted(one, by, *users):
    return restricting.restrict_indicator(
        by=make.actor(by), indicator=one.public_id, users=[u.public_id for u in users], reason=WHY
    )


def sees(who, one) -> bool:
    return permitted(make.actor(who)).filter(pk=one.pk).exists()


def test_a_restricted_one_is_for_the_named_and_for_whoever_restricted_it(
    one, manager, supervisor, inspector, colleague
):
    restricted(one, supervisor, manager)
    assert [sees(who, one) for who in (manager, supervisor)] == [True, True]
    assert [sees(who, one) for who in (colleague, inspector)] == [False, False]
    decided = list(one.decisions.values_list("decision", "reason", "decided_by"))
    assert decided[0] == (Decided.RESTRICTED, WHY, supervisor.pk)
    assert sorted(name for name, *_ in decided[1:]) == [Decided.NAMED, Decided.NAMED]


@pytest.mark.parametrize(
    ("named", "code", "why"),
    [
        (["nobody"], "too_few_named", "whoever restricts it is one, and two are needed"),
        (["herself"], "too_few_named", "the same officer twice is one"),
        (["closed"], "unknown_officer", "an account that is closed serves nobody"),
        (["unvetted"], "unknown_officer", "vetting has lapsed"),
        (["elsewhere"], "unknown_officer", "the person is out of their reach"),
        (["abroad"], "unknown_officer", "of another force"),
    ],
)
def test_always_two_officers_in_service_are_named(one, supervisor, named, code, why):
    closed = make.officer(team=supervisor.team)
    unvetted = make.officer(team=supervisor.team)
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    lapsed = timezone.localdate() - dt.timedelta(days=1)
    type(closed).objects.filter(pk=unvetted.pk).update(vetting_expires_on=lapsed)
    who = {
        "nobody": None,
        "herself": supervisor,
        "closed": closed,
        "unvetted": unvetted,
        "elsewhere": make.officer(team=make.team(in_force=supervisor.force)),
        "abroad": make.officer(),
    }
    with pytest.raises((RuleBroken, Invalid)) as refused:
        restricted(one, supervisor, *filter(None, (who[name] for name in named)))
    assert refused.value.code == code, why
    one.refresh_from_db()
    assert not one.is_restricted
    assert not IndicatorDecision.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.MAPPA_PARTNER, Role.CONTACT_CENTRE])
def test_supervisors_and_inspectors_alone_restrict(one, manager, colleague, role):
    who = make.officer(role, team=manager.team)
    with pytest.raises(NotPermitted):
        restricted(one, who, colleague)


def test_a_restriction_takes_a_reason_and_is_made_once(one, manager, supervisor):
    with pytest.raises(ReasonRequired):
        restricting.restrict_indicator(
            by=make.actor(supervisor),
            indicator=one.public_id,
            users=[manager.public_id],
            reason=" ",
        )
    restricted(one, supervisor, manager)
    with pytest.raises(RuleBroken, match="It is restricted") as refused:
        restricted(one, supervisor, manager)
    assert refused.value.code == "already_restricted"


def test_officers_are_named_and_named_no_more_while_two_are_left(
    one, manager, supervisor, colleague
):
    restricted(one, supervisor, manager)
    by, what = make.actor(supervisor), {"indicator": one.public_id, "reason": "New to the case"}
    with pytest.raises(RuleBroken) as refused:
        restricting.unname_user(by=by, user=manager.public_id, **what)
    assert refused.value.code == "too_few_named"

    restricting.name_user(by=by, user=colleague.public_id, **what)
    restricting.unname_user(by=by, user=manager.public_id, **what)
    assert named_users(one) == sorted([supervisor, colleague], key=lambda who: who.pk)
    assert not sees(manager, one)
    restricting.name_user(by=by, user=manager.public_id, **what)
    with pytest.raises(RuleBroken) as refused:  # two officers, and nobody senior among them
        restricting.unname_user(by=by, user=supervisor.public_id, **what)
    assert refused.value.code == "too_few_named"


def test_a_restriction_is_lifted_with_a_reason_and_names_nobody_then(
    one, manager, supervisor, colleague
):
    restricted(one, supervisor, manager)
    by = make.actor(supervisor)
    restricting.lift_restriction(by=by, indicator=one.public_id, reason="The source is safe")
    assert sees(colleague, one)
    assert named_users(one) == []
    with pytest.raises(RuleBroken) as refused:
        restricting.lift_restriction(by=by, indicator=one.public_id, reason="Again")
    assert refused.value.code == "not_restricted"


def test_a_secret_one_is_given_to_a_supervisor_who_is_named_and_told(
    one, manager, supervisor, inspector, colleague
):
    by = make.actor(inspector)
    restricting.keep_secret(
        by=by, indicator=one.public_id, supervisor=supervisor.public_id, reason="Watch the house"
    )
    one.refresh_from_db()
    assert (one.is_restricted, one.is_secret) == (True, True)
    assert [sees(who, one) for who in (supervisor, inspector)] == [True, True]
    assert [sees(who, one) for who in (manager, colleague)] == [False, False]
    [alert] = Alert.objects.filter(about=Alert.About.INDICATOR_TASKED)
    assert (alert.to, alert.offender) == (supervisor, None)
    # Nothing else: an action would stand in the list of the whole team.
    assert Alert.objects.count() == 1

    with pytest.raises(NotPermitted):  # what an inspector hid is an inspector's to show
        restricting.lift_restriction(
            by=make.actor(supervisor), indicator=one.public_id, reason="I would rather not"
        )
    restricting.lift_restriction(by=by, indicator=one.public_id, reason="He is in custody")
    assert sees(manager, one)


@pytest.mark.parametrize("rank", [Role.OFFENDER_MANAGER, Role.SUPERVISOR])
def test_inspectors_alone_keep_one_secret(one, manager, supervisor, rank):
    who = {Role.OFFENDER_MANAGER: manager, Role.SUPERVISOR: supervisor}[rank]
    with pytest.raises(NotPermitted):
        restricting.keep_secret(
            by=make.actor(who), indicator=one.public_id, supervisor=supervisor.public_id, reason=WHY
        )


def test_a_secret_one_is_given_to_a_supervisor_and_to_nobody_else(one, inspector, colleague):
    with pytest.raises(Invalid) as refused:
        restricting.keep_secret(
            by=make.actor(inspector),
            indicator=one.public_id,
            supervisor=colleague.public_id,
            reason=WHY,
        )
    assert refused.value.code == "not_a_supervisor"


def test_where_too_few_are_left_in_service_the_others_are_told_once_a_day(
    one, manager, supervisor, inspector
):
    restricted(one, supervisor, manager)
    assert restricting.warn_of_few_named() == 0

    type(manager).objects.filter(pk=manager.pk).update(is_active=False)
    assert restricting.warn_of_few_named() == 1
    assert restricting.warn_of_few_named() == 0
    [alert] = Alert.objects.filter(about=Alert.About.FEW_NAMED)
    assert (alert.to, alert.offender) == (supervisor, None)

    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    type(manager).objects.filter(pk=supervisor.pk).update(is_active=False)
    assert restricting.warn_of_few_named(today=tomorrow) == 1
    assert Alert.objects.get(about=Alert.About.FEW_NAMED, on=tomorrow).to == inspector


def closed(user) -> None:
    type(user).objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("gone", "told", "why"),
    [
        ("closed", {"manager", "inspector"}, "an offender manager who is left names nobody"),
        ("tied", {"supervisor"}, "in service, and may not open it any more"),
        ("moved", {"inspector"}, "of another team: none of the named can open it"),
    ],
)
def test_who_is_named_and_cannot_open_it_is_not_counted(request, one, gone, told, why):
    names = ("manager", "supervisor", "inspector")
    people = {name: request.getfixturevalue(name) for name in names}
    manager, supervisor, inspector = people.values()
    restricted(one, supervisor, manager)
    if gone == "closed":
        closed(supervisor)
    elif gone == "tied":
        person = one.offender.public_id
        declare_conflict(by=make.actor(manager), offender=person, user=manager.public_id)
    else:
        there = make.officer(team=make.team(in_force=manager.force))
        reassign_caseload(
            by=make.actor(inspector),
            offenders=[one.offender.public_id],
            to=there.public_id,
            reason=WHY,
        )
    restricting.warn_of_few_named()
    to = {alert.to for alert in Alert.objects.filter(about=Alert.About.FEW_NAMED)}
    assert to == {people[name] for name in told}, why


def test_an_inspector_names_others_without_opening_what_too_few_can_open(
    one, manager, supervisor, inspector, colleague
):
    restricted(one, supervisor, manager)
    given = {"indicator": one.public_id, "reason": "Nobody senior is left"}
    by, second = make.actor(inspector), make.officer(Role.SUPERVISOR, team=manager.team)
    with pytest.raises(NotVisible):  # enough can open it: it is theirs
        restricting.name_user(by=by, user=second.public_id, **given)

    closed(supervisor)
    for who in (second, make.officer(Role.INSPECTOR)):  # not a supervisor, nor another force
        with pytest.raises(NotVisible):
            restricting.name_user(by=make.actor(who), user=colleague.public_id, **given)
    restricting.name_user(by=by, user=second.public_id, **given)
    assert [sees(who, one) for who in (manager, second, inspector)] == [True, True, False]
    assert one.decisions.filter(decision=Decided.NAMED, user=second).get().decided_by == inspector
    with pytest.raises(NotVisible):
        restricting.name_user(by=by, user=colleague.public_id, **given)


def test_the_supervisor_is_told_each_time_that_one_is_kept_secret(one, supervisor, inspector):
    by = make.actor(inspector)
    for reason in ("Watch the house", "Watch it again"):
        restricting.keep_secret(
            by=by, indicator=one.public_id, supervisor=supervisor.public_id, reason=reason
        )
        restricting.lift_restriction(by=by, indicator=one.public_id, reason="Done")
    assert Alert.objects.filter(about=Alert.About.INDICATOR_TASKED, to=supervisor).count() == 2


def test_one_that_was_merged_follows_the_one_that_stands_for_it(manager, supervisor, colleague):
    person = make.person(manager=manager)
    numbers = {"identifiers": [{"kind": "ip", "value": "203.0.113.7"}]}
    first = indicating.about(person, by=manager, **numbers)
    second = indicating.about(person, by=manager, source="nca", **numbers)
    with pytest.raises(RuleBroken) as refused:
        restricted(second, supervisor, manager)
    assert refused.value.code == "indicator_merged"

    restricted(first, supervisor, manager)
    assert [sees(colleague, each) for each in (first, second)] == [False, False]
    with pytest.raises(RuleBroken) as refused:
        matching.undo_merge(by=make.actor(manager), indicator=second.public_id, reason="Open it")
    assert refused.value.code == "merged_into_restricted"


def test_what_was_said_of_a_restricted_one_is_hinted_at_on_no_later_one(manager, supervisor):
    person = make.person(manager=manager)
    first = indicating.about(person, by=manager)
    restricted(first, supervisor, manager)
    matching.reject_match(
        by=make.actor(manager), indicator=first.public_id, offender=person.public_id
    )
    later = indicating.about(person, by=manager)
    assert "rejected_before" not in later.matches.get().reasons


@pytest.mark.parametrize(
    ("recorded_by", "who", "refused"),
    [
        ("manager", "manager", ""),
        ("manager", "supervisor", ""),
        ("manager", "colleague", "recorded_by_another"),
        ("system", "manager", "sent_by_a_system"),
        ("system", "supervisor", "sent_by_a_system"),
    ],
)
def test_an_officer_takes_back_what_officers_wrote_and_never_what_a_system_sent(
    request, manager, recorded_by, who, refused
):
    person = make.person(manager=manager)
    sender = manager if recorded_by == "manager" else make.integration(force=manager.force)
    one = indicating.about(person, by=sender, code="UACC")
    actor = request.getfixturevalue(who)
    given = {"by": make.actor(actor), "indicator": one.public_id, "reason": "Mistyped"}
    if refused:
        with pytest.raises(RuleBroken) as error:
            retract(**given)
        assert error.value.code == refused
        return
    retract(**given)
    one.refresh_from_db()
    assert one.state == Indicator.State.RETRACTED
    decided = one.decisions.get()
    assert (decided.decision, decided.reason, decided.decided_by) == (
        Decided.RETRACTED,
        "Mistyped",
        actor,
    )
    with pytest.raises(RuleBroken) as error:
        retract(**given)
    assert error.value.code == "already_retracted"


def test_a_system_takes_back_what_it_sent_itself(manager):
    person, sender = make.person(manager=manager), make.integration(force=manager.force)
    one = indicating.about(person, by=sender, code="UACC")
    other = make.integration(force=manager.force)
    with pytest.raises(NotVisible):
        retract(by=make.actor(other), indicator=one.public_id, reason="Not theirs")

    retract(by=make.actor(sender), indicator=one.public_id, reason="Another house")
    one.refresh_from_db()
    assert (one.state, one.offender) == (Indicator.State.RETRACTED, None)
    decided = one.decisions.get()
    assert (decided.decided_by, decided.client_label) == (None, make.actor(sender).label)


def test_what_was_merged_into_one_that_is_taken_back_stands_for_itself_again(manager):
    person = make.person(manager=manager)
    numbers = {"identifiers": [{"kind": "ip", "value": "203.0.113.7"}]}
    first = indicating.about(person, by=manager, code="UACC", **numbers)
    second = indicating.about(person, by=manager, code="UACC", source="nca", **numbers)
    retract(by=make.actor(manager), indicator=first.public_id, reason="Mistyped")
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (Indicator.State.UNMATCHED, None)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE risk_indicatordecision SET reason = 'Another'",
        "DELETE FROM risk_indicatordecision",
    ],
)
def test_what_was_decided_is_never_changed(one, manager, supervisor, sql):
    restricted(one, supervisor, manager)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


class TestLists:
    """What lists tell of a score changes in the same act, and not at night."""

    def told(self, who, person) -> dict[str, int]:
        """The reasons by indicators that one officer reads beside the visit of a person."""
        page = tasks_page(actor=make.actor(who), scope="team", today=timezone.localdate())
        visits = [
            row
            for row in page.rows
            if row.reference == person.source_ref and row.kind == Kind.HOME_VISIT
        ]
        parts = [part for row in visits for part in row.reasons]
        return {part.code: part.points for part in parts if part.code.startswith("indicator:")}

    def tasks(self, who, one) -> int:
        """How many tasks of its triage that officer finds."""
        page = tasks_page(actor=make.actor(who), scope="team", today=timezone.localdate())
        return sum(row.kind == Kind.INDICATOR_TRIAGE for row in page.rows)

    def test_a_restricted_one_is_named_to_the_named_alone(
        self, one, manager, supervisor, colleague
    ):
        person = one.offender
        assert self.told(colleague, person) == {"indicator:P2P": 100}
        restricted(one, supervisor, manager)
        assert self.told(colleague, person) == {"indicator:restricted": 100}
        assert self.told(manager, person) == {"indicator:P2P": 100}
        restricting.lift_restriction(by=make.actor(supervisor), indicator=one.public_id, reason=WHY)
        assert self.told(colleague, person) == {"indicator:P2P": 100}
        assert broken() == {}

    def test_of_a_secret_one_nothing_is_left_for_others_at_once(
        self, one, manager, supervisor, inspector, colleague
    ):
        person = one.offender
        restricting.keep_secret(
            by=make.actor(inspector),
            indicator=one.public_id,
            supervisor=supervisor.public_id,
            reason=WHY,
        )
        assert self.told(colleague, person) == {}
        assert self.tasks(colleague, one) == 0
        assert self.told(supervisor, person) == {"indicator:P2P": 100}
        assert broken() == {}


class TestItsTask:
    """The triage of a restricted one is with somebody who may open it, whatever moves."""

    def owner(self, one, step="triage_indicator"):
        return triaging.task_of(one, step).owner

    def test_it_goes_to_a_named_officer_with_the_restriction(
        self, one, manager, supervisor, colleague
    ):
        assert self.owner(one) == manager
        restricted(one, supervisor, colleague)
        assert self.owner(one) in {supervisor, colleague}

    def test_it_goes_on_with_who_is_named_no_more(self, one, manager, supervisor, colleague):
        restricted(one, supervisor, manager, colleague)
        assert self.owner(one) == manager
        restricting.unname_user(
            by=make.actor(supervisor), indicator=one.public_id, user=manager.public_id, reason=WHY
        )
        assert self.owner(one) in {supervisor, colleague}

    def test_it_goes_to_no_manager_who_may_not_open_it(self, one, manager, supervisor, colleague):
        restricted(one, supervisor, manager)
        done = reassign_caseload(
            by=make.actor(supervisor),
            offenders=[one.offender.public_id],
            to=colleague.public_id,
            reason=WHY,
        )
        assert self.owner(one) in {supervisor, manager}
        undo_reassignment(by=make.actor(supervisor), reassignment=done.public_id)
        assert self.owner(one) in {supervisor, manager}

    def test_its_check_waits_for_named_supervisors_alone(self, manager, supervisor, colleague):
        one = triaging.critical(make.person(manager=manager), by=manager)
        triaging.triage(one, by=manager)
        other = make.officer(Role.SUPERVISOR, team=manager.team)
        today = timezone.localdate()

        def waiting(who) -> tuple[int, int]:
            page = endorsements_page(actor=make.actor(who), today=today)
            return len(page.rows), to_endorse(make.actor(who), today)

        assert [waiting(who) for who in (supervisor, other)] == [(1, 1), (1, 1)]
        restricted(one, supervisor, colleague)
        assert [waiting(who) for who in (supervisor, other)] == [(1, 1), (0, 0)]
        assert self.owner(one, "check_triage") is None, "whoever is named and comes first"


@pytest.mark.django_db(transaction=True)
def test_why_a_task_moved_says_that_its_source_took_one_back():
    officer = make.officer()
    person = make.settled(manager=officer, management_level="high")
    one = indicating.matched(person, by=officer, code="UDEV")
    then = moment()
    retract(by=make.actor(officer), indicator=one.public_id, reason="Typed for somebody else")
    task = make.task_of(person)
    told = explanation(make.actor(officer), task, since=then).since.differences
    assert ("indicator:UDEV", "ended", -30) in {(x.code, x.how, x.points) for x in told}
    later = explanation(make.actor(officer), task, since=moment()).since.differences
    assert later == ()
