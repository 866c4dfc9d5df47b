"""What can be wrong with a request about a person. Every room above raises these."""


class RuleBroken(Exception):
    """The facts do not allow it (409 on the wire). `code` is stable, `message` is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Invalid(Exception):
    """A value cannot be right (400 on the wire). `field` is where the person typed it.

    `others`: what else is wrong with what was sent, so that it is put right in one go.
    """

    def __init__(
        self, code: str, message: str, *, field: str, others: "tuple[Invalid, ...]" = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.others = others

    def by_field(self) -> "dict[str, list[Invalid]]":
        """All that is wrong, by where it was typed."""
        found: dict[str, list[Invalid]] = {}
        for error in (self, *self.others):
            found.setdefault(error.field, []).append(error)
        return found

    def words(self) -> dict[str, list[str]]:
        """The messages of all that is wrong, by where it was typed."""
        return {field: [one.message for one in found] for field, found in self.by_field().items()}


class Stale(Exception):
    """The record changed since it was read (412 on the wire)."""

    code = "stale"

    def __init__(self, message: str = "This was changed by someone else. Read it again.") -> None:
        super().__init__(message)
        self.message = message
