"""Reads the facts that decide what is owed, many people at a time.

A constant number of statements for each chunk, and plain tuples: one night reads everyone. Only
facts dated on or before the day that is asked for are read. No date rule is here: a latest date is
the only thing the database works out.

Each module reads one subject of a `Chunk` of people, by the names that it has in `Facts`;
`everyone` puts them together.
"""

from workflows.facts.everyone import facts_of, stream
from workflows.facts.registered import registration_of
from workflows.knowing import grouped
from workflows.obligations import Facts

__all__ = ["Facts", "facts_of", "grouped", "registration_of", "stream"]
