"""A plain text: in which encoding its bytes are written, and its lines."""

import codecs
import re
from collections.abc import Iterator
from functools import cache

from ..unfit import Unfit
from .text_paragraph import Paragraph

MARKS = (  # the longer first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"),
)  # fmt: skip
ENCODINGS = ("utf-8", "gb18030", "cp950")
LIKELY = 0.7  # of the letters beyond ASCII that are common ones, below which bytes were no text of an encoding
ODD = 0.02  # of all characters, above which a file with characters that no text has is none
_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SAMPLE = 200_000
_TEXTS, _AGAIN = "UTF-8、UTF-16、GB 18030 或 Big5 的文字", "用记事本或 WPS 打开，确认可读后另存为 UTF-8 文本"


def plain_paragraphs(text: str) -> Iterator[Paragraph]:
    """The lines of a text, one paragraph each; blanks at their beginning and inside stay."""
    return (Paragraph(line) for line in _ENDS.split(text) if line)


def decoded(content: bytes) -> str:
    """The text of bytes: by its mark, else UTF-8, else GB 18030 or Big5, whichever makes the likelier Chinese."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            text = _tried(content, encoding)
            if isinstance(text, int):
                raise Unfit("upload.7", f"第 {text + 1} 字节起不是 {encoding.upper()} 文字", _TEXTS, _AGAIN)
            return _sound(text)
    tried = [_tried(content, encoding) for encoding in ENCODINGS]
    if isinstance(tried[0], str):
        return _sound(tried[0])
    best = max((text for text in tried if isinstance(text, str)), key=likeness, default="")
    if likeness(best) < LIKELY or not best:
        first = max((broken for broken in tried if isinstance(broken, int)), default=0)
        raise Unfit("upload.7", f"第 {first + 1} 字节起不是文字", _TEXTS, _AGAIN)
    return _sound(best)


def _tried(content: bytes, encoding: str) -> str | int:
    """The text in an encoding, or the byte from which on it is none."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start


def _sound(text: str) -> str:
    """The text; Unfit where so many characters are none that the file was no text."""
    sample = text[:_SAMPLE]
    odd = sum(
        (c < " " and c not in "\t\n\r\v\f\x1a") or "\x7f" <= c < "\x85" or c in "\ufffd\ufffe\uffff" for c in sample
    )
    if odd > 2 + ODD * len(sample):
        raise Unfit("upload.7", "满是控制字符的内容", _TEXTS, "核对是否文本文件；" + _AGAIN)
    return text


def likeness(text: str) -> float:
    """How much of what is beyond ASCII in a text is common Chinese, simplified or traditional, or its punctuation."""
    beyond = [c for c in text[:_SAMPLE] if c > "\x7f"]
    return sum(map(_is_common, beyond)) / len(beyond) if beyond else 1.0


@cache
def _is_common(c: str) -> bool:
    """Whether a character is a common one: punctuation, full-width, or in the first plane of GB 2312 or Big5."""
    if c in "·—‘’“”…※①②③④⑤⑥⑦⑧⑨⑩℃‰→×÷≥≤㎡\u00a0" or "\u3000" <= c <= "\u3017" or "\uff01" <= c <= "\uff5e":
        return True
    return "\u4e00" <= c <= "\u9fff" and (
        _lead(c, "gb2312") in range(0xB0, 0xD8) or _lead(c, "big5") in range(0xA4, 0xC7)
    )


def _lead(c: str, encoding: str) -> int:
    return c.encode(encoding, "replace")[0]
