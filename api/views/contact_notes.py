"""A contact with a person that is not a visit."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Answer
from api.shapes import contact_notes
from api.views.about_offender import AboutOffender
from workflows.actions import people as actions
from workflows.steps import notes


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
