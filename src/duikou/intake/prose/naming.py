"""The words by which names of parties are known; data in parties.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("parties.toml")


@cache
def table() -> dict[str, Any]:
    """The words that names are known by."""
    return tomllib.loads(_FILE.read_text("utf-8"))
