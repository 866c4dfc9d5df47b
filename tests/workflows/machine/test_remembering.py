"""What was overdue as known on a day never changes afterwards, whatever happens (ARCHITECTURE 7).

The same acts as in `test_machine`, and changes of the rules beside them: visits entered late,
voided and found ineffective, levels, custody, reassignments, orders and corrections from another
system, the sweep run or not.
"""

import os

import hypothesis
import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflows.machine.acting import Acting
from tests.workflows.machine.remembering import Remembering
from tests.workflows.machine.scene import MORNING, set_up
from tests.workflows.machine.test_machine import Force

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Each step asks for every earlier list again: a tenth of the steps of the other machine.
STEPS = int(os.environ.get("MACHINE_STEPS", "1200")) // 10
SEED = int(os.environ.get("MACHINE_SEED", "1"))
LONGEST, LIVES = 25, 3


class ForceRemembered(Remembering, Force):
    """Everything that can happen, written down."""


def test_what_was_overdue_as_known_on_a_day_never_changes():
    with time_machine.travel(MORNING, tick=False):
        ForceRemembered.begun_with = set_up()
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
        seeded = hypothesis.seed(SEED * 100_000 + lives)(ForceRemembered)
        run_state_machine_as_test(seeded, settings=rules)
