"""What officers decide about a person, and what follows in the same transaction."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from accounts.policy import Action
from audit.models import Event
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import ManagementLevel, ManagementMode, Offender, Status
from tests import make
from tests.workflows.doing import home_visit_due
from workflows.actions import people
from workflows.actions.handing_over import hand_over
from workflows.errors import NotVisible
from workflows.models import Kind, Task

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


class Team:
    """A team with its officer, its supervisor and one person."""

    def __init__(self, **facts):
        self.team = make.team()
        self.officer = make.officer(team=self.team)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.team)
        self.inspector = make.officer(Role.INSPECTOR, team=self.team)
        self.person = make.person(manager=self.officer, **facts)

    def as_officer(self):
        return make.actor(self.officer)

    def as_supervisor(self):
        return make.actor(self.supervisor)

    def as_inspector(self):
        return make.actor(self.inspector)


def events(action):
    return list(Event.objects.filter(action=action, outcome="ok"))


def status(team, to, *, by=None, on=None, **more):
    return people.change_status(
        by=by or team.as_officer(),
        offender=team.person.public_id,
        status=to,
        on=on or ago(0),
        **more,
    )


def level(team, to, *, by=None, reason="New information."):
    return people.change_level(
        by=by or team.as_supervisor(),
        offender=team.person.public_id,
        level=to,
        reason=reason,
        decided_on=ago(0),
    )


def mode(team, to, *, by=None):
    return people.change_mode(
        by=by or team.as_inspector(),
        offender=team.person.public_id,
        mode=to,
        reason="Low for three years.",
        decided_on=ago(0),
    )


def forward(team, visit_by, **more):
    return people.bring_visit_forward(
        by=team.as_officer(),
        offender=team.person.public_id,
        visit_by=visit_by,
        reason="A neighbour called.",
        **more,
    )


def test_custody_ends_the_visits_and_is_one_event():
    team = Team()

    status(team, Status.CUSTODY, release_expected_on=ago(-60))

    assert home_visit_due(team.person) is None
    assert make.task_of(team.person, "plan_release").due_on == ago(-32)
    [event] = events(Action.STATUS_CHANGE)
    assert (event.offender_id, event.actor_key) == (team.person.pk, team.as_officer().key)


@pytest.mark.parametrize("by", ["as_officer", "as_supervisor", "as_inspector"])
def test_nobody_goes_missing_by_a_change_of_status(by):
    team = Team()
    error = NotPermitted if by == "as_inspector" else RuleBroken

    with pytest.raises(error) as refusal:
        status(team, Status.MISSING, by=getattr(team, by)())

    assert by == "as_inspector" or refusal.value.code == "report_first"
    assert home_visit_due(team.person) is not None


def test_a_refused_change_leaves_nothing_behind():
    team = Team()
    before = Event.objects.count()

    with pytest.raises(RuleBroken):
        status(team, Status.COMMUNITY)

    assert Event.objects.count() == before
    assert team.person.statuses.count() == 1


def test_a_change_on_an_old_copy_is_refused():
    team = Team()
    version = team.person.version
    status(team, Status.CUSTODY, version=version)

    with pytest.raises(Stale):
        status(team, Status.COMMUNITY, version=version)


def test_a_raised_level_moves_the_visit_and_the_task_at_once():
    team = Team(management_level="low", last_effective_visit_on=ago(60))

    level(team, ManagementLevel.VERY_HIGH)

    due_on = home_visit_due(team.person)
    assert ago(0) < due_on < ago(-15)
    assert (make.task_of(team.person).due_on, make.task_of(team.person).level) == (
        due_on,
        "very_high",
    )
    assert len(events(Action.LEVEL_CHANGE)) == 1


def test_a_level_needs_a_supervisor_and_a_reason():
    team = Team()

    with pytest.raises(NotPermitted):
        level(team, ManagementLevel.HIGH, by=team.as_officer())
    with pytest.raises(ReasonRequired):
        level(team, ManagementLevel.HIGH, reason="  ")
    assert team.person.levels.count() == 1


@pytest.mark.parametrize(("before", "to"), [("high", "medium"), ("", "low"), ("low", "high")])
def test_nobody_lowers_a_level_alone(before, to):
    team = Team(management_level=before)

    if to == "high":
        level(team, to)
    else:
        with pytest.raises(RuleBroken) as error:
            level(team, to)
        assert error.value.code == "endorsement_needed"


def test_a_return_to_active_management_asks_for_a_visit():
    team = Team(management_level="low", management_mode="reactive", last_effective_visit_on=ago(60))
    assert home_visit_due(team.person) is None

    mode(team, ManagementMode.ACTIVE)

    assert ago(0) < home_visit_due(team.person) < ago(-20)


def test_an_inspector_alone_decides_on_a_return():
    team = Team(management_level="low", management_mode="reactive")

    for by in (team.as_officer(), team.as_supervisor()):
        with pytest.raises(NotPermitted):
            mode(team, ManagementMode.ACTIVE, by=by)

    assert mode(team, ManagementMode.ACTIVE).management_mode == ManagementMode.ACTIVE


def test_nobody_decides_on_reactive_management_alone():
    team = Team(management_level="low", last_effective_visit_on=ago(60))

    with pytest.raises(RuleBroken) as refusal:
        mode(team, ManagementMode.REACTIVE)

    assert refusal.value.code == "proposal_needed"


def test_a_visit_is_brought_forward_and_only_forward():
    team = Team(last_effective_visit_on=ago(60))

    forward(team, ago(-3))

    assert home_visit_due(team.person) == ago(-3)
    assert make.task_of(team.person).due_on == ago(-3)
    with pytest.raises(Invalid) as refusal:
        forward(team, ago(-3))
    assert refusal.value.code == "not_earlier"


@pytest.mark.parametrize(
    ("facts", "days", "error", "code"),
    [
        ({}, 1, Invalid, "in_past"),
        ({"last_effective_visit_on": ago(0)}, -3, RuleBroken, "visited_today"),
        ({"status": "custody", "status_since": ago(9)}, -3, RuleBroken, "no_visit_owed"),
    ],
)
def test_a_direction_that_can_have_no_effect_is_refused(facts, days, error, code):
    team = Team(**facts)

    with pytest.raises(error) as refusal:
        forward(team, ago(days))

    assert refusal.value.code == code


def test_a_direction_needs_a_reason():
    team = Team(last_effective_visit_on=ago(60))
    before = home_visit_due(team.person)

    with pytest.raises(ReasonRequired):
        people.bring_visit_forward(
            by=team.as_supervisor(),
            offender=team.person.public_id,
            visit_by=ago(-3),
            reason=" ",
        )

    assert home_visit_due(team.person) == before


def test_a_contact_note_moves_nothing():
    team = Team()
    before = home_visit_due(team.person)

    people.add_contact_note(
        by=team.as_officer(),
        offender=team.person.public_id,
        kind="telephone",
        occurred_at=timezone.now(),
        text="Called about his appointment.",
    )

    assert home_visit_due(team.person) == before
    assert team.person.contact_notes.count() == 1


def test_an_address_is_revealed_and_the_look_recorded():
    team = Team()

    [home] = people.reveal_address(by=team.as_officer(), offender=team.person.public_id)

    assert home.postcode == "QX1 1AA"
    [event] = events(Action.ADDRESS_REVEAL)
    assert (event.operation, event.offender_id) == ("consultation", team.person.pk)


def test_whoever_must_not_know_of_a_person_is_told_that_there_is_none():
    team, elsewhere = Team(), make.actor(make.officer())
    before = Event.objects.count()

    for act in (
        lambda: status(team, Status.CUSTODY, by=elsewhere),
        lambda: level(team, ManagementLevel.HIGH, by=elsewhere),
        lambda: people.reveal_address(by=elsewhere, offender=team.person.public_id),
    ):
        with pytest.raises(NotVisible):
            act()

    assert Event.objects.count() == before


def test_expired_vetting_beats_every_role():
    team = Team()

    with pytest.raises(NotVisible):
        status(team, Status.CUSTODY, by=replace(team.as_officer(), is_current=False))


# --- handing over -------------------------------------------------------------------------------


def owners(person):
    """Who has the open work; a supervisor's review waits for anyone who supervises."""
    tasks = Task.objects.open().filter(offender=person).exclude(step="review_case")
    return set(tasks.values_list("owner", flat=True))


