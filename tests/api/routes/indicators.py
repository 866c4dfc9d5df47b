"""Indicators of online risk: sent, matched, delivered by feeds and held."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from accounts.models import Role
from accounts.policy import Action
from tests.api.routes.route import Route, about_person, about_step
from tests.api.scenes.indicators import (
    a_feed,
    a_held_delivery,
    a_matched_indicator,
    a_merged_indicator,
    a_restricted_indicator,
    a_supervisor,
    a_triage,
    a_triage_to_check,
    an_indicator,
    candidate_of,
)
from tests.api.scenes.scene import WHY, Record, Scene
from tests.workflows import indicating


def _indicator(
    method: str,
    name: str,
    action: Action,
    record: Record,
    body: Callable[[Scene], Any] = lambda scene: {},
) -> Route:
    seen_by = Action.INDICATOR_VIEW
    return Route(method, f"indicators/{{}}{name}", action, record, body, seen_by)


INDICATORS: dict[str, Route] = {
    "indicators": Route("GET", "indicators", Action.INDICATOR_VIEW, a_matched_indicator),
    "send-indicator": Route(
        "POST",
        "indicators",
        Action.INDICATOR_SEND,
        body=lambda scene: indicating.item(),
        ok=201,
    ),
    "send-indicators": Route(
        "POST",
        "indicators:batch",
        Action.INDICATOR_SEND,
        body=lambda scene: {"indicators": [indicating.item()]},
    ),
    "record-indicator": about_person(
        "indicators",
        Action.INDICATOR_MATCH,
        lambda scene: {
            key: value for key, value in indicating.item(reason=WHY).items() if key != "subjects"
        },
        ok=201,
    ),
    "indicator": _indicator("GET", "", Action.INDICATOR_VIEW, a_matched_indicator),
    "indicator-candidates": _indicator(
        "GET", "/candidates", Action.INDICATOR_VIEW, a_matched_indicator
    ),
    # Supervisors of other teams see what nobody is confirmed for, and not the person they name.
    "confirm-match": _indicator(
        "POST",
        "/confirm-match",
        Action.INDICATOR_MATCH,
        an_indicator,
        lambda scene: {"offender": candidate_of(scene)},
    ),
    "reject-match": _indicator(
        "POST",
        "/reject-match",
        Action.INDICATOR_MATCH,
        an_indicator,
        lambda scene: {"offender": candidate_of(scene)},
    ),
    "unmatch": _indicator(
        "POST",
        "/unmatch",
        Action.INDICATOR_UNMATCH,
        a_matched_indicator,
        lambda scene: {"reason": WHY},
    ),
    "undo-merge": _indicator(
        "POST",
        "/undo-merge",
        Action.INDICATOR_UNMATCH,
        a_merged_indicator,
        lambda scene: {"reason": WHY},
    ),
    "complete-triage-indicator": about_step(
        "triage-indicator",
        Action.INDICATOR_TRIAGE,
        a_triage,
        lambda: {"outcome": "reassessment", "reason": WHY},
    ),
    "complete-check-triage": about_step(
        "check-triage",
        Action.INDICATOR_CHECK,
        a_triage_to_check,
        lambda: {"decision": "agreed", "comment": WHY},
    ),
    "indicator-decisions": _indicator(
        "GET", "/decisions", Action.INDICATOR_VIEW, a_matched_indicator
    ),
    "restrict-indicator": _indicator(
        "POST",
        "/restrict",
        Action.INDICATOR_RESTRICT,
        a_matched_indicator,
        lambda scene: {"users": [str(scene.second.public_id)], "reason": WHY},
    ),
    "keep-indicator-secret": _indicator(
        "POST",
        "/keep-secret",
        Action.INDICATOR_KEEP_SECRET,
        a_matched_indicator,
        lambda scene: {"supervisor": a_supervisor(scene), "reason": WHY},
    ),
    "name-indicator-user": _indicator(
        "POST",
        "/name-user",
        Action.INDICATOR_RESTRICT,
        a_restricted_indicator,
        lambda scene: {"user": str(scene.second.public_id), "reason": WHY},
    ),
    "unname-indicator-user": _indicator(
        "POST",
        "/unname-user",
        Action.INDICATOR_RESTRICT,
        a_restricted_indicator,
        lambda scene: {"user": str(scene.second.public_id), "reason": WHY},
    ),
    "lift-indicator-restriction": _indicator(
        "POST",
        "/lift-restriction",
        Action.INDICATOR_RESTRICT,
        a_restricted_indicator,
        lambda scene: {"reason": WHY},
    ),
    # An officer takes back what they recorded; another system what it sent, which is not seen here.
    "retract-indicator": replace(
        _indicator(
            "POST",
            "/retract",
            Action.INDICATOR_RETRACT,
            a_matched_indicator,
            lambda scene: {"reason": WHY},
        ),
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    # Nobody signed it: it is held, which is an answer.
    "deliver-indicators": Route(
        "POST",
        "indicator-feeds/{}/deliveries",
        Action.INDICATOR_DELIVER,
        a_feed,
        lambda scene: {"schema_version": "2026-11", "indicators": [indicating.item()]},
    ),
    "held-deliveries": Route(
        "GET", "quarantined-deliveries", Action.DELIVERY_VIEW, a_held_delivery
    ),
    "held-delivery": Route(
        "GET", "quarantined-deliveries/{}", Action.DELIVERY_VIEW, a_held_delivery
    ),
    "release-delivery": Route(
        "POST",
        "quarantined-deliveries/{}/release",
        Action.DELIVERY_SETTLE,
        a_held_delivery,
        lambda scene: {"reason": WHY},
    ),
    "discard-delivery": Route(
        "POST",
        "quarantined-deliveries/{}/discard",
        Action.DELIVERY_SETTLE,
        a_held_delivery,
        lambda scene: {"reason": WHY},
    ),
}
