"""What all tests share: bytecode compiled once for all processes of a run, and what hypothesis draws, the same in every run."""

import gc
import os
import sys
from collections import Counter
from pathlib import Path

from django.template.base import Template
from django.test import utils
from hypothesis import settings

# Some sixty tests start programs of ours; without this each of them compiles Django, ibis and us anew, for two seconds.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "bytecode"))
    sys.dont_write_bytecode = False

settings.register_profile(
    "same", derandomize=True, deadline=None, max_examples=100 if os.environ.get("DUIKOU_PROVE") else 40
)
settings.load_profile("same")


def pytest_collection_finish(session):
    """What lives as long as the run is kept out of the search for garbage, a tenth of the time; nobody asks what templates were given."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    if saved := getattr(utils._TestState, "saved_data", None):
        Template._render = saved.template_render


def pytest_sessionfinish(session):
    gc.unfreeze()


def pytest_collection_modifyitems(config, items):
    """Of a sweep, which asks the same of many, every third is run; DUIKOU_PROVE runs them all."""
    if os.environ.get("DUIKOU_PROVE"):
        return
    met, left = Counter(), []
    for item in items:
        mark = item.get_closest_marker("sweep")
        if mark and hasattr(item, "callspec"):
            of = item.nodeid.partition("[")[0]
            if met[of] % (mark.args[0] if mark.args else 3):
                left.append(item)
            met[of] += 1
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(map(id, left))
        items[:] = [item for item in items if id(item) not in gone]
