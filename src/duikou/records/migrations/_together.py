"""Operations done together: Django draws all models anew for each operation by itself, and that takes long."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """New tables and columns as one operation: none may touch what another of them makes, but by reference."""

    reversible = False

    def __init__(self, *operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        """Change the state; its models are drawn once, when they are next asked for."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Make them in their order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        """What it does."""
        return "; ".join(operation.describe() for operation in self.operations)


class AddColumns(Operation):
    """Columns that may be empty, given as fields by name, for the table of a model."""

    reversible = False

    def __init__(self, model_name, fields):
        self.model_name, self.fields = model_name, fields

    def state_forwards(self, app_label, state):
        """Add the fields to the state."""
        for name, field in self.fields.items():
            state.add_field(app_label, self.model_name, name, field, preserve_default=True)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Add the columns, one after the other."""
        old, new = (state.apps.get_model(app_label, self.model_name) for state in (from_state, to_state))
        for name in self.fields:
            schema_editor.add_field(old, new._meta.get_field(name))

    def describe(self):
        """What it does."""
        return f"Add {', '.join(self.fields)} to {self.model_name}"
