"""A session that ends under an officer's hands costs them nothing."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session

from tests.browser.conftest import Window
from tests.ui.conftest import PASSWORD, Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Settled; a bicycle in the hall."


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(
    open_window: Callable[..., Window], scene: Scene
):
    window = open_window(scene.manager)
    page, address = window.page, f"/tasks/{scene.visit.public_id}"
    window.go(address)
    page.fill("#f-note", WORDS)
    page.locator("input[name=outcome]").first.check(force=True)
    Session.objects.all().delete()
    window.press(page.locator("form.card button[type=submit]").first)
    page.fill("#f-username", scene.manager.username)
    page.fill("#f-password", PASSWORD)
    window.press(page.locator("main button[type=submit]"))

    assert page.url.endswith(address)
    assert page.input_value("#f-note") == WORDS
    assert page.locator("input[name=outcome]").first.is_checked()
    assert page.get_by_text("It is not saved yet").is_visible()


def test_typing_renews_the_session_and_looking_does_not(
    open_window: Callable[..., Window], scene: Scene
):
    window = open_window(scene.manager)
    asked: list[str] = []
    window.page.on("request", lambda sent: asked.append(sent.url))
    window.page.clock.install()
    window.go(f"/tasks/{scene.visit.public_id}")
    window.page.clock.fast_forward("04:00")
    assert not any(url.endswith("/still-here") for url in asked)

    window.page.fill("#f-note", WORDS)
    with window.page.expect_response("**/still-here") as answer:
        window.page.clock.fast_forward("04:00")
    assert answer.value.status == 204
    asked.clear()
    window.page.clock.fast_forward("08:00")
    assert asked == []
    window.page.clock.fast_forward("04:00")
    assert window.page.get_by_text("You will be signed out at").is_visible()
