"""A notification that moved the home is voided: the home is where it was, and what is owed too."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from audit.models import Payload
from offenders.actions import change_address
from offenders.models import Address
from tests import make
from tests.workflows import doing, searching
from tests.workflows.moments import moment
from workflows.actions.locking import lock_person
from workflows.actions.notifying import notify_change
from workflows.facts import facts_of, stream
from workflows.invariants import broken
from workflows.models import Task
from workflows.queries.person import others_at_home, present_addresses

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)
OLD, NEW = "1 Old Street", "9 Example Row"


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def person():
    found = make.person(
        last_effective_visit_on="2026-06-01",
        last_notification_on="2026-10-01",
        address_line_1=OLD,
        postcode="QX1 1AA",
    )
    make.activate(found.offender_manager)
    return found


def notify(person, *, item="home", **values):
    """They notify, today, that they live somewhere else since Saturday."""
    said = {"notified_on": dt.datetime.now(dt.UTC).date(), "station": "Quay Street"}
    said |= {"acknowledged": True, "details_changed": "", "new_address_kind": "main_residence"}
    said |= {"new_address_line": NEW, "new_address_postcode": "QX9 1AA", "new_address_town": ""}
    return notify_change(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        item=item,
        **said | {"new_address_from": dt.date(2026, 11, 21)} | values,
    )


def check(person, recorded, decision="void"):
    """A supervisor's check of what the finished task recorded."""
    task = Task.objects.open().get(process=recorded.process_id, step="check_notification")
    values = {"decision": decision, "comment": "Another person attended"}
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    return doing.complete_step(
        by=make.actor(supervisor), task=task.public_id, step=task.step, values=values
    )


def present(person):
    return [one.line_1 for one in person.addresses.filter(until_on=None).order_by("pk")]


def owed(person):
    rows = person.obligations.filter(closed_at=None).values_list("kind", "about", "due_on")
    return {(kind, about): due_on for kind, about, due_on in rows}


def test_the_home_is_where_it_was_and_the_wrong_one_is_kept(person):
    recorded = notify(person)
    assert present(person) == [NEW]
    version = lock_person(person.pk).version

    check(person, recorded)

    assert present(person) == [OLD]
    wrong = Address.objects.get(line_1=NEW)
    assert wrong.voided_at is not None
    assert [one.kind for one in present_addresses(person)] == ["main_residence"]
    assert lock_person(person.pk).version > version, "whoever read the old home is told"
    said = Payload.objects.latest("pk").payload
    assert said["addresses_taken_back"] == ["main_residence"]
    assert broken() == {}


def test_a_record_that_is_accepted_leaves_the_new_home(person):
    check(person, notify(person), "accept")

    assert present(person) == [NEW]


def test_whoever_has_no_home_notifies_weekly_and_after_the_void_yearly_again(person):
    before = owed(person)
    recorded = notify(person, new_address_kind="regularly_found", new_address_line="The bridge")
    periodic = ("periodic_notification", "")
    assert owed(person)[periodic] == dt.date(2026, 11, 30)
    assert facts_of(person).is_regularly_found

    check(person, recorded)

    assert not facts_of(person).is_regularly_found
    again = owed(person)
    assert again.pop(("change_notification", "changed:home")), "the duty stands again"
    assert again == before
    assert broken() == {}


def test_attempts_at_the_old_door_count_again(person):
    for days in (4, 3):
        searching.attempt(person, days)
    assert ("entry_warrant", "") in owed(person)
    recorded = notify(person)
    assert ("entry_warrant", "") not in owed(person)

    check(person, recorded)

    assert ("entry_warrant", "") in owed(person)
    assert broken() == {}


def test_a_visit_recorded_after_the_void_is_at_the_old_home(person):
    check(person, notify(person))

    visit = doing.visit(person)

    assert visit.address.line_1 == OLD


def test_what_moved_them_since_stands(person, on_monday):
    recorded = notify(person)
    on_monday.shift(DAY)
    change_address(
        offender=lock_person(person.pk),
        kind="main_residence",
        line_1="3 Later Lane",
        from_on=TODAY,
    )

    check(person, recorded)

    assert present(person) == ["3 Later Lane"]
    ended = person.addresses.get(line_1=NEW)
    assert (ended.until_on, ended.voided_at) == (TODAY, None)
    assert person.addresses.get(line_1=OLD).until_on == dt.date(2026, 11, 21)


def test_of_two_notifications_the_void_of_the_second_puts_the_first_back(person, on_monday):
    first = notify(person)
    on_monday.shift(DAY)
    second = notify(person, new_address_line="3 Later Lane", new_address_from=TODAY)

    check(person, second)
    assert present(person) == [NEW]
    check(person, first)

    assert present(person) == [OLD]
    assert broken() == {}


def test_of_two_notifications_that_are_both_void_neither_home_stands_whichever_is_voided_first(
    person, on_monday
):
    first = notify(person)
    on_monday.shift(DAY)
    second = notify(person, new_address_line="3 Later Lane", new_address_from=TODAY)

    check(person, first)
    assert present(person) == ["3 Later Lane"]
    check(person, second)

    assert present(person) == [OLD]
    assert person.addresses.get(line_1=NEW).voided_at is not None
    assert broken() == {}


def test_what_an_extract_has_stated_since_stands():
    row = {"source_ref": "P1", "address_line_1": OLD, "last_notification_on": "2026-10-01"}
    person = make.person(**row)
    make.activate(person.offender_manager)
    recorded = notify(person, new_address_from=TODAY)

    make.person(manager=person.offender_manager, **row | {"address_line_1": "9 Example Rd"})
    check(person, recorded)

    assert present(person) == ["9 Example Rd"]


def test_other_premises_are_taken_back_and_the_home_stays(person):
    recorded = notify(person, item="other_premises", new_address_kind="other")
    assert present(person) == [OLD, NEW]

    check(person, recorded)

    assert present(person) == [OLD]


def test_whoever_had_no_home_on_record_has_none_again():
    person = make.person(address_line_1="", town="", postcode="", easting="", northing="")
    make.activate(person.offender_manager)

    check(person, notify(person))

    assert present(person) == []


def test_a_record_of_no_address_moves_nothing(person):
    none = {"new_address_kind": "", "new_address_line": "", "new_address_postcode": ""}
    recorded = notify(person, item="bank", new_address_from=None, **none)
    version = lock_person(person.pk).version

    check(person, recorded)

    assert present(person) == [OLD]
    assert lock_person(person.pk).version == version


def test_nobody_is_at_the_same_home_by_a_void_address(person):
    other = make.person(
        manager=person.offender_manager, address_line_1=NEW, postcode="QX9 1AA", surname="Other"
    )
    by = make.actor(person.offender_manager)
    recorded = notify(person)
    assert others_at_home(by, other) == [person]

    check(person, recorded)

    assert others_at_home(by, other) == []


def test_what_was_known_before_the_void_stays_known(person, on_monday):
    recorded = notify(person, new_address_kind="regularly_found", new_address_line="The bridge")
    with_it = moment()
    check(person, recorded)

    def found(at=None):
        [known] = stream(offender_ids=[person.pk], as_of=TODAY, known_at=at)
        return known.is_regularly_found

    assert (found(with_it), found()) == (True, False)
