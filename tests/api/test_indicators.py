"""Indicators over the wire: sent by other systems, which read nothing back, and by officers."""

import json
from typing import Any

import pytest

from accounts.models import Role
from risk.models import Indicator
from tests import make
from tests.api.calling import Caller, signed_in, system
from tests.workflows import indicating, triaging
from tests.workflows.indicating import FEED, SECRET

pytestmark = pytest.mark.django_db

PICTURE = "data:image/png;base64,iVBORw0KGgo"
CANARY = "Zephyrine Quillfeather of 4 Nowhere Lane"


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.INDICATOR_FEED_SECRETS = {FEED: [SECRET]}


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_system_sends_one_and_the_same_again_is_known():
    caller, item = system(), indicating.item()
    first, again = caller.post("indicators", item), caller.post("indicators", item)
    assert (first.status_code, first.json()["result"]) == (201, "received")
    assert (again.status_code, again.json()["result"]) == (200, "known")
    assert first.json()["id"] == again.json()["id"]


def test_another_under_its_number_is_refused():
    caller, item = system(), indicating.item()
    caller.post("indicators", item)
    answer = caller.post("indicators", item | {"text": "Other"})
    assert code_of(answer) == (409, "external_id_reused")


def test_a_key_has_its_effect_once():
    caller, item = system(), indicating.item()
    answers = [caller.post("indicators", item, Idempotency_Key="k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].headers["Idempotent-Replay"] == "true"
    assert Indicator.objects.count() == 1


@pytest.mark.parametrize("scopes", [["indicators:write"], ["indicators:write", "offenders:read"]])
def test_what_a_system_sent_it_cannot_read(scopes):
    officer = make.officer()
    caller = system(force=officer.force, scopes=scopes)
    found = caller.post("indicators", indicating.item(text=CANARY)).json()
    assert CANARY not in json.dumps(found)
    for path in ("indicators", f"indicators/{found['id']}", f"indicators/{found['id']}/candidates"):
        answer = caller.get(path)
        assert code_of(answer) == (403, "not_permitted")
        assert CANARY not in answer.content.decode()


def test_a_system_without_the_scope_sends_nothing():
    caller = system(scopes=["offenders:read"])
    assert code_of(caller.post("indicators", indicating.item())) == (403, "not_permitted")


def test_a_list_shows_nothing_of_what_they_say():
    officer = make.officer()
    person = make.person(manager=officer)
    indicating.matched(person, by=officer, text=CANARY)
    answer = signed_in(officer).get("indicators")
    [row] = answer.json()["results"]
    assert row["person"]["id"] == str(person.public_id)
    assert CANARY not in answer.content.decode()


def test_how_it_may_be_handled_is_said_first():
    officer = make.officer()
    person = make.person(manager=officer)
    found = indicating.matched(
        person, by=officer, handling="C", handling_conditions="Ask the ROCU first", text=CANARY
    )
    answer = signed_in(officer).get(f"indicators/{found.public_id}")
    assert list(answer.json())[:2] == ["handling", "handling_conditions"]
    assert answer.json()["text"] == CANARY


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 2),
        ({"severity": "critical"}, 1),
        ({"severity": "low"}, 0),
        ({"state": "untriaged"}, 1),
        ({"state": "merged"}, 0),
        ({"person": "THE PERSON"}, 1),
        ({"person": "00000000-0000-4000-8000-000000000000"}, 0),
    ],
)
def test_a_list_is_narrowed(query, number):
    officer = make.officer()
    person = make.person(manager=officer)
    indicating.matched(person, by=officer)
    indicating.about(person, by=officer, code="UDEV")
    if query.get("person") == "THE PERSON":
        query = {"person": str(person.public_id)}
    assert len(signed_in(officer).get("indicators", query).json()["results"]) == number


def test_a_list_goes_on_where_it_stopped():
    officer = make.officer()
    person = make.person(manager=officer)
    wanted = [str(indicating.about(person, by=officer).public_id) for _ in range(3)]
    caller, found, path = signed_in(officer), [], "/api/v1/indicators?limit=2"
    while path:
        page = caller.get(path).json()
        found += [row["id"] for row in page["results"]]
        path = page["next"]
    assert sorted(found) == sorted(wanted)


def test_an_officer_says_whom_it_is_about_and_takes_it_back():
    officer = make.officer()
    person = make.person(manager=officer)
    found = indicating.about(person, by=officer, code="UACC")
    caller, path = signed_in(officer), f"indicators/{found.public_id}"
    [candidate] = caller.get(f"{path}/candidates").json()["results"]
    assert candidate["reasons"] == ["name", "surname", "date_of_birth"]
    body = {"offender": candidate["person"]["id"]}
    assert caller.post(f"{path}/confirm-match", body).json()["state"] == "untriaged"
    assert code_of(caller.post(f"{path}/reject-match", body)) == (409, "match_confirmed")
    assert code_of(caller.post(f"{path}/unmatch", {})) == (400, "invalid")
    answer = caller.post(f"{path}/unmatch", {"reason": "Another of the same name"})
    assert (answer.json()["state"], answer.json()["person"]) == ("unmatched", None)


