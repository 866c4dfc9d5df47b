"""The inbox of indicators, one of them, what is decided about it, and writing one down."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from risk.models import Indicator, IndicatorState, Match, MatchState
from tests import make
from tests.ui.conftest import NAME, Scene, events_of, text_of
from tests.ui.filling import hidden, sent, typed_day
from tests.workflows import indicating
from workflows.actions.indicators import matching, restricting
from workflows.queries.indicators import MOST_COUNTED, named_users

pytestmark = pytest.mark.django_db

INBOX = "/indicators"


def page_of(one: Indicator, name: str = "indicator", *more: object) -> str:
    return reverse(f"ui:{name}", args=[one.public_id, *more])


def names_in_order(page: str) -> list[str]:
    return re.findall(r'<a class="kind"[^>]*>([^<]*)</a>', page)


def test_the_inbox_shows_the_first_deadline_first_in_the_words_of_the_field(scene: Scene, browse):
    indicating.about(scene.person, by=scene.manager, code="GAME")
    critical = indicating.about(scene.person, by=scene.manager, code="P2P")
    page = browse(scene.manager).get(INBOX)
    said = text_of(page)

    assert names_in_order(page.content.decode())[0].startswith("File-sharing")
    assert "Critical" in said
    assert "From rocu, 2C: untested, known indirectly" in said
    assert f"May be about {scene.person.source_ref} {NAME.upper()}, Q." in said
    assert page_of(critical) in page.content.decode()


def test_a_deadline_that_is_past_says_so_in_words(scene: Scene, browse):
    one = indicating.about(scene.person, by=scene.manager)
    late = timezone.now() - dt.timedelta(hours=3)
    page = browse(scene.manager)

    assert "left" in text_of(page.get(INBOX))
    # What was received is never changed, so another is written with a deadline of its own.
    Indicator.objects.create(
        force=one.force, source="rocu", external_id="late", code="P2P", severity="critical",
        source_grade=2, assessment_grade="C", handling="P", sanitised=False, occurred_at=late,
        content_digest="0" * 64, triage_by=late, recorded_by=scene.manager,
    )  # fmt: skip
    supervisor = browse(scene.supervisor).get(INBOX)
    assert "Past by 3 h" in text_of(supervisor)
    assert "due--overdue" in supervisor.content.decode()


@pytest.mark.parametrize(
    ("query", "shown", "why"),
    [
        ("", ["untriaged", "unmatched"], "what waits, whoever it is about"),
        ("?show=unmatched", ["unmatched"], "nobody is confirmed"),
        ("?show=untriaged", ["untriaged"], "a person is confirmed"),
        ("?show=triaged", [], "nothing is triaged"),
        ("?show=all", ["untriaged", "unmatched", "merged"], "whatever became of it"),
        ("?severity=low", [], "none is so light"),
        ("?show=made-up&severity=made-up", ["untriaged", "unmatched"], "what it cannot mean"),
    ],
)
def test_the_inbox_is_filtered_by_state_and_severity(scene: Scene, browse, query, shown, why):
    numbers = {"identifiers": [{"kind": "ip", "value": "203.0.113.7"}]}
    of = {
        "untriaged": indicating.matched(scene.person, by=scene.manager),
        "unmatched": indicating.about(scene.person, by=scene.manager, **numbers),
        "merged": indicating.about(scene.person, by=scene.manager, source="nca", **numbers),
    }
    assert of["merged"].state == IndicatorState.MERGED
    page = browse(scene.manager).get(INBOX + query).content.decode()
    assert {name for name, one in of.items() if f'"{page_of(one)}"' in page} == set(shown), why


@pytest.mark.parametrize("query", ["", "?show=all"])
def test_the_pages_of_the_inbox_show_each_once(scene: Scene, browse, monkeypatch, query):
    monkeypatch.setattr("ui.views.indicators.ROWS", 2)
    all_of = {page_of(indicating.about(scene.person, by=scene.manager)) for _ in range(5)}
    client, seen, path = browse(scene.manager), [], INBOX + query
    while path:
        page = client.get(path).content.decode()
        seen += re.findall(r'<a class="kind" href="([^"]+)"', page)
        later = re.search(r'<a href="([^"]+)" rel="next"', page)
        path = later[1].replace("&amp;", "&") if later else ""
    assert len(seen) == 5
    assert set(seen) == all_of


def test_the_inbox_is_in_the_frame_with_how_many_wait(scene: Scene, browse, monkeypatch):
    client = browse(scene.manager)
    assert "Indicators <span" not in client.get("/tasks").content.decode()
    for _ in range(3):
        indicating.about(scene.person, by=scene.manager)
    assert 'Indicators <span class="count">3</span>' in client.get("/tasks").content.decode()
    monkeypatch.setattr("workflows.queries.indicators.MOST_COUNTED", 2)
    monkeypatch.setattr("ui.context.MOST_COUNTED", 2)
    assert 'Indicators <span class="count">2+</span>' in client.get("/tasks").content.decode()
    assert MOST_COUNTED == 99


def test_a_row_leads_to_the_match_of_the_only_person_it_may_be_about(scene: Scene, browse):
    one = indicating.about(scene.person, by=scene.manager)
    page = browse(scene.manager).get(INBOX).content.decode()
    for name, key in (("match-indicator", "m"), ("reject-match", "n")):
        link = page_of(one, name, scene.person.public_id)
        assert f'<a href="{link}" data-key="{key}">' in page


def test_a_row_leads_to_the_candidates_where_there_are_several(scene: Scene, browse):
    other = make.person(manager=scene.manager, surname=NAME, forename="Quillon")
    one = indicating.about(scene.person, by=scene.manager)
    assert Match.objects.filter(indicator=one, offender=other).exists()
    page = browse(scene.manager).get(INBOX).content.decode()
    assert f'<a href="{page_of(one)}#candidates" data-key="m">' in page


def test_the_task_of_its_triage_is_linked_from_the_list_and_the_page(scene: Scene, browse):
    one = indicating.matched(scene.person, by=scene.manager)
    client, task = browse(scene.manager), make.task_of(scene.person, "triage_indicator")
    link = f'href="{reverse("ui:task", args=[task.public_id])}" data-key="t"'

    for path in (INBOX, page_of(one)):
        assert link in client.get(path).content.decode()


def test_the_page_of_one_shows_how_it_may_be_handled_before_what_it_says(scene: Scene, browse):
    conditions = "Not to be told to the probation service"
    one = indicating.about(
        scene.person,
        by=scene.manager,
        handling="C",
        handling_conditions=conditions,
        text="He wrote to somebody.",
        references=[{"kind": "exhibit", "value": "AB/7"}],
    )
    answer, [event] = events_of(lambda: browse(scene.manager).get(page_of(one)))
    said = text_of(answer)
    assert said.index(conditions) < said.index("He wrote to somebody.")
    for text in ("AB/7", "Same name", "Zymborski Quillon"):
        assert text in said
    assert event.subject == f"indicator:{one.public_id}"


def test_a_list_and_a_title_say_nothing_of_what_it_says(scene: Scene, browse):
    one = indicating.about(
        scene.person, by=scene.manager, handling="C", handling_conditions="Secretly", text="Wordy"
    )
    client = browse(scene.manager)
    page = client.get(INBOX).content.decode()
    assert "Handling C" in page
    assert "Secretly" not in page
    assert "Wordy" not in page
    title = re.search(r"<title>(.*?)</title>", client.get(page_of(one)).content.decode(), re.S)
    assert title is not None
    assert NAME.lower() not in title[1].lower()


def test_a_title_names_the_indicator_with_its_own_capitals(scene: Scene, browse):
    one = indicating.about(scene.person, by=scene.manager, code="CTIP")
    page = browse(scene.manager).get(page_of(one)).content.decode()
    assert re.search(r"<title>\s*Indicator: NCMEC CyberTip or NCA referral", page)


def test_an_officer_confirms_a_match_and_takes_it_back_with_a_reason(scene: Scene, browse):
    one = indicating.about(scene.person, by=scene.manager, code="UACC")
    client = browse(scene.manager)
    confirm = page_of(one, "match-indicator", scene.person.public_id)
    assert "Same name" in text_of(client.get(confirm))

    answer = sent(client, confirm)
    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(one))
    one.refresh_from_db()
    assert (one.offender, one.matched_by) == (scene.person, scene.manager)
    client = browse(scene.supervisor)
    page = text_of(client.get(page_of(one)))
    assert f"It is this person: {scene.person.source_ref}" in page
    assert scene.manager.display_name in page

    back = page_of(one, "unmatch-indicator")
    assert sent(client, back).status_code == 400
    assert sent(client, back, reason="The birthday is another").status_code == 303
    one.refresh_from_db()
    assert one.offender is None
    assert "The birthday is another" in text_of(client.get(page_of(one)))


def test_not_this_person_is_remembered_and_takes_a_reason_to_undo(scene: Scene, browse):
    one = indicating.about(scene.person, by=scene.manager)
    client = browse(scene.manager)
    assert sent(client, page_of(one, "reject-match", scene.person.public_id)).status_code == 303
    assert Match.objects.get(indicator=one).state == MatchState.REJECTED
    # It is about nobody of the officer's now; a supervisor sees it still.
    assert client.get(page_of(one)).status_code == 404

    client = browse(scene.supervisor)
    confirm = page_of(one, "match-indicator", scene.person.public_id)
    refused = sent(client, confirm)
    assert refused.status_code == 400
    assert "Say why it is this person." in text_of(refused)
    assert sent(client, confirm, reason="It was his after all").status_code == 303


@pytest.mark.parametrize("reference", ["own", "nobody", "elsewhere"])
def test_somebody_else_is_named_by_reference_and_nobody_reads_as_no_access(
    scene: Scene, browse, reference: str
):
    one = indicating.indicator(by=scene.manager)
    elsewhere = make.person(manager=make.officer(team=make.team(in_force=scene.manager.force)))
    supervisor = browse(scene.supervisor)
    named = {"own": scene.person.source_ref, "elsewhere": elsewhere.source_ref}
    typed = {"reference": named.get(reference, "NOBODY-1").lower(), "reason": "A colleague knew"}
    answer = sent(supervisor, page_of(one, "match-by-reference"), **typed)
    if reference == "own":
        assert answer.status_code == 303
        one.refresh_from_db()
        assert one.offender == scene.person
    else:
        assert answer.status_code == 400
        assert "No one with that reference is in your reach." in text_of(answer)


def test_whom_the_viewer_may_not_see_is_named_on_no_page_of_it(scene: Scene, browse):
    stranger = make.officer(team=make.team(in_force=scene.manager.force))
    hidden_one = make.person(manager=stranger, surname=NAME, forename="Quillon")
    one = indicating.about(scene.person, by=scene.manager)
    client = browse(scene.manager)
    for path in (INBOX, page_of(one)):
        assert hidden_one.source_ref not in client.get(path).content.decode()
    for name in ("match-indicator", "reject-match"):
        path = page_of(one, name, hidden_one.public_id)
        assert client.get(path).status_code == 404
        assert client.post(path, {"reason": "Guessed"}).status_code == 404
    # A supervisor of the force says that it is them: neither the list nor the page names them.
    matching.reject_match(
        by=make.actor(stranger), indicator=one.public_id, offender=hidden_one.public_id,
        reason="Of no concern to others",
    )  # fmt: skip
    page = client.get(page_of(one)).content.decode()
    assert "Of no concern" not in page


def test_a_merge_is_undone_with_a_reason_and_both_pages_name_the_other(scene: Scene, browse):
    numbers = {"identifiers": [{"kind": "ip", "value": "203.0.113.7"}]}
    first = indicating.about(scene.person, by=scene.manager, **numbers)
    second = indicating.about(scene.person, by=scene.manager, source="nca", **numbers)
    client = browse(scene.manager)
    assert page_of(second) in client.get(page_of(first)).content.decode()
    assert page_of(first) in client.get(page_of(second)).content.decode()

    answer = sent(client, page_of(second, "undo-merge"), reason="Another house")
    assert answer.status_code == 303
    second.refresh_from_db()
    assert second.state == IndicatorState.UNMATCHED


def test_an_inspector_beyond_a_team_says_why_before_a_matched_one_is_shown(scene: Scene, browse):
    one = indicating.matched(scene.person, by=scene.manager, text="He wrote to somebody.")
    client = browse(scene.outsider(Role.INSPECTOR))
    asked = client.get(page_of(one))
    assert asked.status_code == 403
    assert "He wrote" not in text_of(asked)
    assert NAME.upper() not in text_of(client.get(page_of(one, "unmatch-indicator")))

    shown, [event] = events_of(lambda: client.post(page_of(one), {"reason": "Review of the inbox"}))
    assert "He wrote to somebody." in text_of(shown)
    assert event.reason == "Review of the inbox"


RECORDED = {
    "code": "UACC",
    "occurred_at_time": "00:01",
    "text": "A second account was on his phone",
    "source": "visit",
    "source_grade": "1",
    "assessment_grade": "A",
    "handling": "P",
    "sanitised": "false",
}


def test_an_officer_records_one_and_whoever_has_the_name_is_suggested(scene: Scene, browse):
    client, path = browse(scene.manager), reverse("ui:record-indicator-unmatched")
    typed = RECORDED | typed_day("occurred_at")
    named = {"subjects-0-surname": NAME, "subjects-0-forename": "Quillon"}
    answers = [client.post(path, given) for given in [hidden(client, path) | typed | named] * 2]
    assert [answer.status_code for answer in answers] == [303, 303], "a double click"

    one = Indicator.objects.get()
    assert (one.state, one.recorded_by) == (IndicatorState.UNMATCHED, scene.manager)
    assert answers[0].headers["Location"] == page_of(one)
    assert [match.offender for match in one.matches.all()] == [scene.person]


def test_each_grade_is_chosen_by_what_it_means_and_none_beforehand(scene: Scene, browse):
    client, path = browse(scene.manager), reverse("ui:record-indicator-unmatched")
    grades = ("1. Reliable", "2. Untested", "3. Not reliable", "C. Known indirectly")

    page = client.get(path)
    assert all(grade in text_of(page) for grade in grades)
    assert picked(page) == []

    refused = sent(client, path, **RECORDED)
    assert refused.status_code == 400, "no day"
    assert ("source_grade", "1") in picked(refused), "what was chosen is kept"


def picked(page) -> list[tuple[str, str]]:
    """Names and values of the radio buttons that are chosen."""
    buttons = re.findall(r'<input[^>]*type="radio"[^>]*>', page.content.decode())
    return [
        (re.findall(r' name="([^"]*)"', one)[0], re.findall(r' value="([^"]*)"', one)[0])
        for one in buttons
        if " checked" in one
    ]


def test_an_officer_records_one_about_a_person_and_it_is_matched_at_once(scene: Scene, browse):
    client, path = (
        browse(scene.manager),
        reverse("ui:record-indicator", args=[scene.person.public_id]),
    )
    typed = RECORDED | typed_day("occurred_at")
    assert sent(client, path, **typed).status_code == 400
    assert not Indicator.objects.exists()

    answer = sent(client, path, **typed, reason="It was in his hand")
    assert answer.status_code == 303, text_of(answer)[:1500]
    assert answer.headers["Location"] == reverse("ui:person", args=[scene.person.public_id])
    one = Indicator.objects.get()
    assert (one.state, one.offender, one.matched_by) == (
        IndicatorState.UNTRIAGED,
        scene.person,
        scene.manager,
    )
    assert one.matches.get().decisions.get().reason == "It was in his hand"
    assert path in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"handling": "C"}, "conditions are missing"),
        ({"text": "data:image/png;base64,iVBORw0KGgo="}, "content is never taken"),
        ({"code": "MONA"}, "a monitoring alert says its severity"),
        ({"source": "rocu"}, "that source signs what it sends"),
        ({"occurred_at_year": "2099"}, "it has not happened yet"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_typed(scene: Scene, browse, typed, why):
    indicating.feed(scene.person.force)
    client, path = (
        browse(scene.manager),
        reverse("ui:record-indicator", args=[scene.person.public_id]),
    )
    given = RECORDED | typed_day("occurred_at") | {"reason": "Seen there"} | typed
    answer = sent(client, path, **given)
    assert answer.status_code in (400, 409), why
    assert "Seen there" in answer.content.decode()
    assert not Indicator.objects.exists()


def test_an_inspector_names_an_officer_from_the_alert_and_reads_nothing_of_it(scene: Scene, browse):
    supervisor = scene.colleague(Role.SUPERVISOR)
    inspector = make.officer(Role.INSPECTOR, force=scene.manager.force)
    one = indicating.matched(scene.person, by=scene.manager, text="A second account.")
    restricting.restrict_indicator(
        by=make.actor(supervisor),
        indicator=one.public_id,
        users=[scene.manager.public_id],
        reason="It names a source",
    )
    type(supervisor).objects.filter(pk=supervisor.pk).update(is_active=False)
    restricting.warn_of_few_named()
    client, address = browse(inspector), page_of(one, "name-indicator-user")
    assert address in client.get(reverse("ui:alerts")).content.decode()

    page = client.get(address)
    assert page.status_code == 200
    assert "too few of the officers named for it can open" in text_of(page)
    for hidden_one in ("A second account.", "P2P", "File-sharing", scene.person.source_ref):
        assert hidden_one not in page.content.decode(), hidden_one
    second = scene.colleague(Role.SUPERVISOR)
    answer = sent(client, address, user=second.staff_number, reason="Nobody senior is left")
    assert answer.status_code == 303
    assert second in named_users(one)
    assert client.get(address).status_code == 404


def test_a_supervisor_restricts_one_by_staff_number_and_names_nobody_more_of_it(
    scene: Scene, browse
):
    one = indicating.matched(scene.person, by=scene.manager)
    colleague, supervisor = scene.colleague(), browse(scene.supervisor)
    restrict = page_of(one, "restrict-indicator")
    nobody = text_of(sent(supervisor, restrict, reason="It names a source"))
    assert "Name at least one officer who may see it besides you" in nobody
    assert "Ensure" not in nobody
    refused = sent(supervisor, restrict, **{"users-0": "NOBODY"}, reason="It names a source")
    assert refused.status_code == 400
    assert "No officer has that staff number." in text_of(refused)

    typed = {"users-0": scene.manager.staff_number, "users-1": colleague.staff_number}
    assert sent(supervisor, restrict, **typed, reason="It names a source").status_code == 303
    page = text_of(supervisor.get(page_of(one)))
    for said in ("Restricted: only named officers see it", colleague.display_name):
        assert said in page
    assert f"An officer was named: {colleague.display_name}" in page
    assert browse(scene.colleague()).get(page_of(one)).status_code == 404

    end = page_of(one, "unname-indicator-user", colleague.public_id)
    assert sent(supervisor, end, reason="Moved").status_code == 303
    assert browse(colleague).get(page_of(one)).status_code == 404
    again = sent(
        supervisor,
        page_of(one, "name-indicator-user"),
        user=colleague.staff_number,
        reason="Back again",
    )
    assert again.status_code == 303
    lift = page_of(one, "lift-indicator-restriction")
    assert sent(supervisor, lift, reason="The source is safe").status_code == 303
    assert browse(scene.colleague()).get(page_of(one)).status_code == 200


def test_an_inspector_keeps_one_secret_and_the_supervisor_gets_to_it_from_the_alert(
    scene: Scene, browse
):
    one = indicating.matched(scene.person, by=scene.manager)
    # Of the team: beyond it an inspector says why first.
    inspector = browse(scene.colleague(Role.INSPECTOR))
    answer = sent(
        inspector,
        page_of(one, "keep-indicator-secret"),
        supervisor=scene.supervisor.staff_number,
        reason="Watch the house",
    )
    assert answer.status_code == 303
    assert browse(scene.manager).get(page_of(one)).status_code == 404

    alerts = browse(scene.supervisor).get("/alerts").content.decode()
    [link] = re.findall(r'<a href="([^"]+)">Open the indicator</a>', alerts)
    page = text_of(browse(scene.supervisor).get(link))
    assert "Secret: nobody but the officers named below may know that it exists." in page
    assert "Watch the house" in page


def test_an_officer_takes_back_what_they_wrote_down_wrongly(scene: Scene, browse):
    one = indicating.matched(scene.person, by=scene.manager, code="UACC")
    client, path = browse(scene.manager), page_of(one, "retract-indicator")
    assert path in client.get(page_of(one)).content.decode()
    assert sent(client, path, reason="Mistyped").status_code == 303
    page = client.get(page_of(one))
    assert "Taken back by its source" in text_of(page)
    assert path not in page.content.decode()
    assert page_of(one) not in client.get(INBOX).content.decode()
