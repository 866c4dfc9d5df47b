"""Content that is never taken in: pictures and films, however they are written. Pure.

Indecent images are never stored here. Where the evidence is, is said by number: an exhibit, a
hash, a case, how many items of a category.
"""

import re

#: What a sender may call a reference that would be the content itself.
MEDIA_KINDS = frozenset(
    {
        "attachment",
        "base64",
        "bytes",
        "content",
        "data",
        "data_url",
        "file",
        "film",
        "image",
        "media",
        "photo",
        "picture",
        "screenshot",
        "thumbnail",
        "video",
    }
)
#: "data:image/png;base64,...", also with its signs escaped.
_DATA_URL = re.compile(r"data(?::|%3a|&#58;|\\u003a)\s*[a-z]+(?:/|%2f)[\w.+-]+|;\s*base64", re.I)
#: How pictures and films begin in base64: PNG, JPEG, GIF, RIFF (WebP, AVI), MP4, Matroska, BMP.
_BEGINS = re.compile(
    r"(?:iVBORw0KGgo|/9j/[2-4]|R0lGOD[dl]h|UklGR[g-v]|AAAA[A-Z]GZ0eX|GkXfo|Qk[0-2][\w+/]{40})"
)
#: No number, hash (128 hex digits of SHA-512) or address in words is one unbroken run this long.
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{161,}")
#: The same, broken into lines as mail does it.
_LINES = re.compile(r"(?:[A-Za-z0-9+/_-]{48,}[ \t]*\r?\n[ \t]*){2,}[A-Za-z0-9+/_=-]+")
#: Bytes written out in hexadecimal, with or without spaces.
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[\s:,]?){129,}")


def is_contraband(text: str) -> bool:
    """Whether `text` holds a picture, a film or a run of bytes that could be one."""
    tests = (_DATA_URL, _BEGINS, _RUN, _LINES, _HEX)
    return any(test.search(text) for test in tests)


def is_media_kind(kind: str) -> bool:
    """Whether a reference of that kind would be the content itself."""
    folded = kind.strip().lower().replace("-", "_").replace(" ", "_")
    return folded in MEDIA_KINDS or folded.startswith(("image", "video"))
