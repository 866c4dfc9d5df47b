"""The facts as they stood on record at an instant: nothing entered, ended or changed since."""

import datetime as dt
from dataclasses import fields

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from offenders.actions import change_address, change_status, discharge_order, end_registration
from offenders.models import (
    Address,
    NotificationBasis,
    Offender,
    Order,
    Status,
)
from tests import make
from tests.workflows import doing, indicating, planning, searching, triaging
from tests.workflows.moments import moment
from workflows.actions.dip_samples import draw_sample
from workflows.actions.indicators.matching import confirm_match, undo_merge, unmatch
from workflows.actions.people import bring_visit_forward, change_level
from workflows.actions.voiding import void_visit
from workflows.facts import stream
from workflows.models import CaseAction, Visit, VisitDirection

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def person():
    return make.person(order_kind="shpo", order_made_on=timezone.localdate() - 700 * DAY)


def facts(person, at=None):
    """The facts, those of each kind in one order: the database owes none."""
    [found] = stream(offender_ids=[person.pk], known_at=at)
    known = {field.name: getattr(found, field.name) for field in fields(found)}
    return {
        name: sorted(value, key=repr) if isinstance(value, tuple) else value
        for name, value in known.items()
    }


def a_visit_is_voided(person):
    visit = doing.visit(person)
    yield
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    void_visit(
        by=make.actor(supervisor),
        offender=person.public_id,
        visit=visit.public_id,
        reason="Wrong person",
    )


def a_visit_is_back_dated(person):
    yield
    at = timezone.now() - 30 * DAY
    doing.visit(person, occurred_at=at, entry_reason="Found in the notebook")


def a_visit_is_found_ineffective(person):
    doing.visit(person, concern=True)
    manager = make.activate(person.offender_manager)
    doing.complete(person, "write_up", make.write_up(concern=True), by=manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    yield
    values = {"decision": "ineffective", "comment": "He was not seen."}
    doing.complete(person, "review", values, by=supervisor)


def an_assessment_is_endorsed(person):
    manager = make.activate(person.offender_manager)
    values = make.assessment(priority="high", proposed_level="high")
    doing.complete(person, "assess", values, by=manager)
    yield
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "endorse", {"decision": "endorse", "comment": "Agreed."}, by=supervisor)


def a_notification_is_voided(person):
    manager = make.activate(person.offender_manager)
    notified = {
        "notified_on": timezone.localdate(),
        "station": "Tean",
        "details_changed": "",
        "acknowledged": True,
    }
    doing.complete(person, "record_notification", notified, by=manager)
    yield
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    decision = {"decision": "void", "comment": "Another person's."}
    doing.complete(person, "check_notification", decision, by=supervisor)


def a_level_is_decided(person):
    yield
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    change_level(
        by=make.actor(supervisor),
        offender=person.public_id,
        level="high",
        decided_on=timezone.localdate(),
        reason="New information",
    )


def a_direction_is_given(person):
    yield
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    bring_visit_forward(
        by=make.actor(supervisor),
        offender=person.public_id,
        visit_by=timezone.localdate() + DAY,
        reason="Concern of a neighbour",
    )


