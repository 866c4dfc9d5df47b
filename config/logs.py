"""What the log says of what failed: enough to find the fault, nothing about anybody."""

import logging
import traceback
from http import HTTPStatus

#: How a rewritten record reads; also how one is known that was rewritten before.
MESSAGE = "%s: %s, request %s"


class WithoutPath(logging.Filter):
    """Rewrites the records of `django.request`, which hold the path and the error's own words.

    Paths hold ids of people, and the words of an error may quote what was typed. The status, the
    type of the error, the request id (which the audit record has too) and the frames are kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: no record is dropped.

        A record is rewritten once: each configuring of the log adds this filter to its logger
        again (Django does so in `setup`, which a process may call more than once).
        """
        if record.msg == MESSAGE:
            return True
        error, trace = record.exc_info[::2] if record.exc_info else (None, None)
        facts = getattr(getattr(record, "request", None), "facts", None)
        record.msg = MESSAGE
        record.args = (
            _phrase(getattr(record, "status_code", None)),
            error.__name__ if error else "no error",
            facts.request_id if facts else "unknown",
        )
        record.exc_info = None
        frames = traceback.format_list(traceback.extract_tb(trace)) if trace else []
        record.exc_text = "".join(frames).rstrip() or None
        return True


class WithoutWords(logging.Filter):
    """Takes the words of an error out of every record that a handler writes.

    What the database says of a refused row quotes the row (`Key (kind, value)=(pnc, ...)`), and
    Celery repeats it, with the arguments. The type of the error and the frames are kept; of a
    message that is filled in from an error, what it is about.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: no record is dropped. Rewriting twice is the same as once."""
        task = record.args if isinstance(record.args, dict) else {}
        if not record.exc_info and "exc" not in task:
            return True
        error, trace = record.exc_info[::2] if record.exc_info else (None, None)
        about = f"{task['name']}[{task['id']}]" if "exc" in task else str(record.msg)
        record.msg, record.args = "%s: %s", (about, error.__name__ if error else "failed")
        record.exc_info = None
        if trace is not None:
            record.exc_text = "".join(traceback.format_list(traceback.extract_tb(trace))).rstrip()
        return True


def _phrase(status: int | None) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Failed"
