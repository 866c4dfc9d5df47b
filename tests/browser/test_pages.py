"""Every page in a browser: accessible, within the policy, within the width, from our host alone."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from accounts import kept_forms
from accounts.models import Role
from tests import make
from tests.browser.conftest import Window
from tests.ui.conftest import Scene
from tests.workflows import doing, ruling

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Window]

#: Browsers write a line for an answer that is meant to be a refusal.
EXPECTED = "Failed to load resource: the server responded with a status of"


def send(window: Window, button: str) -> None:
    window.press(window.page.locator("main").get_by_role("button", name=button, exact=True))


def of_a_stranger(window: Window) -> Iterator[str]:
    """The pages before signing in."""
    window.go("/sign-in")
    yield "sign-in"
    window.page.fill("#f-username", "nobody")
    window.page.fill("#f-password", "nothing")
    send(window, "Sign in")
    yield "sign-in refused"
    send(window, "Sign in")
    yield "sign-in empty"


def of_a_manager(window: Window, scene: Scene) -> Iterator[str]:
    """Every page of an offender manager: normal, with errors, empty."""
    for path, name in (
        ("/tasks", "tasks"),
        ("/tasks?show=today&kind=release_planning", "tasks empty"),
        (reverse("ui:person", args=[scene.person.public_id]), "person"),
        ("/visit-list?whose=team&ahead=28", "sheet"),
        ("/visit-list?ahead=0&whose=mine", "sheet short"),
        ("/people", "people"),
        ("/alerts", "alerts"),
        ("/alerts?show=all", "alerts empty"),
        ("/nowhere", "404"),
        ("/teams", "403"),
    ):
        window.go(path)
        yield name
    window.go("/people")
    window.page.fill("#f-q", "Zymborski")
    send(window, "Find")
    yield "people found"
    window.page.fill("#f-q", "Nobodysname")
    send(window, "Find")
    yield "people none"
    window.page.fill("#f-q", "")
    send(window, "Find")
    yield "people errors"
    window.go(reverse("ui:person", args=[scene.person.public_id]))
    send(window, "Show addresses")
    yield "addresses"
    yield from _forms(window, scene)


def _forms(window: Window, scene: Scene) -> Iterator[str]:
    window.go(reverse("ui:contact-note", args=[scene.person.public_id]))
    yield "note"
    send(window, "Save note")
    yield "note errors"
    for step in ("record_outcome", "assess", "record_notification"):
        task = scene.person.tasks.open().get(step=step)
        window.go(reverse("ui:task", args=[task.public_id]))
        yield step
        window.press(window.page.locator("form.card button[type=submit]").first)
        yield f"{step} errors"
    address = reverse("ui:task", args=[scene.visit.public_id])
    seal = kept_forms.opened(kept_forms.sealed(make.actor(scene.manager), address))
    assert seal is not None
    kept_forms.keep(seal, {"note": ["Curtains drawn"]})
    window.go(address)
    yield "record_outcome kept"
    doing.visit(scene.person, by=scene.manager)
    window.go(address)
    yield "typed for a task that is done"


def of_a_supervisor(window: Window, scene: Scene) -> Iterator[str]:
    """The caseload, the check page and what comes after."""
    team = reverse("ui:team-caseload", args=[scene.manager.team.public_id])
    window.go(team)
    yield "caseload"
    window.go(f"{team}?officer={scene.supervisor.public_id}")
    yield "caseload empty"
    window.go(f"{team}?officer={scene.manager.public_id}")
    yield "caseload of one"
    send(window, "Review and confirm")
    yield "caseload errors"
    window.page.locator("input[name=offenders]").first.check(force=True)
    window.page.select_option("#f-to", index=1)
    window.page.fill("#f-reason", "Planned leave")
    send(window, "Preview")
    yield "caseload preview"
    send(window, "Review and confirm")
    yield "check"
    send(window, "Reassign 1")
    yield "reassigned"
    send(window, "Undo this reassignment")
    yield "undone"
    window.go(team)
    yield "caseload with recent reassignments"
    window.go(f"{team}?officer={scene.manager.public_id}")
    send(window, "Suggest, with nobody staying")
    yield "caseload with a suggestion"
    window.go(reverse("ui:capacity", args=[scene.manager.public_id]))
    yield "capacity"
    send(window, "Save capacity")
    yield "capacity errors"
    window.go(reverse("ui:register"))
    yield "register"
    send(window, "Register")
    yield "register errors"
    doing.complete(scene.person, "assess", make.assessment(), by=scene.manager)
    window.go(reverse("ui:task", args=[make.task_of(scene.person, "endorse").public_id]))
    yield "endorse"


def of_an_inspector(window: Window) -> Iterator[str]:
    """The rules: those in force, a proposal with its errors, and deciding on one."""
    number = ruling.propose().number
    window.go(reverse("ui:rules"))
    yield "rules"
    window.go(reverse("ui:rules-version", args=[number]))
    yield "rules proposed"
    send(window, "Approve")
    yield "rules errors"
    window.go(reverse("ui:rules-propose"))
    yield "propose"
    send(window, "Propose")
    yield "propose errors"


def walk(open_window: Opener, scene: Scene, **how: object) -> Iterator[tuple[str, Window]]:
    """Every state of every page, with the window that shows it."""
    stranger = open_window(**how)
    for name in of_a_stranger(stranger):
        yield name, stranger
    manager = open_window(scene.manager, **how)
    for name in of_a_manager(manager, scene):
        yield name, manager
    supervisor = open_window(scene.supervisor, **how)
    for name in of_a_supervisor(supervisor, scene):
        yield name, supervisor
    inspector = open_window(scene.colleague(Role.INSPECTOR), **how)
    for name in of_an_inspector(inspector):
        yield name, inspector


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_any_page(open_window: Opener, scene: Scene, width: int):
    axe, found, seen = Axe(), {}, 0
    for name, window in walk(open_window, scene, width=width, bypass_csp=True):
        results = axe.run(window.page)
        seen += 1
        if results.violations_count:
            found[name] = results.generate_report()
    assert found == {}
    assert seen == 47  # a state that is no longer reached is noticed


def test_no_page_complains_and_every_request_is_to_our_own_host(open_window: Opener, scene: Scene):
    windows = {id(window): window for _, window in walk(open_window, scene)}
    for window in windows.values():
        assert [said for said in window.complaints if not said.startswith(EXPECTED)] == []
        assert window.hosts == {urlsplit(window.address).netloc}


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_is_wider_than_a_phone(open_window: Opener, scene: Scene, width: int):
    wide = {
        name: window.sideways()
        for name, window in walk(open_window, scene, width=width)
        if window.sideways() > 0
    }
    assert wide == {}


def test_the_script_runs_under_the_policy(open_window: Opener, scene: Scene):
    window = open_window(scene.manager)
    window.go("/visit-list")
    assert window.page.get_by_role("button", name="Print").is_visible()
