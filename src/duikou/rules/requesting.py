"""What is owed of what offices were asked for: how late it is by itself, who may answer, when a reminder may go out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from duikou.terms.words import zh

from .problem import Found, Rule, rule

OWING = ("asked", "late")
"""The answers after which a sheet is still to come (terms: data_answer)."""
ANSWERS = ("nothing", "late", "refused")
"""What an office answers by itself; 已报 is said by its sheet alone."""
WEEK = 7  # days that a leader has to look into a refusal
Mark = Literal["data", "nothing", "late", "refused", "over", "open"]


@dataclass(frozen=True)
class Answering:
    """What is answered now, why, and whether it was told to us by telephone."""

    answer: str
    reason: str = ""
    by_phone: bool = False


@dataclass(frozen=True)
class AnsweringStanding:
    """What was answered before; the receipt of its sheet; whose it is to answer, where that is another office."""

    kept: str
    receipt: str = ""
    others: str = ""


@dataclass(frozen=True)
class Reminding:
    """An office is reminded of a sheet."""

    title: str


@dataclass(frozen=True)
class RemindingStanding:
    """Today; how it was answered; the day of the last reminder."""

    today: date
    answer: str
    reminded: date | None = None


@dataclass(frozen=True)
class Owed:
    """A sheet that an office was asked for, as it stands on a day: its answer, its day, when it was answered."""

    answer: str
    due: date
    answered: date | None = None

    def owing(self) -> bool:
        """Whether a sheet is still to come."""
        return self.answer in OWING

    def days_over(self, today: date) -> int:
        """Days since it was due: of one that came, on the day it came; below zero, the days that are left."""
        came = today if self.owing() or self.answered is None else self.answered
        return (came - self.due).days

    def mark(self, today: date) -> Mark:
        """How it is shown: an answer as it is; one without is over the day after its due day, by itself."""
        match self.answer:
            case "data" | "nothing" | "late" | "refused":
                return self.answer
            case _:
                return "over" if today > self.due else "open"


@dataclass(frozen=True)
class Tally:
    """How many sheets were asked for, and how many stand where."""

    asked: int
    data: int = 0
    nothing: int = 0
    late: int = 0
    refused: int = 0
    over: int = 0
    open: int = 0

    @property
    def missing(self) -> int:
        """How many have no answer at all, late or not."""
        return self.over + self.open


def tally(owed: Iterable[Owed], today: date) -> Tally:
    """The count of what was asked for."""
    marks = [one.mark(today) for one in owed]
    return Tally(
        len(marks), marks.count("data"), marks.count("nothing"), marks.count("late"), marks.count("refused"),
        marks.count("over"), marks.count("open"),
    )  # fmt: skip


def look_into_by(day: date) -> date:
    """By when a leader looks into a refusal."""
    return day + timedelta(days=WEEK)


@rule("requesting.1", basis="谁的事谁填：各单位答复自己的表", guards=True)
def office_answers_itself(fact: Answering, standing: AnsweringStanding) -> Found | None:
    """要表由被要的单位答复；电话答复的，由业务员代记。
    A request is answered by the office that was asked; an officer keeps what it says on the telephone."""
    if not standing.others or fact.by_phone:
        return None
    return Found("另一单位的账号", standing.others, "由被要的单位答复，或电话告知业务员代记")


@rule("requesting.2", basis="报数以来表为准", guards=True)
def sheet_is_the_answer(fact: Answering, standing: AnsweringStanding) -> Found | None:
    """已报数的不再另作答复；报数以来表为准。
    What was answered by a sheet is not answered otherwise, and nobody says that one came without it."""
    if standing.kept == "data":
        return Found(f"{standing.receipt or '来表'}已收", "没有报数的表", "报错了的，先撤回来表")
    if fact.answer in ANSWERS:
        return None
    return Found(fact.answer or "没有选", "、".join(zh("data_answer", code) for code in ANSWERS), "交表即为报数")


@rule("requesting.3", basis="不报须有领导过问", weight="asks")
def refusal_is_looked_into(fact: Answering, standing: AnsweringStanding) -> Found | None:
    """不报的表由本方领导过问。
    A refusal to hand in a sheet is looked into by a leader of one's own side."""
    if fact.answer != "refused":
        return None
    return Found(f"不报：{fact.reason.strip()}", "报数，或本期无数据", f"领导 {WEEK} 天内过问")


@rule("requesting.4", basis="基层减负：一天至多催一次", guards=True)
def reminded_once_a_day(fact: Reminding, standing: RemindingStanding) -> Found | None:
    """只催还没报数的表，一天至多催一次。
    Only what is still owed is reminded of, and once a day at most."""
    if standing.answer not in OWING:
        return Found(f"{fact.title}已答复", "还没报数的表", "不必再催")
    if standing.reminded is not None and standing.reminded >= standing.today:
        return Found(f"{standing.reminded} 已催过{fact.title}", "今天没有催过的表", "明天再催，或打电话")
    return None


RULES: dict[type[Answering] | type[Reminding], tuple[Rule, ...]] = {
    Answering: (office_answers_itself, sheet_is_the_answer, refusal_is_looked_into),
    Reminding: (reminded_once_a_day,),
}
