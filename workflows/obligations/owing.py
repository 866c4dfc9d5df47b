"""Everything that is owed to one person on one day."""

import datetime as dt

from offenders.models import ManagementMode
from offenders.registration import Registration, registration
from rules.ruleset import RuleSet
from rules.workdays import Calendar
from workflows.models.obligation import Kind
from workflows.obligations import reactive
from workflows.obligations.case_actions import case_actions
from workflows.obligations.death import death_verification
from workflows.obligations.due import Due, Owed, Question
from workflows.obligations.entry import entry_warrant
from workflows.obligations.indicators import indicator_triages
from workflows.obligations.missing import located_on, missing_work
from workflows.obligations.notifications import notifications
from workflows.obligations.person import DETAINED, Facts, Whereabouts, whereabouts
from workflows.obligations.plans import plan_reviews
from workflows.obligations.reassessments import reassessment, while_missing
from workflows.obligations.reviews import sample_checks, supervisor_review
from workflows.obligations.visits import home_visit, is_visit_asked_for


def owed(facts: Facts, rules: RuleSet, calendar: Calendar, today: dt.date) -> list[Owed]:
    """Each thing owed to a person, at most one for each (kind, about), as known on `today`.

    Nothing but the triage of indicators, once two people ended the registration, unless something
    registers the person anew.
    `today` only decides what is owed; when it is due comes from the facts alone, so that missing a
    night changes nothing.
    """
    triages = list(indicator_triages(facts, today))
    if not facts.bases or has_ended(facts, today):
        return triages
    registered = registration(facts.bases, facts.orders, facts.date_of_birth, rules, today)
    found = triages + _final_review(registered, rules, calendar, today)
    # Stands in place of everything that needs the person, and stops no clock (PRACTICE 13).
    if verification := death_verification(facts, rules, calendar, today):
        return found + verification
    found += case_actions(facts, today)
    if registered.has_ended:
        return found
    asked = Question(facts, _where(facts, today), rules, calendar)
    found += missing_work(asked, today)
    found += sample_checks(asked, today)
    if asked.where.is_paused:
        return found + _release_planning(asked, today)
    found += notifications(asked)
    found += entry_warrant(asked)
    found.append(_owed(Kind.SUPERVISOR_REVIEW, supervisor_review(asked)))
    if asked.where.is_missing:
        # What an event asks for is owed of a missing person too (PRACTICE 13).
        due = while_missing(asked, today)
        return found if due is None else [*found, _owed(Kind.RISK_REASSESSMENT, due)]
    found.append(_owed(Kind.RISK_REASSESSMENT, reassessment(asked)))
    if is_active(facts):
        found.append(_owed(Kind.HOME_VISIT, home_visit(asked)))
        found += reactive.proposals(asked, today)
    else:
        found.append(reactive.review(asked))
    found += [_owed(Kind.PLAN_REVIEW, due) for due in plan_reviews(asked)]
    return found


def awaits_visit(facts: Facts, rules: RuleSet, calendar: Calendar, today: dt.date) -> bool:
    """Whether something that happened asks for a home visit which nobody has made yet."""
    return is_visit_asked_for(Question(facts, _where(facts, today), rules, calendar))


def _where(facts: Facts, today: dt.date) -> Whereabouts:
    """Where the person is; found after a report that nobody had confirmed counts as located."""
    where = whereabouts(facts.stays, today)
    found_on = located_on(facts, today)
    if not found_on:
        return where
    return where._replace(located_on=tuple(sorted({*where.located_on, *found_on})))


def has_ended(facts: Facts, today: dt.date) -> bool:
    """Whether two people ended the registration, and nothing registered the person since."""
    ended_on = facts.registration_ended_on
    if ended_on is None or ended_on > today:
        return False
    return all(basis.relevant_date <= ended_on for basis in facts.bases)


def is_active(facts: Facts) -> bool:
    """Whether the newest decision is active management; without any, it is."""
    return not facts.modes or max(facts.modes).mode == ManagementMode.ACTIVE


def _owed(kind: Kind, due: Due) -> Owed:
    return Owed(kind, "", due.on, due.rule, due.inputs)


def _final_review(
    registered: Registration, rules: RuleSet, calendar: Calendar, today: dt.date
) -> list[Owed]:
    """Owed from some time before the end until two people end it (PRACTICE 1).

    Not while an order holds the person until further order: then nobody knows the end.
    """
    over_on = registered.over_on
    if over_on is None:
        return []
    rule = rules.rule("registration.final_review")
    if today < rule.due(over_on, calendar):
        return []
    cited = (("registration_ends", over_on.isoformat()),)
    return [_owed(Kind.FINAL_REVIEW, Due(over_on, rule.id, cited))]


def _release_planning(asked: Question, today: dt.date) -> list[Owed]:
    """In custody or hospital: plan ahead of the expected release, or look again every month.

    A day that passed without a release is no longer an expected one. Nothing is due before the day
    on which we were told. Of someone whom we took over in custody, the first look is a month after
    that, however long they have been there.
    """
    stay = asked.where.here
    if stay is None or stay.status not in DETAINED:
        return []
    told_on = max(stay.since, stay.taken_over_on or stay.since)
    said_on, expected_on = stay.expectation_said_on or told_on, stay.release_expected_on
    looked = max((c for c in asked.facts.release_checks if c.on >= stay.since), default=None)
    if looked is not None and looked.on >= said_on:
        said_on, expected_on = looked.on, looked.release_expected_on
    if expected_on is not None:
        ahead = asked.due("release.planning", "release_expected", expected_on)
        if looked is None or looked.on < max(ahead.on, said_on):
            return [_owed(Kind.RELEASE_PLANNING, ahead._replace(on=max(ahead.on, said_on)))]
        if expected_on >= today:
            return []
    name, since = ("detained", told_on) if looked is None else ("last_check", looked.on)
    return [_owed(Kind.RELEASE_PLANNING, asked.due("release.planning.no_date", name, since))]
