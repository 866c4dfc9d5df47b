"""Years in the life of a force, in any order: everything that must hold holds after every step.

`make test` makes a short run; `make machine STEPS=20000` a long one. A run begins from a seed, so
that what was found can be found again: `make machine STEPS=... SEED=...`.
"""

import os
import sys

import hypothesis
import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflows.machine.acting import Acting
from tests.workflows.machine.checks import NOT_YET
from tests.workflows.machine.directing import Directing
from tests.workflows.machine.moving import Moving
from tests.workflows.machine.passing import Passing
from tests.workflows.machine.planning import Planning
from tests.workflows.machine.proposing import Proposing
from tests.workflows.machine.scene import MORNING, set_up
from tests.workflows.machine.triaging import Triaging

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STEPS = int(os.environ.get("MACHINE_STEPS", "250"))
SEED = int(os.environ.get("MACHINE_SEED", "1"))
#: Steps of one life of the force, and how many lives are tried with one seed.
LONGEST, LIVES = 40, 4


class Force(Planning, Proposing, Directing, Triaging, Moving, Passing):
    """Everything that can happen."""


def test_everything_holds_whatever_happens(capsys):
    """Acts, refusals, sweeps and extracts are counted as steps; what was not possible is not."""
    with time_machine.travel(MORNING, tick=False):
        Force.begun_with = set_up()
    Acting.acts, lives = 0, 0
    rules = settings(
        max_examples=LIVES,
        stateful_step_count=LONGEST,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    while Acting.acts < STEPS:
        lives += 1
        run_state_machine_as_test(hypothesis.seed(SEED * 100_000 + lives)(Force), settings=rules)
        if STEPS > 1000:
            with capsys.disabled():
                print(f"{Acting.acts} steps", file=sys.stderr, flush=True)  # noqa: T201
    with capsys.disabled():
        left = "; ".join(f"{name}: {why}" for name, why in NOT_YET.items())
        print(f"\nmachine: {Acting.acts} steps clean from seed {SEED}. Not looked at: {left}.")  # noqa: T201
