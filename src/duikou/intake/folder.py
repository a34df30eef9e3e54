"""A programme as a folder of TOML files, one per subject: read whole, all problems at once, loaded all or not at all.

Every problem names its file and line, what was found, what was expected and how to mend it.
"""

import re
import tomllib
import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.db import transaction

from duikou.acts.accepting import accept, accept_programmes, open_book
from duikou.acts.doing import Person, UnknownReference
from duikou.acts.evidence import keep_text
from duikou.acts.journal import head
from duikou.records.models import Document, Programme
from duikou.rules import donations, enterprises, evidence, funds, governance, people, plans, period, programmes, projects
from duikou.rules.evidence import Text, fragment_is_short, fragment_stands_in_the_document, paragraphs_of
from duikou.rules.fact import Fact, Source, Told
from duikou.rules.period import Period
from duikou.rules.problem import Problem, Refused
from duikou.rules.quantity import Quantity
from duikou.rules.reading import read
from duikou.terms.words import Words, code_of, vocabulary

ROOMS = (programmes, evidence, governance, plans, projects, funds, people, donations, enterprises)
KINDS: dict[str, type[Fact]] = {
    value.kind: value
    for room in ROOMS
    for value in vars(room).values()
    if isinstance(value, type) and issubclass(value, Fact) and value is not Fact
}
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

HAVE_NO_PLACE = (evidence.Document, programmes.Organisation, programmes.Programme)

HEADINGS = ("into", "office", "files", "rests_on", "side")


@dataclass
class File:
    """One file read: facts, whose word and which document they rest on unless they say otherwise, problems met."""

    path: Path
    data: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    told: list[Told[Fact]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, table: str, index: int, key: str = "") -> int:
        """The line of the n-th table of a name, or of a key in it."""
        heads = [m.start() for m in re.finditer(rf"^\[\[{re.escape(table)}\]\]", self.text, re.M)]
        start = heads[index] if index < len(heads) else 0
        if key:
            following = re.search(r"^\[\[", self.text[start + 2 :], re.M)
            end = start + 2 + following.start() if following else len(self.text)
            found = re.search(rf"^\s*{re.escape(key)}\s*=", self.text[start:end], re.M)
            start += found.start() if found else 0
        return self.text.count("\n", 0, start) + 1

    def place(self, table: str, index: int, key: str = "") -> str:
        """File and line, as editors open them."""
        return f"{self.path.name}:{self.line_of(table, index, key)}"

    def object_to(self, code: str, place: str, found: str, expected: str, remedy: str) -> None:
        """Keep one problem of reading."""
        self.problems.append(Problem(code, "stops", READING[code], found, expected, remedy, place))


READING = {w.code: w for w in (Words(code, *entry) for code, entry in {
    "file.1": ("文件要在、要读得出", "A file is there and can be read"),
    "file.2": ("每一类事实用它自己的名称", "A table bears the name of a kind of fact"),
    "file.3": ("每一项按它的类型填写", "A field has its type"),
    "file.4": ("词语取自词表", "A word comes from the list of words"),
    "file.5": ("引用的对象要在账上或在本文件夹内", "What is referred to is in the book or in this folder"),
    "file.6": ("同一编号只用一次", "A key is used once"),
}.items())}  # fmt: skip


def read_file(path: Path) -> File:
    """The facts of one file; every problem in it is kept with its line."""
    file = File(path)
    try:
        file.text = path.read_text("utf-8")
        file.data = tomllib.loads(file.text)
    except FileNotFoundError:
        file.object_to("file.1", path.name, "没有这个文件", str(path), "补上文件，或从清单 programme.toml 的 files 中去掉")
    except UnicodeDecodeError as error:
        file.object_to("file.1", path.name, f"第 {error.start} 字节不是 UTF-8", "UTF-8 文本", "用 UTF-8 另存")
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        file.object_to("file.1", f"{path.name}:{line[1] if line else 1}", str(error), "TOML", "照相邻各条的写法改正")
    else:
        file.told = list(_facts(file))
    return file


def _facts(file: File) -> Iterator[Told[Fact]]:
    for table, entries in file.data.items():
        if table in HEADINGS:
            continue
        kind = KINDS.get(table)
        if kind is None:
            file.object_to("file.2", file.place(table, 0), f"[[{table}]]", "、".join(sorted(KINDS)), "改用表中的名称")
            continue
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            told = _fact(file, table, index, kind, dict(entry))
            if told is not None:
                yield told


