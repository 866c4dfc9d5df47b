"""Whom an indicator is about: suggested to those who may see them, and decided by officers."""

import pytest
from django.utils import timezone

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role, User
from accounts.policy import Action
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import ConflictOfInterest, Offender, RestrictedAccess
from risk.models import Indicator, IndicatorAccess, Match, MatchDecision
from tests import make
from tests.workflows import indicating
from workflows.actions.indicators import matching
from workflows.errors import NotVisible
from workflows.queries.indicators import Wanted, candidates_of, indicators_page

pytestmark = pytest.mark.django_db


class Scene:
    """A person of a team, a supervisor of it, and a team beside it."""

    def __init__(self) -> None:
        self.manager = make.officer()
        self.person = make.person(manager=self.manager, surname="Quill", forename="Ann")
        self.force, self.team = self.manager.force, self.manager.team
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.team)
        self.other_team = make.team(in_force=self.force)

    def confirm(self, found: Indicator, *, by: User | None = None, **given: str) -> Indicator:
        return matching.confirm_match(
            by=make.actor(by or self.manager),
            indicator=found.public_id,
            offender=self.person.public_id,
            **given,
        )

    def reject(self, found: Indicator, *, by: User | None = None) -> Indicator:
        return matching.reject_match(
            by=make.actor(by or self.manager),
            indicator=found.public_id,
            offender=self.person.public_id,
        )

    def about(self, **values: object) -> Indicator:
        return indicating.about(self.person, by=self.manager, **values)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def sees(user: User, found: Indicator) -> bool:
    page = indicators_page(actor=make.actor(user), wanted=Wanted())
    listed = found.pk in {row.pk for row in page.rows}
    one = Indicator.objects.permitted(make.actor(user), Action.INDICATOR_VIEW)
    assert listed == one.filter(pk=found.pk).exists()
    return listed


def reasons(found: Indicator) -> dict[str, list[str]]:
    rows = Match.objects.filter(indicator=found).select_related("offender")
    return {match.offender.surname: match.reasons for match in rows}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"subjects": [{"surname": "QUILL", "forename": "Ann"}]}, ["name"]),
        ({"subjects": [{"surname": "Fern", "forename": "Anna"}]}, ["alias"]),
        (
            {"subjects": [{"surname": "Quill", "forename": "A.", "born_on": "1980-02-29"}]},
            ["surname", "date_of_birth"],
        ),
        ({"subjects": [{"postcode": "qx1 1aa"}]}, ["address"]),
        ({"identifiers": [{"kind": "reference", "value": "26/123456a"}]}, ["identifier"]),
        ({"identifiers": [{"kind": "device", "value": "35 693803-5643809"}]}, ["device"]),
        (
            {"identifiers": [{"kind": "account", "service": "example chat", "value": "Quill7"}]},
            ["account"],
        ),
        ({"identifiers": [{"kind": "email", "value": "Ann@Example.test"}]}, ["account"]),
        ({"identifiers": [{"kind": "ip", "value": "192.0.2.1"}]}, None),
    ],
)
def test_somebody_is_suggested_by_what_is_on_record(values, why):
    person = make.person(
        surname="Quill",
        forename="Ann",
        date_of_birth="1980-02-29",
        postcode="QX1 1AA",
        aliases="Anna Fern",
        pnc_id="26/123456A",
    )
    manager = make.activate(person.offender_manager)
    facts = {"recorded_by": manager}
    person.devices.create(
        kind="phone", description="Example 5", identifier="356938035643809", **facts
    )
    person.online_accounts.create(service="Example Chat", user_name="quill7", **facts)
    person.online_accounts.create(service="Mail", user_name="ann@example.test", **facts)
    found = indicating.indicator(by=manager, **values)
    assert reasons(found) == ({"Quill": why} if why else {})


def test_nobody_of_another_force_is_suggested(scene: Scene):
    elsewhere = make.officer()
    assert reasons(indicating.about(scene.person, by=elsewhere)) == {}


def test_a_suggestion_confirms_nothing(scene: Scene):
    found = scene.about()
    found.refresh_from_db()
    assert (found.state, found.offender) == ("unmatched", None)


def test_a_confirmed_one_waits_for_its_triage_and_the_record_says_so_once(scene: Scene):
    found = scene.about()
    before = Event.objects.count()
    scene.confirm(found)
    found.refresh_from_db()
    assert (found.state, found.offender, found.matched_by) == (
        "untriaged",
        scene.person,
        scene.manager,
    )
    [event] = Event.objects.order_by("pk")[before:]
    assert (event.action, event.offender_id) == ("indicator.match", scene.person.pk)
    version = scene.person.version
    scene.person.refresh_from_db()
    assert scene.person.version == version + 1


