"""A book made once in a process and poured in again for whoever wants the same: its rows, and the files beside it."""

import shutil
import sys
import tempfile
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from duikou.acts.journal import head

Remembering = type(lru_cache(len))


@dataclass(frozen=True)
class Poured:
    """What was made: the rows that it changed, the files that it left, what it gave."""

    rows: dict[str, tuple[list[tuple], list[tuple]]]
    folder: tempfile.TemporaryDirectory
    gave: Any


_made: dict[tuple[str, Any], Poured] = {}


def poured(name, make):
    """What `make` gives, with all that it writes; upon the same book it is made once, and poured in afterwards."""
    _forget()
    if connection.vendor != "sqlite":
        return make()
    upon = head()
    found = _made.get((name, upon))
    if found is None:
        return _make(name, upon, make)
    _pour(found)
    return deepcopy(found.gave)


def _forget():
    """Nothing that was remembered of a book that was there before; what never changes is known on."""
    for name, module in list(sys.modules.items()):
        if name.startswith("duikou."):
            for value in list(vars(module).values()):
                if isinstance(value, Remembering) and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


def _make(name, upon, make):
    before, files = rows(), _files()
    gave = make()
    after = rows()
    changed = {}
    for table, (keys, now) in after.items():
        was = before[table][1]
        added, left = now - was, {_key(keys, row) for row in was} - {_key(keys, row) for row in now}
        if added or left:
            changed[table] = (sorted(added, key=lambda row: str(_key(keys, row))), sorted(left, key=str))
    folder = tempfile.TemporaryDirectory(prefix="duikou-poured-")
    for path in _files() - files:
        kept = Path(folder.name) / path.relative_to(settings.VAR)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)
    _made[name, upon] = Poured(changed, folder, deepcopy(gave))
    return gave


def _key(keys, row):
    return tuple(row[place] for place in keys)


def _files():
    return {path for path in Path(settings.VAR).rglob("*") if path.is_file()}


def rows():
    """Every table as it is stored: the places of its key, its rows. Behind a sign no value is taken for a day or a time."""
    connection.ensure_connection()
    cursor, found = connection.connection.cursor(), {}
    tables = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in tables.fetchall():
        columns = cursor.execute(f'PRAGMA table_info("{table}")').fetchall()
        values = ", ".join(f'+"{name}"' for _, name, *_ in columns)
        keys = [place for place, *_, key in columns if key]
        found[table] = keys, set(cursor.execute(f'SELECT {values} FROM "{table}"').fetchall())
    return found


def _pour(found):
    with transaction.atomic():
        cursor = connection.connection.cursor()
        for table, (added, left) in found.rows.items():
            names = [name for _, name, *_, key in cursor.execute(f'PRAGMA table_info("{table}")') if key]
            where = " AND ".join(f'"{name}" = ?' for name in names)
            cursor.executemany(f'DELETE FROM "{table}" WHERE {where}', left)
            marks = ", ".join("?" * len(added[0])) if added else ""
            cursor.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES ({marks})', added)
    shutil.copytree(found.folder.name, settings.VAR, dirs_exist_ok=True)
