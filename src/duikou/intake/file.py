"""One TOML file of a programme's folder: the facts it tells, and every problem met in reading it, with its line."""

import re
import tomllib
import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from duikou.acts.accepting import SUBJECTS
from duikou.rules import period
from duikou.rules.fact import Fact, Source, Told
from duikou.rules.period import Period
from duikou.rules.problem import Problem
from duikou.rules.programmes import Organisation, Programme
from duikou.rules.quantity import Quantity
from duikou.rules.reading import read
from duikou.terms.words import Words, code_of, vocabulary

_ACCEPTED: tuple[type[Fact], ...] = (Programme, Organisation, *(kind for kinds, _ in SUBJECTS for kind in kinds))
KINDS = {kind.kind: kind for kind in _ACCEPTED}
UNITS = {
    "amount": "fen", "total": "fen", "output": "fen", "profit": "fen", "capacity": "tonne", "jobs": "person",
    "trainees": "person", "people": "person", "intake": "person", "students": "person", "schools": "school",
    "meetings": "meeting", "groups": "group", "years": "year", "times": "time", "months": "month", "number": "item",
}  # fmt: skip
WORDS = {
    ("programme", "scheme"): "scheme", ("organisation", "type"): "organisation", ("pairing", "level"): "level",
    ("agreement", "type"): "agreement", ("visit", "type"): "visit", ("plan", "type"): "plan",
    ("plan", "status"): "plan_status", ("principle", "type"): "principle", ("project", "sector"): "sector",
    ("project", "status"): "status", ("stated_total", "of"): "total", ("stated_total", "status"): "status",
    ("training", "basis"): "basis", ("secondment", "direction"): "direction", ("gift", "form"): "gift",
    ("gift", "sector"): "sector", ("gift", "goods"): "goods", ("investment", "status"): "status",
    ("investment", "output_basis"): "basis", ("investment", "profit_basis"): "basis", ("document", "medium"): "medium",
    ("document", "grade"): "grade", ("stated_disbursement", "status"): "status", ("secured", "source"): "source",
}  # fmt: skip
LISTS = {"parties": "party", "items": "list", "links": "link"}
HEADINGS = {"into": str, "office": str, "files": list, "rests_on": str, "side": str}
SOURCE = {"document": str, "side": str, "paragraph": int, "section": str, "fragment": str}

READING = {w.code: w for w in (Words(code, *entry) for code, entry in {
    "file.1": ("文件要在、要读得出", "A file is there and can be read"),
    "file.2": ("每一类事实用它自己的名称", "A table bears the name of a kind of fact"),
    "file.3": ("每一项按它的类型填写", "A field has its type"),
    "file.4": ("词语取自词表", "A word comes from the list of words"),
    "file.5": ("引用的对象要在账上或在本文件夹内", "What is referred to is in the book or in this folder"),
    "file.6": ("同一编号只用一次", "A key is used once"),
    "file.7": ("随附的原文须是账上登记的那一份", "The document that comes along is the one that the book names"),
}.items())}  # fmt: skip

_HEAD = re.compile(r"\s*\[{1,2}\s*([\w-]+)\s*\]{1,2}\s*(?:#.*)?$")


