"""Notes when each periodic job ran, so that one that silently stops is noticed (/readyz)."""

from collections.abc import Callable
from functools import wraps

from django.utils import timezone

from workflows.models import Heartbeat


def beats(job: str) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Decorate a periodic job, which returns how much it did; `job` is its name in the schedule.

    A failure is noted by its class, never by its words, and raised on.
    """

    def decorate(run: Callable[[], int]) -> Callable[[], int]:
        @wraps(run)
        def noted() -> int:
            Heartbeat.objects.update_or_create(
                job=job, defaults={"last_started_at": timezone.now()}
            )
            beat = Heartbeat.objects.filter(job=job)
            try:
                count = run()
            except Exception as error:
                beat.update(last_error=type(error).__name__)
                raise
            beat.update(last_succeeded_at=timezone.now(), last_count=count, last_error="")
            return count

        return noted

    return decorate
