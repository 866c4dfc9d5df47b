"""Reactive management: who may be, three people to begin it, and what ends it (PRACTICE 16)."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from offenders.models import ManagementLevel, Offender, Order, Status
from tests import make
from tests.rules.shipped import day, default_rules, published_calendar
from tests.workflows import doing, searching
from tests.workflows.doing import home_visit_due
from tests.workflows.known import facts, kinds, levels, modes, order, owes, stay
from workflows.actions import people
from workflows.actions.reactive import propose_reactive
from workflows.models import Alert, Kind, Obligation, ReactiveProposal, Task
from workflows.obligations import MissingReported, ReactiveProposed
from workflows.queries.reactive import eligible, failing, spoken_against
from workflows.reactive import BY_HAND, Criterion, Standing, low_since, unmet
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

TODAY = day("2026-11-23")
WHY = "Settled for years, in work, nothing adverse"


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


# --- the criteria --------------------------------------------------------------------------------

SETTLED = Standing(
    facts=facts(levels=levels(("2020-01-10", "low")), assessed="2026-05-01"),
    has_live_order=False,
    mappa_level=1,
    priority="low",
    visit_due_on=TODAY,
)


def reported(on: str, **known: object) -> MissingReported:
    """A report that the person is missing, which nobody decided on unless `known` says so."""
    at = dt.datetime.combine(day(on), dt.time(9), dt.UTC)
    return MissingReported(on=day(on), key=1, at=at, **known)


def failed(**more: object) -> set[str]:
    """The criteria that fail; `more` of Standing, or of its facts."""
    own = {name: more.pop(name) for name in [*more] if name in Standing.__dataclass_fields__}
    standing = replace(SETTLED, **own)
    standing = replace(standing, facts=replace(standing.facts, **more))
    return {*unmet(standing, default_rules(), published_calendar(), TODAY)}


@pytest.mark.parametrize(
    ("facts_of", "expected", "reason"),
    [
        ({}, set(), "nothing speaks against it"),
        ({"levels": levels(("2023-11-23", "low"))}, set(), "three years today"),
        ({"levels": levels(("2023-11-24", "low"))}, {"low_long_enough"}, "a day short"),
        (
            {"levels": levels(("2015-01-10", "low"), ("2024-02-01", "medium"))},
            {"low_long_enough"},
            "not low now",
        ),
        (
            {
                "levels": levels(
                    ("2015-01-10", "low"), ("2023-01-10", "high"), ("2024-01-10", "low")
                )
            },
            {"low_long_enough"},
            "a break starts it again",
        ),
        (
            {"levels": levels(("2015-01-10", "low"), ("2025-01-10", "low"))},
            set(),
            "low again is no break",
        ),
        ({"levels": ()}, {"low_long_enough"}, "never assessed"),
        ({"last_assessed_on": day("2025-11-23")}, set(), "a year ago today"),
        ({"last_assessed_on": day("2025-11-22")}, {"assessed_low_lately"}, "a year and a day"),
        ({"last_assessed_on": None}, {"assessed_low_lately"}, "no assessment"),
        ({"priority": "medium"}, {"assessed_low_lately"}, "assessed above low"),
        ({"priority": ""}, {"assessed_low_lately"}, "taken over without a priority"),
        ({"visit_due_on": TODAY}, set(), "due today is not overdue"),
        ({"visit_due_on": day("2026-11-22")}, {"no_visit_overdue"}, "a day overdue"),
        ({"has_live_order": True}, {"no_live_order"}, "a live order"),
        ({"mappa_level": 2}, {"mappa_level_one"}, "level 2"),
        ({"mappa_level": None}, set(), "no level recorded is level 1"),
        ({"stays": (stay("custody", "2026-11-01"),)}, {"in_community"}, "in custody"),
        ({"stays": (stay("missing", "2026-11-01"),)}, {"in_community"}, "missing"),
        ({"stays": (stay("custody", "2026-10-01", "2026-11-23"),)}, set(), "released today"),
        ({"reports": (reported("2026-11-23"),)}, {"no_missing_report"}, "reported missing today"),
        ({"reports": (reported("2026-11-24"),)}, set(), "reported missing tomorrow"),
        ({"reports": (reported("2026-11-01", decided_on=TODAY),)}, set(), "decided on today"),
        ({"reports": (reported("2026-11-01", closed_on=TODAY),)}, set(), "found today"),
    ],
)
def test_who_may_be_managed_reactively(facts_of, expected, reason):
    assert failed(**facts_of) == expected, reason


@pytest.mark.parametrize("months", [0, 1, 35, 36, 37])
def test_low_since_is_the_beginning_of_the_present_run(months):
    on = day("2026-11-23") - dt.timedelta(days=30 * months)
    runs = levels(("2010-01-10", "low"), ("2010-06-01", "high"), (on.isoformat(), "low"))
    assert low_since(runs, TODAY) == on
    assert low_since(runs, on - dt.timedelta(days=1)) is None


# --- what is owed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided", "reviewed", "due_on", "reason"),
    [
        ("2026-01-10", None, "2027-01-10", "a year after the decision"),
        ("2024-02-29", None, "2025-02-28", "no 29 February in 2025"),
        ("2024-02-29", "2025-02-27", "2026-02-27", "a year after the review"),
        ("2026-01-10", "2025-12-01", "2027-01-10", "a review before the decision is none of it"),
        ("2026-01-10", "2026-01-10", "2027-01-10", "reviewed the same day"),
    ],
)
def test_a_yearly_review_is_owed_while_someone_is_managed_reactively(
    decided, reviewed, due_on, reason
):
    known = facts(
        modes=modes((decided, "reactive")),
        last_reactive_review_on=reviewed and day(reviewed),
    )
    assert owes(known, Kind.REACTIVE_REVIEW).due_on == day(due_on), reason


@pytest.mark.parametrize(
    ("stays", "is_owed", "reason"),
    [
        ((), True, "in the community"),
        ((stay("custody", "2026-11-01"),), False, "in custody"),
        ((stay("hospital", "2026-11-01"),), False, "detained"),
        ((stay("abroad", "2026-11-01"),), False, "abroad"),
        ((stay("missing", "2026-11-01"),), False, "missing"),
        ((stay("abroad", "2026-10-01", "2026-11-23"),), True, "back today: as it was"),
    ],
)
def test_being_away_pauses_the_review_and_the_decision_on_a_proposal(stays, is_owed, reason):
    reviewed = facts(modes=modes(("2025-01-10", "reactive")), stays=stays)
    proposed = facts(reactive_proposals=(ReactiveProposed(day("2026-11-20"), 3),), stays=stays)

    assert (owes(reviewed, Kind.REACTIVE_REVIEW) is not None) == is_owed, reason
    assert (owes(proposed, Kind.REACTIVE_PROPOSAL) is not None) == is_owed, reason


def test_a_proposal_is_to_be_decided_in_ten_working_days_until_it_is_settled():
    waiting = facts(reactive_proposals=(ReactiveProposed(day("2026-11-23"), 3),))
    settled = facts(reactive_proposals=(ReactiveProposed(day("2026-11-20"), 3, TODAY),))

    found = owes(waiting, Kind.REACTIVE_PROPOSAL)

    assert (found.about, found.due_on) == ("proposal:3", day("2026-12-07"))
    assert owes(settled, Kind.REACTIVE_PROPOSAL) is None


def test_who_is_registered_no_more_owes_no_review():
    assert kinds(facts(ended="2026-11-01", modes=modes(("2025-01-10", "reactive")))) == set()
    held = facts(
        disposal="caution",
        relevant_date="2020-01-10",
        modes=modes(("2021-01-10", "reactive")),
        orders=(order("2020-02-01", "2026-11-22"),),
    )
    assert Kind.REACTIVE_REVIEW not in kinds(held)


# --- three people --------------------------------------------------------------------------------


class Team:
    """A settled person, and three people."""

    def __init__(self, **facts_of: object) -> None:
        self.person = make.settled(**facts_of)
        self.manager = make.activate(self.person.offender_manager)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.person.team)
        self.inspector = make.officer(Role.INSPECTOR, force=self.person.force)

    def propose(self, *, by=None, met=True, criteria=None) -> ReactiveProposal:
        answers = [{"criterion": one.value, "met": met, "evidence": "Checked"} for one in BY_HAND]
        return propose_reactive(
            by=make.actor(by or self.manager),
            offender=self.person.public_id,
            reason=WHY,
            criteria=answers if criteria is None else criteria,
        )

    def recommend(self, *, by=None, recommendation="recommended") -> None:
        values = {"recommendation": recommendation, "recommendation_comment": "Seen"}
        doing.complete(self.person, "recommend_reactive", values, by=by or self.supervisor)

    def authorise(self, *, by=None, authority="authorised") -> None:
        values = {"authority": authority, "authority_comment": "Agreed"}
        doing.complete(self.person, "authorise_reactive", values, by=by or self.inspector)

    def again(self):
        self.person.refresh_from_db()
        return self.person


def test_an_officer_proposes_a_sergeant_recommends_an_inspector_authorises():
    team = Team()

    team.propose()
    assert home_visit_due(team.person) is not None, "until then visits go on"
    team.recommend()
    assert home_visit_due(team.person) is not None
    team.authorise()

    assert team.again().management_mode == "reactive"
    assert home_visit_due(team.person) is None
    review = team.person.obligations.get(kind="reactive_review", closed_at=None)
    assert review.due_on.replace(year=2000) == ago(0).replace(year=2000)
    decision = team.person.modes.latest("pk")
    assert (decision.mode, decision.decided_by) == ("reactive", team.inspector)
    kept = ReactiveProposal.objects.get().criteria.values_list("criterion", flat=True)
    assert set(kept) == set(Criterion)


@pytest.mark.parametrize("step", ["recommend", "authorise"])
def test_one_refusal_ends_a_proposal_and_another_can_be_made(step):
    team = Team()
    team.propose()
    if step == "recommend":
        team.recommend(recommendation="not_recommended")
    else:
        team.recommend()
        team.authorise(authority="refused")

    assert team.again().management_mode == "active"
    assert not Task.objects.open().filter(offender=team.person, kind="reactive_proposal").exists()
    sweep_obligations()
    assert not team.person.obligations.filter(kind="reactive_proposal", closed_at=None).exists()
    assert team.propose().settled_on is None


def test_nobody_takes_two_of_the_three_parts():
    team = Team()
    team.propose(by=team.supervisor)
    with pytest.raises(RuleBroken) as refusal:
        team.recommend(by=team.supervisor)
    assert refusal.value.code == "own_proposal"

    team.recommend(by=make.officer(Role.SUPERVISOR, team=team.person.team))
    for by in (team.supervisor, team.manager):
        with pytest.raises(NotPermitted):
            team.authorise(by=by)


def test_a_second_proposal_waits_for_the_first():
    team = Team()
    team.propose()
    with pytest.raises(RuleBroken) as refusal:
        team.propose()
    assert refusal.value.code == "proposal_waiting"


@pytest.mark.parametrize("answers", ["none", "one_missing", "one_twice"])
def test_every_criterion_by_hand_is_answered_once(answers):
    rows = [{"criterion": one.value, "met": True, "evidence": "Checked"} for one in BY_HAND]
    given = {"none": [], "one_missing": rows[1:], "one_twice": [*rows[1:], rows[1]]}[answers]
    with pytest.raises(Invalid) as refusal:
        Team().propose(criteria=given)
    assert refusal.value.code == "criteria_missing"


def test_a_criterion_that_is_not_met_is_named_and_nothing_is_kept():
    team = Team()
    with pytest.raises(RuleBroken) as refusal:
        team.propose(met=False)
    assert refusal.value.code == "criteria_not_met"
    assert "licence" in str(refusal.value)
    with pytest.raises(RuleBroken) as refusal:
        Team(years=2).propose()
    assert "three years" in str(refusal.value)
    assert not ReactiveProposal.objects.exists()


def test_the_inspector_authorises_nothing_that_no_longer_holds():
    team = Team()
    team.propose()
    team.recommend()
    Order.objects.create(offender=team.person, kind="sro", made_on=ago(1))

    with pytest.raises(RuleBroken) as refusal:
        team.authorise()

    assert refusal.value.code == "criteria_not_met"
    assert team.again().management_mode == "active"
    assert make.task_of(team.person, "authorise_reactive").is_open


def test_nothing_is_authorised_while_a_report_of_going_missing_waits_and_then_it_can_be():
    team = Team()
    team.propose()
    team.recommend()
    searching.report(team.person, by=team.manager)

    with pytest.raises(RuleBroken) as refusal:
        team.authorise()

    assert refusal.value.code == "reported_missing"
    assert team.again().management_mode == "active"
    assert home_visit_due(team.person) is not None
    assert make.task_of(team.person, "authorise_reactive").is_open, "the proposal waits as well"

    searching.confirm(team.person, "refuse", by=team.supervisor)
    team.authorise()

    assert team.again().management_mode == "reactive"


def test_while_a_report_of_going_missing_waits_the_inspector_can_refuse_the_proposal():
    team = Team()
    team.propose()
    team.recommend()
    searching.report(team.person, by=team.manager)

    team.authorise(authority="refused")

    assert ReactiveProposal.objects.get().authority == "refused"


def test_nobody_is_proposed_or_listed_while_a_report_of_going_missing_waits():
    team = Team()
    searching.report(team.person, by=team.manager)

    with pytest.raises(RuleBroken) as refusal:
        team.propose()

    assert refusal.value.code == "reported_missing"
    assert eligible(actor=make.actor(team.supervisor), today=ago(0)) == []


# --- what ends it --------------------------------------------------------------------------------


def raised(team: Team) -> None:
    people.change_level(
        by=make.actor(team.supervisor),
        offender=team.person.public_id,
        level=ManagementLevel.MEDIUM,
        reason="Intelligence",
        decided_on=ago(0),
    )


def moved(team: Team, status: Status) -> None:
    people.change_status(
        by=make.actor(team.supervisor),
        offender=team.person.public_id,
        status=status,
        on=ago(0),
    )


def reassessed(team: Team) -> None:
    doing.complete(
        team.person,
        "assess",
        {
            "tool": "structured_judgement",
            "priority": "medium",
            "formulation": "New partner.",
            "proposed_level": "medium",
        },
        by=team.manager,
    )
    doing.complete(
        team.person, "endorse", {"decision": "endorse", "comment": "Yes"}, by=team.supervisor
    )


def gone_missing(team: Team) -> None:
    searching.report(team.person, by=team.manager)
    searching.confirm(team.person, by=team.supervisor)


def located(team: Team, found_in: Status) -> None:
    searching.report(team.person, by=team.manager)
    searching.locate(team.person, found_in, by=team.supervisor)


def filed(team: Team, **cells: object) -> None:
    """An extract that says the same of the person but for `cells`."""
    row = {"source_ref": team.person.source_ref, "management_level": "low"}
    make.person(manager=team.manager, **(row | cells))


TRIGGERS = {
    "level raised": raised,
    "assessed above low": reassessed,
    "remanded": lambda team: moved(team, Status.CUSTODY),
    "missing": gone_missing,
    # Reported missing and not confirmed: nothing ended it until they were found.
    "located in custody": lambda team: located(team, Status.CUSTODY),
    "a file says custody": lambda team: filed(team, status="custody"),
    "a file says a level above low": lambda team: filed(team, management_level="medium"),
    # A stay that nobody recorded here, and a release from it.
    "a file says released": lambda team: filed(team, released_on=ago(3)),
}
#: After which no home visit is owed until the person is back.
GONE = {"remanded", "missing", "located in custody", "a file says custody"}
PAUSES = {
    "hospital": lambda team: moved(team, Status.HOSPITAL),
    "abroad": lambda team: moved(team, Status.ABROAD),
    "located in hospital": lambda team: located(team, Status.HOSPITAL),
    "located abroad": lambda team: located(team, Status.ABROAD),
    "a file says hospital": lambda team: filed(team, status="hospital"),
    "a file says abroad": lambda team: filed(team, status="abroad"),
    "reported dead": lambda team: searching.report_death(team.person, by=team.manager),
}


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_what_speaks_against_it_returns_a_person_to_active_management_at_once(trigger):
    team = Team()
    doing.manage_reactively(team.person, by=team.inspector)

    TRIGGERS[trigger](team)

    assert team.again().management_mode == "active"
    assert not team.person.obligations.filter(kind="reactive_review", closed_at=None).exists()
    if trigger not in GONE:
        assert ago(0) < home_visit_due(team.person) <= ago(-21), "ten working days"
    told = Alert.objects.filter(about="active_again").values_list("to", flat=True)
    assert team.manager.pk in told or trigger == "assessed above low"


@pytest.mark.parametrize("trigger", sorted(GONE))
def test_who_was_returned_to_active_management_owes_a_visit_after_release(trigger):
    team = Team()
    doing.manage_reactively(team.person, by=team.inspector)
    TRIGGERS[trigger](team)
    assert home_visit_due(team.person) is None

    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        if trigger == "missing":
            searching.locate(team.person, by=team.supervisor)
        else:
            moved(team, Status.COMMUNITY)

    assert home_visit_due(team.person) is not None


@pytest.mark.parametrize("pause", PAUSES)
def test_hospital_abroad_and_a_reported_death_only_pause_it(pause):
    team = Team()
    doing.manage_reactively(team.person, by=team.inspector)

    PAUSES[pause](team)

    assert team.again().management_mode == "reactive"
    assert not team.person.obligations.filter(kind="reactive_review", closed_at=None).exists()


@pytest.mark.parametrize("trigger", [*TRIGGERS, *PAUSES])
@pytest.mark.parametrize("is_recommended", [False, True])
def test_a_proposal_lapses_by_what_speaks_against_it_and_is_not_asked_for_again(
    trigger, is_recommended
):
    team = Team()
    team.propose()
    if is_recommended:
        team.recommend()

    (TRIGGERS | PAUSES)[trigger](team)

    proposal = ReactiveProposal.objects.get()
    assert proposal.settled_on == ago(0)
    assert proposal.lapsed_because
    assert not Task.objects.open().filter(offender=team.person, kind="reactive_proposal").exists()
    sweep_obligations()
    assert not Obligation.objects.filter(kind="reactive_proposal", closed_at=None).exists()


@pytest.mark.parametrize(("outcome", "mode"), [("continues", "reactive"), ("active", "active")])
def test_the_yearly_review_continues_it_or_ends_it(outcome, mode):
    team = Team()
    doing.manage_reactively(team.person, by=team.inspector)

    values = {"outcome": outcome, "comment": "Paper review"}
    doing.complete(team.person, "review_reactive", values, by=team.supervisor)

    assert team.again().management_mode == mode
    open_review = team.person.obligations.filter(kind="reactive_review", closed_at=None)
    assert open_review.exists() == (mode == "reactive")
    assert (home_visit_due(team.person) is not None) == (mode == "active")


# --- lists ---------------------------------------------------------------------------------------


def test_the_list_of_those_who_could_be_proposed_names_nobody_who_fails():
    team = Team()
    make.settled(manager=team.manager, years=2)
    make.person(manager=team.manager, management_level="medium")

    found = eligible(actor=make.actor(team.supervisor), today=ago(0))

    assert [one.person for one in found] == [team.person]


def test_people_taken_over_who_fail_a_criterion_stand_on_a_supervisors_list_and_stay_reactive():
    team = Team()
    taken = make.person(manager=team.manager, management_mode="reactive", management_level="")

    found = failing(actor=make.actor(team.supervisor), today=ago(0))

    assert [one.person for one in found] == [taken]
    assert Criterion.LOW_LONG_ENOUGH in found[0].fails
    sweep_obligations()
    taken.refresh_from_db()
    assert taken.management_mode == "reactive", "a list makes nobody active"


def test_the_lists_show_nobody_beyond_reach_and_nobody_with_a_conflict():
    team = Team()
    stranger = make.officer(Role.SUPERVISOR)
    assert eligible(actor=make.actor(stranger), today=ago(0)) == []

    people.declare_conflict(
        by=make.actor(team.supervisor),
        offender=team.person.public_id,
        user=team.supervisor.public_id,
    )
    assert eligible(actor=make.actor(team.supervisor), today=ago(0)) == []


def test_a_list_takes_as_many_statements_for_two_people_as_for_twenty():
    team = Team()
    by = make.actor(team.supervisor)
    looks = {
        "eligible": lambda: len(eligible(actor=by, today=ago(0))),
        "failing": lambda: failing(actor=by, today=ago(0)),
        "spoken_against": lambda: spoken_against(Offender.objects.all(), today=ago(0)),
    }
    spent: dict[str, list[int]] = {name: [] for name in looks}
    eligible(actor=by, today=ago(0))  # each process reads a rule set once
    for number in (2, 20):
        for _ in range(number - Offender.objects.count()):
            make.settled(manager=team.manager)
        assert looks["eligible"]() == number
        for name, look in looks.items():
            with CaptureQueriesContext(connection) as asked:
                look()
            spent[name].append(len(asked))
    for name, (few, many) in spent.items():
        assert few == many > 0, name


@pytest.mark.parametrize("taken", ["proposed_by", "recommended_by"])
def test_the_database_refuses_an_inspector_who_took_part(taken):
    team = Team()
    team.propose()
    team.recommend()
    proposal = ReactiveProposal.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReactiveProposal.objects.filter(pk=proposal.pk).update(
            authority="authorised",
            authorised_by=getattr(proposal, taken),
            authorised_at=timezone.now(),
            settled_on=ago(0),
            settled_at=timezone.now(),
        )
