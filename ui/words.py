"""How dates, levels, reasons and rules are worded on every page. No database, no clock."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from offenders.models import ManagementMode, Order, Status
from offenders.registration import Registration
from rules.period import Period
from rules.rule import Rule
from workflows.models import Kind
from workflows.reason_words import LEVEL_WORDS as RISK_WORDS
from workflows.reason_words import NOT_ASSESSED, days, reason_words

__all__ = ["NOT_ASSESSED", "RISK_WORDS", "days", "reason_words"]

LONDON = ZoneInfo("Europe/London")

#: What gives cause to review a visit, by the codes of `workflows.reviews.causes_of`.
CAUSES = {
    "concern": "A concern was raised",
    "alone": "A lone visit without authority",
    "orders": "Orders were not complied with",
    "condition": "A condition was not kept",
    "detail": "Notified details had changed",
    "device": "A device that nobody declared was found",
    "account": "An account that nobody declared was found",
}


def day_label(on: date, today: date) -> str:
    """A date as "Tue 17 Nov", or "9 Mar 2027" when it is not in this year."""
    if on.year == today.year:
        return f"{on:%a} {on.day} {on:%b}"
    return f"{on.day} {on:%b} {on.year}"


def long_day(on: date) -> str:
    """A date that stands alone: "17 November 2026"."""
    return f"{on.day} {on:%B} {on.year}"


def due_words(due_on: date, today: date) -> tuple[str, str]:
    """How late or how soon, and the state that colours it: overdue, today or ahead."""
    ahead = (due_on - today).days
    if ahead < 0:
        return f"{days(-ahead)} overdue", "overdue"
    if ahead == 0:
        return "Due today", "today"
    return f"in {days(ahead)}", "ahead"


def try_again(by: date, today: date) -> str:
    """Until when another attempt is asked for; a day that is past is no advice."""
    return "Try again at once" if by < today else f"Try again by {day_label(by, today)}"


def ago(on: date, today: date) -> str:
    """A past date with its distance: "Thu 29 Oct, 25 days ago"."""
    past = (today - on).days
    distance = "today" if past == 0 else f"{days(past)} ago"
    return f"{day_label(on, today)}, {distance}"


def london_moment(at: datetime) -> str:
    """An instant on a London clock: "23 Nov 2026, 08:10"."""
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%b %Y, %H:%M}"


def machine_moment(at: datetime) -> str:
    """The same instant for the `datetime` attribute, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="minutes")


def time_left(until: datetime, now: datetime) -> tuple[str, str]:
    """How long there is still, or since when it is past, and the state that colours it."""
    seconds = int((until - now).total_seconds())
    if seconds < 0:
        return f"Past by {_length(-seconds)}", "overdue"
    return f"{_length(seconds)} left", "today" if seconds < 24 * 3600 else "ahead"


