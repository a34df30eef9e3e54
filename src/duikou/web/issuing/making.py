"""A paper made from its snapshot: its bytes, its figures by section, its failing checks; the same each time it is made."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import duikou
from duikou.acts.doing import today
from duikou.acts.journal import canonical
from duikou.records.models import Outline, Paper
from duikou.reports import outline, word
from duikou.reports import paper as papers
from duikou.reports.evidence import evidence_sheet
from duikou.reports.pdf import write_pdf
from duikou.reports.review import review_comments
from duikou.reports.stamped import stamped
from duikou.reports.workbook import workbook
from duikou.snapshot.store import Snapshot
from duikou.statistics import tables
from duikou.statistics.again import Printed
from duikou.statistics.audience import reading
from duikou.statistics.definition import CUTS, definition
from duikou.statistics.explain import word_of
from duikou.statistics.figure import Figure, Name, parse
from duikou.statistics.measure import asked
from duikou.statistics.tables import FilledTable
from duikou.terms.words import regions

TABLE, REPORT = "table", "report"
ENDINGS = {TABLE: ".xlsx", REPORT: ".docx"}
MOULDS = ("reports", "statistics", "rules", "terms")  # the rooms whose files decide what a paper looks like
STAMP = "（草稿）"
UNCHECKED = "草稿，有待核的数字或未了结的意见，不作依据。"


@dataclass(frozen=True)
class Asked:
    """What a paper asks: `table:CODE` or `report:CODE`, programme and period; a report's form, edition of its outline, its project."""

    form: str
    programme: str
    span: str
    template: str = "spoken"
    edition: int | None = None
    project: int | None = None

    @property
    def kind(self) -> str:
        """A table or a report."""
        return self.form.partition(":")[0]

    @property
    def code(self) -> str:
        """Of which table or outline."""
        return self.form.partition(":")[2]


@dataclass(frozen=True)
class Shown:
    """A figure as a paper prints it: in which section, under which name, in which words."""

    section: str
    name: Name
    text: str


