"""A tie between an officer and a person, declared on a page by staff number."""

import pytest

from accounts.models import Role
from offenders.models import ConflictOfInterest
from tests import make
from tests.ui.conftest import NAME, Scene, text_of
from tests.ui.filling import hidden, page_of, sent

pytestmark = pytest.mark.django_db


def test_who_declares_a_tie_of_their_own_lands_on_a_page_that_they_may_see(scene: Scene, browse):
    client = browse(scene.manager)

    answer = sent(
        client, page_of(scene.person, "declare-conflict"), staff_number=scene.manager.staff_number
    )

    landed = client.get(answer.headers["Location"], follow=True)
    assert landed.status_code == 200
    assert "Conflict declared." in text_of(landed)
    assert client.get(page_of(scene.person, "person")).status_code == 404
    assert make.task_of(scene.person).owner == scene.supervisor


def test_a_supervisor_declares_a_tie_for_a_colleague_and_an_officer_does_not(scene: Scene, browse):
    colleague, address = scene.colleague(), page_of(scene.person, "declare-conflict")
    typed = {"staff_number": colleague.staff_number}

    assert sent(browse(scene.manager), address, **typed).status_code == 403
    assert not ConflictOfInterest.objects.exists()
    answer = sent(browse(scene.supervisor), address, **typed)

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        page_of(scene.person, "person"),
    )
    assert ConflictOfInterest.objects.get().user == colleague


@pytest.mark.parametrize(
    ("is_active", "said"),
    [(None, "No officer has that staff number."), (False, "That officer’s account is closed.")],
)
def test_an_officer_who_cannot_be_meant_is_refused_by_the_field(
    scene: Scene, browse, is_active, said
):
    gone = make.officer(team=scene.manager.team, is_active=False)
    number = "NOBODY" if is_active is None else gone.staff_number

    answer = sent(
        browse(scene.supervisor), page_of(scene.person, "declare-conflict"), staff_number=number
    )

    assert answer.status_code == 400
    assert said.replace("’", "'") in text_of(answer)
    assert '<a href="#f-staff_number"' in answer.content.decode()


def test_a_double_click_on_a_tie_of_ones_own_is_no_missing_page(scene: Scene, browse):
    client, address = browse(scene.manager), page_of(scene.person, "declare-conflict")
    form = hidden(client, address) | {"staff_number": scene.manager.staff_number}

    answers = [client.post(address, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert ConflictOfInterest.objects.count() == 1


def test_the_contact_centre_declares_a_tie_without_reading_the_name_first(scene: Scene, browse):
    caller = scene.outsider(Role.CONTACT_CENTRE)
    client, address = browse(caller), page_of(scene.person, "declare-conflict")
    reason = {"reason": "Call about an incident, log 1234"}
    assert address in client.post(page_of(scene.person, "person"), reason).content.decode()

    form = client.get(address)
    assert NAME.upper() not in text_of(form)
    assert scene.person.source_ref in text_of(form)
    answer = sent(client, address, staff_number=caller.staff_number)

    assert answer.status_code == 303
    assert client.get(answer.headers["Location"], follow=True).status_code == 200
    assert client.post(page_of(scene.person, "person"), reason).status_code == 404
