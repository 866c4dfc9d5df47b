"""What the templates of the form fields are given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: Labels up to this long, in characters, fit a tile on a phone.
TILE_LABEL = 28


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio, checkbox or option."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One of several inputs that make a single value, such as the day of a date."""

    name: str
    id: str
    label: str
    value: str
    width: int
    is_clock: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of several fields. `empty`: a spare one, which stays folded until it is needed."""

    id: str
    heading: str
    widgets: tuple["Widget", ...]
    empty: bool
    errors: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What was typed into the row, on one line."""
        return "; ".join(
            said if widget.kind == "fixed" else f"{widget.label}: {said}"
            for widget in self.widgets
            if (said := widget.said) and not widget.style.get("key")
        )


@dataclass(frozen=True, slots=True)
class Widget:
    """Everything a template needs to draw one field."""

    kind: str
    name: str
    id: str
    label: str
    hint: str
    required: bool
    errors: tuple[str, ...]
    value: str
    style: Mapping[str, object]
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()
    lines: tuple["Widget", ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def template(self) -> str:
        return f"ui/components/fields/{self.kind}.html"

    @property
    def target(self) -> str:
        """Id of the input that an error link leads to."""
        return self.parts[0].id if self.parts else self.id

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error, for `aria-describedby`."""
        hint = [f"{self.id}-hint"] if self.hint else []
        return " ".join(hint + ([f"{self.id}-error"] if self.errors else []))

    @property
    def tiles(self) -> bool:
        """Whether the choices are short enough to be tiles."""
        return all(len(choice.label) <= TILE_LABEL for choice in self.choices)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Each error with the id of its input, in the order of the page.

        Of a line or a row with its place or name: the same may be wrong with several.
        """
        for message in self.errors:
            yield message, self.target
        for place, line in enumerate(self.lines, start=1):
            for message, target in line.problems():
                yield f"{self.label} {place}: {message}", target
        for row in self.rows:
            for message in row.errors:
                yield f"{row.heading}: {message}", row.id
            for widget in row.widgets:
                for message, target in widget.problems():
                    yield f"{row.heading}: {message}", target

    @property
    def said(self) -> str:
        """What was typed or chosen, as a page says it back that cannot take it."""
        if self.choices:
            return ", ".join(choice.label for choice in self.choices if choice.chosen)
        if self.parts:
            return " ".join(part.value for part in self.parts if part.value)
        if self.rows:
            return "\n".join(row.said for row in self.rows if not row.empty)
        return "\n".join(line.value for line in self.lines if line.value) or self.value
