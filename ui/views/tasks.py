"""My tasks: what to do next, and why. The state of the list is in its address."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, Reach, grant, shows_all
from audit.record import consult
from offenders.models import Offender
from ui import words
from ui.context import frame_of
from ui.views.away_parts import covered, of_absent
from ui.views.page import READ, marker_lines, page, show
from workflows.models import Kind, Visit
from workflows.queries import person as people
from workflows.queries.cursor import Cursor
from workflows.queries.deferrals import PutOff, put_off
from workflows.queries.inbox import Order, TaskRow, goes_on, tasks_page
from workflows.queries.task import texts_of
from workflows.queries.task_counts import TaskCounts

#: Rows of a page.
ROWS = 50
#: The tabs, each with its window of `workflows.queries.inbox`.
TABS: dict[str, tuple[str, str | None]] = {
    "all": ("All", None),
    "overdue": ("Overdue", "overdue"),
    "today": ("Due today", "due_today"),
    "week": ("Next 7 days", "next_7_days"),
}
#: Whose tasks: the filter's values and words.
WHOSE = {
    "mine": "Mine",
    "free": "Free in my team",
    "team": "All of my team",
    "put_off": "Put off in my team",
    "covering": "What I cover",
    "absent": "Of officers who are away",
}
#: Those that name a scope of `tasks_page`; the others are of the team.
SCOPES = ("mine", "covering", "absent")
OWN = ("mine", "covering")
ORDERS: dict[str, str] = {"priority": "Most urgent first", "due": "First due first"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. What it cannot mean is left at its default."""

    show: str
    whose: str
    kind: str
    order: Literal["priority", "due"]
    why: str
    after: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        def among(name: str, known: Mapping[str, Any], default: str) -> str:
            return query.get(name, "") if query.get(name, "") in known else default

        return cls(
            show=among("show", TABS, "all"),
            whose=among("whose", WHOSE, "mine"),
            kind=among("kind", dict(Kind.choices), ""),
            order="due" if query.get("order") == "due" else "priority",
            why=query.get("why", ""),
            after=query.get("after", ""),
        )

    def address(self, **changed: str) -> str:
        """This list with some of it changed. Defaults are left out, and so is the page."""
        kept = {"show": self.show, "whose": self.whose, "kind": self.kind, "order": self.order}
        defaults = {"show": "all", "whose": "mine", "kind": "", "order": "priority"}
        asked = {k: v for k, v in (kept | changed).items() if v and v != defaults.get(k)}
        return f"{reverse('ui:tasks')}?{urlencode(asked)}" if asked else reverse("ui:tasks")

    def filters(self) -> dict[str, Any]:
        """The same for `tasks_page`."""
        return {
            "scope": self.whose if self.whose in SCOPES else "team",
            "state": "free" if self.whose == "free" else None,
            "kind": self.kind or None,
            "window": TABS[self.show][1],
        } | ({"deferred": True} if self.whose == "put_off" else {})


@page(Action.TASK_VIEW, *READ)
def tasks(request: HttpRequest, by: Actor) -> HttpResponse:
    """The officer's own list, or what is free in the team, most urgent first."""
    today, asked = timezone.localdate(), Asked.of(request.GET)
    order = asked.order
    cursor = _cursor(asked, order)
    found = tasks_page(
        actor=by,
        today=today,
        order=order,
        after=_keys(cursor, asked.after, order),
        limit=ROWS,
        **asked.filters(),
    )
    why = put_off([task.key for task in found.rows]) if asked.whose == "put_off" else {}
    texts = texts_of(by, [task.key for task in found.rows if task.kind == Kind.CASE_ACTION])
    rows = [
        _row(task, asked, today, why.get(task.key))
        | covered(task, asked.whose in OWN, by)
        | {"text": texts.get(task.key, "")}
        for task in found.rows
    ]
    peek = _peek(by, found.rows, asked, today)
    consult(
        by=by,
        action=Action.TASK_VIEW,
        ids=[str(task.id) for task in found.rows],
        row_count=len(rows),
        filters={k: v for k, v in asked.filters().items() if v is not None},
    )
    later = asked.address(after=cursor.write(found.next)) if found.next else ""
    counts = frame_of(request).counts
    context = {
        "section": "tasks",
        "summary": f"{counts.mine} open · {counts.mine_overdue} overdue" if counts else "",
        "since": _free_in_team(counts, asked),
        "absent": of_absent(counts, by, asked.address(whose="absent", show="all", kind=""))
        if asked.whose == "mine"
        else None,
        "tabs": _tabs(asked, counts),
        "filters": _filters(asked, order, by),
        "kept": [("show", asked.show)] if asked.show != "all" else [],
        "tasks": rows,
        "peek": peek,
        "first_url": asked.address() if asked.after else "",
        "next_url": later,
        "next_due_on": None if rows else _next_due_on(by, asked, today),
    }
    return show(request, "tasks.html", context)


def _row(task: TaskRow, asked: Asked, today: dt.date, why: PutOff | None = None) -> dict[str, Any]:
    strongest = sorted(task.reasons, key=lambda part: -part.points)[:2]
    return {
        "public_id": task.id,
        "kind": task.kind,
        "kind_label": task.title,
        "reference": task.reference,
        "surname": task.surname,
        "initial": task.initial,
        "reasons": [words.reason_words(part.code, part.value) for part in strongest],
        "changed": _put_off(why, today) if why else _changed(task, today),
        "level": task.level,
        "due_on": task.due_on,
        "points": task.score,
        "critical": task.unactioned_critical,
        "why_url": f"{asked.address(why=str(task.id), after=asked.after)}#why",
        "person_id": task.person_id,
    }


