"""Nobody decides on their own work under a delegation either: the database refuses it.

Straight past the actions, by ORM and by raw SQL: approval of one's own, by one's own delegate, and
by oneself for another. A superuser is nobody more. The same through the actions, in words:
`test_delegations.py`.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import Role, User
from offenders.models import Notification, Offender
from risk.models import IndicatorTriage, LevelOverride, RiskAssessment, RiskManagementPlan
from tests import make
from tests.workflows.test_deciders import PAIRS, change, two_officers
from workflows import own_visits
from workflows.models import (
    CaseReview,
    DeathReport,
    DipSample,
    EndProposal,
    EntryWarrant,
    LoneVisitAuthority,
    MissingEnquiry,
    MissingReport,
    ReactiveProposal,
    ReactiveReview,
    ReturnedWork,
    TransferOffer,
    VisitReview,
)

pytestmark = pytest.mark.django_db


class Decided(NamedTuple):
    """The column that says for whom, and what refuses a wrong one and a wrong pair: a constraint,
    or a trigger that fires before it."""

    column: str
    for_another: str
    by_another: str


TABLES: dict[type[models.Model], Decided] = {
    VisitReview: Decided(
        "reviewed_for", f"visit_reviewed_for_another|{own_visits.REFUSAL}", own_visits.REFUSAL
    ),
    RiskAssessment: Decided(
        "endorser_for", "assessment_endorsed_for_another", "assessment_endorsed_by_another"
    ),
    Notification: Decided(
        "checked_for", "notification_checked_for_another", "notification_checked_by_another"
    ),
    Offender: Decided(
        "end_endorsed_for", "offender_ended_for_another", "offender_ended_by_two_people"
    ),
    EndProposal: Decided(
        "decided_for", "end_proposal_decided_for_another", "end_proposal_decided_by_another"
    ),
    LoneVisitAuthority: Decided(
        "authorised_for", "lone_visit_authorised_for_another", "lone_visit_authorised_by_another"
    ),
    MissingReport: Decided(
        "decided_for", "missing_report_confirmed_for_another", "missing_report_confirmed_by_another"
    ),
    MissingEnquiry: Decided(
        "reviewed_for",
        "missing_enquiry_reviewed_for_another",
        "missing_enquiry_reviewed_by_another",
    ),
    DeathReport: Decided(
        "decided_for", "death_report_decided_for_another", "death_report_decided_by_another"
    ),
    EntryWarrant: Decided(
        "decided_for", "entry_warrant_decided_for_another", "entry_warrant_decided_by_another"
    ),
    RiskManagementPlan: Decided(
        "decided_for", "plan_endorsed_for_another", "plan_endorsed_by_another"
    ),
    LevelOverride: Decided(
        "approver_for", "override_approved_for_another", "override_approved_by_another"
    ),
    ReactiveProposal: Decided(
        "recommended_for",
        "reactive_proposal_recommended_for_another",
        "reactive_proposal_recommended_by_another",
    ),
    CaseReview: Decided(
        "reviewed_for",
        "case_review_for_another_than_the_manager",
        "case_review_by_another_than_the_manager",
    ),
    IndicatorTriage: Decided(
        "checked_for", "triage_checked_for_another", "triage_checked_by_another"
    ),
    ReturnedWork: Decided("returned_for", "returned_work_for_another", "returned_work_by_another"),
    TransferOffer: Decided(
        "decided_for", "transfer_decided_for_another", "transfer_decided_by_another"
    ),
}

#: Of these a second row about the same is refused as well, so that no copy of a sound one is kept.
ONE_ONLY = {
    MissingReport,
    RiskManagementPlan,
    LevelOverride,
    ReactiveProposal,
    CaseReview,
}

#: What was decided about these is frozen by triggers (`risk.frozen`, `risk.kept_triages`): a wrong
#: decision can only come with the row, and the first one with the tests of its own below.
FROZEN = {RiskAssessment, IndicatorTriage}

#: Pairs that are decided in person (`accounts.in_person`), or that another row says it for.
IN_PERSON = {
    "RuleSetVersion": "two inspectors answer for everyone's due dates",
    "Training": "recorded by whoever saw the certificate",
    "DipSampleItem": "who checks has the task as themselves; the review of the check says for whom",
}

#: What a supervisor writes on a triage.
CHECKED = {"decision", "comment", "checked_by", "checked_for", "checked_at"}

#: Ways past every action. The first two change a sound row, the last inserts another.
WAYS = ["orm", "save", "sql", "insert"]


#: Every table with every way.
CASES = [(model, way) for model in TABLES for way in WAYS if model not in FROZEN or way == "insert"]
cases = pytest.mark.parametrize(
    ("model", "way"), CASES, ids=[f"{model.__name__}-{way}" for model, way in CASES]
)


def test_every_table_of_deciders_says_for_whom_or_is_decided_in_person():
    assert {model.__name__ for model in set(PAIRS) - set(TABLES)} == set(IN_PERSON)


@pytest.mark.parametrize(
    ("model", "way"),
    [case for case in CASES if case[1] != "insert" or case[0] not in ONE_ONLY],
)
def test_a_decision_for_someone_else_is_kept(model, way):
    row, _, third = sound(model)

    written = write(row, {TABLES[model].column: third}, way)

    assert getattr(written, TABLES[model].column) == third


@cases
def test_the_delegate_of_the_author_is_refused(model, way):
    row, author, _ = sound(model)

    with refused(TABLES[model].for_another):
        write(row, {TABLES[model].column: author}, way)


@cases
def test_the_author_acting_for_another_is_refused(model, way):
    row, author, third = sound(model)
    decider = PAIRS[model].decider

    with refused(TABLES[model].by_another):
        write(row, {decider: author, TABLES[model].column: third}, way)


@cases
def test_approving_ones_own_is_refused(model, way):
    row, author, _ = sound(model)

    with refused(TABLES[model].by_another):
        write(row, {PAIRS[model].decider: author}, way)


@cases
def test_nobody_acts_for_themselves(model, way):
    row, _, _ = sound(model)
    decider = getattr(row, PAIRS[model].decider)

    with refused(TABLES[model].for_another):
        write(row, {TABLES[model].column: decider}, way)


#: Of the level of an assessment: what is written, and what refuses it.
LEVELS = [
    ("author", "third", "assessment_level_by_another", "the author decides"),
    ("author", None, "assessment_level_by_another", "the author decides for nobody"),
    ("other", "author", "assessment_level_for_another", "the author's delegate decides"),
    ("other", "other", "assessment_level_for_another", "somebody acts for themselves"),
]


@pytest.mark.parametrize(("by", "acted_for", "constraint", "reason"), LEVELS)
def test_the_level_of_an_assessment_is_decided_by_and_for_others(by, acted_for, constraint, reason):
    row, author, third = sound(RiskAssessment)
    who = {"author": author, "third": third, "other": row.endorser, None: None}
    level = {"level": "medium", "level_decided_at": timezone.now(), "level_reason": reason}
    open_level = RiskAssessment.objects.filter(pk=row.pk)

    with refused(constraint):
        open_level.update(
            level_decided_by=who[by],
            level_decided_for=who[acted_for] if acted_for else None,
            **level,
        )

    open_level.update(level_decided_by=row.endorser, level_decided_for=third, **level)
    with refused("never changed"):
        open_level.update(level_decided_for=None)


@pytest.mark.parametrize("way", ["orm", "save", "sql"])
def test_whoever_was_acted_for_does_not_authorise_what_was_recommended(way):
    row, _, third = sound(ReactiveProposal)
    inspector = make.officer(Role.INSPECTOR, force=third.force)
    ReactiveProposal.objects.update(
        recommended_for=third,
        authority="authorised",
        authorised_by=inspector,
        authorised_at=timezone.now(),
        settled_on=timezone.localdate(),
        settled_at=timezone.now(),
    )
    row.refresh_from_db()

    with refused("reactive_proposal_authorised_by_nobody_acted_for"):
        change(row, "authorised_by", third, way)


@pytest.mark.parametrize("way", ["orm", "save", "sql"])
@pytest.mark.parametrize(
    ("made", "by", "acted_for", "constraint"),
    [
        (
            "a yearly review",
            "reviewed_by",
            "reviewed_for",
            "reactive_review_for_another_than_the_reviewer",
        ),
        ("a sample", "drawn_by", "drawn_for", "dip_sample_drawn_for_another"),
    ],
)
def test_nobody_acts_for_themselves_where_no_work_is_decided_on(
    made, by, acted_for, constraint, way
):
    author, other = two_officers()
    person, today = make.person(manager=author), timezone.localdate()
    row = (
        ReactiveReview.objects.create(
            offender=person, outcome="continues", comment="A", reviewed_on=today, reviewed_by=other
        )
        if made == "a yearly review"
        else DipSample.objects.create(
            force=person.force,
            team=person.team,
            size=1,
            seed="a",
            frame=[],
            drawn_on=today,
            drawn_by=other,
        )
    )

    change(row, acted_for, author, way)
    with refused(constraint):
        change(row, acted_for, getattr(row, by), way)


#: Of the check of a triage: who decides and for whom, and what refuses it.
CHECKS = [
    ("author", "third", "triage_checked_by_another", "who triaged it decides"),
    ("author", None, "triage_checked_by_another", "who triaged it decides for nobody"),
    ("other", "author", "triage_checked_for_another", "their delegate decides"),
    ("other", "other", "triage_checked_for_another", "somebody acts for themselves"),
]


@pytest.mark.parametrize(("by", "acted_for", "constraint", "reason"), CHECKS)
def test_a_triage_is_first_checked_by_and_for_others(by, acted_for, constraint, reason):
    row, author, third = sound(IndicatorTriage)
    who = {"author": author, "third": third, "other": row.checked_by, None: None}
    asked_again = IndicatorTriage.objects.create(
        **{
            field.name: getattr(row, field.name)
            for field in IndicatorTriage._meta.concrete_fields
            if field.name not in {"id", "public_id", "recorded_at", *CHECKED}
        }
    )
    waiting = IndicatorTriage.objects.filter(pk=asked_again.pk)
    check = {"decision": "agreed", "comment": "Read", "checked_at": timezone.now()}

    with refused(constraint):
        waiting.update(checked_by=who[by], checked_for=who[acted_for], **check)

    waiting.update(checked_by=row.checked_by, checked_for=third, **check)
    with refused("never changed"):
        waiting.update(checked_for=None)


@pytest.mark.parametrize("way", ["orm", "save", "sql"])
def test_a_checked_triage_is_not_touched_at_all(way):
    row, author, third = sound(IndicatorTriage)

    for values in ({"checked_by": author}, {"checked_for": author}, {"checked_for": third}):
        with refused("never changed"):
            write(row, values, way)


@pytest.mark.parametrize("way", ["orm", "save", "sql"])
def test_a_decided_assessment_is_not_touched_at_all(way):
    row, author, third = sound(RiskAssessment)

    for values in ({"endorser": author}, {"endorser_for": author}, {"endorser_for": third}):
        with refused("never changed"):
            write(row, values, way)


def sound(model: type[models.Model]) -> tuple[models.Model, User, User]:
    """A row that two people wrote and decided, its author, and a third; all are superusers."""
    author, other = two_officers()
    third = make.officer(Role.SUPERVISOR, team=author.team)
    User.objects.update(is_superuser=True, is_staff=True)
    row = PAIRS[model].row(author, other)
    row.refresh_from_db()
    return row, author, third


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """The database refuses it, by that constraint and no other."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def write(row: models.Model, values: dict[str, User], way: str) -> models.Model:
    """Write users into columns of a row, past every action, and read it back."""
    if way == "insert":
        return inserted(row, values)
    if way == "orm":
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    elif way == "save":
        for name, user in values.items():
            setattr(row, name, user)
        row.save()
    else:
        columns = [row._meta.get_field(name).column for name in values]
        set_to = ", ".join(f"{column} = %s" for column in columns)
        sql = f"UPDATE {row._meta.db_table} SET {set_to} WHERE id = %s"  # noqa: S608 - ours
        with connection.cursor() as cursor:
            cursor.execute(sql, [*(user.pk for user in values.values()), row.pk])
    row.refresh_from_db()
    return row


def inserted(row: models.Model, values: dict[str, User]) -> models.Model:
    """A copy of `row` with other users in it, by a raw INSERT."""
    table = row._meta
    fields = [field for field in table.concrete_fields if not field.primary_key]
    own = {name: user.pk for name, user in values.items()}
    chosen, params = [], []
    for field in fields:
        if field.name == "public_id":
            value = uuid.uuid4()
            params.append(value if connection.features.has_native_uuid_field else value.hex)
            chosen.append("%s")
        elif field.name == "source_ref":
            params.append(f"COPY{uuid.uuid4().hex[:8]}")
            chosen.append("%s")
        elif field.name in own:
            params.append(own[field.name])
            chosen.append("%s")
        else:
            chosen.append(f'"{field.column}"')
    columns = ", ".join(f'"{field.column}"' for field in fields)
    sql = (
        f"INSERT INTO {table.db_table} ({columns})"  # noqa: S608 - ours
        f" SELECT {', '.join(chosen)} FROM {table.db_table} WHERE id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, row.pk])
    return type(row)._default_manager.latest("pk")
