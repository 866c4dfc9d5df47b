"""Who manages whom: allocating, reassigning, transferring between teams, undoing."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.workflows.machine.acting import HOW, WHO, Acting
from tests.workflows.machine.scene import Move
from workflows.actions import caseload
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.models import Reassignment


class Moving(Acting):
    """In a team its supervisor decides, between teams the inspector (PRACTICE 15)."""

    @rule(
        numbers=st.sets(WHO, min_size=1, max_size=3),
        to=st.sampled_from(["a1", "a1", "a2", "b1"]),
        how=HOW,
    )
    def reassign(self, numbers, to, how):
        """Some people to one officer: all of them, or none."""
        lives = {n: life for n in sorted(numbers) if (life := self.life(n)) and life.manager != to}
        if not lives:
            return
        teams = {self.scene.team_of(life.manager) for life in lives.values()} | {to[0]}
        by = f"{to[0]}s" if len(teams) == 1 else "inspector"
        people, at = [self.person(n).public_id for n in lives], timezone.now()

        def run():
            caseload.reassign_caseload(
                by=self.scene.actor(by),
                offenders=people,
                to=self.scene.officers[to].public_id,
                reason="Leave",
            )

        if self.act(how, by, run):
            made = Reassignment.objects.latest("pk").public_id
            who = {n: (life.manager, to) for n, life in lives.items()}
            self.scene.moves.append(Move(made, at, who))
            for life in lives.values():
                life.manager = to

    @rule(number=WHO, other=WHO)
    def overreach(self, number, other):
        """With one person of another team among them, a supervisor moves nobody (I7)."""
        mine, theirs = self.life(number), self.life(other)
        if not mine or not theirs:
            return
        team = self.scene.team_of(mine.manager)
        if self.scene.team_of(theirs.manager) == team:
            return
        to = f"{team}1" if mine.manager != f"{team}1" else f"{team}2"
        before = Reassignment.objects.count()
        try:
            with transaction.atomic():
                caseload.reassign_caseload(
                    by=self.scene.actor(f"{team}s"),
                    offenders=[self.person(n).public_id for n in (number, other)],
                    to=self.scene.officers[to].public_id,
                    reason="Leave",
                )
        except NotVisible:
            Acting.acts += 1
        assert Reassignment.objects.count() == before

    @rule(how=HOW)
    def undo(self, how):
        """The last one, as one step within a day; who went elsewhere since stays."""
        move = next((move for move in reversed(self.scene.moves) if not move.undone), None)
        if move is None:
            return

        def run():
            undo_reassignment(by=self.scene.actor("inspector"), reassignment=move.public_id)

        # The database's clock says when it was decided, which no test sets: within the first day.
        if timezone.now() - move.at > dt.timedelta(hours=24):
            return
        Reassignment.objects.filter(public_id=move.public_id).update(decided_at=move.at)
        if self.act(how, "inspector", run):
            move.undone = True
            for number, (was, became) in move.who.items():
                life = self.scene.lives[number]
                if life.manager == became:
                    life.manager = was
