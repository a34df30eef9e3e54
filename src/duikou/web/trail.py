"""数字追溯 /f/{name}: figure, make-up, records counted in and left out, and the passage in the source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.reports import outline, outline_text
from duikou.rules.period import on, time_words
from duikou.rules.quantity import Quantity
from duikou.rules.readings import series_of
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.statistics import tables
from duikou.statistics.audience import public
from duikou.statistics.definition import definitions
from duikou.statistics.explain import sentence
from duikou.statistics.figure import BadName, Figure, Name, parse
from duikou.statistics.masking import marks_of
from duikou.statistics.measure import figure
from duikou.statistics.members import Member
from duikou.statistics.passages import Passage
from duikou.statistics.rows import chosen, rows_of
from duikou.statistics.trace import Trail, trail
from duikou.statistics.trace_said import with_source
from duikou.statistics.uses import asking
from duikou.statistics.values import RefusedSum
from duikou.terms.words import zh

from .addresses import address, href, root
from .book import Book, open_book, reporting_period, snapshot
from .doors import door, of_figure
from .errors import book_at
from .issuing import resting
from .language import masked
from .makeup import make_up, number_of
from .makeup_groups import groups
from .passages import Paragraph, heading_above, marked, stands
from .proofs import proofs, resting_on, tally
from .seeing import lacking, reader

SECTIONS = {
    "funds": ("funds", "资金"), "projects": ("projects", "项目"), "outputs": ("projects", "项目"),
    "targets": ("projects", "项目"), "people": ("people", "人才与教育"),
    "donations": ("gifts", "社会捐助"), "enterprises": ("industry", "产业合作"), "programmes": ("exchanges", "往来会商"),
    "cooperation": ("cooperation", "劳务消费与结对"), "plans": ("plans", "规划"),
}  # fmt: skip
MOST = 100  # rows a page shows of one kind; the rest is in the file


@dataclass(frozen=True)
class Row:
    """A record under the figure as the table shows it, with its check state."""

    member: Member
    kind: str
    number: str
    state: str
    said: str
    notes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """捐助-73."""
        return f"{zh('record', self.kind)}-{self.member.number}"

    @property
    def href(self) -> str:
        """The record's own page."""
        return href(self.kind, self.member.number)

    @property
    def places(self) -> str:
        """The places the record is said at, each once."""
        return "、".join(dict.fromkeys(p.place for p in self.member.passages))


@dataclass(frozen=True)
class Source:
    """The source panel: a record's passage in its paragraph, or the kept words where the text is not there."""

    row: Row
    passage: Passage
    document: dict[str, Any]
    paragraph: Paragraph | None
    heading: Paragraph | None
    begins: int
    lacking: str = ""

    @property
    def href(self) -> str:
        """The document's page."""
        return address(self.passage.digest, self.passage.document)

    @property
    def place(self) -> str:
        """The paragraph on the document's page."""
        return address(self.passage.digest, self.passage.document, self.passage.paragraph)


@dataclass(frozen=True)
class Use:
    """A page, table or paper a figure is used in."""

    said: str
    href: str
    what: str


def page(request: HttpRequest, name: str) -> HttpResponse:
    """The trail of a figure; a sum that is not allowed says why; an unknown name shows its neighbours."""
    try:
        wanted, line = parse(name)
    except (BadName, KeyError) as error:
        return _unknown(request, name, str(error.args[0]))
    named = (wanted.programme, wanted.period)
    book = open_book(*named) if line is None else Book(snapshot(line), *named)
    section, _ = SECTIONS.get(wanted.definition.subject, ("overview", ""))
    context = {"book": book, "sheet": wanted.definition, "sentence": sentence(wanted.definition), "section": section}
    assert book.programme  # noqa: S101  raises 404
    try:
        found = trail(book.snapshot, wanted)
    except RefusedSum as error:
        apart = {"refusal": error.refusal, "rows": _apart(book.snapshot, wanted)}
        return render(request, "trail_refused.html", context | apart)
    return render(request, "trail.html", context | _trail(request, book.snapshot, found, line))


def _trail(request: HttpRequest, taken: Snapshot, found: Trail, line: int | None) -> dict[str, Any]:
    """What the page of a figure shows."""
    members = resting_on(found), found.left_out
    counted, left_out = ([_row(m, found.figure) for m in group[:MOST]] for group in members)
    rows = [*counted, *left_out]
    selected = request.GET.get("m", "")
    row = next((r for r in rows if str(r.member.number) == selected), next(iter(counted), None))
    made = proofs(taken, found)
    return {
        "trail": found, "figure": found.figure, "made": make_up(found), "groups": groups(taken, found.figure), "counted": counted,
        "left_out": left_out,
        "source": _source(request, taken, row, rows) if row and row.member.passages else None, "chosen": row, "proofs": made,
        "tally": tally(made), "members": [len(group) for group in members],
        "more": len(members[0]) - len(counted) + len(members[1]) - len(left_out),
        "uses": used_in(found.figure.identity.name), "pasted": with_source(found), "as_of": _as_of(taken, found),
        "now": _now(found.figure, line),
        "reporter": zh("side", found.figure.definition.side), "debt": resting.of_figure(taken, found.figure),
        "owing": resting.list_of(request, found.figure, found.figure.identity.name.period),
    }  # fmt: skip


