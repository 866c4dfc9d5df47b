"""The permission table: every action for every role, and what stands above the table."""

import datetime as dt

import pytest

from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from accounts.models.user import PEOPLE
from accounts.policy import (
    RULES,
    SCOPES,
    SUBJECTS,
    SYSTEM_ACTIONS,
    Action,
    Grant,
    Reach,
    Redaction,
    grant,
    needs_reason,
    require,
)
from tests import make

#: The table again, written by hand, so that no permission changes by accident.
#: O own, T team, F force, N named; r reason, b reason beyond the team, 2 two people;
#: a without addresses, c short card; - refused. Columns: the roles in their order.
EXPECTED = """
                          OM   SUP  INSP MAPPA CALL AUD ADM API
offender.view             T    T    Fb   Na    Frc  Fr  -   Fc
offender.search           T    T    Fb   -     Frc  -   -   -
address.reveal            T    T    T    -     Fr   Fr  -   -
task.view                 T    T    F    Na    -    -   -   Fa
task.claim                T    T    -    -     -    -   -   -
task.release              T    T    -    -     -    -   -   -
task.reassign             -    T    F    -     -    -   -   -
task.defer                Tr   Tr   Fr   -     -    -   -   -
visit.record              T    T    -    -     -    -   -   -
visit.write_up            T    T    -    -     -    -   -   -
visit.review              -    T2   Fb2  -     -    -   -   -
visit.bring_forward       Tr   Tr   Fr   -     -    -   -   -
visit.void                Tr   Tr   -    -     -    -   -   -
visit.authorise_lone      -    Tr2  Fr2  -     -    -   -   -
assessment.propose        T    T    -    -     -    -   -   -
assessment.endorse        -    T2   Fb2  -     -    -   -   -
notification.record       T    T    -    -     -    -   -   -
notification.check        -    T2   Fb2  -     -    -   -   -
contact_note.add          T    T    -    -     -    -   -   -
level.change              -    Tr   Fr   -     -    -   -   -
status.change             T    T    -    -     -    -   -   -
mode.change               -    -    Fr   -     -    -   -   -
registration.end          Tr   Tr   -    -     -    -   -   -
registration.endorse_end  -    T2   Fb2  -     -    -   -   -
release.plan              T    T    -    -     -    -   -   -
caseload.view             T    T    F    Na    -    -   -   -
caseload.reassign         -    Tr   Fr   -     -    -   -   -
transfer.view             -    T    F    -     -    -   -   -
transfer.offer            -    Tr   -    -     -    -   -   -
transfer.decide           -    T2   F2   -     -    -   -   -
conflict.declare          T    T    F    N     F    -   -   -
due_visits.read           T    T    F    Na    -    -   -   Fa
day_sheet.print           T    T    -    -     -    -   -   -
offender.import           -    -    F    -     -    -   -   F
offender.register         -    T    F    -     -    -   -   -
account.manage            -    -    -    -     -    -   -   -
alert.view                O    O    O    -     -    -   -   -
alert.mark_seen           O    O    O    -     -    -   -   -
rules.view                T    T    F    -     -    -   -   -
rules.try                 -    T    F    -     -    -   -   -
rules.propose             -    -    Fr   -     -    -   -   -
rules.approve             -    -    Fr2  -     -    -   -   -
rules.withdraw            -    -    Fr   -     -    -   -   -
case_action.raise         T    T    F    -     -    -   -   -
case_action.finish        T    T    -    -     -    -   -   -
reactive.view             T    T    F    -     -    -   -   -
reactive.propose          Tr   Tr   -    -     -    -   -   -
reactive.recommend        -    T2   Fb2  -     -    -   -   -
reactive.authorise        -    -    Fb2  -     -    -   -   -
reactive.review           -    T    F    -     -    -   -   -
missing.decide            T    T    -    -     -    -   -   -
missing.report            T    T    F    -     -    -   -   -
missing.confirm           -    T2   Fb2  -     -    -   -   -
missing.enquire           T    T    -    -     -    -   -   -
missing.review            -    -    Fb2  -     -    -   -   -
missing.locate            T    T    F    -     -    -   -   -
death.report              T    T    F    -     -    -   -   -
death.verify              -    T2   Fb2  -     -    -   -   -
warrant.consider          T    T    -    -     -    -   -   -
warrant.decide            -    -    Fb2  -     -    -   -   -
warrant.result            T    T    F    -     -    -   -   -
capacity.set              -    Tr   Fr   -     -    -   -   -
absence.view              T    T    F    -     -    -   -   -
absence.record            O    T    F    -     -    -   -   -
absence.cancel            O    T    F    -     -    -   -   -
delegation.view           O    T    F    -     -    -   -   -
delegation.grant          -    Tr   Fr   -     -    -   -   -
delegation.revoke         -    T    F    -     -    -   -   -
delegation.use            O    O    O    -     -    -   -   -
plan.draft                T    T    -    -     -    -   -   -
plan.endorse              -    T2   Fb2  -     -    -   -   -
plan.approve_interval     -    -    Fb2  -     -    -   -   -
training.record           -    T    F    -     -    -   -   -
tools.change              -    -    -    -     -    -   -   -
assessment.draft          T    T    -    -     -    -   -   -
level.decide              -    T2   Fb2  -     -    -   -   -
change.record             T    T    F    -     -    -   -   -
case.review               -    T    F    -     -    -   -   -
case_review.view          T    T    Fb   -     -    -   -   -
dip_sample.draw           -    T    F    -     -    -   -   -
dip_sample.check          -    T    F    -     -    -   -   -
dip_sample.view           -    T    F    -     -    -   -   -
endorsement.view          -    T    F    -     -    -   -   -
order.record              T    T    -    -     -    -   -   -
order.discharge           -    Tr   Fr   -     -    -   -   -
order_discharge.void      -    Tr   Fr   -     -    -   -   -
order_condition.add       T    T    -    -     -    -   -   -
order_condition.void      Tr   Tr   -    -     -    -   -   -
marker.add                T    T    F    -     -    -   -   -
marker.withdraw           -    Tr   Fr   -     -    -   -   -
device.add                T    T    -    -     -    -   -   -
device.change             T    T    -    -     -    -   -   -
online_account.add        T    T    -    -     -    -   -   -
online_account.change     T    T    -    -     -    -   -   -
visit.prepare             T    T    -    -     -    -   -   -
lone_visit.start          T    T    -    -     -    -   -   -
lone_visit.end            T    T    F    -     -    -   -   -
lone_visit.alarm          -    -    -    -     -    -   -   -
static_score.calculate    T    T    -    -     -    -   -   -
static_score.record_official T T    -    -     -    -   -   F
static_score.void         Tr   Tr   -    -     -    -   -   -
static_score.try          -    -    F    -     -    -   -   -
priority.disagree         Tr   Tr   Fr   -     -    -   -   -
disagreement.view         -    T    F    -     -    -   -   -
indicator.send            T    T    F    -     -    -   -   F
indicator.deliver         -    -    -    -     -    -   -   F
indicator.view            T    T    Fb   -     -    -   -   -
indicator.match           T    T    F    -     -    -   -   -
indicator.unmatch         Tr   Tr   Fr   -     -    -   -   -
indicator_ledger.view     -    T    F    -     -    -   -   -
consistency.view          -    T    F    -     -    -   -   -
indicator.triage          T    T    F    -     -    -   -   -
indicator.check           -    T2   Fb2  -     -    -   -   -
indicator.restrict        -    Tr   Fr   -     -    -   -   -
indicator.keep_secret     -    -    Fr   -     -    -   -   -
indicator.retract         Tr   Tr   Fr   -     -    -   -   Fr
feed.set_up               -    -    -    -     -    -   -   -
delivery.view             -    F    F    -     -    -   -   -
delivery.settle           -    Fr   Fr   -     -    -   -   -
"""
ROWS = {line.split()[0]: line.split()[1:] for line in EXPECTED.strip().splitlines()[1:]}