def _fact(file: File, table: str, index: int, kind: type[Fact], entry: dict[str, Any]) -> Told[Fact] | None:
    """One entry as a fact with its sources; nothing when a field cannot be read."""
    place = file.place(table, index)
    before = len(file.problems)
    key = str(entry.pop("id", ""))
    at = entry.pop("at", None)
    whole = {"document": file.data.get("rests_on", ""), "side": file.data.get("side", ""), **(at or {})}
    sources = {"": _source(file, place, whole)} if at else {}
    said: dict[str, str] = {}
    values: dict[str, Any] = {}
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    for name, value in entry.items():
        where = file.place(table, index, name)
        if name not in known:
            file.object_to("file.3", where, name, "、".join(known), f"[[{table}]] 没有这一项，改名或去掉")
            continue
        if _is(hints[name], Quantity) and isinstance(value, dict):
            sources[name] = _source(file, where, {**whole, **{k: v for k, v in value.items() if k not in ("said", "unit")}})
            unit, value = value.get("unit", ""), value.get("said", "")
        else:
            unit = ""
        if _is(hints[name], Quantity):
            said[name] = str(value)
        try:
            values[name] = _value(kind.kind, name, hints[name], value, unit)
        except LookupError as error:
            file.object_to("file.4", where, str(value), str(error).strip("'\""), "改用词表中的词")
        except (ValueError, TypeError) as error:
            file.object_to("file.3", where, str(value), str(error), "照 examples 中同类的写法改正")
    lacking = [n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING and n not in entry]
    if lacking:
        file.object_to("file.3", place, "缺 " + "、".join(lacking), f"[[{table}]] 必填", "补上")
    if len(file.problems) > before:
        return None
    return Told(kind(**values), sources, said, key, place)


def _source(file: File, place: str, at: dict[str, Any]) -> Source:
    try:
        return Source(**at)
    except TypeError:
        known = "document、paragraph、section、fragment、side"
        file.object_to("file.3", place, "、".join(at), known, "出处只写这几项")
        return Source("", "")


def _is(hint: Any, kind: type) -> bool:
    return hint is kind or (get_origin(hint) in (Union, types.UnionType) and kind in get_args(hint))


def _value(kind: str, name: str, hint: Any, value: Any, unit: str) -> Any:
    """A value of the file as the field's type; ValueError, TypeError or LookupError say what is odd."""
    if _is(hint, Quantity):
        return read(str(value), unit or UNITS[name])
    if _is(hint, Period):
        return period.parse(str(value))
    if _is(hint, date):
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if name == "parties":
        return tuple((_word("party", role), code) for role, codes in value.items() for code in _several(codes))
    if name == "items":
        return tuple((_word("list", list_name), *_point(text)) for list_name, texts in value.items() for text in texts)
    if name == "links":
        return tuple((_word("link", role), key) for role, keys in value.items() for key in _several(keys))
    if name == "inferred":
        return tuple(value)
    if (kind, name) in WORDS and value:
        return _word(WORDS[(kind, name)], value)
    if hint is bool and not isinstance(value, bool):
        raise TypeError("应为 true 或 false")
    if hint is str and not isinstance(value, str):
        raise TypeError("应为文字，加引号")
    if _is(hint, int) and not _is(hint, str) and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError("应为整数")
    return value


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _point(text: str) -> tuple[str, str]:
    """A point of a list: its words, and after a full-width colon its detail."""
    words, _, detail = text.partition("：")
    return words, detail


def _word(list_name: str, said: str) -> str:
    if said in vocabulary()[list_name]:
        return said
    try:
        return code_of(list_name, said)
    except ValueError as error:
        raise LookupError(str(error)) from None


# ---- loading ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Loaded:
    """What loading did: how many facts, how many files; `already` when the book held the folder before."""

    facts: int
    files: int
    already: bool = False


