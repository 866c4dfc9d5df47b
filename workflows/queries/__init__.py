"""The hot lists, read with few statements whatever their length (docs/performance.md).

Plain SQL that runs unchanged on SQLite and PostgreSQL, with plain tuples out: models and
serializers cost five times as much. Who may see a row is `scope` alone.
"""
