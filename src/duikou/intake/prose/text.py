"""A file with prose as paragraphs, numbered from 1: .docx, .doc, .pdf with text, plain text, a saved web page.

What the file is, its bytes say. Nothing in it is run or fetched, so a macro or an object inside does not keep its words out.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NoReturn

from ..compound import MARK
from ..unfit import MB, Unfit
from ..upload import LARGEST, OTHERS, plain_name
from .text_doc import doc_paragraphs
from .text_page import is_page, page_paragraphs
from .text_paragraph import Kind, Paragraph, kept
from .text_pdf import pdf_paragraphs
from .text_plain import decoded, plain_paragraphs
from .text_word import docx_paragraphs

Form = Literal["docx", "doc", "pdf", "text"]
EXPECTED = "Word 文档（docx、doc）、有文字层的 PDF、纯文本（txt）或网页"
_SCAN = "做文字识别（OCR）后存为 .docx 或 .txt"
_AGAIN = "用 Word 或 WPS 打开后另存为 .docx，再读"
_OTHER_TEXTS = (
    (re.compile(r"\s*\{\\rtf"), "RTF 文档"),
    (re.compile(r"\s*(MIME-Version:|From: <[^>]*>\s+Subject:)", re.IGNORECASE), "网页归档（mht）"),
    (re.compile(r"\s*<\?xml[^>]*>\s*(<\?mso-application|<w:wordDocument|<pkg:package)", re.IGNORECASE), "XML 形式的 Word 文档"),
    (re.compile(r"%!PS"), "PostScript"),
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """The paragraphs of a file with what is known of each, the form it came in, the SHA-256 of its bytes.

    `kinds` says of each paragraph whether it is running text, a heading, a row of a table, a text box or a footnote, as far
    as the file does; `pages` its page in a PDF, else 0. `unread` are the pages of a PDF that are pictures only.
    """

    paragraphs: tuple[str, ...]
    form: Form
    digest: str
    kinds: tuple[Kind, ...] = ()
    pages: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


def paragraphs(name: str, content: bytes) -> Text:
    """The paragraphs of a file; ValueError says in one sentence why it cannot be read and how to mend it."""
    shown = plain_name(name)
    try:
        form, found, unread = _read(shown, content)
        said = tuple(kept(found))
        if not said:
            _refuse("里面没有文字", "核对文件；扫描的先做文字识别（OCR）")
    except Unfit as unfit:
        raise ValueError(str(unfit.of(shown))) from None
    digest = sha256(content).hexdigest()
    texts, kinds, pages = (tuple(getattr(one, part) for one in said) for part in ("text", "kind", "page"))
    return Text(texts, form, digest, kinds, pages, unread)


def _read(name: str, content: bytes) -> tuple[Form, Iterable[Paragraph], tuple[int, ...]]:
    """The form of a file, its paragraphs, the pages that could not be read."""
    if not content:
        _refuse("空文件", "核对文件，重新取得")
    if len(content) > LARGEST:
        raise Unfit(
            "upload.2", f"{len(content) / MB:.1f} MB", f"至多 {LARGEST // MB} MB", "分成几个文件，或压缩图片后再读"
        )
    if content.startswith(b"PK\3\4"):
        return "docx", docx_paragraphs(content), ()
    if content.startswith(MARK):
        return "doc", doc_paragraphs(content), ()
    if content.startswith(b"%PDF-") or (
        b"%PDF-" in content[:1024] and b"\0" in content
    ):  # something may stand before it
        found, unread = pdf_paragraphs(content)
        return "pdf", found, unread
    for mark, what, remedy in (*OTHERS, (b"\x89PNG", "PNG 图片", _SCAN), (b"\xff\xd8\xff", "JPEG 图片", _SCAN)):
        if content.startswith(mark) and b"\0" in content and not mark.startswith((b"\xff\xfe", b"\xfe\xff")):
            _refuse(what, remedy)
    return "text", _written(name, content), ()


def _written(name: str, content: bytes) -> Iterable[Paragraph]:
    """The paragraphs of a text: a web page by its marks, any other by its lines."""
    text = decoded(content)
    for pattern, what in _OTHER_TEXTS:
        if pattern.match(text):
            _refuse(what, _AGAIN)
    reader: Callable[[str], Iterable[Paragraph]] = page_paragraphs if is_page(text) else plain_paragraphs
    if reader is page_paragraphs and name.lower().endswith((".doc", ".docx")):
        _refuse("名为 Word 文档的网页", f"{_AGAIN}；或把名称改为 .html")
    return reader(text)


def _refuse(found: str, remedy: str) -> NoReturn:
    raise Unfit("upload.1", found, EXPECTED, remedy)
