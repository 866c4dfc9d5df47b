"""Whom indicators may be about, looked up for a whole batch at once."""

from collections.abc import Sequence

from workflows.actions.indicators.reading import Incoming
from workflows.matching import Reason, candidates
from workflows.queries.candidates import find, rejected_before


def suggestions(force_id: int, items: Sequence[Incoming]) -> list[dict[int, list[str]]]:
    """For each item, everyone it may be about with the reasons. Ten statements at most.

    Whom the same source meant before by the same name or number, and an officer said that it was
    not them, is suggested again, and it is said.
    """
    found = find(force_id, [one.sought for one in items])
    people = [candidates(one.sought, found) for one in items]
    before = rejected_before(
        {one.source for one in items},
        {person for each in people for person in each},
        {key for one in items for key in keys_of(one)},
    )
    return [
        {person: _said(one, person, reasons, before) for person, reasons in each.items()}
        for one, each in zip(items, people, strict=True)
    ]


def keys_of(one: Incoming) -> set[str]:
    """Every name and number by which it says whom it is about."""
    keys = [each.key for each in one.subjects] + [each.key for each in one.numbers]
    return {key for key in keys if key}


def _said(
    one: Incoming,
    person: int,
    reasons: Sequence[Reason],
    before: set[tuple[str, int, str]],
) -> list[str]:
    again = any((one.source, person, key) in before for key in keys_of(one))
    return [*map(str, reasons), *([Reason.REJECTED_BEFORE.value] if again else [])]
