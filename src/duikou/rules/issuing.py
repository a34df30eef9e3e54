"""文件: a table or a report is drafted, commented on, signed, issued, withdrawn; and what must hold for each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from .evidence import GRADES
from .fact import Fact, Ref
from .problem import Found, Rule, rule
from .quantity import Quantity, grain_of
from .reading import SCALES, read

NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔(\d{4})〕[1-9]\d{0,3}号")  # 津合〔2011〕1号, in these brackets (GB/T 9704)
LONGEST = 300  # characters of a comment
SHOWN = 5  # figures that an objection names
Agreement = Literal["complete", "consistent", "inconsistent"]
Printed = tuple[str, tuple[str, ...]]
"""The unit that a figure is kept in, and each text in which a paper prints it."""


@dataclass(frozen=True, kw_only=True)
class Paper(Fact):
    """A paper that is drafted: what it asks (`form`, `span`), the line and snapshot it rests on, what it was made with.

    `project`: of which one it is, where its outline is of one; `printed`: each value as it is printed.
    """

    form: str
    title: str
    span: str
    template: str = ""
    addressee: str = ""
    copies: str = ""
    floor: str = ""
    line: int
    snapshot: str
    sheets: str = ""
    outline: int | None = None
    program: str = ""
    project: Ref | None = None
    printed: str | None = None


@dataclass(frozen=True)
class Comment:
    """What is said of a figure of a paper, by its name, or of the whole."""

    text: str
    figure: str = ""


@dataclass(frozen=True)
class Settlement:
    """The answer by which a comment is settled."""

    answer: str


@dataclass(frozen=True)
class Refresh:
    """A draft is made anew on today's book."""

    seen: int


@dataclass(frozen=True)
class Signing:
    """签发: a leader approves the draft, as it was at the line it was seen at; in which office, where the paper prints it."""

    seen: int
    signer: str = ""


@dataclass(frozen=True)
class Issue:
    """印发: the document number, and why it goes out in spite of a failing check, of weaker evidence, of an open question."""

    code: str
    seen: int
    excuse: str = ""
    waiver: str = ""
    unchecked: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """撤回: what is said of it on the page."""

    note: str


@dataclass(frozen=True)
class PaperStanding:
    """A paper when someone deals with it: what the journal says of it, and what the server found in it.

    `line` touched it last; `checks` figures that wait for a check, `failing` 勾稽 that do not hold, `below` records
    weaker than the floor, `printed` each figure with the texts it is printed in, `codes` the numbers given before.
    `of_project`: the forms that are of one project.
    """

    today: date
    state: str = ""
    account: str = ""
    drafter: str = ""
    line: int = 0
    forms: Sequence[str] = ()
    of_project: Sequence[str] = ()
    figures: Sequence[str] = ()
    comments: int = 0
    checks: Sequence[str] = ()
    failing: Sequence[str] = ()
    below: int = 0
    printed: Mapping[str, Printed] = field(default_factory=dict)
    codes: Sequence[str] = ()
    personal: bool = False
    answered: bool = False


@rule("issuing.1", basis="文件由统计表或提纲生成", guards=True)
def draft_is_of_a_known_form(fact: Paper, standing: PaperStanding) -> Found | None:
    """起草文件须选定一张统计表或一份提纲，并有标题。
    A draft is of a table or an outline that exists, and has a title."""
    if fact.form not in standing.forms:
        return Found(fact.form or "未选", "、".join(standing.forms), "从名单中选")
    return None if fact.title.strip() else Found("没有标题", "标题", "写上标题")


@rule("issuing.2", basis="含个人信息的表只供有权的人在系统内打印", guards=True)
def tables_of_persons_are_not_issued(fact: Paper | Issue, standing: PaperStanding) -> Found | None:
    """含个人信息的表不作为文件印发。
    A table with personal data is not issued as a paper."""
    return Found("含姓名或身份证号", "不含个人信息的表", "印发汇总表；名册在系统内查看") if standing.personal else None


@rule("issuing.3", basis="党政机关公文处理工作条例：审核", guards=True)
def comment_is_on_a_draft(fact: Comment, standing: PaperStanding) -> Found | None:
    """意见提在草稿上，写明内容；针对数字的，须是文件里有的数字。
    A comment is made on a draft, says something, and names a figure that the paper has."""
    if standing.state != "draft":
        return Found("已签发", "草稿", "签发以后要改的，先撤回，再起草一件")
    if fact.figure and fact.figure not in standing.figures:
        return Found(fact.figure, "文件里的数字", "从数字清单中选，或不选数字，提在整件上")
    text = fact.text.strip()
    if not text or len(text) > LONGEST:
        return Found(f"{len(text)} 个字" if text else "没有内容", f"1 到 {LONGEST} 个字", "写明哪里不对、应当怎样")
    return None


