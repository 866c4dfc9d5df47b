"""What every decision about an indicator does the same way."""

from typing import Any
from uuid import UUID

import orjson

from accounts.idempotency import Reply
from api.endpoint import WritingEndpoint
from workflows.queries import indicators as reads


class Deciding(WritingEndpoint):
    """A decision about one indicator, by `perform`."""

    noun = "indicator"
    perform: Any

    def seen_again(self, reply: Reply) -> int | None:
        """Whom it is about now. Raises NotVisible where the caller sees it no more."""
        return reads.visible(self.by, UUID(orjson.loads(reply.body)["id"])).offender_id
