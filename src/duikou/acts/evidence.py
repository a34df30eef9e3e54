"""Documents enter the book; a document's text is kept under its digest outside it."""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from duikou.records.models import Document, Programme
from duikou.rules import evidence as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.rights import Person, Place

from .doing import Work, ask, doing, judge_all, place_of, today
from .entering import enter


def enter_documents(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Documents that facts rest on."""
    asking = judge_all(work, told, rules.RULES, lambda _: None, opened=programme.opened)
    work.refuse_if_stopped()
    numbers = enter(work, programme.record_id, told, keys)
    for t, number in zip(told, numbers, strict=True):
        spoken = isinstance(t.fact, rules.Document) and t.fact.medium == "spoken_report"
        ask(work, asking[t.key], number, "汇报稿原件" if spoken else "公开网页的存档件")
    return numbers


def keep_text(data: bytes) -> str:
    """Keep a document's bytes in var/documents under their SHA-256; the digest. Kept once, whole or not at all."""
    digest = sha256(data).hexdigest()
    folder = Path(settings.VAR) / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / digest
    if not target.exists():
        part = folder / f"{digest}.{os.getpid()}.part"
        part.write_bytes(data)
        part.replace(target)
    return digest


def kept_file(digest: str) -> Path | None:
    """Where a document's bytes are kept; nothing where the office has not given them."""
    target = Path(settings.VAR) / "documents" / digest
    return target if digest and target.exists() else None


def text_of(digest: str) -> str | None:
    """The kept text of a document; nothing where the office has not given it, or what it gave is no text."""
    target = kept_file(digest)
    if target is None:
        return None
    try:
        return target.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None  # kept, but not a text that can be shown by paragraphs


def keep_document(data: bytes, *, person: Person) -> Document:
    """The office gives a document whose digest the book already names; its text can be shown from now on."""
    digest = sha256(data).hexdigest()
    document = Document.objects.filter(digest=digest).first()
    if document is None:
        raise LookupError(f"账上没有指纹为 {digest[:16]}… 的文件；先登记该文件，再补原文")
    if document.withdrawn:
        raise LookupError(f"《{document.title}》已于 {document.withdrawn} 撤下，不再收入原文")
    if kept_file(digest):
        return document
    programme = document.record.programme
    place = place_of(programme) if programme else Place()
    with doing("keep_document", person=person, place=place, evidence=f"sha256:{digest}") as work:
        keep_text(data)
        work.must_journal = True
    return document


def withdraw_document(document: Document, *, person: Person, reason: str) -> None:
    """A document's text goes out of sight for good: the file is deleted, digest and records stay in the book."""
    programme = document.record.programme
    place = place_of(programme) if programme else Place()
    with doing("withdraw_document", person=person, place=place, reason=reason) as work:
        work.change(document, withdrawn=today())
    (Path(settings.VAR) / "documents" / document.digest).unlink(missing_ok=True)
