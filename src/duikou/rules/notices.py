"""Funds by source, and the notices that issue, recall and re-issue their money."""

from dataclasses import dataclass, field
from datetime import date

from duikou.terms.words import zh

from .amounts import words
from .fact import Fact, Ref
from .funds import voucher_key
from .ledger import totals
from .packs import Pack
from .problem import Found, rule


@dataclass(frozen=True, kw_only=True)
class Fund(Fact):
    """Money of one source and year (terms: source, scope)."""

    title: str
    source: str
    scope: str
    year: int
    giver: Ref | None = None
    function_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a notice: fen to a project or an organisation, or back from it (`back`), out of which fund."""

    amount: int
    back: bool = False
    project: Ref | None = None
    receiver: Ref | None = None
    fund: Ref | None = None
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice(Fact):
    """A notice of funds of a day (`when`) with its document number (terms: notice, side); `of` the notice it changes.

    A notice of the supporting side moves money between pool and allotments, one of the receiving side between the county
    that has received it (each line's `receiver`) and its projects.
    """

    number: str
    type: str
    side: str
    lines: tuple[Line, ...] = ()
    title: str = ""
    issuer: Ref | None = None
    of: Ref | None = None
    function_code: str = ""
    basis: str = ""
    key: str = ""


@dataclass(frozen=True)
class NoticeStanding:
    """What the book knows when a notice comes: the numbers used, and what the notice that it changes has issued to whom.

    `issued` is fen less what was recalled, by project or receiver and fund; `planned` the projects that are in a plan.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    keys: frozenset[str] = frozenset()
    issued: tuple[tuple[tuple[Ref | None, Ref | None], int], ...] = ()
    planned: frozenset[Ref] = frozenset()


def _name(line: Line) -> str:
    return line.purpose or f"项目 {line.project}" if line.project else f"单位 {line.receiver}"


@rule("notices.1", basis="一文一号", guards=True)
def notice_number_is_used_once(fact: Notice, standing: NoticeStanding) -> Found | None:
    """指标文件文号只能用一次，须写文号。
    A document number stands for one notice, and every notice has one."""
    if not voucher_key(fact.number):
        return Found("未写文号", "指标文件的文号", "照文件填上")
    used = (fact.key or voucher_key(fact.number)) in standing.keys
    return (
        Found(f"文号 {fact.number} 已登记", "未登记过的文号", "查看已登记的那一份；确是另一份时改正文号")
        if used
        else None
    )


@rule("notices.2", basis="会计法：以确数记账", guards=True)
def notice_has_lines_above_zero(fact: Notice, standing: NoticeStanding) -> Found | None:
    """指标文件至少列一行，每行金额大于零，收回的另行标明。
    A notice has at least one line, and every line an amount above zero; what is recalled is marked as such."""
    if not fact.lines:
        return Found("没有一行", "至少一行", "照资金计划表逐行填写")
    wrong = [line.amount for line in fact.lines if line.amount <= 0]
    return Found(words(wrong[0]), "大于 0", "填正数，收回的行标明收回") if wrong else None


@rule("notices.3", basis="资金跟着项目走", guards=True)
def line_names_whom_it_is_for(fact: Notice, standing: NoticeStanding) -> Found | None:
    """指标文件每一行须写明项目或接收单位。
    Every line of a notice names a project or an organisation."""
    lacking = [n for n, line in enumerate(fact.lines, 1) if line.project is None and line.receiver is None]
    return Found(f"第 {lacking[0]} 行未写", "项目或接收单位", "照资金计划表补上") if lacking else None


@rule("notices.4", basis="钱从县里的账上分到项目", guards=True)
def receiving_side_names_county_and_project(fact: Notice, standing: NoticeStanding) -> Found | None:
    """受援方的指标文件每一行须写明已收到资金的县和用钱的项目。
    Every line of a receiving side's notice names the county that has the money and the project that gets it."""
    if fact.side != "receiving":
        return None
    for n, line in enumerate(fact.lines, 1):
        missing = [name for name, ref in (("县", line.receiver), ("项目", line.project)) if ref is None]
        if missing:
            return Found(f"第 {n} 行缺{'、'.join(missing)}", "县和项目都写", "照资金计划表补上")
    return None


@rule("notices.5", basis="收回、调整文件引原文号")
def change_names_the_notice_it_changes(fact: Notice, standing: NoticeStanding) -> Found | None:
    """收回或调整资金的文件须写明原指标文件。
    A notice that recalls or adjusts names the notice it changes."""
    if fact.type == "issue" or fact.of is not None:
        return None
    return Found("未写原指标文件", "原指标文件的文号", "选原来下达的那一份")


@rule("notices.6", basis="下达是出，收回是进", guards=True)
def lines_go_the_way_of_the_notice(fact: Notice, standing: NoticeStanding) -> Found | None:
    """下达文件只列下达，收回文件只列收回，调整文件两样都有。
    An issue only issues, a recall only recalls, an adjustment does both."""
    expected = {"issue": {False}, "recall": {True}, "adjust": {True, False}}.get(fact.type, set())
    ways = {line.back for line in fact.lines}
    if not ways or ways == expected:
        return None
    said = {True: "收回", False: "下达"}
    listed = "、".join(said[way] for way in sorted(ways))
    return Found(
        f"{zh('notice', fact.type)}文件列了{listed}", "、".join(said[w] for w in sorted(expected)), "改文件类别或改各行"
    )


@rule("notices.7", basis="收回与重新下达之和为零", guards=True)
def adjustment_adds_up_to_zero(fact: Notice, standing: NoticeStanding) -> Found | None:
    """调整资金的文件，收回的与重新下达的应相等。
    What an adjustment recalls and what it issues again add up to zero."""
    if fact.type != "adjust":
        return None
    back = sum(line.amount for line in fact.lines if line.back)
    again = sum(line.amount for line in fact.lines if not line.back)
    if back == again:
        return None
    return Found(f"收回 {words(back)}，重新下达 {words(again)}", "两数相等", "核对各行；暂不重新下达的另发收回文件")


@rule("notices.8", basis="收回以下达为限", guards=True)
def recalled_within_issued(fact: Notice, standing: NoticeStanding) -> Found | None:
    """收回的金额不得超过原文件已下达给该项目或单位而尚未收回的数。
    No more is recalled than the notice has issued to that project or organisation and not yet recalled."""
    if fact.of is None:
        return None
    kept = dict(standing.issued)
    recalled = totals(((line.project or line.receiver, line.fund), line.amount) for line in fact.lines if line.back)
    for whom, amount in recalled.items():
        if amount > kept.get(whom, 0):
            line = next(x for x in fact.lines if x.back and (x.project or x.receiver, x.fund) == whom)
            found = f"{_name(line)}收回 {words(amount)}，原文件现下达 {words(kept.get(whom, 0))}"
            return Found(found, f"不超过 {words(kept.get(whom, 0))}", "核对项目、资金来源和金额；已拨出的先退回")
    return None


@rule("notices.9", basis="无计划不下达；先年度项目计划，后资金下达")
def issued_to_planned_projects(fact: Notice, standing: NoticeStanding) -> Found | None:
    """下达资金的项目应已列入计划。
    Money is issued to projects that are in a plan."""
    for line in fact.lines:
        if not line.back and line.project is not None and line.project not in standing.planned:
            return Found(f"{_name(line)}未列入计划", "计划内的项目", "先把项目列入计划")
    return None


RULES = {
    Notice: (
        notice_number_is_used_once,
        notice_has_lines_above_zero,
        line_names_whom_it_is_for,
        receiving_side_names_county_and_project,
        change_names_the_notice_it_changes,
        lines_go_the_way_of_the_notice,
        adjustment_adds_up_to_zero,
        recalled_within_issued,
        issued_to_planned_projects,
    )
}
