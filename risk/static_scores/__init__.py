"""Static scores: reckoned from published tables. Pure: no database, no clock, no
settings, no disk: the day and the text of the tables come in (`risk/score_tables.py` reads them).

Calculated here, never the official value: that is the probation service's, and is preferred where
it is known (docs/decisions/0023-static-scores.md).
"""
