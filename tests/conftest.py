"""What is compiled once serves all processes of a run, also where the machine says that nothing compiled is to be kept."""

import os
import sys
from pathlib import Path

# Some sixty tests start programs of ours; without this each of them compiles Django, ibis and us anew, for two seconds.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "bytecode"))
    sys.dont_write_bytecode = False
