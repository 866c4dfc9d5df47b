"""What can be wrong with a rule, or with the way it is asked."""


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