def a_direction_is_withdrawn(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    given = VisitDirection.objects.create(
        offender=person,
        visit_by=timezone.localdate(),
        reason="Concern",
        given_on=timezone.localdate(),
        given_by=supervisor,
    )
    yield
    VisitDirection.objects.filter(pk=given.pk).update(withdrawn_at=moment())


def he_goes_to_prison(person):
    yield
    change_status(offender=person, status=Status.CUSTODY, on=timezone.localdate())


def a_release_is_expected_sooner(person):
    today = timezone.localdate()
    change_status(
        offender=person,
        status=Status.CUSTODY,
        on=today,
        release_expected_on=today + 90 * DAY,
    )
    yield
    change_status(
        offender=person,
        status=Status.CUSTODY,
        on=today,
        release_expected_on=today + 30 * DAY,
    )


def he_loses_his_home(person):
    yield
    change_address(
        offender=person,
        kind=Address.Kind.REGULARLY_FOUND,
        line_1="Under the bridge",
        from_on=timezone.localdate() - DAY,
    )


def an_order_is_discharged(person):
    yield
    discharge_order(
        offender=person,
        order=Order.objects.get(offender=person),
        discharged_on=timezone.localdate() - DAY,
        court="Tean Crown Court",
        reason="No longer needed",
        recorded_by=make.officer(Role.SUPERVISOR),
    )


def a_basis_is_corrected(person):
    yield
    NotificationBasis.objects.filter(offender=person).update(
        disposal="caution", relevant_date=timezone.localdate() - 30 * DAY
    )


def another_basis_is_entered(person):
    yield
    NotificationBasis.objects.create(
        offender=person, disposal="caution", relevant_date=timezone.localdate() - DAY
    )


def a_birthday_is_corrected(person):
    yield
    Offender.objects.filter(pk=person.pk).update(date_of_birth=dt.date(1981, 1, 1))


def a_registration_is_ended(person):
    yield
    end_registration(
        offender=person,
        ended_on=timezone.localdate(),
        proposed_by=make.officer(),
        endorsed_by=make.officer(),
    )


def his_home_changes_after_two_failed_entries(person):
    """At the earlier home they count towards a warrant no more; as known then they did."""
    for days in (9, 8):
        searching.attempt(person, days)
    yield
    change_address(
        offender=person,
        kind=Address.Kind.MAIN_RESIDENCE,
        line_1="2 Example Row",
        from_on=timezone.localdate() - DAY,
    )


def a_report_is_confirmed(person):
    searching.report(person)
    yield
    searching.confirm(person)


def a_report_is_refused(person):
    searching.report(person)
    yield
    searching.confirm(person, "refuse")


def he_is_located(person):
    searching.report(person)
    yield
    searching.locate(person)


def a_death_is_refuted(person):
    searching.report_death(person)
    yield
    searching.verify(person, "refuted", reference="")


def a_warrant_is_decided(person):
    for days in (9, 8):
        searching.attempt(person, days)
    searching.consider(person)
    yield
    searching.decide_warrant(person, "not_applied")


def an_override_ends(person):
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    until = {"override_expires_on": timezone.localdate() + 30 * DAY}
    for priority, said in (("low", until), ("medium", {})):
        values = make.assessment(priority=priority, proposed_level="medium")
        doing.complete(person, "assess", values, by=manager)
        if not said:
            yield
        agreed = {"decision": "endorse", "comment": "Agreed."} | said
        doing.complete(person, "endorse", agreed, by=supervisor)


def an_action_ends_with_the_next_plan(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    planning.assessed(person, supervisor=supervisor)
    planning.agreed(person, supervisor, new_actions=[planning.new_action()])
    action = CaseAction.objects.get(offender=person)
    said = {"action": action.public_id, "text": "", "choice": "done", "reason": "Was there."}
    planning.draft(person, open_actions=[said])
    yield
    doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)


def he_is_checked_in_a_dip_sample(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    draw_sample(by=make.actor(supervisor), team=person.team.public_id, size=1)
    yield
    doing.complete(person, "check_case", make.case_review(), by=supervisor)


def an_indicator_is_matched(person):
    found = indicating.about(person, by=searching.manager_of(person))
    yield
    confirm(person, found)


def a_match_is_taken_back(person):
    found = triaging.matched(person)
    yield
    by = make.actor(searching.manager_of(person))
    unmatch(by=by, indicator=found.public_id, reason="Another person")


def a_match_is_made_again(person):
    found = triaging.matched(person)
    by = make.actor(searching.manager_of(person))
    unmatch(by=by, indicator=found.public_id, reason="Another person")
    yield
    confirm(person, found)


def an_indicator_is_triaged(person):
    found = triaging.matched(person)
    yield
    triaging.triage(found, "reassessment", by=searching.manager_of(person))


def a_triage_is_checked(person):
    found = triaging.critical(person)
    triaging.triage(found, "no_action", by=searching.manager_of(person))
    yield
    triaging.check(found, by=searching.supervisor_of(person))


def it_is_not_this_person(person):
    found = triaging.matched(person)
    yield
    triaging.triage(found, "not_this_person", by=searching.manager_of(person))


def it_is_a_duplicate(person):
    first, found = triaging.matched(person), triaging.matched(person)
    yield
    by = searching.manager_of(person)
    triaging.triage(found, "duplicate", by=by, same_as=first.public_id)


def a_merge_by_triage_is_undone(person):
    first, found = triaging.matched(person), triaging.matched(person)
    by = searching.manager_of(person)
    triaging.triage(found, "duplicate", by=by, same_as=first.public_id)
    yield
    undo_merge(by=make.actor(by), indicator=found.public_id, reason="Another event")


def confirm(person, found):
    confirm_match(
        by=make.actor(searching.supervisor_of(person)),
        indicator=found.public_id,
        offender=person.public_id,
        reason="His number",
    )


CHANGES = [
    a_visit_is_voided,
    a_visit_is_back_dated,
    a_visit_is_found_ineffective,
    an_assessment_is_endorsed,
    a_notification_is_voided,
    a_level_is_decided,
    a_direction_is_given,
    a_direction_is_withdrawn,
    he_goes_to_prison,
    a_release_is_expected_sooner,
    he_loses_his_home,
    an_order_is_discharged,
    a_basis_is_corrected,
    another_basis_is_entered,
    a_birthday_is_corrected,
    a_registration_is_ended,
    his_home_changes_after_two_failed_entries,
    a_report_is_confirmed,
    a_report_is_refused,
    he_is_located,
    a_death_is_refuted,
    a_warrant_is_decided,
    an_override_ends,
    an_action_ends_with_the_next_plan,
    he_is_checked_in_a_dip_sample,
    an_indicator_is_matched,
    a_match_is_taken_back,
    a_match_is_made_again,
    an_indicator_is_triaged,
    a_triage_is_checked,
    it_is_not_this_person,
    it_is_a_duplicate,
    a_merge_by_triage_is_undone,
]
#: How far a web server's clock is from the database's.
CLOCKS = {"the same": 0, "ahead": 30, "behind": -30}


@pytest.mark.parametrize("minutes", CLOCKS.values(), ids=CLOCKS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_was_known_stays_what_was_known(person, change, minutes):
    """By one clock, whatever a web server's says."""
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes)):
        stays_as_known(person, change)


def stays_as_known(person, change):
    steps = change(person)
    next(steps)
    before, at = facts(person), moment()
    assert facts(person, at) == before, "known at this moment is known now"

    with pytest.raises(StopIteration):
        next(steps)

    now = facts(person)
    if change is not a_visit_is_back_dated:
        assert now != before, "the change is one that facts tell"
    assert facts(person, at) == before
    assert facts(person, moment()) == now


def test_each_of_several_changes_has_its_time(person):
    moments, known = [], []
    for days in (50, 40, 30):
        Order.objects.filter(offender=person).update(ends_on=timezone.localdate() + days * DAY)
        moments.append(moment())
        known.append(facts(person))
    assert len({repr(found["orders"]) for found in known}) == len(known)
    assert [facts(person, at) for at in moments] == known


def test_someone_who_came_later_was_not_known():
    before = moment()
    person = make.person()
    assert list(stream(offender_ids=[person.pk], known_at=before)) == []
    assert [one.offender_id for one in stream(known_at=moment())] == [person.pk]


def test_a_taken_over_visit_is_not_there_before_it_was_taken_over(person):
    at = moment()
    Visit.objects.create(
        offender=person,
        occurred_on=timezone.localdate() - DAY,
        outcome="effective",
        origin="imported",
    )
    assert facts(person, at)["last_visited_on"] == timezone.localdate() - 60 * DAY
    assert facts(person)["last_visited_on"] == timezone.localdate() - DAY
