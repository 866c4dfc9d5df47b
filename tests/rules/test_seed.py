"""What a new database holds, and what its tables refuse."""

import datetime as dt

import pytest
import yaml
from django.db import IntegrityError, transaction

from rules.models import BankHoliday, RuleSetVersion
from tests.rules.shipped import DEFAULT, PUBLISHED, default_rules, published

pytestmark = pytest.mark.django_db


def version(**changes) -> RuleSetVersion:
    """A second version, not saved, changed as asked."""
    facts = {
        "number": 2,
        "effective_from": dt.date(2026, 11, 23),
        "title": "Second",
        "source": "Force order 12",
        "evidence": "Seen",
        "document": {},
        "digest": "0" * 64,
        "origin": "shipped",
        "state": "approved",
    }
    return RuleSetVersion(**(facts | changes))


def test_the_first_version_is_the_shipped_file():
    seeded = RuleSetVersion.objects.get()
    assert seeded.number == 1
    assert seeded.document == yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    assert seeded.digest == default_rules().digest()
    assert (seeded.origin, seeded.state) == ("shipped", "approved")
    assert seeded.source
    assert seeded.evidence
    assert seeded.created_at.tzinfo is not None


def test_the_first_version_covers_every_date_that_is_admitted():
    assert RuleSetVersion.objects.get().effective_from == dt.date(1900, 1, 1)


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_that_were_published(year):
    seeded = BankHoliday.objects.filter(on__year=year).order_by("on")
    assert list(seeded.values_list("on", flat=True)) == published(year)


def test_bank_holidays_of_31_years_are_kept_with_their_source():
    rows = BankHoliday.objects.all()
    assert {row.on.year for row in rows} == set(range(2010, 2041))
    assert all(row.on.isoweekday() <= 5 for row in rows)
    assert all(row.name and row.source.startswith("Python package holidays ") for row in rows)
    assert {row.division for row in rows} == {BankHoliday.Division.ENGLAND_AND_WALES}


def test_the_one_off_holidays_are_named():
    names = dict(BankHoliday.objects.values_list("on", "name"))
    assert "Jubilee" in names[dt.date(2022, 6, 3)]
    assert "Funeral" in names[dt.date(2022, 9, 19)]
    assert "Coronation" in names[dt.date(2023, 5, 8)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": 1}, "a number that is taken"),
        ({"number": 0}, "numbers start at 1"),
        ({"effective_from": dt.date(1899, 12, 31)}, "before any date admitted"),
        ({"title": ""}, "no title"),
        ({"source": ""}, "no source"),
        ({"evidence": ""}, "no evidence"),
        ({"digest": "abc"}, "not a SHA-256"),
    ],
)
def test_the_database_refuses_a_version_with_a_fault(changes, reason):
    with pytest.raises(IntegrityError), transaction.atomic():
        version(**changes).save()


def test_the_version_those_faults_were_put_into_is_sound():
    version().save()
    assert RuleSetVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("division", "on"),
    [("england-and-wales", dt.date(2026, 12, 25)), ("scotland", dt.date(2026, 11, 30))],
)
def test_the_database_refuses_a_day_twice_and_other_divisions(division, on):
    with pytest.raises(IntegrityError), transaction.atomic():
        BankHoliday.objects.create(division=division, on=on, name="Another", source="by hand")
