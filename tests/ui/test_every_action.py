"""What an integration can do through the API, an officer can do on a page."""

from typing import Any

import pytest

from accounts.policy import Action
from tests.api.routes import ROUTES
from ui.urls import urlpatterns
from ui.views import task
from workflows.engine.nodes import Step
from workflows.flows import FLOWS
from workflows.steps import FORMS

#: Written through the API and on no page, with the reason.
NO_PAGE = {
    Action.OFFENDER_IMPORT: "an extract comes from another system, or from the command line",
    Action.INDICATOR_DELIVER: "a feed signs what it sends; nobody types it",
    Action.RULES_TRY: "changes nothing: it reckons for hours, for a command or another system",
    Action.STATIC_SCORE_TRY: "changes nothing: it reckons everyone again, for a command or another "
    "system",
}

#: Buttons of a task's page that are no step of it.
BUTTONS = {
    "claim": Action.TASK_CLAIM,
    "release": Action.TASK_RELEASE,
    task.DRAFT: Action.ASSESSMENT_DRAFT,
}


def views() -> list[Any]:
    """Every page that may be sent something, by the line of the policy that admits to it."""
    callbacks = [pattern.callback for pattern in urlpatterns]
    return [view for view in callbacks if "POST" in getattr(view, "methods", ())]


def of_steps() -> set[Action]:
    """What the page of a task completes, whichever step its form is of."""
    nodes = [node for flow in set(FLOWS.values()) for node in flow.instance.nodes()]
    return {node.action for node in nodes if isinstance(node, Step) and node.name in FORMS}


def by_api() -> set[Action]:
    """What some route of the API that may write performs."""
    return {route.action for route in ROUTES.values() if route.method != "GET"}


def by_pages() -> set[Action]:
    return {view.action for view in views()} | of_steps() | set(BUTTONS.values())


def test_every_action_of_the_api_has_a_page_or_a_reason_for_none():
    assert sorted(by_api() - by_pages() - NO_PAGE.keys()) == []


@pytest.mark.parametrize("action", NO_PAGE)
def test_a_reason_for_no_page_goes_with_the_page_that_comes(action: Action):
    assert action in by_api()
    assert action not in by_pages()


def test_the_buttons_of_a_task_are_those_of_its_page():
    assert {*task.MOVES, task.DRAFT} == BUTTONS.keys()
