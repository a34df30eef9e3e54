"""Sheets that offices hand in, and what they are asked for: what may enter by one, when it may be taken back, who owes what."""

from dataclasses import dataclass
from datetime import date, timedelta

from .fact import Fact, Ref
from .problem import Found, Rule, rule

UNDO = 7  # days within which a sheet may be taken back
TIME = 3  # days that an office has at least to answer


@dataclass(frozen=True, kw_only=True)
class Submission(Fact):
    """A sheet that is taken, of a period (`when`): receipt, layout, office, area, its document, rows new, changed, the same."""

    receipt: str
    layout: str
    title: str
    document: Ref
    office: Ref | None = None
    region: str = ""
    added: int = 0
    changed: int = 0
    same: int = 0
    undone: date | None = None


@dataclass(frozen=True, kw_only=True)
class DataRequest(Fact):
    """An office is asked for a sheet of a period (`when`) by a day; its answer (terms: data_answer) with its day."""

    layout: str
    title: str
    office: Ref
    region: str = ""
    asked_on: date
    due: date
    answer: str = "asked"
    answered: date | None = None
    reason: str = ""
    reminded: date | None = None
    submission: Ref | None = None


@dataclass(frozen=True)
class HandingStanding:
    """Today; which receipt the same file has; rows that the person may not enter, as place and words."""

    today: date
    taken: str = ""
    beyond: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TakingBack(Fact):
    """A sheet that was taken is to be taken back: its receipt, the day it came, and why."""

    receipt: str
    came: date
    reason: str
    undone: date | None = None


@dataclass(frozen=True)
class TakingBackStanding:
    """Today; what rests on the records of the sheet or changed them since; the period of them that is closed."""

    today: date
    rests: tuple[str, ...] = ()
    shut: str = ""


@dataclass(frozen=True)
class RequestStanding:
    """Today, and how the office was asked for the same sheet of the period already."""

    today: date
    asked: str = ""


@rule("handing.1", basis="一数一源：一份表只收一次", guards=True)
def file_is_taken_once(fact: Submission, standing: HandingStanding) -> Found | None:
    """同一个文件只收一次。
    A file is taken once."""
    return (
        Found(f"{standing.taken}已收过", "没有收过的文件", "有改动的，改后再交，只入不同的行")
        if standing.taken
        else None
    )


@rule("handing.2", basis="谁的事谁填：各地各部门只报自己的", guards=True)
def rows_are_within_reach(fact: Submission, standing: HandingStanding) -> Found | None:
    """各行都在交表人可以登记的地区和业务之内。
    Every row is within the area and the work of who hands it in."""
    if not standing.beyond:
        return None
    said = "；".join(f"{place} {words}" for place, words in standing.beyond[:3])
    more = f"等 {len(standing.beyond)} 行" if len(standing.beyond) > 3 else ""
    return Found(f"{said}{more}", "本地区、本职责的行", "删去这些行再交，或由有职责的账号交")


@rule("handing.3", basis="误报可撤，留痕", guards=True)
def taken_back_in_time(fact: TakingBack, standing: TakingBackStanding) -> Found | None:
    """来表收下七天内可以撤回，只撤一次，写明原因。
    A sheet may be taken back once, within seven days, and it is said why."""
    if fact.undone:
        return Found(f"{fact.receipt}已于 {fact.undone} 撤回", "没有撤回的来表", "不必再撤")
    last = fact.came + timedelta(days=UNDO)
    if standing.today > last:
        return Found(f"{fact.came} 收下", f"至迟 {last} 撤回", "过期的逐条更正")
    return None if fact.reason.strip() else Found("未写原因", "撤回的原因", "写明哪里报错了")


@rule("handing.4", basis="误报可撤，留痕", guards=True)
def nothing_rests_on_it(fact: TakingBack, standing: TakingBackStanding) -> Found | None:
    """来表的记录有别的记录依托，或后来又改过，不能整表撤回。
    A sheet is not taken back once something rests on its records, or they were changed since."""
    if not standing.rests:
        return None
    shown = "、".join(standing.rests[:3]) + ("等" if len(standing.rests) > 3 else "")
    return Found(shown, "没有依托、没有再改的记录", "逐条更正")


@rule("handing.5", basis="会计法：更正须有依据，留痕", guards=True)
def taken_back_from_an_open_period(fact: TakingBack, standing: TakingBackStanding) -> Found | None:
    """来表的记录所属账期已关，不能撤回。
    A sheet is not taken back once a period of its records is closed."""
    return Found(f"{standing.shut}已关账", "未关账的期间", "由领导重开这一期再撤") if standing.shut else None


@rule("handing.6", basis="基层减负：一表不二要", guards=True)
def asked_once(fact: DataRequest, standing: RequestStanding) -> Found | None:
    """同一单位、同一张表、同一期只要一次。
    An office is asked once for a sheet of a period."""
    return Found(standing.asked, "没有要过的表", "查看已发的要表通知") if standing.asked else None


@rule("handing.7", basis="基层减负：留足填报时间", weight="asks")
def there_is_time(fact: DataRequest, standing: RequestStanding) -> Found | None:
    """期末以后才交，至少留三天。
    An office answers after the period has ended, and has three days at least."""
    least = max(fact.asked_on, fact.when.last if fact.when else fact.asked_on) + timedelta(days=TIME)
    return Found(f"{fact.due} 交", f"{least} 或以后", "把期限往后放") if fact.due < least else None


@rule("handing.8", basis="答复须有内容", guards=True)
def answer_says_what_it_is(fact: DataRequest, standing: RequestStanding) -> Found | None:
    """报数的附来表；迟报、不报的写明原因。
    An answer with data names its sheet; one that is late or refused says why."""
    if fact.answer == "data" and fact.submission is None:
        return Found("没有来表", "已收下的来表", "先交表，交表时就答复了")
    if fact.answer in ("late", "refused") and not fact.reason.strip():
        return Found("没有原因", "迟报或不报的原因", "写明原因，如 财政系统停机")
    return None


RULES: dict[type[Fact], tuple[Rule, ...]] = {
    Submission: (file_is_taken_once, rows_are_within_reach),
    TakingBack: (taken_back_in_time, nothing_rests_on_it, taken_back_from_an_open_period),
    DataRequest: (asked_once, there_is_time, answer_says_what_it_is),
}
