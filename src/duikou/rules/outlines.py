"""提纲 as an office keeps it: a text in editions; what may be saved as the next one."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .fact import Fact
from .problem import Found, rule

LONGEST = 60000  # characters of an outline


@dataclass(frozen=True)
class Odd:
    """What the reader of outlines could not take as it stands: the line, what was found, what was expected, the remedy."""

    line: int
    found: str
    expected: str
    remedy: str
    day: ClassVar[date | None] = None

    @property
    def place(self) -> str:
        """第3行."""
        return f"第 {self.line} 行"


@dataclass(frozen=True, kw_only=True)
class Outline(Fact):
    """An edition of an outline: which paper (`code`), its number, title and text, why it was changed."""

    code: str
    edition: int
    title: str
    text: str
    digest: str
    reason: str = ""


@dataclass(frozen=True)
class OutlineStanding:
    """What the book knows when an edition comes: the youngest one, the digest of the text in use, the edition it was made from."""

    youngest: int = 0
    digest: str = ""
    made_from: int = 0


@rule("outlines.1", basis="一数一源；提纲存前先核对", guards=True)
def line_is_understood(fact: Odd, standing: object) -> Found | None:
    """提纲每一行都读得懂才保存。
    An outline is saved only when every line of it is understood."""
    return Found(fact.found, fact.expected, fact.remedy) if fact.found else None


@rule("outlines.2", basis="后存的不盖掉先存的", guards=True)
def edition_follows_the_youngest(fact: Outline, standing: OutlineStanding) -> Found | None:
    """新的一版从最新一版改起，版次依次加一。
    A new edition is made from the youngest one and bears the next number."""
    if standing.made_from != standing.youngest:
        found = f"从第 {standing.made_from} 版改起，现已有第 {standing.youngest} 版"
        return Found(found, f"从第 {standing.youngest} 版改起", "把改动抄到最新一版上再存")
    if fact.edition != standing.youngest + 1:
        return Found(f"第 {fact.edition} 版", f"第 {standing.youngest + 1} 版", "版次由系统编，不另填")
    return None


@rule("outlines.3", basis="一版一改", guards=True)
def edition_differs_from_the_one_in_use(fact: Outline, standing: OutlineStanding) -> Found | None:
    """新的一版须与在用的一版不同。
    A new edition differs from the one in use."""
    return Found("与在用的一版相同", "有改动的提纲", "没有改动不必存") if fact.digest == standing.digest else None


@rule("outlines.4", basis="改动有据")
def edition_says_why(fact: Outline, standing: OutlineStanding) -> Found | None:
    """存新的一版须写明改了什么、为什么改。
    A new edition says what was changed and why."""
    return None if fact.reason.strip() else Found("没有写", "改了什么、为什么改", "一句话写明")


@rule("outlines.5", basis="提纲是一份文稿", guards=True)
def outline_is_of_a_readable_length(fact: Outline, standing: OutlineStanding) -> Found | None:
    """提纲不超过六万字。
    An outline is not longer than sixty thousand characters."""
    if len(fact.text) <= LONGEST:
        return None
    return Found(f"{len(fact.text)} 字", f"至多 {LONGEST} 字", "删去与文稿无关的内容")


RULES = {
    Odd: (line_is_understood,),
    Outline: (
        edition_follows_the_youngest,
        edition_differs_from_the_one_in_use,
        edition_says_why,
        outline_is_of_a_readable_length,
    ),
}
