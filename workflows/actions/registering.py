"""Registering somebody by hand, as an extract does: their facts, and at once what is owed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.models import Team, User
from accounts.policy import Action
from accounts.teams import teams_in_reach
from audit.models import Operation
from offenders import actions as people
from offenders.actions.counting import refuse_future
from offenders.actions.intake import held
from offenders.errors import Invalid, RuleBroken
from offenders.intake import Home, Intake, Registered, Whereabouts
from offenders.models import (
    Address,
    Disposal,
    Identifier,
    ManagementLevel,
    ManagementMode,
    Offender,
    Status,
)
from offenders.names import fold_number
from workflows.actions.alerts import tell
from workflows.actions.locking import lock_force, lock_officers, of_staff_number, officer
from workflows.actions.receiving import can_take
from workflows.actions.unmanaged import warn_of_unmanaged
from workflows.errors import NotVisible
from workflows.imports.columns import postcode as read_postcode
from workflows.models import Alert
from workflows.queries.duplicates import is_known, might_be
from workflows.reconcile import reconcile_held

#: Days of the form that have happened.
PAST = ("date_of_birth", "relevant_date", "status_since", "released_on")


@transaction.atomic
def register_person(
    *, by: Actor, team: UUID, offender_manager: str = "", is_another_person: bool, **values: Any
) -> Offender:
    """Register somebody new. What is owed to them is opened in the same act.

    `values`: the rest of the form RegisterPerson. Whoever manages them is told; where nobody does
    yet, the team's supervisors. Raises NotPermitted, NotVisible, TaskBusy; RuleBroken:
    `reference_known`, `officer_cannot_take`, `possible_duplicate` (not once `is_another_person`);
    Invalid: `in_future`, `before_birth`, `discharge_needs_months`, `no_discharge`,
    `only_when_away`, `released_later`, `say_which_home`, `address_needed`, `invalid_postcode`,
    `alias_twice`, `identifier_twice`, `identifier_known`, `unknown_officer`.
    """
    policy.require(by, Action.OFFENDER_REGISTER)
    user, of = officer(by), _team(by, team)
    manager = _manager(user, of, offender_manager)
    _refuse_impossible(values)
    # As an import does: two officers could both register the same new person.
    lock_force(of.force_id)
    _refuse_known(by, of, values, is_another_person=is_another_person)
    person = _registered(values, of, manager)
    reconcile_held([person.pk], because=Action.OFFENDER_REGISTER)
    _tell(person, manager, user)
    audit.record(
        by=by,
        action=Action.OFFENDER_REGISTER,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"offender:{person.public_id}",
        payload={"team": of.name, "another_person": is_another_person},
    )
    return person


def _registered(values: Mapping[str, Any], team: Team, manager: User | None) -> Offender:
    """Their facts, written. A number is one person's over all forces, and no lock is that wide."""
    intake = _intake(values, team, manager)
    try:
        with transaction.atomic():
            [person], _ = people.register_people(
                [intake], force=team.force, on=timezone.localdate()
            )
    except IntegrityError:
        # Another force was quicker by a moment: it is on record now, and said so.
        _refuse_held(values)
        raise
    return person


def _team(by: Actor, team: UUID) -> Team:
    """The team, where the actor may register people. Raises NotVisible."""
    reached = teams_in_reach(by, Action.OFFENDER_REGISTER)
    found = next((one for one in reached if one.public_id == team), None)
    if found is None:
        raise NotVisible
    return found


def _manager(user: User, team: Team, staff_number: str) -> User | None:
    """Who manages them, locked so that no account closes meanwhile; None where nobody is named."""
    if not staff_number.strip():
        return None
    named = of_staff_number(user, staff_number.strip(), field="offender_manager")
    [found] = lock_officers([named.pk])
    if found.team_id != team.pk:
        said = "Nobody of that team has this staff number."
        raise Invalid("unknown_officer", said, field="offender_manager")
    if not can_take(found):
        said = "That officer cannot take people on: their role or vetting does not allow it."
        raise RuleBroken("officer_cannot_take", said)
    return found


def _refuse_impossible(values: Mapping[str, Any]) -> None:
    """Raise Invalid for what cannot be so, whoever it is."""
    for name in PAST:
        if values[name] is not None:
            refuse_future(values[name], field=name)
            if values[name] < values["date_of_birth"]:
                raise Invalid("before_birth", "They were not born yet.", field=name)
    is_discharge = values["disposal"] == Disposal.CONDITIONAL_DISCHARGE
    if is_discharge and values["discharge_months"] is None:
        said = "Enter how many months the conditional discharge is."
        raise Invalid("discharge_needs_months", said, field="discharge_months")
    if not is_discharge and values["discharge_months"] is not None:
        said = "Only a conditional discharge has months."
        raise Invalid("no_discharge", said, field="discharge_months")
    _refuse_whereabouts(values)
    _refuse_half_home(values)
    _refuse_twice(values)


