"""One morning over the wire: a referral comes in and stands first in the officer's list, said why.

Every step is a request that an integration or an officer's page makes; nothing runs in between.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from offenders.models import Offender
from tests import make
from tests.api.calling import Caller, signed_in, system
from tests.workflows import indicating

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
EIGHT_TEN = dt.datetime(2026, 11, 25, 8, 10, tzinfo=LONDON)
TODAY = EIGHT_TEN.date()


@pytest.fixture
def caseload() -> list[Offender]:
    """A force in which graver people are overdue; the last, of low risk, was seen last week."""
    manager = make.officer()
    overdue = [
        make.person(
            manager=manager,
            management_level=level,
            last_effective_visit_on="2025-11-01",
            last_assessment_on="2026-10-01",
        )
        for level in ("very_high", "high", "high", "medium")
    ]
    quiet = make.person(
        manager=manager,
        surname="Quillfeather",
        management_level="low",
        last_effective_visit_on="2026-11-18",
        last_assessment_on="2026-10-01",
    )
    return [*overdue, quiet]


def first_of(caller: Caller) -> dict:
    answer = caller.get("tasks", {"scope": "mine", "order": "priority"})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"][0]


def rows_of(caller: Caller, person: Offender) -> list[dict]:
    rows = caller.get("tasks", {"scope": "mine", "order": "priority"}).json()["results"]
    return [row for row in rows if row["person"]["id"] == str(person.public_id)]


def test_a_referral_at_ten_past_eight_brings_a_visit_forward_and_to_the_top(caseload):
    quiet = caseload[-1]
    with time_machine.travel(EIGHT_TEN, tick=False) as clock:
        officer, agency = signed_in(quiet.offender_manager), system(force=quiet.force)
        assert first_of(officer)["person"]["id"] != str(quiet.public_id)
        [before] = [row for row in rows_of(officer, quiet) if row["kind"] == "home_visit"]

        # 08:10: the agency sends it. It is about nobody yet, and moves nobody.
        item = indicating.item(source="nca", code="CTIP", **indicating.naming(quiet))
        sent = agency.post("indicators", item)
        assert sent.status_code == 201, sent.content
        assert first_of(officer)["person"]["id"] != str(quiet.public_id)

        # 08:11: the officer sees it first in the inbox, and says whom it is about.
        clock.shift(60)
        [waiting] = officer.get("indicators").json()["results"]
        assert waiting["id"] == sent.json()["id"]
        matched = officer.post(
            f"indicators/{waiting['id']}/confirm-match", {"offender": str(quiet.public_id)}
        )
        assert matched.status_code == 200, matched.content

        # It stands first at once: critical, and nobody has looked at it yet.
        clock.shift(5)
        triage = first_of(officer)
        assert triage["person"]["id"] == str(quiet.public_id)
        [owed] = [row for row in rows_of(officer, quiet) if row["kind"] == "indicator_triage"]

        # 08:15: triaged; the visit is brought forward in the same act.
        clock.shift(240)
        done = officer.post(
            f"tasks/{owed['id']}/triage-indicator",
            {
                "outcome": "visit_brought_forward",
                "reason": "The address is theirs, and a child lives next door.",
                "visit_by": TODAY.isoformat(),
            },
        )
        assert done.status_code == 200, done.content

        # Within the second the list shows the visit first, due today, with the reason.
        first = first_of(officer)
        assert first["person"]["id"] == str(quiet.public_id)
        [visit] = [row for row in rows_of(officer, quiet) if row["kind"] == "home_visit"]
        assert (before["due_on"] > visit["due_on"], visit["due_on"]) == (True, TODAY.isoformat())
        assert (first["id"], visit["unactioned_critical"]) == (visit["id"], True)
        reasons = {part["code"]: part["points"] for part in visit["reasons"]}
        assert reasons["indicator:CTIP"] > 0
        assert sum(reasons.values()) == visit["score"]
        said = officer.get(f"tasks/{visit['id']}/priority").json()
        assert said["score"] == visit["score"], "one number everywhere"
