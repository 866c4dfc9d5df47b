"""Refusals by the permission table, of too many attempts, and by the accounts."""


class NotPermitted(Exception):
    """The actor may not do this here (403). `action`: what was refused, where that is known."""

    code = "not_permitted"

    def __init__(self, message: str = "", *, action: str = "") -> None:
        super().__init__(message)
        self.action = action


class ReasonRequired(NotPermitted):
    """The actor may do this, but must type a reason first. A question, not a refusal."""

    code = "reason_required"


class AccountTaken(Exception):
    """The account, or the user name, is somebody's who signs in with it."""

    code = "account_taken"


class TooManyAttempts(Exception):
    """Too many failures from the same caller (429). `seconds` until they may try again."""

    code = "too_many_requests"

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many attempts.")
        self.seconds = seconds
