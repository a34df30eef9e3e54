"""The command `duikou`: one line per command, each a Django command of ours."""

import os
import sys


def main() -> None:
    """Run a command of ours; without one, list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duikou.config.settings")
    import django
    django.setup()
