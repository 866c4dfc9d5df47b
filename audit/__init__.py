"""The floor: an append-only record of every change and every look."""
