"""What officers decide about one indicator, each on a page of its own; and one about a person."""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant, needs_reason
from risk.models import Indicator
from ui.views import indicator_parts as parts
from ui.views.indicators import after, to_inbox
from ui.views.page import page
from ui.views.person_form import PersonForm
from ui.views.subject_form import Look, SubjectForm
from workflows.actions import naming
from workflows.actions.indicators import matching, recording, restricting
from workflows.actions.indicators.retracting import retract
from workflows.errors import NotVisible
from workflows.queries import indicators as reads
from workflows.queries import person as people
from workflows.queries.named import to_name
from workflows.queries.triage import may_open
from workflows.steps import indicators as steps


class Seen(NamedTuple):
    """An indicator, and who looks at it."""

    by: Actor
    indicator: Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorForm(SubjectForm[Seen]):
    """What one such page is; back on the indicator's page once it is sent."""

    keyword: ClassVar[str] = "indicator"
    template: str = "indicator_form.html"
    icon: str = "indicator"

    def find(self, by: Actor, key: UUID) -> Seen:
        return Seen(by, reads.visible(by, key))

    def look(self, found: Seen) -> Look:
        one = found.indicator
        return Look(one.offender_id, f"indicator:{one.public_id}")

    def surrounds(self, by: Actor, found: Seen) -> dict[str, Any]:
        one = found.indicator
        url = reverse("ui:indicator", args=[one.public_id])
        head = parts.head(one, timezone.now())
        if one.offender is not None and _asks_why(by, one.offender.team_id):
            head["person"] = {"reference": one.offender.source_ref}
        return {
            "section": "indicators",
            "trail": [*to_inbox(), {"label": one.code, "url": url}],
            "one": head,
            "version": None,
            "back": {"url": url, "label": "Back to the indicator"},
        }

    def after(self, by: Actor, key: UUID) -> HttpResponse:
        """The indicator's page, where the officer sees it still."""
        return after(by, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm(IndicatorForm):
    """The page on which an officer is named: nothing of it is shown to who may not open it."""

    def find(self, by: Actor, key: UUID) -> Seen:
        return Seen(by, to_name(by, key))

    def surrounds(self, by: Actor, found: Seen) -> dict[str, Any]:
        if may_open(by, found.indicator):
            # The slots of a dataclass are a class of their own: super() would not find it.
            return IndicatorForm.surrounds(self, by, found)
        return {
            "section": "indicators",
            "trail": to_inbox(),
            "one": None,
            "version": None,
            "back": {"url": reverse("ui:alerts"), "label": "Back to the alerts"},
        }


def _asks_why(by: Actor, team_id: int) -> bool:
    permission = grant(by, Action.INDICATOR_VIEW)
    return permission is None or needs_reason(by, permission, team_id=team_id)


def _candidate(found: Seen, offender: UUID) -> str:
    """Who the decision is about, and why they were suggested. Raises NotVisible."""
    people.visible(found.by, offender, Action.INDICATOR_VIEW)
    for match in reads.candidates_of(found.by, found.indicator):
        if match.offender.public_id == offender:
            person = match.offender
            named = f"{person.source_ref} {person.surname.upper()}, {person.forename[:1]}."
            return f"{named} {parts.reasons_words(match)}"
    raise NotVisible


MATCH = IndicatorForm(
    route="match-indicator",
    shape=steps.MatchReason,
    action=Action.INDICATOR_MATCH,
    act=matching.confirm_match,
    title="It is this person",
    hint="It waits for its triage then, and counts for this person. It changes no level.",
    submit="Confirm the match",
    said="Matched. It waits for its triage.",
    besides=_candidate,
)
REJECT = IndicatorForm(
    route="reject-match",
    shape=steps.MatchReason,
    action=Action.INDICATOR_MATCH,
    act=matching.reject_match,
    title="Not this person",
    hint="It is remembered, and said when the same source names them again.",
    submit="Say it is not this person",
    said="Saved: it is not this person.",
    besides=_candidate,
)
BY_REFERENCE = IndicatorForm(
    route="match-by-reference",
    shape=steps.MatchByReference,
    action=Action.INDICATOR_MATCH,
    act=recording.match_by_reference,
    title="Match with somebody else",
    hint="Somebody whom nothing had suggested. Say why it is them.",
    submit="Confirm the match",
    said="Matched. It waits for its triage.",
)
UNMATCH = IndicatorForm(
    route="unmatch-indicator",
    shape=steps.TakeBack,
    action=Action.INDICATOR_UNMATCH,
    act=matching.unmatch,
    title="Take the match back",
    hint="Nobody is confirmed then, and it counts for nobody. Who decided what stays on record.",
    submit="Take the match back",
    said="Nobody is confirmed for it now.",
)
UNDO_MERGE = IndicatorForm(
    route="undo-merge",
    shape=steps.TakeBack,
    action=Action.INDICATOR_UNMATCH,
    act=matching.undo_merge,
    title="Undo the merge",
    hint="It stands for itself again, and waits until somebody says whom it is about.",
    submit="Undo the merge",
    said="It stands for itself again.",
)
RESTRICT = IndicatorForm(
    route="restrict-indicator",
    shape=steps.RestrictByNumber,
    action=Action.INDICATOR_RESTRICT,
    act=naming.restrict_by_staff_number,
    title="Restrict it",
    hint="Only the officers you name, and you, see it then. Its points count for everyone, without "
    "what it is.",
    submit="Restrict",
    said="Restricted to the officers you named.",
)
SECRET = IndicatorForm(
    route="keep-indicator-secret",
    shape=steps.KeepSecretByNumber,
    action=Action.INDICATOR_KEEP_SECRET,
    act=naming.keep_secret_by_staff_number,
    title="Keep it secret",
    hint="Nobody but named officers learns that it exists, and it counts in nobody else's list. So "
    "a supervisor is given it by name, and told.",
    submit="Keep it secret",
    said="Kept secret. The supervisor is told.",
)
NAME = NameForm(
    route="name-indicator-user",
    shape=steps.NameByNumber,
    action=Action.INDICATOR_RESTRICT,
    act=naming.name_by_staff_number,
    title="Name an officer",
    submit="Name the officer",
    said="They may see it now.",
)


def _named(found: Seen, user: UUID) -> str:
    """Who is named no more then. Raises NotVisible."""
    named = reads.named_users(found.indicator)
    one = next((each for each in named if each.public_id == user), None)
    if one is None:
        raise NotVisible
    return f"{one.display_name}, {one.staff_number}"


UNNAME = NameForm(
    route="unname-indicator-user",
    shape=steps.TakeBack,
    action=Action.INDICATOR_RESTRICT,
    act=restricting.unname_user,
    title="Name an officer no more",
    hint="Two officers in service are named always, one of them a supervisor or an inspector.",
    submit="Un-name the officer",
    said="They see it no more.",
    besides=_named,
)
LIFT = IndicatorForm(
    route="lift-indicator-restriction",
    shape=steps.TakeBack,
    action=Action.INDICATOR_RESTRICT,
    act=restricting.lift_restriction,
    title="Lift the restriction",
    hint="Whoever may see the person sees it then.",
    submit="Lift the restriction",
    said="It is open to whoever may see the person.",
)
RETRACT = IndicatorForm(
    route="retract-indicator",
    shape=steps.TakeBack,
    action=Action.INDICATOR_RETRACT,
    act=retract,
    title="Take the indicator back",
    hint="For one that was written down wrongly. It is kept, with why, and counts no more. Work "
    "that came of it goes on.",
    submit="Take it back",
    said="The indicator is taken back.",
)
RECORD = PersonForm(
    route="record-indicator",
    shape=steps.RecordAbout,
    action=Action.INDICATOR_MATCH,
    act=recording.record_about,
    title="Record an indicator",
    hint="It is matched with this person at once and waits for its triage. Say what was seen, "
    "never more than it takes, and hold nothing back that counts the other way.",
    submit="Save indicator",
    said="Indicator saved. It waits for its triage.",
    icon="indicator",
)


@page(MATCH.action, "GET", "HEAD", "POST")
def match(request: HttpRequest, by: Actor, indicator: UUID, offender: UUID) -> HttpResponse:
    """Saying that it is about a person who was suggested."""
    return MATCH.answer(request, by, indicator, offender=offender)


@page(REJECT.action, "GET", "HEAD", "POST")
def reject(request: HttpRequest, by: Actor, indicator: UUID, offender: UUID) -> HttpResponse:
    """Saying that it is not about a person who was suggested."""
    return REJECT.answer(request, by, indicator, offender=offender)


@page(BY_REFERENCE.action, "GET", "HEAD", "POST")
def match_by_reference(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Saying that it is about somebody whom nothing had suggested."""
    return BY_REFERENCE.answer(request, by, indicator)


@page(UNMATCH.action, "GET", "HEAD", "POST")
def unmatch(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Taking back whom it is about."""
    return UNMATCH.answer(request, by, indicator)


@page(UNDO_MERGE.action, "GET", "HEAD", "POST")
def undo_merge(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Letting one that was merged stand for itself again."""
    return UNDO_MERGE.answer(request, by, indicator)


@page(RECORD.action, "GET", "HEAD", "POST")
def record_about(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Writing down one that is about a person who is known."""
    return RECORD.answer(request, by, person)


@page(RESTRICT.action, "GET", "HEAD", "POST")
def restrict(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Leaving it to named officers."""
    return RESTRICT.answer(request, by, indicator)


@page(SECRET.action, "GET", "HEAD", "POST")
def keep_secret(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Having nobody but named officers know of it."""
    return SECRET.answer(request, by, indicator)


@page(NAME.action, "GET", "HEAD", "POST")
def name_user(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Letting another officer see it."""
    return NAME.answer(request, by, indicator)


@page(UNNAME.action, "GET", "HEAD", "POST")
def unname_user(request: HttpRequest, by: Actor, indicator: UUID, user: UUID) -> HttpResponse:
    """Letting an officer see it no more."""
    return UNNAME.answer(request, by, indicator, user=user)


@page(LIFT.action, "GET", "HEAD", "POST")
def lift(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Opening a restricted one."""
    return LIFT.answer(request, by, indicator)


@page(RETRACT.action, "GET", "HEAD", "POST")
def take_back(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """Taking one back that was written down wrongly."""
    return RETRACT.answer(request, by, indicator)
