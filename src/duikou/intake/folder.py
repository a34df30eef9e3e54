"""A programme as a folder of TOML files, one per subject: read whole, all problems at once, loaded all or not at all.

Every problem names its file and line, what was found, what was expected and how to mend it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_type_hints

from django.db import transaction

from duikou.acts.accepting import accept, accept_programmes, open_book
from duikou.acts.entering import UnknownReference
from duikou.acts.evidence import keep_text
from duikou.acts.journal import head
from duikou.records.models import Document, Organisation, Programme, Record
from duikou.rules import evidence, programmes
from duikou.rules.evidence import (
    Text,
    fact_has_a_place,
    fragment_is_short,
    fragment_stands_in_the_document,
    paragraphs_of,
)
from duikou.rules.fact import Fact, Told
from duikou.rules.problem import Problem, Refused
from duikou.rules.rights import Person
from duikou.rules.sides import Saying

from .file import KINDS, READING, File, read_file
from .values import refers

HAVE_NO_PLACE = (evidence.Document, programmes.Organisation, programmes.Programme)


@dataclass(frozen=True)
class Loaded:
    """What loading did: how many facts, how many files; `already` when the book held the folder before."""

    facts: int
    files: int
    already: bool = False


def _silently(name: str, facts: int) -> None:
    """Tell nobody of a file that was loaded."""


def load(
    folder: Path,
    *,
    person: Person,
    administrator: Person,
    source: Path | Sequence[Path] | None = None,
    without: Collection[str] = (),
    done: Callable[[str, int], None] = _silently,
) -> Loaded:
    """Load a programme's folder through the acts, all or nothing; Refused carries every problem found.

    `without` names files that are left out: those whose totals the papers of a year tell one by one.
    """
    first = read_file(folder / "programme.toml")
    names = [name for name in first.data.get("files", []) if name not in without]
    files = [first, *(read_file(folder / name, first.place_saying(name)) for name in names)]
    documents = _documents(first, source)
    already = Programme.objects.filter(code__in=[code for _, code in _codes([first], "programme")]).exists()
    _refuse(
        [
            *(problem for file in files for problem in file.problems),
            *_twice(files, {} if already else _codes_in_the_book()),
            *_unknown_programmes(files),
            *_unknown_references(files),
            *_wrong_places(files, list(documents.values())),
            *_unknown_documents(files, documents),
        ]
    )
    if not already:
        _accept_all(files, str(first.data.get("office", "")), person, administrator, done)
    for document in documents.values():
        keep_text(document)
    return Loaded(0 if already else sum(len(file.told) for file in files), len(names), already)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(problems)


# ---- before anything is written -----------------------------------------------------------------------------------


def _documents(first: File, source: Path | Sequence[Path] | None) -> dict[Path, bytes]:
    """The documents that came along; what is odd with one is a problem of the first file."""
    found = {}
    for path in [source] if isinstance(source, Path) else source or ():
        try:
            data = path.read_bytes()
            data.decode("utf-8")
        except OSError:
            first.object_to("file.1", str(path), "没有这个文件", "报告的文本文件", "核对路径")
        except UnicodeDecodeError:
            first.object_to("file.1", str(path), "不是 UTF-8 文本", "UTF-8 文本", "用 UTF-8 另存")
        else:
            found[path] = data
    return found


def _codes(files: Sequence[File], table: str, key: str = "code") -> Iterator[tuple[str, str]]:
    """Place and code of every entry of a table, whether or not the rest of it could be read."""
    for file in files:
        for index, entry in enumerate(file.entries(table)):
            if isinstance(code := entry.get(key), str) and code:
                yield file.place(table, index, key), code


def _codes_in_the_book() -> dict[tuple[str, str], str]:
    """The codes that are taken, of programmes and of organisations, each with where it is."""
    kept = (("programme", Programme.objects.all()), ("organisation", Organisation.objects.all()))
    return {(table, code): "账上" for table, rows in kept for code in rows.values_list("code", flat=True)}


def _twice(files: Sequence[File], taken: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Keys and codes that are used a second time."""
    seen = dict(taken)
    ids = (("id", *found) for table in KINDS for found in _codes(files, table, "id"))
    codes = ((table, *found) for table in ("programme", "organisation") for found in _codes(files, table))
    for of, place, code in (*ids, *codes):
        if (of, code) in seen:
            remedy = f"{seen[of, code]}已用，改一个"
            yield Problem("file.6", "stops", READING["file.6"], code, "未用过的编号", remedy, place)
        seen.setdefault((of, code), place)


def _unknown_programmes(files: Sequence[File]) -> Iterator[Problem]:
    """Files whose facts go into a programme that is neither opened by the folder nor in the book."""
    opened = {code for _, code in _codes(files, "programme")}
    if not files[0].problems and not opened:
        expected = "programme.toml 中的 [[programme]]"
        yield Problem("file.2", "stops", READING["file.2"], "没有项目方案", expected, "补上", files[0].place(""))
    for file in files:
        into = file.data.get("into", "")
        facts = [t for t in file.told if not isinstance(t.fact, (programmes.Programme, programmes.Organisation))]
        if facts and into not in opened and not Programme.objects.filter(code=into).exists():
            yield _unknown(into or "缺 into", file.place("", 0, "into"))


