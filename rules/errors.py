"""What can be wrong with a rule, or with the way it is asked."""

from collections.abc import Sequence
from typing import NamedTuple, Self


class UnknownRule(KeyError):
    """No rule, or no disposal, of that name is in the rule set."""

    def __str__(self) -> str:
        # KeyError would print the message in quotation marks.
        return str(self.args[0])


class RuleNotInForce(LookupError):
    """The rule is kept, but disabled: most often enacted and not yet commenced."""


class NotCounted(ValueError):
    """The rule does not lead to what was asked of it: no date, no hours, no number of times."""


class NoRulesInForce(LookupError):
    """No version of the rule set covers that date."""


class RulesAltered(RuntimeError):
    """A stored version no longer matches its digest. Nothing may be counted from it."""


class Fault(NamedTuple):
    """One thing wrong with a proposed rule set: a stable code, the rule or figure, and why."""

    code: str
    about: str
    message: str


class RulesInvalid(ValueError):
    """What was sent cannot be read as a rule set (400 on the wire). Says every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message)
        self.faults = tuple(faults)


class RulesRefused(Exception):
    """A rule set that can be read may not be in force (409 on the wire).

    `code` is that of the first fault; `faults` names the rules, where it is about some.
    """

    def __init__(self, code: str, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.faults = tuple(faults)

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> Self:
        """The refusal for faults of rules."""
        first = faults[0]
        return cls(first.code, f"{first.about}: {first.message}", faults)
