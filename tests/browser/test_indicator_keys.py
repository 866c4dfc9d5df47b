"""The inbox of indicators with single keys, which can be turned off."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Window
from tests.ui.conftest import Scene
from tests.workflows import indicating

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_officer_moves_through_the_inbox_and_opens_the_match_with_keys(
    open_window: Callable[..., Window], scene: Scene
):
    first = indicating.about(scene.person, by=scene.manager)
    second = indicating.about(scene.person, by=scene.manager)
    window = open_window(scene.manager)
    page, keys = window.page, window.page.keyboard
    window.go("/indicators")

    for key, expected in (("j", first), ("j", second), ("j", second), ("k", first)):
        keys.press(key)
        opens = page.evaluate("document.activeElement.getAttribute('href')")
        assert opens == f"/indicators/{expected.public_id}"
    keys.press("n")
    page.wait_for_url(f"**/indicators/{first.public_id}/not/*")

    window.go("/indicators")
    page.get_by_role("button", name="Turn keys off").click()
    keys.press("j")
    keys.press("m")
    assert page.url.endswith("/indicators")
    page.reload()
    assert page.get_by_role("button", name="Turn keys on").is_visible()
    assert window.complaints == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_of_indicators_are_as_wide_as_the_window(
    open_window: Callable[..., Window], scene: Scene, width: int
):
    one = indicating.about(scene.person, by=scene.manager, text="a-long-word" * 12)
    held = indicating.held(scene.person.force)
    window = open_window(scene.supervisor, width=width)
    for path in (
        "/indicators",
        f"/indicators/{one.public_id}",
        "/indicators/record",
        f"/indicators/{one.public_id}/match",
        "/held-deliveries",
        f"/held-deliveries/{held.public_id}",
    ):
        window.go(path)
        assert window.sideways() == 0, path
