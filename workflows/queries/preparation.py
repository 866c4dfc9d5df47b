"""What was prepared for a visit, and who is out alone at one."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import Role, User
from workflows.models import (
    Kind,
    LoneVisitAuthority,
    LoneVisitWatch,
    PreparationStaff,
    Task,
    Visit,
    VisitPreparation,
)

#: Every system is to be looked at before a visit (HMICFRS: limited checks are a finding).
SYSTEMS = tuple(VisitPreparation.System)


def blank_checks() -> dict[str, Any]:
    """What the form of a preparation starts with: each system to go through."""
    return {"checks": [{"system": system.value} for system in SYSTEMS]}


def preparation_of(task: Task) -> VisitPreparation | None:
    """The preparation of the visit that is to be made, or of the last one in this work."""
    if task.kind != Kind.HOME_VISIT:
        return None
    prepared = VisitPreparation.objects.filter(process=task.process_id).select_related(
        "prepared_by"
    )
    staff = Prefetch("staff", PreparationStaff.objects.select_related("user"))
    with_rows = prepared.prefetch_related("purposes", "checks", staff)
    return with_rows.order_by("-prepared_at", "-pk").first()


def prepared_for(task: Task) -> tuple[VisitPreparation | None, list[str]]:
    """What was prepared, and the systems that were not looked at before the visit, by label.

    Of a visit that is still to be made nothing is missing yet. Whoever writes up or endorses one
    sees what stood when it was made: that nothing did is said, and refuses nothing.
    """
    if task.kind != Kind.HOME_VISIT or task.step == "record_outcome":
        return preparation_of(task), []
    visits = Visit.objects.filter(pk=task.visit_id, voided_at__isnull=True)
    prepared = visits.select_related("preparation__prepared_by")
    visit = prepared.prefetch_related("preparation__staff__user").first()
    if visit is None:
        return None, []
    return visit.preparation, checks_missing(visit)


def is_late(prepared: VisitPreparation) -> bool:
    """Whether it was written down only after a visit that it was for."""
    made = prepared.visits.filter(voided_at__isnull=True, occurred_at__lt=prepared.prepared_at)
    return made.exists()


def authority_of(task: Task) -> LoneVisitAuthority | None:
    """The authority to go alone that waits for the visit that is to be made (PRACTICE 11)."""
    went = Visit.objects.filter(lone_authority=OuterRef("pk"), voided_at__isnull=True)
    waiting = LoneVisitAuthority.objects.filter(~Exists(went), process=task.process_id)
    return waiting.select_related("officer", "authorised_by", "authorised_for").first()


def who_authorises(task: Task) -> list[User]:
    """The supervisors of the task's team with an open account, who may authorise going alone."""
    supervisors = User.objects.filter(is_active=True, role=Role.SUPERVISOR, team=task.team_id)
    return list(supervisors.order_by("last_name", "first_name", "pk"))


def watch_of(task: Task) -> LoneVisitWatch | None:
    """The timer that runs for a piece of work."""
    if task.kind != Kind.HOME_VISIT:
        return None
    watches = LoneVisitWatch.objects.select_related("officer")
    return watches.filter(process=task.process_id, ended_at__isnull=True).first()


def checks_missing(visit: Visit) -> list[str]:
    """The systems that were not looked at before a visit, by label. All, where none was prepared.

    A check that was made only after the visit is none.
    """
    done = set()
    if visit.preparation is not None:
        for check in visit.preparation.checks.all():
            at = check.done_at
            if at is not None and (visit.occurred_at is None or at <= visit.occurred_at):
                done.add(check.system)
    return [str(system.label) for system in SYSTEMS if system.value not in done]
