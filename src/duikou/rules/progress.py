"""What is reported of a project on its way: percent, stage in words, money done and in place, photographs."""

from dataclasses import dataclass, field
from datetime import date

from .amounts import percent, words
from .fact import Fact, Ref
from .packs import Pack
from .problem import Found, rule


@dataclass(frozen=True, kw_only=True)
class Progress(Fact):
    """Progress on a day (`when`): percent, stage in words, fen of work done by source, fen in place; photographs listed."""

    project: Ref
    percent: int | None = None
    said: str = ""
    aid_done: int | None = None
    other_done: int | None = None
    in_place: int | None = None
    remark: str = ""
    account: str = ""

    @property
    def done(self) -> int | None:
        """Fen of work done, of all sources; nothing where none is said."""
        said = [fen for fen in (self.aid_done, self.other_done) if fen is not None]
        return sum(said) if said else None


@dataclass(frozen=True)
class Reported:
    """What the book knows when progress is reported: the last report, the stage, what was planned, come and paid, in fen."""

    today: date
    last_day: date | None = None
    last_percent: int | None = None
    begun: bool = False
    planned: int = 0
    received: int = 0
    paid: int = 0
    pack: Pack = field(default_factory=Pack)


@rule("progress.1", basis="形象进度在 0 到 100 之间", guards=True)
def percent_is_within(fact: Progress, standing: Reported) -> Found | None:
    """形象进度在 0 到 100 之间。
    Progress lies between 0 and 100 per cent."""
    if fact.percent is None or 0 <= fact.percent <= 100:
        return None
    return Found(f"{fact.percent}%", "0 到 100", "照现场填；超出的先核工程量")


@rule("progress.2", basis="不记将来的事", guards=True)
def report_is_not_of_the_future(fact: Progress, standing: Reported) -> Found | None:
    """进度的日期不得晚于今天。
    Progress is not reported of a day to come."""
    if fact.when is None or fact.when.first <= standing.today:
        return None
    return Found(fact.when.zh, f"不晚于 {standing.today}", "改正日期")


@rule("progress.3", basis="前后可比")
def falling_progress_says_why(fact: Progress, standing: Reported) -> Found | None:
    """形象进度比上次低的，须写明原因。
    Progress that falls says why."""
    before = standing.last_percent
    if fact.percent is None or before is None or fact.percent >= before or fact.remark.strip():
        return None
    return Found(
        f"这次 {fact.percent}%，{standing.last_day} 报的是 {before}%",
        "不低于上次，或写明原因",
        "写明原因，如返工、上次报错",
    )


@rule("progress.4", basis="项目计划进度表：形象进度、建设阶段")
def report_says_something(fact: Progress, standing: Reported) -> Found | None:
    """报进度须填形象进度、建设阶段、完成投资中的一项。
    A report says a percentage, a stage or work done."""
    if fact.percent is not None or fact.said.strip() or fact.done is not None or fact.in_place is not None:
        return None
    return Found("都没有填", "形象进度、建设阶段、完成投资至少一项", "填上有变化的一项")


@rule("progress.5", basis="完成投资以实物工作量计", guards=True)
def money_done_is_not_negative(fact: Progress, standing: Reported) -> Found | None:
    """完成投资和到位资金不得为负数。
    Work done and money in place are not negative."""
    low = [fen for fen in (fact.aid_done, fact.other_done, fact.in_place) if fen is not None and fen < 0]
    return Found(words(low[0]), "0 或以上", "冲减的按减后的累计数填") if low else None


@rule("progress.6", basis="拨付跟着进度走", weight="asks", needs=("points",))
def payment_and_progress_agree(fact: Progress, standing: Reported) -> Found | None:
    """已付资金的比例与形象进度不应相差过大。
    What was paid keeps near to what was built."""
    points = standing.pack.value("progress.6", "points", fact.day or standing.today)
    if points is None or fact.percent is None or standing.planned <= 0:
        return None
    paid = standing.paid * 1000 // standing.planned
    if abs(paid - fact.percent * 10) <= points * 10:
        return None
    return Found(f"已付 {percent(paid)}，形象进度 {fact.percent}%", f"相差不超过 {points} 个百分点", "核对工程量和付款")


@rule("progress.7", basis="实物工作量与到账相符", weight="asks")
def work_done_does_not_exceed_the_plan(fact: Progress, standing: Reported) -> Found | None:
    """完成投资不应超过计划总投资。
    Work done does not exceed the planned investment."""
    if fact.done is None or not standing.planned or fact.done <= standing.planned:
        return None
    return Found(f"完成投资 {words(fact.done)}，计划 {words(standing.planned)}", "不超过计划", "核对；超概算的先办变更")


@rule("progress.8", basis="先开工后报进度", weight="asks")
def work_is_done_after_the_start(fact: Progress, standing: Reported) -> Found | None:
    """有形象进度的项目应已办开工。
    A project that is under way has entered the works."""
    if not fact.percent or standing.begun:
        return None
    return Found(f"形象进度 {fact.percent}%，尚未办开工", "先办开工手续", "补办开工，或说明未批先建的情况")


@rule("progress.9", basis="到位资金以到账单为准", weight="asks")
def money_in_place_agrees_with_the_book(fact: Progress, standing: Reported) -> Found | None:
    """填报的到位资金应与账上到账一致。
    Money reported in place agrees with what the book has received."""
    if fact.in_place is None or not standing.received or fact.in_place == standing.received:
        return None
    return Found(
        f"填报到位 {words(fact.in_place)}，账上到账 {words(standing.received)}", "两数一致", "与财务核对到账单"
    )


RULES = {
    Progress: (
        percent_is_within,
        report_is_not_of_the_future,
        falling_progress_says_why,
        report_says_something,
        money_done_is_not_negative,
        payment_and_progress_agree,
        work_done_does_not_exceed_the_plan,
        work_is_done_after_the_start,
        money_in_place_agrees_with_the_book,
    )
}
