"""流水: every entry of a programme's money book, the newest first, by state, source and the marks it bears."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Entry, Programme, of
from duikou.rules.ledger import Step, step_of
from duikou.rules.writing import number_text
from duikou.terms.words import vocabulary, zh
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_own_part
from duikou.web.language import say
from duikou.web.listing import files
from duikou.web.seeing import visible

from .kept import HERE, PAGE, WAN, Moved

MARKS = {"back": "退回、收回、冲正", "late": "补报", "reversed": "已冲正", "unproved": "缺凭证"}
UNPROVED = Q(state__in=("disbursed", "itemised", "received", "spent"), voucher="", back=None)


@dataclass(frozen=True)
class Listed(Moved):
    """An entry in the list."""

    undone: int | None

    @property
    def amount(self) -> str:
        """In 万元, without digits that say nothing."""
        return number_text(self.fen, WAN)

    @property
    def way(self) -> str:
        """From which position to which."""
        return way_of(self.row)

    @property
    def marks(self) -> list[str]:
        """What a reader must know of it."""
        row = self.row
        back = "冲正" if row.corrects_id else "收回" if row.state in ("issued", "divided") else "退回"
        said = ((row.back or row.corrects_id, back), (self.undone, "已冲正"), (row.late, "补报"))
        return [words for holds, words in said if holds]


def way_of(row: Entry) -> str:
    """From which position to which an entry moved its money."""
    step: Step = step_of(row.state, standing=row.standing, noticed=row.notice_id is not None)
    inside = step.source and step.target and step.source.kind == step.target.kind
    whose = ("（单位）", "（项目）") if inside else ("", "")
    ends = [
        (zh("position", end.kind) if end else "账外") + of
        for end, of in zip((step.source, step.target), whose, strict=True)
    ]
    return " → ".join(reversed(ends) if row.back else ends)


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The list, narrowed by address."""
    book, found = open_book(programme, period), programme_of(programme)
    asked = {name: request.GET.get(name, "") for name in ("state", "source", "mark")}
    rows = narrowed(_seen(request, found), asked).select_related("fund", "receiver", "project", "notice", "contract")
    newest = rows.select_related(None).order_by("-pk").values_list("pk", flat=True)
    shown = Paginator(newest, PAGE).get_page(request.GET.get("page"))
    numbers = list(shown)  # which they are first, then what they say: ordering all rows with all their words takes long
    told = rows.filter(pk__in=numbers).order_by("-pk")
    undone = dict(Entry.objects.filter(corrects__in=numbers).values_list("corrects", "pk"))
    context = {
        "book": book, "asked": asked, "shown": shown, "listed": [Listed(row, undone.get(row.pk)) for row in told],
        "count": shown.paginator.count, "states": [*vocabulary()["state"]], "sources": [*vocabulary()["source"]],
        "marks": MARKS,
    }  # fmt: skip
    return render(request, "ledger_entries.html", context)


HEADS = ("编号", "日期", "环节", "标记", "金额（万元）", "从 → 到", "项目", "单位", "来源", "文号", "合同", "凭证")


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The entries that the address asks for, the newest first."""
    found = programme_of(programme)
    asked = {name: request.GET.get(name, "") for name in ("state", "source", "mark")}
    rows = narrowed(_seen(request, found), asked).select_related("fund", "receiver", "project", "notice", "contract")
    undone = dict(of(Entry, found).exclude(corrects=None).values_list("corrects", "pk"))
    drawn = (Listed(row, undone.get(row.pk)) for row in rows.order_by("-pk").iterator(chunk_size=2000))
    return files.Listing(f"ledger-{programme}", "流水", HEADS, map(_cells, drawn), wide=5)


def _cells(one: Listed) -> list[object]:
    """An entry as the page shows it."""
    row = one.row
    named = (row.project, row.receiver, row.fund, row.notice, row.contract)
    return [
        row.pk, row.last.isoformat() if row.last else "日期未报", say("state", row.state), "、".join(one.marks), one.amount, one.way,
        *(str(name or "") for name in named), row.voucher,
    ]  # fmt: skip


def narrowed(rows: QuerySet[Entry], asked: dict[str, str]) -> QuerySet[Entry]:
    """The entries of a state, a source (`none` where none is known) and a mark; an unknown word finds nothing."""
    if asked["state"]:
        rows = rows.filter(state=asked["state"])
    if asked["source"]:
        rows = rows.filter(fund=None) if asked["source"] == "none" else rows.filter(fund__source=asked["source"])
    match asked["mark"]:
        case "":
            return rows
        case "back":
            return rows.filter(back=True)
        case "late":
            return rows.filter(late=True)
        case "reversed":
            return rows.filter(pk__in=Entry.objects.exclude(corrects=None).values("corrects"))
        case "unproved":
            return rows.filter(UNPROVED)
        case _:
            return rows.none()


def _seen(request: HttpRequest, programme: Programme) -> QuerySet[Entry]:
    """The entries that the person sees: all, or those of the own area."""
    rows = of(Entry, programme)
    if can(request, "see_records", place_of(programme)):
        return rows
    mine = visible(request, [row.record for row in rows.select_related("record__programme")])
    return rows.filter(pk__in=[record.number for record in mine])


urlpatterns = [
    door(HERE + "ledger/", page, "see_records", of_own_part, name="ledger-entries"),
    *files.doors(HERE + "ledger/list", taken, "see_records", of_own_part, name="ledger-entries"),
]
