"""People who are missing, or said to be dead."""

from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Record, Scene, done
from workflows.actions import deaths, missing
from workflows.steps.missing import CHECKED


def a_missing_person(scene: Scene) -> tuple[str, Offender]:
    """Reported missing by the manager."""
    person = scene.person()
    missing.report_missing(by=scene.by(), offender=person.public_id, reason=WHY)
    return str(person.public_id), person


def a_task_of_a_missing_person(step: str) -> Record:
    def record(scene: Scene) -> tuple[str, Offender]:
        _, person = a_missing_person(scene)
        return str(make.task_of(person, step).public_id), person

    return record


def someone_not_resident(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    done(scene, make.task_of(person), make.outcome(outcome="not_resident"))
    return str(make.task_of(person, "decide_missing").public_id), person


def enquired_after_twice(scene: Scene) -> tuple[str, Offender]:
    """An inspector looks at the second round."""
    _, person = a_missing_person(scene)
    for _ in range(2):
        done(scene, make.task_of(person, "record_enquiry"), ENQUIRY)
    return str(make.task_of(person, "review_enquiry").public_id), person


def someone_said_to_be_dead(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    deaths.report_death(by=scene.by(), offender=person.public_id, source=WHY)
    return str(make.task_of(person, "verify_death").public_id), person


ENQUIRY = dict.fromkeys(CHECKED, True) | {
    "findings": "Not seen since Monday",
    "next_steps": "Ask his sister",
}
