"""The one shape of everything that goes wrong."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers


class InvalidReason(serializers.Serializer):
    """Why a field cannot be right."""

    code = serializers.CharField()
    message = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A field that cannot be right",
            value={
                "type": "urn:mosovo:problem:invalid",
                "title": "Bad Request",
                "status": 400,
                "code": "invalid",
                "detail": "Some fields are invalid.",
                "request_id": "4b0e2c5d8f0b4c3fa6a7d6f1f9a3b1c2",
                "invalid": {
                    "until": [
                        {"code": "in_past", "message": "Defer to a day that is still to come."}
                    ]
                },
            },
        )
    ]
)
class Problem(serializers.Serializer):
    """RFC 9457. `code` is stable and for programs; `detail` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    request_id = serializers.CharField()
    invalid = serializers.DictField(
        child=InvalidReason(many=True), required=False, help_text="By field, where some are wrong"
    )
