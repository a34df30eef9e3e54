"""A programme is opened, organisations are registered, and who helps whom is drawn."""
