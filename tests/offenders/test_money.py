"""What looks like the number of a bank account or a card."""

import pytest

from offenders.money import is_money_number


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("12-34-56 12345678", True, "sort code and account"),
        ("123456 12345678", True, "the same without hyphens"),
        ("12 34 56, 12345678", True, "the same in groups"),
        ("20-11-33", True, "a sort code alone"),
        ("4929 1234 5678 9010", False, "sixteen digits that do not add up"),
        ("4111 1111 1111 1111", True, "a card that adds up"),
        ("4111111111111111", True, "the same without spaces"),
        ("+44 7700 900123", False, "a telephone is a name with many services"),
        ("07700900123", False, "the same at home"),
        ("quill_1984", False, "a name with a year"),
        ("12345678", False, "eight digits alone may be a name"),
    ],
)
def test_numbers_of_money_are_told_from_names(text, expected, reason):
    assert is_money_number(text) is expected, reason
