"""Nobody decides on their own work: the database refuses it, whoever asks and however.

Straight past the actions, as somebody with a database password would; a superuser is nobody more.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import Role, Training, User
from offenders.models import Notification, Offender
from risk.models import (
    IndicatorTriage,
    LevelOverride,
    MatchDecision,
    RiskAssessment,
    RiskManagementPlan,
)
from rules.models import RuleSetVersion
from tests import make
from tests.workflows import doing, triaging
from workflows.models import (
    CaseReview,
    DeathReport,
    DipSample,
    DipSampleItem,
    EndProposal,
    EntryWarrant,
    LoneVisitAuthority,
    MissingEnquiry,
    MissingReport,
    ReactiveProposal,
    ReturnedWork,
    TransferOffer,
    VisitReview,
)
from workflows.steps.missing import CHECKED

pytestmark = pytest.mark.django_db

ROOMS = ("accounts", "rules", "offenders", "risk", "workflows")


def two_officers() -> tuple[User, User]:
    """Someone who writes, and another who decides; both superusers, which grants nothing."""
    author = make.officer()
    other = make.officer(Role.SUPERVISOR, team=author.team)
    User.objects.update(is_superuser=True)
    return author, other


def a_review(author: User, other: User) -> VisitReview:
    visit = doing.visit(make.person(manager=author))
    return VisitReview.objects.create(
        visit=visit,
        decision="accepted",
        comment="Seen",
        visit_recorded_by=author,
        reviewed_by=other,
    )


def an_assessment(author: User, other: User) -> RiskAssessment:
    return RiskAssessment.objects.create(
        offender=make.person(manager=author),
        tool="arms",
        state="endorsed",
        assessed_on=timezone.localdate(),
        priority="medium",
        proposed_level="medium",
        formulation="Settled",
        submitted_at=timezone.now(),
        author=author,
        endorser=other,
        decided_at=timezone.now(),
    )


def a_notification(author: User, other: User) -> Notification:
    return Notification.objects.create(
        offender=make.person(manager=author),
        kind="periodic",
        notified_on=timezone.localdate(),
        recorded_by=author,
        checked_by=other,
        checked_at=timezone.now(),
    )


def an_ended_person(author: User, other: User) -> Offender:
    person = make.person(manager=author)
    person.registration_ended_on = timezone.localdate()
    person.end_proposed_by, person.end_endorsed_by = author, other
    person.save()
    return person


def an_end_proposal(author: User, other: User) -> EndProposal:
    return EndProposal.objects.create(
        process=make.task_of(make.person(manager=author)).process,
        reason="Over",
        proposed_by=author,
        decision="endorse",
        decided_by=other,
        decided_at=timezone.now(),
    )


def an_authority(author: User, other: User) -> LoneVisitAuthority:
    return LoneVisitAuthority.objects.create(
        process=make.task_of(make.person(manager=author)).process,
        officer=author,
        risk_assessment="Known well",
        authorised_by=other,
    )


def a_reactive_proposal(author: User, other: User) -> ReactiveProposal:
    return ReactiveProposal.objects.create(
        offender=make.person(manager=author),
        reason="Settled",
        proposed_on=timezone.localdate(),
        proposed_by=author,
        recommendation="recommended",
        recommended_by=other,
        recommended_at=timezone.now(),
    )


def a_rule_set(author: User, other: User) -> RuleSetVersion:
    today = timezone.localdate()
    first = RuleSetVersion.objects.get(number=1)
    return RuleSetVersion.objects.create(
        number=2,
        effective_from=today,
        title="Again",
        source="A test",
        evidence="None",
        document=first.document,
        digest=first.digest,
        based_on=first,
        reason="Why not",
        proposed_by=author,
        state="approved",
        approved_by=other,
        approved_at=timezone.now(),
        approved_on=today,
        approval_reason="Agreed",
    )


def decided(by: User) -> dict[str, object]:
    today = timezone.localdate()
    return {"decided_by": by, "decided_on": today, "decided_at": timezone.now()}


def reported(by: User) -> dict[str, object]:
    today = timezone.localdate()
    return {"reported_by": by, "reported_on": today, "reported_at": timezone.now()}


def a_missing_report(author: User, other: User) -> MissingReport:
    return MissingReport.objects.create(
        offender=make.person(manager=author),
        origin="officer",
        reason="Not seen",
        decision="confirm",
        comment="Agreed",
        **reported(author),
        **decided(other),
    )


def an_enquiry(author: User, other: User) -> MissingEnquiry:
    person = make.person(manager=author)
    return MissingEnquiry.objects.create(
        offender=person,
        process=make.task_of(person).process,
        made_on=timezone.localdate(),
        **dict.fromkeys(CHECKED, True),
        findings="Nothing",
        next_steps="Ask again",
        is_periodic=True,
        made_by=author,
        review="Seen",
        reviewed_by=other,
        reviewed_at=timezone.now(),
    )


def a_death_report(author: User, other: User) -> DeathReport:
    return DeathReport.objects.create(
        offender=make.person(manager=author),
        source="His sister",
        decision="refuted",
        comment="Seen since",
        **reported(author),
        **decided(other),
    )


def a_warrant(author: User, other: User) -> EntryWarrant:
    person = make.person(manager=author)
    return EntryWarrant.objects.create(
        offender=person,
        process=make.task_of(person).process,
        recommendation="apply",
        necessity="Not seen for a year",
        reason="Nobody opens",
        considered_by=author,
        considered_at=timezone.now(),
        decision="not_applied",
        decision_reason="Ring first",
        **decided(other),
    )


def a_plan(author: User, other: User) -> RiskManagementPlan:
    return RiskManagementPlan.objects.create(
        offender=make.person(manager=author),
        version=1,
        state="endorsed",
        disclosure_considered=True,
        author=author,
        submitted_on=timezone.localdate(),
        submitted_at=timezone.now(),
        decision="endorse",
        decided_by=other,
        decided_at=timezone.now(),
        level="medium",
        agreed_on=timezone.localdate(),
    )


def an_override(author: User, other: User) -> LevelOverride:
    assessment = an_assessment(author, make.officer())
    today = timezone.localdate()
    return LevelOverride.objects.create(
        offender=assessment.offender,
        assessment=assessment,
        assessed_by=author,
        priority="medium",
        level="high",
        reason="Known better",
        approver=other,
        decided_on=today,
        expires_on=today + dt.timedelta(days=30),
    )


def a_training(author: User, other: User) -> Training:
    return Training.objects.create(
        officer=author,
        code="mosovo",
        completed_on=timezone.localdate(),
        valid_until=timezone.localdate(),
        recorded_by=other,
    )


def a_case_review(author: User, other: User) -> CaseReview:
    person = make.person(manager=author)
    return CaseReview.objects.create(
        offender=person,
        process=make.task_of(person, "review_case").process,
        kind="supervisor_review",
        reviewed_on=timezone.localdate(),
        team=person.team,
        offender_manager=author,
        reviewed_by=other,
        grade="good",
        comment="Fine",
    )


def a_sampled_person(author: User, other: User) -> DipSampleItem:
    person, today = make.person(manager=author), timezone.localdate()
    sample = DipSample.objects.create(
        force=person.force,
        team=person.team,
        size=1,
        seed="a",
        frame=[],
        drawn_on=today,
        drawn_by=other,
    )
    return DipSampleItem.objects.create(
        sample=sample, offender=person, offender_manager=author, checker=other, drawn_on=today
    )


def returned_work(author: User, other: User) -> ReturnedWork:
    person = make.person(manager=author)
    return ReturnedWork.objects.create(
        offender=person,
        process=make.task_of(person).process,
        team=person.team,
        step="endorse",
        author=author,
        returned_by=other,
        returned_on=timezone.localdate(),
        reason="Say more",
    )


def an_offer(author: User, other: User) -> TransferOffer:
    away = make.officer(team=make.team(in_force=author.force))
    return TransferOffer.objects.create(
        from_team=author.team,
        to_team=away.team,
        to_officer=away,
        reason="Moved house",
        offered_on=timezone.localdate(),
        offered_by=author,
        decision="declined",
        decision_reason="Full",
        decided_by=other,
        decided_at=timezone.now(),
    )


def a_triage(author: User, other: User) -> IndicatorTriage:
    person = make.person(manager=author)
    found = triaging.critical(person, by=author)
    confirmation = MatchDecision.objects.get(match__indicator=found)
    return IndicatorTriage.objects.create(
        indicator=found,
        offender=person,
        confirmation=confirmation,
        severity="critical",
        outcome="no_action",
        reason="Nothing in it",
        takes_check=True,
        triaged_on=timezone.localdate(),
        triaged_by=author,
        decision="returned",
        comment="Read",
        checked_by=other,
        checked_at=timezone.now(),
    )


class Pair(NamedTuple):
    """Who wrote and who decides, and a row in which two people did."""

    author: str
    decider: str
    row: Callable[[User, User], models.Model]


PAIRS = {
    VisitReview: Pair("visit_recorded_by", "reviewed_by", a_review),
    RiskAssessment: Pair("author", "endorser", an_assessment),
    Notification: Pair("recorded_by", "checked_by", a_notification),
    Offender: Pair("end_proposed_by", "end_endorsed_by", an_ended_person),
    EndProposal: Pair("proposed_by", "decided_by", an_end_proposal),
    LoneVisitAuthority: Pair("officer", "authorised_by", an_authority),
    RuleSetVersion: Pair("proposed_by", "approved_by", a_rule_set),
    ReactiveProposal: Pair("proposed_by", "recommended_by", a_reactive_proposal),
    MissingReport: Pair("reported_by", "decided_by", a_missing_report),
    MissingEnquiry: Pair("made_by", "reviewed_by", an_enquiry),
    DeathReport: Pair("reported_by", "decided_by", a_death_report),
    EntryWarrant: Pair("considered_by", "decided_by", a_warrant),
    RiskManagementPlan: Pair("author", "decided_by", a_plan),
    Training: Pair("officer", "recorded_by", a_training),
    LevelOverride: Pair("assessed_by", "approver", an_override),
    CaseReview: Pair("offender_manager", "reviewed_by", a_case_review),
    DipSampleItem: Pair("offender_manager", "checker", a_sampled_person),
    TransferOffer: Pair("offered_by", "decided_by", an_offer),
    ReturnedWork: Pair("author", "returned_by", returned_work),
    IndicatorTriage: Pair("triaged_by", "checked_by", a_triage),
}

#: Rows that name two people of whom neither decides on the other's work.
NO_DECISION = {
    "Visit": "who recorded it, and who voided it: one's own wrong entry is voided by oneself",
    "StaticScore": "who recorded it, and who voided it: as a visit",
    "OrderDischarge": "who wrote down what a court decided, and who voided it: as a visit",
    "OrderCondition": "who wrote it down, and who voided it: as a visit",
    "Indicator": "who sent it and who said whom it is about: no work of theirs is decided on",
    "IndicatorDecision": "who is named for an indicator, and who named them: no work of theirs",
    "IndicatorAccess": "who may see an indicator, and who named them: as of a restricted person",
    "ConflictOfInterest": "everyone declares their own",
    "RestrictedAccess": "who may see a person, and who named them: a list, no work of theirs",
    "Reassignment": "whoever decided may undo it",
    "ReassignmentMove": "from whom to whom",
    "Alert": "who is told of whom",
    "Capacity": "how much somebody can carry, and who set it: no work of theirs is decided on",
    "DipSample": "whose people, and who drew them; that nobody draws for themselves is a CHECK",
    "LoneVisitWatch": "who is out alone, and who knows that they are safe: mostly themselves",
    "ReactiveReview": "who looked, and for whom: no work of theirs; that these differ is a CHECK",
    "CaseAction": "who raised it, whose it is, and who finished it: what was done is no decision",
    "Absence": "who is away, who covers and who says so: nobody's work is decided on",
    "Delegation": "whose decisions another makes; that nobody gives them to themselves is a CHECK",
}


@pytest.mark.parametrize("model", PAIRS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("changed", ["author", "decider"])
@pytest.mark.parametrize("way", ["orm", "sql", "save"])
def test_the_database_refuses_that_one_person_wrote_and_decided(model, changed, way):
    pair = PAIRS[model]
    row = pair.row(*two_officers())
    field = getattr(pair, changed)
    other = getattr(row, pair.decider if changed == "author" else pair.author)

    with pytest.raises(IntegrityError), transaction.atomic():
        change(row, field, other, way)

    row.refresh_from_db()
    assert getattr(row, pair.author) != getattr(row, pair.decider)


@pytest.mark.parametrize("model", PAIRS, ids=lambda model: model.__name__)
def test_the_database_refuses_such_a_row_from_the_start(model):
    author, _ = two_officers()

    with pytest.raises(IntegrityError), transaction.atomic():
        PAIRS[model].row(author, author)


@pytest.mark.parametrize("model", PAIRS, ids=lambda model: model.__name__)
def test_the_rows_those_faults_were_put_into_are_sound(model):
    pair = PAIRS[model]
    author, other = two_officers()

    row = pair.row(author, other)
    row.refresh_from_db()

    assert (getattr(row, pair.author), getattr(row, pair.decider)) == (author, other)


def test_every_table_that_names_two_officers_is_a_pair_or_has_a_reason():
    naming_two = {
        model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if sum(field.related_model is User for field in model._meta.concrete_fields) > 1
    }

    assert {model.__name__ for model in naming_two - set(PAIRS)} <= set(NO_DECISION)


@pytest.mark.parametrize("way", ["orm", "sql", "save"])
def test_the_database_refuses_that_the_author_of_a_plan_agreed_to_its_longer_interval(way):
    author, other = two_officers()
    plan = a_plan(author, other)
    agreed = {"interval_decision": "agree", "interval_decided_at": timezone.now()}
    inspector = make.officer(Role.INSPECTOR, force=author.force)
    RiskManagementPlan.objects.update(interval_decided_by=inspector, **agreed)
    plan.refresh_from_db()

    with pytest.raises(IntegrityError), transaction.atomic():
        change(plan, "interval_decided_by", author, way)


def change(row: models.Model, field: str, user: User, way: str) -> None:
    """Set a column of a row, past every action."""
    if way == "orm":
        type(row)._default_manager.filter(pk=row.pk).update(**{field: user})
    elif way == "save":
        setattr(row, field, user)
        row.save()
    else:
        column = row._meta.get_field(field).column
        sql = f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s"  # noqa: S608 - ours
        with connection.cursor() as cursor:
            cursor.execute(sql, [user.pk, row.pk])
