"""One row lock for each transition, waiting in the database.

viewflow's default lock is none: eight of eight double completions went through (T1). Its
PostgreSQL lock sleeps in Python and breaks inside an outer transaction (T2).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from viewflow.workflow.base import Flow

from workflows.errors import TaskBusy


@contextmanager
def blocking_lock(flow_class: type[Flow], process_id: int) -> Iterator[None]:
    """Hold the process's row until the transaction ends.

    Waits at most the connection's `lock_timeout`, then raises TaskBusy. On SQLite BEGIN IMMEDIATE
    has already shut out other writers (T3), so there is nothing to lock.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            rows = flow_class.process_class._base_manager.filter(pk=process_id)
            try:
                list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))
            except OperationalError as error:
                raise TaskBusy from error
        yield
