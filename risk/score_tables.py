"""The tables of the static scores as this installation has them: read from disk, once."""

from functools import cache
from pathlib import Path

from django.conf import settings

from risk.static_scores import registry
from risk.static_scores.registry import Registry

SHIPPED = Path(registry.__file__).resolve().parent / "versions.yaml"


class TablesWrong(ValueError):
    """The force's own file is not there, or cannot be right. No static score can be calculated."""


def known() -> Registry:
    """The versions that are shipped and those of the force's own file, where it has one.

    Raises TablesWrong: every process that serves asks before it starts.
    """
    return _known(settings.STATIC_SCORE_VERSIONS)


@cache
def _known(more: str) -> Registry:
    try:
        shipped = registry.read(SHIPPED.read_text(encoding="utf-8"))
        if not more:
            return shipped
        return registry.joined(shipped, registry.read(Path(more).read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:
        raise TablesWrong(f"No static score can be calculated: {error}") from error
