"""Make a generated province in the folder DUIKOU_VAR: python -m benchmarks.province [size], 1 being a whole one."""

import os
import sys


def main(size: float) -> None:
    """A book of a size in a folder of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "duikou.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from .make import make

    call_command("migrate", verbosity=0)
    make(size, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 1)
