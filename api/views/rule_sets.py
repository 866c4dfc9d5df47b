"""The rules: reading them, trying others, and changing them by two people."""

from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api import reading
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import rule_sets as shapes
from api.shapes import rule_trials as trials
from api.shapes.common import PagedQuery
from rules import current
from workflows.actions import rule_sets as actions
from workflows.queries import rule_sets as reads
from workflows.queries.what_if import ShiftRow, what_if


class RuleSetList(Endpoint):
    """Every version of the rules, newest first, and which is in force."""

    action = Action.RULES_VIEW
    operation_id = "list_rule_sets"
    query_shape = PagedQuery
    answer_shape = shapes.VersionList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else None
        today = timezone.localdate()
        page = reads.versions_page(after=after, limit=limit, today=today)
        self.consult(row_count=len(page.rows))
        shown = {
            "in_force": current.version_in_force(today).number,
            "results": [shapes.line(version) for version in page.rows],
        }
        return self.show(shown | cursor.links(page.next, limit))


class RuleSetDetail(Endpoint):
    """One version of the rules, whole, and how it differs from the version before."""

    action = Action.RULES_VIEW
    noun = "rule_set"
    operation_id = "get_rule_set"
    answer_shape = shapes.VersionAnswer

    def get(self, request: Request, rule_set: int) -> HttpResponseBase:
        found = reads.visible_version(self.by, rule_set)
        self.consult()
        return self.show(shapes.version(found, reads.difference_of(found)))


class RuleSetEffects(Endpoint):
    """Which due dates a version moved."""

    action = Action.RULES_VIEW
    noun = "rule_set"
    operation_id = "get_rule_set_effects"
    query_shape = PagedQuery
    answer_shape = shapes.EffectsAnswer

    def get(self, request: Request, rule_set: int) -> HttpResponseBase:
        found = reads.visible_version(self.by, rule_set)
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else 0
        page = reads.effects_page(actor=self.by, version=found, after=after, limit=limit)
        self.consult(ids=[str(row.person_id) for row in page.rows], row_count=len(page.rows))
        shown = shapes.effects(reads.effects(actor=self.by, version=found), page.rows)
        return self.show(shown | cursor.links(page.next, limit))


class TryRules(Endpoint):
    """What other rules would do to the live caseload. A POST for its body; it changes nothing."""

    action = Action.RULES_TRY
    operation_id = "try_rules"
    body_shape = trials.TryRules
    answer_shape = trials.TrialAnswer

    def post(self, request: Request) -> HttpResponseBase:
        asked = reading.body(request, trials.TryRules)
        limit = asked.pop("limit")
        trial = what_if(
            actor=self.by,
            values=asked.get("changes"),
            number=asked.get("version"),
            today=timezone.localdate(),
        )
        named: list[ShiftRow] = []
        left_out = 0
        for row in trial.rows():
            if len(named) < limit:
                named.append(row)
            else:
                left_out += 1
        self.consult(
            ids=[str(row.person.id) for row in named],
            row_count=len(named),
            filters={name: str(value) for name, value in asked.items()},
        )
        return self.show(trials.trial(trial, named, left_out))


class ProposeRules(WritingEndpoint):
    """Propose a version of the rules. Another inspector approves it."""

    action = Action.RULES_PROPOSE
    operation_id = "propose_rules"
    body_shape = shapes.ProposeRules
    answer_shape = shapes.VersionAnswer
    answer_status = 201

    def post(self, request: Request) -> HttpResponseBase:
        said = self.sent()

        def run() -> Answer:
            made = actions.propose_rules(by=self.by, **said)
            found = reads.visible_version(self.by, made.number)
            data = shapes.version(found, reads.difference_of(found))
            return Answer(data, status=201, headers={"Location": shapes.path(found)})

        return self.write(run)


class DecidingOnRules(WritingEndpoint):
    """What settles a version."""

    noun = "rule_set"
    body_shape = shapes.DecideRules
    answer_shape = shapes.VersionLine
    perform: Any

    def post(self, request: Request, rule_set: int) -> HttpResponseBase:
        reason = self.sent()["reason"]

        def run() -> Answer:
            type(self).perform(by=self.by, number=rule_set, reason=reason)
            return Answer(shapes.line(reads.visible_version(self.by, rule_set)))

        return self.write(run)


class ApproveRules(DecidingOnRules):
    """Approve a version that another inspector proposed. Open due dates follow on its day."""

    action = Action.RULES_APPROVE
    operation_id = "approve_rules"
    perform = staticmethod(actions.approve_rules)


class WithdrawRules(DecidingOnRules):
    """Withdraw a proposal, or an approved version before its day."""

    action = Action.RULES_WITHDRAW
    operation_id = "withdraw_rules"
    perform = staticmethod(actions.withdraw_rules)
