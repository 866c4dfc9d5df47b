import io
from collections import Counter
from datetime import date, timedelta
from itertools import islice

import pytest

from tests.workflows.imports.extracts import TODAY
from workflows.imports import invented
from workflows.imports.columns import COLUMNS
from workflows.imports.reading import read
from workflows.imports.row import Row
from workflows.imports.synthetic import rows, write_csv

PEOPLE = 6_000
#: Visit interval of each level, days at most.
INTERVAL = {"very_high": 31, "high": 92, "medium": 184, "low": 366, "not_assessed": 92}


def written(*, offenders: int, seed: int, as_of: date = TODAY) -> bytes:
    file = io.BytesIO()
    assert write_csv(file, rows(offenders=offenders, seed=seed, as_of=as_of)) == offenders
    return file.getvalue()


@pytest.fixture(scope="module")
def force() -> list[Row]:
    """A force of six thousand, as the reader takes it: not one row is refused."""
    read_rows = list(read(io.BytesIO(written(offenders=PEOPLE, seed=7)), as_of=TODAY))
    accepted = [row for row in read_rows if isinstance(row, Row)]
    assert [r for r in read_rows if not isinstance(r, Row)] == []
    assert len(accepted) == PEOPLE
    return accepted


def share(people: list[Row], condition) -> float:
    return sum(map(condition, people)) / len(people)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    assert written(offenders=200, seed=1) == written(offenders=200, seed=1)
    assert written(offenders=200, seed=1) != written(offenders=200, seed=2)


def test_rows_are_made_as_they_are_asked_for():
    people = rows(offenders=10**9, seed=1, as_of=TODAY)

    assert [tuple(sorted(person)) for person in islice(people, 2)] == [tuple(sorted(COLUMNS))] * 2


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2027, 1, 1)])
def test_every_row_is_accepted_whatever_the_day(as_of):
    file = io.BytesIO(written(offenders=1_000, seed=3, as_of=as_of))

    assert all(isinstance(row, Row) for row in read(file, as_of=as_of))


@pytest.mark.parametrize(
    ("what", "condition", "expected", "tolerance"),
    [
        ("very high", lambda row: row.management_level == "very_high", 0.02, 0.008),
        ("high", lambda row: row.management_level == "high", 0.18, 0.02),
        ("medium", lambda row: row.management_level == "medium", 0.30, 0.025),
        ("low", lambda row: row.management_level == "low", 0.50, 0.03),
        ("not assessed", lambda row: row.management_level == "not_assessed", 0.02, 0.008),
        ("in the community", lambda row: row.status == "community", 0.78, 0.02),
        ("in custody", lambda row: row.status == "custody", 0.20, 0.02),
        ("women", lambda row: row.sex == "F", 0.015, 0.007),
        ("regularly found", lambda row: row.address_kind == "regularly_found", 0.02, 0.008),
        ("SHPO", lambda row: row.order_kind == "shpo", 0.45, 0.03),
        ("reactive", lambda row: row.management_mode == "reactive", 0.025, 0.012),
        (
            "under 18 on the relevant date",
            lambda row: (row.relevant_date - row.date_of_birth) < timedelta(days=18 * 365),
            0.03,
            0.01,
        ),
    ],
)
def test_shares_are_those_of_a_real_force(force, what, condition, expected, tolerance):
    assert share(force, condition) == pytest.approx(expected, abs=tolerance), what


def test_a_few_visits_are_overdue(force):
    visited = [
        row
        for row in force
        if row.status == "community"
        and row.management_mode == "active"
        and row.last_effective_visit_on
    ]

    overdue = share(
        visited,
        lambda row: (TODAY - row.last_effective_visit_on).days > INTERVAL[row.management_level],
    )

    assert 0.015 < overdue < 0.05


def test_only_new_people_were_never_visited(force):
    never = [r for r in force if r.status == "community" and not r.last_effective_visit_on]

    assert never
    for row in never:
        assert TODAY - (row.released_on or row.relevant_date) <= timedelta(days=14)


def test_notifications_are_spread_over_the_year(force):
    months = Counter(r.last_notification_on.month for r in force if r.last_notification_on)

    assert len(months) == 12
    assert min(months.values()) > PEOPLE / 12 / 2


def test_only_low_and_without_a_live_order_is_reactive(force):
    reactive = [row for row in force if row.management_mode == "reactive"]

    assert {(row.management_level, row.order_kind) for row in reactive} == {("low", "")}


def test_whoever_is_away_has_a_day_since_when(force):
    assert all((row.status == "community") == (row.status_since is None) for row in force)


def test_references_are_unique_and_no_pnc_id_can_be_a_real_one(force):
    for column in ("source_ref", "visor_ref", "pnc_id"):
        assert len({getattr(row, column) for row in force}) == PEOPLE
    assert {row.pnc_id[-1] for row in force} <= set("IOS")
    assert all(row.postcode.startswith("QX") for row in force)


def test_each_officer_has_about_sixty_people_in_a_team_of_about_eight(force):
    caseloads = Counter(row.offender_manager for row in force)
    teams = {row.offender_manager: row.team for row in force}

    assert len(caseloads) == PEOPLE / 60
    assert all(row.team == teams[row.offender_manager] for row in force)
    assert all(30 < people < 95 for people in caseloads.values())
    assert all(6 <= officers <= 10 for officers in Counter(teams.values()).values())


def test_the_teams_may_be_named():
    people = rows(offenders=300, seed=1, as_of=TODAY, teams=["Riverside", "Hilltop"])

    assert {person["team"] for person in people} == {"Riverside", "Hilltop"}


def test_a_small_force_has_one_officer_in_one_team():
    people = list(rows(offenders=5, seed=1, as_of=TODAY))

    assert {(person["team"], person["offender_manager"]) for person in people} == {
        ("North", "NO0001")
    }


def test_team_names_do_not_repeat():
    assert len(set(invented.teams(500))) == 500


def test_homes_lie_in_their_town(force):
    centres = {town: (east, north) for town, east, north in invented.TOWNS}
    for row in force:
        east, north = centres[row.town]
        assert abs(row.easting - east) <= invented.REACH
        assert abs(row.northing - north) <= invented.REACH
