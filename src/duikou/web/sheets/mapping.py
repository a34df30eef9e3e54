"""对表头 …/sheets/12/mapping/: which columns of an office's own sheet say what; proposed from the words, kept for that office."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duikou.acts.dropped import choose, save_layout
from duikou.intake.layouts import Layout
from duikou.intake.marks import address
from duikou.intake.table import FIRST_ROWS, find
from duikou.intake.taking import Answer, known_layouts
from duikou.intake.workbook import Sheet
from duikou.records.models import Upload
from duikou.rules.problem import Refused
from duikou.web.acting.places import own_work
from duikou.web.book import open_book
from duikou.web.doors import door

from .checking import to_be_mapped
from .guess import Guess, Proposal, asked_fields, best, guess, needed, of_layout
from .kept import ACT, HERE, Handing, handing, known_sheets, layout_name, read, saved, upload_of
from .own import base_of, own_layout, row_of, with_headings

FIRST = 3  # rows of data that are shown beside a column
LONGEST = 120  # characters of a title


@dataclass(frozen=True)
class Column:
    """A column to be mapped: its letter, the words over it, the first that stand under it, what is chosen, how surely."""

    number: int
    letter: str
    said: str
    samples: tuple[str, ...]
    field: str
    exact: bool


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The columns as they are proposed; a POST keeps what was chosen and goes on to the rows."""
    upload, by = upload_of(request, programme, number), handing(request, programme)
    if upload.submission:
        return redirect("sheet-receipt", programme, period, upload.submission)
    try:
        said = read(upload, by)
    except (FileNotFoundError, Refused):
        return redirect("sheet-check", programme, period, number)  # it says what is wrong
    found = _asked_for(request, said)
    wrong: list[str] = []
    if request.method == "POST" and found is not None:
        wrong = _kept(request, upload, by, *found)
        if not wrong:
            return redirect("sheet-check", programme, period, number)
    context = _context(request, period, upload, by, said, found) | {"wrong": wrong}
    return render(request, "sheets_mapping.html", context, status=422 if wrong else 200)


def _asked_for(request: HttpRequest, said: Answer) -> tuple[Sheet, Guess] | None:
    """The sheet, layout and heading that a person says, else those whose words are most alike."""
    told = request.POST if request.method == "POST" else request.GET
    shown = [sheet for sheet in said.sheets if sheet.rows and not sheet.hidden]
    sheets = [sheet for sheet in shown if sheet.name == told.get("sheet")] or shown
    every = known_layouts(replace(said.asked, layout=""))
    layouts = [one for one in every if one.code == told.get("layout")] or every
    top, bottom = (_row(told.get(name, "")) for name in ("top", "bottom"))
    if top and sheets and len(layouts) == 1:
        last = min(max(bottom or top, top), top + 2, len(sheets[0].rows))
        return (sheets[0], guess(sheets[0], layouts[0], top, last)) if top <= last else None
    if len(sheets) == 1 and len(layouts) == 1:
        found = of_layout(sheets[0], layouts[0])
        return (sheets[0], found) if found else None
    return best(sheets, layouts)


