"""Who made the visits: two officers, one with a partner agency's colleague, or one alone."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.workflows import doing
from workflows.actions.tasks import authorise_lone_visit
from workflows.actions.voiding import void_visit
from workflows.models import LoneVisitAuthority, Visit
from workflows.queries.quality import TeamQuality, quality

pytestmark = pytest.mark.django_db

PARTNER = "A. Partner, probation"


@pytest.fixture
def manager() -> User:
    return make.officer()


@pytest.fixture
def supervisor(manager: User) -> User:
    return make.officer(Role.SUPERVISOR, team=manager.team)


def asked(by: User, **days: dt.date) -> TeamQuality:
    [found] = quality(actor=make.actor(by), today=timezone.localdate(), **days)
    return found


def figures(found: TeamQuality) -> tuple[int, int, int, int]:
    return (
        found.visits,
        found.with_partner,
        found.alone_authorised,
        found.alone_unauthorised,
    )


def authorise(person: Offender, officer: User, by: User) -> None:
    """Two hours ago, as far as the database's clock lets a test say so."""
    given = authorise_lone_visit(
        by=make.actor(by),
        task=make.task_of(person).public_id,
        officer=officer.public_id,
        risk_assessment="Day visit, rings after",
    )
    at = timezone.now() - dt.timedelta(hours=2)
    LoneVisitAuthority.objects.filter(pk=given.pk).update(authorised_at=at)


@pytest.mark.parametrize(
    ("made", "wanted", "why"),
    [
        ((2, "", False), (1, 0, 0, 0), "two officers"),
        ((1, PARTNER, False), (1, 1, 0, 0), "the partner's colleague is the second person"),
        ((2, PARTNER, False), (1, 0, 0, 0), "there was a second officer: the colleague is a third"),
        ((1, "", True), (1, 0, 1, 0), "alone, as a supervisor agreed"),
        ((1, "", False), (1, 0, 0, 1), "alone, and nobody agreed"),
    ],
)
def test_a_visit_counts_by_who_made_it(
    supervisor, made: tuple[int, str, bool], wanted: tuple[int, ...], why: str
):
    officers, partner, is_authorised = made
    manager = make.officer(team=supervisor.team)
    person = make.person(manager=manager)
    if is_authorised:
        authorise(person, manager, supervisor)
    others = [make.officer(team=manager.team).staff_number for _ in range(officers - 1)]

    doing.visit(person, partner=partner, colleagues=others)

    assert figures(asked(supervisor)) == wanted, why


def test_attempts_count_and_what_is_void_or_taken_over_does_not(manager, supervisor):
    person = make.person(manager=manager)
    assert Visit.objects.filter(offender=person, origin="imported").exists()
    doing.visit(person, outcome="no_answer")
    wrong = doing.visit(person, outcome="no_answer")
    void_visit(
        by=make.actor(manager), offender=person.public_id, visit=wrong.public_id, reason="Elsewhere"
    )
    assert figures(asked(supervisor)) == (1, 1, 0, 0)


def test_visits_are_those_of_the_days_that_are_asked_for(manager, supervisor):
    person = make.person(manager=manager)
    now, day = timezone.now(), dt.timedelta(days=1)
    for ago in (5, 1):
        doing.visit(person, outcome="no_answer", occurred_at=now - ago * day, entry_reason="Later")
    today = timezone.localdate()
    for since, until, number, why in (
        (today - 9 * day, today, 2, "both"),
        (today - 5 * day, today - 2 * day, 1, "from its first day"),
        (today - 4 * day, today - day, 1, "to its last day"),
        (today, today, 0, "neither"),
    ):
        assert asked(supervisor, since=since, until=until).visits == number, why


def test_each_team_counts_its_own_and_an_inspector_the_restricted_too(manager, supervisor):
    other = make.officer(team=make.team(in_force=manager.force))
    person = make.person(manager=manager)
    doing.visit(person)
    for _ in range(2):
        doing.visit(make.person(manager=other), partner="")
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    inspector = make.actor(make.officer(Role.INSPECTOR, force=manager.force))

    found = {row.team: figures(row) for row in quality(actor=inspector, today=timezone.localdate())}

    assert found == {manager.team: (1, 1, 0, 0), other.team: (2, 0, 0, 2)}
    assert figures(asked(supervisor)) == (0, 0, 0, 0), "closed to the supervisor"


def test_it_is_one_statement_for_all_teams(
    manager, supervisor, django_assert_max_num_queries: DjangoAssertNumQueries
):
    inspector = make.actor(make.officer(Role.INSPECTOR, force=manager.force))
    costs = []
    for _ in range(2):
        doing.visit(make.person(manager=make.officer(team=make.team(in_force=manager.force))))
        with django_assert_max_num_queries(12) as spent:
            quality(actor=inspector, today=timezone.localdate())
        costs.append(len(spent))
    assert costs == [9, 9]
