"""Builders: one plain sentence for each thing a test needs, through the actions where there are.

A builder names only what the test is about and fills in the rest with fictitious values.
"""

import datetime as dt
import io
from collections.abc import Collection
from itertools import count

from django.utils import timezone

from accounts import actions as accounts_actions
from accounts.actor import Actor
from accounts.models import Force, IntegrationClient, Role, Team, TrainingCode, User
from accounts.policy import SCOPES
from offenders.models import Offender
from risk.factors import FACTORS
from risk.models import RiskAssessment, StaticScore
from workflows.actions import imports, static_scores
from workflows.imports.columns import COLUMNS
from workflows.imports.synthetic import write_csv
from workflows.models import Task
from workflows.models.case_review import CheckItem
from workflows.steps import WriteUpVisit
from workflows.steps.registering import RegisterPerson

# --- accounts -----------------------------------------------------------------------------------
#: Who sets a test's scene.
SETUP = Actor.system("tests")

#: In date whatever day a test sets the clock to.
VETTED = dt.date(2099, 12, 31)

#: Who may assess.
ASSESSORS = frozenset({Role.OFFENDER_MANAGER, Role.SUPERVISOR})

_number = count(1)


def force(code: str = "", name: str = "Example Constabulary") -> Force:
    """A force; the same one again when its code is given twice."""
    code = code or f"F{next(_number)}"
    known = Force.objects.filter(code=code).first()
    return known or accounts_actions.create_force(by=SETUP, code=code, name=name)


def team(name: str = "", *, in_force: Force | None = None) -> Team:
    """A team, in a force of its own unless one is given."""
    return accounts_actions.create_team(
        by=SETUP, force=in_force or force(), name=name or f"Team {next(_number)}"
    )


def officer(
    role: Role = Role.OFFENDER_MANAGER,
    *,
    team: Team | None = None,
    force: Force | None = None,
    staff_number: str = "",
    password: str | None = None,
    vetting_expires_on: dt.date | None = VETTED,
    is_active: bool = True,
    trained: bool = True,
) -> User:
    """A person with a role; in a team of their own unless a team or a force is given.

    Trained in every tool unless said otherwise.
    """
    if team is None and force is None:
        team = _own_team()
    number = next(_number)
    user = accounts_actions.register_officer(
        by=SETUP,
        force=force or team.force,
        team=team,
        role=role,
        username=f"officer{number}",
        staff_number=staff_number or f"S{number:04}",
        first_name="Sam",
        last_name=f"Officer{number}",
        password=password,
        vetting_expires_on=vetting_expires_on,
    )
    if trained and role in ASSESSORS:
        training(user)
    return user if is_active else accounts_actions.deactivate(by=SETUP, officer=user)


def training(
    user: User,
    code: TrainingCode = TrainingCode.ARMS,
    *,
    completed_on: dt.date = dt.date(2000, 1, 1),
    valid_until: dt.date | None = None,
) -> None:
    """A training of an officer, in date whatever day a test sets the clock to."""
    accounts_actions.record_training(
        by=SETUP,
        officer=user,
        code=code,
        completed_on=completed_on,
        valid_until=valid_until or VETTED,
    )


def integration(
    *,
    force: Force | None = None,
    teams: Collection[Team] = (),
    scopes: Collection[str] = tuple(SCOPES.values()),
    expires_on: dt.date | None = None,
) -> IntegrationClient:
    """Another system, with every scope unless some are given."""
    return integration_with_secret(force=force, teams=teams, scopes=scopes, expires_on=expires_on)[
        0
    ]


def integration_with_secret(
    *,
    force: Force | None = None,
    teams: Collection[Team] = (),
    scopes: Collection[str] = tuple(SCOPES.values()),
    expires_on: dt.date | None = None,
) -> tuple[IntegrationClient, str]:
    """Another system, and the secret with which it asks for a token."""
    return accounts_actions.register_integration(
        by=SETUP,
        force=force or _own_team().force,
        label=f"System {next(_number)}",
        scopes=scopes,
        teams=teams,
        whole_force=not teams,
        expires_on=expires_on,
    )


def actor(who: User | IntegrationClient) -> Actor:
    """`who` as `by=` takes them."""
    return Actor.of_user(who) if isinstance(who, User) else Actor.of_client(who)


def _own_team() -> Team:
    return team()


# --- offenders and workflows ----------------------------------------------------------------------


def person(*, manager: User | None = None, **facts: object) -> Offender:
    """A person in the community with one basis, managed by `manager`; what is owed is open.

    `facts` are columns of an extract (`last_effective_visit_on`, `management_level`, ...), so a
    person comes into a test the way people come into the service.
    """
    manager = manager or officer()
    named = {"team": manager.team.name, "offender_manager": manager.staff_number}
    row = extract_row(**(named | facts))
    file = io.BytesIO()
    write_csv(file, [row])
    file.seek(0)
    job = imports.import_file(
        by=SETUP, force=manager.force, file=file, name="test.csv", as_of=timezone.localdate()
    )
    refusals = list(job.refusals.values_list("row_key", "reason"))
    if refusals:
        raise ValueError(f"the builder's row was refused: {refusals}")
    return Offender.objects.get(force=manager.force, source_ref=row["source_ref"])


def settled(*, years: int = 4, **facts: object) -> Offender:
    """A person low for so many years, lately assessed as low: no criterion of reactive fails.

    No extract says since when a level stands, so its one decision is dated back here.
    """
    found = person(**{"management_level": "low"} | facts)
    low_on = timezone.localdate() - dt.timedelta(days=round(years * 365.25) + 1)
    found.levels.update(decided_on=low_on)
    last = found.assessments.get()
    RiskAssessment.objects.create(
        offender=found,
        state=RiskAssessment.State.IMPORTED,
        tool=last.tool,
        priority="low",
        assessed_on=last.assessed_on + dt.timedelta(days=1),
    )
    return found


