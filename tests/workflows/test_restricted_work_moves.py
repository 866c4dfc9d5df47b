"""The triage of a restricted indicator, whatever moves: with nobody who may not open it.

An extract gives the person to somebody else, an officer declares a tie, an account closes.
"""

import pytest
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from offenders.models import Offender
from risk.models import Indicator
from tests import make
from tests.workflows import triaging
from tests.workflows.machine.scene import hand_in
from workflows.actions.handing_over import declare_conflict
from workflows.actions.indicators import restricting
from workflows.actions.officers import close_account
from workflows.invariants import broken
from workflows.models import Task
from workflows.queries.endorsing import endorsements_page
from workflows.queries.indicators import named_users
from workflows.queries.triage import RESTRICTED, may_open, opened, subject_of

pytestmark = pytest.mark.django_db

WHY = "It would give a source away"


class Scene:
    """A person whose critical indicator is left to their manager and the supervisor of the team.

    In the team besides: a colleague and a second supervisor; and officers of another team.
    """

    def __init__(self, *, set_aside: bool = False) -> None:
        self.manager = make.officer()
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)
        self.colleague = make.officer(team=self.manager.team)
        self.second = make.officer(Role.SUPERVISOR, team=self.manager.team)
        there = make.team(in_force=self.manager.force)
        self.elsewhere = make.officer(team=there)
        self.their_supervisor = make.officer(Role.SUPERVISOR, team=there)
        self.inspector = make.officer(Role.INSPECTOR, force=self.manager.force)
        self.row = make.extract_row(
            team=self.manager.team.name, offender_manager=self.manager.staff_number
        )
        hand_in(self.manager, [self.row])
        self.person = Offender.objects.get(source_ref=self.row["source_ref"])
        self.found = triaging.critical(self.person, by=self.manager)
        if set_aside:
            triaging.triage(self.found, by=self.manager)
        restricting.restrict_indicator(
            by=make.actor(self.supervisor),
            indicator=self.found.public_id,
            users=[self.manager.public_id],
            reason=WHY,
        )

    @property
    def task(self) -> Task:
        step = "check_triage" if self.found.triages.exists() else "triage_indicator"
        return triaging.task_of(self.found, step)

    def stated(self, **facts: object) -> None:
        """The force's other system states the person anew."""
        job = hand_in(self.manager, [self.row | facts])
        assert (job.changed_count, job.refused_count) == (1, 0)

    def given_to(self, officer: User | None) -> None:
        team = (officer or self.manager).team
        number = officer.staff_number if officer else ""
        self.stated(team=team.name, offender_manager=number)

    def tied(self, officer: User) -> None:
        declare_conflict(
            by=make.actor(officer), offender=self.person.public_id, user=officer.public_id
        )

    def closes(self, officer: User) -> None:
        close_account(by=make.SETUP, officer=officer)

    def nobody_else_has_it(self) -> None:
        """Neither to be done nor to be read: not by whoever has the person, nor who stands above.

        Whoever was named sees it while everything else lets them.
        """
        named = set(named_users(Indicator.objects.get(pk=self.found.pk)))
        everyone = User.objects.filter(force=self.manager.force, is_active=True)
        for user in everyone:
            actor, task = Actor.of_user(user), self.task
            assert not may_open(actor, self.found) or user in named
            if may_open(actor, self.found):
                continue
            assert task.owner != user
            assert opened(actor, task) is None
            assert subject_of(actor, task) in {"", RESTRICTED}
            waits = endorsements_page(actor=actor, today=timezone.localdate()).rows
            assert task.pk not in {one.task.key for one in waits}
        if self.task.owner is not None:
            assert may_open(Actor.of_user(self.task.owner), self.found)
        assert not broken()


@pytest.mark.parametrize("set_aside", [False, True], ids=["to triage", "to check"])
@pytest.mark.parametrize(
    ("moves", "who", "owner", "why"),
    [
        ("given_to", "colleague", {"manager", "supervisor"}, "a named officer of the team"),
        ("given_to", "", {"manager", "supervisor"}, "nobody manages the person; still named"),
        ("given_to", "elsewhere", {""}, "of another team: none of the named can open it"),
        ("given_to", "their_supervisor", {""}, "nor does rank open it"),
        ("tied", "manager", {"supervisor"}, "the one who is left"),
        ("tied", "supervisor", {"manager"}, "the one who is left"),
        ("closes", "manager", {"supervisor"}, "never back to an account that closes"),
        ("closes", "supervisor", {"manager"}, "the one who is left"),
    ],
)
def test_it_is_with_a_named_officer_or_with_nobody(set_aside, moves, who, owner, why):
    scene = Scene(set_aside=set_aside)
    getattr(scene, moves)(getattr(scene, who) if who else None)
    has_it = scene.task.owner
    wanted = {getattr(scene, name) if name else None for name in owner}
    # A check is handed to nobody: whoever is named and may decide takes it.
    assert has_it is None if set_aside else has_it in wanted, why
    scene.nobody_else_has_it()


@pytest.mark.parametrize("moves", ["tied", "closes"])
def test_where_both_named_officers_are_gone_it_waits_in_the_queue(moves):
    scene = Scene()
    for officer in (scene.manager, scene.supervisor):
        getattr(scene, moves)(officer)
    assert scene.task.owner is None
    scene.nobody_else_has_it()


def test_what_comes_back_to_the_team_comes_back_to_the_named():
    scene = Scene()
    scene.given_to(scene.elsewhere)
    assert scene.task.owner is None
    scene.given_to(scene.colleague)
    assert scene.task.owner in {scene.manager, scene.supervisor}
    scene.nobody_else_has_it()
