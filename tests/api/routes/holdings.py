"""Conditions of orders, devices and online accounts."""

from accounts.models import Role
from accounts.policy import Action
from tests.api.routes.route import (
    Route,
    about_person,
)
from tests.api.scenes.holdings import (
    account_of,
    condition_of,
    device_of,
    discharge_of,
    order_of,
    person_with_a_condition,
    person_with_a_device,
    person_with_a_discharge,
    person_with_a_marker,
    person_with_an_account,
    person_with_an_order,
)
from tests.api.scenes.scene import WHY, day

HOLDINGS: dict[str, Route] = {
    "add-condition": Route(
        "POST",
        "offenders/{}/conditions",
        Action.ORDER_CONDITION_ADD,
        person_with_an_order,
        lambda scene: {
            "order": order_of(scene),
            "polarity": "prohibition",
            "text": WHY,
            "category": "internet",
            "starts_on": day(-30),
        },
        seen_by=Action.OFFENDER_VIEW,
    ),
    "record-order": about_person(
        "orders",
        Action.ORDER_RECORD,
        lambda scene: {
            "kind": "shpo",
            "made_on": day(-30),
            "conditions": [{"polarity": "requirement", "text": WHY, "category": "other"}],
        },
    ),
    "discharge-order": Route(
        "POST",
        "offenders/{}/discharge-order",
        Action.ORDER_DISCHARGE,
        person_with_an_order,
        lambda scene: {
            "order": order_of(scene),
            "discharged_on": day(0),
            "court": "Tean Crown Court",
            "reason": WHY,
        },
        seen_by=Action.OFFENDER_VIEW,
    ),
    "void-discharge": Route(
        "POST",
        "offenders/{}/void-discharge",
        Action.ORDER_DISCHARGE_VOID,
        person_with_a_discharge,
        lambda scene: {"discharge": discharge_of(scene), "reason": WHY},
        seen_by=Action.OFFENDER_VIEW,
    ),
    "add-marker": about_person(
        "markers", Action.MARKER_ADD, lambda scene: {"code": "VI", "reason": WHY}
    ),
    "withdraw-marker": Route(
        "POST",
        "offenders/{}/withdraw-marker",
        Action.MARKER_WITHDRAW,
        person_with_a_marker,
        lambda scene: {"code": "VI", "reason": WHY},
        seen_by=Action.OFFENDER_VIEW,
    ),
    "void-condition": Route(
        "POST",
        "offenders/{}/void-condition",
        Action.ORDER_CONDITION_VOID,
        person_with_a_condition,
        lambda scene: {"condition": condition_of(scene), "reason": WHY},
        seen_by=Action.OFFENDER_VIEW,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "add-device": about_person(
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
    "add-online-account": about_person(
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
}
