"""The hot paths measured beside raw SQL (the limit) and the idiomatic version (the peer).

`python -m bench` runs everything and prints the tables of docs/performance.md. Bars are ratios,
query counts and growth, never milliseconds; every answer is compared before it is timed.
"""
