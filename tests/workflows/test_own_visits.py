"""Nobody reviews a visit in which they had a part: the database refuses it, in either order.

Straight past the actions, by ORM and by raw SQL, with a true copy of who recorded it on the review
and with a false one. A superuser is nobody more.
"""

import datetime as dt
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import Role, User
from tests import make
from tests.workflows import doing
from tests.workflows.test_deciders import change
from workflows import own_visits
from workflows.models import Visit, VisitAttendance, VisitReview, VisitWriteUp

pytestmark = pytest.mark.django_db


class Scene(NamedTuple):
    """A visit with everyone who had a part in it, and three who had none."""

    visit: Visit
    recorded: User
    attended: User
    wrote: User
    reviewer: User
    away: User
    stranger: User


@pytest.fixture
def scene() -> Scene:
    person = make.person()
    recorded = make.activate(person.offender_manager)
    attended, wrote = (make.officer(team=person.team) for _ in range(2))
    reviewer, away, stranger = (make.officer(Role.SUPERVISOR, team=person.team) for _ in range(3))
    visit = doing.visit(person, concern=True, colleagues=[attended.staff_number], partner="")
    doing.complete(person, "write_up", make.write_up(entry_reason="They are away"), by=wrote)
    User.objects.update(is_superuser=True, is_staff=True)
    return Scene(visit, recorded, attended, wrote, reviewer, away, stranger)


def review(scene: Scene, **columns: Any) -> VisitReview:
    sound = {"visit_recorded_by": scene.recorded, "reviewed_by": scene.reviewer}
    return VisitReview.objects.create(
        visit=scene.visit, decision="returned", comment="Say more", **sound | columns
    )


def refused() -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=own_visits.REFUSAL)


#: Who had a part in it. Who recorded it attended as well, as most do.
PARTS = ["recorded", "attended", "wrote"]


@pytest.mark.parametrize("copy", ["true", "false"])
@pytest.mark.parametrize("column", ["reviewed_by", "reviewed_for"])
@pytest.mark.parametrize("part", PARTS)
def test_nobody_reviews_or_is_acted_for_who_had_a_part(scene, part, column, copy):
    said = scene.recorded if copy == "true" else scene.stranger

    with refused(), transaction.atomic():
        review(scene, visit_recorded_by=said, **{column: getattr(scene, part)})

    assert not VisitReview.objects.exists()


@pytest.mark.parametrize("way", ["orm", "save", "sql"])
@pytest.mark.parametrize("column", ["reviewed_by", "reviewed_for"])
@pytest.mark.parametrize("part", PARTS)
def test_a_review_is_not_changed_to_theirs(scene, part, column, way):
    row = review(scene)

    with refused(), transaction.atomic():
        change(row, column, getattr(scene, part), way)


def test_a_review_is_not_moved_to_ones_own_visit(scene):
    other = doing.visit(make.person(manager=scene.wrote), by=scene.stranger)
    row = VisitReview.objects.create(
        visit=other,
        decision="returned",
        comment="Say more",
        visit_recorded_by=scene.stranger,
        reviewed_by=scene.attended,
    )

    with refused(), transaction.atomic():
        VisitReview.objects.filter(pk=row.pk).update(visit=scene.visit)


def attend(scene: Scene, user: User) -> None:
    VisitAttendance.objects.create(visit=scene.visit, user=user)


def be_put_in_attendance(scene: Scene, user: User) -> None:
    VisitAttendance.objects.filter(user=scene.attended).update(user=user)


def write_up(scene: Scene, user: User) -> None:
    VisitWriteUp.objects.create(
        visit=scene.visit,
        summary="Seen",
        children_present=False,
        orders_complied_with="yes",
        concern=False,
        is_late=False,
        written_by=user,
        written_at=timezone.now(),
    )


def be_put_under_the_write_up(scene: Scene, user: User) -> None:
    VisitWriteUp.objects.filter(visit=scene.visit).update(written_by=user)


def be_put_down_as_who_recorded_it(scene: Scene, user: User) -> None:
    Visit.objects.filter(pk=scene.visit.pk).update(recorded_by=user)


AFTERWARDS = [
    attend,
    be_put_in_attendance,
    write_up,
    be_put_under_the_write_up,
    be_put_down_as_who_recorded_it,
]


@pytest.mark.parametrize("reviewer", ["reviewer", "away"])
@pytest.mark.parametrize("act", AFTERWARDS)
def test_nobody_who_reviewed_it_has_a_part_in_it_afterwards(scene, act, reviewer):
    review(scene, reviewed_for=scene.away)

    with refused(), transaction.atomic():
        act(scene, getattr(scene, reviewer))


@pytest.mark.parametrize("act", AFTERWARDS)
def test_somebody_else_may_have(scene, act):
    review(scene, reviewed_for=scene.away)

    act(scene, scene.stranger)


def test_a_review_by_others_of_a_visit_taken_over_stands(scene):
    taken_over = Visit.objects.create(
        offender=scene.visit.offender,
        origin="imported",
        outcome="effective",
        occurred_on=timezone.localdate() - dt.timedelta(days=9),
    )

    row = review(scene._replace(visit=taken_over), reviewed_for=scene.away)

    assert row.reviewed_by == scene.reviewer


def table_of(name: str) -> str:
    """The table that a trigger is on."""
    found = {
        "visit_review": own_visits.REVIEW,
        "visit_recorded": own_visits.VISIT,
        "visit_attended": own_visits.ATTENDANCE,
        "visit_written": own_visits.WRITE_UP,
    }
    return found["_".join(name.split("_")[:2])]


@pytest.mark.parametrize("name", own_visits.names(connection.vendor))
def test_a_dropped_trigger_is_noticed_by_the_check_and_by_the_start(name):
    own_visits.require()
    call_command("check", databases=["default"])

    on = "" if connection.vendor == "sqlite" else f" ON {table_of(name)}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")

    assert own_visits.missing() == [name]
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    with pytest.raises(own_visits.VisitsUnguarded, match=name):
        own_visits.require()
    call_command("restore_triggers", verbosity=0)
    own_visits.require()


@pytest.mark.parametrize("model", [Visit, VisitReview, VisitAttendance, VisitWriteUp])
def test_every_table_of_a_visit_with_its_people_is_guarded(model: type[models.Model]):
    tables = {own_visits.VISIT, own_visits.REVIEW, own_visits.ATTENDANCE, own_visits.WRITE_UP}

    assert model._meta.db_table in tables