def _changed(task: TaskRow, today: dt.date) -> str:
    if task.attempt_by:
        return words.try_again(task.attempt_by, today)
    if task.deferred_until and task.deferred_until > today:
        return f"Put off until {words.day_label(task.deferred_until, today)}"
    return ""


def _put_off(why: PutOff, today: dt.date) -> str:
    """Until when, by whom and why, for the supervisor who answers for it (PRACTICE 8)."""
    return f"Put off until {words.day_label(why.until, today)} by {why.by}: {why.reason}"


def _peek(by: Actor, rows: list[TaskRow], asked: Asked, today: dt.date) -> dict[str, Any] | None:
    """Why one of the rows stands where it does: the one asked for, else the first."""
    chosen = next((row for row in rows if str(row.id) == asked.why), rows[0] if rows else None)
    if chosen is None:
        return None
    seen = Offender.objects.permitted(by, Action.TASK_VIEW).filter(public_id=chosen.person_id)
    key = seen.values_list("pk", flat=True).first() or 0
    visits = people.last_visits_of([key]).get(key, [])
    shows_area = shows_all(by, Action.TASK_VIEW)
    home = next(iter(people.homes_of([key]).get(key, [])), None) if shows_area else None
    return _row(chosen, asked, today) | {
        "asked": bool(asked.why),
        "markers": marker_lines(people.markers_of([key]).get(key, [])),
        "contributions": [
            {
                "points": part.points,
                "words": words.reason_words(part.code, part.value),
                "share": round(100 * part.points / chosen.score) if chosen.score else 0,
            }
            for part in chosen.reasons
        ],
        "facts": [fact for fact in _facts(visits, chosen, today) if fact["words"]]
        + ([{"label": "Area", "words": home.postcode.split(" ")[0]}] if home else []),
    }


def _facts(visits: list[Visit], task: TaskRow, today: dt.date) -> list[dict[str, str]]:
    effective = (visit for visit in visits if visit.outcome == Visit.Outcome.EFFECTIVE)
    failed = (visit for visit in visits if visit.outcome != Visit.Outcome.EFFECTIVE)
    seen, tried = next(effective, None), next(failed, None)
    tried_words = ""
    if tried:
        outcome = Visit.Outcome(tried.outcome).label.lower()
        tried_words = f"{words.ago(tried.occurred_on, today)}: {outcome}"
    return [
        {"label": "Last seen", "words": words.ago(seen.occurred_on, today) if seen else ""},
        {"label": "Last attempt", "words": tried_words},
        {"label": "With", "words": task.owner or "Nobody yet"},
        {"label": "Team", "words": task.team},
    ]


def _tabs(asked: Asked, found: TaskCounts | None) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    if found is not None and asked.whose == "mine" and not asked.kind:
        counts = {"all": found.mine, "overdue": found.mine_overdue}
    return [
        {
            "label": label,
            "url": asked.address(show=name),
            "count": counts.get(name),
            "current": name == asked.show,
        }
        for name, (label, _) in TABS.items()
    ]


def _filters(asked: Asked, order: str, by: Actor) -> list[dict[str, Any]]:
    kinds = {"": "All kinds", **{str(kind): str(label) for kind, label in Kind.choices}}
    choices = (
        ("whose", "Whose", _whose(by), asked.whose),
        ("kind", "Kind", kinds, asked.kind),
        ("order", "Order", ORDERS, order),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "label": text, "chosen": value == chosen}
                for value, text in options.items()
            ],
        }
        for name, label, options, chosen in choices
    ]


def _whose(by: Actor) -> dict[str, str]:
    if _sees_force(by):
        return {name: label.replace("my team", "the force") for name, label in WHOSE.items()}
    return WHOSE


def _sees_force(by: Actor) -> bool:
    permission = grant(by, Action.TASK_VIEW)
    return permission is not None and permission.reach is Reach.FORCE


def _free_in_team(counts: TaskCounts | None, asked: Asked) -> dict[str, str] | None:
    """Work that waits for anyone of the team: endorsements and what nobody has taken."""
    if counts is None or not counts.team_free or asked.whose != "mine":
        return None
    said = words.count_words(counts.team_free, "task waits", "tasks wait")
    return {
        "words": f"{said} for anyone in your team.",
        "url": asked.address(whose="free", show="all", kind=""),
        "label": "Show them",
    }


def _next_due_on(by: Actor, asked: Asked, today: dt.date) -> dt.date | None:
    """When the list is empty: the day of the next task of the same kind and scope."""
    wanted = asked.filters() | {"window": None}
    found = tasks_page(actor=by, today=today, order="due", limit=1, **wanted)
    return found.rows[0].due_on if found.rows else None


def _cursor(asked: Asked, order: str) -> Cursor:
    """Of this list as it is shown: one of another tab, filter or order starts at the beginning."""
    shown = {"show": asked.show, "whose": asked.whose, "kind": asked.kind, "order": order}
    return Cursor(reverse("ui:tasks"), shown)


def _keys(cursor: Cursor, after: str, order: Order) -> tuple[Any, ...] | None:
    """The key that a page goes on after; the beginning for one of an order before this one, and for
    one of a day ago, after which no list goes on."""
    keys = cursor.read_or_begin(after)
    return keys if keys and goes_on(keys, order) else None
