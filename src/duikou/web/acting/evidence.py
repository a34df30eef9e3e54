"""The part of a form that says which paper something comes from: one of the book, or a new one with its number and day."""

from typing import Any

from django import forms

from duikou.acts.accepting import PAPER
from duikou.records.models import Account, Document, ProjectPaper, Statement
from duikou.rules.evidence import FRAGMENT
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.fact import Source
from duikou.rules.rights import contains
from duikou.web.passages import paragraphs

from .offer import Coded, Offer, Pick
from .reading import DayOrMonth

NEW = ("source_number", "source_day", "source_words")


def paper_fields() -> dict[str, forms.Field]:
    """Which paper it is, and the words that say it."""
    return {
        "source": Pick(
            "出自哪份文件", required=False, empty="没有登记的文件", help_text="账上没有这份文件的，写在下面；没有文件的记入待核"
        ),
        "source_title": forms.CharField(label="新文件的名称", max_length=80, required=False, help_text="不带书名号"),
        "source_number": forms.CharField(label="新文件的文号", max_length=36, required=False),
        "source_day": DayOrMonth(label="新文件的日期", required=False),
        "source_side": Coded("side", "新文件出自哪一方", required=False),
        "source_words": forms.CharField(
            label="写明这件事的原文词句", max_length=FRAGMENT, required=False,
            help_text=f"照原文抄，至多 {FRAGMENT} 个字；账上没有原文的可不填",
        ),
    }  # fmt: skip


def offer_papers(form: Any, offer: Offer) -> None:
    """Offer the papers of the programme, without vouchers, papers of projects and what was withdrawn; propose the own side."""
    papers = Document.objects.filter(record__programme=offer.programme, withdrawn=None).exclude(medium="voucher")
    papers = papers.exclude(pk__in=ProjectPaper.objects.exclude(document=None).values("document"))
    form.offers(source=papers.order_by("-pk"))
    account = Account.objects.filter(code=offer.person.account).select_related("office").first()
    form.propose(source_side=account.office.side if account else "")


def check_paper(form: Any, said: dict[str, Any]) -> None:
    """Object to a paper that is said twice, half or not at all, and to words that do not stand in it."""
    document, title = said.get("source"), said.get("source_title")
    if document and title:
        form.add_error("source_title", "选了账上的文件，又写了新文件；两样留一样")
    elif title:
        if Document.objects.filter(record__programme=form.offer.programme, title=_title(said)).exists():
            form.add_error("source_title", f"账上已有《{_title(said)}》；在“出自哪份文件”中选")
        if not said.get("source_side") and "source_side" not in form.errors:
            form.add_error("source_side", "没有填写；选支援方或受援方")
    elif document:
        _check_words(form, document, said)
    elif any(said.get(name) for name in NEW):
        form.add_error("source", "写了文号、日期或词句，没有写是哪份文件；选一份，或写新文件的名称")


def _check_words(form: Any, document: Document, said: dict[str, Any]) -> None:
    """Where the book has the text, the words are to stand in it; the paragraph is found by them."""
    texts = paragraphs(document.digest)
    if texts is None or "source_words" not in said:
        return
    words = said["source_words"]
    found = [number for number, text in enumerate(texts, 1) if words and words in text]
    said["source_paragraph"] = found[0] if found else None
    if not words:
        form.add_error("source_words", "没有填写；账上有这份文件的原文，抄上写明这件事的词句")
    elif not found:
        form.add_error("source_words", f"“{words}”不在{document}的原文里；照原文抄")


def source_of(said: dict[str, Any], offer: Offer) -> tuple[Source | None, DocumentFact | None]:
    """The passage that was said, and the paper where it is a new one."""
    words, document = said["source_words"], said["source"]
    if document:
        return Source(document.pk, _side(document, offer), said.get("source_paragraph"), "", words), None
    if not said["source_title"]:
        return None, None
    paper = DocumentFact(title=_title(said), medium="notice", grade="original", when=said["source_day"])
    return Source(PAPER, said["source_side"], None, "", words), paper


def _title(said: dict[str, Any]) -> str:
    """The title of a new paper with its number."""
    number = said.get("source_number")
    return f"{said['source_title']}（{number}）" if number else str(said["source_title"])


def _side(document: Document, offer: Offer) -> str:
    """Whose word a paper is: as it was taken before, else by who issued it."""
    before = Statement.objects.filter(passage__document=document).values_list("side", flat=True).first()
    area = document.issuer.region if document.issuer else ""
    ours = bool(offer.programme.supporting) and contains(offer.programme.supporting, area)
    return before or ("supporting" if ours else "receiving")