#: Actions that show and change nothing.
READS = {
    Action.OFFENDER_VIEW,
    Action.OFFENDER_SEARCH,
    Action.ADDRESS_REVEAL,
    Action.TASK_VIEW,
    Action.CASELOAD_VIEW,
    Action.DUE_VISITS_READ,
    Action.DAY_SHEET_PRINT,
    Action.ALERT_VIEW,
    Action.RULES_VIEW,
    Action.RULES_TRY,
    Action.REACTIVE_VIEW,
    Action.ABSENCE_VIEW,
    Action.DELEGATION_VIEW,
    Action.CASE_REVIEW_VIEW,
    Action.DIP_SAMPLE_VIEW,
    Action.ENDORSEMENT_VIEW,
    Action.TRANSFER_VIEW,
    Action.STATIC_SCORE_TRY,
    Action.INDICATOR_VIEW,
    Action.INDICATOR_LEDGER_VIEW,
    Action.CONSISTENCY_VIEW,
    Action.DELIVERY_VIEW,
}
PAIRS = [(action, role) for action in Action for role in Role]


def someone(role: Role, **changes: object) -> Actor:
    """A current actor of a role, with every scope where it is a client."""
    facts = {
        "kind": "client" if role is Role.INTEGRATION else "user",
        "key": "k",
        "label": "l",
        "role": role,
        "force_id": 1,
        "team_ids": () if role is Role.INTEGRATION else (1,),
        "user_id": None if role is Role.INTEGRATION else 1,
        "scopes": frozenset(SCOPES.values()) if role is Role.INTEGRATION else frozenset(),
        "is_current": True,
        "whole_force": role is Role.INTEGRATION,
    }
    return Actor(**(facts | changes))


