"""The link that voids a score stands exactly where the action would take it."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, User
from offenders.errors import RuleBroken
from risk.models import StaticScore
from tests import make
from tests.api.scenes.standing_in import decisions_to
from tests.ui.conftest import Scene
from workflows.actions.delegations import grant_delegation
from workflows.actions.static_scores import void_score

pytestmark = pytest.mark.django_db


def manager(scene: Scene) -> User:
    return scene.manager


def colleague(scene: Scene) -> User:
    return scene.colleague()


def supervisor(scene: Scene) -> User:
    return scene.supervisor


def inspector(scene: Scene) -> User:
    return scene.colleague(Role.INSPECTOR)


def calculated(scene: Scene) -> StaticScore:
    return make.static_score(scene.person, by=scene.manager)


def official(scene: Scene) -> StaticScore:
    return make.official_score(scene.person, by=scene.manager)


def of_the_supervisor(scene: Scene) -> StaticScore:
    return make.official_score(scene.person, by=scene.supervisor)


def of_another_system(scene: Scene) -> StaticScore:
    return make.official_score(scene.person, by=make.integration(force=scene.person.force))


def void_already(scene: Scene) -> StaticScore:
    score = calculated(scene)
    return void(score, make.actor(scene.manager))


@pytest.mark.parametrize(
    ("score_of", "who", "is_taken"),
    [
        (calculated, manager, True),  # one's own entry
        (official, manager, True),
        (calculated, colleague, False),  # another's
        (official, colleague, False),
        (calculated, supervisor, True),  # a supervisor anyone's
        (calculated, inspector, False),  # the permission table has no line for it
        (of_the_supervisor, supervisor, True),
        (of_the_supervisor, manager, False),
        (of_another_system, manager, False),  # nobody here recorded it
        (of_another_system, supervisor, True),
        (void_already, manager, False),
        (void_already, supervisor, False),
    ],
)
def test_the_link_stands_where_the_action_takes_it(
    scene: Scene,
    browse: Callable[[User], Client],
    score_of: Callable[[Scene], StaticScore],
    who: Callable[[Scene], User],
    is_taken: bool,
) -> None:
    score, viewer = score_of(scene), who(scene)

    assert is_linked(browse(viewer), score) == is_taken
    assert is_voided(score, make.actor(viewer)) == is_taken


def test_whoever_acts_for_a_supervisor_voids_nothing_and_is_led_nowhere(
    scene: Scene, browse: Callable[[User], Client]
) -> None:
    score, stand_in = calculated(scene), scene.colleague()
    given = grant_delegation(
        by=make.actor(scene.outsider(Role.INSPECTOR)),
        delegator=scene.supervisor.staff_number,
        **decisions_to(stand_in),
    )
    client = browse(stand_in)
    client.post(reverse("ui:delegation-use", args=[given.public_id]))

    assert not is_linked(client, score)
    assert not is_voided(score, Actor.of_delegate(given))


def is_linked(client: Client, score: StaticScore) -> bool:
    """Whether the score on the page of scores leads to voiding it."""
    person = score.offender.public_id
    page = client.get(reverse("ui:scores", args=[person]))
    assert page.status_code == 200
    return reverse("ui:void-score", args=[person, score.public_id]) in page.content.decode()


def is_voided(score: StaticScore, by: Actor) -> bool:
    """Whether the action takes it. Nothing of it is kept."""
    with transaction.atomic():
        try:
            void(score, by)
        except (RuleBroken, NotPermitted):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def void(score: StaticScore, by: Actor) -> StaticScore:
    return void_score(
        by=by,
        offender=score.offender.public_id,
        score=score.public_id,
        reason="Counted a caution twice",
    )
