"""Small numbers that a report must not tell: from them somebody could be known. Pure."""

from collections.abc import Mapping


def hidden(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """Which of the groups of one breakdown are not told: people by group, `least` a group told.

    A group of fewer than `least` people is hidden. Where only one is, the smallest of the others
    is hidden with it, since the total less the others would tell it. Nobody is nothing to hide.
    """
    small = {group for group, people in counts.items() if 0 < people < least}
    others = {group: people for group, people in counts.items() if people and group not in small}
    if small and others and sum(counts[group] for group in small) < least:
        small.add(min(others, key=lambda group: (others[group], group)))
    return frozenset(small)


def is_telling(part: int, whole: int, least: int) -> bool:
    """Whether `part` of a group of `whole` would tell of single people, or of all but a few."""
    return 0 < part < least or 0 < whole - part < least
