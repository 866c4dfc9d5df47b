"""The link that voids a visit stands exactly where the action would take it."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Delegation, Role, User
from offenders.errors import RuleBroken
from tests import make
from tests.api.scenes.standing_in import decisions_to
from tests.ui.conftest import Scene
from tests.workflows import doing
from workflows.actions.delegations import grant_delegation
from workflows.actions.voiding import void_visit
from workflows.models import Visit

pytestmark = pytest.mark.django_db

CONCERN, ALONE = {"concern": True}, {"partner": ""}
NOT_KEPT = {"orders_complied_with": "no", "concern": False}


def recorded(**values: object) -> Callable[[Scene], Visit]:
    """A visit that the manager recorded, and no more."""
    return lambda scene: doing.visit(scene.person, by=scene.manager, **values)


def written_up(values: dict[str, object], **said: object) -> Callable[[Scene], Visit]:
    """The same, written up by the manager."""

    def build(scene: Scene) -> Visit:
        visit = doing.visit(scene.person, by=scene.manager, **values)
        doing.complete(scene.person, "write_up", make.write_up(**said), by=scene.manager)
        return visit

    return build


def reviewed(values: dict[str, object], decision: str = "accepted") -> Callable[[Scene], Visit]:
    """The same, decided on by the team's supervisor."""

    def build(scene: Scene) -> Visit:
        visit = written_up(values)(scene)
        decided = {"decision": decision, "comment": "Read"}
        doing.complete(scene.person, "review", decided, by=scene.supervisor)
        return visit

    return build


def attended_by_the_supervisor(scene: Scene) -> Visit:
    there = [scene.supervisor.staff_number]
    return doing.visit(scene.person, by=scene.manager, colleagues=there, **CONCERN)


def recorded_by_the_supervisor(**values: object) -> Callable[[Scene], Visit]:
    return lambda scene: doing.visit(scene.person, by=scene.supervisor, **values)


def void_already(scene: Scene) -> Visit:
    visit = doing.visit(scene.person, by=scene.manager)
    void(visit, make.actor(scene.manager))
    return visit


def taken_over(scene: Scene) -> Visit:
    return Visit.objects.get(offender=scene.person)


def manager(scene: Scene) -> User:
    return scene.manager


def colleague(scene: Scene) -> User:
    return scene.colleague()


def supervisor(scene: Scene) -> User:
    return scene.supervisor


def second_supervisor(scene: Scene) -> User:
    return scene.colleague(Role.SUPERVISOR)


def inspector(scene: Scene) -> User:
    return scene.colleague(Role.INSPECTOR)


@pytest.mark.parametrize(
    ("visit_of", "who", "is_taken"),
    [
        (recorded(), manager, True),  # one's own entry
        (recorded(), colleague, False),  # another's
        (recorded(), supervisor, True),  # a supervisor anyone's
        (recorded(), inspector, False),  # the permission table has no line for it
        (recorded_by_the_supervisor(), supervisor, True),
        (recorded_by_the_supervisor(), manager, False),
        (taken_over, manager, False),  # nobody here recorded it
        (taken_over, supervisor, True),
        (void_already, manager, False),
        (void_already, supervisor, False),
        (recorded(outcome="no_answer"), manager, True),  # an attempt without cause
        (recorded(outcome="no_answer", **CONCERN), manager, False),
        (recorded(outcome="no_answer", **CONCERN), supervisor, True),
        (recorded(**CONCERN), manager, False),  # a supervisor is to look at it
        (recorded(**CONCERN), supervisor, True),
        (recorded(**ALONE), manager, False),  # alone without authority
        (recorded(**ALONE), supervisor, True),
        (attended_by_the_supervisor, supervisor, False),  # they were there
        (attended_by_the_supervisor, second_supervisor, True),
        (recorded_by_the_supervisor(**CONCERN), supervisor, False),
        (recorded_by_the_supervisor(**CONCERN), second_supervisor, True),
        (written_up({}), manager, True),  # waits for an endorsement, gives no cause
        (written_up({}, concern=True), manager, False),  # the write-up gives cause
        (written_up({}, concern=True), supervisor, True),
        (written_up({}, **NOT_KEPT), manager, False),
        (reviewed({}), manager, False),  # a supervisor has looked at it
        (reviewed({}), supervisor, True),  # who reviewed it took no part in it
        (reviewed({}), second_supervisor, True),
        (reviewed(CONCERN), manager, False),
        (reviewed(CONCERN, "ineffective"), manager, False),
        (reviewed(CONCERN, "ineffective"), supervisor, True),
        (reviewed({}, "returned"), manager, False),
    ],
)
def test_the_link_stands_where_the_action_takes_it(scene, browse, visit_of, who, is_taken):
    visit = visit_of(scene)
    viewer = who(scene)

    assert is_linked(browse(viewer), visit) == is_taken
    assert is_voided(visit, make.actor(viewer)) == is_taken


def test_whoever_acts_for_a_supervisor_voids_nothing_and_is_led_nowhere(scene, browse):
    visit, stand_in = doing.visit(scene.person, by=scene.manager), scene.colleague()
    given = delegated(scene, stand_in)
    client = browse(stand_in)
    client.post(reverse("ui:delegation-use", args=[given.public_id]))

    assert not is_linked(client, visit)
    assert not is_voided(visit, Actor.of_delegate(given))


def test_each_visit_of_a_timeline_is_told_by_itself(scene, browse):
    own = doing.visit(scene.person, by=scene.manager, outcome="no_answer")
    other = doing.visit(scene.person, by=scene.colleague(), outcome="refused")
    concern = doing.visit(scene.person, by=scene.manager, **CONCERN)
    imported = Visit.objects.get(offender=scene.person, origin="imported")
    visits = [own, other, concern, imported]
    for viewer, linked in (
        (scene.manager, [True, False, False, False]),
        (scene.supervisor, [True, True, True, True]),
    ):
        assert [is_linked(browse(viewer), visit) for visit in visits] == linked
        assert [is_voided(visit, make.actor(viewer)) for visit in visits] == linked


def delegated(scene: Scene, taker: User) -> Delegation:
    return grant_delegation(
        by=make.actor(scene.outsider(Role.INSPECTOR)),
        delegator=scene.supervisor.staff_number,
        **decisions_to(taker),
    )


def is_linked(client: Client, visit: Visit) -> bool:
    """Whether the visit's entry on the person's page leads to voiding it."""
    person = visit.offender.public_id
    address = reverse("ui:person", args=[person])
    page = client.get(address)
    if page.status_code == 403:  # an inspector beyond their team gives a reason first
        page = client.post(address, {"reason": "Looks at the visits of the team"})
    assert page.status_code == 200
    return reverse("ui:void-visit", args=[person, visit.public_id]) in page.content.decode()


def is_voided(visit: Visit, by: Actor) -> bool:
    """Whether the action takes it. Nothing of it is kept."""
    with transaction.atomic():
        try:
            void(visit, by)
        except (RuleBroken, NotPermitted):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def void(visit: Visit, by: Actor) -> None:
    void_visit(
        by=by,
        offender=visit.offender.public_id,
        visit=visit.public_id,
        reason="Entered for the wrong person",
    )