def in_letters(permission: Grant | None) -> str:
    if permission is None:
        return "-"
    return (
        permission.reach.value[0].upper()
        + "r" * permission.reason
        + "b" * (permission.reason_beyond is Reach.TEAM)
        + "2" * permission.second_person
        + {Redaction.NONE: "", Redaction.NO_ADDRESS: "a", Redaction.SHORT_CARD: "c"}[
            permission.redaction
        ]
    )


@pytest.mark.parametrize(("action", "role"), PAIRS)
def test_each_role_may_do_what_the_table_says_and_nothing_else(action, role):
    expected = ROWS[action.value][list(Role).index(role)]

    assert in_letters(grant(someone(role), action)) == expected


def test_every_action_is_written_under_one_subject():
    written = [action for lines in SUBJECTS for action in lines]

    assert sorted(written) == sorted(Action)


def test_two_people_are_promised_only_where_an_action_tells_them_apart():
    promised = {
        action
        for action, grants in RULES.items()
        if any(permission.second_person for permission in grants.values())
    }

    assert promised == {
        Action.VISIT_REVIEW,
        Action.LONE_VISIT_AUTHORISE,
        Action.ASSESSMENT_ENDORSE,
        Action.NOTIFICATION_CHECK,
        Action.REGISTRATION_END_ENDORSE,
        Action.RULES_APPROVE,
        Action.MISSING_CONFIRM,
        Action.MISSING_REVIEW,
        Action.DEATH_VERIFY,
        Action.WARRANT_DECIDE,
        Action.PLAN_ENDORSE,
        Action.PLAN_APPROVE_INTERVAL,
        Action.LEVEL_DECIDE,
        Action.REACTIVE_RECOMMEND,
        Action.REACTIVE_AUTHORISE,
        Action.TRANSFER_DECIDE,
        Action.INDICATOR_CHECK,
    }


def test_every_action_has_a_line_in_the_table():
    assert set(RULES) == set(Action) == {Action(name) for name in ROWS}


@pytest.mark.parametrize(("action", "role"), PAIRS)
def test_nobody_whose_standing_has_lapsed_may_do_anything(action, role):
    assert grant(someone(role, is_current=False), action) is None


