"""Conflicts of interest over the wire."""

from rest_framework import serializers

from workflows.steps.fields import PublicIdField, StrictSerializer


class DeclareConflict(StrictSerializer):
    """Who has a tie with the person."""

    user = PublicIdField(help_text="Id of the officer")


class ConflictAnswer(serializers.Serializer):
    """A declared conflict of interest."""

    user = serializers.UUIDField()