@dataclass
class File:
    """One file read: facts, whose word and which document they rest on unless they say otherwise, problems met."""

    path: Path
    data: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    digest: str = ""
    told: list[Told[Fact]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    @cached_property
    def _blocks(self) -> dict[str, list[tuple[int, int]]]:
        """The first and the last line of every table, by name; "" is what stands before the first."""
        heads = [(n, found[1]) for n, line in enumerate(self.lines, 1) if (found := _HEAD.match(line))]
        blocks: dict[str, list[tuple[int, int]]] = {}
        following = [*(n for n, _ in heads), len(self.lines) + 1]
        for (first, name), after in zip([(1, ""), *heads], following, strict=True):
            blocks.setdefault(name, []).append((first, after - 1))
        return blocks

    def line_of(self, table: str, index: int = 0, key: str = "") -> int:
        """The line of the n-th table of a name, or of a key in it; a name of no table is a key before all tables."""
        blocks = self._blocks.get(table, [])
        if index >= len(blocks):
            return self.line_of("", 0, key or table) if table else 1
        first, last = blocks[index]
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        matching = (n for n in range(first, last + 1) if key and wanted.match(self.lines[n - 1]))
        return next(matching, first)

    def place(self, table: str, index: int = 0, key: str = "") -> str:
        """File and line, as editors open them."""
        return f"{self.path.name}:{self.line_of(table, index, key)}"

    def place_of(self, told: Told[Fact], aspect: str) -> str:
        """Where one aspect of a fact stands."""
        return self.places.get((told.place, aspect), told.place)

    def place_saying(self, name: str) -> str:
        """The first line in which a name stands in quotes."""
        line = next((n for n, text in enumerate(self.lines, 1) if f'"{name}"' in text), 0)
        return f"{self.path.name}:{line}" if line else ""

    def entries(self, table: str) -> list[dict[str, Any]]:
        """The entries of a table as they stand in the file."""
        entries = self.data.get(table, [])
        return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []

    def object_to(self, code: str, place: str, found: str, expected: str, remedy: str) -> None:
        """Keep one problem of reading."""
        self.problems.append(Problem(code, "stops", READING[code], found, expected, remedy, place))


def read_file(path: Path, listed: str = "") -> File:
    """The facts of one file; every problem in it is kept with its line, a missing file with the line that lists it."""
    file = File(path)
    raw = b""
    try:
        raw = path.read_bytes()
        file.digest = sha256(raw).hexdigest()
        file.text = raw.decode("utf-8-sig")
        file.data = tomllib.loads(file.text)
    except OSError:
        remedy = "补上文件，或从清单 programme.toml 的 files 中去掉" if listed else "核对路径"
        file.object_to("file.1", listed or str(path), f"没有文件 {path.name}", str(path), remedy)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        file.object_to(
            "file.1", f"{path.name}:{line}", f"第 {error.start + 1} 字节不是 UTF-8", "UTF-8 文本", "用 UTF-8 另存"
        )
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"line (\d+)", str(error))
        place = f"{path.name}:{said[1] if said else len(file.lines)}"
        file.object_to("file.1", place, str(error), "TOML", "照相邻各条的写法改正")
    else:
        _headings(file)
        file.told = list(_facts(file))
    return file


def _headings(file: File) -> None:
    """What stands before the facts is of its type; a heading that is not is left out."""
    for name, kind in HEADINGS.items():
        value = file.data.get(name)
        texts = value if isinstance(value, list) else [value]
        if value is not None and not (isinstance(value, kind) and all(isinstance(text, str) for text in texts)):
            expected = '列表，如 ["gifts.toml"]' if kind is list else "文字，加引号"
            file.object_to("file.3", file.place("", 0, name), f"{name} = {value}", expected, "改正写法")
            del file.data[name]
    side = file.data.get("side", "")
    if side and side not in vocabulary()["side"]:
        _object_to_side(file, file.place("", 0, "side"), side)


def _object_to_side(file: File, place: str, side: str) -> None:
    known = "、".join(f"{w.code}（{w.zh}）" for w in vocabulary()["side"].values())
    file.object_to("file.4", place, f"side = {side}", known, "改用词表中的词")


def _facts(file: File) -> Iterator[Told[Fact]]:
    for table, entries in file.data.items():
        if table in HEADINGS:
            continue
        kind = KINDS.get(table)
        if kind is None:
            file.object_to("file.2", file.place(table), table, "、".join(sorted(KINDS)), "改用表中的名称")
        elif not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            file.object_to("file.2", file.place(table), f"[{table}]", f"[[{table}]]", "用两层方括号，一条一个")
        else:
            for index, entry in enumerate(entries):
                told = _fact(file, table, index, kind, entry)
                if told is not None:
                    yield told


