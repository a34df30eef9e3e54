"""Documents, and what must hold for the place a fact is said to come from."""

from dataclasses import dataclass

from duikou.terms.words import zh

from .fact import Fact, Ref, Source, Told
from .problem import Found, rule

FRAGMENT = 20
GRADES = ("original", "issued", "copy", "oral")  # from the best to the weakest; terms: grade

HAPPENS = frozenset(
    {
        "visit",
        "agreement",
        "consultation",
        "instruction",
        "decision",
        "assignment",
        "training",
        "secondment",
        "medical_support",
        "gift",
        "gift_use",
        "investment_step",
        "intent",
        "labour_transfer",
        "sale",
    }
)  # kinds of records that happened on a day: what is recorded of them without one is asked for it


@dataclass(frozen=True, kw_only=True)
class Document(Fact):
    """A paper: its medium and grade of evidence (terms), the digest of its text, where foreign text begins."""

    title: str
    medium: str
    grade: str
    issuer: Ref | None = None
    speaker: str = ""
    digest: str = ""
    paragraphs: int | None = None
    foreign_from: int | None = None
    copied_by: str = ""


@dataclass(frozen=True)
class Text:
    """The paragraphs of the document a fact rests on, where the office has given it; else nothing."""

    title: str
    paragraphs: tuple[str, ...] | None = None


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The non-empty lines of a text, counted from 1 as paragraphs."""
    return tuple(line for line in text.splitlines() if line.strip())


@rule("evidence.1", basis="一数一源")
def fact_has_a_place(told: Told[Fact], text: Text) -> Found | None:
    """每件事实都要有出处：文件、段落和原文词句。
    Every fact has its place: document, paragraph and the words."""
    whole = told.sources.get("")
    if whole is None or not whole.document or whole.paragraph is None or not whole.fragment:
        return Found("缺出处", 'at = { paragraph = 20, fragment = "…" }', "补上段落序号和原文中的词句")
    return None


@rule("evidence.2", basis="不收原文，只收词句")
def fragment_is_short(source: Source, text: Text) -> Found | None:
    """引用原文词句不超过 20 个字。
    A quoted fragment has at most 20 characters."""
    if len(source.fragment) > FRAGMENT:
        return Found(f"{len(source.fragment)} 字：{source.fragment}", f"至多 {FRAGMENT} 字", "只留数字前后的词句")
    return None


@rule("evidence.3", basis="与原文一致")
def fragment_stands_in_the_document(source: Source, text: Text) -> Found | None:
    """引用的词句须在所说的段落里逐字出现。
    The quoted words stand in the paragraph that is named."""
    if text.paragraphs is None or source.paragraph is None or not source.fragment:
        return None
    if not 1 <= source.paragraph <= len(text.paragraphs):
        return Found(f"第 {source.paragraph} 段", f"1～{len(text.paragraphs)}", "改正段落序号")
    if source.fragment in text.paragraphs[source.paragraph - 1]:
        return None
    elsewhere = [n for n, p in enumerate(text.paragraphs, 1) if source.fragment in p]
    remedy = f"该词句在第 {elsewhere[0]} 段，改正段落序号" if elsewhere else "照原文改正词句"
    return Found(f"“{source.fragment}”", f"第 {source.paragraph} 段中的词句", remedy)


@rule("evidence.4", basis="原件 > 正式件 > 转载件 > 口述", weight="asks")
def document_is_an_original(document: Document, standing: object) -> Found | None:
    """作为依据的文件应有原件。
    A document that figures rest on is kept as the original."""
    if document.grade in ("copy", "oral"):
        page = document.medium == "published_page"
        remedy = "向发布单位取网页存档件" if page else "向汇报单位取汇报稿原件"
        return Found(f"只有{zh('grade', document.grade)}", "原件或正式件", remedy)
    return None


@rule("evidence.5", basis="数字和大事记按时间取", weight="asks")
def what_happened_has_its_day(fact: Fact, standing: object) -> Found | None:
    """已发生的事应写明日期，至少写到月。
    What happened says its day, or at least its month."""
    arranged = getattr(fact, "basis", "") == "arranged"
    if fact.kind not in HAPPENS or fact.when or arranged:
        return None
    return Found("未写日期", "日期，至少写到月", "更正这条记录，补上日期；查不到的在待核里写明")


RULES = {Document: (document_is_an_original,)}