@pytest.mark.parametrize("action", sorted(set(Action) - READS))
def test_an_auditor_never_writes(action):
    assert grant(someone(Role.AUDITOR), action) is None


@pytest.mark.parametrize("action", Action)
def test_a_system_administrator_may_do_nothing_with_offenders(action):
    assert grant(someone(Role.SYSTEM_ADMIN), action) is None


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.django_db
def test_a_superuser_flag_grants_nothing(role):
    officer = make.officer(role)
    plain = {action: grant(make.actor(officer), action) for action in Action}
    officer.is_superuser = officer.is_staff = True

    assert {action: grant(make.actor(officer), action) for action in Action} == plain


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize(
    "standing",
    [
        {"vetting_expires_on": dt.date(2020, 1, 1)},  # lapsed
        {"vetting_expires_on": None},  # never vetted
        {"is_active": False},  # account closed
    ],
)
@pytest.mark.django_db
def test_an_officer_without_vetting_or_account_may_do_nothing(role, standing):
    actor = make.actor(make.officer(role, **standing))

    assert [action for action in Action if grant(actor, action)] == []


@pytest.mark.parametrize("action", Action)
def test_a_client_needs_the_scope_as_well(action):
    without = frozenset(SCOPES.values()) - {SCOPES.get(action)}

    assert grant(someone(Role.INTEGRATION, scopes=without), action) is None


@pytest.mark.parametrize(("action", "scope"), SCOPES.items())
def test_a_scope_opens_its_action_and_no_other(action, scope):
    actor = someone(Role.INTEGRATION, scopes=frozenset({scope}))

    assert [each for each in Action if grant(actor, each)] == [action]


@pytest.mark.parametrize("teams", [(3,), ()])
@pytest.mark.parametrize("action", SCOPES)
def test_a_client_reaches_no_further_than_its_teams_and_nobody_without_any(action, teams):
    bound = grant(someone(Role.INTEGRATION, team_ids=teams, whole_force=False), action)
    whole = grant(someone(Role.INTEGRATION), action)

    assert (bound.reach, whole.reach) == (Reach.TEAM, Reach.FORCE)
    assert bound.redaction == whole.redaction


def test_our_own_jobs_may_do_a_few_things_and_lower_or_close_nothing():
    allowed = {action for action in Action if grant(Actor.system("sweep"), action)}

    assert allowed == SYSTEM_ACTIONS
    assert not allowed & {
        Action.LEVEL_CHANGE,
        Action.MODE_CHANGE,
        Action.TASK_DEFER,
        Action.STATUS_CHANGE,
        Action.REGISTRATION_END,
        Action.REGISTRATION_END_ENDORSE,
    }


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_needed_reason_must_be_typed(reason):
    contact_centre = someone(Role.CONTACT_CENTRE)

    with pytest.raises(ReasonRequired):
        require(contact_centre, Action.OFFENDER_VIEW, reason=reason)
    assert require(contact_centre, Action.OFFENDER_VIEW, reason="Incident 12").reason


def test_what_is_not_granted_raises_whatever_the_reason():
    with pytest.raises(NotPermitted):
        require(someone(Role.AUDITOR), Action.VISIT_RECORD, reason="Inspection")


@pytest.mark.parametrize(
    ("role", "action", "team_id", "needed"),
    [
        (Role.INSPECTOR, Action.OFFENDER_VIEW, 1, False),  # own team
        (Role.INSPECTOR, Action.OFFENDER_VIEW, 2, True),  # beyond it
        (Role.INSPECTOR, Action.OFFENDER_VIEW, None, True),  # in no team yet
        (Role.INSPECTOR, Action.TASK_VIEW, 2, False),  # lists are free to inspectors
        (Role.SUPERVISOR, Action.OFFENDER_VIEW, 1, False),
        (Role.AUDITOR, Action.OFFENDER_VIEW, 1, True),  # always
    ],
)
def test_an_inspector_gives_a_reason_beyond_their_own_team(role, action, team_id, needed):
    actor = someone(role)

    assert needs_reason(actor, grant(actor, action), team_id=team_id) is needed