def test_another_person_is_not_confirmed_over_the_first(scene: Scene):
    found = scene.about()
    scene.confirm(found)
    with pytest.raises(RuleBroken) as caught:
        scene.confirm(found)
    assert caught.value.code == "already_matched"


def test_whom_nothing_suggested_is_confirmed_with_a_reason(scene: Scene):
    found = indicating.indicator(by=scene.manager)
    with pytest.raises(Invalid) as caught:
        scene.confirm(found, by=scene.supervisor)
    assert caught.value.code == "reason_required"
    scene.confirm(found, by=scene.supervisor, reason="The address is a friend's, log 12")
    assert Match.objects.get(indicator=found).reasons == []


def test_not_this_person_is_remembered_and_said_when_the_source_means_them_again(scene: Scene):
    scene.reject(scene.about())
    again = scene.about()
    assert reasons(again)["Quill"][-1] == "rejected_before"
    with pytest.raises(Invalid):
        scene.confirm(again)
    scene.confirm(again, reason="It is her this time, log 13")


@pytest.mark.parametrize("values", [{"source": "nca"}, {"subjects": [{"postcode": "QX1 1AA"}]}])
def test_it_is_not_said_of_another_source_or_by_another_number(scene: Scene, values):
    scene.reject(scene.about())
    again = scene.about(**values)
    assert "rejected_before" not in reasons(again)["Quill"]


def test_a_rejection_is_decided_once_and_never_of_a_confirmed_one(scene: Scene):
    found = scene.about()
    scene.reject(found, by=scene.supervisor)
    with pytest.raises(RuleBroken) as caught:
        scene.reject(found, by=scene.supervisor)
    assert caught.value.code == "already_rejected"
    other = scene.about()
    scene.confirm(other, reason="It is her this time")
    with pytest.raises(RuleBroken) as broken:
        scene.reject(other)
    assert broken.value.code == "match_confirmed"


def test_a_match_is_taken_back_with_a_reason_and_every_decision_is_kept(scene: Scene):
    found = scene.about(code="UACC")
    scene.confirm(found)
    by = make.actor(scene.manager)
    with pytest.raises(ReasonRequired):
        matching.unmatch(by=by, indicator=found.public_id, reason=" ")
    matching.unmatch(by=by, indicator=found.public_id, reason="Another of the same name")
    found.refresh_from_db()
    assert (found.state, found.offender, found.matched_by) == ("unmatched", None, None)
    assert list(MatchDecision.objects.order_by("pk").values_list("decision", flat=True)) == [
        "confirmed",
        "unmatched",
    ]
    assert Match.objects.get(indicator=found).state == "rejected"


def test_a_triaged_one_is_not_taken_from_its_person(scene: Scene):
    found = scene.about()
    scene.confirm(found)
    Indicator.objects.filter(pk=found.pk).update(
        state="triaged",
        outcome="enquiry",
        triaged_by=scene.manager,
        triaged_at=timezone.now(),
    )
    with pytest.raises(RuleBroken) as caught:
        matching.unmatch(
            by=make.actor(scene.supervisor), indicator=found.public_id, reason="A slip"
        )
    assert caught.value.code == "already_triaged"


def test_a_merge_is_undone_and_the_indicator_stands_for_itself(scene: Scene):
    first = scene.about()
    second = scene.about(source="nca")
    assert second.merged_into == first
    by = make.actor(scene.manager)
    with pytest.raises(RuleBroken) as caught:
        scene.confirm(second)
    assert caught.value.code == "indicator_merged"
    matching.undo_merge(by=by, indicator=second.public_id, reason="Two devices, log 14")
    second.refresh_from_db()
    assert (second.state, second.merged_into) == ("unmatched", None)
    scene.confirm(second)


# --- who sees ----------------------------------------------------------------------------------


def test_without_a_person_it_is_seen_by_whoever_may_see_a_candidate_and_the_ranks(scene: Scene):
    found = scene.about()
    expected = {
        "manager": (scene.manager, True),
        "supervisor": (scene.supervisor, True),
        "officer elsewhere": (make.officer(team=scene.other_team), False),
        "supervisor elsewhere": (make.officer(Role.SUPERVISOR, team=scene.other_team), True),
        "inspector": (make.officer(Role.INSPECTOR, force=scene.force), True),
        "auditor": (make.officer(Role.AUDITOR, force=scene.force), False),
        "contact centre": (make.officer(Role.CONTACT_CENTRE, force=scene.force), False),
        "another force": (make.officer(Role.INSPECTOR), False),
    }
    assert {who: sees(user, found) for who, (user, _) in expected.items()} == {
        who: may for who, (_, may) in expected.items()
    }


