"""`manage.py add_officer`: let somebody of a real force sign in."""

import argparse
import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import transaction

import audit.record as audit
from accounts import actions
from accounts.actor import Actor
from accounts.errors import AccountTaken
from accounts.models import Force, Role, Team, User
from accounts.policy import Action
from audit.models import Operation
from config.accounts import standing
from rules import typed
from workflows.actions.forces import force_of_code


class Command(BaseCommand):
    """Opens an account, or one that an extract named; the password comes from standard input."""

    help = "Add an officer. The password is asked for, or read from standard input."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who they are and where they work."""
        parser.add_argument("username")
        parser.add_argument("--force", required=True, help="code of the force")
        parser.add_argument(
            "--new-force", action="store_true", help="make the force: no extract of it came yet"
        )
        parser.add_argument("--team", default="", help="name of the team, made when unknown")
        roles = [role.value for role in Role if role != Role.INTEGRATION]
        parser.add_argument("--role", required=True, choices=roles)
        parser.add_argument("--staff-number", required=True)
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument("--vetted-until", required=True, type=typed.day)

    def handle(self, **options: Any) -> None:
        """Open the account. Raises CommandError where it cannot be, saying why."""
        by = Actor.system("add-officer")
        password = _password()
        with transaction.atomic():
            force = _force(by, options["force"], is_new=options["new_force"])
            known = User.objects.filter(force=force, staff_number=options["staff_number"]).first()
            before = standing(known)
            officer = _opened(
                by=by,
                force=force,
                team=_team(by, force, options["team"]),
                role=Role(options["role"]),
                username=options["username"],
                staff_number=options["staff_number"],
                first_name=options["first_name"],
                last_name=options["last_name"],
                password=password,
                vetting_expires_on=options["vetted_until"],
            )
            audit.record(
                by=by,
                action=Action.ACCOUNT_MANAGE,
                operation=Operation.CONFIGURATION,
                subject=f"user:{officer.public_id}",
                payload={"before": before, "after": standing(officer)},
            )
        where = f", {officer.team.name}" if officer.team else ""
        self.stdout.write(
            f"{officer.username} can sign in as {officer.get_role_display()} ({force.name}{where})."
        )


def _force(by: Actor, code: str, *, is_new: bool) -> Force:
    """The force of that code. One that nobody knows is made only on request: it may be a slip."""
    if not is_new and not Force.objects.filter(code=code).exists():
        known = ", ".join(Force.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(
            f"No force has the code {code}. Known: {known or 'none'}. A new one: --new-force."
        )
    return force_of_code(by=by, code=code)


def _opened(**account: Any) -> User:
    try:
        return actions.open_account(**account)
    except AccountTaken as error:
        raise CommandError(str(error)) from error


def _team(by: Actor, force: Force, name: str) -> Team | None:
    if not name:
        return None
    known = Team.objects.filter(force=force, name=name).first()
    return known or actions.create_team(by=by, force=force, name=name)


def _password() -> str:
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    try:
        validate_password(typed, User())
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return typed
