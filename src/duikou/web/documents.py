"""资料 /d/{document}/: what rests on a document, and its text with the used phrases marked where the office gave it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duikou.acts.doing import Forbidden
from duikou.acts.evidence import keep_document, text_of
from duikou.intake.upload import LARGEST_TEXT, examine
from duikou.records.models import Document, Record, Submission
from duikou.rules.problem import Refused
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.terms.words import zh

from . import withheld
from .acting.places import own_work
from .addresses import address, href, titles
from .book import Book, open_book, person_of, reporting_period, snapshot
from .doors import can, door, of_document, of_programme
from .errors import Withdrawn
from .fields import label
from .language import say
from .listing import files
from .listing.order import paged
from .passages import Paragraph, marked, paragraphs
from .seeing import reader, rows_seen, visible, withdrawn

Kept = dict[str, Any]  # a row of the snapshot
DIGITS = 12  # of a record number in an address


@dataclass(frozen=True)
class Resting:
    """One statement that rests on the document: the record, which aspect of it, the words, the number."""

    paragraph: int | None
    kind: str
    record: str
    href: str
    aspect: str
    value: str
    fragment: str
    programme: str


@dataclass(frozen=True)
class Listed:
    """A document in the list of a programme."""

    document: Kept
    href: str
    records: int
    given: bool
    withdrawn: bool


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, said: str, paragraph: int | None = None) -> HttpResponse:
    """A document, or one paragraph of it; a POST gives its text to be kept."""
    taken = snapshot()
    document = find(taken, said)
    if document["number"] in withdrawn(request):
        raise Withdrawn(Document.objects.select_related("record__programme").get(pk=document["number"]))
    place = of_document(request, said=said)
    context: dict[str, Any] = {
        "wrong": "", "may_keep": can(request, "keep_document", place),
        "may_withdraw": can(request, "withdraw_document", place),
    }  # fmt: skip
    if request.method == "POST":
        given = request.FILES.get("file")
        data = given.read(LARGEST_TEXT + 1) if isinstance(given, UploadedFile) else b""
        if not (wrong := _keep(request, document, data, str(getattr(given, "name", "")))):
            return redirect(address(document["digest"], document["number"]))
        context["wrong"] = wrong
    context |= _document(request, taken, document, paragraph)
    context["review"] = _review(request, context)
    return render(request, "document.html", context, status=422 if context["wrong"] else 200)


def find(taken: Snapshot, said: str) -> Kept:
    """The document of a digest's beginning (8 digits or more) or of a record number; 404 where there is none."""
    found = [d for d in taken.rows["documents"] if d["digest"].startswith(said)] if len(said) >= 8 else []
    number = int(said) if said.isascii() and said.isdecimal() and len(said) <= DIGITS else 0
    found = found or [d for d in taken.rows.by("documents", "number").get(number) if str(number) == said]
    if not found:
        raise Http404(f"没有文件 {said}；写文件指纹的前 8 位，或记录号")
    return found[0]


def _keep(request: HttpRequest, document: Kept, data: bytes, name: str) -> str:
    """Keep the given text; what is wrong with it, if anything, and then nothing is kept."""
    digest, named = sha256(data).hexdigest(), document["digest"]
    if not data:
        return "没有选择文件。请选择原文的 UTF-8 文本文件。"
    try:
        upload = examine(name, data, {"text"})
    except Refused as refused:
        return f"{refused}。未收入。"
    if digest != named:
        return f"这不是账上登记的那份文件，未收入。账上的指纹是 {named}，这份的指纹是 {digest}。"
    if upload.encoding != "utf-8":
        return "这份文件不是 UTF-8 文本，未收入。"
    try:
        keep_document(data, person=person_of(request))
    except Forbidden as forbidden:
        return f"{forbidden}，未收入。"
    messages.success(request, gettext("原文已收入，指纹相符；词句已可与原文逐字核对。"))
    return ""


def _document(request: HttpRequest, taken: Snapshot, document: Kept, only: int | None) -> dict[str, Any]:
    """What the page of a document shows: all of it, or one paragraph."""
    resting = list(_resting(request, taken, document))
    texts = reader(request)(document["digest"], document["number"])
    sheet = document["medium"] == "sheet"
    last = document["paragraphs"] or len(texts or ()) or max((r.paragraph or 0 for r in resting if sheet), default=0)
    if only is not None and not 1 <= only <= max(last, 1):
        raise Http404(f"文件只有 {last} {'行' if sheet else '段'}")
    shown = [r for r in resting if only in (None, r.paragraph)]
    foreign = document["foreign_from"] or last + 1
    code = document["programme"]
    return {
        "book": Book(taken, code, reporting_period(taken, code)) if code else None, "document": document,
        "own": [r for r in shown if (r.paragraph or 0) < foreign],
        "other": [r for r in shown if (r.paragraph or 0) >= foreign],
        "text": _text(texts or (), shown, 1, foreign - 1, only), "given": _given(document),
        "hidden": texts is None, "only": only, "sheet": sheet, "submissions": _submissions(request, document) if sheet else [],
        "excluded": _text(texts or (), shown, foreign, len(texts or ()), only), "foreign": foreign, "last": last,
        "before": only - 1 if only and only > 1 else None, "after": only + 1 if only and only < last else None,
        "href": address(document["digest"], document["number"]),
    }  # fmt: skip


