"""审读: what a person decides of a passage that was read, and what of an office's wording is learnt by it."""

from dataclasses import dataclass

from duikou.terms.words import zh

from .fact import Fact, Ref
from .problem import Found, rule

WORDS = 60  # characters of an example of wording


@dataclass(frozen=True, kw_only=True)
class Reviewed(Fact):
    """A passage that was read and decided on (terms: review): characters of the raw paragraph, what it was read as."""

    document: Ref
    paragraph: int
    begins: int
    ends: int
    reads: str
    verdict: str
    text: str = ""
    about: Ref | None = None
    reason: str = ""

    @property
    def place(self) -> str:
        """第20段“160万元”."""
        return f"第 {self.paragraph} 段“{self.text}”"


@dataclass(frozen=True, kw_only=True)
class Wording(Fact):
    """Words of an office that were read one way in an aspect (`was`) and by its correction mean another (`reads`)."""

    office: str
    aspect: str
    words: str
    reads: str
    was: str = ""
    document: Ref | None = None


@dataclass(frozen=True)
class ReviewStanding:
    """What was decided of a passage before (terms: review); nothing where nobody has, or where it was declined."""

    before: str = ""


@rule("reviews.1", basis="不收也要有交代", guards=True)
def declining_says_why(fact: Reviewed, standing: ReviewStanding) -> Found | None:
    """不收的，须写明原因。
    What is declined says why."""
    if fact.verdict != "declined" or fact.reason.strip():
        return None
    return Found("没有写原因", "一句话", "写明为什么不收，如：不是本项目方案的事")


@rule("reviews.2", basis="一件事只记一次", guards=True)
def a_passage_is_taken_once(fact: Reviewed, standing: ReviewStanding) -> Found | None:
    """一处词句只收一次。
    A passage is taken into the book once."""
    if not standing.before or standing.before == "declined":
        return None
    done = f"{fact.place}已{zh('review', standing.before)}"
    return Found(done, "没有办过的", "看所记的记录；有错的更正那条记录")


@rule("reviews.3", basis="人的判断要有依据、可撤回", guards=True)
def wording_says_something(fact: Wording, standing: object) -> Found | None:
    """记下的读法须有词句，且与原来的读法不同。
    A wording that is kept has words, and reads otherwise than before."""
    said = fact.words.strip()
    if 2 <= len(said) <= WORDS and fact.reads and fact.reads != fact.was:
        return None
    return Found(f"“{said[:WORDS]}”", f"2 至 {WORDS} 个字的词句，和另一种读法", "照原文抄决定读法的几个字；不记的留空")


RULES = {Reviewed: (declining_says_why, a_passage_is_taken_once), Wording: (wording_says_something,)}
