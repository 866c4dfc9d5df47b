"""Short ways for a test to act as an officer through the actions."""

from django.db import transaction

from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from workflows.actions import caseload
from workflows.actions.locking import lock_person
from workflows.actions.reactive import begin_reactive
from workflows.actions.steps import complete_step
from workflows.models import Task, Visit
from workflows.reconcile import reconcile


def complete(person: Offender, step: str, values: dict[str, object], *, by: User) -> Task:
    """`by` completes the person's open task at `step`."""
    task = make.task_of(person, step)
    return complete_step(by=make.actor(by), task=task.public_id, step=step, values=values)


def visit(person: Offender, *, by: User | None = None, **values: object) -> Visit:
    """The person's offender manager, or `by`, records a visit just now."""
    officer = by or make.activate(person.offender_manager)
    complete(person, "record_outcome", make.outcome(**values), by=officer)
    return Visit.objects.filter(offender=person, origin="recorded").latest("pk")


def move_away(person: Offender) -> User:
    """The person goes to an offender manager of another team of the force, who is returned."""
    away = make.officer(team=make.team(in_force=person.force))
    inspector = make.officer(Role.INSPECTOR, force=person.force)
    caseload.reassign_caseload(
        by=make.actor(inspector),
        offenders=[person.public_id],
        to=away.public_id,
        reason="The person moved house.",
    )
    return away


def home_visit_due(person: Offender):
    """The due date of the one open home visit, or None."""
    open_visits = person.obligations.filter(kind="home_visit", closed_at__isnull=True)
    found = list(open_visits.values_list("due_on", flat=True))
    assert len(found) <= 1
    return found[0] if found else None


@transaction.atomic
def manage_reactively(person: Offender, *, by: User) -> None:
    """The person is managed reactively from now on, as a proposal ends that was authorised."""
    held = lock_person(person.pk)
    begin_reactive(held, decided_by=by, reason="Authorised")
    reconcile(held, because="reactive.authorise")
    person.refresh_from_db()
