"""Offices that sign their own people in: read from a TOML file when the program starts."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

AT_HOME = ("127.0.0.1", "localhost", "::1")
NEEDED = ("name", "address", "client_id", "secret", "office")


@dataclass(frozen=True)
class Provider:
    """An OpenID provider of an office: whose accounts it may sign in, and which of its claims names the account."""

    code: str
    name: str
    address: str
    client_id: str
    secret: str
    office: str
    claim: str = "preferred_username"
    second_factor: bool = False


def read(file: Path) -> tuple[Provider, ...]:
    """The providers that a file names, none where there is no file; ValueError says what is odd."""
    if not file.exists():
        return ()
    try:
        said = tomllib.loads(file.read_text("utf-8"))
        return tuple(_provider(code, table) for code, table in said.items())
    except (ValueError, TypeError) as odd:
        raise ValueError(f"{file}：{odd}") from None


def _provider(code: str, table: object) -> Provider:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,19}", code) or not isinstance(table, dict):
        raise ValueError(f"[{code}] 应为一节，节名写小写字母、数字或短横")
    if lacking := [key for key in NEEDED if not table.get(key)]:
        raise ValueError(f"[{code}] 缺 {'、'.join(lacking)}")
    if unknown := table.keys() - {*NEEDED, "claim", "second_factor"}:
        raise ValueError(f"[{code}] 不认识 {'、'.join(sorted(unknown))}")
    if odd := [key for key, value in table.items() if not isinstance(value, bool if key == "second_factor" else str)]:
        raise ValueError(f"[{code}] {odd[0]} 应为{' true 或 false' if odd[0] == 'second_factor' else '文字'}")
    address = urlsplit(table["address"])
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in AT_HOME):
        raise ValueError(f"[{code}] address 须以 https 开头，现为 {table['address']}")
    return Provider(code, **table)
