"""A document /d/{digest}/: what it is, its paragraphs, what rests on each; and how its text is given to the book."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import path

from duikou.acts.evidence import keep_document
from duikou.records.models import Document, Statement
from duikou.rules.rights import RIGHTS, may
from duikou.terms.words import zh

from .addresses import address, code_of, href, titles
from .book import Book, person_of, reporting_period, snapshot
from .passages import Paragraph, marked, paragraphs

ACT = "keep_document"
LARGEST = 5 * 2**20  # bytes of a text: a thousand pages
MOST = 100  # vouchers on the list of documents


@dataclass(frozen=True)
class Resting:
    """A record that rests on words of a document."""

    code: str
    title: str
    href: str
    programme: str


@dataclass(frozen=True)
class Place:
    """A paragraph of a document: its text with marks, or the words the book keeps of it; the records resting on it."""

    number: int | None
    paragraph: Paragraph | None
    fragments: tuple[str, ...]
    resting: tuple[Resting, ...]


def page(request: HttpRequest, key: str, paragraph: int | None = None) -> HttpResponse:
    """The page of a document, at a paragraph where one is named; a file posted to it becomes its text."""
    document = _document(key)
    own = address(document.digest, document.pk)
    if own != f"/d/{key}/":
        return HttpResponsePermanentRedirect(address(document.digest, document.pk, paragraph))
    odd = ""
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(own)
        if not may(person_of(request).roles, ACT):
            raise PermissionDenied(f"{zh('act', ACT)}由{_roles()}办理，这个账号没有这项职责。")
        odd = _keep(request, document)
        if not odd:
            messages.success(request, "原文已收入，词句已可逐字核对。")
            return redirect(own)
    return render(request, "document.html", _context(request, document, paragraph) | {"odd": odd}, status=422 if odd else 200)


def _document(key: str) -> Document:
    """The document of an address: the first eight digits of its digest, or its number."""
    found = Document.objects.filter(digest__startswith=key).first() if len(key) == 8 else None  # noqa: PLR2004
    if found is None and key.isdecimal():
        found = Document.objects.filter(pk=int(key)).first()
    if found is None:
        raise Http404(f"没有文件 {key}；地址用文件指纹的前 8 位，没有指纹的用记录编号")
    return found


def _keep(request: HttpRequest, document: Document) -> str:
    """Keep the posted file as the document's text; else what is odd about it, and nothing is kept."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return "没有选文件。先选文件，再收入。"
    if (file.size or 0) > LARGEST:
        return f"文件超过 {LARGEST // 2**20} MB，未收入。这里只收纯文本原文。"
    data = file.read()
    digest = sha256(data).hexdigest()
    if digest != document.digest:
        return f"不是同一件：所选文件指纹 {digest}，账上登记 {document.digest}。文件未收入；多一个空格或换行，指纹也不同。"
    keep_document(data, person=person_of(request))
    return ""


def _context(request: HttpRequest, document: Document, chosen: int | None) -> dict[str, Any]:
    """What the page of a document shows."""
    texts = paragraphs(document.digest)
    last = len(texts) if texts is not None else document.paragraphs
    if chosen is not None and last is not None and not 1 <= chosen <= last:
        raise Http404(f"《{document.title}》共 {last} 段，没有第 {chosen} 段")
    places = list(_places(document, texts))
    begins = document.foreign_from or 10**9
    programme = document.record.programme
    taken = snapshot()
    return {
        "book": Book(taken, programme.code, reporting_period(taken, programme.code)) if programme else None,
        "document": document, "kept": texts is not None, "chosen": chosen, "roles": _roles(), "largest": LARGEST // 2**20,
        "own": [place for place in places if (place.number or 0) < begins], "may_keep": may(person_of(request).roles, ACT),
        "foreign": [place for place in places if (place.number or 0) >= begins], "foreign_open": (chosen or 0) >= begins,
        "resting": len({record.href for place in places for record in place.resting}),
    }  # fmt: skip


def _places(document: Document, texts: tuple[str, ...] | None) -> Iterator[Place]:
    """All paragraphs where the text is there, else those that records rest on; words of no paragraph come first."""
    said: dict[int | None, list[Statement]] = {}
    rows = Statement.objects.filter(passage__document=document).select_related("passage", "record__programme")
    for row in rows.order_by("number"):
        said.setdefault(row.passage.paragraph, []).append(row)
    called = titles({row.record.number: row.record for row in rows}.values())
    numbers = range(1, len(texts) + 1) if texts is not None else sorted(n for n in said if n)
    for number in [*([None] if None in said else []), *numbers]:
        here = said.get(number, [])
        fragments = tuple(dict.fromkeys(row.passage.fragment for row in here if row.passage.fragment))
        records = {row.record.number: row.record for row in here}
        resting = tuple(
            Resting(code_of(r), called[r.number], href(r), r.programme.title if r.programme and r.programme != document.record.programme else "")
            for r in records.values()
        )  # fmt: skip
        text = marked(number, texts[number - 1], fragments) if texts is not None and number else None
        yield Place(number, text, fragments, resting)


def _roles() -> str:
    """Who may give a document's text."""
    return "、".join(zh("role", role) for role in sorted(RIGHTS[ACT]))


@dataclass(frozen=True)
class Listed:
    """A document on the list, with how many records rest on it."""

    title: str
    href: str
    medium: str
    grade: str
    day: Any
    kept: bool | None
    records: int


def library(request: HttpRequest, programme: str) -> HttpResponse:
    """资料库: the documents and vouchers that records of a programme rest on."""
    taken = snapshot()
    book = Book(taken, programme, reporting_period(taken, programme))
    resting: dict[int, set[int]] = {}
    for row in book.rows("statements"):
        resting.setdefault(row["document"], set()).add(row["record"])
    rows = [r for r in taken.rows["documents"] if r["number"] in resting or r["programme"] == programme]
    papers = [_listed(r, resting) for r in rows if r["medium"] != "voucher"]
    vouchers = [_listed(r, resting) for r in reversed(rows) if r["medium"] == "voucher"]
    shown = [*papers, *vouchers[:MOST]]
    context = {"book": book, "listed": shown, "papers": len(papers), "vouchers": len(vouchers), "more": len(vouchers[MOST:])}
    return render(request, "documents.html", context)


def _listed(row: dict[str, Any], resting: dict[int, set[int]]) -> Listed:
    kept = paragraphs(row["digest"]) is not None if row["digest"] else None
    return Listed(
        row["title"], address(row["digest"], row["number"]), zh("medium", row["medium"]), row["grade"], row["last"], kept,
        len(resting.get(row["number"], ())),
    )  # fmt: skip


urlpatterns = [
    path("d/<slug:key>/", page, name="document"),
    path("d/<slug:key>/p/<int:paragraph>/", page, name="paragraph"),
    path("p/<slug:programme>/d/", library, name="documents"),
]