def _row(member: Member, of_figure: Figure) -> Row:
    """A record with its number in the figure's unit and what is known of its source."""
    number = number_of(member.value, of_figure) if member.value else member.text if member.mark else ""
    if of_figure.definition.count:
        number = "1" if member.counted else ""
    state, said, notes = _state(member, of_list=bool(of_figure.definition.distinct))
    return Row(member, member.kind, number, state, said, notes)


def _state(member: Member, *, of_list: bool = False) -> tuple[str, str, tuple[str, ...]]:
    """待核 with the question, 与原文一致 where the words were compared, 出处已登记 where only they are kept."""
    if not member.counted:
        return "none", "未计入", (member.reason,)
    if member.mark:
        return "none", zh("nature", "withheld"), ()
    if of_list:
        return "", "名单逐人登记", member.questions
    if member.questions:
        return "todo", "待核", member.questions
    if not member.passages:
        return "todo", "缺出处", ()
    compared = [stands(p) for p in member.passages]
    if False in compared:
        return "todo", "与原文不符", ()
    return ("", "出处已登记", ()) if None in compared else ("", "与原文一致", ())


def _source(request: HttpRequest, taken: Snapshot, row: Row, rows: Iterable[Row]) -> Source:
    """The panel of a record: its passage, with the words of the other records in the same paragraph marked too."""
    passage = row.member.passages[0]
    (document,) = taken.rows.by("documents", "number").get(passage.document)
    texts = reader(request)(passage.digest, passage.document)
    number = passage.paragraph or 0
    if texts is None or not 0 < number <= len(texts):
        lack = lacking(request, passage.digest, passage.document)
        return Source(row, passage, document, None, None, 0, lack)
    place = (passage.document, number)
    used = [p.fragment for r in rows for p in r.member.passages if (p.document, p.paragraph) == place]
    paragraph = marked(number, texts[number - 1], used, passage.fragment, dim=True)
    begins = texts[number - 1].find(passage.fragment) + 1
    return Source(row, passage, document, paragraph, heading_above(texts, number), begins)


def _as_of(taken: Snapshot, found: Trail) -> str:
    """The youngest day the figure knows of: of its records, else of its documents."""
    members = resting_on(found)
    days = [m.last for m in members if m.last]
    if not days:
        papers = taken.rows.by("documents", "number")
        said = {p.document for m in members for p in m.passages}
        days = [d["last"] for number in said for d in papers.get(number) if d["last"]]
    return on(max(days)).zh if days else found.figure.identity.name.days.zh


def _now(then: Figure, line: int | None) -> Figure | None:
    """The figure of today beside that of an older line; nothing where the page is of today."""
    taken = snapshot()
    return None if line is None or line == taken.line else figure(taken, then.identity.name)


def _apart(taken: Snapshot, wanted: Name) -> list[tuple[str, str, str]]:
    """The records of a refused sum side by side: label, value, address."""
    add = wanted.definition.add
    marks = marks_of(taken, wanted.definition, wanted.programme) if public(wanted.programme) else {}
    rows = rows_of(taken, chosen(wanted), wanted)
    said = []
    for row in rows:
        parts: list[Any] = [row.get(f"{add}_{part}") for part in ("low", "high", "unit", "hedge")]
        value = write(Quantity(*parts)).text if parts[2] else ""
        value = masked(marks[row["number"]]) if row["number"] in marks else value
        when = time_words(row["first"], row["last"]) if row["first"] and row["last"] else ""
        said.append(
            (f"{row.get('label') or zh('record', row['kind'])} {when}".strip(), value, href(row["kind"], row["number"]))
        )
    return said


def used_in(name: Name) -> list[Use]:
    """The pages, tables and papers that use a figure, found by reading their lists of sheets."""
    period = name.period
    home = f"{root()}/p/{name.programme}/{period}/"
    anchor, title = SECTIONS.get(name.definition.subject, ("", ""))
    found = [Use("、".join(filter(None, ("总览", title))), f"{home}#{anchor}", "页面")] if anchor else []
    series = asking(name.sheet, period)
    for code, form in tables.tables().items():
        if not series.isdisjoint(tables.sheets_of(code)):
            rows = [
                row["label"]
                for row in form.get("row", ())
                if row.get("figure") == series_of(name.sheet) and "label" in row
            ]
            found.append(Use("，".join([form["name"], *rows[:1]]), f"{home}t/{code}/", "统计表"))
    for code, paper in outline.in_use(name.programme).items():
        if not series.isdisjoint(outline_text.sheets(paper)):
            found.append(Use(paper.name, f"{home}reports/{code}.docx", "汇报"))
    return found


def _unknown(request: HttpRequest, name: str, why: str) -> HttpResponse:
    """404 with the figures whose names are nearest."""
    context = {"book": book_at(request), "why": why, "near": list(_near(name))}
    return render(request, "trail_unknown.html", context, status=404)


def _near(name: str) -> Iterator[tuple[str, str]]:
    """Names of figures of the same subject (of all subjects where there is none such), with what they are called."""
    sheet, _, cell = name.partition("@")[0].partition(":")
    code = cell.partition(".")[0]
    cells = [cell.partition(";")[0], f"{code}.{reporting_period(snapshot(), code)}"]
    same = [d for d in definitions().values() if d.subject == sheet.partition(".")[0]] or list(definitions().values())
    for d in same:
        for candidate in cells:
            try:
                parse(f"{d.code}:{candidate}")
            except BadName:
                continue
            yield f"{d.code}:{candidate}", d.name
            break


urlpatterns = [door("f/<str:name>", page, "see_figures", of_figure)]
