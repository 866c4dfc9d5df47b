"""What bodies are written with."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class JSONRenderer(BaseRenderer):
    """JSON by orjson: dates as YYYY-MM-DD, instants with their offset."""

    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 and has no such parameter

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """`data` as bytes. TypeError for what has no JSON shape, which is a fault of ours."""
        return b"" if data is None else dumps(data)


class CSVRenderer(JSONRenderer):
    """Lets a list be asked for as text/csv. The view streams the rows; only problems come here."""

    media_type = "text/csv"
    format = "csv"


class NDJSONRenderer(JSONRenderer):
    """Lets a list be asked for as lines of JSON. The view streams them; only problems come here."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class Negotiation(DefaultContentNegotiation):
    """`format`, else Accept. An unknown format is a bad parameter (400), not a missing page (404).

    What is asked for by name wins over Accept, which many clients send without being told to.
    """

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        offered = list(renderers)
        wanted = request.query_params.get("format")
        for one in offered:
            if wanted is not None and one.format == wanted:
                return one, one.media_type
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, offered, format_suffix)
        return chosen

    def filter_renderers(
        self, renderers: Iterable[BaseRenderer], wanted: str
    ) -> list[BaseRenderer]:
        offered = list(renderers)
        return [one for one in offered if one.format == wanted] or offered


def dumps(data: Any) -> bytes:
    """The JSON bytes of `data`, with UUIDs and dates as text."""
    return orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS, default=_shape)


_PLAIN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str),
    (int, int),
    (dict, dict),
    (list, list),
    (tuple, list),
)


def _shape(value: Any) -> Any:
    """What DRF puts into data and orjson does not know: subclasses of str, int, list and dict."""
    for kind, plain in _PLAIN:
        if isinstance(value, kind):
            return plain(value)
    raise TypeError(f"no JSON shape for {type(value).__name__}")
