"""A PDF with text as paragraphs: its pages' lines in order, without page numbers and running heads."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time
from typing import TypeVar

from pypdf import PdfReader

from ..unfit import Unfit, damaged
from .text_joined import joined, without_heads
from .text_lines import Line, lines_of
from .text_paragraph import Paragraph

Read = TypeVar("Read")
PAGES, SECONDS = 1000, 30
NONSENSE = 0.2  # of the characters, above which the fonts of a file do not say which letters they show
_SCAN = "对扫描件做文字识别（OCR），存为 .docx 或带文字层的 PDF 再读"


def pdf_paragraphs(data: bytes) -> tuple[list[Paragraph], tuple[int, ...]]:
    """The paragraphs of a PDF, and the pages without any text; Unfit where it has none, is closed or damaged."""
    with _quietly():
        pages = _pages(data)
    if not any(pages):
        raise Unfit("upload.7", "没有文字层的 PDF（扫描件或图片）", "有文字层的 PDF", _SCAN)
    unread = tuple(number for number, lines in enumerate(pages, 1) if not lines)
    letters = [c for lines in pages for line in lines for c in line.text]
    if sum(map(_is_nonsense, letters)) > NONSENSE * len(letters):
        raise Unfit(
            "upload.7",
            "文字层读不出的 PDF（字体没有写明对应哪些字）",
            "有文字层的 PDF",
            f"从原来的 Word 文件另存；或{_SCAN}",
        )
    return joined(without_heads(pages)), unread


def _pages(data: bytes) -> list[list[Line]]:
    """The lines of each page; whatever the reader of PDFs stumbles over is damage."""
    reader: PdfReader = _guarded(lambda: PdfReader(io.BytesIO(data)))
    if _guarded(lambda: reader.is_encrypted and not reader.decrypt("")):
        raise Unfit("upload.4", "加了密码的 PDF", "没有密码的 PDF", "取消密码后另存，再读")
    count: int = _guarded(lambda: len(reader.pages))
    if count > PAGES:
        raise Unfit("upload.2", f"{count} 页的 PDF", f"至多 {PAGES} 页", "分成几个文件再读")
    clock = _Clock()
    return [_guarded(lambda at=at: lines_of(reader.pages[at], at + 1, clock.look)) for at in range(count)]  # type: ignore[misc]


class _Clock:
    """How long the processor has been at a file: a page may draw the same form again and again."""

    def __init__(self) -> None:
        self.begun = thread_time()

    def look(self, *_: object) -> None:
        """Unfit where it has taken too long."""
        if thread_time() - self.begun > SECONDS:
            raise Unfit(
                "upload.3",
                f"读了 {SECONDS} 秒还没有读完的 PDF",
                "一般的文稿",
                "用“打印—另存为 PDF”重做一份，或分成几个文件",
            )


@contextmanager
def _quietly() -> Iterator[None]:
    """What the reader of PDFs has to say of a file's faults stays unsaid: it mends them or gives up."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _guarded(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except Unfit:
        raise
    except Exception as error:
        raise damaged(f"PDF 读不到头（{type(error).__name__}）") from None


def _is_nonsense(c: str) -> bool:
    return c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\t\n")
