"""People with open work, written straight into the tables: what a list reads, and no more.

For the tests of lists, which are about reading. Tests of acts use `tests.make`.
"""

import datetime as dt
from itertools import count

from django.utils import timezone

from accounts.models import Force, Role, Team, User
from offenders.models import (
    ConflictOfInterest,
    LevelDecision,
    NotificationBasis,
    Offender,
    RestrictedAccess,
    StatusInterval,
)
from risk.models import Indicator, IndicatorAccess
from workflows.engine import bulk
from workflows.models import Kind, Obligation, Task, Visit

_number = count(1)
VETTED = dt.date(2099, 12, 31)


def force() -> Force:
    """A force of its own."""
    return Force.objects.create(code=f"C{next(_number)}", name="Example Constabulary")


def team(of: Force) -> Team:
    """A team of a force."""
    return Team.objects.create(force=of, name=f"Team {next(_number)}")


def officer(
    role: str = Role.OFFENDER_MANAGER, *, team: Team | None = None, force: Force | None = None
) -> User:
    """Someone with a role, in date."""
    number = next(_number)
    return User.objects.create(
        username=f"crowd{number}",
        role=role,
        team=team,
        force=force or (team.force if team else None),
        staff_number=f"C{number:05}",
        vetting_expires_on=VETTED,
        first_name="Sam",
        last_name=f"Officer{number}",
    )


def person(manager: User | None, *, team: Team | None = None, **facts: object) -> Offender:
    """A person of a manager's team, on the register and in the community."""
    team = team or manager.team
    number = next(_number)
    defaults = {
        "source_ref": f"N{number:06}",
        "surname": "Nominal",
        "forename": "Test",
        "search_key": "nominal test",
        "date_of_birth": dt.date(1980, 2, 29),
        "sex": "M",
        "management_level": "medium",
    }
    offender = Offender.objects.create(
        force=team.force, team=team, offender_manager=manager, **(defaults | facts)
    )
    today = timezone.localdate()
    begun = today - dt.timedelta(days=400)
    NotificationBasis.objects.create(
        offender=offender, disposal="life_or_ipp_or_30m_plus", relevant_date=begun
    )
    StatusInterval.objects.create(offender=offender, status="community", from_on=begun)
    LevelDecision.objects.create(
        offender=offender, level=offender.management_level, decided_on=begun, origin="imported"
    )
    return offender


def seen_on(offender: Offender, day: dt.date) -> Visit:
    """An effective visit taken over from another record."""
    return Visit.objects.create(
        offender=offender, occurred_on=day, outcome="effective", origin="imported"
    )


def owing(offender: Offender, due_on: dt.date, kind: str = Kind.HOME_VISIT) -> Obligation:
    """Something owed, with its task open."""
    obligation = Obligation.objects.create(
        offender=offender,
        force=offender.force,
        kind=kind,
        due_on=due_on,
        original_due_on=due_on,
        rule="visit.interval.medium",
    )
    bulk.open_work([obligation.pk])
    return obligation


def task(offender: Offender, due_on: dt.date, kind: str = Kind.HOME_VISIT, **given: object) -> Task:
    """The open task of something owed, with `given` in place of its own."""
    obligation = owing(offender, due_on, kind)
    Task.objects.open().filter(process__obligation=obligation).update(**given)
    return Task.objects.get(process__obligation=obligation, flow_task_type="HUMAN")


def conflict(offender: Offender, user: User, *, withdrawn: bool = False) -> None:
    """A declared conflict of interest."""
    ConflictOfInterest.objects.create(
        offender=offender,
        user=user,
        declared_by=user,
        withdrawn_at=timezone.now() if withdrawn else None,
    )


def named(offender: Offender, user: User, *, ended: bool = False) -> None:
    """A user who may see a restricted person."""
    RestrictedAccess.objects.create(
        offender=offender, user=user, named_by=user, ended_at=timezone.now() if ended else None
    )


def indicator(offender: Offender, code: str = "UDEV", **given: object) -> Indicator:
    """A live indicator about a person, high and graded 1A, with `given` in place of its own.

    Untriaged; triaged where `decays_from` is given or `state` says so. The standing is not kept:
    `standings.keep_standings` does it.
    """
    number, by = next(_number), offender.offender_manager or officer(team=offender.team)
    now = timezone.now()
    facts: dict[str, object] = {
        "source": "example",
        "external_id": f"X{number}",
        "code": code,
        "severity": "high",
        "source_grade": 1,
        "assessment_grade": "A",
        "handling": "P",
        "sanitised": False,
        "occurred_at": now,
        "content_digest": "0" * 64,
        "triage_by": now,
        "client_label": "example",
        "state": "triaged" if given.get("decays_from") else "untriaged",
        "matched_by": by,
        "matched_at": now,
    } | given
    if facts["state"] == "triaged":
        facts |= {"outcome": "linked_to_task", "triaged_by": by, "triaged_at": now}
    return Indicator.objects.create(force=offender.force, offender=offender, **facts)


def named_for(found: Indicator, user: User, *, ended: bool = False) -> None:
    """A user who may see a restricted indicator."""
    IndicatorAccess.objects.create(
        indicator=found, user=user, named_by=user, ended_at=timezone.now() if ended else None
    )
