"""A team as it stood: the same standings as every list of the past (decision 0016)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Capacity, Role, User
from offenders.models import Offender
from tests import make
from tests.workflows import doing
from tests.workflows.moments import moment
from workflows.actions import absences
from workflows.actions.caseload import reassign_caseload
from workflows.errors import NotVisible
from workflows.queries import caseload_then
from workflows.queries.caseload import officer_people, team_caseload, unmanaged_people
from workflows.queries.caseload_then import TeamThen, people_then, team_then
from workflows.queries.standing import AsKnown

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def now() -> AsKnown:
    today = timezone.localdate()
    return AsKnown(today, None, today)


def late(manager: User, **facts: object) -> Offender:
    """Somebody whose visit has long been due."""
    visited_on = timezone.localdate() - 300 * DAY
    return make.person(manager=manager, **{"last_effective_visit_on": visited_on} | facts)


@pytest.fixture
def manager() -> User:
    return make.activate(make.officer())


@pytest.fixture
def supervisor(manager: User) -> Actor:
    return make.actor(make.officer(Role.SUPERVISOR, team=manager.team))


def loads(found: TeamThen) -> dict[object, tuple[int, int]]:
    return {load.id: (load.people, load.overdue) for load in found.officers}


def then(actor: Actor, manager: User, asked: AsKnown) -> TeamThen:
    return team_then(actor=actor, team=manager.team.public_id, asked=asked)


@pytest.mark.parametrize(
    "how",
    [
        lambda asked: asked,  # from the tables
        lambda asked: asked._replace(known_at=moment()),  # from the record of this moment
        lambda asked: asked._replace(today=asked.today + DAY),  # from the facts of the day
    ],
    ids=["now", "known at this moment", "as of a day"],
)
def test_the_team_of_this_moment_is_the_team_of_today(manager, supervisor, how):
    other = make.officer(team=manager.team)
    for level in ("very_high", "high", "medium", ""):
        late(manager, management_level=level)
    late(other, status="custody", status_since=timezone.localdate() - 90 * DAY)
    late(other, management_mode="reactive", management_level="low")
    late(make.officer(), management_level="low")  # of another team
    nobodys = late(other)
    Offender.objects.filter(pk=nobodys.pk).update(offender_manager=None)
    today = timezone.localdate()
    of_today = team_caseload(actor=supervisor, team=manager.team.public_id, today=today)

    found = then(supervisor, manager, how(now()))

    assert [
        (load.id, load.staff_number, load.name, load.people, load.overdue, load.levels, load.share)
        for load in found.officers
    ] == [
        (load.id, load.staff_number, load.name, load.people, load.overdue, load.levels, load.share)
        for load in of_today.officers
        if load.people
    ]
    assert (found.people, found.overdue, found.unmanaged) == (7, of_today.overdue, 1)
    rows = [
        officer_people(actor=supervisor, officer=o.public_id, today=today) for o in (manager, other)
    ]
    rows.append(unmanaged_people(actor=supervisor, team=manager.team.public_id, today=today))
    for officer, listed in zip((manager.public_id, other.public_id, None), rows, strict=True):
        assert [tuple(row) for row in people_then(found, officer)] == [
            (r.id, r.reference, r.surname, r.initial, r.level, r.next_kind, r.due_on, r.overdue)
            for r in listed
        ]


def test_what_was_late_then_stays_late_whatever_is_entered_since(manager, supervisor):
    person = late(manager)
    before, at = loads(then(supervisor, manager, now())), moment()
    assert before[manager.public_id][1] > 0
    doing.visit(person)
    assert (
        loads(then(supervisor, manager, now()))[manager.public_id][1] < before[manager.public_id][1]
    )

    assert loads(then(supervisor, manager, now()._replace(known_at=at))) == before


def test_whose_people_they_were_is_as_it_was_known(manager, supervisor):
    person, other = late(manager), make.officer(team=manager.team)
    before, at = loads(then(supervisor, manager, now())), moment()
    reassign_caseload(
        by=supervisor, offenders=[person.public_id], to=other.public_id, reason="Course of weeks"
    )

    assert list(loads(then(supervisor, manager, now()))) == [other.public_id]
    assert loads(then(supervisor, manager, now()._replace(known_at=at))) == before


def test_who_has_left_is_seen_in_the_team_of_then_by_whoever_sees_them_today(manager, supervisor):
    person = late(manager)
    at = moment()
    doing.move_away(person)
    inspector = make.actor(make.officer(Role.INSPECTOR, force=manager.force))
    asked = now()._replace(known_at=at)

    assert then(inspector, manager, asked).people == 1
    assert then(supervisor, manager, asked).people == 0
    person.refresh_from_db()
    gone_to = team_then(actor=inspector, team=person.team.public_id, asked=asked)
    assert gone_to.people == 0, "not there yet"


def test_who_was_not_on_record_then_is_not_counted(manager, supervisor):
    at = moment()
    late(manager)
    assert then(supervisor, manager, now()._replace(known_at=at)).officers == []


def test_what_an_officer_could_carry_is_that_of_the_day_and_of_the_record(manager, supervisor):
    late(manager)
    today, setter = timezone.localdate(), User.objects.get(pk=supervisor.user_id)
    before = moment()
    Capacity.objects.create(officer=manager, from_on=today - DAY, fte=Decimal("0.5"), set_by=setter)
    after = moment()

    def share(as_of: dt.date, known_at: dt.datetime | None) -> Decimal:
        [load] = then(supervisor, manager, AsKnown(as_of, known_at, today)).officers
        assert load.capacity == load.scale.capacity * load.share.of_full_time
        return load.share.of_full_time

    assert share(today, before) == 1, "not on record yet"
    assert share(today, after) == Decimal("0.5")
    assert share(today - DAY, None) == Decimal("0.5"), "its first day"
    assert share(today - 2 * DAY, None) == 1, "the day before"


def test_an_absence_that_was_called_off_since_was_known_before(manager, supervisor):
    late(manager)
    today = timezone.localdate()
    away = absences.record_absence(
        by=make.actor(manager), kind="leave", from_on=today, until_on=today + DAY, cover=""
    )
    known = moment()
    absences.cancel_absence(by=make.actor(manager), absence=away.public_id)

    for asked, is_away in ((now(), False), (now()._replace(known_at=known), True)):
        [load] = then(supervisor, manager, asked).officers
        assert load.share.is_away is is_away


def test_of_a_team_nobody_is_read_who_was_never_in_it(manager, monkeypatch):
    """An inspector's look at one team does not work out what the whole force owed."""
    inspector = make.actor(make.officer(Role.INSPECTOR, force=manager.force))
    person, gone = late(manager), late(manager)
    late(make.officer(team=make.team(in_force=manager.force)))
    doing.move_away(gone)
    read: list[int] = []
    told = caseload_then.standings
    monkeypatch.setattr(
        caseload_then, "standings", lambda ids, asked: [*map(read.append, ids)] and told(ids, asked)
    )

    then(inspector, manager, now()._replace(known_at=moment()))

    assert read == sorted([person.pk, gone.pk])


def test_a_team_beyond_reach_is_not_there(manager):
    stranger = make.actor(make.officer(Role.SUPERVISOR, team=make.team(in_force=manager.force)))
    with pytest.raises(NotVisible):
        then(stranger, manager, now())


def test_it_takes_as_many_statements_for_many_as_for_few(manager, supervisor):
    asked = now()
    asked = asked._replace(today=asked.today + DAY)
    for _ in range(2):
        late(manager)
    few = _statements(supervisor, manager, asked)
    for _ in range(5):
        late(manager)
        late(make.officer(team=manager.team))
    assert _statements(supervisor, manager, asked) <= few


def _statements(supervisor: Actor, manager: User, asked: AsKnown) -> int:
    with CaptureQueriesContext(connection) as captured:
        people_then(then(supervisor, manager, asked), manager.public_id)
    return len(captured)