def test_an_inspector_gives_a_reason_beyond_their_own_team():
    officer = make.officer()
    person = make.person(manager=officer)
    found = indicating.matched(person, by=officer)
    caller = signed_in(make.officer(Role.INSPECTOR, team=make.team(in_force=officer.force)))
    caller.headers = {}
    answer = caller.get(f"indicators/{found.public_id}")
    assert code_of(answer) == (403, "reason_required")


def test_in_a_batch_each_has_its_answer():
    caller, item = system(), indicating.item()
    sent = [item, indicating.item(code="ODD"), None, 7, [], indicating.item(text=PICTURE), item]
    answer = caller.post("indicators:batch", {"indicators": sent})
    assert answer.status_code == 200
    assert [(one["result"], one["code"]) for one in answer.json()["results"]] == [
        ("received", ""),
        ("refused", "invalid_choice"),
        ("refused", "invalid"),
        ("refused", "invalid"),
        ("refused", "invalid"),
        ("refused", "content_refused"),
        ("known", ""),
    ]


#: One value for a field, and what it is.
ODD: list[tuple[dict[str, Any], str]] = [
    ({"source": ""}, "nothing"),
    ({"source": "\u202eabc"}, "written backwards"),
    ({"source": 5}, "a number"),
    ({"external_id": "x" * 121}, "too long"),
    ({"external_id": None}, "null"),
    ({"code": ["P2P"]}, "a list"),
    ({"code": {"P2P": 1}}, "an object"),
    ({"source_grade": True}, "a boolean"),
    ({"source_grade": 1e300}, "no whole number"),
    ({"source_grade": 10**40}, "a number that no column holds"),
    ({"assessment_grade": "a"}, "in small letters"),
    ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "before the years"),
    ({"occurred_at": "9999-12-31T23:59:59-14:00"}, "after them"),
    ({"occurred_at": 1_700_000_000}, "seconds"),
    ({"text": "x" * 4001}, "too long"),
    ({"text": PICTURE + "A" * 200_000}, "a picture"),
    ({"subjects": {"surname": "Quill"}}, "no list"),
    ({"subjects": [["Quill"]]}, "a list of lists"),
    ({"subjects": [{"surname": "Quill", "born_on": "1980-02-30"}]}, "no such day"),
    ({"subjects": [{"surname": "1234"}]}, "no name"),
    ({"subjects": [{"surname": "Quill"}] * 21}, "too many"),
    ({"identifiers": [{"kind": "device"}]}, "without its value"),
    ({"identifiers": [{"kind": "fax", "value": "1"}]}, "no such kind"),
    ({"references": [{"kind": "video", "value": "1"}]}, "a film"),
    ({"references": ["exhibit"]}, "text for a row"),
    ({"severity": "urgent"}, "no such severity"),
    ({"sanitised": "yes"}, "text for yes or no"),
    ({"handling_conditions": "x" * 501, "handling": "C"}, "too long"),
]


@pytest.mark.parametrize(("values", "why"), ODD)
def test_odd_input_is_refused_with_a_code(values, why):
    caller = system()
    alone = caller.post("indicators", indicating.item(**values))
    assert 400 <= alone.status_code < 500, why
    batch = caller.post("indicators:batch", {"indicators": [indicating.item(**values)]})
    [one] = batch.json()["results"]
    assert (batch.status_code, one["result"]) == (200, "refused"), why
    assert one["code"]
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(
    "body",
    [{}, {"indicators": []}, {"indicators": {}}, {"indicators": None}, {"indicators": [{}] * 1001}],
)
def test_no_batch_is_refused_whole(body):
    assert system().post("indicators:batch", body).status_code == 400


def test_a_picture_is_refused_by_its_code_wherever_it_is_too_long_besides():
    answer = system().post("indicators", indicating.item(text=PICTURE + "A" * 5000))
    assert answer.json()["invalid"]["text"][0]["code"] == "content_refused"


def test_a_body_that_is_too_long_is_refused():
    caller = system()
    long = {"indicators": [indicating.item(text="word " * 790) for _ in range(600)]}
    assert code_of(caller.post("indicators:batch", long)) == (413, "too_large")


@pytest.mark.parametrize("query", [{"cursor": "made-up"}, {"state": "odd"}, {"person": "5"}])
def test_odd_parameters_are_refused(query):
    assert signed_in(make.officer()).get("indicators", query).status_code == 400


# --- feeds ----------------------------------------------------------------------------------------


