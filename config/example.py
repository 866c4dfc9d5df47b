"""A fictitious force for the first run: people, officers and an integration to try things with.

Its pass-phrases and its secret are made on this machine and kept in VAR_DIR, readable by its
owner alone, so that later runs can print them again. Nothing here is for real data.
"""

import datetime as dt
import json
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import (
    create_force,
    create_team,
    record_training,
    register_integration,
    register_officer,
)
from accounts.actor import Actor
from accounts.models import Force, IntegrationClient, Role, Team, TrainingCode, User
from accounts.policy import Action
from audit.models import Operation
from audit.record import record
from config import example_indicators
from config.management.commands.synthesise import file_name
from workflows.imports import synthetic
from workflows.models import ImportJob

CODE = "EXA"
NAME = "Example Constabulary"
#: Twelve officers in two teams, loaded in seconds.
OFFENDERS = 720
SEED = 1


class Post(NamedTuple):
    """Somebody who can sign in. Without a staff number they take one that the people name."""

    username: str
    role: Role
    staff_number: str
    first_name: str
    last_name: str


POSTS = (
    Post("om", Role.OFFENDER_MANAGER, "", "Ceri", "Example"),
    Post("om2", Role.OFFENDER_MANAGER, "", "Jo", "Example"),
    Post("ds", Role.SUPERVISOR, "DS01", "Dara", "Example"),
    Post("di", Role.INSPECTOR, "DI01", "Robin", "Example"),
    Post("di2", Role.INSPECTOR, "DI02", "Alex", "Example"),
)
INTEGRATION = "Rota planner"
SCOPES = ("due-visits:read", "tasks:read")
#: Who sends indicators of online risk, and whose caseload they are about.
SENDER = "Regional unit"
SENDER_SCOPES = ("indicators:write",)
TOLD_OF = "om"
VETTED_FOR = dt.timedelta(days=365)
TRAINED_FOR = dt.timedelta(days=3 * 365)

#: Short, plain, hard to mishear. Five of 64 are 30 bits, and ten failures lock an account.
WORDS = (  # noqa: SIM905 (64 pairs of quotes would be harder to read)
    "acorn amber anchor apple arch autumn badge barley basin beacon birch blanket bottle bridge "
    "button candle canvas carpet castle cedar chalk cherry clover cobble copper cotton cricket "
    "daisy dinner ember fabric feather fennel ferry flint garden ginger gravel harbour hazel "
    "heron island jacket kettle lantern lemon linen maple meadow mustard orchard paper pebble "
    "pepper pillow quarry ribbon river saddle silver thimble timber velvet willow"
).split()


def load(*, say: Callable[[str], None]) -> None:
    """Fill an empty database with the example. Accounts that are there already stay as they are."""
    if not Force.objects.filter(code=CODE).exists():
        _open_accounts()
    say(f"Loading a fictitious force of {OFFENDERS} people ...")
    # A load that was interrupted is finished as of the day on which it began.
    begun_on = _imports().order_by("pk").values_list("as_of", flat=True).first()
    call_command("synthesise", offenders=OFFENDERS, seed=SEED, force=CODE, as_of=begun_on)
    sender = IntegrationClient.objects.filter(force__code=CODE, label=SENDER).first()
    if sender is not None:  # an example that was begun before there was one has none
        example_indicators.load(sender=sender, officer=User.objects.get(username=TOLD_OF))


def is_partial() -> bool:
    """Whether the example was begun here and its import was never finished.

    Reading the same extract again changes nothing that is there already.
    """
    begun = _kept().exists() and Force.objects.filter(code=CODE).exists()
    return begun and not _imports().filter(state=ImportJob.State.DONE).exists()


def _imports() -> QuerySet[ImportJob]:
    return ImportJob.objects.filter(force__code=CODE, name=file_name(OFFENDERS, SEED))


