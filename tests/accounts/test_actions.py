"""Adding and closing accounts, and what the database refuses."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts import actions
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, Team, User
from tests import make

pytestmark = pytest.mark.django_db


def test_an_officer_whom_a_file_names_cannot_sign_in():
    team = make.team()

    officer = actions.register_named_officer(
        by=make.SETUP, force=team.force, team=team, staff_number="4411"
    )

    assert not officer.is_active
    assert not officer.has_usable_password()
    assert (officer.role, officer.vetting_expires_on) == (Role.OFFENDER_MANAGER, None)


def test_who_may_import_into_a_force_may_add_its_teams_and_officers_and_no_other_forces():
    inspector = make.actor(make.officer(Role.INSPECTOR))
    own = make.force()
    inspectors_force = Team.objects.get(pk=inspector.team_ids[0]).force

    team = actions.create_team(by=inspector, force=inspectors_force, name="North")
    actions.register_named_officer(
        by=inspector, force=inspectors_force, team=team, staff_number="1"
    )
    with pytest.raises(NotPermitted):
        actions.create_team(by=inspector, force=own, name="North")


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_other_officers_add_nobody(role):
    officer = make.officer(role)
    by = make.actor(officer)

    for attempt in (
        lambda: actions.create_force(by=by, code="X", name="X"),
        lambda: actions.create_team(by=by, force=officer.force, name="X"),
        lambda: actions.register_officer(
            by=by, force=officer.force, role=Role.SUPERVISOR, username="x"
        ),
        lambda: actions.register_integration(
            by=by, force=officer.force, label="X", scopes=["tasks:read"], whole_force=True
        ),
        lambda: actions.renew_integration(by=by, integration=make.integration()),
        lambda: actions.close_integration(by=by, integration=make.integration()),
        lambda: actions.change_vetting(by=by, officer=make.officer(), expires_on=None),
        lambda: actions.deactivate(by=by, officer=make.officer()),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_vetting_and_closing_change_one_account():
    officer, colleague = make.officer(), make.officer()

    actions.change_vetting(by=make.SETUP, officer=officer, expires_on=dt.date(2027, 1, 1))
    actions.deactivate(by=make.SETUP, officer=officer)

    officer.refresh_from_db()
    colleague.refresh_from_db()
    assert (officer.vetting_expires_on, officer.is_active) == (dt.date(2027, 1, 1), False)
    assert (colleague.vetting_expires_on, colleague.is_active) == (make.VETTED, True)


def test_a_team_of_another_force_is_refused():
    here, elsewhere = make.force(), make.team()

    with pytest.raises(ValueError, match="another force"):
        make.officer(force=here, team=elsewhere)


@pytest.mark.parametrize(
    "changes",
    [
        {"role": Role.INTEGRATION},  # no person's role
        {"role": ""},
        {"role": "chief"},
        {"force": None, "team": None},  # a staff number without a force
        {"force": None, "staff_number": ""},  # a team without a force
    ],
)
def test_the_database_refuses_an_impossible_officer(changes):
    officer = make.officer()
    for name, value in changes.items():
        setattr(officer, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        officer.save()


def test_a_staff_number_is_given_once_in_a_force_and_again_in_another():
    here, there = make.force(), make.force()
    make.officer(force=here, staff_number="100")
    make.officer(force=there, staff_number="100")

    with pytest.raises(IntegrityError), transaction.atomic():
        make.officer(force=here, staff_number="100")


def test_officers_without_a_staff_number_do_not_collide():
    force = make.force()
    for username in ("one", "two"):
        actions.register_officer(by=make.SETUP, force=force, role=Role.AUDITOR, username=username)

    assert User.objects.filter(force=force, staff_number="").count() == 2


def test_a_team_name_is_given_once_in_a_force():
    team = make.team("North")
    make.team("North")

    with pytest.raises(IntegrityError), transaction.atomic():
        make.team("North", in_force=team.force)


def test_nobody_changes_their_own_standing():
    officer = make.officer()
    as_command = Actor(
        kind="system",
        key="console",
        label="console",
        role=None,
        force_id=None,
        team_ids=(),
        user_id=officer.pk,  # a command run in an officer's name
        is_current=True,
    )

    with pytest.raises(NotPermitted):
        actions.change_vetting(by=as_command, officer=officer, expires_on=make.VETTED)
    with pytest.raises(NotPermitted):
        actions.deactivate(by=as_command, officer=officer)
