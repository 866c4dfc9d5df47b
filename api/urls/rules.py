"""Routes of the rule set."""

from django.urls import path

from api.views import rule_sets

urlpatterns = [
    path("rule-sets", rule_sets.RuleSetList.as_view(), name="rule-sets"),
    path("rule-sets:propose", rule_sets.ProposeRules.as_view(), name="propose-rules"),
    path("rule-sets:what-if", rule_sets.TryRules.as_view(), name="try-rules"),
    path("rule-sets/<int:rule_set>", rule_sets.RuleSetDetail.as_view(), name="rule-set"),
    path(
        "rule-sets/<int:rule_set>/approve", rule_sets.ApproveRules.as_view(), name="approve-rules"
    ),
    path(
        "rule-sets/<int:rule_set>/withdraw",
        rule_sets.WithdrawRules.as_view(),
        name="withdraw-rules",
    ),
    path(
        "rule-sets/<int:rule_set>/effects", rule_sets.RuleSetEffects.as_view(), name="rule-effects"
    ),
]
