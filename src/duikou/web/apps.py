"""The pages as a Django app: templates, static files, commands, catalogues of sentences; no tables."""

from importlib import import_module

from django.apps import AppConfig

from .catalogue import compile_all


class WebConfig(AppConfig):
    """Pages and commands."""

    name = "duikou.web"
    label = "web"

    def ready(self) -> None:
        """Lay the catalogues ready, before the first sentence is asked for; know the checks of a book in service."""
        compile_all()
        import_module("duikou.web.checks")
