"""The one Django app of ours that has tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records of the book."""

    name = "duikou.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "一本账"
