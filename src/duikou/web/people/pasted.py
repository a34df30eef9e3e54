"""A pasted list of people, one a line: 姓名 身份证号 单位 职务, between tabs or spaces."""

import re
from unicodedata import normalize

from duikou.rules.people import Attending
from duikou.rules.typed import visible

NAME, TEXT = 20, 40  # characters of a name, of a unit or a post
HEADING = "姓名"
_NUMBER = re.compile(r"[0-9][0-9Xx]{5,}")


def people_of(text: str) -> tuple[list[Attending], list[str]]:
    """The people of a list, and what cannot be read of it, line by line; empty lines and a heading are not meant."""
    found, wrong = [], []
    for n, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        if not any(cells) or cells[0] == HEADING:
            continue
        if said := _odd(cells):
            wrong.append(f"第 {n} 行{said}")
        else:
            name, identity, unit, post = (*cells, "", "", "")[:4]
            found.append(Attending(name=name, identity=identity, unit=unit, post=post))
    return found, wrong


def _cells(line: str) -> list[str]:
    """The cells of a line: between tabs, where one may be empty; else between spaces, where a number may be left out."""
    if "\t" in line:
        return [visible(cell) for cell in line.rstrip("\t\r\n").split("\t")]
    cells = [visible(cell) for cell in line.split()]
    if len(cells) > 1 and not _NUMBER.fullmatch(normalize("NFKC", cells[1])):
        cells.insert(1, "")
    return cells


def _odd(cells: list[str]) -> str:
    """What cannot be read of a line; nothing where it can."""
    if len(cells) > 4:
        return f"有 {len(cells)} 栏；至多四栏：姓名、身份证号、单位、职务，单位和职务里不留空格"
    if not cells[0]:
        return "没有姓名"
    if re.search(r"\d", cells[0]):
        return "的姓名里有数字；姓名在前，身份证号在后"
    long = [cell for cell, most in zip(cells, (NAME, TEXT, TEXT, TEXT), strict=False) if len(cell) > most]
    return f"“{long[0][:10]}…”太长；姓名至多 {NAME} 个字，单位、职务至多 {TEXT} 个字" if long else ""
