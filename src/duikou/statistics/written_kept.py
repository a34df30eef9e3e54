"""What questions were written as, kept on disk for the next process; signed, so that nobody else plants one.

A question is known by all it was written from: what was asked, the program's own text, and the versions of the writers.
"""

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.signing import BadSignature, Signer

ROOMS = ("statistics", "snapshot")  # a change in these may change what a question is


def _program() -> str:
    """The digest of what writes questions: our own text, and the versions of what it is written with."""
    package = Path(__file__).parents[1]
    files = sorted(file for room in ROOMS for file in (package / room).rglob("*.py"))
    said = sha256(" ".join(f"{name} {version(name)}" for name in ("ibis-framework", "sqlglot")).encode())
    for file in files:
        said.update(sha256(file.read_bytes()).digest())
    return said.hexdigest()


PROGRAM = _program()  # as it is when it begins: its files may be replaced while it runs


def kept(key: str, dialect: str) -> str | None:
    """The SQL of a question as it was written before; nothing where it was not, or where somebody altered it."""
    with suppress(OSError, UnicodeDecodeError, BadSignature):
        return _signer(key, dialect).unsign(_file(key, dialect).read_text("utf-8"))
    return None


def keep(key: str, dialect: str, sql: str) -> None:
    """Keep the SQL of a question; where nothing can be kept, the next process writes it again."""
    file = _file(key, dialect)
    with suppress(OSError):
        if not file.parent.exists():
            shutil.rmtree(file.parents[1], ignore_errors=True)  # what other versions of the program wrote
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_text(_signer(key, dialect).sign(sql), "utf-8")
        part.replace(file)


def _file(key: str, dialect: str) -> Path:
    return Path(settings.VAR) / "written" / PROGRAM[:16] / f"{sha256(key.encode()).hexdigest()}.{dialect}"


def _signer(key: str, dialect: str) -> Signer:
    """What signs the SQL of just this question."""
    return Signer(salt=f"written {PROGRAM} {dialect} {key}")
