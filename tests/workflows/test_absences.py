"""Absence and cover: nobody is ever unowned, and an absent officer's work is seen."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Absence, Role, User
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from tests import make
from tests.workflows import crowd, doing
from tests.workflows.plans import plan_of
from workflows.actions.absences import cancel_absence, record_absence, warn_of_uncovered
from workflows.actions.handing_over import declare_conflict
from workflows.actions.officers import close_account
from workflows.errors import NotVisible
from workflows.models import Alert, Task
from workflows.queries.absences import away_page
from workflows.queries.inbox import tasks_page
from workflows.queries.task_counts import task_counts

pytestmark = pytest.mark.django_db

About = Alert.About
DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def manager() -> User:
    return make.officer()


@pytest.fixture
def colleague(manager: User) -> User:
    return make.officer(team=manager.team)


@pytest.fixture
def supervisor(manager: User) -> User:
    return make.officer(Role.SUPERVISOR, team=manager.team)


def due(manager: User, days: int, **facts: object) -> Task:
    """The task of a visit that is due so many days from today."""
    person = crowd.person(manager, **facts)
    return crowd.task(person, timezone.localdate() + days * DAY)


def away(
    officer: User,
    *,
    by: User | None = None,
    cover: User | None = None,
    first: int = 0,
    back: int = 7,
) -> Absence:
    day = timezone.localdate()
    return record_absence(
        by=make.actor(by or officer),
        officer=officer.staff_number,
        kind="leave",
        from_on=day + first * DAY,
        until_on=day + back * DAY,
        cover=cover.staff_number if cover else "",
    )


def listed(user: User, scope: str = "mine") -> list[int]:
    page = tasks_page(actor=make.actor(user), scope=scope, today=timezone.localdate(), order="due")
    return [row.key for row in page.rows]


def told(user: User) -> list[str]:
    return list(Alert.objects.filter(to=user).order_by("pk").values_list("about", flat=True))


def test_nothing_changes_hands_by_an_absence(manager, colleague, supervisor):
    task = due(manager, -1)

    away(manager, cover=colleague)

    task.refresh_from_db()
    assert (task.owner, task.offender.offender_manager) == (manager, manager)
    assert listed(manager) == [task.pk]


@pytest.mark.parametrize(
    ("first", "back", "holds", "reason"),
    [
        (0, 1, True, "the first day away is the first that counts"),
        (-3, 1, True, "the last day before they are back"),
        (1, 5, False, "away from tomorrow"),
    ],
)
def test_the_cover_sees_the_work_on_the_days_of_the_absence(colleague, first, back, holds, reason):
    manager = make.officer(team=colleague.team)
    task = due(manager, 3)

    away(manager, cover=colleague, first=first, back=back)

    assert listed(colleague) == ([task.pk] if holds else []), reason
    assert listed(colleague, "covering") == ([task.pk] if holds else [])
    assert task_counts(make.actor(colleague), timezone.localdate()).mine == int(holds)


def test_on_the_first_day_back_the_cover_sees_it_no_more(manager, colleague, supervisor):
    due(manager, 30)
    away(manager, cover=colleague, back=2)
    assert len(listed(colleague)) == 1

    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        assert listed(colleague) == []


def test_a_task_that_opens_during_the_absence_comes_to_the_cover_too(manager, colleague):
    away(manager, cover=colleague)
    assert listed(colleague) == []

    task = due(manager, 5)

    assert listed(colleague) == [task.pk]


def test_the_cover_completes_the_task_in_their_own_name(manager, colleague):
    person = make.person(manager=manager)
    away(manager, cover=colleague)

    visit = doing.visit(person, by=colleague)

    assert visit.recorded_by == colleague
    assert Event.objects.filter(action="visit.record").get().actor_label == colleague.staff_number


def test_cancelled_the_cover_loses_the_work_at_once(manager, colleague, supervisor):
    due(manager, 1)
    absence = away(manager, cover=colleague)
    assert len(listed(colleague)) == 1

    cancel_absence(by=make.actor(manager), absence=absence.public_id)

    assert listed(colleague) == []
    absence.refresh_from_db()
    assert absence.cancelled_by == manager
    with pytest.raises(RuleBroken, match="over"):
        cancel_absence(by=make.actor(manager), absence=absence.public_id)


def test_a_conflict_of_the_cover_keeps_that_person_from_their_list(manager, colleague, supervisor):
    mine, closed = due(manager, 1), due(manager, 1)
    away(manager, cover=colleague)

    declare_conflict(
        by=make.actor(colleague), offender=closed.offender.public_id, user=colleague.public_id
    )

    assert listed(colleague) == [mine.pk]
    assert set(listed(supervisor, "absent")) == {mine.pk, closed.pk}


def test_a_restricted_person_is_covered_by_who_is_named_alone(manager, colleague, supervisor):
    task = due(manager, 1, is_restricted=True)
    away(manager, cover=colleague)
    assert listed(colleague) == []

    crowd.named(task.offender, colleague)

    assert listed(colleague) == [task.pk]


def test_the_supervisor_sees_the_work_of_who_is_away_with_counts(
    manager, colleague, supervisor, today
):
    late, soon, _ = due(manager, -2), due(manager, 6), due(manager, 7)
    due(colleague, -5)
    away(manager)

    page = away_page(actor=make.actor(supervisor), today=today)

    [row] = page.rows
    assert page.next is None
    assert (row.absence.officer, row.overdue, row.due) == (manager, 1, 2)
    assert listed(supervisor, "absent")[:2] == [late.pk, soon.pk]
    assert task_counts(make.actor(supervisor), today).team_absent == 2


def test_an_absence_to_come_is_listed_and_counts_nothing_yet(manager, supervisor, today):
    due(manager, -2)
    away(manager, first=3)

    [row] = away_page(actor=make.actor(supervisor), today=today).rows

    assert (row.begun, row.overdue, row.due) == (False, 0, 0)
    assert listed(supervisor, "absent") == []


def test_why_a_colleague_is_away_is_shown_to_their_supervisor_alone(
    manager, colleague, supervisor, today
):
    away(manager)

    shown = {
        user: away_page(actor=make.actor(user), today=today).rows[0].shows_kind
        for user in (manager, colleague, supervisor)
    }

    assert shown == {manager: True, colleague: False, supervisor: True}


def test_another_team_sees_nothing_of_it_and_an_inspector_does(manager, supervisor, today):
    absence = away(manager)
    stranger = make.officer(Role.SUPERVISOR, team=make.team(in_force=manager.force))
    inspector = make.officer(Role.INSPECTOR, force=manager.force)

    assert away_page(actor=make.actor(stranger), today=today).rows == []
    assert len(away_page(actor=make.actor(inspector), today=today).rows) == 1
    with pytest.raises(NotVisible):
        cancel_absence(by=make.actor(stranger), absence=absence.public_id)


def test_lists_take_the_same_statements_however_many_are_away(manager, supervisor, today):
    by, counts = make.actor(supervisor), []
    away_page(actor=by, today=today)
    for _ in range(2):
        for _ in range(4):
            officer = make.officer(team=manager.team)
            due(officer, 1)
            away(officer, cover=manager)
        with CaptureQueriesContext(connection) as asked:
            away_page(actor=by, today=today)
            listed(supervisor, "absent")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_for_whom_one_covers_is_found_by_index(manager, colleague):
    away(manager, cover=colleague)
    due(manager, 1)
    day = timezone.localdate()
    Absence.objects.bulk_create(
        Absence(
            officer=manager,
            kind="leave",
            from_on=day + n * DAY,
            until_on=day + (n + 1) * DAY,
            recorded_by=manager,
        )
        for n in range(8, 600)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE accounts_absence")

    [plan] = plan_of(lambda: listed(colleague), "SELECT a.officer_id FROM accounts_absence a")
    [page] = plan_of(
        lambda: listed(colleague), "FROM workflows_task t JOIN offenders_offender o ON"
    )

    assert "absence_of_cover" in plan
    assert "task_inbox" in page


@pytest.mark.parametrize(
    ("who", "allowed", "reason"),
    [
        ("manager", True, "oneself"),
        ("supervisor", True, "the team's supervisor"),
        ("inspector", True, "an inspector of the force"),
        ("colleague", False, "a colleague is nobody's supervisor"),
        ("stranger", False, "the supervisor of another team"),
        ("auditor", False, "an auditor writes nothing"),
    ],
)
def test_who_records_an_absence(manager, who, allowed, reason):
    other = make.team(in_force=manager.force)
    by = {
        "manager": manager,
        "supervisor": make.officer(Role.SUPERVISOR, team=manager.team),
        "inspector": make.officer(Role.INSPECTOR, force=manager.force),
        "colleague": make.officer(team=manager.team),
        "stranger": make.officer(Role.SUPERVISOR, team=other),
        "auditor": make.officer(Role.AUDITOR, team=manager.team),
    }[who]
    if allowed:
        assert away(manager, by=by).recorded_by == by, reason
        return
    with pytest.raises((NotPermitted, RuleBroken)):
        away(manager, by=by)
    assert not Absence.objects.exists(), reason


def test_one_event_names_the_days_and_never_why(manager, colleague):
    before = Event.objects.count()

    absence = away(manager, cover=colleague)

    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.action, event.subject) == ("absence.record", f"absence:{absence.public_id}")
    assert b"leave" not in bytes(event.leaf_data)


@pytest.mark.parametrize(
    ("first", "back", "code"),
    [(3, 3, "ends_before_it_begins"), (3, 2, "ends_before_it_begins"), (-5, 0, "in_past")],
)
def test_days_that_cannot_be_are_refused(manager, first, back, code):
    with pytest.raises(Invalid) as refused:
        away(manager, first=first, back=back)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("first", "back", "refused", "reason"),
    [
        (10, 14, False, "it begins on the day they are back"),
        (9, 14, True, "one day too early"),
        (0, 5, False, "it ends on the day the other begins"),
        (0, 6, True, "one day too long"),
    ],
)
def test_nobody_is_away_twice_on_a_day(manager, first, back, refused, reason):
    away(manager, first=5, back=10)
    if not refused:
        away(manager, first=first, back=back)
        return
    with pytest.raises(RuleBroken) as broken:
        away(manager, first=first, back=back)
    assert broken.value.code == "already_absent", reason


@pytest.mark.parametrize(
    ("cover", "code"),
    [
        ("manager", "cannot_cover"),
        ("of another team", "cannot_cover"),
        ("inspector", "cannot_cover"),
        ("unvetted", "cannot_cover"),
        ("away", "cover_is_absent"),
    ],
)
def test_who_may_not_cover(manager, colleague, cover, code):
    away(colleague, first=6, back=8)
    chosen = {
        "manager": manager,
        "of another team": make.officer(team=make.team(in_force=manager.force)),
        "inspector": make.officer(Role.INSPECTOR, team=manager.team),
        "unvetted": make.officer(team=manager.team, vetting_expires_on=None),
        "away": colleague,
    }[cover]

    with pytest.raises(RuleBroken) as broken:
        away(manager, cover=chosen)

    assert broken.value.code == code


def test_an_unknown_staff_number_is_said_where_it_was_typed(manager):
    day = timezone.localdate()
    with pytest.raises(Invalid) as refused:
        record_absence(
            by=make.actor(manager), kind="leave", from_on=day, until_on=day + DAY, cover="S-NONE"
        )
    assert (refused.value.code, refused.value.field) == ("unknown_officer", "cover")


def test_cover_and_supervisor_are_told_once(manager, colleague, supervisor):
    away(manager, cover=colleague)

    assert told(colleague) == [About.COVER_GIVEN]
    assert told(supervisor) == [About.OFFICER_ABSENT]
    assert told(manager) == []


def test_the_supervisor_who_records_it_is_not_told(manager, supervisor):
    away(manager, by=supervisor)

    assert told(supervisor) == []


def test_where_the_supervisor_is_away_inspectors_are_told(manager, supervisor):
    inspector = make.officer(Role.INSPECTOR, force=manager.force)
    away(supervisor)
    assert told(inspector) == [About.OFFICER_ABSENT]

    away(manager)

    assert told(inspector) == [About.OFFICER_ABSENT, About.OFFICER_ABSENT]


@pytest.mark.parametrize(
    ("days", "warned", "reason"),
    [
        (-10, 1, "overdue"),
        (0, 1, "due today"),
        (6, 1, "the last of seven days"),
        (7, 0, "a day later"),
    ],
)
def test_an_absence_without_cover_and_with_work_due_is_told_once(
    manager, supervisor, days, warned, reason
):
    due(manager, days)
    away(manager, by=supervisor)

    assert warn_of_uncovered() == warned, reason
    assert warn_of_uncovered() == 0, "safe to run twice"
    assert told(supervisor) == [About.ABSENT_NO_COVER] * warned


def test_an_absence_with_cover_is_not_warned_of(manager, colleague, supervisor):
    due(manager, -1)
    away(manager, by=supervisor, cover=colleague)

    assert warn_of_uncovered() == 0


def test_an_absence_to_come_is_not_warned_of_until_it_begins(manager, supervisor):
    due(manager, -1)
    away(manager, by=supervisor, first=1)
    assert warn_of_uncovered() == 0

    assert warn_of_uncovered(today=timezone.localdate() + DAY) == 1


def test_when_the_account_of_the_cover_closes_the_cover_ends_at_once(
    manager, colleague, supervisor
):
    due(manager, -1)
    absence = away(manager, cover=colleague)

    close_account(by=make.SETUP, officer=colleague)

    absence.refresh_from_db()
    assert absence.cover_ended_at is not None
    assert about_cover(supervisor) == [About.ABSENT_NO_COVER]


def about_cover(user: User) -> list[str]:
    return [about for about in told(user) if about == About.ABSENT_NO_COVER]


def test_superuser_flags_grant_nothing_here(manager, colleague):
    User.objects.update(is_superuser=True, is_staff=True)
    colleague.refresh_from_db()

    with pytest.raises(RuleBroken) as broken:
        away(manager, by=colleague)
    assert broken.value.code == "not_yours"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "unwell"},
        {"until_on": dt.date(2026, 1, 5)},
        {"cover": "officer"},
        {"cancelled_at": dt.datetime(2026, 1, 6, tzinfo=dt.UTC)},
        {"cover_ended_at": dt.datetime(2026, 1, 6, tzinfo=dt.UTC)},
    ],
)
def test_the_database_refuses_an_absence_that_makes_no_sense(manager, wrong):
    sound = {
        "officer": manager,
        "kind": "leave",
        "from_on": dt.date(2026, 1, 5),
        "until_on": dt.date(2026, 1, 6),
        "recorded_by": manager,
    }
    Absence.objects.create(**sound)
    given = sound | {
        name: manager if value == "officer" else value for name, value in wrong.items()
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(**given)
