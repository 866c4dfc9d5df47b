"""No picture and no film is taken in, however it is written; words and numbers are."""

import base64
import hashlib
import time

import pytest

from risk.contraband import is_contraband, is_media_kind

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(200))).decode()
JPEG = base64.b64encode(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(200))).decode()
MP4 = base64.b64encode(b"\x00\x00\x00\x18ftypmp42" + bytes(range(200))).decode()
SHA_512 = hashlib.sha512(b"x").hexdigest()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"data:image/png;base64,{PNG}", "a data URL"),
        ("See DATA:video/mp4;base64,AAAA", "in capitals, in a sentence"),
        ("data%3Aimage%2Fpng%3Bbase64,iVBO", "with its signs escaped"),
        ("data:application/octet-stream;base64,AAAA", "bytes of any kind"),
        (PNG[:40], "the beginning of a picture"),
        (f"Seen: {JPEG[:40]}", "of another, in a sentence"),
        (MP4[:40], "of a film"),
        ("R0lGODlhAQABAIAAAAAAAP", "of a moving picture"),
        (base64.b64encode(b"z" * 200).decode(), "bytes of an unknown kind in one run"),
        ("\n".join(["QUJD" * 16] * 4), "broken into lines as mail does it"),
        ("\r\n".join(["QUJD" * 16] * 4), "with other ends of lines"),
        ((b"\xff\xd8" * 100).hex(), "in hexadecimal"),
        ("ff d8 " * 100, "with spaces"),
    ],
)
def test_content_is_told(text, why):
    assert is_contraband(text), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Three files of category A, exhibit ABC/1, were shared at 21:04.", "words"),
        (SHA_512, "the longest hash there is"),
        (SHA_512.upper(), "in capitals"),
        (f"SHA-512 {SHA_512}, then {hashlib.sha256(b'y').hexdigest()}", "two of them"),
        ("https://files.example/reports/2026/11/" + "a" * 90, "a long address"),
        ("The data: images of children were not seen.", "a sentence with the words"),
        ("356938035643809 07700 900000 192.0.2.1 2001:db8::1", "numbers"),
        ("x" * 160, "not yet a run of bytes"),
        (" ".join(["word"] * 800), "a long text"),
        ("", "nothing"),
    ],
)
def test_words_and_numbers_are_not(text, why):
    assert not is_contraband(text), why


@pytest.mark.parametrize("kind", ["image", "Image", "video/mp4", "image-file", "data URL", "photo"])
def test_a_reference_that_would_be_the_content_is_told(kind):
    assert is_media_kind(kind)


@pytest.mark.parametrize("kind", ["exhibit", "hash", "case", "category_count", "odd"])
def test_a_number_is_not(kind):
    assert not is_media_kind(kind)


def test_a_long_text_is_looked_at_in_no_time():
    """Nobody stops the service by a text that takes its patterns hours."""
    begun = time.monotonic()
    for text in ("a" * 300_000, "A1 " * 100_000, "AB\n" * 100_000, "data" * 80_000, "ab:" * 90_000):
        is_contraband(text)
    assert time.monotonic() - begun < 5