def _review(request: HttpRequest, context: dict[str, Any]) -> str:
    """Where the text is read sentence by sentence, for those who may."""
    book, readable = context["book"], context["given"] and not context["hidden"] and not context["sheet"]
    if book is None or not readable or not can(request, "review_text", of_programme(request, programme=book.code)):
        return ""
    return reverse("text", args=[book.code, book.period, context["document"]["number"]])


def _submissions(request: HttpRequest, document: Kept) -> list[tuple[str, str]]:
    """The receipts of a sheet that the person sees, with their addresses: one that was taken back may be handed in again."""
    rows = Submission.objects.filter(document=document["number"]).select_related("record__programme").order_by("pk")
    return [(row.receipt, href("submission", row.pk)) for row in rows_seen(request, rows)]


def _text(texts: Sequence[str], resting: Sequence[Resting], first: int, last: int, only: int | None) -> list[Paragraph]:
    """Paragraphs with the phrases that records rest on marked."""
    chosen = [n for n in range(first, min(last, len(texts)) + 1) if only in (None, n)]
    return [marked(n, texts[n - 1], [r.fragment for r in resting if r.paragraph == n]) for n in chosen]


def _resting(request: HttpRequest, taken: Snapshot, document: Kept) -> Iterator[Resting]:
    """The statements the person sees that rest on a document, in the order of its text; each passage of a record once."""
    said = taken.rows.by("statements", "document").get(document["number"], [])
    kept = Record.objects.filter(pk__in={s["record"] for s in said}).select_related("programme")
    records = {record.number: record for record in visible(request, kept)}
    rows = withheld.open_rows(request, said, records)
    called = titles(records.values())
    for s in sorted(rows, key=lambda s: (s["paragraph"] or 0, s["record"], s["number"])):
        low, high, hedge, unit = (s[f"value_{part}"] for part in ("low", "high", "hedge", "unit"))
        same = [o for o in rows if o["record"] == s["record"] and o["aspect"] and o["fragment"] == s["fragment"]]
        if not s["aspect"] and same:
            continue  # the words of the whole record are those of its number
        kind = records[s["record"]].kind
        yield Resting(
            paragraph=s["paragraph"],
            kind=zh("record", kind),
            record=called[s["record"]],
            href=href(kind, s["record"]),
            aspect=label(kind, s["aspect"]) if s["aspect"] else "",
            value=write(Quantity(low, high, unit, hedge)).text if unit else "",
            fragment=s["fragment"],
            programme=s["programme"] or "",
        )


def library(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The documents of a programme: its own and those its records rest on."""
    book = open_book(programme, period)
    used = used_by(book)
    documents = documents_of(book, used)
    shown, gone = paged(request, documents), withdrawn(request)
    listed = [_listed(d, used, gone) for d in shown]
    return render(
        request,
        "documents.html",
        {
            "book": book, "documents": listed, "shown": shown, "count": len(documents),
            "may_review": can(request, "review_text", own_work("review_text")(request, programme=programme)),
        },
    )  # fmt: skip


def used_by(book: Book) -> dict[int, set[int]]:
    """The records that rest on each document."""
    used: dict[int, set[int]] = {}
    for said in book.rows("statements"):
        used.setdefault(said["document"], set()).add(said["record"])
    return used


def documents_of(book: Book, used: Mapping[int, set[int]]) -> list[Kept]:
    """The documents of a programme and those its records rest on, vouchers last."""
    rows = [d for d in book.snapshot.rows["documents"] if d["programme"] == book.code or d["number"] in used]
    return sorted(rows, key=lambda d: (d["medium"] == "voucher", d["number"]))


def _listed(row: Kept, used: Mapping[int, set[int]], gone: Collection[int]) -> Listed:
    number, digest = row["number"], row["digest"]
    return Listed(row, address(digest, number), len(used.get(number, ())), _given(row), number in gone)


def _given(row: Kept) -> bool:
    """Whether the office has given a text that can be shown by paragraphs; of a Word or PDF file, as of one pasted."""
    written = row["medium"] not in ("sheet", "voucher")
    return (paragraphs(row["digest"]) if written else text_of(row["digest"])) is not None


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The documents as the page lists them, with their digests whole."""
    heads = ("文件", "级别", "种类", "日期", "依据它的记录", "原文", "指纹")
    book, gone = open_book(programme, period), withdrawn(request)
    used = used_by(book)
    rows = (_cells(_listed(d, used, gone)) for d in documents_of(book, used))
    return files.Listing(f"documents-{programme}", "资料库", heads, rows, wide=0)


def _cells(one: Listed) -> list[object]:
    """A document as the page shows it."""
    row = one.document
    text = "已撤下" if one.withdrawn else "已收入" if one.given else "可补" if row["digest"] else "没有登记文件"
    day = row["last"]
    return [
        row["title"], say("grade", row["grade"]), say("medium", row["medium"]),
        f"{day.year}年{day.month}月{day.day}日" if day else "", one.records, text, row["digest"],
    ]  # fmt: skip


urlpatterns = [
    door("d/<slug:said>/", page, "see_records", of_document, change="keep_document"),
    door("d/<slug:said>/p/<int:paragraph>/", page, "see_records", of_document),
    door("p/<slug:programme>/<period:period>/d/", library, "see_figures", of_programme),
    *files.doors("p/<slug:programme>/<period:period>/d/list", taken, "see_figures", of_programme, name="documents"),
]
