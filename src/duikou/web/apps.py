"""The pages as a Django app: templates, static files, commands; no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages and commands."""

    name = "duikou.web"
    label = "web"
