"""People: lists, search, one person, and every change to one that is no step of a task."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api import person, reading
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import addresses, assessments, case_actions, conflicts, contact_notes, people
from api.shapes import offenders as shapes
from api.shapes import person as person_shapes
from api.shapes.as_known import AsKnownQuery
from offenders.models import Offender
from workflows.actions import holdings
from workflows.actions import people as actions
from workflows.actions.case_actions import raise_action
from workflows.actions.changes import record_change
from workflows.actions.voiding import void_visit
from workflows.errors import NotVisible
from workflows.queries import person as reads
from workflows.queries.people import MOST_FOUND, Wanted, people_page, search
from workflows.queries.standing import as_known
from workflows.queries.transfers import offered_to
from workflows.steps import case_action, change, managing, notes
from workflows.steps import holdings as holding_forms
from workflows.steps import search as finding


class OffenderList(Endpoint):
    """People whom the caller may see, oldest record first."""

    action = Action.OFFENDER_VIEW
    operation_id = "list_offenders"
    query_shape = shapes.OffenderQuery
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
        shown = person.detail(found, self.grant.redaction, then=then if self.asked else None)
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


class AboutOffender(WritingEndpoint):
    """Anything written about one person."""

    noun = "offender"

    def seen_again(self, reply: Reply) -> int | None:
        return reads.visible(self.by, self.kwargs["offender"]).pk


class OffenderWriting(AboutOffender):
    """A change to one person: `perform` is the action, the body is what it takes."""

    has_version = True
    answer_shape = people.OffenderChanged
    perform: Callable[..., Any]

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        given = self.sent() | {"by": self.by, "offender": offender, "version": self.version}

        def run() -> Answer:
            type(self).perform(**given)
            found = Offender.objects.get(public_id=offender)
            return Answer(people.changed(found), version=found.version)

        return self.write(run)


class ChangeStatus(OffenderWriting):
    """Say where the person is from a day on: what is owed is worked out again."""

    action = Action.STATUS_CHANGE
    operation_id = "change_status"
    body_shape = shapes.ChangeStatus
    perform = staticmethod(actions.change_status)


class ChangeLevel(OffenderWriting):
    """Raise the management level: due dates move at once. Only an endorsed assessment lowers it."""

    action = Action.LEVEL_CHANGE
    operation_id = "change_level"
    body_shape = managing.ChangeLevel
    perform = staticmethod(actions.change_level)


class ChangeMode(OffenderWriting):
    """Decide on active or reactive management, as an inspector."""

    action = Action.MODE_CHANGE
    operation_id = "change_mode"
    body_shape = shapes.ChangeMode
    perform = staticmethod(actions.change_mode)


class VoidVisit(OffenderWriting):
    """Void a wrong visit. It is kept, and what is owed is worked out again without it."""

    action = Action.VISIT_VOID
    operation_id = "void_visit"
    body_shape = shapes.VoidVisit
    perform = staticmethod(void_visit)


class BringVisitForward(OffenderWriting):
    """Direct that the next visit is made sooner."""

    action = Action.VISIT_BRING_FORWARD
    operation_id = "bring_visit_forward"
    body_shape = managing.BringVisitForward
    perform = staticmethod(actions.bring_visit_forward)


class AddContactNote(AboutOffender):
    """Note a contact that is not a visit. It never resets a clock."""

    action = Action.CONTACT_NOTE_ADD
    operation_id = "add_contact_note"
    body_shape = notes.AddContactNote
    answer_shape = contact_notes.ContactNoteAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            note = actions.add_contact_note(by=self.by, offender=offender, **values)
            return Answer(contact_notes.contact_note(note), status=201)

        return self.write(run)


class DeclareConflict(AboutOffender):
    """Declare that an officer has a tie with the person: from now on they see nothing of them."""

    action = Action.CONFLICT_DECLARE
    has_version = True
    operation_id = "declare_conflict"
    body_shape = shapes.DeclareConflict
    answer_shape = conflicts.ConflictAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values, version = self.sent(), self.version

        def run() -> Answer:
            made = actions.declare_conflict(
                by=self.by, offender=offender, version=version, **values
            )
            now = Offender.objects.get(pk=made.offender_id).version
            return Answer({"user": values["user"]}, status=201, version=now)

        return self.write(run)


class RaiseAction(AboutOffender):
    """Raise an action: a task with a day, for the offender manager or a named officer."""

    action = Action.CASE_ACTION_RAISE
    has_version = True
    operation_id = "raise_case_action"
    body_shape = case_action.RaiseAction
    answer_shape = case_actions.CaseActionAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values, version = self.sent(), self.version

        def run() -> Answer:
            made = raise_action(by=self.by, offender=offender, version=version, **values)
            now = Offender.objects.get(pk=made.offender_id).version
            return Answer(case_actions.case_action(made), status=201, version=now)

        return self.write(run)


class RecordChange(AboutOffender):
    """Record a significant change: a reassessment is due soon after it."""

    action = Action.CHANGE_RECORD
    has_version = True
    operation_id = "record_change"
    body_shape = change.RecordChange
    answer_shape = assessments.ChangeAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values, version = self.sent(), self.version

        def run() -> Answer:
            made = record_change(by=self.by, offender=offender, version=version, **values)
            now = Offender.objects.get(pk=made.offender_id).version
            return Answer(assessments.change(made), status=201, version=now)

        return self.write(run)


class AddCondition(OffenderWriting):
    """Write down one condition of an order: it is gone through by itself at every visit."""

    action = Action.ORDER_CONDITION_ADD
    operation_id = "add_condition"
    body_shape = holding_forms.AddCondition
    perform = staticmethod(holdings.add_condition)


class AddDevice(OffenderWriting):
    """Write down a device as declared or found."""

    action = Action.DEVICE_ADD
    operation_id = "add_device"
    body_shape = holding_forms.AddDevice
    perform = staticmethod(holdings.add_device)


class ChangeDevice(OffenderWriting):
    """Say what became of a device."""

    action = Action.DEVICE_CHANGE
    operation_id = "change_device"
    body_shape = shapes.ChangeHolding
    perform = staticmethod(holdings.change_device)


class AddAccount(OffenderWriting):
    """Write down an online account as declared or found. Never a bank account."""

    action = Action.ONLINE_ACCOUNT_ADD
    operation_id = "add_online_account"
    body_shape = holding_forms.AddAccount
    perform = staticmethod(holdings.add_account)


class ChangeAccount(OffenderWriting):
    """Say what became of an online account."""

    action = Action.ONLINE_ACCOUNT_CHANGE
    operation_id = "change_online_account"
    body_shape = shapes.ChangeHolding
    perform = staticmethod(holdings.change_account)
