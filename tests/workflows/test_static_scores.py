"""Static scores of a person: kept as calculated or as given, and nothing else moves."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import ConflictOfInterest, RestrictedAccess
from risk.models import CALCULATED, ScoreTool, StaticScore
from risk.static_scores.inputs import Inputs
from tests import make
from workflows.actions import people
from workflows.actions.static_scores import (
    calculate_scores,
    record_official_score,
    void_score,
)
from workflows.errors import NotVisible
from workflows.invariants import broken
from workflows.models import ObligationMove, Task
from workflows.queries.static_scores import axes, scores_page, standing_scores

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    return make.person(manager=make.officer())


def void(score: StaticScore, *, by, reason: str = "Counted a caution twice") -> StaticScore:
    return void_score(
        by=make.actor(by),
        offender=score.offender.public_id,
        score=score.public_id,
        reason=reason,
    )


def test_a_score_is_kept_with_its_working_its_versions_and_what_was_put_in(person):
    score = make.static_score(person)

    assert (score.points, score.percent, score.band) == (28, Decimal("1.5389"), "medium")
    assert (score.adjusted_band, score.reduction) == ("medium", "too_soon")
    assert (score.model_version, score.thresholds_version) == ("1.0", "1.0")
    assert (score.source, score.scored_on) == ("calculated_here", TODAY)
    assert score.recorded_by == person.offender_manager
    kept = Inputs.of_snapshot(score.inputs)
    assert (kept.sex, kept.born_on, kept.is_detained) == ("M", person.date_of_birth, False)
    assert kept.contact_adult == 1
    assert [one["points"] for one in score.working["contributions"]] == [5, 0, 0, 7, 10, 6, 0]
    event = Event.objects.latest("pk")
    assert (event.action, event.subject) == (
        "static_score.calculate",
        f"static_score:{score.public_id}",
    )


def test_both_scores_of_the_same_facts_leave_one_event(person):
    before = Event.objects.count()

    kept = calculate_scores(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        **make.score_facts(tools=["osp_dc", "osp_iic"], images=1, total_sanctions=3),
    )

    assert [(one.tool, one.band) for one in kept] == [("osp_dc", "medium"), ("osp_iic", "medium")]
    assert Event.objects.count() == before + 1


def test_who_is_detained_is_known_from_the_record(person):
    people.change_status(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        status="custody",
        on=TODAY,
    )

    score = make.static_score(person, last_offence_on=dt.date(2013, 3, 1))

    assert (score.reduction, score.adjusted_band) == ("detained", "medium")


def test_no_score_moves_what_is_owed_the_level_or_the_record(person):
    """A static band, RoSH and the management level are four things with the ARMS priority."""
    before = _standing(person)

    for tool in ScoreTool.values:
        reference = "" if tool == "kirat" else "R 1"
        highest = "high" if tool == "osp_iic" else "very_high"
        make.official_score(person, tool=tool, band=highest, reference=reference)
    score = make.static_score(
        person,
        contact_adult=9,
        contact_child=9,
        images=9,
        total_sanctions=99,
        stranger_victim=True,
    )
    void(score, by=person.offender_manager)

    person.refresh_from_db()
    assert _standing(person) == before
    assert broken() == {}


def _standing(person):
    owed = person.obligations.order_by("pk")
    tasks = Task.objects.filter(offender=person).order_by("pk")
    return (
        list(owed.values()),
        list(tasks.values()),
        list(person.levels.values()),
        list(person.assessments.values()),
        ObligationMove.objects.count(),
        (person.management_level, person.management_mode, person.version),
    )


def test_an_official_value_is_preferred_and_both_are_kept(person):
    ours = make.static_score(person)
    official = make.official_score(person)

    [standing] = standing_scores(person)

    assert (standing.official, standing.calculated) == (official, ours)
    assert standing.preferred == official
    assert official.band == "high"


def test_the_newest_of_a_tool_and_source_stands_and_a_void_one_gives_way(person):
    older = make.official_score(person, scored_on=dt.date(2025, 1, 1), band="low")
    newer = make.official_score(person, scored_on=dt.date(2026, 1, 1), band="high")
    make.official_score(person, scored_on=dt.date(2024, 1, 1), band="medium")

    assert standing_scores(person)[0].official == newer
    rows = scores_page(person).rows
    assert [(row.band, row.is_superseded) for row in rows] == [
        ("high", False),
        ("low", True),
        ("medium", True),
    ]
    void(newer, by=person.offender_manager)
    assert standing_scores(person)[0].official == older
    assert [row.is_superseded for row in scores_page(person).rows] == [False, False, True]
    assert StaticScore.objects.count() == 3, "nothing was overwritten"


def test_the_axes_stand_apart(person):
    make.static_score(person)
    make.official_score(person, tool="rosh", band="very_high", reference="")

    found = axes(person, standing_scores(person))

    assert [one.preferred.adjusted_band for one in found.static] == ["medium"]
    assert found.rosh.preferred.band == "very_high"
    assert (found.priority, found.level) == ("", "medium")


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"scored_on": TODAY + dt.timedelta(days=1)}, "in_future", "scored_on"),
        ({"scored_on": dt.date(1980, 2, 29)}, "before_birth", "scored_on"),
        ({"reference": ""}, "reference_needed", "reference"),
        ({"tool": "osp_iic", "points": 3}, "not_of_this_tool", "points"),
        ({"tool": "rm2000s", "percent": Decimal(3)}, "not_of_this_tool", "percent"),
        ({"tool": "kirat"}, "not_of_this_tool", "reference"),
        ({"tool": "osp_iic", "band": "very_high"}, "not_of_this_tool", "band"),
    ],
)
def test_an_official_value_that_cannot_be_right_is_refused(person, values, code, field):
    with pytest.raises(Invalid) as error:
        make.official_score(person, **values)
    assert (error.value.code, error.value.field) == (code, field)
    assert not StaticScore.objects.exists()


def test_the_same_official_value_is_kept_once_until_it_is_void(person):
    score = make.official_score(person)
    with pytest.raises(RuleBroken) as error:
        make.official_score(person)
    assert error.value.code == "score_known"

    void(score, by=person.offender_manager)
    make.official_score(person)


@pytest.mark.parametrize(
    "corrected",
    [{"points": 32}, {"percent": Decimal("2.88")}, {"version": "1.1"}, {"points": None}],
)
def test_a_corrected_official_value_is_another_one_and_stands(person, corrected):
    said = {"points": 31, "percent": Decimal("2.4625"), "version": "1.0"}
    make.official_score(person, **said)

    kept = make.official_score(person, **said | corrected)

    assert standing_scores(person)[0].official == kept
    with pytest.raises(RuleBroken) as error:
        make.official_score(person, **said | corrected)
    assert error.value.code == "score_known"


def test_csrp_is_recorded_as_it_was_given_and_never_calculated(person):
    kept = make.official_score(person, tool="csrp", band="medium", percent=Decimal("2.10"))

    found = axes(person, standing_scores(person))
    assert [one.preferred for one in found.static] == [kept]
    assert (found.rosh, ScoreTool.CSRP in CALCULATED) == (None, False)
    with pytest.raises(Invalid) as error:
        make.official_score(person, tool="csrp", points=3)
    assert (error.value.code, error.value.field) == ("not_of_this_tool", "points")


@pytest.mark.parametrize(("sex", "is_taken"), [("M", True), ("", True), ("F", False)])
def test_of_a_woman_no_official_osp_dc_is_written_down(sex, is_taken):
    """Whose sex is not recorded may be a man: the value itself says so."""
    person = make.person(sex=sex)
    make.official_score(person, tool="osp_iic")
    if is_taken:
        make.official_score(person)
        return
    with pytest.raises(RuleBroken) as error:
        make.official_score(person)
    assert error.value.code == "not_for_this_person"


@pytest.mark.parametrize(
    ("figures", "is_taken"),
    [
        pytest.param({"points": 29, "band": "medium"}, True, id="its own band"),
        pytest.param({"points": 30, "band": "medium"}, True, id="one lower after five years"),
        pytest.param({"points": 30, "band": "low"}, False, id="two lower is a slip"),
        pytest.param({"points": 29, "band": "high"}, False, id="higher is a slip"),
        pytest.param({"points": 29, "band": "high", "version": "1.0"}, False, id="by its version"),
        pytest.param({"points": 29, "band": "high", "version": "7"}, True, id="version not known"),
        pytest.param(
            {"tool": "osp_iic", "percent": Decimal("3.33"), "band": "medium"}, True, id="per cent"
        ),
        pytest.param(
            {"tool": "osp_iic", "percent": Decimal("10.31"), "band": "medium"},
            False,
            id="no reduction of that tool",
        ),
    ],
)
def test_an_official_band_agrees_with_its_own_figure(person, figures, is_taken):
    if is_taken:
        assert make.official_score(person, **figures).band == figures["band"]
        return
    with pytest.raises(Invalid) as error:
        make.official_score(person, **figures)
    assert (error.value.code, error.value.field) == ("band_contradicts_figure", "band")


@pytest.mark.parametrize(
    ("born_on", "is_taken"),
    [(dt.date(2008, 11, 23), True), (dt.date(2008, 11, 24), False)],
    ids=["eighteen today", "eighteen tomorrow"],
)
def test_nothing_is_calculated_for_who_is_not_eighteen(born_on, is_taken):
    """Made for adults: a boy's risk is judged by other means (PRACTICE 17)."""
    boy = make.person(date_of_birth=born_on)
    facts = {day: dt.date(2026, 6, 1) for day in ("follow_up_on", "last_offence_on")} | {
        "last_sexual_sanction_on": dt.date(2026, 6, 1),
        "last_sexual_offence_on": None,
    }
    for tool in ("osp_dc", "osp_iic"):
        if is_taken:
            assert make.static_score(boy, tools=[tool], **facts).tool == tool
            continue
        with pytest.raises(RuleBroken) as error:
            make.static_score(boy, tools=[tool], **facts)
        assert error.value.code == "not_for_this_person"


