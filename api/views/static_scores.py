"""Static scores of one person: reading, reckoning, keeping, voiding."""

from functools import partial
from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api import reading
from api.endpoint import Answer, Endpoint
from api.pagination import Cursor
from api.shapes import rescoring as trials
from api.shapes import static_scores as shapes
from api.views.about_offender import AboutOffender
from api.views.records import OfPerson
from workflows.actions import static_scores as actions
from workflows.queries import person as people
from workflows.queries import static_scores as reads
from workflows.rescoring import rescoring
from workflows.scoring import inputs_of, scores_of
from workflows.steps import static_scores as forms


class StaticScoresOfPerson(OfPerson):
    """Every static score of one person, newest first, the void ones among them.

    With the four axes as they stand: static band, assessment priority, risk of serious harm and
    management level. None of them follows from another.
    """

    operation_id = "list_static_scores"
    answer_shape = shapes.StaticScoreList

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        keys = cursor.read(given) if given else None
        after = keys and (reading.day(keys[0]), keys[1])
        page = reads.scores_page(found, after=after, limit=limit)
        axes = reads.axes(found, reads.standing_scores(found))
        ids = [str(row.public_id) for row in page.rows]
        self.consult(offender_id=found.pk, ids=ids, row_count=len(ids))
        rows = map(partial(shapes.listed, shows_text=self.shows_text), page.rows)
        shown = {"axes": shapes.axes(axes), "results": list(rows)}
        return self.show(shown | cursor.links(page.next, limit))


class PreviewScores(Endpoint):
    """What a calculation would say. A POST for its body; it keeps nothing."""

    action = Action.STATIC_SCORE_CALCULATE
    noun = "offender"
    operation_id = "preview_static_scores"
    body_shape = forms.CalculateScores
    answer_shape = shapes.CalculationsAnswer
    obeys_rules = True

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        typed = reading.body(request, forms.CalculateScores)
        found = people.visible(self.by, offender, self.action)
        today = timezone.localdate()
        tools = typed.pop("tools")
        # Before it is reckoned: a refusal says of the person as much as a score does.
        self.consult(offender_id=found.pk)
        scores = scores_of(tools, inputs_of(found, typed, today), today)
        return self.show({"results": [shapes.calculation(one) for one in scores]})


class CalculateScores(AboutOffender):
    """Calculate static scores and keep them. They move no level and no due date."""

    action = Action.STATIC_SCORE_CALCULATE
    operation_id = "calculate_static_scores"
    body_shape = forms.CalculateScores
    answer_shape = shapes.StaticScoresKept
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            kept = actions.calculate_scores(by=self.by, offender=offender, **values)
            return Answer({"results": [shapes.score(one) for one in kept]}, status=201)

        return self.write(run)


class RecordOfficialScore(AboutOffender):
    """Keep an official value as it was given. It is preferred to one that was calculated here."""

    action = Action.STATIC_SCORE_RECORD_OFFICIAL
    operation_id = "record_official_score"
    body_shape = forms.RecordOfficialScore
    answer_shape = shapes.StaticScoreAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            kept = actions.record_official_score(by=self.by, offender=offender, **values)
            return Answer(shapes.score(kept), status=201)

        return self.write(run)

    def seen_again(self, reply: Reply) -> int | None:
        return people.written_about(self.by, self.kwargs["offender"], self.action).pk


class VoidScore(AboutOffender):
    """Void a score that was entered wrongly. It is kept, and the one before it stands again."""

    action = Action.STATIC_SCORE_VOID
    operation_id = "void_static_score"
    body_shape = shapes.VoidScore
    answer_shape = shapes.StaticScoreAnswer

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            return Answer(shapes.score(actions.void_score(by=self.by, offender=offender, **values)))

        return self.write(run)


class TryTables(Endpoint):
    """What other tables would make of the scores that stand. A POST for its body; a dry run.

    Each score is reckoned again from what was put into it and for its own day. Nothing is saved.
    Whose registration has ended is left out; whom the caller may not see counts in `bands` alone.
    """

    action = Action.STATIC_SCORE_TRY
    operation_id = "try_static_score_tables"
    body_shape = trials.TryTables
    answer_shape = trials.RescoringAnswer

    def post(self, request: Request) -> HttpResponseBase:
        asked = reading.body(request, trials.TryTables)
        limit = asked.pop("limit")
        trial = rescoring(actor=self.by, **asked)
        named, left_out = trial.named(limit)
        ids = [str(change.person) for change in named]
        self.consult(ids=ids, row_count=len(named), filters=asked)
        return self.show(trials.trial(trial, named, left_out))