def activate(user: User) -> User:
    """Let an officer whom an extract named sign in: active, and vetted."""
    User.objects.filter(pk=user.pk).update(is_active=True, vetting_expires_on=VETTED)
    user.refresh_from_db()
    if not user.trainings.exists():
        training(user)
    return user


def registering(**values: object) -> dict[str, object]:
    """Validated values of a form that registers somebody, all but the team; in the community."""
    form = RegisterPerson(
        data={
            "reference": f"N{next(_number):05}",
            "surname": "Newcomb",
            "forename": "Test",
            "date_of_birth": "1980-02-29",
            "disposal": "any_other",
            "relevant_date": timezone.localdate().isoformat(),
            "status": "community",
            "team": "00000000-0000-4000-8000-000000000000",
        }
    )
    form.is_valid(raise_exception=True)
    rest = {name: value for name, value in form.validated_data.items() if name != "team"}
    return rest | values


def extract_row(**facts: object) -> dict[str, str]:
    """One row of an extract that is accepted, with `facts` in place of its own."""
    today = timezone.localdate()
    row = dict.fromkeys(COLUMNS, "") | {
        "source_ref": f"T{next(_number):05}",
        "forename": "Test",
        "surname": "Nominal",
        "date_of_birth": "1980-02-29",
        "sex": "M",
        "management_level": "medium",
        "management_mode": "active",
        "mappa_category": "1",
        "mappa_level": "1",
        "address_kind": "main_residence",
        "address_line_1": "1 Example Row",
        "town": "Tean",
        "postcode": "QX1 1AA",
        "easting": "400000",
        "northing": "340000",
        "basis": "life_or_ipp_or_30m_plus",
        "relevant_date": (today - dt.timedelta(days=700)).isoformat(),
        "last_notification_on": (today - dt.timedelta(days=100)).isoformat(),
        "last_effective_visit_on": (today - dt.timedelta(days=60)).isoformat(),
        "last_assessment_on": (today - dt.timedelta(days=90)).isoformat(),
        "status": "community",
    }
    return row | {name: str(value) if value is not None else "" for name, value in facts.items()}


def task_of(person: Offender, step: str = "record_outcome") -> Task:
    """The open task of a person at `step`."""
    return Task.objects.open().get(offender=person, step=step)


def outcome(**values: object) -> dict[str, object]:
    """Validated values of a home visit's two-minute outcome: effective, two officers, just now."""
    return {
        "outcome": "effective",
        "occurred_at": timezone.now() - dt.timedelta(minutes=30),
        "announced": False,
        "attended": True,
        "colleagues": [],
        "partner": "A. Partner, probation",
        "at_notified_address": True,
        "place": "",
        "for_risk_assessment": True,
        "concern": False,
        "note": "",
        "entry_reason": "",
    } | values


def assessment(tool: str = "arms", **values: object) -> dict[str, object]:
    """Validated values of a risk assessment: every factor low on evidence of today."""
    today = timezone.localdate()
    rows = [
        {"factor": one.code, "rating": "low", "evidence": "Seen settled.", "evidence_on": today}
        for one in FACTORS
    ]
    return {
        "tool": tool,
        "ratings": rows if tool == "arms" else [],
        "priority": "medium",
        "formulation": "Stable, few changes.",
        "proposed_level": "medium",
    } | values


def score_facts(**values: object) -> dict[str, object]:
    """Validated facts of a static score of somebody born in 1980: 28 points of OSP/DC, 1.54 %."""
    return {
        "tools": ["osp_dc"],
        "contact_adult": 1,
        "contact_child": 0,
        "non_contact": 0,
        "images": 0,
        "total_sanctions": 2,
        "stranger_victim": False,
        "follow_up_on": dt.date(2019, 12, 1),
        "last_sexual_sanction_on": dt.date(2013, 3, 1),
        "last_sexual_offence_on": dt.date(2012, 3, 1),
        "last_offence_on": dt.date(2024, 3, 1),
    } | values


def static_score(person: Offender, *, by: User | None = None, **values: object) -> StaticScore:
    """A score of a person that was calculated here."""
    officer = by or activate(person.offender_manager)
    kept = static_scores.calculate_scores(
        by=actor(officer), offender=person.public_id, **score_facts(**values)
    )
    return kept[0]


def official_score(person: Offender, *, by: User | None = None, **values: object) -> StaticScore:
    """An official value of a person: OSP/DC, high."""
    said = {
        "tool": "osp_dc",
        "band": "high",
        "scored_on": dt.date(2025, 6, 2),
        "reference": "OASys 7",
    }
    return static_scores.record_official_score(
        by=actor(by or activate(person.offender_manager)),
        offender=person.public_id,
        **said | values,
    )


def write_up(**values: object) -> dict[str, object]:
    """Validated values of a write-up without concern; what is not named was left empty."""
    form = WriteUpVisit(
        data={
            "summary": "Seen at home, settled.",
            "children_present": False,
            "orders_complied_with": "yes",
            "concern": False,
        }
    )
    form.is_valid(raise_exception=True)
    return form.validated_data | values


def case_review(**values: object) -> dict[str, object]:
    """Validated values of a supervisor's review that finds everything good."""
    checks = [{"item": item, "grade": "good", "comment": ""} for item in CheckItem.values]
    return {
        "checks": checks,
        "grade": "good",
        "comment": "Well managed.",
        "directions": [],
    } | values