def test_what_cannot_be_so_keeps_nothing(person):
    with pytest.raises(Invalid) as error:
        make.static_score(person, tools=["osp_iic", "osp_dc"], total_sanctions=0)
    assert (error.value.code, error.value.field) == ("total_out_of_range", "total_sanctions")
    assert not StaticScore.objects.exists()


def test_of_a_woman_osp_iic_alone_is_calculated():
    woman = make.person(sex="F")
    with pytest.raises(RuleBroken) as error:
        make.static_score(woman, tools=["osp_iic", "osp_dc"])
    assert error.value.code == "not_for_this_person"
    assert not StaticScore.objects.exists(), "both or none"

    assert make.static_score(woman, tools=["osp_iic"]).band == "low"


# --- who ------------------------------------------------------------------------------------------


def test_a_colleague_and_the_supervisor_calculate_and_the_inspector_does_not(person):
    for role in (Role.OFFENDER_MANAGER, Role.SUPERVISOR):
        make.static_score(person, by=make.officer(role, team=person.team))
    for role in (Role.INSPECTOR, Role.AUDITOR):
        with pytest.raises((NotPermitted, NotVisible)):
            make.static_score(person, by=make.officer(role, team=person.team))
    with pytest.raises(NotVisible):
        make.static_score(person, by=make.officer(team=make.team(in_force=person.force)))


