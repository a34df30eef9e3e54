"""Several columns added to a table in one operation: Django draws all models anew for each operation, and that takes long."""

from django.db.migrations.operations.base import Operation


class AddColumns(Operation):
    """Add columns that may be empty, given as fields by name, to the table of a model."""

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
