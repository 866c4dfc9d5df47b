"""Bodies from strangers: each row is one trick and what it meets."""

import io

import pytest
from rest_framework.exceptions import ParseError, UnsupportedMediaType

from api.errors import TooLarge
from api.parsers import MAX_BODY, StrictJSONParser
from workflows.strict_json import MAX_DEPTH, depth


def code_of(raw: bytes) -> str:
    """The stable code with which `raw` is refused, "" when it is read."""
    try:
        StrictJSONParser().parse(io.BytesIO(raw), "application/json")
    except ParseError as error:
        return str(error.get_codes())
    return ""


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param(b'{"a": 1, "a": 2}', "duplicate_key", id="the last of two keys would win"),
        pytest.param(b'{"a": {"b": 1, "b": 1}}', "duplicate_key", id="two keys further in"),
        pytest.param(b'{"a": ' + b"[" * 5000, "too_deep", id="5,000 brackets that never close"),
        pytest.param(
            b'{"a":' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}", "too_deep", id="one too deep"
        ),
        pytest.param(b'{"a": "\\u0000"}', "bad_text", id="NUL in a value"),
        pytest.param(b'{"\\u0000": 1}', "bad_text", id="NUL in a key"),
        pytest.param(b'{"a": ["\\ud800"]}', "bad_text", id="half a character"),
        pytest.param(b'{"a": "\\udfff\\ud800"}', "bad_text", id="a pair the wrong way round"),
        pytest.param(b'{"a": "\x00"}', "malformed_json", id="a raw NUL"),
        pytest.param(b'{"a": NaN}', "not_a_number", id="NaN"),
        pytest.param(b'{"a": -Infinity}', "not_a_number", id="minus infinity"),
        pytest.param(b'{"a": 1e999}', "not_a_number", id="a number that becomes infinity"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "malformed_json", id="5,000 digits"),
        pytest.param(b'{"a": 1', "malformed_json", id="cut off"),
        pytest.param(b"", "malformed_json", id="nothing"),
        pytest.param(b"\xef\xbb\xbf{}", "malformed_json", id="a byte order mark"),
        pytest.param('{"a": 1}'.encode("utf-16"), "malformed_json", id="UTF-16"),
        pytest.param(b'{"a": "\xff"}', "malformed_json", id="bytes that are not UTF-8"),
        pytest.param(b'{"a": "\xed\xa0\x80"}', "malformed_json", id="half a character in bytes"),
        pytest.param(b"[1]", "not_an_object", id="a list"),
        pytest.param(b'"text"', "not_an_object", id="text alone"),
        pytest.param(b"null", "not_an_object", id="null"),
    ],
)
def test_a_trick_is_refused_with_a_stable_code(raw: bytes, code: str) -> None:
    assert code_of(raw) == code


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"{}", id="an empty object"),
        pytest.param(b'{"a": "\\ud83d\\ude00"}', id="a whole surrogate pair"),
        pytest.param(b'{"a": "' + b"[" * 500 + b'"}', id="brackets in text are not depth"),
        pytest.param(b'{"a": "\\"' + b"[" * 500 + b'\\\\"}', id="nor behind an escaped quote"),
        pytest.param(
            b'{"a":' + b"[" * (MAX_DEPTH - 1) + b"]" * (MAX_DEPTH - 1) + b"}", id="just deep enough"
        ),
        pytest.param(b"[" * 0 + b'{"a": [' + b"{}," * 99 + b"{}]}", id="wide is not deep"),
    ],
)
def test_what_is_sound_is_read(raw: bytes) -> None:
    assert code_of(raw) == ""


def test_counting_depth_is_linear_in_text_that_never_ends() -> None:
    # Backtracking or starting again at each quote would take hours.
    assert depth(b"[" * 40 + b'"' + b'\\"' * 100_000) == 40


def test_a_body_over_the_limit_is_too_large() -> None:
    with pytest.raises(TooLarge):
        StrictJSONParser().parse(io.BytesIO(b" " * (MAX_BODY + 1)), "application/json")


def test_another_charset_is_not_read() -> None:
    with pytest.raises(UnsupportedMediaType):
        StrictJSONParser().parse(io.BytesIO(b"{}"), "application/json; charset=utf-16")
