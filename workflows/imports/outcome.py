"""What became of some rows of an extract."""

from dataclasses import dataclass, field

from workflows.imports.refusals import Refusal


@dataclass(slots=True)
class Outcome:
    """Counts and names. The rows of one chunk, or of a whole file that was only looked at."""

    rows_read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    #: Teams and staff numbers that nobody knew.
    new_teams: list[str] = field(default_factory=list)
    new_officers: list[str] = field(default_factory=list)
    #: What a person should look at, as {"line", "source_ref", "code"}; never a refusal.
    remarks: list[dict[str, int | str]] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take in what became of further rows."""
        self.rows_read += other.rows_read
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.refusals += other.refusals
        self.new_teams += other.new_teams
        self.new_officers += other.new_officers
        self.remarks += other.remarks
