"""The same paper made in another process: another zone, another hash seed, a clock that may not be read."""

import os
import subprocess
import sys
from pathlib import Path

HEAD = "账首 DK7K3M9QXA.1 · 1482 · s 3f9a 1c20 77ab 0042 9d1e c0de 5512 8a8a 0f0f 31c7 · 校 47"
SUBPROCESS = """
import datetime, hashlib, sys, time
class Stopped(datetime.datetime):
    now = utcnow = today = classmethod(lambda *_: (_ for _ in ()).throw(AssertionError("the clock was read")))
datetime.datetime = Stopped
time.time = lambda: 0.0
sys.path[:0] = {paths!r}
import {module} as sample
print(hashlib.sha256(sample.{expression}).hexdigest())
"""


def digest_elsewhere(module: str, expression: str, zone: str, seed: str) -> str:
    """The digest of what another process makes in another zone, with another hash seed and a stopped clock."""
    here = Path(__file__).parent
    paths = [str(here / "reports"), str(here), str(here.parent / "src")]
    code = SUBPROCESS.format(paths=paths, module=module, expression=expression)
    env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True).stdout[:-1]
