"""The blocks of the dashboard, one subject a module; each says what it lacks."""
