"""One TOML file of a programme's folder: the facts it tells, and every problem met in reading it, with its line."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, get_type_hints

from duikou.acts.accepting import SUBJECTS
from duikou.rules.fact import Fact, Source, Told
from duikou.rules.problem import Problem
from duikou.rules.programmes import Organisation, Programme
from duikou.rules.quantity import Quantity
from duikou.rules.sides import Saying
from duikou.terms.words import Words, vocabulary

from .values import is_a, value_of

_ACCEPTED: tuple[type[Fact], ...] = (Programme, Organisation, *(kind for subject in SUBJECTS for kind in subject.kinds))
KINDS = {kind.kind: kind for kind in _ACCEPTED if kind is not Saying}
HEADINGS = {"into": str, "office": str, "files": list, "rests_on": str, "side": str, "beside": bool}
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
        told = kind is bool or all(isinstance(text, str) for text in texts)
        if value is not None and not (isinstance(value, kind) and told):
            expected = {list: '列表，如 ["gifts.toml"]', bool: "true 或 false"}.get(kind, "文字，加引号")
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
    """One entry as a fact with its sources; nothing when a field of it cannot be read."""
    before = len(file.problems)
    reading = _Entry(file, table, index, kind)
    reading.read_place(entry)
    for name, value in entry.items():
        reading.read_field(name, value)
    lacking = [n for n, f in reading.known.items() if f.default is f.default_factory is MISSING and n not in entry]
    beside = file.data.get("beside", False)
    if beside:  # what the other side leaves open stays open
        silent = [name for name in lacking if is_a(reading.hints[name], str)]
        reading.values |= dict.fromkeys(silent, "")
        lacking = [name for name in lacking if name not in silent]
    if lacking:
        file.object_to("file.3", reading.place(), "缺 " + "、".join(lacking), f"[[{table}]] 必填", "补上")
    if len(file.problems) > before:
        return None
    fact = Saying(said=kind(**reading.values)) if beside else kind(**reading.values)
    return Told(fact, reading.sources, reading.said, entry.get("id", ""), reading.place())


class _Entry:
    """One entry of a table while it is read: the values of its fields, their sources, the words of its quantities."""

    def __init__(self, file: File, table: str, index: int, kind: type[Fact]) -> None:
        self.file, self.table, self.index, self.kind = file, table, index, kind
        self.known = {f.name: f for f in fields(kind)}
        self.hints = get_type_hints(kind)
        self.whole = {"document": file.data.get("rests_on", ""), "side": file.data.get("side", "")}
        self.values: dict[str, Any] = {}
        self.sources: dict[str, Source] = {}
        self.said: dict[str, str] = {}

    def place(self, name: str = "") -> str:
        """File and line of the entry, or of one field."""
        return self.file.place(self.table, self.index, name)

    def read_place(self, entry: dict[str, Any]) -> None:
        """Where the whole is said, on which the places of single numbers rest."""
        if "at" in entry:
            self.whole |= _place_said(self.file, self.place("at"), entry["at"])
            self.sources[""] = Source(**self.whole)

    def read_field(self, name: str, value: Any) -> None:
        """One field: its value, or a problem at its line."""
        place = self.file.places[self.place(), name] = self.place(name)
        if name == "id" and not isinstance(value, str):
            self.file.object_to("file.3", place, f"id = {value}", "文字，加引号", "改正写法")
        if name in ("id", "at"):
            return
        if name not in self.known:
            remedy = f"[[{self.table}]] 没有这一项，改名或去掉"
            self.file.object_to("file.3", place, name, "、".join(self.known), remedy)
            return
        unit = ""
        if is_a(self.hints[name], Quantity):
            if isinstance(value, dict):
                at = {k: v for k, v in value.items() if k not in ("said", "unit")}
                self.sources[name] = Source(**(self.whole | _place_said(self.file, place, at)))
                unit, value = value.get("unit", ""), value.get("said", "")
            self.said[name] = str(value)
        try:
            self.values[name] = value_of(self.kind.kind, name, self.hints[name], value, unit)
        except LookupError as error:
            self.file.object_to("file.4", place, f"{name} = {value}", str(error.args[0]), "改用词表中的词")
        except (ValueError, TypeError) as error:
            self.file.object_to("file.3", place, f"{name} = {value}", str(error), "照 examples 中同类的写法改正")


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
