"""Extracts from a force: sending one, following its job, and reading what was refused."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from accounts.errors import NotPermitted
from accounts.models import Force
from accounts.policy import Action
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.errors import TooLarge
from api.pagination import Cursor
from api.parsers import CSVParser
from api.shapes import import_jobs as shapes
from offenders.errors import Invalid
from workflows.actions import imports as actions
from workflows.errors import NotVisible
from workflows.models import ImportJob
from workflows.queries.refusals import refusals_page


def force_of(endpoint: Endpoint) -> Force:
    """The caller's force: an extract is of the force that sends it. Raises NotPermitted."""
    if endpoint.by.force_id is None:
        raise NotPermitted("The caller belongs to no force.")
    return Force.objects.get(pk=endpoint.by.force_id)


def visible(endpoint: Endpoint, job: UUID) -> ImportJob:
    """The job with that id, of the caller's force. Raises NotVisible, NotPermitted."""
    force = force_of(endpoint)
    actions.permit(endpoint.by, force)
    found = ImportJob.objects.filter(force=force, public_id=job).first()
    if found is None:
        raise NotVisible
    return found


class RequestImport(WritingEndpoint):
    """Send an extract, or a file of official scores.

    As the body in text/csv, or as the one file of multipart/form-data. It is read in the
    background: follow Location.
    """

    action = Action.OFFENDER_IMPORT
    operation_id = "request_import"
    parser_classes = [CSVParser, MultiPartParser]
    query_shape = shapes.ImportQuery
    body_media = ("text/csv", "multipart/form-data")
    answer_shape = shapes.ImportJobAnswer
    answer_status = 202

    def post(self, request: Request) -> HttpResponseBase:
        name, content = self._file(request)

        def run() -> Answer:
            job = actions.request_import(
                by=self.by,
                force=force_of(self),
                content=content,
                name=self.asked.get("name", name),
                as_of=self.asked.get("as_of", timezone.localdate()),
                kind=self.asked["kind"],
                dry_run=self.asked["dry_run"],
            )
            return Answer(shapes.job(job), status=202, headers={"Location": shapes.path(job)})

        return self.write(run, fingerprint_of=content)

    def _file(self, request: Request) -> tuple[str, bytes]:
        """The name and bytes of the file. Raises TooLarge, and Invalid where there is not one."""
        limit: int = settings.IMPORT_MAX_BYTES
        # Refused by what it says it is, before a byte of it is kept. A form adds a little.
        if int(request.headers.get("Content-Length") or 0) > limit + 64 * 1024:
            raise TooLarge(limit)
        sent: Any = request.data
        if request.FILES:
            uploads = [one for _, many in request.FILES.lists() for one in many]
            if len(uploads) != 1 or set(sent) != set(request.FILES):
                raise Invalid("one_file", "Send one file and nothing else.", field="file")
            name, stream = uploads[0].name, uploads[0]
        else:
            name, stream = "extract.csv", sent
        content = stream.read(limit + 1) if hasattr(stream, "read") else b""
        if len(content) > limit:
            raise TooLarge(limit)
        if not content:
            raise Invalid("empty", "The file is empty.", field="file")
        return str(name)[:200], content


class ImportJobDetail(Endpoint):
    """How far an import is."""

    action = Action.OFFENDER_IMPORT
    noun = "job"
    operation_id = "get_import_job"
    answer_shape = shapes.ImportJobAnswer

    def get(self, request: Request, job: UUID) -> HttpResponseBase:
        found = visible(self, job)
        self.consult()
        return self.show(shapes.job(found))


class ImportRefusals(Endpoint):
    """The rows that were refused, each with the first reason that applies."""

    action = Action.OFFENDER_IMPORT
    noun = "job"
    operation_id = "list_import_refusals"
    query_shape = shapes.RefusalQuery
    answer_shape = shapes.RefusalsAnswer

    def get(self, request: Request, job: UUID) -> HttpResponseBase:
        found = visible(self, job)
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        [after] = cursor.read(given) if given else [0]
        page = refusals_page(job=found, after=after, limit=limit)
        self.consult(row_count=len(page.rows))
        refused = {
            "rejected": shapes.rejected(page.rows),
            "columns": shapes.columns(page.rows),
        }
        return self.show(refused | cursor.links(page.next, limit))