@rule("issuing.4", basis="党政机关公文处理工作条例：审核", guards=True)
def comment_is_settled_with_an_answer(fact: Settlement, standing: PaperStanding) -> Found | None:
    """意见要答复才了结，了结一次。
    A comment is settled once, with an answer."""
    if standing.answered:
        return Found("已经了结", "未了结的意见", "另有意见的，再提一条")
    return None if fact.answer.strip() else Found("没有答复", "答复", "写明改了什么，或为什么不改")


@rule("issuing.5", basis="修改须以所见为准", guards=True)
def paper_is_as_it_was_seen(fact: Refresh | Signing | Issue, standing: PaperStanding) -> Found | None:
    """签发、印发和重取数以所见的那一行为准；其后有变动的，看过再办。
    A paper is signed, issued and refreshed as it was seen; where it has moved on since, it is looked at again first."""
    if fact.seen == standing.line:
        return None
    return Found(f"第 {standing.line} 行有变动", f"第 {fact.seen} 行以来没有变动", "看过变动再办")


@rule("issuing.6", basis="党政机关公文处理工作条例：签发", guards=True)
def only_a_draft_is_changed_or_signed(fact: Refresh | Signing, standing: PaperStanding) -> Found | None:
    """只有草稿可以重取数、签发。
    Only a draft is refreshed or signed."""
    return None if standing.state == "draft" else Found("不是草稿", "草稿", "要改的，撤回后再起草一件")


@rule("issuing.7", basis="不相容职务分离", guards=True)
def who_drafted_does_not_sign(fact: Signing, standing: PaperStanding) -> Found | None:
    """起草的人不签发自己的文件。
    Whoever drafted a paper does not sign it."""
    if standing.account and standing.account == standing.drafter:
        return Found(f"{standing.account} 起草", "由另一个账号签发", "请另一位领导签发")
    return None


@rule("issuing.8", basis="党政机关公文处理工作条例：审核", guards=True)
def comments_are_settled_first(fact: Signing | Issue, standing: PaperStanding) -> Found | None:
    """意见全部了结才签发、印发。
    A paper is signed and issued once all comments are settled."""
    return Found(f"{standing.comments} 条意见未了结", "全部了结", "逐条答复") if standing.comments else None


@rule("issuing.9", basis="党政机关公文处理工作条例：签发后印发", guards=True)
def signed_paper_is_issued(fact: Issue, standing: PaperStanding) -> Found | None:
    """签发以后才印发，印发一次。
    A paper is issued once, after it was signed."""
    if standing.state == "signed":
        return None
    found = {"draft": "还没有签发", "issued": "已经印发", "withdrawn": "已经撤回"}.get(standing.state, standing.state)
    return Found(found, "已签发", "先由领导签发" if standing.state == "draft" else "要再发的，另起草一件")


@rule("issuing.10", basis="GB/T 9704-2012 7.2.5 发文字号", guards=True)
def document_number_is_whole_and_new(fact: Issue, standing: PaperStanding) -> Found | None:
    """发文字号由机关代字、六角括号里的年份和顺序号组成，不与别的文件重号。
    A document number has letters of the office, the year in tortoise-shell brackets and a running number, and was never given before."""
    code = fact.code.strip()
    if not NUMBER.fullmatch(code):
        return Found(code or "未写", "如 津合〔2011〕1号，年份用六角括号，顺序号不编虚位", "改正发文字号")
    return Found(f"{code} 已用过", "没有用过的顺序号", "顺延一号") if code in standing.codes else None


@rule("issuing.11", basis="一数一源", guards=True)
def figures_are_checked_first(fact: Issue, standing: PaperStanding) -> Found | None:
    """有数字待核的，判定以后才印发；急用的写明理由才印发。
    A paper is issued once no figure of it waits for a check, before that with a recorded waiver only."""
    if not standing.checks or fact.unchecked.strip():
        return None
    more = f" 等 {len(standing.checks)} 个" if len(standing.checks) > SHOWN else ""
    found = f"待核：{'、'.join(standing.checks[:SHOWN])}{more}"
    return Found(
        found, "没有待核的数字，或写明理由", "在核对里判定；数改了的，撤回本件再起草；急用的，写明为什么先印发"
    )


@rule("issuing.12", basis="统计法：表内表间勾稽", guards=True)
def failing_check_is_explained(fact: Issue, standing: PaperStanding) -> Found | None:
    """勾稽不平的表，写明原因才印发。
    A table with a failing cross-check is issued with a recorded reason only."""
    if not standing.failing or fact.excuse.strip():
        return None
    return Found(f"勾稽不平：{'；'.join(standing.failing[:SHOWN])}", "勾稽相符，或写明原因", "写明为什么不平仍要印发")


@rule("issuing.13", basis="原件 > 正式件 > 转载件 > 口述", guards=True)
def weaker_evidence_is_waived(fact: Issue, standing: PaperStanding) -> Found | None:
    """依据低于本件所定等级的，写明理由才印发。
    A paper that rests on weaker evidence than its floor is issued with a recorded waiver only."""
    if not standing.below or fact.waiver.strip():
        return None
    return Found(f"{standing.below} 条记录的依据低于所定等级", "依据够格，或写明理由", "补上依据，或写明为什么先印发")


