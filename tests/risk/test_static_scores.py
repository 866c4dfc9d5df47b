"""OSP/DC and OSP/IIC from the published tables: every item, band, likelihood and refusal."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.errors import Invalid, RuleBroken
from risk import score_tables
from risk.checks import score_tables_can_be_read
from risk.static_scores import registry
from risk.static_scores.bands import Band
from risk.static_scores.inputs import SEXUAL_COUNTS, Inputs
from risk.static_scores.score import Reduction, Score
from risk.static_scores.scoring import calculate

TODAY = dt.date(2026, 11, 23)
BORN = dt.date(1980, 2, 29)
TABLES = registry.read(score_tables.SHIPPED.read_text(encoding="utf-8"))
DC, DC_BANDS = TABLES.in_force("osp_dc", TODAY)

#: Nothing that gives a point but what a test names: sanctioned at 15, followed up from 60 on.
LEAST: dict[str, Any] = {
    "sex": "M",
    "born_on": dt.date(1950, 1, 1),
    "is_detained": False,
    "contact_adult": 0,
    "contact_child": 0,
    "non_contact": 0,
    "images": 1,
    "total_sanctions": 1,
    "stranger_victim": False,
    "follow_up_on": dt.date(2026, 1, 1),
    "last_sexual_sanction_on": dt.date(1965, 6, 1),
    "last_sexual_offence_on": dt.date(1965, 1, 2),
    "last_offence_on": dt.date(2026, 1, 1),
}


def inputs(**known: Any) -> Inputs:
    return Inputs(**LEAST | known)


def dc(**known: Any) -> Score:
    return calculate("osp_dc", inputs(**known), TODAY, TABLES)


def iic(**known: Any) -> Score:
    return calculate("osp_iic", inputs(**known), TODAY, TABLES)


def years_ago(years: int, *, days: int = 0) -> dt.date:
    return TODAY.replace(year=TODAY.year - years) + dt.timedelta(days=days)


def aged(years: int) -> dict[str, Any]:
    """An adult who was of that age at the start of follow-up: today where they could be."""
    follow_up_on = years_ago(max(18 - years, 0))
    return {"born_on": years_ago(max(years, 18)), "last_sexual_sanction_on": None} | {
        "follow_up_on": follow_up_on,
        "last_sexual_offence_on": None,
        "last_offence_on": None,
    }


# --- OSP/DC, item by item -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "code", "points"),
    [
        *(({"contact_adult": n, "total_sanctions": 9}, "contact_adult", p) for n, p in
          [(0, 0), (1, 5), (2, 10), (3, 15), (7, 15)]),
        *(({"contact_child": n, "total_sanctions": 9}, "contact_child", p) for n, p in
          [(0, 0), (1, 3), (2, 6), (3, 9), (7, 9)]),
        *(({"non_contact": n, "total_sanctions": 9}, "non_contact", p) for n, p in
          [(0, 0), (1, 2), (2, 4), (3, 6), (7, 6)]),
        *(({"total_sanctions": n}, "total_sanctions", p) for n, p in
          [(1, 0), (2, 6), (999, 6)]),
        ({"stranger_victim": True}, "stranger_victim", 4),
        ({"stranger_victim": False}, "stranger_victim", 0),
    ],
)  # fmt: skip
def test_each_count_has_its_points(known, code, points):
    found = {one.code: one.points for one in dc(**known).contributions}

    assert found[code] == points


@pytest.mark.parametrize("age", range(10, 110))
def test_the_age_at_the_start_of_follow_up_counts_by_the_published_formula(age):
    found = {one.code: one for one in dc(**aged(age)).contributions}["age_at_follow_up"]

    assert (found.value, found.points) == (age, 0 if age >= 60 else 14 - max(0, (age - 18) // 3))


@pytest.mark.parametrize(("age", "points"), [(15, 0), (16, 5), (17, 5), (18, 10), (70, 10)])
def test_the_age_at_the_last_sexual_sanction_counts(age, points):
    known = aged(age)
    known["last_sexual_sanction_on"] = known["follow_up_on"]

    found = {one.code: one.points for one in dc(**known).contributions}

    assert found["age_at_last_sanction"] == points


def test_the_items_stand_in_the_order_of_the_table():
    assert [one.code for one in dc().contributions] == [
        "contact_adult",
        "contact_child",
        "non_contact",
        "age_at_follow_up",
        "age_at_last_sanction",
        "total_sanctions",
        "stranger_victim",
    ]


def test_the_most_is_64_points_and_the_least_is_none():
    most = dc(
        contact_adult=3,
        contact_child=3,
        non_contact=3,
        total_sanctions=20,
        stranger_victim=True,
        born_on=years_ago(18),
        follow_up_on=TODAY,
        last_sexual_sanction_on=TODAY,
        last_sexual_offence_on=TODAY,
        last_offence_on=TODAY,
    )

    assert (most.points, most.percent, most.band) == (64, Decimal("83.1206"), Band.VERY_HIGH)
    assert (dc().points, dc().percent, dc().band) == (0, 0, Band.LOW)


@pytest.mark.parametrize(
    ("points", "percent", "band"),
    [
        (0, "0", "low"),
        (21, "0.51", "low"),
        (22, "0.60", "medium"),
        (28, "1.54", "medium"),
        (29, "1.80", "medium"),
        (30, "2.11", "high"),
        (35, "4.57", "high"),
        (36, "5.31", "very_high"),
        (64, "83.12", "very_high"),
    ],
)
def test_likelihood_and_band_by_points(points, percent, band):
    """Figures published by upstream, and by a second repository for 22, 30 and 36 points."""
    assert round(DC.percent(points), 2) == Decimal(percent)
    assert DC_BANDS.band(points) == band


def test_a_likelihood_is_kept_to_four_decimals():
    assert DC.percent(32) == Decimal("2.8765")


# --- the five-year reduction ----------------------------------------------------------------------

#: 38 points: three contact offences against adults, 41 when followed up.
HIGH: dict[str, Any] = {
    "contact_adult": 3,
    "images": 0,
    "total_sanctions": 3,
    "born_on": BORN,
    "follow_up_on": years_ago(5),
    "last_sexual_sanction_on": years_ago(5),
    "last_sexual_offence_on": years_ago(6),
    "last_offence_on": years_ago(5),
}


@pytest.mark.parametrize(
    ("known", "why", "adjusted", "reason"),
    [
        ({}, "applied", "high", "five whole years today since all three"),
        ({"follow_up_on": years_ago(5, days=1)}, "too_soon", "very_high", "a day short"),
        (
            {"last_offence_on": years_ago(5, days=1)},
            "too_soon",
            "very_high",
            "an offence of any kind counts",
        ),
        (
            {
                "last_sexual_offence_on": years_ago(5, days=1),
                "last_sexual_sanction_on": years_ago(4),
                "last_offence_on": years_ago(4),
            },
            "too_soon",
            "very_high",
            "so does the sexual offence",
        ),
        ({"last_sexual_sanction_on": years_ago(1)}, "applied", "high", "the sanction does not"),
        ({"is_detained": True}, "detained", "very_high", "nobody offends there as outside"),
        ({"last_offence_on": None}, "not_known", "very_high", "what is not known lowers nothing"),
        ({"last_sexual_offence_on": None}, "not_known", "very_high", "the same"),
        ({"stranger_victim": None}, "provisional", "very_high", "it may still rise"),
    ],
)
def test_the_band_is_one_lower_after_five_years(known, why, adjusted, reason):
    score = dc(**HIGH | {"contact_adult": 3, "contact_child": 2, "total_sanctions": 5} | known)

    assert score.band == "very_high"
    assert (score.reduction, score.adjusted_band) == (why, adjusted), reason


def test_a_low_band_stays_low():
    assert dc(follow_up_on=years_ago(6)).reduction is Reduction.LOW_ALREADY


# --- OSP/IIC --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "percent", "band", "reason"),
    [
        ({"images": 2}, "10.31", "high", "two or more"),
        ({"images": 5, "contact_child": 2}, "10.31", "high", "images come first"),
        ({"images": 1, "contact_child": 2}, "3.328", "medium", "one"),
        ({"images": 0, "contact_child": 2}, "0.926", "low", "two against children"),
        ({"images": 0, "contact_child": 1, "contact_adult": 2}, "0.634", "low", "one"),
        ({"images": 0, "contact_adult": 1, "non_contact": 1}, "0.281", "low", "others"),
        ({"images": 0, "contact_adult": 1}, "0.281", "low", "upstream says 0 here: not copied"),
        ({"images": 0, "non_contact": 1}, "0.281", "low", "and here"),
        ({"images": 2, "sex": "F"}, "10.31", "high", "the table makes no difference by sex"),
        ({"images": 2, "sex": ""}, "10.31", "high", "nor where it is not recorded"),
    ],
)
def test_the_first_row_that_fits_decides(known, percent, band, reason):
    score = iic(**{"total_sanctions": 9} | known)

    assert (score.percent, score.band) == (Decimal(percent), band), reason
    assert (score.adjusted_band, score.reduction) == (band, Reduction.NOT_OF_THIS_TOOL)
    assert score.points is None
    assert not score.is_provisional


# --- what is not known ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "unknown", "missing"),
    [
        ("osp_dc", {"stranger_victim": None}, ("stranger_victim",)),
        ("osp_dc", {"follow_up_on": None}, ("follow_up_on",)),
        ("osp_dc", {"last_sexual_sanction_on": None}, ("last_sexual_sanction_on",)),
        ("osp_dc", {"total_sanctions": None}, ("total_sanctions",)),
        ("osp_dc", {"contact_adult": None, "non_contact": None}, ("contact_adult", "non_contact")),
        ("osp_dc", {"contact_adult": 1, "images": None}, ()),
        ("osp_dc", {"last_offence_on": None}, ()),
        ("osp_iic", {"images": None, "contact_child": 1}, ("images",)),
        ("osp_iic", {"contact_adult": 1, "images": 0, "contact_child": None}, ("contact_child",)),
        ("osp_iic", {"images": 2, "contact_child": None, "contact_adult": None}, ()),
        ("osp_iic", {"stranger_victim": None, "follow_up_on": None}, ()),
    ],
)
def test_what_the_score_needs_and_is_not_known_is_named_and_makes_it_provisional(
    tool, unknown, missing
):
    score = calculate(tool, inputs(**{"total_sanctions": 9} | unknown), TODAY, TABLES)

    assert (score.missing, score.is_provisional) == (missing, bool(missing))


def test_women_and_whose_sex_is_not_recorded_have_no_osp_dc():
    for sex in ("F", ""):
        with pytest.raises(RuleBroken) as error:
            dc(sex=sex)
        assert error.value.code == "not_for_this_person"


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "code", "field"),
    [
        ({"contact_child": -1}, "negative_count", "contact_child"),
        ({"images": 0}, "no_sexual_sanction", "contact_adult"),
        ({"images": None}, "no_sexual_sanction", "contact_adult"),
        ({"total_sanctions": 0}, "total_out_of_range", "total_sanctions"),
        ({"total_sanctions": 1000}, "total_out_of_range", "total_sanctions"),
        ({"images": 2, "total_sanctions": 1}, "more_sexual_than_total", "total_sanctions"),
        ({"images": 1, "contact_adult": 1}, "more_sexual_than_total", "total_sanctions"),
        ({"follow_up_on": TODAY + dt.timedelta(days=1)}, "in_future", "follow_up_on"),
        ({"last_offence_on": TODAY + dt.timedelta(days=1)}, "in_future", "last_offence_on"),
        ({"follow_up_on": dt.date(1950, 1, 1)}, "before_birth", "follow_up_on"),
        ({"last_sexual_offence_on": dt.date(1940, 1, 1)}, "before_birth", "last_sexual_offence_on"),
        (
            {"born_on": dt.date(1901, 1, 1), "follow_up_on": dt.date(2011, 1, 1)},
            "age_out_of_range",
            "follow_up_on",
        ),
        (
            {"last_sexual_offence_on": dt.date(1966, 1, 1)},
            "offence_after_sanction",
            "last_sexual_offence_on",
        ),
        (
            {"last_offence_on": dt.date(1964, 12, 31)},
            "before_last_sexual_offence",
            "last_offence_on",
        ),
    ],
)
def test_what_cannot_be_so_is_refused_by_field(known, code, field):
    for tool in ("osp_dc", "osp_iic"):
        with pytest.raises(Invalid) as error:
            calculate(tool, inputs(**known), TODAY, TABLES)
        assert (error.value.code, error.value.field) == (code, field)


def test_the_day_before_the_110th_birthday_is_no_mistake():
    day = dt.date(2010, 12, 31)
    score = dc(born_on=dt.date(1901, 1, 1), follow_up_on=day, last_offence_on=day)

    assert score.contributions[3].value == 109


# --- what is always so ----------------------------------------------------------------------------

COUNTS = st.integers(0, 12)
DAY = st.dates(dt.date(1981, 1, 1), TODAY)


@st.composite
def people(draw: st.DrawFn) -> Inputs:
    """Anyone whom the tables are for, with anything not known."""

    def or_none(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.none() | strategy)

    counts = {name: or_none(COUNTS) for name in SEXUAL_COUNTS}
    counts[draw(st.sampled_from(SEXUAL_COUNTS))] = draw(st.integers(1, 12))
    known = sum(count or 0 for count in counts.values())
    days = sorted(draw(st.lists(DAY, min_size=3, max_size=3)))
    offence, sanction, last = (draw(st.sampled_from([None, day])) for day in days)
    return Inputs(
        sex="M",
        born_on=BORN,
        is_detained=draw(st.booleans()),
        **counts,
        total_sanctions=or_none(st.integers(known, 999)),
        stranger_victim=or_none(st.booleans()),
        follow_up_on=or_none(DAY),
        last_sexual_sanction_on=sanction,
        last_sexual_offence_on=offence,
        last_offence_on=last,
    )


@given(people())
def test_points_are_the_sum_of_the_items_and_the_band_falls_by_one_at_most(person):
    score = calculate("osp_dc", person, TODAY, TABLES)

    assert score.points == sum(one.points for one in score.contributions)
    assert 0 <= score.points <= 64
    assert score.band.rank - score.adjusted_band.rank == (score.reduction is Reduction.APPLIED)
    assert not (score.is_provisional and score.reduction is Reduction.APPLIED)


@given(people(), st.sampled_from(SEXUAL_COUNTS), st.sampled_from(["osp_dc", "osp_iic"]))
def test_one_more_sanction_never_lowers_a_score(person, name, tool):
    kept = person.snapshot()
    total = kept["total_sanctions"]
    one_more = {name: (kept[name] or 0) + 1, "total_sanctions": total and min(total + 1, 999)}
    if total == 999:
        return

    before = calculate(tool, person, TODAY, TABLES)
    after = calculate(tool, Inputs.of_snapshot(kept | one_more), TODAY, TABLES)

    assert after.percent >= before.percent
    assert (after.points or 0) >= (before.points or 0)


@given(people(), st.sampled_from(["osp_dc", "osp_iic"]), st.data())
def test_learning_what_was_missing_never_lowers_points_likelihood_or_band(person, tool, data):
    before = calculate(tool, person, TODAY, TABLES)
    known = person.snapshot()
    for name in before.missing:
        if name in SEXUAL_COUNTS:
            known[name] = data.draw(COUNTS)
            if known["total_sanctions"] is not None:
                known["total_sanctions"] = 999
        elif name == "total_sanctions":
            known[name] = 999
        elif name == "stranger_victim":
            known[name] = data.draw(st.booleans())
        else:
            first = known["last_sexual_offence_on"] or "1990-01-01"
            known[name] = data.draw(st.sampled_from([first, TODAY.isoformat()]))

    after = calculate(tool, Inputs.of_snapshot(known), TODAY, TABLES)

    assert after.missing == ()
    assert after.percent >= before.percent
    assert (after.points or 0) >= (before.points or 0)
    assert after.band.rank >= before.band.rank


def test_learning_what_was_missing_may_let_the_reduction_apply():
    """The adjusted band alone can fall then, by one: five years count once nothing can rise."""
    before = dc(**HIGH | {"stranger_victim": None})
    after = dc(**HIGH | {"stranger_victim": False})

    assert (before.points, before.band) == (after.points, after.band) == (38, "very_high")
    assert (before.reduction, before.adjusted_band) == ("provisional", "very_high")
    assert (after.reduction, after.adjusted_band) == ("applied", "high")


@given(people())
def test_what_is_kept_is_read_back_as_it_was(person):
    assert Inputs.of_snapshot(person.snapshot()) == person


# --- the versions ---------------------------------------------------------------------------------

NEXT = """
models:
  - tool: osp_iic
    version: "2.0"
    effective_from: 2027-01-01
    rows: [{code: images, at_least: 1, percent: "11"}, {code: other_sexual, at_least: 0, percent: "1"}]
    source: Made up for a test
