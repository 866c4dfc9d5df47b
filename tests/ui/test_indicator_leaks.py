"""What only named officers may know of is on no page and in no answer for anybody else.

Every route of the API and every page that can be opened, asked by a colleague of the person's own
team who may see the person and is not named; and by the named officer, whose lists say nothing of
what an indicator says or how it may be handled.
"""

import re
from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Role, User
from audit.models import Event, Payload
from offenders.models import Offender, RestrictedAccess
from risk.models import Indicator
from tests import make
from tests.api.calling import Caller, signed_in, system
from tests.api.routes import ROUTES
from tests.api.scenes.scene import Scene
from tests.workflows import indicating, triaging
from ui.urls import urlpatterns
from workflows.actions.indicators import restricting
from workflows.models import Task

pytestmark = pytest.mark.django_db

#: What stands in the indicators and nowhere else.
TEXT, CONDITIONS, NUMBER, CASE = "Zwetschge", "Quittenbrot", "Mirabelle-7", "Holunder/9"
WHY, ASKED = "Because of a Preiselbeere", "Watch the Sanddorn"
#: The rule of a critical one's deadline, as pages write it.
RULE_IN_WORDS = "4 hours after"
WORDS = (TEXT, CONDITIONS, NUMBER, CASE, WHY, ASKED)
#: Formats besides JSON and HTML.
MEDIA = ("text/csv", "application/x-ndjson")


class Hidden(NamedTuple):
    """A person with one open, one restricted and one secret indicator; and, restricted since, one
    whose triage waits for its check, and one into which another was merged as a duplicate."""

    person: Offender
    manager: User
    supervisor: User
    colleague: User
    open: Indicator
    secrets: tuple[Indicator, ...]


@pytest.fixture
def hidden(db: None) -> Hidden:
    manager = make.officer()
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    inspector = make.officer(Role.INSPECTOR, force=manager.force)
    person = make.person(manager=manager)

    def made(**values: object) -> Indicator:
        return indicating.matched(
            person,
            by=manager,
            handling="C",
            handling_conditions=CONDITIONS,
            external_id=f"{NUMBER}-{len(values)}-{Indicator.objects.count()}",
            references=[{"kind": "case", "value": CASE}],
            text=TEXT,
            **values,
        )

    open_one, restricted, secret, set_aside, twin = (made() for _ in range(5))
    triaging.triage(set_aside, by=manager, reason=WHY)
    triaging.triage(twin, "duplicate", by=manager, same_as=restricted.public_id, reason=WHY)
    triaging.check(twin, by=supervisor)
    for one in (restricted, set_aside):
        restricting.restrict_indicator(
            by=make.actor(supervisor),
            indicator=one.public_id,
            users=[manager.public_id],
            reason=WHY,
        )
    restricting.keep_secret(
        by=make.actor(inspector),
        indicator=secret.public_id,
        supervisor=supervisor.public_id,
        reason=ASKED,
    )
    colleague = make.officer(team=manager.team)
    secrets = (restricted, secret, set_aside, twin)
    return Hidden(person, manager, supervisor, colleague, open_one, secrets)


def names_of(hidden: Hidden) -> tuple[str, ...]:
    return tuple(str(one.public_id) for one in hidden.secrets)


READS = sorted(name for name, route in ROUTES.items() if route.method == "GET")


def told(caller: Caller, hidden: Hidden, name: str) -> str:
    """Everything that a route answers, in each of its formats."""
    route = ROUTES[name]
    scene = Scene(hidden.person.team, hidden.manager, hidden.colleague)
    with transaction.atomic():
        record, _ = route.record(scene)
    if route.path.startswith("offenders/{}"):
        record = str(hidden.person.public_id)
    elif route.path.startswith("indicators/{}"):
        record = str(hidden.secrets[0].public_id)
    path = route.path.format(record)
    answers = [caller.get(path), *(caller.get(path, Accept=media) for media in MEDIA)]
    return "\n".join(
        (one.whole if one.streaming else one.content).decode(errors="replace") for one in answers
    )


@pytest.mark.parametrize("name", READS)
def test_no_route_tells_a_colleague_of_what_is_restricted_or_secret(hidden: Hidden, name: str):
    said = told(signed_in(hidden.colleague), hidden, name)
    about = ROUTES[name].path.startswith("indicators/{}")
    leaked = [one for one in (WHY, ASKED, *(() if about else names_of(hidden))) if one in said]
    assert leaked == []
    if about:
        assert not [one for one in WORDS if one in said]


@pytest.mark.parametrize("name", READS)
def test_no_route_tells_another_system_what_an_indicator_says(hidden: Hidden, name: str):
    said = told(system(force=hidden.person.force), hidden, name)
    assert [one for one in (*WORDS, *names_of(hidden)) if one in said] == []


#: The routes that say how one may be handled, to whoever may see it.
SAY_IT = {"indicator"}


@pytest.mark.parametrize("name", sorted({*READS} - SAY_IT))
def test_conditions_and_words_of_an_open_one_are_told_by_its_own_route_alone(
    hidden: Hidden, name: str
):
    said = told(signed_in(hidden.colleague), hidden, name)
    assert [one for one in (TEXT, CONDITIONS, NUMBER, CASE) if one in said] == []


def test_the_route_of_an_open_one_says_how_it_may_be_handled(hidden: Hidden):
    answer = signed_in(hidden.colleague).get(f"indicators/{hidden.open.public_id}")
    assert CONDITIONS in answer.content.decode()


WRITES = sorted(
    name
    for name, route in ROUTES.items()
    if route.method == "POST" and route.path.startswith("indicators/{}")
)


