"""How the machine acts: once, twice with one key, or with a crash; one event for each act."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from accounts import idempotency
from accounts.idempotency import Reply
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from tests.workflows.machine.checks import all_hold
from tests.workflows.machine.life import Life
from tests.workflows.machine.scene import (
    IN_CUSTODY,
    MISSING,
    MORNING,
    PEOPLE,
    VISITED,
    Scene,
)
from workflows.actions.steps import complete_step
from workflows.models import Task, Visit

#: How an act is made. By key: the same request comes twice. Crash: it is rolled back at its end.
HOW = st.sampled_from(["once", "once", "once", "by key", "crash"])
WHO = st.integers(0, len(PEOPLE) - 1)
#: Mostly one person, so that one thing comes of another: who is in custody from the first day, who
#: is not found.
HELD = st.one_of(st.just(IN_CUSTODY), WHO)
SOUGHT = st.one_of(st.just(VISITED), st.just(VISITED), st.just(MISSING), WHO)
BACK = st.integers(0, 40)


class Crash(Exception):
    """The process dies before it commits."""


class Acting(RuleBasedStateMachine):
    """One run: a copy of the scene in a savepoint that is rolled back at the end."""

    #: Given by the test: the scene as it was set up, and how many acts were made by all runs.
    begun_with: ClassVar[Scene]
    acts: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.scene = self.begun_with.copied()
        #: How many acts had been made when everything was last looked at.
        self.checked = -1
        self.clock = time_machine.travel(MORNING, tick=False)
        self.now = self.clock.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        """Back to the first morning."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.clock.stop()

    @invariant()
    def everything_holds(self) -> None:
        """All checks, and the oracle."""
        if self.acts != self.checked:
            all_hold(self.scene)
            self.checked = self.acts

    @property
    def today(self) -> dt.date:
        """The London date."""
        return timezone.localdate()

    def life(self, number: int) -> Life | None:
        """The life of someone still on the register."""
        life = self.scene.lives[number]
        return None if life.ended_on else life

    def person(self, number: int) -> Offender:
        """The person as the database has them."""
        return self.scene.person(number)

    def seen(self, number: int) -> None:
        """The service worked out what this person is owed."""
        self.scene.lives[number].seen_on = self.today

    def steps_of(self, number: int, step: str) -> list[Task]:
        """The person's open tasks at a step."""
        open_steps = Task.objects.open().filter(offender=self.scene.keys[number], step=step)
        return list(open_steps.select_related("process", "owner").order_by("pk"))

    def authors_of(self, visit: Visit) -> set[int | None]:
        """Whoever recorded the visit, was there or wrote it up."""
        return {
            visit.recorded_by_id,
            *visit.attendances.exclude(user=None).values_list("user", flat=True),
            *visit.write_ups.values_list("written_by", flat=True),
        }

    def act(self, how: str, by: str, run: Callable[[], Any], *, events: int = 1) -> bool:
        """Make an act, which writes so many events (I3). Whether it has its effect."""
        Acting.acts += 1
        last = _last_event()
        if how == "crash":
            self._crash(run)
        elif how == "by key":
            self._twice_by_key(by, run)
        else:
            run()
        written = Event.objects.filter(pk__gt=last).exclude(operation="consultation").count()
        wanted = 0 if how == "crash" else events
        assert written == wanted, f"I3: {written} events for an act that makes {wanted}"
        return how != "crash"

    def step(
        self, how: str, by: str, task: Task, values: dict[str, Any], *, events: int = 1
    ) -> bool:
        """Complete a step; a second time it is not open any more and changes nothing."""

        def run() -> None:
            complete_step(
                by=self.scene.actor(by), task=task.public_id, step=task.step, values=values
            )

        done = self.act(how, by, run, events=events)
        if done:
            self.refused(run, {"task_not_open"})
        return done

    def refused(self, run: Callable[[], Any], codes: Iterable[str]) -> None:
        """An act that the service refuses with one of these codes, and leaves nothing behind."""
        Acting.acts += 1
        last = _last_event()
        with pytest.raises((RuleBroken, Invalid)) as refusal, transaction.atomic():
            run()
        assert refusal.value.code in codes
        assert _last_event() == last

    def _crash(self, run: Callable[[], Any]) -> None:
        try:
            with transaction.atomic():
                run()
                raise Crash
        except Crash:
            pass

    def _twice_by_key(self, by: str, run: Callable[[], Any]) -> None:
        key, last = f"key-{self.acts}", _last_event()

        def reply() -> Reply:
            run()
            return Reply(status=200, body=b"{}")

        def ask() -> bool:
            actor = self.scene.actor(by)
            return idempotency.once(by=actor, key=key, fingerprint="0" * 64, run=reply)[1]

        assert not ask()
        self.scene.kept[key] = list(Event.objects.filter(pk__gt=last).values_list("pk", flat=True))
        assert ask(), "the same request has its effect once"


def _last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
