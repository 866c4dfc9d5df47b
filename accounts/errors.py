"""Refusals by the permission table, which the outer rooms turn into 403; and by the accounts."""


class NotPermitted(Exception):
    """The actor may not do this here."""

    code = "not_permitted"


class ReasonRequired(NotPermitted):
    """The actor may do this, but must type a reason first."""

    code = "reason_required"


class AccountTaken(Exception):
    """The account, or the user name, is somebody's who signs in with it."""

    code = "account_taken"
