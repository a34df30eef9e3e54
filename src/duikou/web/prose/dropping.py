"""读材料 …/texts/: a file dropped in or words pasted become a document of the book, to be read; the texts that are there."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duikou.acts.doing import place_of, programme_of
from duikou.acts.evidence import kept_file
from duikou.acts.reviewing import take_text
from duikou.intake.prose.text import paragraphs
from duikou.intake.unfit import MB
from duikou.intake.upload import LARGEST, plain_name
from duikou.records.models import Account, Document, Organisation, Programme, Reviewed
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.period import on
from duikou.rules.problem import Refused
from duikou.rules.rights import Person, contains, may
from duikou.web.acting.offer import Coded, Pick
from duikou.web.acting.places import own_work
from duikou.web.book import open_book, person_of
from duikou.web.doors import door
from duikou.web.forms import Day
from duikou.web.listing.order import paged

from .kept import ACT, HERE, side_of, texts_in, within
from .taught import taught

LONGEST = 400_000  # characters that are pasted at once
TITLE = 120


class Text(forms.Form):
    """A text to be read: a file or pasted words, what it is called, who issued it, its day, what sort of paper it is."""

    file = forms.FileField(label="文件", required=False, help_text="Word（docx、doc）、有文字层的 PDF、纯文本、网页")
    words = forms.CharField(
        label="或者粘贴文字", required=False, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一段一行",
    )  # fmt: skip
    title = forms.CharField(
        label="名称", max_length=TITLE, required=False, help_text="不带书名号；不填的取第一行或文件名"
    )
    issuer = Pick("哪个单位的材料", empty="选一个单位")
    day = Day(label="日期", required=False, help_text="落款或印发的日期；去年、今年以它为准；不填的由原文里找")
    medium = Coded("medium", "哪一种材料", initial="notice")
    grade = Coded("grade", "原件还是转载", initial="copy")

    def __init__(self, *args: Any, programme: Programme, person: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        issuers: Any = self.fields["issuer"]
        issuers.queryset = offices(programme, person)
        kinds: Any = self.fields["medium"]
        kinds.choices = [choice for choice in kinds.choices if choice[0] not in ("sheet", "voucher", "")]
        account = Account.objects.filter(code=person.account).select_related("office").first()
        if account and issuers.queryset.filter(pk=account.office.organisation_id).exists():
            self.initial.setdefault("issuer", account.office.organisation_id)

    def clean(self) -> dict[str, Any]:
        """The paragraphs can be read; what is wrong is said in one sentence."""
        said = super().clean() or {}
        file, words = said.get("file"), said.get("words", "")
        if file and words.strip():
            self.add_error("words", "选了文件，又粘贴了文字；两样留一样")
        elif not file and not words.strip():
            self.add_error("file", "没有选文件，也没有粘贴文字")
        elif "words" not in self.errors and "file" not in self.errors:
            self._read(said, file, words)
        return said

    def _read(self, said: dict[str, Any], file: "UploadedFile[Any] | None", words: str) -> None:
        name = plain_name(str(file.name)) if file else "粘贴的文字.txt"
        data = file.read(LARGEST + 1) if file else "\n".join(words.splitlines()).encode()
        try:
            text = paragraphs(name, data)
        except (ValueError, Refused) as odd:
            self.add_error("file" if file else "words", str(odd))
            return
        stem = name.rpartition(".")[0] or name
        first = text.paragraphs[0].strip()
        called = said.get("title") or (stem if file else first[:40])
        said |= {"data": data, "count": len(text.paragraphs), "title": called[:TITLE].strip("《》")}


@dataclass(frozen=True)
class Listed:
    """A text that may be read: how many of its passages were decided on, where it is read."""

    document: Document
    href: str
    decided: int
    side: str


def offices(programme: Programme, person: Person) -> Any:
    """The organisations that may have issued a text: of both sides, of who has one area only those within it."""
    sides = [area for area in (programme.supporting, programme.receiving) if area]
    whole = may(person, ACT, place_of(programme))
    areas = (
        sides if whole else [post.area for post in person.posts if post.area and post.programme in ("", programme.code)]
    )
    rows = Organisation.objects.exclude(region="").values_list("pk", "region")
    chosen = [pk for pk, region in rows if any(contains(area, region) for area in areas)]
    return Organisation.objects.filter(pk__in=chosen).order_by("region", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page; a POST takes a text in and leads to it."""
    book, found, person = open_book(programme, period), programme_of(programme), person_of(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = Text(*data, programme=found, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("text", programme, period, _taken(form.cleaned_data, found, person))
        except Refused as refused:
            for problem in refused.problems:
                form.add_error(None, str(problem))
    rows = within(person, found, texts_in(found)).order_by("-pk")
    shown = paged(request, [row for row in rows if kept_file(row.digest)])
    context = {
        "book": book, "form": form, "largest": LARGEST // MB, "shown": shown, "count": shown.paginator.count,
        "listed": list(_listed(shown, book.period, found)), "taught": list(taught(person)), "wrong": form.is_bound and bool(form.errors),
    }  # fmt: skip
    return render(request, "prose_texts.html", context, status=422 if context["wrong"] else 200)


def _taken(said: dict[str, Any], programme: Programme, person: Person) -> int:
    """The number of the document that a text became."""
    issuer: Organisation = said["issuer"]
    fact = DocumentFact(
        title=said["title"], medium=said["medium"], grade=said["grade"], issuer=issuer.code,
        digest=sha256(said["data"]).hexdigest(), paragraphs=said["count"], when=on(said["day"]) if said["day"] else None,
    )  # fmt: skip
    return take_text(fact, said["data"], programme=programme, person=person, area=issuer.region)


def _listed(rows: Any, period: str, programme: Programme) -> Any:
    counts = Reviewed.objects.filter(document__in=[row.pk for row in rows]).values("document")
    done = {one["document"]: one["n"] for one in counts.annotate(n=Count("pk"))}
    for row in rows:
        there = reverse("text", args=[programme.code, period, row.pk])
        yield Listed(row, there, done.get(row.pk, 0), side_of(row, programme))


urlpatterns = [door(HERE, page, ACT, own_work(ACT), name="texts")]