def _length(seconds: int) -> str:
    """A length of time by its largest unit, and hours with their minutes: "2 h 5 min"."""
    minutes, hours = seconds // 60, seconds // 3600
    if hours >= 48:
        return days(hours // 24)
    if hours >= 10 or (hours and not minutes % 60):
        return f"{hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def risk_words(level: str | None) -> str:
    return RISK_WORDS.get(level or "", NOT_ASSESSED)


def risk_bars(level: str | None) -> int:
    """How many of the four bars stand for the level; none when it was not assessed."""
    return [*RISK_WORDS].index(level) + 1 if level in RISK_WORDS else 0


#: What registers a person (SOA 2003 s.82(1)), as a sentence begins.
DISPOSALS = {
    "life_or_ipp_or_30m_plus": "Imprisonment for life, for public protection, or 30 months or more",
    "order_for_lifelong_restriction": "Order for lifelong restriction",
    "hospital_with_restriction_order": "Hospital with a restriction order",
    "imprisonment_over_6m_under_30m": "Imprisonment over 6 months, under 30 months",
    "imprisonment_6m_or_less": "Imprisonment of 6 months or less",
    "hospital_without_restriction_order": "Hospital without a restriction order",
    "caution": "Caution",
    "conditional_discharge": "Conditional discharge",
    "any_other": "Any other disposal",
}


def registration_words(registration: Registration, ended_on: date | None) -> str:
    """How long a person is registered, in one line."""
    if ended_on is not None:
        return f"Registration ended {long_day(ended_on)}"
    if registration.has_ended and registration.over_on is not None:
        return f"Period ended {long_day(registration.over_on)}: two officers must end it"
    if registration.held_by is not None:
        order = str(Order.Kind(registration.held_by.kind).label)
        last = registration.over_on
        until = f"until {long_day(last)}" if last else "until further order"
        return f"Held by {order[0].lower()}{order[1:]} {until}"
    if registration.ends_on is None:
        return "Registered indefinitely"
    return f"Registered until {long_day(registration.ends_on)}"


def registration_reason(code: str, values: Sequence[Any]) -> str:
    """One step of the working, by its code and values (`offenders.registration`)."""
    if code == "no_basis":
        return "No conviction, caution or order that registers this person is recorded."
    if code == "held_by":
        kind, made_on, ends_on = values
        until = f"until {long_day(ends_on)}" if ends_on else "until further order"
        return (
            f"{Order.Kind(kind).label} of {long_day(made_on)} holds the person on the register "
            f"{until} (SOA 2003 s.103G)."
        )
    disposal, relevant_date, last_day = values
    what = DISPOSALS.get(disposal, disposal.replace("_", " ").capitalize())
    ends = f"ends {long_day(last_day)}" if last_day else "has no end"
    halved = ", halved because they were under 18" if code == "under_18" else ""
    return f"{what}, from {long_day(relevant_date)}: the period{halved} {ends} (s.82)."


#: What starts each clock, after "within" or "every"; other rules are named by their trigger.
TRIGGERS = {
    "last_effective_visit": "the last effective visit",
    "registration_or_release": "registration or release",
    "release_or_return": "release or return",
    "released_from_custody_or_hospital": "release",
    "direction_given": "a direction to visit sooner",
    "rmp_agreed": "the agreed risk management plan",
    "last_arms_signed_off": "the last assessment",
    "initial_notification_or_release": "registration or release",
    "last_supervisor_review": "the last supervisor review, or taking the person over",
    "transfer_offered": "the offer",
    "sample_drawn": "the draw of the sample",
    "level_raised": "the raised level",
    "last_notification_s83_84_85": "the last notification",
    "relevant_date": "the relevant date",
    "registration_ends": "the end of registration",
    "expected_release": "the expected release",
    "last_release_check": "the last check",
    "missing_person_located": "the person being located",
    "last_rmp_review": "the last review of the plan",
    "assessment_endorsed": "an endorsed assessment",
    "plan_agreed": "the agreed plan",
    "returned_to_active_management": "the return to active management",
    "whereabouts_unknown": "the report",
    "last_missing_review": "the last enquiry",
    "not_resident_attempt": "the visit",
    "missing_reported": "the report",
    "death_reported": "the report",
    "entry_failed_often_enough": "entry having failed often enough",
}
COUNTED = {"beginning_with": "beginning with", "after": "after", "before": "before"}


#: How well the source of a rule or figure is known, by the mark that stands after it.
EVIDENCE = {
    "V": "the text of the source was seen",
    "P": "seen in part, or corroborated",
    "M": "from memory, not verified",
    "D": "our default or a force's own decision: force policy decides",
}


def rule_period(rule: Rule) -> str:
    """How long a rule counts: "4 months", "2 times"."""
    if isinstance(rule.period, Period):
        return rule.period.words
    return f"{rule.period} times" if rule.period else "As decided"


def rule_words(rule: Rule) -> str:
    """Why something is due when it is: "3 months after the last effective visit"."""
    trigger = TRIGGERS.get(rule.trigger, rule.trigger.replace("_", " "))
    if not isinstance(rule.period, Period):
        return trigger[0].upper() + trigger[1:]
    number, unit = rule.period.words.split(" ")
    length = f"{number} working {unit}" if rule.days == "working" else rule.period.words
    return f"{length} {COUNTED.get(rule.count, 'from')} {trigger}"


#: What an officer is told, without the names that stand beside it.
ALERTS = {
    "visit_by_colleague": "A colleague recorded the visit of {day}",
    "people_received": "{several} given to you",
    "people_left": "{several} of yours given to someone else",
    "work_handed_over": "Work on {several} came to you from an officer who may not go on",
    "vetting_ends": "Vetting ends after {day}. Renew it before then, or open work goes to the "
    "supervisor",
    "officer_absent": "An officer is away from {day}",
    "cover_given": "You cover for an officer from {day}. Their work is in your list meanwhile",
    "absent_no_cover": "An officer is away from {day}, nobody covers, and their work falls due",
    "delegation_given": "Decisions are delegated to you from {day}",
    "delegation_made": "Your decisions are delegated from {day}",
    "delegation_ended": "A delegation ended early on {day}",
    "transfer_offered": "{several} offered to your team: nobody moves until it is decided",
    "transfer_accepted": "{several} whom you offered were accepted",
    "transfer_declined": "{several} whom you offered were declined; the offer says why",
    "transfer_waiting": "An offer of {day} to another team is still not decided",
    "lone_visit_overdue": "An officer out alone is not back in time. Ring them now",
    "step_overdue": "{task}: due on {day} and not done",
    "rules_proposed": "A change of the rules from {day} on waits for the approval of another "
    "inspector.",
    "delivery_held": "A delivery of indicators was held on {day}. Nothing of it is received before "
    "you settle it",
    "indicator_late": "An indicator of online risk was to be triaged by {day} and is not",
    "indicator_tasked": "An indicator for named officers alone was given to you on {day}. What is "
    "asked of you stands there",
    "indicator_retracted": "Its source took back an indicator about somebody on {day}. Work that "
    "came of it goes on",
    "indicator_asked_back": "Its source takes back an indicator since {day}. It waits for an "
    "officer all the same",
    "few_named": "Too few of the officers named for a restricted indicator can open it. Name "
    "another",
    "work_returned": "Something you wrote was returned. The reason stands with the task",
    "training_ends": "A training ends after {day}. Without a refresher, nobody assesses with it",
    "active_again": "Reactive management ended on {day}: a visit is owed",
    "people_unmanaged": "{several} of a team without an offender manager. Give them to an officer",
}


#: What is told instead where a reassignment was undone.
UNDONE = {
    "people_received": "A reassignment was undone: {several} came back to you",
    "people_left": "A reassignment was undone: {several} went back from you to whoever had them",
}


def alert_words(
    about: str, people: int | None, day: str, task: str, *, is_of_undo: bool = False
) -> str:
    """What an officer is told: one of ALERTS with its day, and how many people it is about.

    `task`: what lists call the work that it is about; empty where the reader may not see it.
    """
    several = count_words(people or 1, "person", "people")
    said = UNDONE[about] if is_of_undo else ALERTS[about]
    return said.format(several=several, day=day, task=task or "Work")


def standing_words(status: str, mode: str) -> str:
    """Where a person is and how they are managed; empty for the usual."""
    parts = [] if status in ("", Status.COMMUNITY) else [str(Status(status).label)]
    if mode == ManagementMode.REACTIVE:
        parts.append(str(ManagementMode.REACTIVE.label))
    return " · ".join(parts)


def mappa_words(category: int | None, level: int | None) -> str:
    """ "MAPPA category 1, level 2"; empty where neither is recorded."""
    known = [("category", category), ("level", level)]
    said = ", ".join(f"{name} {number}" for name, number in known if number is not None)
    return f"MAPPA {said}" if said else ""


def kind_words(kind: str | None) -> str:
    """What is owed, in a few words; empty for nothing."""
    return str(Kind(kind).label) if kind else ""


def age(born_on: date, today: date) -> int:
    """Completed years on `today`."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def count_words(count: int, one: str, many: str) -> str:
    """A number with its noun: "1 person", "4 people"."""
    return f"{count} {one if count == 1 else many}"


#: Items of a static score by code (`risk.static_scores`).
SCORE_ITEMS = {
    "contact_adult": "Sanctions for contact sexual offences against adults",
    "contact_child": "Sanctions for contact sexual offences against children",
    "non_contact": "Sanctions for sexual offences without contact",
    "images": "Sanctions for indecent images of children or indirect contact",
    "age_at_follow_up": "Age when they began to live in the community",
    "age_at_last_sanction": "Age at the last sanction for a sexual offence",
    "total_sanctions": "Sanctions for all offences",
    "stranger_victim": "A victim of the current offence was a stranger",
    "other_sexual": "Sanctions for other sexual offences",
}
#: What is put into one, by name.
SCORE_INPUTS = SCORE_ITEMS | {
    "follow_up_on": "When they began to live in the community",
    "last_sexual_sanction_on": "When the last sanction for a sexual offence was",
}
#: RM2000/s numbers its bands.
RM2000S_BANDS = {"low": "I", "medium": "II", "high": "III", "very_high": "IV"}


def score_band(tool: str, band: str) -> str:
    """A band of a static score: "High"; of RM2000/s "III, high"."""
    if tool == "rm2000s":
        return f"{RM2000S_BANDS[band]}, {risk_words(band).lower()}"
    return risk_words(band)


def score_value(code: str, value: int | None) -> str:
    """The figure of one item of a static score."""
    if value is None:
        return "Not known: the fewest points"
    return ("No", "Yes")[bool(value)] if code == "stranger_victim" else str(value)


def points_words(points: Decimal) -> str:
    """Points of a caseload, to a tenth at most, halves up: "95.4", "80"."""
    return f"{points.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}".removesuffix(".0")


def percent_words(percent: Decimal) -> str:
    """A likelihood with two decimals, halves up: "1.54 %"."""
    return f"{percent.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)} %"
