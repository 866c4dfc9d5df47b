"""Changing the rules: an inspector proposes, another approves, and open due dates follow."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action, require
from audit.models import Operation
from offenders.errors import Invalid
from rules import actions, current
from rules.models import RuleSetVersion
from rules.ruleset import RuleSet
from workflows.actions.alerts import tell
from workflows.actions.locking import officer
from workflows.hints import hint
from workflows.models import Alert
from workflows.queries.rule_sets import visible_version
from workflows.rule_changes import apply_rules

#: The Celery task that carries a version through (workflows/tasks.py).
TASK = "workflows.apply-rule-set"


@transaction.atomic
def propose_rules(
    *,
    by: Actor,
    effective_from: dt.date,
    title: str,
    source: str,
    evidence: str,
    reason: str,
    document: object = None,
    changes: Sequence[Mapping[str, Any]] = (),
) -> RuleSetVersion:
    """Propose a version of the rules: a whole document, or changes to the newest approved one.

    Every other inspector is told, as one of them must approve it.

    Raises NotPermitted, ReasonRequired, Invalid, RulesInvalid, RulesRefused (see
    `rules.actions.propose`).
    """
    require(by, Action.RULES_PROPOSE, reason=reason)
    if document is not None and changes:
        raise Invalid("one_of_both", "Send a document or changes.", field="changes")
    version = actions.propose(
        by=officer(by),
        effective_from=effective_from,
        title=title,
        source=source,
        evidence=evidence,
        reason=reason,
        document=document,
        changes=changes,
        today=timezone.localdate(),
    )
    _tell_inspectors(version, proposer=officer(by))
    _record(by, Action.RULES_PROPOSE, version, reason)
    return version


@transaction.atomic
def approve_rules(*, by: Actor, number: int, reason: str) -> RuleSetVersion:
    """Approve what another inspector proposed.

    Open due dates follow in the background at once where it takes effect today, else with the
    sweep of its day. Raises NotPermitted, ReasonRequired, NotVisible, RulesRefused (see
    `rules.actions.approve`).
    """
    require(by, Action.RULES_APPROVE, reason=reason)
    today = timezone.localdate()
    version = actions.approve(
        by=officer(by), version=visible_version(by, number), reason=reason, today=today
    )
    _record(by, Action.RULES_APPROVE, version, reason)
    if version.effective_from <= today:
        transaction.on_commit(partial(hint, TASK, version.pk))
    return version


@transaction.atomic
def withdraw_rules(*, by: Actor, number: int, reason: str) -> RuleSetVersion:
    """Withdraw a proposal, or an approved version whose day has not come.

    Raises NotPermitted, ReasonRequired, NotVisible, RulesRefused (see `rules.actions.withdraw`).
    """
    require(by, Action.RULES_WITHDRAW, reason=reason)
    version = actions.withdraw(
        by=officer(by),
        version=visible_version(by, number),
        reason=reason,
        today=timezone.localdate(),
    )
    _record(by, Action.RULES_WITHDRAW, version, reason)
    return version


def standing() -> RuleSet:
    """The rules that a proposal by changes is written from: the newest approved ones."""
    return current.rules_of(actions.newest_approved())


def apply_rule_set(version_id: int) -> int:
    """Carry a version through, if it is the one in force today. Returns how many people changed.

    Safe to run twice: a version that another has replaced meanwhile, or that is done, is left.
    """
    if current.version_in_force(timezone.localdate()).pk != version_id:
        return 0
    return apply_rules()


def _tell_inspectors(version: RuleSetVersion, *, proposer: User) -> None:
    """The rules are the same for every force: any inspector but the proposer may approve them."""
    today = timezone.localdate()
    inspectors = User.objects.filter(is_active=True, role=Role.INSPECTOR).exclude(pk=proposer.pk)
    tell(
        Alert(
            to=inspector,
            about=Alert.About.RULES_PROPOSED,
            subject=f"rules:{version.number}",
            officer=proposer,
            on=version.effective_from,
        )
        for inspector in inspectors.order_by("pk")
        if Actor.of_user(inspector, today).is_current
    )


def _record(by: Actor, action: Action, version: RuleSetVersion, reason: str) -> None:
    audit.record(
        by=by,
        action=action,
        operation=Operation.CONFIGURATION,
        subject=f"rule_set:{version.number}",
        reason=reason,
        payload={"effective_from": version.effective_from, "digest": version.digest},
    )
