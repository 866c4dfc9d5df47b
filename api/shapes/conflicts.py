"""Conflicts of interest over the wire."""

from rest_framework import serializers


class ConflictAnswer(serializers.Serializer):
    """A declared conflict of interest."""

    user = serializers.UUIDField()
