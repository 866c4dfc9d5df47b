"""Moves to several officers in one decision: what is shown before, what is asked, what stays."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Capacity, Role, User
from audit.models import Event, Payload
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Offender
from rules import current
from tests import make
from tests.workflows import crowd, doing
from workflows.actions.caseload import preview_reassignment, reassign_caseload
from workflows.actions.people import bring_visit_forward
from workflows.actions.tasks import defer
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.models import Alert, Deferral, Obligation, ObligationMove, Reassignment, Task

pytestmark = pytest.mark.django_db

#: A Monday in winter. The clock stands at its noon: nothing here depends on when it is run.
TODAY = dt.date(2026, 11, 23)
LATE, LATER = TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=90)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def officers(team) -> list[User]:
    """One who gives, two who take."""
    return [crowd.officer(team=team) for _ in range(3)]


@pytest.fixture
def supervisor(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.SUPERVISOR, team=team))


def people_of(manager: User, count: int, *, due: dt.date = LATER, **facts: object):
    people = [crowd.person(manager, **facts) for _ in range(count)]
    for person in people:
        crowd.owing(person, due)
    return people


def moves(*pairs: tuple[Offender, User]) -> dict:
    return {person.public_id: to.public_id for person, to in pairs}


def move(by: Actor, given: dict, **more: object) -> Reassignment:
    made = reassign_caseload(by=by, moves=given, reason="The officer leaves", **more)
    # By the clock of the test, not the database's, which may say another day.
    Reassignment.objects.filter(pk=made.pk).update(decided_at=timezone.now())
    return made


def can_carry(officer: User, by: Actor, fte: str) -> None:
    Capacity.objects.create(officer=officer, from_on=TODAY, fte=fte, set_by_id=by.user_id)


def managers() -> dict[int, int | None]:
    return dict(Offender.objects.values_list("pk", "offender_manager"))


def test_each_person_goes_to_their_officer_in_one_decision(supervisor, officers):
    giver, one, two = officers
    a, b, c = people_of(giver, 3)
    made = move(supervisor, moves((a, one), (b, two), (c, two)))
    assert managers() == {a.pk: one.pk, b.pk: two.pk, c.pk: two.pk}
    owners = dict(Task.objects.open().values_list("offender", "owner"))
    assert owners == managers()
    event = Event.objects.get(action="caseload.reassign")
    assert event.row_count == 3
    said = Payload.objects.get(event_id=event.pk).payload
    assert said["to"] == sorted([one.staff_number, two.staff_number])
    assert made.moves.count() == 3


def test_every_officer_touched_is_told_once(supervisor, officers):
    giver, one, two = officers
    a, b, c = people_of(giver, 3)
    move(supervisor, moves((a, one), (b, two), (c, two)))
    told = Alert.objects.values_list("to", "about", "people")
    assert set(told) == {
        (giver.pk, "people_left", 3),
        (one.pk, "people_received", 1),
        (two.pk, "people_received", 2),
    }


def test_all_go_back_as_one_step(supervisor, officers):
    giver, one, two = officers
    a, b = people_of(giver, 2)
    c = crowd.person(two)
    before = managers()
    made = move(supervisor, moves((a, one), (b, two), (c, one)))
    undone = undo_reassignment(by=supervisor, reassignment=made.public_id)
    assert managers() == before
    assert set(undone.moves.values_list("returned", flat=True)) == {True}
    told = Alert.objects.filter(subject__endswith=":undo").values_list("to", "about", "people")
    assert set(told) == {
        (giver.pk, "people_received", 2),
        (two.pk, "people_received", 1),
        (one.pk, "people_left", 2),
        (two.pk, "people_left", 1),
    }


def test_one_whom_their_officer_may_not_have_stops_all_and_is_named_before(supervisor, officers):
    giver, one, two = officers
    a, b = people_of(giver, 2)
    crowd.conflict(b, two)
    given = moves((a, one), (b, two))
    assert preview_reassignment(by=supervisor, moves=given).refused == (b.public_id,)
    with pytest.raises(RuleBroken) as refused:
        move(supervisor, given)
    assert refused.value.code == "closed_to_receiver"
    assert set(managers().values()) == {giver.pk}
    move(supervisor, moves((a, two), (b, one)))


def test_a_receiver_of_another_force_stops_all(supervisor, officers):
    giver, one, _ = officers
    a, b = people_of(giver, 2)
    stranger = crowd.officer(team=crowd.team(crowd.force()))
    with pytest.raises(NotVisible):
        move(supervisor, moves((a, one), (b, stranger)))
    assert not Reassignment.objects.exists()


def test_the_preview_has_everyone_touched_before_and_after(supervisor, officers):
    giver, one, two = officers
    a, b = people_of(giver, 2, management_level="high")
    c = crowd.person(two, management_level="very_high")
    can_carry(one, supervisor, "0.5")
    seen = preview_reassignment(by=supervisor, moves=moves((a, one), (b, two), (c, one)))
    rows = {
        change.id: (
            change.receives,
            (change.before.people, change.before.points, change.before.percent),
            (change.after.people, change.after.points, change.after.percent),
        )
        for change in seen.officers
    }
    assert rows == {
        giver.public_id: (False, (2, 6, 8), (0, 0, 0)),
        one.public_id: (True, (0, 0, 0), (2, 9, 22)),
        two.public_id: (True, (1, 6, 8), (1, 3, 4)),
    }
    assert seen.to == moves((a, one), (b, two), (c, one))
    assert seen.officers[0].id == giver.public_id, "who only gives stands first"


def test_a_preview_shows_one_decision_and_another_is_stale(supervisor, officers):
    giver, one, two = officers
    a, b = people_of(giver, 2)
    seen = preview_reassignment(by=supervisor, moves=moves((a, one), (b, two)))
    with pytest.raises(Stale):
        move(supervisor, moves((a, two), (b, one)), seen=seen.digest)
    move(supervisor, moves((b, two), (a, one)), seen=seen.digest)


@pytest.mark.parametrize(
    ("people", "asked", "why"),
    [
        (28, False, "84 points are more than 80, but not more than a tenth more"),
        (29, False, "87 points"),
        (30, True, "90 points are"),
    ],
)
def test_overload_is_warned_of_and_from_a_tenth_more_asks_why(
    supervisor, officers, *, people, asked, why
):
    giver, one, _ = officers
    given = moves(*((p, one) for p in people_of(giver, people, management_level="high")))
    seen = preview_reassignment(by=supervisor, moves=given)
    assert seen.officers[-1].after.is_full
    assert bool(seen.overloaded) is asked, why
    if asked:
        with pytest.raises(Invalid) as refused:
            move(supervisor, given)
        assert (refused.value.code, refused.value.field) == ("over_capacity", "over_capacity")
        assert one.display_name not in refused.value.message
        made = move(supervisor, given, over_capacity="Until the new officer starts on Monday")
        assert made.over_capacity.startswith("Until")
        event = Event.objects.filter(action="caseload.reassign").latest("pk")
        assert "over_capacity" in Payload.objects.get(event_id=event.pk).payload
    else:
        move(supervisor, given)


def test_who_can_carry_nothing_gets_people_only_with_a_reason(supervisor, officers):
    giver, one, _ = officers
    [person] = people_of(giver, 1)
    can_carry(one, supervisor, "0")
    with pytest.raises(Invalid, match="more than they can carry"):
        move(supervisor, moves((person, one)))
    move(supervisor, moves((person, one)), over_capacity="Only they know this person")


def test_giving_people_away_is_never_asked_why(supervisor, officers):
    giver, one, _ = officers
    [person, *_] = people_of(giver, 40, management_level="high")
    move(supervisor, moves((person, one)))


def test_what_is_due_in_seven_days_is_named_and_what_is_late_first(supervisor, officers):
    giver, one, _ = officers
    week = TODAY + dt.timedelta(days=7)
    [soon] = people_of(giver, 1, due=week)
    [late] = people_of(giver, 1, due=LATE)
    [after] = people_of(giver, 1, due=week + dt.timedelta(days=1))
    seen = preview_reassignment(by=supervisor, moves=moves((soon, one), (late, one), (after, one)))
    assert [row.id for row in seen.imminent] == [late.public_id, soon.public_id]


def test_work_that_stays_with_its_officer_is_named():
    manager = make.officer()
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    person, other = make.person(manager=manager), make.person(manager=manager)
    doing.visit(person, by=manager)
    receiver, helper = (make.officer(team=manager.team) for _ in range(2))
    Task.objects.open().filter(offender=other, step="assess").update(
        owner=helper, assigned=timezone.now()
    )
    seen = preview_reassignment(
        by=make.actor(supervisor),
        offenders=[person.public_id, other.public_id],
        to=receiver.public_id,
    )
    assert [(row.person, row.step, row.owner) for row in seen.staying] == [
        (person.public_id, "write_up", manager.public_id),
        (other.public_id, "assess", helper.public_id),
    ]
    before = {row.step: row.owner for row in seen.staying}
    reassign_caseload(
        by=make.actor(supervisor), moves=dict(seen.to), reason="Leave", seen=seen.digest
    )
    open_steps = Task.objects.open().filter(step__in=before)
    after = {task.step: task.owner.public_id for task in open_steps.filter(offender=person)}
    assert after["write_up"] == before["write_up"], "and it did stay"
    assert open_steps.get(offender=other, step="assess").owner == helper


def test_no_due_date_moves_whatever_was_done_to_it():
    """PRACTICE 8: late stays late, a deferral and a visit brought forward stand."""
    manager = make.officer()
    team, receiver = manager.team, make.officer(team=manager.team)
    supervisor = make.actor(make.officer(Role.SUPERVISOR, team=team))
    long_ago = timezone.localdate() - dt.timedelta(days=300)
    late, deferred = (
        make.person(manager=manager, last_effective_visit_on=long_ago) for _ in range(2)
    )
    make.activate(manager)
    until = timezone.localdate() + dt.timedelta(days=5)
    defer(
        by=supervisor, task=make.task_of(deferred).public_id, until=until, reason="In hospital now"
    )
    sooner = make.person(manager=manager)
    bring_visit_forward(
        by=supervisor,
        offender=sooner.public_id,
        visit_by=timezone.localdate() + dt.timedelta(days=2),
        reason="A call from a neighbour",
    )
    people = [late, deferred, sooner]
    owed = list(Obligation.objects.order_by("pk").values())
    tasks = list(Task.objects.open().order_by("pk").values("pk", "due_on", "deferred_until"))
    others = ObligationMove.objects.count(), Deferral.objects.count()

    def unmoved() -> bool:
        return (
            list(Obligation.objects.order_by("pk").values()) == owed
            and list(Task.objects.open().order_by("pk").values("pk", "due_on", "deferred_until"))
            == tasks
            and (ObligationMove.objects.count(), Deferral.objects.count()) == others
        )

    assert {task["deferred_until"] for task in tasks} == {None, until}
    made = move(supervisor, moves(*((person, receiver) for person in people)))
    assert unmoved()
    undo_reassignment(by=supervisor, reassignment=made.public_id)
    assert unmoved()


def test_statements_grow_with_the_receivers_and_not_with_the_people(supervisor, officers):
    giver, one, two = officers
    current.in_force(TODAY)  # kept by the process from then on
    counts = []
    for number in (2, 20):
        people = people_of(giver, number, management_level="low")
        half = number // 2
        given = moves(*((p, one) for p in people[:half]), *((p, two) for p in people[half:]))
        for act in (preview_reassignment, reassign_caseload):
            more = {} if act is preview_reassignment else {"reason": "Leave"}
            with CaptureQueriesContext(connection) as asked:
                act(by=supervisor, moves=given, **more)
            counts.append(sum("SAVEPOINT" not in query["sql"] for query in asked))
    assert counts[:2] == counts[2:]


def test_points_are_added_up_as_they_are_shown(supervisor, officers):
    giver, one, _ = officers
    people = people_of(giver, 3, management_level="medium")
    seen = preview_reassignment(by=supervisor, moves=moves(*((p, one) for p in people)))
    assert sum((row.points for row in seen.people), Decimal(0)) == seen.officers[-1].after.points
