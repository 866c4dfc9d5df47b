"""For each route of the API: a sound request on a record, and the line of the permission table.

Written down here a second time on purpose: the test of role by route compares what the routes do
with what this list and the table say.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import Role
from accounts.policy import Action
from tests import make
from tests.api.scenes import (
    ASSESSMENT,
    ENQUIRY,
    PROPOSAL,
    RECOMMENDATION,
    WHY,
    Record,
    Scene,
    a_delegation,
    a_free_task,
    a_longer_interval,
    a_missing_person,
    a_person,
    a_plan,
    a_plan_review,
    a_planned_person,
    a_proposal,
    a_reactive_person,
    a_reactive_proposal,
    a_reassignment,
    a_recommended_proposal,
    a_sample,
    a_sampled_person,
    a_scored_person,
    a_settled_person,
    a_task,
    a_task_of_a_missing_person,
    a_team,
    a_visit,
    a_visit_of_concern,
    a_visited_person,
    a_warrant_applied_for,
    a_warrant_recommended,
    account_of,
    after,
    an_absence,
    an_action,
    an_alert,
    an_import_job,
    an_offer_from,
    an_offer_to,
    an_officer,
    an_officer_out_alone,
    an_open_level,
    day,
    decisions_to,
    detained,
    device_of,
    ending,
    enquired_after_twice,
    entry_failed,
    facts_of_a_score,
    managed_reactively,
    nothing,
    notification,
    person_with_a_device,
    person_with_an_account,
    person_with_an_order,
    reactive_proposal,
    rules_proposal,
    score_of,
    someone_not_resident,
    someone_said_to_be_dead,
    spoken,
    visit_of,
    warrant_decision,
    warrant_of,
)
from tests.workflows import planning


@dataclass(frozen=True)
class Route:
    """One route: how it is called, on what, and what permits it.

    `seen_by` is what makes its record visible: without it the answer is 404, with it but without
    `action` 403. Lists and routes without a record have none.
    """

    method: str
    path: str
    action: Action
    record: Record = nothing
    body: Callable[[Scene], Any] = lambda scene: {}
    seen_by: Action | None = None
    ok: int = 200
    #: What is asked for before the record is looked up, where it is less than `action`.
    door: Action | None = None
    #: Roles that the table lets through and a rule of the action then refuses (409).
    rule_refuses: frozenset[Role] = frozenset()
    #: What it shows is more than the short card: who sees the card alone is refused.
    is_beyond_card: bool = False


def _step(name: str, action: Action, record: Record, body: Callable[[], dict[str, Any]]) -> Route:
    return Route(
        "POST",
        f"tasks/{{}}/{name}",
        action,
        record,
        lambda scene: spoken(body()),
        Action.TASK_VIEW,
        door=Action.TASK_VIEW,
    )


def _task(name: str, action: Action, record: Record, body: Callable[[Scene], Any]) -> Route:
    return Route("POST", f"tasks/{{}}/{name}", action, record, body, Action.TASK_VIEW)


def _person(name: str, action: Action, body: Callable[[Scene], Any], ok: int = 200) -> Route:
    return Route("POST", f"offenders/{{}}/{name}", action, a_person, body, Action.OFFENDER_VIEW, ok)


def _record(name: str, record: Record = a_person) -> Route:
    seen_by = Action.OFFENDER_VIEW
    return Route(
        "GET", f"offenders/{{}}/{name}", seen_by, record, seen_by=seen_by, is_beyond_card=True
    )


VIEW_TASK, VIEW_PERSON = Action.TASK_VIEW, Action.OFFENDER_VIEW

#: Every route, by its name in the URL conf.
ROUTES: dict[str, Route] = {
    "tasks": Route("GET", "tasks", VIEW_TASK),
    "task": Route("GET", "tasks/{}", VIEW_TASK, a_task("record_outcome"), seen_by=VIEW_TASK),
    "task-form": Route(
        "GET", "tasks/{}/form", VIEW_TASK, a_task("record_outcome"), seen_by=VIEW_TASK
    ),
    "claim-task": _task("claim", Action.TASK_CLAIM, a_free_task, lambda scene: {}),
    # An officer releases what they hold themselves; here it is the manager who holds it.
    "release-task": Route(
        "POST",
        "tasks/{}/release",
        Action.TASK_RELEASE,
        a_task("record_outcome"),
        seen_by=VIEW_TASK,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "reassign-task": _task(
        "reassign",
        Action.TASK_REASSIGN,
        a_task("record_outcome"),
        lambda scene: {"to": str(scene.second.public_id), "reason": WHY},
    ),
    "defer-task": _task(
        "defer",
        Action.TASK_DEFER,
        a_task("record_outcome"),
        lambda scene: {"until": day(3), "reason": WHY},
    ),
    "authorise-lone-visit": _task(
        "authorise-lone-visit",
        Action.LONE_VISIT_AUTHORISE,
        a_task("record_outcome"),
        lambda scene: {"officer": str(scene.manager.public_id), "risk_assessment": WHY},
    ),
    "complete-record-outcome": _step(
        "record-outcome", Action.VISIT_RECORD, a_task("record_outcome"), make.outcome
    ),
    "complete-write-up": _step(
        "write-up",
        Action.VISIT_WRITE_UP,
        after("record_outcome", make.outcome, "write_up"),
        lambda: make.write_up(entry_reason=WHY),  # none of the callers was there
    ),
    "complete-review": _step(
        "review",
        Action.VISIT_REVIEW,
        a_visit_of_concern,
        lambda: {"decision": "accepted", "comment": WHY},
    ),
    "complete-assess": _step(
        "assess", Action.ASSESSMENT_PROPOSE, a_task("assess"), lambda: ASSESSMENT
    ),
    "complete-endorse": _step(
        "endorse",
        Action.ASSESSMENT_ENDORSE,
        after("assess", lambda: ASSESSMENT, "endorse"),
        lambda: {"decision": "endorse", "comment": WHY},
    ),
    "complete-record-notification": _step(
        "record-notification",
        Action.NOTIFICATION_RECORD,
        a_task("record_notification"),
        notification,
    ),
    "complete-check-notification": _step(
        "check-notification",
        Action.NOTIFICATION_CHECK,
        after("record_notification", notification, "check_notification"),
        lambda: {"decision": "accept", "comment": WHY},
    ),
    "complete-propose-end": _step(
        "propose-end", Action.REGISTRATION_END, a_task("propose_end", ending), lambda: PROPOSAL
    ),
    "complete-endorse-end": _step(
        "endorse-end",
        Action.REGISTRATION_END_ENDORSE,
        after("propose_end", lambda: PROPOSAL, "endorse_end", ending),
        lambda: {"decision": "return", "comment": WHY},
    ),
    "complete-plan-release": _step(
        "plan-release",
        Action.RELEASE_PLAN,
        a_task("plan_release", detained),
        lambda: {"release_expected_on": None, "plan": WHY},
    ),
    "offenders": Route("GET", "offenders", VIEW_PERSON),
    "search-offenders": Route(
        "POST",
        "offenders/search",
        Action.OFFENDER_SEARCH,
        body=lambda scene: {"surname": "Nominal", "date_of_birth": "1980-02-29"},
    ),
    "offender": Route("GET", "offenders/{}", VIEW_PERSON, a_person, seen_by=VIEW_PERSON),
    "offender-addresses": Route(
        "GET", "offenders/{}/addresses", Action.ADDRESS_REVEAL, a_person, seen_by=VIEW_PERSON
    ),
    "change-status": _person(
        "status", Action.STATUS_CHANGE, lambda scene: {"status": "custody", "on": day(0)}
    ),
    "change-level": _person(
        "level",
        Action.LEVEL_CHANGE,
        lambda scene: {"level": "high", "decided_on": day(0), "reason": WHY},
    ),
    "change-mode": Route(
        "POST",
        "offenders/{}/mode",
        Action.MODE_CHANGE,
        a_reactive_person,
        lambda scene: {"mode": "active", "decided_on": day(0), "reason": WHY},
        VIEW_PERSON,
    ),
    "void-visit": Route(
        "POST",
        "offenders/{}/void-visit",
        Action.VISIT_VOID,
        a_visited_person,
        lambda scene: {"visit": visit_of(scene), "reason": WHY},
        seen_by=Action.OFFENDER_VIEW,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "bring-visit-forward": _person(
        "bring-visit-forward",
        Action.VISIT_BRING_FORWARD,
        lambda scene: {"visit_by": day(2), "reason": WHY},
    ),
    "add-contact-note": _person(
        "contact-notes",
        Action.CONTACT_NOTE_ADD,
        lambda scene: {
            "kind": "telephone",
            "occurred_at": timezone.now().isoformat(),
            "text": "Rang about the visit.",
        },
        201,
    ),
    "declare-conflict": _person(
        "conflicts", Action.CONFLICT_DECLARE, lambda scene: {"user": "OF THE CALLER"}, 201
    ),
    "due-visits": Route("GET", "due-visits", Action.DUE_VISITS_READ),
    "preview-reassignment": Route(
        "POST",
        "reassignments:preview",
        Action.CASELOAD_REASSIGN,
        a_person,
        lambda scene: {"offenders": ["THE PERSON"], "to": str(scene.second.public_id)},
        Action.CASELOAD_VIEW,
    ),
    "reassignments": Route(
        "POST",
        "reassignments",
        Action.CASELOAD_REASSIGN,
        a_person,
        lambda scene: {
            "offenders": ["THE PERSON"],
            "to": str(scene.second.public_id),
            "reason": WHY,
        },
        Action.CASELOAD_VIEW,
        201,
    ),
    "reassignment": Route(
        "GET",
        "reassignments/{}",
        Action.CASELOAD_VIEW,
        a_reassignment,
        seen_by=Action.CASELOAD_VIEW,
    ),
    "undo-reassignment": Route(
        "POST",
        "reassignments/{}/undo",
        Action.CASELOAD_REASSIGN,
        a_reassignment,
        seen_by=Action.CASELOAD_VIEW,
    ),
    "rule-sets": Route("GET", "rule-sets", Action.RULES_VIEW),
    "rule-set": Route("GET", "rule-sets/{}", Action.RULES_VIEW, a_proposal),
    "rule-effects": Route("GET", "rule-sets/{}/effects", Action.RULES_VIEW, a_proposal),
    "try-rules": Route(
        "POST",
        "rule-sets:what-if",
        Action.RULES_TRY,
        body=lambda scene: {"changes": {"visit.interval.medium": "4m"}},
    ),
    "propose-rules": Route(
        "POST",
        "rule-sets:propose",
        Action.RULES_PROPOSE,
        body=lambda scene: spoken(rules_proposal()),
        ok=201,
    ),
    "approve-rules": Route(
        "POST",
        "rule-sets/{}/approve",
        Action.RULES_APPROVE,
        a_proposal,
        lambda scene: {"reason": WHY},
    ),
    "withdraw-rules": Route(
        "POST",
        "rule-sets/{}/withdraw",
        Action.RULES_WITHDRAW,
        a_proposal,
        lambda scene: {"reason": WHY},
    ),
    "raise-case-action": _person(
        "case-actions",
        Action.CASE_ACTION_RAISE,
        lambda scene: {"text": WHY, "due_on": day(3)},
        201,
    ),
    "complete-finish-action": _step(
        "finish-action",
        Action.CASE_ACTION_FINISH,
        an_action,
        lambda: {"outcome": "done", "evidence": WHY},
    ),
    "reactive-candidates": Route("GET", "reactive?state=eligible", Action.REACTIVE_VIEW),
    "propose-reactive": Route(
        "POST",
        "offenders/{}/propose-reactive",
        Action.REACTIVE_PROPOSE,
        a_settled_person,
        lambda scene: reactive_proposal(),
        VIEW_PERSON,
        201,
    ),
    "complete-recommend-reactive": _step(
        "recommend-reactive",
        Action.REACTIVE_RECOMMEND,
        a_reactive_proposal,
        lambda: {"recommendation": "recommended", "recommendation_comment": WHY},
    ),
    "complete-authorise-reactive": _step(
        "authorise-reactive",
        Action.REACTIVE_AUTHORISE,
        a_recommended_proposal,
        lambda: {"authority": "authorised", "authority_comment": WHY},
    ),
    "complete-review-reactive": _step(
        "review-reactive",
        Action.REACTIVE_REVIEW,
        a_task("review_reactive", managed_reactively),
        lambda: {"outcome": "continues", "comment": WHY},
    ),
    "complete-draft-plan": _step("draft-plan", Action.PLAN_DRAFT, a_plan_review, planning.values),
    "complete-endorse-plan": _step(
        "endorse-plan", Action.PLAN_ENDORSE, a_plan, lambda: planning.AGREED
    ),
    "complete-approve-interval": _step(
        "approve-interval",
        Action.PLAN_APPROVE_INTERVAL,
        a_longer_interval,
        lambda: {"interval_decision": "agree", "interval_comment": WHY},
    ),
    "record-training": Route(
        "POST",
        "officers/{}/trainings",
        Action.TRAINING_RECORD,
        an_officer,
        lambda scene: {"code": "mosovo", "completed_on": day(0), "valid_until": day(365)},
        seen_by=Action.TRAINING_RECORD,
        ok=201,
    ),
    "save-draft": _task(
        "draft",
        Action.ASSESSMENT_DRAFT,
        a_task("assess"),
        lambda scene: {"formulation": WHY, "ratings": [{"factor": "opportunity"}]},
    ),
    "complete-decide-level": _step(
        "decide-level",
        Action.LEVEL_DECIDE,
        an_open_level,
        lambda: {"level": "medium", "reason": WHY},
    ),
    "record-change": _person(
        "significant-changes",
        Action.CHANGE_RECORD,
        lambda scene: {"what": "loss_of_home", "occurred_on": day(0), "text": WHY},
        201,
    ),
    "complete-review-case": _step(
        "review-case", Action.CASE_REVIEW, a_task("review_case"), make.case_review
    ),
    "case-reviews": Route(
        "GET",
        "offenders/{}/case-reviews",
        Action.CASE_REVIEW_VIEW,
        a_person,
        seen_by=Action.CASE_REVIEW_VIEW,
    ),
    "complete-check-case": _step(
        "check-case", Action.DIP_SAMPLE_CHECK, a_sampled_person, make.case_review
    ),
    "dip-samples": Route("GET", "dip-samples", Action.DIP_SAMPLE_VIEW),
    "draw-dip-sample": Route(
        "POST",
        "dip-samples:draw",
        Action.DIP_SAMPLE_DRAW,
        a_person,
        lambda scene: {"team": str(scene.team.public_id), "size": 1},
        Action.DIP_SAMPLE_DRAW,
        201,
    ),
    "dip-sample": Route(
        "GET",
        "dip-samples/{}",
        Action.DIP_SAMPLE_VIEW,
        a_sample,
        seen_by=Action.DIP_SAMPLE_VIEW,
    ),
    "quality": Route("GET", "quality", Action.DIP_SAMPLE_VIEW),
    "endorsements": Route("GET", "endorsements", Action.ENDORSEMENT_VIEW),
    "directions": Route("GET", "directions", Action.CASE_REVIEW),
    "alerts": Route("GET", "alerts", Action.ALERT_VIEW, an_alert),
    # What one was told oneself: nobody else's alert is there, whatever the role.
    "mark-alerts-seen": Route(
        "POST",
        "alerts/seen",
        Action.ALERT_MARK_SEEN,
        body=lambda scene: {"alerts": ["OF THE CALLER"]},
    ),
    "import-jobs": Route("POST", "import-jobs", Action.OFFENDER_IMPORT, ok=202),
    "import-job": Route(
        "GET", "import-jobs/{}", Action.OFFENDER_IMPORT, an_import_job, seen_by=None
    ),
    "import-job-refusals": Route(
        "GET", "import-jobs/{}/refusals", Action.OFFENDER_IMPORT, an_import_job, seen_by=None
    ),
    "complete-decide-missing": _step(
        "decide-missing",
        Action.MISSING_DECIDE,
        someone_not_resident,
        lambda: {"decision": "not_missing", "reason": WHY},
    ),
    "complete-confirm-missing": _step(
        "confirm-missing",
        Action.MISSING_CONFIRM,
        a_task_of_a_missing_person("confirm_missing"),
        lambda: {"decision": "confirm", "comment": WHY},
    ),
    "complete-record-enquiry": _step(
        "record-enquiry",
        Action.MISSING_ENQUIRE,
        a_task_of_a_missing_person("record_enquiry"),
        lambda: ENQUIRY,
    ),
    "complete-review-enquiry": _step(
        "review-enquiry", Action.MISSING_REVIEW, enquired_after_twice, lambda: {"review": WHY}
    ),
    "complete-verify-death": _step(
        "verify-death",
        Action.DEATH_VERIFY,
        someone_said_to_be_dead,
        lambda: {"decision": "refuted", "reference": "", "comment": WHY},
    ),
    "complete-consider-warrant": _step(
        "consider-warrant", Action.WARRANT_CONSIDER, entry_failed, lambda: RECOMMENDATION
    ),
    "complete-decide-warrant": _step(
        "decide-warrant", Action.WARRANT_DECIDE, a_warrant_recommended, warrant_decision
    ),
    "report-missing": _person(
        "report-missing", Action.MISSING_REPORT, lambda scene: {"reason": WHY}
    ),
    "locate-person": Route(
        "POST",
        "offenders/{}/locate",
        Action.MISSING_LOCATE,
        a_missing_person,
        lambda scene: {"on": day(0), "found_in": "community", "how": WHY},
        VIEW_PERSON,
    ),
    "report-death": _person("report-death", Action.DEATH_REPORT, lambda scene: {"source": WHY}),
    "entry-warrant-result": Route(
        "POST",
        "offenders/{}/entry-warrant-result",
        Action.WARRANT_RESULT,
        a_warrant_applied_for,
        lambda scene: {"warrant": warrant_of(scene), "result": "granted", "on": day(0)},
        VIEW_PERSON,
    ),
    "offender-visits": _record("visits"),
    "offender-timeline": _record("timeline"),
    "offender-plans": _record("plans", a_planned_person),
    "offender-assessments": _record("assessments"),
    "visit": Route(
        "GET", "visits/{}", VIEW_PERSON, a_visit, seen_by=VIEW_PERSON, is_beyond_card=True
    ),
    "caseload-counts": Route("GET", "caseload-counts", Action.CASELOAD_VIEW),
    # An officer beyond one's reach is not there.
    "set-capacity": Route(
        "POST",
        "officers/{}/capacity",
        Action.CAPACITY_SET,
        an_officer,
        lambda scene: {"from_on": day(0), "full_time": 60, "reason": WHY},
        seen_by=Action.CAPACITY_SET,
        ok=201,
    ),
    "suggest-split": Route(
        "POST",
        "reassignments:suggest",
        Action.CASELOAD_REASSIGN,
        a_person,
        lambda scene: {"team": str(scene.team.public_id), "offenders": ["THE PERSON"]},
        Action.CASELOAD_VIEW,
    ),
    "team-caseload": Route(
        "GET",
        "teams/{}/caseload",
        Action.CASELOAD_REASSIGN,
        a_team,
        a_visit,
        seen_by=Action.CASELOAD_REASSIGN,
    ),
    "teams": Route("GET", "teams", Action.CASELOAD_REASSIGN),
    "team-officers": Route(
        "GET",
        "teams/{}/officers",
        Action.CASELOAD_REASSIGN,
        a_team,
        seen_by=Action.CASELOAD_REASSIGN,
    ),
    "recent-reassignments": Route(
        "GET", "reassignments:recent", Action.CASELOAD_REASSIGN, a_reassignment
    ),
    "capacities": Route(
        "GET",
        "officers/{}/capacities",
        Action.CAPACITY_SET,
        an_officer,
        seen_by=Action.CAPACITY_SET,
    ),
    "absences": Route("GET", "absences", Action.ABSENCE_VIEW, an_absence),
    # Each caller says that they are away themselves.
    "record-absence": Route(
        "POST",
        "absences:record",
        Action.ABSENCE_RECORD,
        body=lambda scene: {"kind": "course", "from_on": day(1), "until_on": day(3)},
        ok=201,
    ),
    # An officer calls off their own; here it is the manager's.
    "cancel-absence": Route(
        "POST",
        "absences/{}/cancel",
        Action.ABSENCE_CANCEL,
        an_absence,
        seen_by=Action.ABSENCE_VIEW,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "transfers": Route("GET", "transfers", Action.TRANSFER_VIEW, an_offer_to),
    "transfer": Route(
        "GET",
        "transfers/{}",
        Action.TRANSFER_VIEW,
        an_offer_to,
        seen_by=Action.TRANSFER_VIEW,
    ),
    "offer-transfer": Route(
        "POST",
        "transfers:offer",
        Action.TRANSFER_OFFER,
        a_person,
        lambda scene: {
            "offenders": [],
            "to": str(make.officer(team=make.team(in_force=scene.team.force)).public_id),
            "reason": WHY,
        },
        seen_by=Action.CASELOAD_VIEW,
        ok=201,
    ),
    "accept-transfer": Route(
        "POST",
        "transfers/{}/accept",
        Action.TRANSFER_DECIDE,
        an_offer_to,
        seen_by=Action.TRANSFER_VIEW,
    ),
    "decline-transfer": Route(
        "POST",
        "transfers/{}/decline",
        Action.TRANSFER_DECIDE,
        an_offer_to,
        lambda scene: {"reason": WHY},
        seen_by=Action.TRANSFER_VIEW,
    ),
    "withdraw-transfer": Route(
        "POST",
        "transfers/{}/withdraw",
        Action.TRANSFER_OFFER,
        an_offer_from,
        seen_by=Action.TRANSFER_VIEW,
    ),
    "delegations": Route("GET", "delegations", Action.DELEGATION_VIEW, a_delegation),
    # Each caller gives their own decisions to a supervisor of the force.
    "grant-delegation": Route(
        "POST",
        "delegations:grant",
        Action.DELEGATION_GRANT,
        body=lambda scene: spoken(
            decisions_to(make.officer(Role.SUPERVISOR, team=scene.team)),
        ),
        ok=201,
    ),
    "revoke-delegation": Route(
        "POST",
        "delegations/{}/revoke",
        Action.DELEGATION_REVOKE,
        a_delegation,
        seen_by=Action.DELEGATION_VIEW,
    ),
    "add-condition": Route(
        "POST",
        "offenders/{}/conditions",
        Action.ORDER_CONDITION_ADD,
        person_with_an_order,
        lambda scene: {
            "kind": "shpo",
            "made_on": day(-30),
            "polarity": "prohibition",
            "text": WHY,
            "category": "internet",
            "starts_on": day(-30),
        },
        seen_by=Action.OFFENDER_VIEW,
    ),
    "add-device": _person(
        "devices",
        Action.DEVICE_ADD,
        lambda scene: {
            "kind": "phone",
            "description": "Example 5",
            "state": "declared",
            "on": day(0),
        },
    ),
    "change-device": Route(
        "POST",
        "offenders/{}/device-status",
        Action.DEVICE_CHANGE,
        person_with_a_device,
        lambda scene: {"id": device_of(scene), "state": "seized", "on": day(0)},
        seen_by=Action.OFFENDER_VIEW,
    ),
    "add-online-account": _person(
        "online-accounts",
        Action.ONLINE_ACCOUNT_ADD,
        lambda scene: {
            "service": "Example chat",
            "user_name": "quill",
            "state": "found_undeclared",
            "on": day(0),
        },
    ),
    "change-online-account": Route(
        "POST",
        "offenders/{}/online-account-status",
        Action.ONLINE_ACCOUNT_CHANGE,
        person_with_an_account,
        lambda scene: {"id": account_of(scene), "state": "no_longer_held", "on": day(0)},
        seen_by=Action.OFFENDER_VIEW,
    ),
    "static-scores": _record("static-scores", a_scored_person),
    "preview-static-scores": _person(
        "static-scores:preview",
        Action.STATIC_SCORE_CALCULATE,
        lambda scene: facts_of_a_score(),
    ),
    "calculate-static-scores": _person(
        "static-scores:calculate",
        Action.STATIC_SCORE_CALCULATE,
        lambda scene: facts_of_a_score(),
        ok=201,
    ),
    "record-official-score": _person(
        "static-scores:record-official",
        Action.STATIC_SCORE_RECORD_OFFICIAL,
        lambda scene: {"tool": "rosh", "band": "high", "scored_on": day(-1)},
        ok=201,
    ),
    # Of what the manager calculated: an officer voids their own alone.
    "void-static-score": Route(
        "POST",
        "offenders/{}/static-scores:void",
        Action.STATIC_SCORE_VOID,
        a_scored_person,
        lambda scene: {"score": score_of(scene), "reason": WHY},
        seen_by=Action.OFFENDER_VIEW,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "try-static-scores": Route(
        "POST",
        "static-scores:what-if",
        Action.STATIC_SCORE_TRY,
        body=lambda scene: {"model": "1.0", "thresholds": "1.0"},
    ),
    "prepare-visit": _task(
        "prepare",
        Action.VISIT_PREPARE,
        a_task("record_outcome"),
        lambda scene: {
            "purposes": ["risk_factors"],
            "safety_level": "usual",
            "safety_assessment": WHY,
        },
    ),
    "start-lone-visit": _task(
        "start-lone-visit",
        Action.LONE_VISIT_START,
        a_task("record_outcome"),
        lambda scene: {
            "expected_end_at": (timezone.now() + dt.timedelta(hours=1)).isoformat(),
        },
    ),
    "end-lone-visit": _task(
        "safe",
        Action.LONE_VISIT_END,
        an_officer_out_alone,
        lambda scene: {"note": WHY},
    ),
}
