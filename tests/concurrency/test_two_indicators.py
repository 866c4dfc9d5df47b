"""Two systems send the same at once: it is kept once, and neither is told that it failed."""

import pytest
from django.db import connection

from risk.models import Indicator
from tests import make
from tests.concurrency.racing import race
from tests.workflows import indicating
from workflows.actions.indicators.matching import confirm_match
from workflows.actions.indicators.receiving import receive_batch

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

NAMED = {"subjects": [{"surname": "Quill", "forename": "Ann", "born_on": "1980-02-29"}]}


def test_of_two_deliveries_of_the_same_one_is_received_and_the_other_is_known():
    by = make.actor(make.integration())
    items = [indicating.item() for _ in range(20)]

    results = race(2, lambda n: receive_batch(by=by, indicators=items))

    told = sorted(sorted({one.result.value for one in receipts}) for receipts in results)
    assert told == [["known"], ["received"]]
    assert Indicator.objects.count() == len(items)


def test_of_two_reports_of_one_event_one_stands():
    by = make.actor(make.integration())
    reports = [indicating.item(source=source, **NAMED) for source in ("rocu", "nca")]

    race(2, lambda n: receive_batch(by=by, indicators=[reports[n]]))

    assert sorted(Indicator.objects.values_list("state", flat=True)) == ["merged", "unmatched"]


def test_of_two_officers_who_name_two_people_one_is_told():
    officer = make.officer()
    people = [make.person(manager=officer, surname="Quill", forename="Ann") for _ in range(2)]
    found = indicating.about(people[0], by=officer)

    def confirm(n: int) -> Indicator:
        return confirm_match(
            by=make.actor(officer), indicator=found.public_id, offender=people[n].public_id
        )

    results = race(2, confirm)

    found.refresh_from_db()
    assert found.state == "untriaged"
    assert found.matches.filter(state="confirmed").count() == 1
    refused = [one for one in results if isinstance(one, Exception)]
    assert [getattr(one, "code", "") for one in refused] == ["already_matched"]
