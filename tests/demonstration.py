"""The demonstration as `make demo` makes it, once a run for all workers; whoever needs it takes a copy."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-c", "from duikou.web.command import main; main()"]


def environment(folder):
    """Where a program of ours finds its book; passwords are hashed quickly there."""
    paths = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    ours = {
        "DUIKOU_VAR": str(folder / "var"),
        "DUIKOU_OUT": str(folder / "out"),
        "PYTHONUTF8": "1",
        "PYTHONPATH": paths,
    }
    return {**os.environ, **ours, "DJANGO_SETTINGS_MODULE": "quick.settings"}


def duikou(folder, *words):
    """The command, in a folder."""
    return subprocess.run(
        [*COMMAND, *words], env=environment(folder), capture_output=True, text=True, check=False, cwd=folder
    )


def demonstrated(tmp_path_factory, name):
    """A copy of the demonstration's folder, and what the command said when it was made."""
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstration"
    made.mkdir(exist_ok=True)
    with (made / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits until it is there
        if not (made / "said").exists():
            folder = made / "folder"
            folder.mkdir()
            first = duikou(folder, "demo", "--no-serve")
            assert first.returncode == 0, first.stderr
            (made / "said").write_text(first.stdout, "utf-8")
    folder = tmp_path_factory.mktemp(name) / "copy"
    shutil.copytree(made / "folder", folder)
    return folder, (made / "said").read_text("utf-8")
