"""核对来表 …/sheets/12/: what was understood of a file, row by row beside the book; questions, problems; then it is taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from django.contrib import messages
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duikou.acts.dropped import choose, give_up, replace_bytes, take
from duikou.acts.handing import rehearse_sheet
from duikou.acts.journal import head
from duikou.intake.marks import address
from duikou.intake.table import Heading, find
from duikou.intake.taking import Answer, known_layouts
from duikou.intake.upload import LARGEST, plain_name
from duikou.records.models import Upload
from duikou.rules.problem import Problem, Refused
from duikou.rules.rights import who_may
from duikou.terms.words import zh
from duikou.web.acting.places import own_work
from duikou.web.book import open_book
from duikou.web.doors import can, door
from duikou.web.projects.kept import offered

from .dropping import taken_before
from .groups import groups, problems
from .kept import ACT, HERE, Handing, fits, handed, handing, layout_name, read, saved, upload_of
from .own import moved_on
from .places import Placing, place, unplace

AN_HOUR = 3600


@dataclass(frozen=True)
class Choice:
    """A table that a file may hold: its sheet and layout, how many columns are known, whether it is read so, its name."""

    sheet: str
    layout: str
    columns: int
    chosen: bool
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The page; what was taken already leads to its receipt."""
    upload, by = upload_of(request, programme, number), handing(request, programme)
    if upload.submission:
        return redirect("sheet-receipt", programme, period, upload.submission)
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        answered = step(request, upload, by) if step else None
        return answered or redirect("sheet-check", programme, period, number)
    try:
        said = read(upload, by)
    except FileNotFoundError:
        give_up(upload)
        messages.warning(request, _("“{name}”放得太久，已清除。重新选文件再交。").format(name=upload.name))
        return redirect("sheets", programme, period)
    except Refused as refused:
        return _unreadable(request, period, upload, [str(problem) for problem in refused.problems])
    if said.table is None or to_be_mapped(upload, by, said):
        return redirect("sheet-mapping", programme, period, number)
    return _checked(request, period, upload, by, said)


def to_be_mapped(upload: Upload, by: Handing, said: Answer) -> list[str]:
    """The headings of the office's own sheet that have changed since they were mapped, until somebody has looked."""
    if said.table is None or upload.chosen.get("mapped"):
        return []
    return moved_on(said.table, saved(by.office))


def _unreadable(request: HttpRequest, period: str, upload: Upload, wrong: list[str]) -> HttpResponse:
    book = open_book(upload.programme, period)
    return render(request, "sheets_unread.html", {"book": book, "upload": upload, "wrong": wrong}, status=422)


def _checked(request: HttpRequest, period: str, upload: Upload, by: Handing, said: Answer) -> HttpResponse:
    assert said.table is not None  # noqa: S101  asked for before
    book, placing = open_book(upload.programme, period), Placing(by.programme)
    ruled = rehearsed(upload, by, said) if said.ready else []
    told = problems(request, said, ruled)
    sought = {request.GET.get("key", ""): request.GET.get("look", "").strip()[:80]}
    place_of_new = own_work("register_organisation")(request, programme=book.code)
    context = {
        "book": book, "upload": upload, "said": said, "counts": said.counts, "groups": groups(request, said),
        "told": told, "questions": placing.questions(said, sought) if said.counts["unplaced"] else [],
        "placed": _placed(upload, placing), "choices": list(choices(said)), "layout": layout_name(said.table.layout.code, said.asked.own),
        "unknown": [(column_of(one), one.said) for one in said.table.unknown], "totals": len(said.table.totals),
        "may_take": said.ready and not told["stops"].count, "shown": seal(said),
        "new_organisation": offered(request, book.code, "register_organisation", "organisation-new", book.code, book.period),
        "registers": "" if can(request, "register_organisation", place_of_new) else "、".join(
            zh("role", role) for role in who_may("register_organisation")
        ),
    }  # fmt: skip
    return render(request, "sheets_check.html", context)


def _placed(upload: Upload, placing: Placing) -> list[tuple[str, str, str]]:
    """What names were said to mean: key, name, meaning."""
    kept = upload.chosen.get("placed", {})
    return [(key, key.partition(":")[2], words) for key, words in placing.called(kept).items()] if kept else []


def column_of(heading: Heading) -> str:
    """The letter of a column."""
    return address((1, heading.column))[:-1]