def _fact(file: File, table: str, index: int, kind: type[Fact], entry: dict[str, Any]) -> Told[Fact] | None:
    """One entry as a fact with its sources; nothing when a field cannot be read."""
    place = file.place(table, index)
    before = len(file.problems)
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    heading = {"document": file.data.get("rests_on", ""), "side": file.data.get("side", "")}
    whole, sources, said, values = heading, {}, {}, {}
    if "at" in entry:
        whole = heading | _place_said(file, file.place(table, index, "at"), entry["at"])
        sources[""] = Source(**whole)
    key = entry.get("id", "")
    if not isinstance(key, str):
        file.object_to("file.3", file.place(table, index, "id"), f"id = {key}", "文字，加引号", "改正写法")
    for name, value in entry.items():
        where = file.places[(place, name)] = file.place(table, index, name)
        if name in ("id", "at"):
            continue
        if name not in known:
            file.object_to("file.3", where, name, "、".join(known), f"[[{table}]] 没有这一项，改名或去掉")
            continue
        unit = ""
        if _is(hints[name], Quantity) and isinstance(value, dict):
            rest = {k: v for k, v in value.items() if k not in ("said", "unit")}
            sources[name] = Source(**(whole | _place_said(file, where, rest)))
            unit, value = value.get("unit", ""), value.get("said", "")
        try:
            values[name] = _value(kind.kind, name, hints[name], value, unit)
        except LookupError as error:
            file.object_to("file.4", where, f"{name} = {value}", str(error.args[0]), "改用词表中的词")
        except (ValueError, TypeError) as error:
            file.object_to("file.3", where, f"{name} = {value}", str(error), "照 examples 中同类的写法改正")
        if _is(hints[name], Quantity):
            said[name] = str(value)
    lacking = [n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING and n not in entry]
    if lacking:
        file.object_to("file.3", place, "缺 " + "、".join(lacking), f"[[{table}]] 必填", "补上")
    if len(file.problems) > before:
        return None
    return Told(kind(**values), sources, said, key, place)


def _place_said(file: File, where: str, at: Any) -> dict[str, Any]:
    """What an entry says of its place, each part of its type; what is not is objected to and left out."""
    if not isinstance(at, dict):
        file.object_to("file.3", where, f"at = {at}", 'at = { paragraph = 20, fragment = "…" }', "写成花括号内的几项")
        return {}
    odd = {name: value for name, value in at.items() if type(value) is not SOURCE.get(name)}
    for name, value in odd.items():
        expected = {str: "文字，加引号", int: "整数"}.get(SOURCE.get(name, object), "、".join(SOURCE))
        file.object_to("file.3", where, f"{name} = {value}", expected, "出处只写这几项，各按其类型")
    if (side := at.get("side")) and "side" not in odd and side not in vocabulary()["side"]:
        _object_to_side(file, where, side)
    return {name: value for name, value in at.items() if name not in odd}


def _is(hint: Any, kind: type) -> bool:
    return hint is kind or (get_origin(hint) in (Union, types.UnionType) and kind in get_args(hint))


def refers(hint: Any) -> bool:
    """Whether a field holds a reference to a record."""
    return _is(hint, int) and _is(hint, str)


def _value(kind: str, name: str, hint: Any, value: Any, unit: str) -> Any:
    """A value of the file as the field's type; ValueError, TypeError or LookupError say what is odd."""
    if _is(hint, Quantity):
        if not isinstance(value, str):
            raise TypeError('应为文字，连单位写，如 "2000万元"')
        return read(value, _word("unit", unit) if unit else UNITS[name])
    if _is(hint, Period):
        return period.parse(str(value))
    if _is(hint, date):
        return _day(value)
    if name in LISTS:
        return tuple(_listed(name, value))
    if name == "inferred":
        return tuple(_several(value))
    if hint is bool or (_is(hint, int) and not refers(hint)):
        if isinstance(value, bool) is not (hint is bool) or not isinstance(value, int):
            raise TypeError("应为 true 或 false" if hint is bool else "应为整数")
        return value
    if not isinstance(value, str):
        raise TypeError("应为文字，加引号")
    return _word(WORDS[(kind, name)], value) if (kind, name) in WORDS and value else value


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("应为日期，如 2011-08-29") from None


def _listed(name: str, value: Any) -> Iterator[tuple[str, ...]]:
    """Parties and links: role and key; items: list, words and, after a full-width colon, their detail."""
    if not isinstance(value, dict):
        raise TypeError(f'应为花括号，如 {name} = {{ … = ["…", "…"] }}')
    for role, texts in value.items():
        code = _word(LISTS[name], role)
        for text in _several(texts):
            words, _, detail = text.partition("：")
            yield (code, words, detail) if name == "items" else (code, text)


def _several(value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise TypeError('应为文字或文字的列表，如 ["…", "…"]')
    return texts


def _word(list_name: str, said: Any) -> str:
    """The code of a word; LookupError names what may stand there."""
    try:
        return code_of(list_name, said)
    except ValueError as error:
        raise LookupError(str(error)) from None