def test_with_a_person_it_is_seen_by_whoever_may_see_the_person(scene: Scene):
    found = scene.about()
    scene.confirm(found)
    elsewhere = make.officer(Role.SUPERVISOR, team=scene.other_team)
    assert sees(scene.manager, found)
    assert sees(scene.supervisor, found)
    assert sees(make.officer(Role.INSPECTOR, force=scene.force), found)
    assert not sees(elsewhere, found)


def test_what_a_client_sent_it_never_reads(scene: Scene):
    client = make.actor(make.integration(force=scene.force))
    scene.about()
    assert not Indicator.objects.permitted(client, Action.INDICATOR_VIEW).exists()


def declare(user: User, person: Offender) -> None:
    ConflictOfInterest.objects.create(offender=person, user=user, declared_by=user)


@pytest.mark.parametrize("is_matched", [False, True])
def test_a_conflict_of_interest_beats_every_role(scene: Scene, is_matched):
    found = scene.about()
    if is_matched:
        scene.confirm(found)
    inspector = make.officer(Role.INSPECTOR, force=scene.force)
    for user in (scene.supervisor, inspector):
        declare(user, scene.person)
        assert not sees(user, found)
        with pytest.raises(NotVisible):
            matching.unmatch(by=make.actor(user), indicator=found.public_id, reason="Mine")


def test_with_a_tie_to_one_of_two_candidates_it_is_not_seen_at_all(scene: Scene):
    twin = make.person(manager=scene.manager, surname="Quill", forename="Ann")
    found = scene.about()
    assert Match.objects.filter(indicator=found).count() == 2
    declare(scene.manager, twin)
    assert not sees(scene.manager, found)
    # Somebody without a tie says that it is not the one: then it is about the other alone.
    matching.reject_match(
        by=make.actor(scene.supervisor), indicator=found.public_id, offender=twin.public_id
    )
    assert sees(scene.manager, found)


def test_a_restricted_person_is_a_candidate_for_the_named_users_alone(scene: Scene):
    Offender.objects.filter(pk=scene.person.pk).update(is_restricted=True)
    RestrictedAccess.objects.create(
        offender=scene.person, user=scene.supervisor, named_by=scene.supervisor
    )
    found = scene.about()
    inspector = make.officer(Role.INSPECTOR, force=scene.force)
    assert not sees(scene.manager, found)  # not named, and nobody else to see it by
    assert sees(inspector, found)
    assert candidates_of(make.actor(inspector), found) == []
    [match] = candidates_of(make.actor(scene.supervisor), found)
    assert match.offender == scene.person
    with pytest.raises(NotVisible):
        scene.confirm(found, by=inspector)
    scene.confirm(found, by=scene.supervisor)
    assert not sees(inspector, found)


def test_a_restricted_indicator_is_seen_by_the_named_users_alone(scene: Scene):
    found = scene.about()
    scene.confirm(found)
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True)
    IndicatorAccess.objects.create(
        indicator=found, user=scene.supervisor, named_by=scene.supervisor
    )
    assert not sees(scene.manager, found)
    assert sees(scene.supervisor, found)


def test_a_merged_one_is_seen_as_the_one_it_was_merged_into(scene: Scene):
    first, second = scene.about(), scene.about(source="nca")
    scene.confirm(first)
    merged = Wanted(state="merged")
    elsewhere = make.officer(Role.SUPERVISOR, team=scene.other_team)
    for user, may in ((scene.manager, True), (elsewhere, False)):
        rows = indicators_page(actor=make.actor(user), wanted=merged).rows
        assert (second in rows) == may


def test_who_may_look_may_not_always_decide(scene: Scene):
    found = scene.about()
    with pytest.raises(NotPermitted):
        scene.confirm(found, by=make.officer(Role.AUDITOR, force=scene.force))
    elsewhere = make.officer(Role.SUPERVISOR, team=scene.other_team)
    with pytest.raises(NotVisible):  # they see the indicator, and not the person
        scene.confirm(found, by=elsewhere)


def test_the_list_is_in_the_order_of_the_deadlines_and_skips_nothing(scene: Scene):
    codes = ["GAME", "P2P", "UDEV", "P2P", "GAME", "UDEV", "P2P"]
    for code in codes:
        scene.about(code=code)
    actor, wanted = make.actor(scene.manager), Wanted()
    found, after = [], None
    while True:
        page = indicators_page(actor=actor, wanted=wanted, after=after, limit=2)
        found += page.rows
        if page.next is None:
            break
        after = page.next
    assert [row.triage_by for row in found] == sorted(row.triage_by for row in found)
    assert len({row.pk for row in found}) == len(codes)