def load(
    folder: Path,
    *,
    person: Person,
    administrator: Person,
    source: Path | None = None,
    done: Callable[[str, int], None] = lambda name, facts: None,
) -> Loaded:
    """Load a programme's folder through the acts, all or nothing; Refused carries every problem found."""
    first = read_file(folder / "programme.toml")
    names = [str(name) for name in first.data.get("files", [])]
    files = [read_file(folder / name) for name in names]
    texts = _texts([first, *files], source)
    problems = [p for file in (first, *files) for p in file.problems]
    problems += _twice([first, *files]) + _places(files, texts)
    if problems:
        raise Refused(problems)
    opening = _opening(first)
    if opening and Programme.objects.filter(code=getattr(opening[0].fact, "code", "")).exists():
        _keep(source)
        return Loaded(0, len(names), already=True)
    with transaction.atomic():
        if head() is None:
            open_book(str(first.data.get("office", "")), person=administrator)
        keys: dict[str, int] = {}
        try:
            for file in (first, *files):
                _accept(file, keys, person)
                done(file.path.name, len(file.told))
        except UnknownReference as error:
            raise Refused([_unknown(error.args[0], [first, *files])]) from None
    _keep(source)
    return Loaded(sum(len(f.told) for f in (first, *files)), len(names))


def _opening(file: File) -> list[Told[Fact]]:
    return [t for t in file.told if isinstance(t.fact, programmes.Programme)]


def _accept(file: File, keys: dict[str, int], person: Person) -> None:
    """One file: its programme and organisations, if it brings them, then its facts."""
    reason = f"载入 {file.path.name}"
    opening = _opening(file)
    organisations = [t for t in file.told if isinstance(t.fact, programmes.Organisation)]
    if opening or organisations:
        accept_programmes(opening, organisations, keys, person=person, reason=reason)
    facts = [t for t in file.told if t not in opening and t not in organisations]
    if facts:
        programme = Programme.objects.get(code=file.data["into"])
        digest = sha256(file.text.encode()).hexdigest()
        accept(programme, facts, keys, person=person, reason=reason, evidence=f"{file.path.name} sha256:{digest}")


def _keep(source: Path | None) -> None:
    """Keep the document that came along, if the book names its digest."""
    if source is None:
        return
    data = source.read_bytes()
    digest = sha256(data).hexdigest()
    if not Document.objects.filter(digest=digest).exists():
        place = str(source)
        remedy = "这不是账上登记的那份文件；先登记该文件及其 SHA-256，再一并载入"
        raise Refused([Problem("evidence.5", "stops", READING["file.1"], f"指纹 {digest[:16]}…", "账上登记的指纹", remedy, place)])
    keep_text(data)


def _texts(files: list[File], source: Path | None) -> dict[str, Text]:
    """The documents of the folder by key, with their paragraphs where the document came along."""
    given: dict[str, tuple[str, ...]] = {}
    if source is not None:
        try:
            data = source.read_bytes()
            given[sha256(data).hexdigest()] = paragraphs_of(data.decode("utf-8"))
        except FileNotFoundError:
            files[0].object_to("file.1", str(source), "没有这个文件", "报告的文本文件", "核对路径")
        except UnicodeDecodeError:
            files[0].object_to("file.1", str(source), "不是 UTF-8 文本", "UTF-8 文本", "用 UTF-8 另存")
    return {
        t.key: Text(t.fact.title, given.get(t.fact.digest))
        for file in files
        for t in file.told
        if isinstance(t.fact, evidence.Document)
    }


def _places(files: list[File], texts: dict[str, Text]) -> list[Problem]:
    """Every place is checked: short fragments, standing in the document where it came along."""
    problems = []
    for file in files:
        for t in file.told:
            for source in t.sources.values():
                text = texts.get(str(source.document), Text(""))
                for rule in (fragment_is_short, fragment_stands_in_the_document):
                    if found := rule.ask(source, text):
                        problems.append(found.at(t.place))
            if not isinstance(t.fact, HAVE_NO_PLACE) and (found := evidence.fact_has_a_place.ask(t, Text(""))):
                problems.append(found.at(t.place))
    return problems


def _twice(files: list[File]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for file in files:
        for t in file.told:
            if t.key and t.key in seen:
                problems.append(
                    Problem("file.6", "stops", READING["file.6"], t.key, "未用过的编号", f"{seen[t.key]} 已用，改一个", t.place)
                )
            seen.setdefault(t.key, t.place)
    return problems


def _unknown(name: str, files: list[File]) -> Problem:
    """Where an unknown key or code stands."""
    for file in files:
        for number, line in enumerate(file.text.splitlines(), 1):
            if f'"{name}"' in line:
                place = f"{file.path.name}:{number}"
                return Problem("file.5", "stops", READING["file.5"], name, "已有的编号或单位代码", "先登记它，或改正写法", place)
    return Problem("file.5", "stops", READING["file.5"], name, "已有的编号或单位代码", "先登记它，或改正写法")
