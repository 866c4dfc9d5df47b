"""Whom an indicator may be about: each row is what it says, what is on record, and the reasons."""

import datetime as dt

import pytest

from workflows.matching import (
    Found,
    Named,
    Sought,
    account_key,
    candidates,
    device_key,
    postcode_key,
)

BORN, OTHER_DAY = dt.date(1980, 2, 29), dt.date(1981, 3, 1)
QUILL = 1

#: Ann Quill, with everything that could be known of her.
FOUND = Found(
    people={QUILL: ("quill ann", BORN), 2: ("de la mere ann", BORN)},
    aliases={"fern ann": [QUILL]},
    references={"26/1A": [QUILL]},
    devices={"356938035643809": [QUILL]},
    accounts={"example chat:quill7": [QUILL]},
    postcodes={"QX11AA": [QUILL]},
)


def named(
    surname: str = "", name: str = "", born_on: dt.date | None = None, postcode: str = ""
) -> Sought:
    return Sought(people=(Named(surname, name or surname, born_on, postcode),))


@pytest.mark.parametrize(
    ("sought", "reasons", "why"),
    [
        (named("quill", "quill ann"), ["name"], "the whole name"),
        (named("quill", "quill ann", BORN), ["name", "surname", "date_of_birth"], "and birthday"),
        (named("quill", "quill ann", OTHER_DAY), ["name"], "another birthday may be a slip"),
        (named("fern", "fern ann"), ["alias"], "a name that is known to be used"),
        (named("quill"), None, "a surname alone is half the county's"),
        (named("quill", "quill bea"), None, "another forename"),
        (named("quill", "quill anne", BORN), ["surname", "date_of_birth"], "a forename misspelt"),
        (named("", "", BORN), None, "a birthday alone is anybody's"),
        (named(postcode="QX11AA"), ["address"], "an IP address is resolved to a house"),
        (
            named("", "", BORN, "QX11AA"),
            ["date_of_birth", "address"],
            "and the birthday says which of those there",
        ),
        (Sought(references=frozenset({"26/1A"})), ["identifier"], "a number of the record"),
        (Sought(devices=frozenset({"356938035643809"})), ["device"], "the serial number"),
        (Sought(accounts=frozenset({"example chat:quill7"})), ["account"], "the user name there"),
        (Sought(accounts=frozenset({"other chat:quill7"})), None, "anybody's, elsewhere"),
        (Sought(), None, "nothing said"),
    ],
)
def test_who_is_suggested_and_why(sought, reasons, why):
    expected = {QUILL: tuple(reasons)} if reasons else {}
    assert candidates(sought, FOUND) == expected, why


def test_a_surname_of_several_words_is_found_by_all_of_them():
    found = candidates(named("de la mere", "de la mere anna", BORN), FOUND)
    assert list(found) == [2]


def test_two_people_of_one_name_are_both_suggested():
    found = Found(people={1: ("quill ann", BORN), 2: ("quill ann", OTHER_DAY)})
    assert list(candidates(named("quill", "quill ann"), found)) == [1, 2]


@pytest.mark.parametrize(
    ("key", "same"),
    [
        (device_key("35-693803 564380-9"), device_key("356938035643809")),
        (account_key("Example Chat", " Quill7 "), account_key("example-chat", "quill7")),
        (postcode_key("qx1 1aa"), postcode_key("QX11AA")),
    ],
)
def test_what_is_written_otherwise_is_looked_up_alike(key, same):
    assert key == same
