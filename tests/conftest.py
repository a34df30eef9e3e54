"""What all tests share: bytecode compiled once for all processes of a run, and what hypothesis draws, the same in every run."""

import os
import sys
from pathlib import Path

from hypothesis import settings

# Some sixty tests start programs of ours; without this each of them compiles Django, ibis and us anew, for two seconds.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "bytecode"))
    sys.dont_write_bytecode = False

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")