thresholds:
  - tool: osp_iic
    version: "2.0"
    effective_from: 2027-01-01
    bands: {low: "0", medium: "3", high: "11"}
    source: Made up for a test
"""  # noqa: E501


def test_a_version_counts_from_its_day_on_and_before_any_the_first():
    both = registry.joined(TABLES, registry.read(NEXT))

    found = [
        tuple(one.version for one in both.in_force("osp_iic", day))
        for day in (dt.date(2000, 1, 1), TODAY, dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    ]

    assert found == [*[("1.0", "1.0")] * 3, ("2.0", "2.0")]
    assert both.model("osp_iic", "2.0").version == "2.0"


def test_no_version_is_replaced():
    with pytest.raises(ValueError, match="twice"):
        registry.joined(TABLES, TABLES)


def test_a_version_that_there_is_not_is_said_by_name():
    for ask in (TABLES.model, TABLES.bands):
        with pytest.raises(registry.UnknownVersion):
            ask("osp_dc", "9")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("tool: osp_iic", "tool: rosh"),
        ("code: images", "code: mood"),
        ("at_least: 0", "at_least: 1"),
        ("effective_from: 2027-01-01", "effective_from: soon"),
        ("source: Made up for a test", "source: ''"),
        ('percent: "11"', "percent: many"),
        ('percent: "11"', 'percent: "101"'),
        ('percent: "11"', 'percent: "0.5"'),
        ("rows:", "rose:"),
        ("models:", "models: ["),
        (NEXT, "- a list"),
        ('percent: "11"', "percent: .nan"),
        ('medium: "3"', "medium: .inf"),
        ("at_least: 1", "at_least: 1.5"),
        ("effective_from: 2027-01-01", "effective_from: 2027-01-01T00:00:00Z"),
        ('"2.0"', '""'),
        ('"2.0"', "2.10"),  # a number: YAML would make it 2.1
        ('"2.0"', '"2.0-the-second-of-ours"'),
        ("thresholds:\n  - tool: osp_iic", "thresholds:\n  - tool: osp_icc"),
        ("rows: [", 'rows: [{code: images, at_least: 1, percent: "12"}, '),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(was, now):
    with pytest.raises(ValueError, match=r"."):
        registry.read(NEXT.replace(was, now))


@pytest.mark.parametrize("quote", ['"', ""])
def test_a_figure_counts_as_it_is_written_with_quotes_and_without(quote):
    """Of 10.31 without quotes YAML makes a binary fraction a little above or below."""
    shipped = score_tables.SHIPPED.read_text(encoding="utf-8")
    for figure in ("10.31", "3.328", "0.926", "0.634", "0.281", "-8.633", "0.1598"):
        shipped = shipped.replace(f'"{figure}"', f"{quote}{figure}{quote}")
    tables = registry.read(shipped)

    assert tables == TABLES
    for images, band in ((2, "high"), (1, "medium"), (0, "low")):
        known = inputs(images=images, contact_child=1, total_sanctions=9)
        assert calculate("osp_iic", known, TODAY, tables).band == band


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("thresholds:", "others:", "say where its bands begin"),
        (
            "2027-01-01\n    bands",
            "2027-01-02\n    bands",
            "say where its bands begin",
        ),
        ("2027-01-01", "2026-08-04", "from one day on"),
    ],
)
def test_no_model_is_judged_by_thresholds_that_were_made_for_another(was, now, said):
    with pytest.raises(ValueError, match=said):
        registry.joined(TABLES, registry.read(NEXT.replace(was, now)))


def test_thresholds_alone_can_be_added_and_what_is_shipped_can_be_joined():
    thresholds = NEXT[NEXT.index("thresholds:") :]

    both = registry.joined(TABLES, registry.read(thresholds))

    found = both.in_force("osp_iic", dt.date(2027, 1, 1))
    assert [one.version for one in found] == ["1.0", "2.0"]
    registry.joined(TABLES, registry.Registry((), ()))


def test_an_item_that_is_listed_twice_would_count_twice_and_is_refused():
    shipped = score_tables.SHIPPED.read_text(encoding="utf-8")
    doubled = shipped.replace(
        "      - code: age_at_follow_up\n",
        "      - {code: non_contact, points: {0: 0, 1: 0}}\n      - code: age_at_follow_up\n",
    )
    with pytest.raises(ValueError, match="twice"):
        registry.read(doubled)


def test_more_points_than_can_be_kept_are_refused():
    shipped = score_tables.SHIPPED.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="at most 64"):
        registry.read(shipped.replace("stranger_victim, points: {0: 0, 1: 4}",
                                      "stranger_victim, points: {0: 0, 1: 5}"))  # fmt: skip


@pytest.mark.parametrize("text", ["models: 3", NEXT.replace('"2.0"', '"1.0"')])
def test_a_file_of_the_force_that_cannot_be_right_is_said_at_the_start(text, settings, tmp_path):
    path = tmp_path / "versions.yaml"
    path.write_text(text, encoding="utf-8")
    assert score_tables_can_be_read(None) == []

    for settings.STATIC_SCORE_VERSIONS in (str(path), str(tmp_path / "gone.yaml")):
        [error] = score_tables_can_be_read(None)
        assert error.id == "risk.E003"