def deliver(caller: Caller, body: bytes, **headers: str) -> Any:
    signed = indicating.signed(body)
    said = {
        "Webhook-Id": signed.id,
        "Webhook-Timestamp": signed.timestamp,
        "Webhook-Signature": signed.signature,
    }
    return caller.client.post(
        f"/api/v1/indicator-feeds/{FEED}/deliveries",
        body,
        content_type="application/json",
        headers=caller.headers | said | headers,
    )


def test_a_signed_delivery_is_received_and_another_is_held_and_settled():
    supervisor = make.officer(Role.SUPERVISOR)
    indicating.feed(supervisor.force)
    caller = system(force=supervisor.force)
    taken = deliver(caller, indicating.delivery([indicating.item()]))
    assert (taken.status_code, taken.json()["state"]) == (200, "received")
    body = indicating.delivery([indicating.item(text=CANARY)])
    found = deliver(caller, body, **{"Webhook-Signature": "v1,AAAA"}).json()
    assert (found["state"], found["reasons"], found["results"]) == ("held", ["signature_wrong"], [])
    ranks = signed_in(supervisor)
    [row] = ranks.get("quarantined-deliveries").json()["results"]
    assert row["id"] == found["held_as"]
    path = f"quarantined-deliveries/{row['id']}"
    looked = ranks.get(path)
    assert looked.json()["can_be_released"]
    assert CANARY not in looked.content.decode()
    answer = ranks.post(f"{path}/release", {"reason": "The vendor rang"})
    assert [one["result"] for one in answer.json()["results"]] == ["received"]
    assert code_of(ranks.post(f"{path}/discard", {"reason": "Late"})) == (409, "delivery_settled")
    assert ranks.get("quarantined-deliveries").json()["results"] == []
    assert len(ranks.get("quarantined-deliveries", {"state": "all"}).json()["results"]) == 1


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"\x00", b"{" * 5000, b'{"a": 1, "a": 2}', b"null", b'"\\ud800"']
)
def test_odd_bytes_are_held_and_never_a_fault_of_ours(body):
    force = make.force()
    indicating.feed(force)
    answer = deliver(system(force=force), body)
    assert (answer.status_code, answer.json()["reasons"]) == (200, ["schema_unknown"])


def test_a_feed_that_is_not_there_is_not_there():
    answer = deliver(system(), indicating.delivery([indicating.item()]))
    assert code_of(answer) == (404, "not_found")


@pytest.mark.django_db
def test_a_system_takes_back_what_it_sent_and_reads_nothing_of_it_back():
    force = make.force()
    sender, other = system(force=force), system(force=force)
    one = sender.post("indicators", indicating.item(code="UACC")).json()["id"]
    supervisor = make.officer(Role.SUPERVISOR, force=force)
    second = make.officer(Role.INSPECTOR, force=force)
    hide = {"users": [str(second.public_id)], "reason": "It would give a source away"}
    assert signed_in(supervisor).post(f"indicators/{one}/restrict", hide).status_code == 200
    path, why = f"indicators/{one}/retract", {"reason": "Resolved to another house"}

    assert other.post(path, why).status_code == 404
    assert sender.post(path, {}).status_code == 400
    answer = sender.post(path, why)
    assert (answer.status_code, answer.json()) == (
        200,
        {"id": one, "state": "retracted"},
    )
    assert (sender.post(path, why).json()["code"]) == "already_retracted"
    assert sender.get(f"indicators/{one}").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("is_triaged", [False, True], ids=["matched", "triaged"])
def test_a_system_that_takes_back_what_is_about_somebody_ends_nothing(is_triaged):
    manager = make.officer()
    person, sender = make.person(manager=manager), system(force=manager.force)
    item = indicating.item(code="UACC", **indicating.naming(person))
    one = sender.post("indicators", item).json()["id"]
    about = {"offender": str(person.public_id)}
    assert signed_in(manager).post(f"indicators/{one}/confirm-match", about).status_code == 200
    found = Indicator.objects.get(public_id=one)
    if is_triaged:
        triaging.triage(found, "enquiry", by=manager)
    stands = Indicator.objects.values("state", "outcome", "offender", "decays_from").get()
    owed = list(
        person.obligations.filter(closed_at=None).order_by("pk").values_list("pk", "due_on")
    )

    path, why = f"indicators/{one}/retract", {"reason": "Resolved to another house"}
    assert sender.post(path, why).status_code == 200
    assert Indicator.objects.values("state", "outcome", "offender", "decays_from").get() == stands
    left = person.obligations.filter(closed_at=None).order_by("pk").values_list("pk", "due_on")
    assert list(left) == owed
    assert code_of(sender.post(path, why)) == (409, "already_asked_back")
    assert sender.get(f"indicators/{one}").status_code == 403
