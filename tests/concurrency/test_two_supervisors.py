"""Two supervisors give the same people away at once: one does, the other is told, none is lost."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Capacity
from audit.models import Event
from offenders.models import Offender
from tests import make
from tests.concurrency.racing import race
from workflows.models import Reassignment, ReassignmentMove, Task

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(user) -> Client:
    client = Client(headers={"Access-Reason": "Checked for the duty sergeant"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_of_two_reassignments_of_what_both_saw_one_is_made_and_one_is_stale():
    manager = make.officer()
    people = [make.person(manager=manager) for _ in range(2)]
    clients = [signed_in(make.officer("supervisor", team=manager.team)) for _ in range(2)]
    receivers = [make.officer(team=manager.team) for _ in range(2)]
    ids = [str(person.public_id) for person in people]

    def post(position: int, path: str, **more: str):
        body = {"offenders": ids, "to": str(receivers[position].public_id), **more}
        return clients[position].post(f"/api/v1/{path}", body, content_type="application/json")

    seen = [post(n, "reassignments:preview").json()["digest"] for n in range(2)]

    answers = race(2, lambda n: post(n, "reassignments", reason="Leave", seen=seen[n]))

    assert sorted(answer.status_code for answer in answers) == [201, 412]
    [winner] = [n for n, answer in enumerate(answers) if answer.status_code == 201]
    holders = Offender.objects.filter(public_id__in=ids).values_list("offender_manager", flat=True)
    assert set(holders) == {receivers[winner].pk}
    held = Task.objects.open().filter(owner__isnull=False)  # what a supervisor owes waits for them
    assert set(held.values_list("owner", flat=True)) == {receivers[winner].pk}
    assert Reassignment.objects.count() == 1
    assert ReassignmentMove.objects.count() == len(people), "all of them, once"
    decided = Event.objects.filter(action="caseload.reassign", operation="alteration")
    assert [event.outcome for event in decided] == ["ok"]


def test_of_two_who_fill_one_officer_at_once_the_second_is_asked_why():
    manager = make.officer()
    people = [make.person(manager=manager) for _ in range(2)]
    supervisors = [make.officer("supervisor", team=manager.team) for _ in range(2)]
    clients = [signed_in(user) for user in supervisors]
    receiver = make.officer(team=manager.team)
    # 1.6 points: one of them, and not both.
    Capacity.objects.create(
        officer=receiver, from_on=timezone.localdate(), fte="0.02", set_by=supervisors[0]
    )

    def post(position: int):
        body = {
            "offenders": [str(people[position].public_id)],
            "to": str(receiver.public_id),
            "reason": "Leave",
        }
        return clients[position].post(
            "/api/v1/reassignments", body, content_type="application/json"
        )

    answers = race(2, post)

    assert sorted(answer.status_code for answer in answers) == [201, 400]
    [asked] = [answer for answer in answers if answer.status_code == 400]
    assert list(asked.json()["invalid"]) == ["over_capacity"]
    assert Reassignment.objects.count() == 1
