"""Names and numbers as they are searched for: what is typed finds what is written."""

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case, without accents or punctuation, words one space apart.

    "O'Neill-Bäcker" and "oneill backer" fold alike: apostrophes go, hyphens part words.
    """
    spread = text.replace("-", " ").replace("\N{EN DASH}", " ").casefold()
    plain = unicodedata.normalize("NFKD", spread)
    kept = "".join(c for c in plain if c.isalnum() or c.isspace())
    return " ".join(kept.split())


def search_key(surname: str, forename: str) -> str:
    """What a person is found by: "surname forename", folded."""
    return fold(f"{surname} {forename}")


def fold_number(text: str) -> str:
    """A number of another system in capitals, as it is kept and looked up ("26/123456A").

    No longer than `text`: a letter whose capital is two letters stays as it is.
    """
    return "".join(big if len(big := c.upper()) == 1 else c for c in text.strip())


def fold_device(text: str) -> str:
    """A serial or telephone number as it is looked up: small letters, no spaces or hyphens."""
    return "".join(c for c in text.lower() if not c.isspace() and c != "-")


def fold_user_name(text: str) -> str:
    """A user name as it is looked up, whatever the service."""
    return text.strip().lower()


def fold_postcode(text: str) -> str:
    """A postcode in capitals without spaces."""
    return "".join(text.split()).upper()