@dataclass(frozen=True)
class Product:
    """A table or a report that was filled: its title, its figures as printed, the checks that fail, its parts."""

    asked: Asked
    snapshot: Snapshot
    title: str
    shown: tuple[Shown, ...]
    failing: tuple[str, ...] = ()
    personal: bool = False
    table: FilledTable | None = None
    report: papers.Paper | None = None

    @property
    def sheets(self) -> dict[str, str]:
        """The sheets that its figures are of, with their versions; those of a ratio too."""
        codes = {code for shown in self.shown for code in (shown.name.sheet, *shown.name.definition.share) if code}
        return {code: definition(code).version for code in sorted(codes)}

    @property
    def sheets_text(self) -> str:
        """The same as it is kept."""
        return canonical(self.sheets)

    @cached_property
    def printed(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Each figure by its name: the unit it is kept in, and the texts in which it is printed."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for shown in self.shown:
            unit, texts = found.get(str(shown.name), (shown.name.definition.unit, ()))
            found[str(shown.name)] = (unit, (*texts, shown.text))
        return found

    @cached_property
    def own(self) -> dict[str, papers.Number]:
        """The numbers that records bear themselves, by their names without the line: project-15.total."""
        numbers = papers.numbers(self.report) if self.report else ()
        return {one.name.partition("@")[0]: one for one in numbers if ":" not in one.name}

    @cached_property
    def values(self) -> str:
        """Each value as it is kept with the paper: name to low, high, unit, text; several texts of one as they come."""
        kept: dict[str, list[int | str | None]] = {}
        for name, (unit, texts) in self.printed.items():
            value = asked(self.snapshot, parse(name)[0]).value
            ends = (value.low, value.high, value.unit) if value else (None, None, unit)
            kept[name] = [*ends, "、".join(dict.fromkeys(texts))]
        for name, one in self.own.items():
            ends = (one.value.low, one.value.high, one.value.unit) if one.value else (None, None, "")
            kept[name] = [*ends, one.text]
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def names(self) -> tuple[Name, ...]:
        """Its figures, each once, in the order of the paper."""
        return tuple(dict.fromkeys(shown.name for shown in self.shown))


def forms() -> dict[str, str]:
    """What a paper may be made of: form and what it is called."""
    found = {f"{TABLE}:{code}": str(form["name"]) for code, form in tables.tables().items()}
    return found | {f"{REPORT}:{code}": form.name for code, form in outline.outlines().items()}


def of_project() -> tuple[str, ...]:
    """The forms that are of one project."""
    return tuple(f"{REPORT}:{code}" for code, form in outline.outlines().items() if form.scope)


def product(asked_: Asked, snapshot: Snapshot) -> Product:
    """A paper filled from a snapshot, whole whoever asks; LookupError or ValueError where there is nothing such to fill."""
    with reading(lambda _: True):
        return _table(asked_, snapshot) if asked_.kind == TABLE else _report(asked_, snapshot)


@lru_cache(maxsize=16)
def _table(asked_: Asked, snapshot: Snapshot) -> Product:
    filled = tables.table_of(snapshot, asked_.code, asked_.programme, asked_.span)
    failing, personal = tuple(check.sentence for check in filled.failing), tables.of_persons(asked_.code)
    return Product(asked_, snapshot, filled.title, tuple(_of_table(filled)), failing, personal, table=filled)


@lru_cache(maxsize=16)
def _report(asked_: Asked, snapshot: Snapshot) -> Product:
    made = outline.paper(snapshot, asked_.code, asked_.programme, asked_.span, asked_.edition, asked_.project)
    return Product(asked_, snapshot, made.plain_title, tuple(_of_report(made)), report=made)


def _of_table(filled: FilledTable) -> Iterator[Shown]:
    section, lined = "", set()
    for line in filled.lines:
        if line.group:
            section = line.label
        elif line.figure is not None:
            lined.add(line.figure.name)
            yield from _printed(section, line.figure)
    for figure in filled.figures:
        if figure.name not in lined:
            yield from _printed("合计", figure)


def _printed(section: str, figure: Figure) -> Iterator[Shown]:
    if not figure.blank:
        yield Shown(section, figure.identity.name, figure.text)


def _of_report(made: papers.Paper) -> Iterator[Shown]:
    section = ""
    for paragraph in made.body:
        if paragraph.level:
            section = "".join(p if isinstance(p, str) else p.text for p in paragraph.pieces)
        drawn = [bar.number for bar in paragraph.chart.bars] if paragraph.chart else []
        numbers = [p for p in (*paragraph.pieces, *drawn) if isinstance(p, papers.Number)]
        yield from (shown for number in numbers for shown in _shown(section, number))
    for annex in made.annexes:
        numbers = [c for row in annex.rows for c in row.cells if isinstance(c, papers.Number)]
        yield from (shown for number in numbers for shown in _shown(annex.plain_title, number))


def _shown(section: str, number: papers.Number) -> Iterator[Shown]:
    with suppress(ValueError, KeyError):
        yield Shown(section, parse(number.name)[0], number.full.removesuffix("/年"))


def called(snapshot: Snapshot, name: Name) -> str:
    """What a figure is called: its sheet, and in brackets what it was cut by."""
    d = name.definition
    if not name.cut:
        return d.name
    named = {row["code"]: row["short"] or row["name"] for row in snapshot.rows["organisations"]}
    areas = {code: rows[-1].short for code, rows in regions().items()}
    said = [named.get(code) or areas.get(code) or word_of(d.of, CUTS[letter], code) for letter, code in name.cut]
    return f"{d.name}（{'、'.join(said)}）"


def figure_of(made: Product, name: Name) -> Figure:
    """A figure of a paper on its snapshot."""
    return asked(made.snapshot, name)


# ---- bytes -------------------------------------------------------------------------------------------------------------


def written(made: Product, heading: papers.Heading, *, draft: bool = False) -> bytes:
    """The .xlsx or .docx; 草稿 stands on each page of a draft."""
    if made.table is not None:
        return stamped(workbook(_as_draft(made.table))) if draft else workbook(made.table)
    assert made.report is not None  # noqa: S101  a product is one of the two
    return word.write_paper(made.report, form=_form(made), heading=replace(heading, draft=draft))


def _as_draft(table: FilledTable) -> FilledTable:
    """A table that says on its face that it is a draft: in its title, and above its heading."""
    return replace(table, title=f"{table.title}{STAMP}", unit_note=f"{UNCHECKED}{table.unit_note}")


def as_pdf(made: Product, heading: papers.Heading) -> bytes:
    """The PDF of a report; nothing for a table. One that cannot be set fails the issue: none goes out without it."""
    return write_pdf(made.report, form=_form(made), heading=heading) if made.report else b""


def reviewed(made: Product, heading: papers.Heading, *, draft: bool) -> bytes:
    """核对稿: the report with a comment beside each figure."""
    assert made.report is not None  # noqa: S101  asked of reports only
    comments = review_comments(made.report, made.snapshot)
    return word.write_paper(
        made.report, form=_form(made), heading=replace(heading, draft=draft), comments=comments
    )  # fmt: skip


def evidenced(made: Product) -> bytes:
    """数据依据表: every figure of the report with what it rests on."""
    assert made.report is not None  # noqa: S101  asked of reports only
    return evidence_sheet(made.report, made.snapshot)


def _form(made: Product) -> papers.Form:
    return "upward" if made.asked.template == "upward" else "spoken"


def heading_of(row: Paper, made: Product, code: str = "") -> papers.Heading:
    """What stands over and under an upward report: number, addressee, the office's role that signed, copies, the day."""
    office = _office(made)
    return papers.Heading(
        office=office, addressee=row.addressee, code=code or row.code, signer_label=row.signer,
        copies=tuple(filter(None, row.copies.replace("，", "、").split("、"))), printer=office,
        printed_on=row.issued or (today() if code else row.signed),
    )  # fmt: skip


def _office(made: Product) -> str:
    rows = made.snapshot.rows["programmes"]
    return next((str(row["office"] or "") for row in rows if row["code"] == made.asked.programme), "")


# ---- what a paper is made with ----------------------------------------------------------------------------------------


@cache
def program() -> str:
    """The version of the program that makes papers: its number and a digest of all that decides how one looks."""
    root = Path(duikou.__file__).parent
    paths = (path for room in MOULDS for path in sorted((root / room).rglob("*")))
    digest = sha256()
    for path in paths:
        if path.suffix in (".py", ".toml", ".csv", ".txt", ".typ"):
            digest.update(f"{path.relative_to(root)} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return f"{_version()}+{digest.hexdigest()[:8]}"


def _version() -> str:
    try:
        return version("duikou")
    except PackageNotFoundError:
        return "0"


def edition_of(form: str, programme: str) -> Outline | None:
    """The edition of an outline that a programme keeps and uses now; nothing for a table, or where it keeps none."""
    kind, _, code = form.partition(":")
    return next(iter(outline.kept(code, programme)), None) if kind == REPORT else None


def printed_in(row: Paper) -> dict[str, Printed]:
    """The values that a paper keeps as it printed them, by name; none of a paper that was made before they were kept."""
    kept: dict[str, list[Any]] = json.loads(row.printed or "{}")
    sheets = sheets_of(row)
    return {
        name: Printed(low, high, unit, text, row.line, sheets.get(name.partition(":")[0], ""))
        for name, (low, high, unit, text) in kept.items()
    }


def record_of(name: str) -> tuple[str, int]:
    """The record that bears a number, by the number's name: its kind and number."""
    kind, _, rest = name.partition("-")
    return kind, int(rest.partition(".")[0])


def sheets_of(row: Paper) -> Mapping[str, str]:
    """The sheets that a paper was made with, by their codes."""
    kept: dict[str, Any] = json.loads(row.sheets or "{}")
    return {code: str(digest) for code, digest in kept.items()}
