"""Drawing a sample that can be drawn again from its seed. Pure: no clock, no chance of its own."""

import hashlib
import math
from collections.abc import Iterable
from typing import NamedTuple

#: Bytes of the digest that make the number between nothing and one.
DIGITS = 8


class Candidate(NamedTuple):
    """Someone who can be drawn. `weight`: how much likelier than a weight of one.

    `is_recent`: in a sample not long ago, and drawn only when nobody else is left.
    """

    key: str
    weight: float
    is_recent: bool


def drawn(frame: Iterable[Candidate], seed: str, size: int) -> list[str]:
    """The keys of `size` candidates, fewer where there are fewer. Nobody twice.

    Weighted, without replacement (Efraimidis and Spirakis, 2006): each gets an exponential of their
    own, from the seed and their key alone, so that neither the order of the frame nor who else is
    in it changes anybody's number.
    """
    ordered = sorted((one.is_recent, _arrival(one, seed), one.key) for one in frame)
    return [key for _, _, key in ordered[:size]]


def _arrival(one: Candidate, seed: str) -> float:
    digest = hashlib.sha256(f"{seed}:{one.key}".encode()).digest()
    uniform = (int.from_bytes(digest[:DIGITS]) + 1) / (256**DIGITS + 1)
    return -math.log(uniform) / one.weight
