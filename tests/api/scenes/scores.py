"""Static scores, and what they are reckoned from."""

from typing import Any

from offenders.models import Offender
from risk.models import StaticScore
from tests import make
from tests.api.scenes.scene import Scene, spoken


def a_scored_person(scene: Scene) -> tuple[str, Offender]:
    """Somebody with an official value and one that the manager calculated."""
    person = scene.person()
    make.official_score(person, by=scene.manager)
    make.static_score(person, by=scene.manager)
    return str(person.public_id), person


def score_of(scene: Scene) -> str:
    """The score that the scene's manager calculated."""
    return str(
        StaticScore.objects.get(recorded_by=scene.manager, source="calculated_here").public_id
    )


def facts_of_a_score() -> dict[str, Any]:
    """What is sent to calculate OSP/DC."""
    return spoken(make.score_facts())
