"""The rules that this release ships with, read from its file."""

from functools import cache
from pathlib import Path

from rules.ruleset import RuleSet, load


@cache
def shipped() -> RuleSet:
    """What `rules/default.yaml` says."""
    return load(Path(__file__).with_name("default.yaml").read_text(encoding="utf-8"))
