"""A form shows what belongs to the choice that was made, and sends nothing of another."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Window
from tests.ui.conftest import Scene, address_of_task
from tests.workflows import triaging

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_only_what_the_chosen_outcome_asks_for_is_shown_and_sent(
    open_window: Callable[..., Window], scene: Scene
):
    found = triaging.matched(scene.person)
    window = open_window(scene.manager)
    page = window.page
    window.go(address_of_task(triaging.task_of(found, "triage_indicator")))
    visit, action = page.locator("#f-visit_by_day"), page.locator("#f-action")
    assert (visit.is_visible(), action.is_visible()) == (False, False)

    page.check("[name=outcome][value=enquiry]", force=True)
    assert (visit.is_visible(), action.is_visible()) == (False, True)
    action.fill("Ask the provider.")
    page.check("[name=outcome][value=no_action]", force=True)
    assert (visit.is_visible(), action.is_visible()) == (False, False)

    page.check("[name=outcome][value=visit_brought_forward]", force=True)
    page.fill("#f-reason", "It is his number.")
    window.press(page.locator("form.card button[type=submit]").first)
    said = page.locator("#errors").inner_text()
    assert "Enter the last day for the visit" in said
    assert "belongs to another outcome" not in said, "what was typed for another is not sent"
    assert visit.is_visible()
    assert window.complaints == [one for one in window.complaints if "Failed to load" in one]
