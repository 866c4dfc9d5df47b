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
