"""What can be wrong with a request about a person. Every room above raises these."""


class RuleBroken(Exception):
    """The facts do not allow it (409 on the wire). `code` is stable, `message` is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Invalid(Exception):
    """A value cannot be right (400 on the wire). `field` is where the person typed it."""

    def __init__(self, code: str, message: str, *, field: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class Stale(Exception):
    """The record changed since it was read (412 on the wire)."""

    code = "stale"

    def __init__(self, message: str = "This was changed by someone else. Read it again.") -> None:
        super().__init__(message)
        self.message = message
