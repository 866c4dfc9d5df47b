"""What another version of the tables would make of the scores that stand: a dry run."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event, Payload
from offenders.errors import Invalid
from offenders.models import ConflictOfInterest, Offender
from risk.models import StaticScore
from tests import make
from tests.api.calling import signed_in
from workflows import rescoring as module
from workflows.actions.static_scores import void_score
from workflows.rescoring import Rescoring, rescoring

pytestmark = pytest.mark.django_db

#: High begins with 25 points, and an age counts nothing.
SECOND = """
models:
  - tool: osp_dc
    version: "2.0"
    effective_from: 2099-01-01
    sexes: [M]
    items:
      - {code: contact_adult, points: {0: 0, 1: 5, 2: 10, 3: 15}}
      - {code: contact_child, points: {0: 0, 1: 3, 2: 6, 3: 9}}
      - {code: age_at_last_sanction, points: {0: 0, 16: 5, 18: 10}}
    intercept: "-8"
    slope: "0.16"
    reduction_years: 5
    source: Made up for a test
thresholds:
  - tool: osp_dc
    version: "2.0"
    effective_from: 2099-01-01
    bands: {low: 0, medium: 10, high: 25}
    source: Made up for a test
"""


@pytest.fixture(autouse=True)
def _a_second_version(settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "versions.yaml"
    path.write_text(SECOND, encoding="utf-8")
    settings.STATIC_SCORE_VERSIONS = str(path)


@pytest.fixture
def team():
    return make.team()


def inspector(team):
    return make.actor(make.officer(Role.INSPECTOR, team=team))


def tried(by, model: str = "1.0", thresholds: str = "2.0", **asked: Any) -> tuple[Rescoring, list]:
    trial = rescoring(actor=by, model=model, thresholds=thresholds, **asked)
    return trial, list(trial.rows())


def scored(team, **facts: Any):
    """Somebody of a team with 28 points, which is medium, unless facts say otherwise."""
    person = make.person(manager=make.officer(team=team))
    make.static_score(person, **facts)
    return person


def test_the_versions_of_the_file_are_known_and_calculate_nothing_before_their_day(team):
    scored(team)
    assert StaticScore.objects.get().model_version == "1.0"


def test_it_counts_from_band_to_band_by_team_and_says_whose(team):
    other = make.team(in_force=team.force)
    rising, same = scored(team), scored(other, contact_adult=3, total_sanctions=9)

    trial, changes = tried(inspector(team))

    assert [(one.person, one.tool, one.was, one.would) for one in changes] == [
        (rising.public_id, "osp_dc", "medium", "high"),
        (same.public_id, "osp_dc", "very_high", "high"),
    ]
    assert trial.total == {
        ("osp_dc", "medium", "high"): 1,
        ("osp_dc", "very_high", "high"): 1,
    }
    assert dict(trial.by_team()) == {
        team: {("osp_dc", "medium", "high"): 1},
        other: {("osp_dc", "very_high", "high"): 1},
    }
    _, by_model = tried(inspector(team), model="2.0", thresholds="2.0")
    assert [one.would for one in by_model] == ["high"], "of 15 points the first stays medium"


def test_nothing_is_written(team):
    scored(team)
    before = list(StaticScore.objects.values())
    events = Event.objects.count()

    tried(inspector(team))

    assert list(StaticScore.objects.values()) == before
    assert Event.objects.count() == events


def test_only_the_newest_that_stands_and_was_calculated_here_counts(team):
    person = scored(team)
    newest = make.static_score(person, contact_adult=3, total_sanctions=9)
    make.official_score(person)

    trial, _ = tried(inspector(team))
    assert trial.total == {("osp_dc", "very_high", "high"): 1}
    void_score(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        score=newest.public_id,
        reason="Counted twice",
    )

    trial, _ = tried(inspector(team))
    assert trial.total == {("osp_dc", "medium", "high"): 1}


def test_the_same_tables_change_nothing(team):
    scored(team, tools=["osp_dc", "osp_iic"])

    trial, changes = tried(inspector(team), thresholds="1.0")

    assert changes == []
    assert sum(trial.total.values()) == 2, "both tools have these versions"


def test_whom_one_may_not_see_counts_and_is_named_to_nobody(team):
    hidden, tied = scored(team), scored(team)
    hidden.is_restricted = True
    hidden.save()
    by = make.officer(Role.INSPECTOR, team=team)
    ConflictOfInterest.objects.create(offender=tied, user=by, declared_by=by)

    trial, changes = tried(make.actor(by))

    assert (changes, trial.unnamed, sum(trial.total.values())) == ([], 2, 2)
    assert trial.by_team() == [], "of a small team one could tell who it is"
    scored(make.team())
    assert sum(tried(make.actor(by))[0].total.values()) == 2, "another force is not reached"


def test_whose_registration_has_ended_is_left_out(team):
    scored(team)
    ended = scored(team)
    Offender.objects.filter(pk=ended.pk).update(
        registration_ended_on=dt.date(2026, 1, 5),
        end_proposed_by=ended.offender_manager,
        end_endorsed_by=make.officer(Role.SUPERVISOR, team=team),
    )

    trial, changes = tried(inspector(team))

    assert (len(changes), sum(trial.total.values())) == (1, 1)


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.AUDITOR])
def test_others_try_nothing(team, role):
    with pytest.raises(NotPermitted):
        tried(make.actor(make.officer(role, team=team)))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"model": "9"}, "model"),
        ({"thresholds": "9"}, "thresholds"),
        ({"model": "2.0", "tool": "osp_iic"}, "model"),
    ],
)
def test_a_version_that_there_is_not_is_refused(team, asked, field):
    with pytest.raises(Invalid) as error:
        tried(inspector(team), **asked)
    assert (error.value.code, error.value.field) == ("unknown_version", field)


def test_it_takes_as_many_statements_for_many_people_as_for_one(team):
    by = inspector(team)
    scored(team)
    with CaptureQueriesContext(
        connection,
    ) as few:
        tried(by)[0].by_team()
    for _ in range(6):
        scored(team)
    with CaptureQueriesContext(connection) as many:
        tried(by)[0].by_team()
    assert len(many) == len(few) <= 5


def test_each_chunk_of_people_takes_one_more_statement(team, monkeypatch):
    by = inspector(team)
    for _ in range(4):
        scored(team)
    with CaptureQueriesContext(connection) as whole:
        tried(by)
    monkeypatch.setattr(module, "CHUNK", 2)
    with CaptureQueriesContext(connection) as halved:
        trial, changes = tried(by)
    assert len(halved) == len(whole) + 1
    assert len(changes) == sum(trial.total.values()) == 4


# --- the command and the API ----------------------------------------------------------------------


def said(**options: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    asked = {"model": "1.0", "thresholds": "2.0"} | options
    call_command("rescore", stdout=out, **asked)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_says_each_change_and_the_counts_and_leaves_its_look(team):
    person, hidden = scored(team), scored(team)
    hidden.is_restricted = True
    hidden.save()

    change, of_team, everyone, rest = said(force=team.force.code, tool="osp_dc")

    assert change == {
        "person": str(person.public_id),
        "reference": person.source_ref,
        "tool": "osp_dc",
        "was": "medium",
        "would": "high",
    }
    counted = {"tool": "osp_dc", "was": "medium", "would": "high"}
    assert of_team == counted | {"of": team.name, "people": 1}
    assert everyone == counted | {"of": "everyone", "people": 2}
    assert rest == {"left_out": 0, "unnamed": 1}
    look = Event.objects.latest("pk")
    assert (look.action, look.row_count) == ("static_score.try", 1)
    assert payload_of(look) == {
        "ids": [str(person.public_id)],
        "filters": {
            "force": team.force.code,
            "model": "1.0",
            "thresholds": "2.0",
            "tool": "osp_dc",
        },
    }


def test_the_command_names_no_more_than_the_limit_and_says_how_many_are_left(team):
    for _ in range(2):
        scored(team)

    rows = said(force=team.force.code, limit=1)

    named = [row["person"] for row in rows if "person" in row]
    assert named == payload_of(Event.objects.latest("pk"))["ids"]
    assert rows[-1] == {"left_out": 1, "unnamed": 0}
    with pytest.raises(CommandError):
        call_command("rescore", "--model=1.0", "--thresholds=2.0", "--limit=1001")


def payload_of(event: Event) -> dict[str, Any]:
    return Payload.objects.get(event_id=event.pk).payload


@pytest.mark.parametrize("wrong", [{"force": "??"}, {"model": "9"}])
def test_the_command_refuses_what_there_is_not(team, wrong):
    with pytest.raises(CommandError):
        said(**{"force": team.force.code} | wrong)


def test_an_inspector_asks_over_the_api(team):
    person = scored(team)
    caller = signed_in(make.officer(Role.INSPECTOR, team=team))

    answer = caller.post("static-scores:what-if", {"model": "1.0", "thresholds": "2.0"}).json()

    moved = {"tool": "osp_dc", "was": "medium", "would": "high"}
    assert answer == {
        "bands": [moved | {"people": 1}],
        "by_team": [
            {
                "team": {"id": str(team.public_id), "name": team.name},
                "bands": [moved | {"people": 1}],
            }
        ],
        "changes": [moved | {"person": str(person.public_id), "reference": person.source_ref}],
        "left_out": 0,
        "unnamed": 0,
    }
    none = caller.post(
        "static-scores:what-if", {"model": "1.0", "thresholds": "2.0", "limit": 0}
    ).json()
    assert (none["changes"], none["left_out"]) == ([], 1)
    wrong = caller.post("static-scores:what-if", {"model": "9", "thresholds": "2.0"})
    assert (wrong.status_code, list(wrong.json()["invalid"])) == (400, ["model"])