@pytest.mark.parametrize("name", WRITES)
def test_what_is_hidden_is_not_there_to_be_decided_on(hidden: Hidden, name: str):
    route = ROUTES[name]
    scene = Scene(hidden.person.team, hidden.manager, hidden.colleague)
    senior = {"indicator.restrict": Role.SUPERVISOR, "indicator.keep_secret": Role.INSPECTOR}
    role = senior.get(route.action, Role.OFFENDER_MANAGER)
    who = make.officer(role, team=hidden.person.team)
    route.record(scene)
    for one in hidden.secrets:
        answer = signed_in(who).post(f"{route.path.format(one.public_id)}", route.body(scene))
        assert answer.status_code == 404, answer.content
    for one in hidden.secrets:
        before = one.state, one.offender_id
        one.refresh_from_db()
        assert (one.state, one.offender_id) == before


def pages(hidden: Hidden) -> dict[str, list[str]]:
    """The address of every page that can be opened with what there is, by name."""
    person, tasks = hidden.person.public_id, Task.objects.open().filter(offender=hidden.person)
    seen = triaging.task_of(hidden.open)
    known = {
        "person": [person],
        "task": [one.public_id for one in tasks.exclude(pk=seen.pk)],
        "team": [hidden.person.team.public_id],
        "officer": [hidden.manager.public_id],
        "indicator": [one.public_id for one in hidden.secrets],
        "offender": [person],
        "user": [hidden.manager.public_id],
    }
    found: dict[str, list[str]] = {}
    for pattern in urlpatterns:
        if "GET" not in getattr(pattern.callback, "methods", ()):
            continue
        wanted = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        if not known.keys() >= set(wanted):
            continue
        try:
            found[str(pattern.name)] = [
                reverse(f"ui:{pattern.name}", args=args)
                for args in product(*(known[name] for name in wanted))
            ]
        except NoReverseMatch:
            continue
    return found


def partner(hidden: Hidden) -> User:
    """A MAPPA partner who is named for the person."""
    found = make.officer(Role.MAPPA_PARTNER, team=hidden.person.team)
    RestrictedAccess.objects.create(offender=hidden.person, user=found, named_by=hidden.supervisor)
    return found


ROLES = {
    "colleague": lambda hidden: hidden.colleague,
    "supervisor": lambda hidden: make.officer(Role.SUPERVISOR, team=hidden.person.team),
    "inspector": lambda hidden: make.officer(Role.INSPECTOR, force=hidden.person.force),
    "auditor": lambda hidden: make.officer(Role.AUDITOR, force=hidden.person.force),
    "partner": partner,
}


@pytest.mark.parametrize("who", ROLES)
def test_no_page_shows_what_is_restricted_or_secret_to_whom_is_not_named(
    hidden: Hidden, who: str, browse: Callable
):
    client = browse(ROLES[who](hidden))
    opened = pages(hidden)
    assert {"indicators", "person", "tasks", "risk-history", "person-indicators"} <= opened.keys()
    assert len(opened) > 40
    leaked = []
    for name, addresses in opened.items():
        for address in addresses:
            answer = client.get(address)
            if any(one in address for one in names_of(hidden)):
                # 403: whoever the table admits to no such page at all.
                assert answer.status_code in (403, 404), address
            page = answer.content.decode()
            # What is not there repeats its own address in no link.
            said = [one for one in WORDS if one in page]
            said += [one for one in names_of(hidden) if one in page]
            leaked += [(name, one) for one in said]
    assert leaked == []


def test_the_list_of_a_named_officer_says_nothing_of_what_it_says(hidden: Hidden, browse):
    client = browse(hidden.manager)
    for name in ("indicators", "person-indicators", "risk-history", "person", "tasks"):
        for address in pages(hidden)[name]:
            page = client.get(address).content.decode()
            assert [one for one in (TEXT, CONDITIONS, NUMBER, CASE) if one in page] == [], name


def test_the_count_of_the_frame_leaves_out_what_the_officer_may_not_see(hidden: Hidden, browse):
    def count(who: User) -> str:
        page = browse(who).get("/alerts").content.decode()
        return re.findall(r'Indicators <span class="count">(\d+)', page)[0]

    assert (count(hidden.colleague), count(hidden.manager), count(hidden.supervisor)) == (
        "1",
        "3",
        "4",
    )


def test_the_record_holds_nothing_of_what_an_indicator_says(hidden: Hidden):
    payloads = " ".join(str(one) for one in Payload.objects.values_list())
    events = " ".join(str(one) for one in Event.objects.values_list())
    assert [one for one in (TEXT, CONDITIONS, CASE) if one in payloads + events] == []


def test_by_which_rule_a_restricted_one_is_due_says_nobody_how_grave_it_is(hidden: Hidden, browse):
    person = hidden.person
    one = hidden.open
    restricting.restrict_indicator(
        by=make.actor(hidden.supervisor),
        indicator=one.public_id,
        users=[hidden.manager.public_id],
        reason=WHY,
    )

    def told(who: User) -> str:
        caller, path = signed_in(who), f"offenders/{person.public_id}"
        answers = [caller.get(path), caller.get(path, {"as_of": timezone.localdate()})]
        owed = reverse("ui:owed-then", args=[person.public_id])
        today = timezone.localdate()
        asked = {f"as_of_{part}": getattr(today, part) for part in ("day", "month", "year")}
        answers += [browse(who).get(reverse("ui:person", args=[person.public_id]))]
        answers += [browse(who).post(owed, asked)]
        assert [one.status_code for one in answers] == [200] * 4
        return "\n".join(one.content.decode() for one in answers)

    for words in ("indicator.triage.critical", RULE_IN_WORDS):
        assert words in told(hidden.manager)
        assert words not in told(hidden.colleague)
