"""What a force may change in the rules, and what it may not. Pure.

Statute is not a force's to change: its rules stay as shipped, but for their notes and examples, and
for being switched on when they commence. Of its own rules a force changes how long, not what they
count or from what; and none that the service counts from can go (docs/decisions/0012).
"""

from collections.abc import Iterator

from rules.bounds import beyond
from rules.errors import Fault
from rules.rule import Rule
from rules.ruleset import RuleSet

STATUTORY = ("statutory", "statutory_police")
#: Fields of a rule that a force may write otherwise.
OF_ANY = frozenset({"note", "examples", "enabled"})
OF_LOCAL = OF_ANY | {"period", "days", "max_period", "source", "evidence"}


def overstepped(after: RuleSet, *, shipped: RuleSet, before: RuleSet) -> list[Fault]:
    """Every reason why a force may not put `after` in the place of `before`.

    `shipped` is the newest version that came with the service: the law as it knows it. Codes:
    `statutory_rule`, `rule_needed`, `rule_shape`, `figure_needed`, `figure_shape`.
    """
    return [
        *_rules(after, shipped, before),
        *_notification_periods(after, shipped),
        *_figures(after, shipped),
        *beyond(after),
    ]


def _rules(after: RuleSet, shipped: RuleSet, before: RuleSet) -> Iterator[Fault]:
    proposed = {rule.id: rule for rule in after.rules}
    standing = {rule.id: rule for rule in before.rules}
    for ours in shipped.rules:
        rule = proposed.pop(ours.id, None)
        if rule is None:
            yield Fault("rule_needed", ours.id, "The service counts from this rule: keep it.")
            continue
        yield from _rule(rule, ours, was_enabled=standing.get(ours.id, ours).enabled)
    for rule in proposed.values():
        if rule.kind in STATUTORY:
            yield Fault("statutory_rule", rule.id, "A force adds no statute.")


def _rule(rule: Rule, ours: Rule, *, was_enabled: bool) -> Iterator[Fault]:
    is_law = ours.kind in STATUTORY
    allowed = OF_ANY if is_law else OF_LOCAL
    other = [name for name in type(rule).model_fields if getattr(rule, name) != getattr(ours, name)]
    strange = [name for name in other if name not in allowed]
    if strange and is_law:
        named = ", ".join(strange)
        yield Fault("statutory_rule", ours.id, f"A force does not change statute: {named}.")
    elif strange or rule.leads_to != ours.leads_to:
        named = ", ".join(strange or ["days"])
        yield Fault("rule_shape", ours.id, f"What is counted, and from what, is fixed: {named}.")
    if was_enabled and not rule.enabled:
        code = "statutory_rule" if is_law else "rule_needed"
        yield Fault(code, ours.id, "A rule in force is not switched off.")


def _notification_periods(after: RuleSet, shipped: RuleSet) -> Iterator[Fault]:
    """How long somebody is registered (s.82) is statute, all of it."""
    law, proposed = (
        {period.disposal: (period.adult, period.under18) for period in rules.notification_periods}
        for rules in (shipped, after)
    )
    for disposal in [*law, *(name for name in proposed if name not in law)]:
        if law.get(disposal) != proposed.get(disposal):
            yield Fault("statutory_rule", disposal, "How long somebody is registered is statute.")


def _figures(after: RuleSet, shipped: RuleSet) -> Iterator[Fault]:
    proposed = {figure.id: figure for figure in after.figures}
    for ours in shipped.figures:
        figure = proposed.get(ours.id)
        if figure is None:
            yield Fault("figure_needed", ours.id, "The service reckons with this figure: keep it.")
        elif figure.unit != ours.unit:
            yield Fault("figure_shape", ours.id, f"It is counted in {ours.unit}.")
