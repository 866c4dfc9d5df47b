"""The teams and officers of a force by the names that an extract uses, new ones among them."""

from collections.abc import Iterable, Sequence

from accounts.actions import create_team, register_named_officer
from accounts.actor import Actor
from accounts.models import Force, Team, User
from workflows.imports.row import Row

#: Team of a person whose row names neither a team nor an officer with one.
UNALLOCATED = "Unallocated"


class Directory:
    """Looks names up, in any case, without asking the database for each row.

    `force` None: a force that does not exist yet, in which nobody is known.
    """

    def __init__(self, force: Force | None) -> None:
        self._force = force
        self._teams: dict[str, int] = {}
        self._officers: dict[str, int] = {}
        #: Team of each officer who has one.
        self._team_of: dict[str, int] = {}
        self._load()

    def team_id(self, row: Row) -> int:
        """The team of a person: the one named, else their officer's. 0: not known any more."""
        if not row.team and (key := self._team_of.get(row.offender_manager.casefold())):
            return key
        return self._teams.get((row.team or UNALLOCATED).casefold(), 0)

    def officer_id(self, row: Row) -> int | None:
        """The officer who manages a person, where one is named."""
        return self._officers.get(row.offender_manager.casefold())

    def new_teams(self, rows: Iterable[Row]) -> list[str]:
        """Names of teams that nobody knows, each once."""
        unknown = {
            name.casefold(): name
            for row in rows
            if (name := self._team_named(row)) and name.casefold() not in self._teams
        }
        return list(unknown.values())

    def new_officers(self, rows: Iterable[Row]) -> dict[str, Row]:
        """Staff numbers that nobody knows, each with the first row that names it."""
        unknown: dict[str, tuple[str, Row]] = {}
        for row in rows:
            number = row.offender_manager.casefold()
            if number and number not in self._officers:
                unknown.setdefault(number, (row.offender_manager, row))
        return dict(unknown.values())

    def register(self, rows: Sequence[Row], *, by: Actor) -> tuple[list[str], list[str]]:
        """Add the teams and officers that nobody knows: the officers inactive, without a password,
        each in the team of their first row. Returns the names. The caller holds the force's lock.
        """
        if self._force is None:
            raise ValueError("Nobody can be added to a force that does not exist.")
        if self.new_teams(rows) or self.new_officers(rows):
            self._load()  # another import may have added them since
        teams, officers = self.new_teams(rows), self.new_officers(rows)
        for name in teams:
            team = create_team(by=by, force=self._force, name=name)
            self._teams[name.casefold()] = team.pk
        homes = Team.objects.in_bulk({self.team_id(row) for row in officers.values()})
        for number, row in officers.items():
            home = homes[self.team_id(row)]
            officer = register_named_officer(
                by=by, force=self._force, team=home, staff_number=number
            )
            self._officers[number.casefold()] = officer.pk
            self._team_of[number.casefold()] = home.pk
        return teams, list(officers)

    def note(self, teams: Iterable[str], officers: Iterable[str]) -> None:
        """Know names from here on without adding anyone, as a dry run does."""
        self._teams |= {name.casefold(): 0 for name in teams}
        self._officers |= {number.casefold(): 0 for number in officers}

    def _team_named(self, row: Row) -> str:
        """The name by which the team of a row is looked up; "" where its officer has one."""
        if row.team or row.offender_manager.casefold() in self._team_of:
            return row.team
        return UNALLOCATED

    def _load(self) -> None:
        """Read the names from the database, in two statements."""
        if self._force is None:
            return
        teams = Team.objects.filter(force=self._force)
        self._teams |= {name.casefold(): key for name, key in teams.values_list("name", "pk")}
        officers = User.objects.filter(force=self._force).exclude(staff_number="")
        for number, key, team in officers.values_list("staff_number", "pk", "team_id"):
            self._officers[number.casefold()] = key
            if team is not None:
                self._team_of[number.casefold()] = team