def sign_ins() -> Iterator[str]:
    """Lines that say how to sign in to the example; none when it was not loaded here."""
    if not _kept().exists():
        return
    kept = json.loads(_kept().read_text(encoding="utf-8"))
    # Not kept with the pass-phrases: an example that was loaded before has them as well.
    numbers = dict(User.objects.values_list("username", "staff_number"))
    yield f"Sign in to the example, force {CODE} (kept in {_kept()}):"
    yield f"  {'role':<18} {'name':<4} {'staff number':<12} pass-phrase"
    for officer in kept["officers"]:
        name = officer["username"]
        number = numbers.get(name, "")
        yield f"  {officer['role']:<18} {name:<4} {number:<12} {officer['password']}"
    clients = {"Integration": kept["integration"], "Sender": kept.get("sender")}
    for name, client in clients.items():
        if client is not None:
            yield f"  {name:<18} client id {client['client_id']}"
            yield f"  {'':<18} secret    {client['secret']}"
            yield f"  {'':<18} scopes    {' '.join(client['scopes'])}"


@transaction.atomic
def _open_accounts() -> None:
    """Make the force, the first team with its officers, and two integrations.

    Two of each rank that others need: to give people to, and to decide on what another proposed.
    """
    by = Actor.system("example")
    name, named = _first_team()
    force = create_force(by=by, code=CODE, name=NAME)
    team = create_team(by=by, force=force, name=name)
    officers = [
        _register(by, team, post, staff_number=post.staff_number or next(named, "OM99"))
        for post in POSTS
    ]
    reader = _register_client(by, force, INTEGRATION, SCOPES)
    sender = _register_client(by, force, SENDER, SENDER_SCOPES)
    _keep({"officers": officers, "integration": reader, "sender": sender})


def _first_team() -> tuple[str, Iterator[str]]:
    """The team of the first person, and the staff numbers of those who manage its people."""
    rows = list(synthetic.rows(offenders=OFFENDERS, seed=SEED, as_of=timezone.localdate()))
    name = rows[0]["team"]
    numbers = (row["offender_manager"] for row in rows if row["team"] == name)
    return name, iter(dict.fromkeys(number for number in numbers if number))


def _register(by: Actor, team: Team, post: Post, *, staff_number: str) -> dict[str, str]:
    """Add one officer of `team`. Returns how they sign in."""
    password = "-".join(secrets.choice(WORDS) for _ in range(5))
    officer = register_officer(
        by=by,
        force=team.force,
        team=team,
        role=post.role,
        username=post.username,
        staff_number=staff_number,
        first_name=post.first_name,
        last_name=post.last_name,
        password=password,
        vetting_expires_on=timezone.localdate() + VETTED_FOR,
    )
    if post.role in {Role.OFFENDER_MANAGER, Role.SUPERVISOR}:
        today = timezone.localdate()
        record_training(
            by=by,
            officer=officer,
            code=TrainingCode.ARMS,
            completed_on=today,
            valid_until=today + TRAINED_FOR,
        )
    _record(by, f"user:{officer.public_id}")
    return {"role": post.role.label, "username": post.username, "password": password}


def _register_client(
    by: Actor, force: Force, label: str, scopes: tuple[str, ...]
) -> dict[str, Any]:
    """Add a system of the force. Returns how it asks for its token."""
    integration, secret = register_integration(
        by=by, force=force, label=label, scopes=scopes, whole_force=True
    )
    _record(by, f"client:{integration.client_id}")
    return {"client_id": integration.client_id, "secret": secret, "scopes": scopes}


def _record(by: Actor, subject: str) -> None:
    record(by=by, action=Action.ACCOUNT_MANAGE, operation=Operation.CONFIGURATION, subject=subject)


def _kept() -> Path:
    return Path(settings.VAR_DIR) / "example-sign-ins.json"


def _keep(content: dict[str, Any]) -> None:
    """Write the sign-ins where only their owner can read them."""
    _kept().unlink(missing_ok=True)  # an older file may have a wider mode
    descriptor = os.open(_kept(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
