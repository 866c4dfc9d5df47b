"""The fictitious force of the first run: what it opens, prints and keeps."""

import base64
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import IntegrationClient, Role, User
from accounts.policy import Action, grant
from audit.models import Event
from config import example
from offenders.models import Offender
from risk.models import Indicator, Match
from tests import make
from workflows.actions.indicators.matching import confirm_match
from workflows.models import ImportJob, Obligation
from workflows.queries.inbox import tasks_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small example, and the directory that keeps its sign-ins."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(example, "OFFENDERS", 24)
    example.load(say=lambda line: None)
    return tmp_path


def kept(directory: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((directory / "example-sign-ins.json").read_text())
    return found


def test_the_officers_can_sign_in_with_what_is_printed(loaded: Path):
    printed = "\n".join(example.sign_ins())
    officers = kept(loaded)["officers"]
    assert [officer["username"] for officer in officers] == ["om", "om2", "ds", "di", "di2"]
    for officer in officers:
        user = User.objects.get(username=officer["username"])
        assert user.check_password(officer["password"])
        assert Actor.of_user(user).is_current
        assert officer["password"] in printed


def test_each_officer_is_printed_with_the_staff_number_that_forms_ask_for(loaded: Path):
    lines = [line.split() for line in example.sign_ins()]
    for username, number in User.objects.values_list("username", "staff_number"):
        [line] = [words for words in lines if username in words]
        assert number in line, username


def test_the_offender_manager_has_a_caseload_and_a_supervisor(loaded: Path):
    om, other = (User.objects.get(username=name) for name in ("om", "om2"))
    assert other.team == om.team, "somebody to give people to"
    assert Offender.objects.filter(offender_manager=om).exists()
    assert User.objects.filter(team=om.team, role=Role.SUPERVISOR, is_active=True).exists()


def test_the_integration_gets_a_token_for_what_is_printed(loaded: Path):
    client = kept(loaded)["integration"]
    basic = base64.b64encode(f"{client['client_id']}:{client['secret']}".encode()).decode()
    answer = Client().post(
        "/api/v1/oauth/token",
        {"grant_type": "client_credentials", "scope": "due-visits:read"},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["access_token"]


def test_its_indicators_wait_stand_to_triage_and_are_triaged(loaded: Path):
    states = Indicator.objects.values_list("code", "state")
    assert dict(states) == {
        "CTIP": "unmatched",
        "GAME": "unmatched",
        "MONO": "untriaged",
        "UACC": "triaged",
        "NEWREL": "triaged",
        "ANPR": "triaged",
    }
    suggested = Match.objects.values_list("offender__offender_manager__username", flat=True)
    assert set(suggested) == {"om"}
    open_work = (
        Obligation.objects.filter(closed_at=None).order_by("pk").values_list("kind", flat=True)
    )
    assert [kind for kind in open_work if kind in {"indicator_triage", "case_action"}] == [
        "indicator_triage",
        "case_action",
    ]


def test_the_one_that_nobody_confirmed_yet_stands_first_once_it_is(loaded: Path):
    om = User.objects.get(username="om")
    found = Indicator.objects.get(code="CTIP")
    [match] = found.matches.all()
    confirm_match(
        by=Actor.of_user(om), indicator=found.public_id, offender=match.offender.public_id
    )
    rows = tasks_page(actor=Actor.of_user(om), scope="mine", today=timezone.localdate()).rows
    assert rows[0].key == make.task_of(match.offender, "triage_indicator").pk


def test_the_sender_sends_and_reads_nothing(loaded: Path):
    actor = Actor.of_client(IntegrationClient.objects.get(label=example.SENDER))
    assert grant(actor, Action.INDICATOR_SEND)
    assert grant(actor, Action.DUE_VISITS_READ) is None


def test_the_sign_ins_are_readable_by_their_owner_alone(loaded: Path):
    mode = (loaded / "example-sign-ins.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_loading_again_changes_no_account(loaded: Path):
    before = kept(loaded)
    example.load(say=lambda line: None)
    assert kept(loaded) == before
    assert User.objects.get(username="om").check_password(before["officers"][0]["password"])


def test_a_load_that_was_interrupted_is_finished_by_the_next(loaded: Path, settings: Any):
    whole = Offender.objects.count()
    assert not example.is_partial()
    # As a first load leaves it that is stopped after its first chunk, or before it.
    ImportJob.objects.update(state=ImportJob.State.RUNNING, finished_at=None)
    assert example.is_partial()

    example.load(say=lambda line: None)

    assert not example.is_partial()
    assert Offender.objects.count() == whole
    assert len(set(ImportJob.objects.values_list("as_of", flat=True))) == 1


def test_a_force_that_was_not_loaded_here_is_never_partial(settings: Any, tmp_path: Path):
    settings.VAR_DIR = tmp_path
    make.force(example.CODE)
    assert not example.is_partial()


def test_every_account_that_is_opened_is_on_the_record(loaded: Path):
    opened = Event.objects.filter(action=Action.ACCOUNT_MANAGE, actor_label="example")
    assert opened.count() == len(example.POSTS) + 2


def test_nothing_is_printed_where_nothing_was_loaded(settings: Any, tmp_path: Path):
    settings.VAR_DIR = tmp_path
    assert list(example.sign_ins()) == []


def test_the_integration_reads_the_due_list_and_imports_nothing(loaded: Path):
    actor = Actor.of_client(IntegrationClient.objects.get(label=example.INTEGRATION))
    assert grant(actor, Action.DUE_VISITS_READ)
    assert grant(actor, Action.OFFENDER_IMPORT) is None
