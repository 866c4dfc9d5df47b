"""People: the list, the search, one person, and where they live."""

from uuid import UUID

import orjson
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api import person, reading
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import addresses, people
from api.shapes import person as person_shapes
from api.shapes.as_known import AsKnownQuery
from offenders.errors import Invalid, RuleBroken
from workflows.actions import people as actions
from workflows.actions.registering import register_person
from workflows.errors import NotVisible
from workflows.queries.people import MOST_FOUND, Wanted, people_page, search
from workflows.queries.person import visible
from workflows.queries.standing import as_known
from workflows.queries.transfers import offered_to
from workflows.steps import search as finding
from workflows.steps.registering import RegisterPerson


class OffenderList(Endpoint):
    """People whom the caller may see, oldest record first."""

    action = Action.OFFENDER_VIEW
    operation_id = "list_offenders"
    query_shape = people.OffenderQuery
    answer_shape = people.OffenderList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        [after] = cursor.read(given) if given else [0]
        page = people_page(
            actor=self.by,
            wanted=Wanted(**self.asked),
            today=timezone.localdate(),
            after=after,
            limit=limit,
        )
        for found in page.rows:
            self.need_reason(team_id=found.team_id)
        ids = [str(found.public_id) for found in page.rows]
        self.consult(ids=ids, row_count=len(ids), filters=self.asked)
        offered = offered_to(self.by, [found.public_id for found in page.rows])
        rows = [
            people.listed(found, self.grant.redaction, offered.get(found.public_id))
            for found in page.rows
        ]
        return self.show({"results": rows} | cursor.links(page.next, limit))


class SearchOffenders(Endpoint):
    """Find people. In a POST, because names do not belong in addresses; it changes nothing."""

    action = Action.OFFENDER_SEARCH
    operation_id = "search_offenders"
    body_shape = finding.SearchOffenders
    answer_shape = people.FoundOffenders

    def post(self, request: Request) -> HttpResponseBase:
        values = reading.body(request, finding.SearchOffenders)
        found = search(actor=self.by, **values)
        shown = found[:MOST_FOUND]
        for one in shown:
            self.need_reason(team_id=one.team_id)
        ids = [str(one.public_id) for one in shown]
        self.consult(ids=ids, row_count=len(ids), filters=values)
        more = len(found) > MOST_FOUND
        rows = [people.row(one, self.grant.redaction) for one in shown]
        return self.show({"results": rows, "more": more})


class RegisterOffender(WritingEndpoint):
    """Register somebody new. What is owed to them is opened at once, as by an extract.

    An identifier that somebody has already is refused; the same name and date of birth until
    `is_another_person` is said.
    """

    action = Action.OFFENDER_REGISTER
    operation_id = "register_offender"
    body_shape = RegisterPerson
    body_names_records = True
    answer_shape = people.OffenderChanged
    answer_status = 201

    def post(self, request: Request) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            found = register_person(by=self.by, **values)
            return Answer(people.changed(found), status=201)

        try:
            return self.write(run)
        except (Invalid, RuleBroken):
            # The refusal may say that somebody is on record, of whom the caller knew nothing.
            self.consult()
            raise

    def seen_again(self, reply: Reply) -> int | None:
        """Whom it registered. Raises NotVisible where the caller sees them no more."""
        return visible(self.by, UUID(orjson.loads(reply.body)["id"])).pk


class OffenderDetail(Endpoint):
    """One person: registration with its reasoning, what is owed and why, recent visits.

    Never an address: that is looked at by itself. With `as_of` or `known_at` also what was owed
    then; everything else is as it is now.
    """

    action = Action.OFFENDER_VIEW
    noun = "offender"
    has_version = True
    operation_id = "get_offender"
    query_shape = AsKnownQuery
    answer_shape = person_shapes.OffenderAnswer

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        seen = person.with_card().permitted(self.by, self.action)
        found = seen.filter(public_id=offender).first()
        if found is None:
            raise NotVisible
        self.need_reason(team_id=found.team_id)
        then = as_known(**self.asked)
        self.consult(offender_id=found.pk, filters=self.asked or None)
        shown = person.detail(
            self.by, found, self.grant.redaction, then=then if self.asked else None
        )
        return self.show(shown, version=found.version)


class RevealAddresses(Endpoint):
    """The addresses of one person. The action records the look before it answers."""

    action = Action.ADDRESS_REVEAL
    noun = "offender"
    operation_id = "reveal_addresses"
    answer_shape = addresses.AddressesAnswer

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        revealed = actions.reveal_address(by=self.by, offender=offender, reason=self.reason)
        return self.show({"results": [addresses.address(one) for one in revealed]})
