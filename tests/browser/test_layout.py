"""What stands where: figures in their rings, rows that open, hints apart from buttons."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.browser.conftest import Window
from tests.ui.conftest import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Window]

#: Pixels that the figure of each ring stands out of it on its worse side, with three digits.
STANDS_OUT = """rings => rings.map(ring => {
  const figure = ring.querySelector("b");
  figure.textContent = "101";
  const inner = figure.getBoundingClientRect(), outer = ring.getBoundingClientRect();
  return Math.max(outer.left + 4 - inner.left, inner.right - outer.right + 4);
})"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("where", ["person", "tasks"])
def test_a_score_of_three_digits_stands_within_its_ring(
    open_window: Opener, scene: Scene, width: int, where: str
):
    window = open_window(scene.manager, width=width)
    paths = {"person": reverse("ui:person", args=[scene.person.public_id]), "tasks": "/tasks"}
    window.go(paths[where])
    out = window.page.eval_on_selector_all(".score", STANDS_OUT)
    assert out
    assert max(out) <= 0


def test_the_reasons_of_a_row_open_it_like_the_rest_of_it(open_window: Opener, scene: Scene):
    window = open_window(scene.manager)
    window.go("/tasks")
    row = window.page.locator(".task").filter(has=window.page.locator(".task-reasons li")).first
    address = row.locator("a.kind").get_attribute("href")
    box = row.locator(".task-reasons li").first.bounding_box()
    assert box is not None
    with window.page.expect_navigation():
        window.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert window.page.url == f"{window.address}{address}"


@pytest.mark.parametrize("width", [1440, 390])
def test_what_is_said_of_buttons_stands_apart_from_them(
    open_window: Opener, scene: Scene, width: int
):
    window = open_window(scene.supervisor, width=width)
    team = reverse("ui:team-caseload", args=[scene.manager.team.public_id])
    window.go(f"{team}?officer={scene.manager.public_id}")
    gaps = window.page.eval_on_selector_all(
        ".buttons + .small",
        "hints => hints.map(hint => hint.getBoundingClientRect().top"
        " - hint.previousElementSibling.getBoundingClientRect().bottom)",
    )
    assert gaps
    assert min(gaps) >= 8


def test_the_links_of_a_head_stand_together(open_window: Opener, scene: Scene):
    window = open_window(scene.supervisor)
    window.go(reverse("ui:team-caseload", args=[scene.manager.team.public_id]))
    assert window.page.locator(".page-head .links").count() == 1
    assert window.page.locator(".page-head .links a").count() == 2
