"""Proposing, approving and withdrawing a version of the rules: the only code that writes one.

Who may is asked above (`workflows.actions.rule_sets`), which also records the event and brings
open due dates in line.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.db.models.functions import Now

from accounts.models import User
from rules import current
from rules.differences import differences
from rules.drafting import changed, read
from rules.errors import NoRulesInForce, RulesRefused
from rules.examples import failing, uncountable
from rules.limits import overstepped
from rules.models import RuleSetVersion
from rules.ruleset import RuleSet

State, Origin = RuleSetVersion.State, RuleSetVersion.Origin


def propose(
    *,
    by: User,
    effective_from: dt.date,
    title: str,
    source: str,
    evidence: str,
    reason: str,
    document: object = None,
    changes: Sequence[Mapping[str, Any]] = (),
    today: dt.date,
) -> RuleSetVersion:
    """A new version, from a whole document or from changes to the newest approved one.

    Raises RulesInvalid; RulesRefused `in_past`, `before_approved`, `no_change`, `statutory_rule`,
    `rule_needed`, `rule_shape`, `figure_needed`, `figure_shape`, `out_of_range`,
    `example_missing`, `example_fails`.
    """
    _lock()
    base = newest_approved()
    standing = current.rules_of(base)
    rules = changed(standing, changes) if document is None else read(document)
    if not differences(standing, rules):
        raise RulesRefused("no_change", f"That is what version {base.number} says already.")
    _refuse_day(effective_from, base, today)
    _refuse_faults(rules, standing)
    last = RuleSetVersion.objects.aggregate(number=Max("number"))["number"]
    return RuleSetVersion.objects.create(
        number=last + 1,
        effective_from=effective_from,
        title=title,
        source=source,
        evidence=evidence,
        reason=reason,
        document=rules.document(),
        digest=rules.digest(),
        based_on=base,
        proposed_by=by,
    )


def approve(*, by: User, version: RuleSetVersion, reason: str, today: dt.date) -> RuleSetVersion:
    """Put a proposed version in force from its day. Never by who proposed it.

    Looks at limits and examples once more: bank holidays or the shipped law may have changed.
    Raises RulesRefused as `propose` does, and `not_proposed`, `own_proposal`, `superseded`.
    """
    _lock()
    found = RuleSetVersion.objects.get(pk=version.pk)
    if found.state != State.PROPOSED:
        raise RulesRefused("not_proposed", f"This version is {found.get_state_display().lower()}.")
    if found.proposed_by_id == by.pk:
        raise RulesRefused("own_proposal", "Another inspector approves what you proposed.")
    base = newest_approved()
    if found.based_on_id != base.pk:
        raise RulesRefused(
            "superseded", f"Version {base.number} was approved since. Propose this change anew."
        )
    _refuse_day(found.effective_from, base, today)
    _refuse_faults(current.rules_of(found), current.rules_of(base))
    found.state, found.approved_by, found.approval_reason = State.APPROVED, by, reason
    found.approved_at, found.approved_on = Now(), today
    found.save(
        update_fields=["state", "approved_by", "approved_at", "approved_on", "approval_reason"]
    )
    found.refresh_from_db(fields=["approved_at"])
    return found


def withdraw(*, by: User, version: RuleSetVersion, reason: str, today: dt.date) -> RuleSetVersion:
    """Take back a proposal, or the newest approved version before its day has come.

    Raises RulesRefused `not_proposed`, `in_force`, `built_on`.
    """
    _lock()
    found = RuleSetVersion.objects.get(pk=version.pk)
    if found.state == State.WITHDRAWN or found.origin == Origin.SHIPPED:
        raise RulesRefused("not_proposed", "There is no proposal to withdraw.")
    if found.state == State.APPROVED:
        if found.effective_from <= today:
            raise RulesRefused("in_force", "It took effect. Propose another version instead.")
        if found.pk != newest_approved().pk:
            raise RulesRefused("built_on", "A later version was approved on top of this one.")
    found.state, found.withdrawn_by, found.withdrawal_reason = State.WITHDRAWN, by, reason
    found.withdrawn_at, found.withdrawn_on = Now(), today
    found.save(
        update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_on", "withdrawal_reason"]
    )
    found.refresh_from_db(fields=["withdrawn_at"])
    return found


def newest_approved() -> RuleSetVersion:
    """The approved version that takes effect last: what a proposal would replace.

    Raises NoRulesInForce.
    """
    approved = RuleSetVersion.objects.filter(state=State.APPROVED)
    found = approved.order_by("-effective_from", "-number").first()
    if found is None:
        raise NoRulesInForce("No version of the rules is approved.")
    return found


def shipped() -> RuleSet:
    """The newest rules that came with the service: the law as it knows it."""
    version = RuleSetVersion.objects.filter(origin=Origin.SHIPPED).order_by("-number")[0]
    return current.rules_of(version)


def _lock() -> None:
    """One at a time: a proposal takes the next number, an approval rests on what is approved."""
    versions = RuleSetVersion.objects.order_by("pk").select_for_update(no_key=True)
    list(versions.values_list("pk"))


def _refuse_day(effective_from: dt.date, base: RuleSetVersion, today: dt.date) -> None:
    if effective_from < today:
        raise RulesRefused("in_past", "Rules take effect today or later, never in the past.")
    if effective_from < base.effective_from:
        raise RulesRefused(
            "before_approved",
            f"Version {base.number} is approved from {base.effective_from}: withdraw it first, "
            "or choose that day or a later one.",
        )


def _refuse_faults(rules: RuleSet, standing: RuleSet) -> None:
    """Raise RulesRefused for what a force may not change, and for examples that do not hold."""
    faults = overstepped(rules, shipped=shipped(), before=standing)
    calendar = current.calendar()
    faults = faults or uncountable(rules, calendar) or failing(rules, calendar)
    if faults:
        raise RulesRefused.of(faults)