def _unknown_references(files: Sequence[File]) -> Iterator[Problem]:
    """Keys and codes that name nothing in the folder or in the book; not asked while a file could not be read."""
    if not all(file.data for file in files):
        return
    known = {code for _, code in _codes(files, "organisation")} | {
        code for of, code in _codes_in_the_book() if of == "organisation"
    }
    known |= {code for table in KINDS for _, code in _codes(files, table, "id")}
    known |= _numbers_in_the_book(files)
    for file in files:
        heading = file.data.get("rests_on", "")
        if heading and heading not in known:
            yield _unknown(heading, file.place("", 0, "rests_on"))
        for told in file.told:
            for aspect, key in _references(told):
                if key not in known and not (aspect == "at" and key == heading):
                    yield _unknown(key, file.place_of(told, aspect))


def _numbers_in_the_book(files: Sequence[File]) -> set[str]:
    """The record numbers that files refer to, as far as there are such records."""
    said = {int(key) for file in files for told in file.told for _, key in _references(told) if key.isdecimal()}
    return {str(number) for number in Record.objects.filter(pk__in=said).values_list("pk", flat=True)}


def _references(told: Told[Fact]) -> Iterator[tuple[str, str]]:
    """What a fact refers to: the field, the key or code in it."""
    fact = told.fact.said if isinstance(told.fact, Saying) else told.fact
    for name, hint in get_type_hints(type(fact)).items():
        if refers(hint) and getattr(fact, name):
            yield name, str(getattr(fact, name))
    for name in ("parties", "links"):
        yield from ((name, str(key)) for _, key in getattr(fact, name))
    for source in told.sources.values():
        if source.document:
            yield "at", str(source.document)


def _wrong_places(files: Sequence[File], documents: Sequence[bytes]) -> Iterator[Problem]:
    """Every place is checked: there, short, and standing in the document where it came along."""
    given = {sha256(document).hexdigest(): paragraphs_of(document.decode("utf-8")) for document in documents}
    texts = {
        told.key: Text(told.fact.title, given.get(told.fact.digest))
        for file in files
        for told in file.told
        if isinstance(told.fact, evidence.Document)
    }
    for file in files:
        for told in file.told:
            whole = told.sources.get("")
            for aspect, source in told.sources.items():
                text = texts.get(str(source.document), Text(""))
                found = [rule.ask(source, text) for rule in (fragment_is_short, fragment_stands_in_the_document)]
                if not aspect or source != whole:
                    yield from (problem.at(file.place_of(told, aspect or "at")) for problem in found if problem)
            if not isinstance(told.fact, HAVE_NO_PLACE) and (lacking := fact_has_a_place.ask(told, Text(""))):
                yield lacking.at(told.place)


def _unknown_documents(files: Sequence[File], documents: Mapping[Path, bytes]) -> Iterator[Problem]:
    """Documents whose digests neither the folder nor the book names; both digests are said."""
    places = {code: place for place, code in _codes(files, "document", "digest")}
    told = [t.fact for file in files for t in file.told if isinstance(t.fact, evidence.Document) and t.fact.digest]
    given = {path: sha256(data).hexdigest() for path, data in documents.items()}
    waiting = [fact for fact in told if fact.digest not in given.values()]
    named = "、".join(f"《{fact.title}》{fact.digest[:16]}…" for fact in waiting)
    for path, digest in given.items():
        if digest not in places and not Document.objects.filter(digest=digest).exists():
            place = next((places[fact.digest] for fact in waiting if fact.digest in places), str(path))
            remedy = f"{path} 不是账上登记的那份文件；换成登记的那一份，或先登记该文件及其 SHA-256"
            expected = f"登记的指纹{'：' if named else ''}{named}"
            yield Problem("file.7", "stops", READING["file.7"], f"指纹 {digest[:16]}…", expected, remedy, place)


def _unknown(name: str, place: str) -> Problem:
    remedy = "先登记它，或改正写法"
    return Problem("file.5", "stops", READING["file.5"], name, "已有的编号或单位代码", remedy, place)


# ---- loading --------------------------------------------------------------------------------------------------------


def _accept_all(
    files: Sequence[File], office: str, person: Person, administrator: Person, done: Callable[[str, int], None]
) -> None:
    """All files or none; one that the rules refuse does not keep the next from being judged."""
    problems: list[Problem] = []
    keys: dict[str, int] = {}
    with transaction.atomic():
        if head() is None:
            open_book(office, person=administrator)
        for file in files:
            tried = dict(keys)
            try:
                with transaction.atomic():
                    _accept(file, tried, person)
            except Refused as refused:
                problems += refused.problems
            except Programme.DoesNotExist:
                if not problems:  # else the file that was to open it was refused
                    raise
            except UnknownReference as error:
                if not problems:  # else what is missing may stand in the file that was refused
                    problems.append(_unknown(str(error.args[0]), file.place_saying(str(error.args[0]))))
            else:
                keys = tried
                done(file.path.name, len(file.told))
        _refuse(problems)


def _accept(file: File, keys: dict[str, int], person: Person) -> None:
    """One file: its programme and organisations, if it brings them, then its facts."""
    reason = f"载入 {file.path.name}"
    opening = [t for t in file.told if isinstance(t.fact, programmes.Programme)]
    organisations = [t for t in file.told if isinstance(t.fact, programmes.Organisation)]
    if opening or organisations:
        accept_programmes(opening, organisations, keys, person=person, reason=reason)
    facts = [t for t in file.told if t not in opening and t not in organisations]
    if facts:
        programme = Programme.objects.get(code=file.data["into"])
        accept(programme, facts, keys, person=person, reason=reason, evidence=f"{file.path.name} sha256:{file.digest}")
