"""Opening, renewing and closing accounts from the command line, each on the record."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import actions
from accounts.models import Force, IntegrationClient, Role, User
from accounts.policy import Action
from audit.models import Event, Payload
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "copper-lantern-meadow-quarry"
#: Within a year of any day on which this runs.
UNTIL = timezone.localdate() + dt.timedelta(days=200)


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password, as a pipe gives it, for as many as a test adds."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n" * 3))


def add_officer(username: str, *, staff_number: str, force: str = "EXA", **changes: str) -> None:
    options = {"role": "offender_manager", "team": "North", "vetted_until": UNTIL}
    options |= {"new_force": True} | changes
    call_command("add_officer", username, force=force, staff_number=staff_number, **options)


def recorded() -> dict[str, object]:
    """The payload of the newest event about an account."""
    event = Event.objects.filter(action=Action.ACCOUNT_MANAGE).latest("pk")
    return Payload.objects.get(pk=event.pk).payload


def test_an_officer_whom_an_extract_named_can_sign_in_and_the_record_says_what_changed():
    person = make.person()
    named = person.offender_manager
    User.objects.filter(pk=named.pk).update(is_active=False, password="!")

    add_officer("ceri", staff_number=named.staff_number, force=named.force.code)

    named.refresh_from_db()
    assert (named.username, named.is_active, named.check_password(PASSWORD)) == ("ceri", True, True)
    kept = recorded()
    assert kept["before"]["is_active"] is False
    assert kept["after"]["username"] == "ceri"
    assert kept["after"]["vetting_expires_on"] == str(UNTIL)


def test_an_account_that_is_open_is_not_taken_over():
    supervisor = make.officer(Role.SUPERVISOR, staff_number="DS01", password=PASSWORD)
    before = User.objects.values().get(pk=supervisor.pk)

    with pytest.raises(CommandError, match="renew_vetting"):
        add_officer("mallory", staff_number="DS01", force=supervisor.force.code)

    assert User.objects.values().get(pk=supervisor.pk) == before


def test_a_code_that_no_force_has_makes_none_by_a_slip():
    known = make.force()

    with pytest.raises(CommandError, match=f"No force has the code NOPE. Known: {known.code}"):
        add_officer("dara", staff_number="1", force="NOPE", new_force=False)

    assert list(Force.objects.all()) == [known]
    add_officer("dara", staff_number="1", force=known.code, new_force=False)


def test_a_day_that_is_none_is_refused_in_words():
    with pytest.raises(CommandError, match="write a real day as YYYY-MM-DD, not '01/11/2027'"):
        call_command("renew_vetting", "dara", "--until", "01/11/2027")


@pytest.mark.parametrize("username", ["dara", "DARA"])
def test_a_user_name_that_is_somebody_elses_is_refused_in_words(username: str):
    add_officer("dara", staff_number="1")

    with pytest.raises(CommandError, match="somebody else's"):
        add_officer(username, staff_number="2")

    assert not User.objects.filter(staff_number="2").exists()


def test_who_left_and_comes_back_gets_a_new_account():
    add_officer("dara", staff_number="1")
    call_command("close_account", "1", force="EXA")
    assert not User.objects.get(staff_number="1").has_usable_password()

    add_officer("dara", staff_number="1")

    assert User.objects.get(staff_number="1").check_password(PASSWORD)


def test_vetting_is_renewed_and_nothing_else_changes():
    officer = make.officer(Role.SUPERVISOR, password=PASSWORD)
    before = User.objects.values().get(pk=officer.pk)

    call_command("renew_vetting", officer.staff_number, force=officer.force.code, until=UNTIL)

    after = User.objects.values().get(pk=officer.pk)
    assert after == before | {"vetting_expires_on": UNTIL}
    kept = recorded()
    assert kept["before"]["vetting_expires_on"] == str(make.VETTED)
    assert kept["after"]["vetting_expires_on"] == str(UNTIL)


@pytest.mark.parametrize("staff_number", ["unknown", "closed"])
def test_vetting_of_nobody_is_renewed(staff_number: str):
    closed = make.officer(staff_number="closed", is_active=False)
    with pytest.raises(CommandError):
        call_command("renew_vetting", staff_number, force=closed.force.code, until=UNTIL)


def test_an_integration_is_added_renewed_and_closed(capsys: pytest.CaptureFixture[str]):
    make.force("EXA")
    scope = ["due-visits:read"]
    call_command("add_integration", "Rota", force="EXA", whole_force=True, scope=scope)
    client_id = re.search(r"client id (\S+)", capsys.readouterr().out)[1]
    assert recorded()["after"]["whole_force"] is True

    call_command("renew_integration", client_id, expires_on=UNTIL)
    secret = re.search(r"secret +(\S+)", capsys.readouterr().out)[1]
    kept = recorded()
    assert secret not in str(kept)
    assert (kept["new_secret"], kept["after"]["expires_on"]) == (True, str(UNTIL))

    call_command("close_integration", client_id)
    assert recorded()["after"]["is_active"] is False
    assert not IntegrationClient.objects.get().is_active
    with pytest.raises(CommandError, match="closed"):
        call_command("renew_integration", client_id)


@pytest.mark.parametrize("command", ["renew_integration", "close_integration"])
def test_an_integration_that_nobody_registered_is_refused(command: str):
    with pytest.raises(CommandError, match="no integration"):
        call_command(command, "unknown")


def test_an_integration_says_how_far_it_reaches():
    make.force("EXA")
    with pytest.raises(CommandError, match="--whole-force"):
        call_command("add_integration", "Rota", "--force", "EXA", "--scope", "tasks:read")


def test_closing_an_account_says_before_and_after():
    officer = make.officer(password=PASSWORD)
    actions.change_vetting(by=make.SETUP, officer=officer, expires_on=UNTIL)

    call_command("close_account", officer.staff_number, force=officer.force.code)

    kept = recorded()
    assert (kept["before"]["is_active"], kept["after"]["is_active"]) == (True, False)
