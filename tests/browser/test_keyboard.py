"""From the list to a saved visit with the keyboard alone."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import Window
from tests.ui.conftest import PASSWORD, Scene
from workflows.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Tab stops after which something must have been reached.
MOST_STOPS = 120


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element that matches `wanted` has the focus, and see it shown."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", wanted):
            outline = page.evaluate(
                "const s = getComputedStyle(document.activeElement);"
                " s.outlineStyle + s.boxShadow + s.borderWidth"
            )
            assert outline
            return
    raise AssertionError(f"{wanted} is not reached with Tab")


def test_an_officer_signs_in_and_records_a_visit_without_a_mouse(
    open_window: Callable[..., Window], scene: Scene
):
    window = open_window()
    page, keys = window.page, window.page.keyboard
    window.go("/sign-in")
    tab_to(page, "#f-username")
    keys.type(scene.manager.username)
    tab_to(page, "#f-password")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/tasks")

    tab_to(page, f'a.kind[href$="{scene.visit.public_id}"]')
    keys.press("Enter")
    page.wait_for_url(f"**/tasks/{scene.visit.public_id}")

    at = timezone.localtime(timezone.now() - dt.timedelta(minutes=20))
    tab_to(page, "input[name=outcome]")
    keys.press("Space")
    for part, typed in (
        ("day", str(at.day)),
        ("month", str(at.month)),
        ("year", str(at.year)),
        ("time", f"{at:%H:%M}"),
    ):
        tab_to(page, f"#f-occurred_at_{part}")
        keys.type(typed)
    for name, presses in (
        ("announced", 1),
        ("attended", 0),
        ("at_notified_address", 0),
        ("for_risk_assessment", 0),
        ("concern", 1),
    ):
        tab_to(page, f"input[name={name}]")
        keys.press("ArrowDown" if presses else "Space")
        if name == "attended":
            tab_to(page, "#f-partner")
            keys.type("A. Partner, probation")
    tab_to(page, "form.card button[type=submit]")
    keys.press("Enter")

    page.get_by_text("Outcome saved.").wait_for()
    assert page.get_by_role("heading", name="Home visit: done").is_visible()
    visit = Visit.objects.get(offender=scene.person, origin="recorded")
    assert (visit.outcome, visit.announced, visit.concern) == ("effective", False, False)


def test_the_first_tab_stop_skips_to_the_content(open_window: Callable[..., Window], scene: Scene):
    window = open_window(scene.manager)
    window.go("/tasks")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("document.activeElement.textContent") == "Skip to main content"
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "main"


def test_errors_take_the_focus_and_lead_to_their_inputs(
    open_window: Callable[..., Window], scene: Scene
):
    window = open_window(scene.manager)
    window.go(f"/tasks/{scene.visit.public_id}")
    window.press(window.page.locator("form.card button[type=submit]"))
    assert window.page.title().startswith("Error: ")
    assert window.page.evaluate("document.activeElement.id") == "errors"
    window.page.get_by_role("link", name="Choose what happened").click()
    assert window.page.evaluate("document.activeElement.id") == "f-outcome"