def test_who_has_a_conflict_or_is_not_named_finds_nobody(person):
    manager, colleague = person.offender_manager, make.officer(team=person.team)
    score = make.static_score(person)
    ConflictOfInterest.objects.create(offender=person, user=colleague, declared_by=colleague)
    for act in (make.static_score, make.official_score):
        with pytest.raises(NotVisible):
            act(person, by=colleague)
    with pytest.raises(NotVisible):
        void(score, by=colleague)

    person.is_restricted = True
    person.save()
    with pytest.raises(NotVisible):
        make.static_score(person, by=manager)
    client = make.integration(force=person.force)
    with pytest.raises(NotVisible):
        make.official_score(person, by=client)
    RestrictedAccess.objects.create(offender=person, user=manager, named_by=manager)
    make.static_score(person, by=manager)


def test_another_system_sends_official_values_within_its_scope_and_teams(person):
    scope, other_team = ["static-scores:write"], make.team(in_force=person.force)
    client = make.integration(force=person.force, scopes=scope)
    score = make.official_score(person, by=client)
    assert (score.recorded_by, score.recorded_by_label) == (None, client.label)

    for other in (
        make.integration(force=person.force, scopes=["offenders:read"]),
        make.integration(force=person.force, scopes=scope, teams=[other_team]),
        make.integration(scopes=scope),
    ):
        with pytest.raises((NotVisible, NotPermitted)):
            make.official_score(person, by=other)
    with pytest.raises((NotVisible, NotPermitted)):
        make.static_score(person, by=client)


def test_who_recorded_it_or_a_supervisor_voids_it_once_with_a_reason(person):
    score = make.static_score(person)
    with pytest.raises(RuleBroken) as error:
        void(score, by=make.officer(team=person.team))
    assert error.value.code == "not_yours"
    with pytest.raises(ReasonRequired):
        void(score, by=person.offender_manager, reason=" ")

    voided = void(score, by=make.officer(Role.SUPERVISOR, team=person.team))

    assert voided.is_void
    assert Event.objects.latest("pk").action == "static_score.void"
    with pytest.raises(RuleBroken) as error:
        void(score, by=person.offender_manager)
    assert error.value.code == "already_void"


def test_what_another_system_sent_is_the_supervisors_to_void(person):
    score = make.official_score(person, by=make.integration(force=person.force))
    with pytest.raises(RuleBroken):
        void(score, by=person.offender_manager)
    void(score, by=make.officer(Role.SUPERVISOR, team=person.team))


def test_the_score_of_another_person_is_not_there(person):
    score = make.static_score(person)
    other = make.person(manager=person.offender_manager)
    with pytest.raises(NotVisible):
        void_score(
            by=make.actor(person.offender_manager),
            offender=other.public_id,
            score=score.public_id,
            reason="Wrong person",
        )


def test_what_refuses_later_keeps_nothing(person, monkeypatch):
    """The event and the score stand or fall together."""
    monkeypatch.setattr("workflows.actions.static_scores.audit.record", _fails)
    with pytest.raises(OSError, match="no record"):
        record_official_score(
            by=make.actor(person.offender_manager),
            offender=person.public_id,
            tool="rosh",
            band="high",
            scored_on=TODAY,
        )
    assert not StaticScore.objects.exists()


def _fails(**values: object) -> None:
    raise OSError("no record")