def _row(said: str) -> int:
    """The number of a row among the first ones; nothing where it is none."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 4 and int(said) <= FIRST_ROWS else 0


def _context(
    request: HttpRequest, period: str, upload: Upload, by: Handing, said: Answer, found: tuple[Sheet, Guess] | None
) -> dict[str, Any]:
    names = {one.code: layout_name(one.code, said.asked.own) for one in known_layouts(replace(said.asked, layout=""))}
    context: dict[str, Any] = {
        "book": open_book(upload.programme, period), "upload": upload, "layouts": names, "guess": None,
        "sheets": [sheet.name for sheet in said.sheets if sheet.rows and not sheet.hidden],
        "moved": to_be_mapped(upload, by, said), "known": said.table is not None,
    }  # fmt: skip
    if found is None:
        return context
    sheet, one = found
    base = _base(one.layout, by)
    context |= {
        "sheet": sheet.name, "guess": one, "layout": one.layout.code, "fields": asked_fields(base), "longest": LONGEST,
        "must": [asked_fields(base)[field] for field in needed(base)],
        "columns": [_column(request, sheet, one, proposal) for proposal in one.columns],
        "title": request.POST.get("title") or _title(sheet, one, upload),
    }  # fmt: skip
    return context


def _base(layout: Layout, by: Handing) -> Layout:
    """A layout as everybody has it."""
    row = row_of(layout.code, saved(by.office))
    return base_of(row) if row else known_sheets()[layout.code]


def _column(request: HttpRequest, sheet: Sheet, one: Guess, proposal: Proposal) -> Column:
    under = (row[proposal.column - 1] for row in sheet.rows[one.bottom : one.bottom + FIRST])
    field = request.POST.get(f"c{proposal.column}", proposal.field)
    return Column(
        proposal.column, address((1, proposal.column))[:-1], "：".join(proposal.words), tuple(text[:40] for text in under),
        field, proposal.exact,
    )  # fmt: skip


def _title(sheet: Sheet, one: Guess, upload: Upload) -> str:
    """What the office's sheet may be called: what stands above the heading, else the name of the file."""
    above = (text for row in sheet.rows[: one.top - 1] for text in row if len(text) > 3)
    return next(above, upload.name.rpartition(".")[0] or upload.name)[:LONGEST]


def _kept(request: HttpRequest, upload: Upload, by: Handing, sheet: Sheet, one: Guess) -> list[str]:
    """Keep what was chosen for the office; what is wrong with it, all at once."""
    base, title = _base(one.layout, by), request.POST.get("title", "").strip()
    chosen = {c: request.POST.get(f"c{c.column}", "") for c in one.columns}
    headings = {c.heading: field for c, field in chosen.items()}
    wrong = _wrong(base, chosen)
    if not title or len(title) > LONGEST:
        wrong.append(_("这种表叫什么，写 1 至 {most} 字。").format(most=LONGEST))
    if not by.office:
        wrong.append(_("当前账号没有单位，对好的表头没有地方存。由系统管理员设立单位。"))
    if not wrong and not _reads(sheet, base, headings):
        wrong.append(_("按这样对，表头读不出来。改表头所在的行，或改正表里的表头，再交。"))
    if wrong:
        return wrong
    row = save_layout(by.office, base.kind, title, {"layout": base.code, "headings": headings})
    choose(upload, layout=own_layout(row).code, sheet=sheet.name, mapped=True)
    messages.success(request, _("表头已对好，存为“{title}”，本单位以后交这种表照此读。").format(title=title))
    return []


def _wrong(base: Layout, chosen: Mapping[Proposal, str]) -> list[str]:
    """What is wrong with a choice of fields."""
    titles, letters = asked_fields(base), {c: address((1, c.column))[:-1] for c in chosen}
    wrong = [
        _("{column} 列选了“{said}”，名单里没有。从名单中选。").format(column=letters[c], said=field[:20])
        for c, field in chosen.items() if field and field not in titles
    ]  # fmt: skip
    for field, count in Counter(field for field in chosen.values() if field in titles).items():
        if count > 1:
            columns = "、".join(letters[c] for c, said in chosen.items() if said == field)
            wrong.append(_("“{field}”对了 {columns} 几列，只能对一列。").format(field=titles[field], columns=columns))
    lacking = [titles[field] for field in needed(base) if field not in chosen.values()]
    if lacking:
        wrong.append(_("没有对上：{fields}。这几列必须有；表里没有的，加上再交。").format(fields="、".join(lacking)))
    for heading, count in Counter(c.heading for c in chosen).items():
        if count > 1 and len({field for c, field in chosen.items() if c.heading == heading}) > 1:
            wrong.append(
                _("有 {n} 列表头同为“{heading}”，分不清。在表里改成不同的，再交。").format(n=count, heading=heading)
            )
    return wrong


def _reads(sheet: Sheet, base: Layout, headings: Mapping[str, str]) -> bool:
    """Whether the sheet is found by what was chosen."""
    tables = find(sheet, [with_headings(base, headings)])
    return bool(tables) and set(tables[0].columns) == {field for field in headings.values() if field}


urlpatterns = [door(HERE + "<int:number>/mapping/", page, ACT, own_work(ACT), name="sheet-mapping")]
