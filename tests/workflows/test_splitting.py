"""Suggesting a fair split: among whom, of what, and that it is only a suggestion."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.capacity import capacities_ahead
from accounts.errors import NotPermitted
from accounts.models import Absence, Capacity, Role, User
from offenders.errors import Invalid
from offenders.models import Address, Offender
from tests.workflows import crowd
from ui.views.caseload_parts import preview_lines
from workflows.actions.caseload import reassign_caseload
from workflows.actions.splitting import suggest_split
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.models import Alert, Reassignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def officers(team) -> list[User]:
    return [crowd.officer(team=team) for _ in range(3)]


@pytest.fixture
def supervisor(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.SUPERVISOR, team=team))


def can_carry(officer: User, fte: str, *, by: User) -> None:
    Capacity.objects.create(officer=officer, from_on=timezone.localdate(), fte=fte, set_by=by)


def inspector_of(team) -> User:
    return crowd.officer(Role.INSPECTOR, force=team.force)


def suggest(by: Actor, team, **given: object):
    return suggest_split(by=by, team=team.public_id, **given)


def to_of(found) -> dict[object, object]:
    return dict(found.split.moves)


def living_at(person: Offender, postcode: str) -> Offender:
    Address.objects.create(
        offender=person, kind="main_residence", line_1="1 Example Row", postcode=postcode
    )
    return person


def managers() -> dict[int, int | None]:
    return dict(Offender.objects.values_list("pk", "offender_manager"))


def test_everyone_of_an_overloaded_officer_stays_but_who_is_too_much(supervisor, team, officers):
    full, _, _ = officers
    for _ in range(30):
        crowd.person(full, management_level="high")
    before = managers()
    found = suggest(supervisor, team, officer=full.public_id)
    assert len(found.split.moves) == 4, "90 points, of which 80 can be carried"
    assert len(found.split.stays) == 26
    assert found.preview is not None
    gives = found.preview.officers[0]
    assert (gives.id, gives.after.points) == (full.public_id, 78)
    assert not found.preview.overloaded
    assert (managers(), Reassignment.objects.count(), Alert.objects.count()) == (before, 0, 0)


def test_nobody_moves_where_nobody_is_overloaded(supervisor, team, officers):
    crowd.person(officers[0])
    found = suggest(supervisor, team, officer=officers[0].public_id)
    assert (to_of(found), found.preview) == ({}, None)


def test_when_an_officer_leaves_nobody_stays_with_them(supervisor, team, officers):
    leaver, one, two = officers
    people = [crowd.person(leaver) for _ in range(4)]
    found = suggest(supervisor, team, officer=leaver.public_id, all_move=True)
    assert to_of(found).keys() == {person.public_id for person in people}
    assert set(to_of(found).values()) <= {one.public_id, two.public_id}


def test_a_supervisor_confirms_it_as_one_reassignment_and_undoes_it(supervisor, team, officers):
    leaver, _, _ = officers
    for number in range(4):
        living_at(crowd.person(leaver), f"QX{number} 1AA")
    before = managers()
    found = suggest(supervisor, team, officer=leaver.public_id, all_move=True)
    made = reassign_caseload(
        by=supervisor, moves=found.split.moves, reason="Leaves us", seen=found.preview.digest
    )
    after = dict(Offender.objects.values_list("public_id", "offender_manager__public_id"))
    assert after == to_of(found)
    Reassignment.objects.update(decided_at=timezone.now())
    undo_reassignment(by=supervisor, reassignment=made.public_id)
    assert managers() == before


def test_people_go_where_an_officer_goes_already(supervisor, team, officers):
    leaver, one, two = officers
    living_at(crowd.person(one), "QX1 1AA")
    living_at(crowd.person(two), "QX2 1AA")
    first, second = (living_at(crowd.person(leaver), f"QX{n} 2BB") for n in (1, 2))
    found = suggest(supervisor, team, offenders=[first.public_id, second.public_id], all_move=True)
    assert to_of(found) == {first.public_id: one.public_id, second.public_id: two.public_id}


def test_who_is_managed_by_nobody_gets_an_officer(supervisor, team, officers):
    alone = crowd.person(None, team=team)
    crowd.person(None, team=crowd.team(team.force))
    found = suggest(supervisor, team, unmanaged=True)
    assert to_of(found).keys() == {alone.public_id}


def test_a_conflict_and_a_restricted_record_are_kept_to(supervisor, team, officers):
    me = User.objects.get(pk=supervisor.user_id)
    tied, restricted = crowd.person(None, team=team), crowd.person(None, team=team)
    crowd.conflict(tied, officers[0])
    crowd.conflict(tied, officers[1])
    Offender.objects.filter(pk=restricted.pk).update(is_restricted=True)
    crowd.named(restricted, me)
    crowd.named(restricted, officers[1])
    found = suggest(supervisor, team, unmanaged=True)
    assert to_of(found) == {
        tied.public_id: officers[2].public_id,
        restricted.public_id: officers[1].public_id,
    }
    crowd.conflict(tied, officers[2])
    found = suggest(supervisor, team, unmanaged=True)
    assert found.split.impossible == (tied.public_id,)
    assert found.references == (tied.source_ref,)


def test_who_cannot_take_people_is_not_asked(supervisor, team, officers):
    lapsed, closed, able = officers
    User.objects.filter(pk=lapsed.pk).update(vetting_expires_on="2020-01-01")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    crowd.officer(Role.AUDITOR, team=team)
    person = crowd.person(None, team=team)
    assert to_of(suggest(supervisor, team, unmanaged=True)) == {person.public_id: able.public_id}
    can_carry(able, "0", by=inspector_of(team))
    found = suggest(supervisor, team, unmanaged=True)
    assert found.split.impossible == (person.public_id,), "nobody can carry anything"


def test_who_carries_half_gets_half(supervisor, team, officers):
    half, full, other = officers
    User.objects.filter(pk=other.pk).update(is_active=False)
    can_carry(half, "0.5", by=inspector_of(team))
    for _ in range(60):
        crowd.person(None, team=team, management_level="high")
    after = {
        row.id: row.after.percent
        for row in suggest(supervisor, team, unmanaged=True).preview.officers
    }
    assert after[half.public_id] == after[full.public_id] == 150


def test_who_may_not_see_them_is_told_of_nobody(supervisor, team, officers):
    hidden = crowd.person(officers[0], is_restricted=True)
    with pytest.raises(NotVisible):
        suggest(supervisor, team, offenders=[hidden.public_id])
    with pytest.raises(NotVisible):
        suggest(supervisor, team, officer=officers[0].public_id)
    elsewhere = crowd.team(team.force)
    with pytest.raises(NotVisible):
        suggest(supervisor, elsewhere, unmanaged=True)
    with pytest.raises(NotPermitted):
        suggest(Actor.of_user(officers[0]), team, unmanaged=True)


def test_an_inspector_suggests_for_another_team(team, officers):
    person = crowd.person(crowd.officer(team=crowd.team(team.force)))
    found = suggest(Actor.of_user(inspector_of(team)), team, offenders=[person.public_id])
    assert set(to_of(found).values()) <= {officer.public_id for officer in officers}
    assert found.split.stays == ()


def test_whose_people_is_said_in_one_way(supervisor, team, officers):
    person = crowd.person(officers[0])
    for given in (
        {},
        {"unmanaged": True, "officer": officers[0].public_id},
        {"offenders": [person.public_id], "unmanaged": True},
    ):
        with pytest.raises(Invalid):
            suggest(supervisor, team, **given)


def test_what_came_to_the_supervisor_is_split_among_the_officers(supervisor, team, officers):
    me = User.objects.get(pk=supervisor.user_id)
    people = [crowd.person(me) for _ in range(3)]
    found = suggest(supervisor, team, officer=me.public_id)
    assert to_of(found).keys() == {person.public_id for person in people}
    assert me.public_id not in to_of(found).values()


def test_statements_do_not_grow_with_the_people(supervisor, team, officers):
    User.objects.filter(pk=officers[2].pk).update(is_active=False)
    counts = []
    for number in (3, 20):
        for _ in range(number):
            crowd.person(officers[0], management_level="low")
        suggest(supervisor, team, officer=officers[0].public_id, all_move=True)
        with CaptureQueriesContext(connection) as asked:
            suggest(supervisor, team, officer=officers[0].public_id, all_move=True)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def away(officer: User, first: int, days: int) -> None:
    since = timezone.localdate() + dt.timedelta(days=first)
    Absence.objects.create(
        officer=officer,
        kind="leave",
        from_on=since,
        until_on=since + dt.timedelta(days=days),
        recorded_by=officer,
    )


def test_who_is_soon_away_is_given_less_and_is_named(supervisor, team, officers):
    giver, here, leaves = officers
    for _ in range(40):
        crowd.person(giver, management_level="medium")
    away(leaves, 7, 21)

    found = suggest(supervisor, team, officer=giver.public_id, all_move=True)

    given = Counter(found.split.moves.values())
    assert given[here.public_id] > 2 * given[leaves.public_id] > 0
    change = {one.id: one for one in found.preview.officers}[leaves.public_id]
    assert change.after.share.days_away == 21
    lines = [
        check["words"] for check in preview_lines(found.preview, timezone.localdate())["checks"]
    ]
    assert any("is away on 21 of the next 28 days" in line for line in lines)


@pytest.mark.parametrize(
    ("first", "days", "counted", "reason"),
    [
        (0, 28, 28, "all of them: they can be given nothing"),
        (-5, 10, 5, "the rest of one that has begun, and nobody is given anything today"),
        (27, 10, 1, "the last day that counts"),
        (28, 10, 0, "after the days that count"),
        (-10, 10, 0, "back today"),
    ],
)
def test_the_days_that_count_are_the_next_28(officers, first, days, counted, reason):
    officer = officers[0]
    away(officer, first, days)

    share = capacities_ahead([officer.pk], timezone.localdate())[officer.pk]

    assert share.days_away == counted, reason
    is_away = first <= 0 < first + days
    expected = Decimal(0) if is_away else Decimal(28 - counted) / 28
    assert share.of_full_time == expected, reason
