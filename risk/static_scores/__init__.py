"""Static scores: reckoned from published tables. Pure: no database, no clock, the day comes in.

Calculated here, never the official value: that is the probation service's, and is preferred where
it is known (docs/decisions/0023-static-scores.md).
"""
