"""A real browser on a real server, with a team to look at.

Playwright's synchronous interface runs an event loop in this thread, and Django refuses the
database there unless it is told that nothing else uses the loop. That is set here alone.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import Role, User
from tests import make
from tests.ui.conftest import PASSWORD, Scene, overdue

#: The browser of the machine, under the names that distributions give it.
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def scene(transactional_db: None, chromium: Browser) -> Scene:
    """A team of two managers and a supervisor, with three people."""
    manager = make.officer(password=PASSWORD)
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team, password=PASSWORD)
    make.officer(team=manager.team)
    person = make.person(manager=manager, **overdue())
    make.person(manager=manager, management_level="very_high", order_kind="shpo",
                order_made_on="2024-01-01", order_ends_on="2099-01-01")  # fmt: skip
    make.person(manager=manager, management_level="")
    return Scene(manager, supervisor, person)


@dataclass
class Window:
    """A page of the browser, and everything that it asked for and complained of."""

    page: Page
    address: str
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of ours."""
        self.page.goto(f"{self.address}{path}")

    def press(self, button: Locator) -> None:
        """Press what sends a form, and wait for the page that answers it."""
        with self.page.expect_navigation():
            button.click()

    def sideways(self) -> int:
        """Pixels that the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


@pytest.fixture
def open_window(
    live_server: LiveServer, chromium: Browser, scene: Scene
) -> Iterator[Callable[..., Window]]:
    """Opens a window of a width, signed in as somebody or as nobody."""
    contexts: list[BrowserContext] = []

    def opened(user: User | None = None, *, width: int = 1440, bypass_csp: bool = False) -> Window:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="en-GB", bypass_csp=bypass_csp
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        window = Window(context.new_page(), live_server.url)
        window.page.on("request", lambda sent: window.hosts.add(urlsplit(sent.url).netloc))
        window.page.on("console", lambda message: window.complaints.append(message.text))
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        return window

    yield opened
    for context in contexts:
        context.close()
