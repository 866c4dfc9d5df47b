"""What another record says of a person when we take them over. Pure: writes nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

from offenders.models import Address, Identifier, ManagementLevel, ManagementMode, Offender, Status


class Home(NamedTuple):
    """A home address, or the place where someone without one is regularly found."""

    kind: str
    line_1: str
    town: str
    postcode: str
    easting: int | None
    northing: int | None

    @property
    def is_stated(self) -> bool:
        """Whether the record says anything: the kind alone does where it is not the usual one."""
        return self != Home(Address.Kind.MAIN_RESIDENCE, "", "", "", None, None)


class Whereabouts(NamedTuple):
    """Where a person is, since when, and when they were last released."""

    status: str
    since: dt.date | None
    released_on: dt.date | None


class CourtOrder(NamedTuple):
    """An order. `ends_on` None: until further order."""

    kind: str
    made_on: dt.date
    ends_on: dt.date | None


class Registered(NamedTuple):
    """What registers a person (s.82). `discharge_months`: of a conditional discharge alone."""

    disposal: str
    relevant_date: dt.date
    discharge_months: int | None = None


class Interval(NamedTuple):
    """A status over `[from_on, until_on)`."""

    status: str
    from_on: dt.date
    until_on: dt.date | None
    began_with_release: bool


class Remark(NamedTuple):
    """Something that a person should look at, by the person's reference and a stable code."""

    source_ref: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One person as another record states them, in the codes of our tables."""

    source_ref: str
    forename: str
    surname: str
    date_of_birth: dt.date
    sex: str
    ethnicity_self_defined: str
    ethnicity_officer_defined: str
    mappa_category: int | None
    mappa_level: int | None
    team_id: int
    offender_manager_id: int | None
    management_level: ManagementLevel
    management_mode: ManagementMode
    aliases: tuple[str, ...]
    #: By kind; a kind that the record leaves empty is absent.
    identifiers: Mapping[Identifier.Kind, str]
    home: Home
    registered: Registered
    whereabouts: Whereabouts
    order: CourtOrder | None
    markers: tuple[str, ...]
    notified_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the record said before (None: nothing that we kept) and what it says now."""

    offender: Offender
    before: Intake | None
    after: Intake

    @property
    def parts(self) -> frozenset[str]:
        """The fields of the intake that differ."""
        names = (field.name for field in fields(Intake))
        if self.before is None:
            return frozenset(names)
        return frozenset(
            name for name in names if getattr(self.before, name) != getattr(self.after, name)
        )


def intervals(intake: Intake) -> list[Interval]:
    """Where the person has been, as far as the record says; no stay is invented.

    In the community from release, or from the relevant date where none is stated, until the
    present status began.
    """
    status, since, released_on = intake.whereabouts
    begins = released_on or intake.registered.relevant_date
    is_released = released_on is not None
    if status == Status.COMMUNITY:
        return [Interval(status, begins, None, is_released)]
    present = Interval(status, since or begins, None, began_with_release=False)
    if present.from_on > begins:
        return [Interval(Status.COMMUNITY, begins, present.from_on, is_released), present]
    if present.from_on == released_on and status not in (Status.CUSTODY, Status.HOSPITAL):
        # Released that day, and gone the same day.
        present = present._replace(began_with_release=True)
    return [present]
