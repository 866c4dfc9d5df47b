"""Migrations that cost a new database little."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Several changes, before and after which alone all models are drawn up.

    Django draws up every model that is related to a changed one, after each change: half a second
    for a person or an officer, whom nearly everything here is related to. One change of a table in
    one of these, or constraints alone: SQLite makes a table anew from what stood before.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All of them, with no model drawn up in between."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """One after another, each from what stood before all of them."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The last first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Each in its own words."""
        return "; ".join(str(operation.describe()) for operation in self.operations)

    def references_model(self, *args: Any) -> bool:
        """Whether one of them does."""
        return any(operation.references_model(*args) for operation in self.operations)
