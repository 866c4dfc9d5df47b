"""Addresses of a person over the wire."""

from typing import Any

from rest_framework import serializers

from offenders.models import Address


class AddressAnswer(serializers.Serializer):
    """One address."""

    kind = serializers.ChoiceField(choices=Address.Kind.choices)
    line_1 = serializers.CharField()
    town = serializers.CharField(allow_blank=True)
    postcode = serializers.CharField(allow_blank=True)
    from_on = serializers.DateField(allow_null=True)
    until_on = serializers.DateField(allow_null=True)


class AddressesAnswer(serializers.Serializer):
    """The addresses of one person."""

    results = AddressAnswer(many=True)


def address(found: Address) -> dict[str, Any]:
    """`found` as an AddressAnswer."""
    return {
        "kind": found.kind,
        "line_1": found.line_1,
        "town": found.town,
        "postcode": found.postcode,
        "from_on": found.from_on,
        "until_on": found.until_on,
    }