def test_a_declared_conflict_moves_the_work_to_the_supervisor_and_shuts_the_officer_out():
    team = Team()

    people.declare_conflict(
        by=team.as_officer(), offender=team.person.public_id, user=team.officer.public_id
    )

    assert owners(team.person) == {team.supervisor.pk}
    team.person.refresh_from_db()
    assert team.person.offender_manager == team.supervisor
    assert not Offender.objects.permitted(team.as_officer(), Action.OFFENDER_VIEW).exists()
    assert len(events(Action.CONFLICT_DECLARE)) == 1


def test_only_a_supervisor_declares_a_conflict_for_someone_else():
    team = Team()
    colleague = make.officer(team=team.team)
    declared = {"offender": team.person.public_id, "user": team.officer.public_id}

    with pytest.raises(NotPermitted):
        people.declare_conflict(by=make.actor(colleague), **declared)

    people.declare_conflict(by=team.as_supervisor(), **declared)
    assert owners(team.person) == {team.supervisor.pk}


def test_an_inspector_declares_their_own_conflict_force_wide_and_anothers_in_their_team_alone():
    team = Team()
    force = team.person.force
    elsewhere = make.officer(Role.INSPECTOR, team=make.team(in_force=force))
    by, offender = make.actor(elsewhere), team.person.public_id

    with pytest.raises(NotPermitted):
        people.declare_conflict(by=by, offender=offender, user=team.officer.public_id)

    people.declare_conflict(by=by, offender=offender, user=elsewhere.public_id)
    assert not Offender.objects.permitted(by, Action.OFFENDER_VIEW).exists()


def test_without_another_supervisor_the_work_waits_in_the_team():
    team = Team()
    mine = make.person(manager=team.supervisor)

    people.declare_conflict(
        by=team.as_supervisor(), offender=mine.public_id, user=team.supervisor.public_id
    )

    assert owners(mine) == {None}
    assert set(Task.objects.open().filter(offender=mine).values_list("team", flat=True)) == {
        team.team.pk
    }


def test_a_closed_account_hands_over_everyone_and_moves_no_due_date():
    team = Team()
    other = make.person(manager=team.officer)
    kept = make.person(manager=make.officer(team=team.team))
    before = [home_visit_due(person) for person in (team.person, other)]

    count = hand_over(by=Actor.system("close-account"), user=team.officer)

    assert count == 2
    assert owners(team.person) | owners(other) == {team.supervisor.pk}
    assert owners(kept) == {kept.offender_manager_id}
    assert [home_visit_due(person) for person in (team.person, other)] == before
    assert len(events(Action.CASELOAD_REASSIGN)) == 2


def test_new_work_follows_the_supervisor_after_a_hand_over():
    team = Team()
    hand_over(by=Actor.system("close-account"), user=team.officer)

    status(team, Status.CUSTODY, by=team.as_supervisor())

    assert make.task_of(team.person, "plan_release").owner == team.supervisor
    assert team.person.obligations.get(closed_at=None).kind == Kind.RELEASE_PLANNING