@rule("issuing.14", basis="一数一源：同一数字一件之内只有一个说法", guards=True)
def one_figure_is_said_one_way(fact: Issue, standing: PaperStanding) -> Found | None:
    """同一数字在一件里出现几次的，各处一致，或粗的是细的四舍五入。
    A figure that a paper prints several times is the same each time, or the coarser is a rounding of the finer."""
    odd = [
        (name, texts) for name, (unit, texts) in standing.printed.items() if agreement(texts, unit) == "inconsistent"
    ]
    if not odd:
        return None
    said = "；".join(f"{name} 写作 {'、'.join(dict.fromkeys(texts))}" for name, texts in odd[:SHOWN])
    return Found(said, "一致，或互为四舍五入", "改正提纲里的写法，再起草一件")


@rule("issuing.15", basis="党政机关公文处理工作条例：撤销和废止", guards=True)
def withdrawal_says_why(fact: Withdrawal, standing: PaperStanding) -> Found | None:
    """撤回文件写明原因，撤回一次；撤回以后仍看得到。
    A paper is withdrawn once, with a note; it stays to be seen."""
    if standing.state == "withdrawn":
        return Found("已经撤回", "没有撤回的文件", "不必再撤")
    return None if fact.note.strip() else Found("没有写原因", "撤回说明", "写明哪里有误、以哪一件为准")


@rule("issuing.16", basis="原件 > 正式件 > 转载件 > 口述", guards=True)
def floor_is_a_grade(fact: Paper, standing: PaperStanding) -> Found | None:
    """依据的下限是四个等级之一，或者不设。
    The floor of a paper is one of the grades of evidence, or none is set."""
    return None if fact.floor in ("", *GRADES) else Found(fact.floor, "、".join(GRADES), "从名单中选，或不设")


@rule("issuing.17", basis="文件由统计表或提纲生成", guards=True)
def paper_of_one_project_names_it(fact: Paper, standing: PaperStanding) -> Found | None:
    """项目简介须选定项目，别的文件不选。
    A paper of one project names the project, and no other paper does."""
    if (fact.form in standing.of_project) is (fact.project is not None):
        return None
    if fact.project is None:
        return Found("没有选项目", "一个项目", "从名单中选项目")
    return Found(f"选了项目 {fact.project}", "不选项目", "这张表、这份提纲写整个项目方案；不选项目")


def agreement(texts: Sequence[str], unit: str) -> Agreement:
    """Whether the texts in which one figure is printed are the same, roundings of each other, or neither (F4)."""
    if len(set(texts)) < 2:
        return "complete"
    try:
        said = sorted(
            ((_step(text, unit), read(text, unit)) for text in set(texts)), key=lambda one: (one[0], not one[1].exact)
        )
    except ValueError:
        return "inconsistent"
    if all(_same(one, said[0][1]) for _, one in said):
        return "complete"
    pairs = ((finer, coarser) for at, finer in enumerate(said) for coarser in said[at + 1 :])
    return "consistent" if all(_rounds(finer[1], coarser) for finer, coarser in pairs) else "inconsistent"


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _rounds(finer: Quantity, coarser: tuple[int, Quantity]) -> bool:
    """Whether a coarser text is the rounding of a finer number; of hedged ones, whether it holds all that the finer allows."""
    step, said = coarser
    if finer.low is None or not finer.exact or not said.exact:
        return said.contains(finer)
    return said.low == int((Decimal(finer.low) / step).quantize(Decimal(1), ROUND_HALF_UP)) * step


def _step(text: str, unit: str) -> int:
    """The worth of the last digit printed, in the base unit: a million fen in 490万元."""
    scale = next((value for word, value in SCALES.items() if word in text), 1)
    decimals = next((len(digits) for digits in _decimals(text)), 0)
    worth: int = grain_of(unit) * scale // 10**decimals
    return max(1, worth)


def _decimals(text: str) -> Iterator[str]:
    yield from re.findall(r"\.(\d+)", text)


RULES: dict[type, tuple[Rule, ...]] = {
    Paper: (
        draft_is_of_a_known_form, tables_of_persons_are_not_issued, floor_is_a_grade, paper_of_one_project_names_it,
    ),
    Comment: (comment_is_on_a_draft,),
    Settlement: (comment_is_settled_with_an_answer,),
    Refresh: (paper_is_as_it_was_seen, only_a_draft_is_changed_or_signed),
    Signing: (
        paper_is_as_it_was_seen, only_a_draft_is_changed_or_signed, who_drafted_does_not_sign, comments_are_settled_first,
    ),
    Issue: (
        paper_is_as_it_was_seen, signed_paper_is_issued, tables_of_persons_are_not_issued, comments_are_settled_first,
        figures_are_checked_first, document_number_is_whole_and_new, failing_check_is_explained,
        weaker_evidence_is_waived, one_figure_is_said_one_way,
    ),
    Withdrawal: (withdrawal_says_why,),
}  # fmt: skip
