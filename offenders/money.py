"""What looks like the number of a bank account or a card, which is not copied (College of Policing,
Notification requirements). Pure."""

import re

#: A sort code and the number of an account, however they are kept apart.
_SORT_CODE = re.compile(r"(?<!\d)\d{2}[ -]?\d{2}[ -]?\d{2}[ ,/:-]{1,3}\d{8}(?!\d)")
_SORT_CODE_SAID = re.compile(r"(?<!\d)\d{2}-\d{2}-\d{2}(?!\d)")
#: As many digits as a card has.
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")


def is_money_number(text: str) -> bool:
    """Whether `text` has a sort code, with or without an account, or the number of a card.

    A telephone number, which many services use as a name, is none.
    """
    if _SORT_CODE.search(text) or _SORT_CODE_SAID.search(text):
        return True
    return any(_adds_up(match[0]) for match in _CARD.finditer(text))


def _adds_up(said: str) -> bool:
    """Whether the digits pass the check of card numbers (ISO/IEC 7812)."""
    digits = [int(one) for one in said if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
