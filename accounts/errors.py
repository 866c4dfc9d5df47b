"""Refusals by the permission table. The outer rooms turn them into 403."""


class NotPermitted(Exception):
    """The actor may not do this here."""

    code = "not_permitted"


class ReasonRequired(NotPermitted):
    """The actor may do this, but must type a reason first."""

    code = "reason_required"
