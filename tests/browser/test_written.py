"""What was written reads as lines of text, on a phone as on a desk."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests import make
from tests.browser.conftest import Window
from tests.ui.conftest import Scene
from tests.workflows import doing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVIDENCE = "Seen at home on the last two visits, settled; nothing on the telephone against it."
#: Which part a text takes of the width of the list that it is in.
SHARE = """text => {
  const list = text.closest("dl").getBoundingClientRect(), here = text.getBoundingClientRect();
  return here.width / list.width;
}"""


@pytest.mark.parametrize(("width", "share"), [(390, 0.99), (1440, 0.6)])
def test_the_evidence_of_an_assessment_is_as_wide_as_there_is_room(
    open_window: Callable[..., Window], scene: Scene, width: int, share: float
):
    values = make.assessment()
    for row in values["ratings"]:
        row["evidence"] = EVIDENCE
    task = doing.complete(scene.person, "assess", values, by=scene.manager)
    window = open_window(scene.manager, width=width)

    window.go(reverse("ui:task", args=[task.public_id]))

    text = window.page.locator("dl.pairs p", has_text=EVIDENCE).first
    assert text.evaluate(SHARE) >= share
    factor = window.page.locator("dl.pairs li").first
    assert factor.locator("b").inner_text() == "Opportunity to offend"
    lines = factor.locator("p")
    assert lines.first.inner_text() == "Rating: Low; Trend: Not known"
    assert lines.nth(1).bounding_box()["y"] > lines.first.bounding_box()["y"]