def choices(said: Answer) -> Sequence[Choice]:
    """The tables that the file may hold, where there are several."""
    assert said.table is not None  # noqa: S101  asked for before
    every = known_layouts(replace(said.asked, layout=""))
    now = (said.table.sheet.name, said.table.layout.code)
    found = {
        (sheet.name, table.layout.code): Choice(
            sheet.name, table.layout.code, len(table.columns), (sheet.name, table.layout.code) == now,
            layout_name(table.layout.code, said.asked.own),
        )
        for sheet in said.sheets
        if not sheet.hidden
        for table in reversed(find(sheet, every))
    }  # fmt: skip
    return list(found.values()) if len(found) > 1 else []


def rehearsed(upload: Upload, by: Handing, said: Answer) -> list[Problem]:
    """What the rules say of a sheet as the book stands; asked once for each line of the book."""
    last = head()
    key = f"sheet:{upload.pk}:{seal(said)}:{last.number if last else 0}"
    found: list[Problem] | None = cache.get(key)
    if found is None:
        found = rehearse_sheet(handed(said, by), programme=by.programme, person=by.person)
        cache.set(key, found, AN_HOUR)
    return found


def seal(said: Answer) -> str:
    """What tells one reading of a file beside the book from another: who takes it has seen just this."""
    rows = [(row.place, row.state, row.differs, row.of and row.of.pk) for row in said.rows]
    table = said.table and (said.table.sheet.name, said.table.layout.code)
    asked = (said.asked.when.code, said.asked.region)
    return sha256(repr((said.digest, asked, table, rows)).encode()).hexdigest()[:32]


# ---- what a person says --------------------------------------------------------------------------------------------


Step = Callable[[HttpRequest, Upload, Handing], HttpResponse | None]


def _place(request: HttpRequest, upload: Upload, by: Handing) -> None:
    """What a name means; a code that the book does not know is not kept."""
    key, code = request.POST.get("key", "")[:2100], request.POST.get("code", "")
    sort, colon, name = key.partition(":")
    if colon and name and Placing(by.programme).means(sort, code):
        place(upload, key, code)
    else:
        messages.warning(request, _("没有选中账上的名称。选一个，再确定。"))


def _unplace(request: HttpRequest, upload: Upload, by: Handing) -> None:
    unplace(upload, request.POST.get("key", ""))


def _choose(request: HttpRequest, upload: Upload, by: Handing) -> None:
    """Which sheet and which layout are meant."""
    layout, _bar, sheet = request.POST.get("table", "").partition("|")
    choose(upload, layout=layout[:40], sheet=sheet[:60])


def _again(request: HttpRequest, upload: Upload, by: Handing) -> HttpResponse | None:
    """A mended copy in the place of the file: everything is read anew, what was answered stays."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        messages.warning(request, _("没有选文件。选改好的文件，再交。"))
        return None
    name, data = plain_name(str(file.name)), file.read(LARGEST + 1)
    if taken_before(request, by.programme, name, data):
        return None
    try:
        fits(name, data)
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, str(problem))
    else:
        replace_bytes(upload, name, data)
        messages.success(request, _("已换成“{name}”，从头核对过。").format(name=name))
    return None


def _away(request: HttpRequest, upload: Upload, by: Handing) -> HttpResponse:
    """The file is not handed in."""
    give_up(upload)
    messages.success(request, _("“{name}”不交了，已删去。").format(name=upload.name))
    period = request.resolver_match.kwargs["period"]  # type: ignore[union-attr]
    return redirect("sheets", upload.programme, period)


def _accept(request: HttpRequest, upload: Upload, by: Handing) -> HttpResponse | None:
    """Take it, if it is still what the person has seen."""
    try:
        said = read(upload, by)
        if not said.ready or request.POST.get("shown") != seal(said):
            messages.warning(request, _("表或账本在看过以后有变动，没有收。看一遍再收。"))
            return None
        number = take(upload, handed(said, by), programme=by.programme, person=by.person)
    except FileNotFoundError:
        return None
    except Refused as refused:
        for problem in refused.problems[:5]:
            messages.error(request, str(problem))
        return None
    period = request.resolver_match.kwargs["period"]  # type: ignore[union-attr]
    return redirect("sheet-receipt", upload.programme, period, number)


STEPS: dict[str, Step] = {
    "place": _place, "unplace": _unplace, "choose": _choose, "again": _again, "away": _away, "accept": _accept,
}  # fmt: skip

urlpatterns = [door(HERE + "<int:number>/", page, ACT, own_work(ACT), name="sheet-check")]
