"""The rules: those in force, each version with what it changes, and deciding on one."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts.actor import Actor
from accounts.policy import Action, grant
from audit.record import consult
from offenders.errors import Invalid
from rules import current
from rules.differences import Difference
from rules.drafting import worked
from rules.errors import RulesInvalid, RulesRefused
from rules.limits import OF_LOCAL, STATUTORY
from rules.models import RuleSetVersion
from rules.rule import Rule
from ui import forms, posting, words
from ui.fields import filled
from ui.views.page import READ, SEND, page, say, see_other, show, trail
from ui.views.rule_parts import chosen_rule, refusals_of
from workflows.actions import rule_sets as actions
from workflows.queries import rule_sets as reads
from workflows.steps.rules import DecideOnRules, ProposeChange

#: Versions that the list shows, newest first.
ROWS = 50
#: What of a proposal is about the rule or figure itself.
CHANGE = ("id", "to", "trigger", "due", "why")
#: What of a rule or figure is shown before and after.
SHOWN = ("period", "value", "days", "max_period", "enabled", "source", "evidence", "note")


@page(Action.RULES_VIEW, *READ)
def rules(request: HttpRequest, by: Actor) -> HttpResponse:
    """The rules in force today, and every version there is."""
    number = current.version_in_force(timezone.localdate()).number
    return _shown(request, by, number, in_list=True)


@page(Action.RULES_VIEW, *READ)
def version(request: HttpRequest, by: Actor, number: int) -> HttpResponse:
    """One version: what it changes, who decided, and all of its rules."""
    return _shown(request, by, number)


@page(Action.RULES_APPROVE, *SEND)
def approve(request: HttpRequest, by: Actor, number: int) -> HttpResponse:
    """Approve what another inspector proposed."""
    said = "Approved. Due dates follow on its day."
    act = actions.approve_rules
    return _decided(request, by, number, act, action=Action.RULES_APPROVE, said=said)


@page(Action.RULES_WITHDRAW, *SEND)
def withdraw(request: HttpRequest, by: Actor, number: int) -> HttpResponse:
    """Withdraw a proposal, or an approved version before its day."""
    act = actions.withdraw_rules
    return _decided(request, by, number, act, action=Action.RULES_WITHDRAW, said="Withdrawn.")


@page(Action.RULES_PROPOSE, "GET", "HEAD", "POST")
def propose(request: HttpRequest, by: Actor) -> HttpResponse:
    """The form of a proposal, and making it."""
    if request.method != "POST":
        asked = {"id": request.GET.get("rule", "")[:60], "to": request.GET.get("to", "")[:20]}
        chosen = {name: value for name, value in asked.items() if value} or None
        return _proposing(request, by, ProposeChange(instance=chosen))
    form = ProposeChange(data=forms.read(request.POST, ProposeChange))
    if not form.is_valid():
        return _proposing(request, by, form, status=400)
    change = {name: form.validated_data[name] for name in CHANGE if name in form.validated_data}
    values = {name: form.validated_data[name] for name in form.validated_data if name not in CHANGE}

    def run() -> HttpResponse:
        changes = worked(actions.standing(), [change], source=values["source"])
        made = actions.propose_rules(by=by, changes=changes, **values)
        return see_other("ui:rules-version", made.number)

    try:
        answer, is_replay = posting.once(request, by, run, action=Action.RULES_PROPOSE)
    except (Invalid, RulesInvalid, RulesRefused) as error:
        refusals = refusals_of(error, has_example="trigger" in change)
        return _proposing(request, by, form, refusals=refusals, status=400)
    if not is_replay:
        say(request, "Proposed. Another inspector decides.")
    return answer


def _decided(
    request: HttpRequest,
    by: Actor,
    number: int,
    act: Callable[..., RuleSetVersion],
    *,
    action: Action,
    said: str,
) -> HttpResponse:
    form = DecideOnRules(data=forms.read(request.POST, DecideOnRules))
    if not form.is_valid():
        return _shown(request, by, number, form=form, status=400)

    def run() -> HttpResponse:
        act(by=by, number=number, reason=form.validated_data["reason"])
        return see_other("ui:rules-version", number)

    try:
        answer, is_replay = posting.once(
            request, by, run, action=action, subject=f"rule_set:{number}"
        )
    except RulesRefused as error:
        return _shown(request, by, number, refusals={"": _said(error)}, status=409)
    if not is_replay:
        say(request, said)
    return answer


def _said(error: RulesRefused) -> list[str]:
    """What was refused, rule by rule where it is about rules."""
    return [f"{fault.about}: {fault.message}" for fault in error.faults] or [str(error)]


def _shown(
    request: HttpRequest,
    by: Actor,
    number: int,
    *,
    form: Serializer | None = None,
    refusals: dict[str, list[str]] | None = None,
    in_list: bool = False,
    status: int = 200,
) -> HttpResponse:
    found = reads.visible_version(by, number)
    consult(by=by, action=Action.RULES_VIEW, subject=f"rule_set:{number}")
    may_propose = grant(by, Action.RULES_PROPOSE) is not None
    known = current.rules_of(found)
    today = timezone.localdate()
    versions = reads.versions_page(after=None, limit=ROWS, today=today).rows if in_list else []
    context = {
        "section": "",
        "trail": [] if in_list else trail(("Rules", reverse("ui:rules"))),
        "version": _version_line(found),
        "versions": [_version_line(each) for each in versions],
        "in_list": in_list,
        "differences": [] if in_list else [_difference(d) for d in reads.difference_of(found)],
        "rules": [_rule_line(rule, may_propose and in_list) for rule in known.rules],
        "figures": [
            {"id": figure.id, "value": f"{figure.value} {figure.unit}", "source": figure.source,
             "evidence": figure.evidence, "may_change": may_propose and in_list}
            for figure in known.figures
        ],
        "evidence": words.EVIDENCE,
        "may_propose": may_propose,
        "may_try": grant(by, Action.RULES_TRY) is not None,
        "may_approve": found.state == "proposed"
        and grant(by, Action.RULES_APPROVE) is not None
        and found.proposed_by_id != by.user_id,
        "may_withdraw": grant(by, Action.RULES_WITHDRAW) is not None
        and found.origin == "proposed"
        and (found.state == "proposed" or found.effective_from > today)
        and found.state != "withdrawn",
        "form": form or DecideOnRules(),
        "refusals": refusals or {},
        "key": posting.new_key(),
    }  # fmt: skip
    return show(request, "rules.html", context, status=status)


def _proposing(
    request: HttpRequest,
    by: Actor,
    form: Serializer,
    *,
    refusals: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    consult(by=by, action=Action.RULES_PROPOSE)
    context = {
        "section": "",
        "trail": trail(("Rules", reverse("ui:rules"))),
        "chosen": chosen_rule(str(filled(form).get("id", ""))),
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
    }
    return show(request, "rules_propose.html", context, status=status)


def _version_line(found: RuleSetVersion) -> dict[str, Any]:
    steps = (
        ("Proposed", found.proposed_by, found.created_at, found.reason),
        ("Approved", found.approved_by, found.approved_at, found.approval_reason),
        ("Withdrawn", found.withdrawn_by, found.withdrawn_at, found.withdrawal_reason),
    )
    return {
        "number": found.number,
        "title": found.title,
        "state": found.get_state_display(),
        "from": words.long_day(found.effective_from),
        "is_shipped": found.origin == RuleSetVersion.Origin.SHIPPED,
        "source": found.source,
        "evidence": found.evidence,
        "steps": [
            {"word": word, "officer": user.display_name, "at": at, "reason": reason}
            for word, user, at, reason in steps
            if user is not None
        ],
    }


def _rule_line(rule: Rule, may_propose: bool) -> dict[str, Any]:
    return {
        "id": rule.id,
        "period": words.rule_period(rule),
        "counted": words.rule_words(rule),
        "source": rule.source,
        "evidence": rule.evidence,
        "enabled": rule.enabled,
        "may_change": may_propose and rule.kind not in STATUTORY and rule.period is not None,
    }


def _difference(found: Difference) -> dict[str, Any]:
    """What changed of one rule or figure, field by field, before and after."""
    fields: Iterable[str] = [name for name in found.fields if name in SHOWN and name in _FIELDS]
    if found.before is None or found.after is None:
        fields = [name for name in SHOWN if name in (found.after or found.before or {})]
    before, after = found.before or {}, found.after or {}
    return {
        "about": found.about,
        "how": found.how.capitalize(),
        "fields": [
            {"name": name.replace("_", " "), "before": before.get(name), "after": after.get(name)}
            for name in fields
        ],
        "examples": [
            f"{one['trigger']} → {one['due']}: {one['why']}" for one in after.get("examples", ())
        ],
    }


_FIELDS = OF_LOCAL | {"value", "unit"}
