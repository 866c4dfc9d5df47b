"""A day as somebody types it on a command line."""

import argparse
import datetime as dt


def day(text: str) -> dt.date:
    """The date. Raises ArgumentTypeError in words where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"write a real day as YYYY-MM-DD, not {text!r}") from error