def _refuse_whereabouts(values: Mapping[str, Any]) -> None:
    since, released_on = values["status_since"], values["released_on"]
    if values["status"] == Status.COMMUNITY and since is not None:
        said = "In the community: enter the release below, or leave it empty."
        raise Invalid("only_when_away", said, field="status_since")
    if since is not None and released_on is not None and released_on > since:
        said = "They would have been released after that began."
        raise Invalid("released_later", said, field="released_on")


def _refuse_half_home(values: Mapping[str, Any]) -> None:
    kind, line, code = (values[name] for name in ("address_kind", "address_line_1", "postcode"))
    if not kind and (line or values["town"] or code):
        raise Invalid("say_which_home", "Say what kind of home it is.", field="address_kind")
    if kind == Address.Kind.MAIN_RESIDENCE and not line:
        raise Invalid("address_needed", "Enter the address.", field="address_line_1")
    if code and read_postcode(code) is None:
        raise Invalid("invalid_postcode", "That is no postcode.", field="postcode")


def _refuse_twice(values: Mapping[str, Any]) -> None:
    for place, name in enumerate(values["aliases"]):
        if name in values["aliases"][:place]:
            raise Invalid("alias_twice", "That name is written twice.", field="aliases")
    kinds: list[str] = [row["kind"] for row in values["identifiers"]]
    for place, kind in enumerate(kinds):
        if kind in kinds[:place]:
            said = "They have one number of a kind."
            raise Invalid("identifier_twice", said, field=f"identifiers.{place}.kind")


def _refuse_known(
    by: Actor, team: Team, values: Mapping[str, Any], *, is_another_person: bool
) -> None:
    """Nobody is registered twice. Whoever has the number already is not named here.

    They may be of another team, or closed to who asks.
    """
    if is_known(team.force_id, values["reference"]):
        raise RuleBroken("reference_known", "Somebody is on record under that reference already.")
    _refuse_held(values)
    if not is_another_person and might_be(by, values):
        said = "Somebody of that name and date of birth is on record. Say that it is another."
        raise RuleBroken("possible_duplicate", said)


def _refuse_held(values: Mapping[str, Any]) -> None:
    """Raise Invalid for a number that somebody has, in any force."""
    numbers = [(row["kind"], fold_number(row["value"])) for row in values["identifiers"]]
    taken = held(numbers)
    for place, number in enumerate(numbers):
        if number in taken:
            said = "Somebody on record has that number already."
            raise Invalid("identifier_known", said, field=f"identifiers.{place}.value")


def _intake(values: Mapping[str, Any], team: Team, manager: User | None) -> Intake:
    """What was typed, as another record would state it: nobody has assessed or decided yet."""
    rows: Sequence[Mapping[str, str]] = values["identifiers"]
    same = ("forename", "surname", "date_of_birth", "sex", "mappa_category", "mappa_level")
    also = ("ethnicity_self_defined", "ethnicity_officer_defined")
    return Intake(
        source_ref=values["reference"],
        **{name: values[name] for name in (*same, *also)},
        team_id=team.pk,
        offender_manager_id=manager.pk if manager else None,
        management_level=ManagementLevel.NOT_ASSESSED,
        management_mode=ManagementMode.ACTIVE,
        aliases=tuple(values["aliases"]),
        identifiers={Identifier.Kind(row["kind"]): row["value"] for row in rows},
        home=Home(
            values["address_kind"] or Address.Kind.MAIN_RESIDENCE,
            values["address_line_1"],
            values["town"],
            read_postcode(values["postcode"]) or "",
            None,
            None,
        ),
        registered=Registered(
            values["disposal"], values["relevant_date"], values["discharge_months"]
        ),
        whereabouts=Whereabouts(values["status"], values["status_since"], values["released_on"]),
        order=None,
        markers=(),
        notified_on=None,
    )


def _tell(person: Offender, manager: User | None, user: User) -> None:
    """Whoever manages them, unless they registered them; of who has nobody, the supervisors."""
    if manager is None:
        warn_of_unmanaged(teams=[person.team_id])
    elif manager != user:
        today: dt.date = timezone.localdate()
        tell(
            [
                Alert(
                    to=manager,
                    about=Alert.About.PEOPLE_RECEIVED,
                    subject=f"offender:{person.public_id}",
                    offender=person,
                    officer=user,
                    people=1,
                    on=today,
                )
            ]
        )
