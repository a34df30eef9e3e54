"""例行检查: the standing checks are asked of a programme as it lies; what they find is a question."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from duikou.records.models import Finding, Link, Programme
from duikou.rules import checks, course, intentions, people, promises, results
from duikou.rules.problem import Problem
from duikou.rules.rights import Person

from .course import Course
from .doing import Raised, Work, ask, doing, place_of, today
from .intended import intended
from .money import Asked, Money
from .packs import pack_of
from .promised import promised
from .seconded import sent

Key = tuple[str, int]
TITLES = {
    "checks.1": "闲置资金", "checks.2": "支出进度", "checks.3": "付款与进度", "checks.4": "凭证", "checks.5": "拨付明细",
    "checks.6": "发票号码", "checks.7": "两张相同的发票", "checks.8": "收款单位", "checks.9": "用途", "checks.10": "施工单位垫资",
    "budgets.12": "结转", "course.1": "事前公示", "course.2": "事后公示", "course.3": "年度查看", "course.4": "资产用途",
    "course.5": "前期要件", "course.6": "先批后建", "course.7": "先验后用", "course.8": "变更未批先做", "course.9": "逾期",
    "course.10": "进度未报", "course.11": "进度滞后", "results.1": "利益联结", "results.2": "平均分配", "results.3": "配套资金",
    "results.4": "整改逾期", "results.5": "问题反复", "results.6": "产出目标", "results.7": "受益对象", "results.8": "产出依据",
    "results.9": "现场照片", "results.10": "疑似重复的项目", "results.11": "建成规模", "people.11": "挂职期满",
    "promises.1": "承诺未答复", "promises.2": "交办逾期", "intentions.1": "意向未推进",
}  # fmt: skip
COVERED: Mapping[str, tuple[str, ...]] = {  # asked, and perhaps judged, when the record was made
    "checks.4": ("funds.4",), "checks.5": ("funds.4",), "checks.9": tuple(f"uses.{n}" for n in range(1, 12)),
    "results.1": ("projects.6",), "results.6": ("outputs.7",), "results.10": ("projects.4",),
}  # fmt: skip
CODES = (*checks.CODES, *course.CODES, *results.CODES, *people.CODES, *promises.CODES, *intentions.CODES)


@dataclass(frozen=True)
class Checkup:
    """What came of a check: how many questions are new, say something else now, hold no longer, and are open in all."""

    raised: int
    changed: int
    lapsed: int
    open: int


def run_checks(programme: Programme, *, person: Person, day: date | None = None) -> Checkup:
    """Ask all standing checks of a programme on a day (today); one line, or none where nothing is new.

    The same rule asks the same record once. A question whose answer was judged is asked again only when it says
    something else, or had ceased to hold. One that holds no longer stays open, with the day from which it does not.
    """
    day = day or today()
    with doing("run_checks", person=person, place=place_of(programme), evidence=f"截至 {day}") as work:
        standing = checks.Checked(day, pack_of(programme))
        kept = _kept(programme)
        still: set[Key] = set()
        changed: list[Finding] = []
        for asked, problem in _found(programme, standing):
            key = (problem.code, asked.record)
            if key in still or any((code, asked.record) in kept for code in COVERED.get(problem.code, ())):
                continue
            still.add(key)
            amount = checks.at_stake(asked.fact, standing)
            row = kept.get(key)
            if row is None or _over(row, problem):
                _raise(work, programme, asked, problem, amount, standing)
            elif row.state != "settled" and (row.found, row.amount, row.last) != (problem.found, amount, None):
                row.found, row.remedy, row.amount = problem.found, problem.remedy, amount
                row.first = row.last = None
                changed.append(row)
        lapsed = [row for key, row in kept.items() if key not in still and _lapses(row)]
        for row in lapsed:
            row.first = min(row.raised or day, day)
            row.last = day
        _write(work, [*changed, *lapsed])
        unsettled = {key for key, row in kept.items() if row.state != "settled" and row.rule in CODES}
        raised = len(work.questions)
        return Checkup(raised, len(changed), len(lapsed), len(unsettled) + raised)


def _found(programme: Programme, standing: checks.Checked) -> Iterator[tuple[Asked, Problem]]:
    """All that the checks find, each problem as long as its columns are."""
    money = Money(programme)
    works = Course(programme, money, standing.today).asked()
    for asked in chain(money.asked(), works, sent(programme), promised(programme), intended(programme)):
        for problem in checks.asked_of(asked.fact, standing):
            yield asked, _cut(problem)


def _cut(problem: Problem) -> Problem:
    return Problem(
        problem.code, "asks", problem.sentence, problem.found[:120], problem.expected, problem.remedy[:120]
    )  # fmt: skip


def _kept(programme: Programme) -> dict[Key, Finding]:
    """The questions that the checks have asked of a programme, by rule and record: the open one, else the last settled."""
    wanted = {*CODES, *(code for codes in COVERED.values() for code in codes)}
    rows = Finding.objects.filter(record__programme=programme, rule__in=wanted).order_by("record_id").in_bulk()
    links = Link.objects.filter(
        role="about", position=1, record__programme=programme, record__as_finding__rule__in=wanted
    )
    found: dict[Key, Finding] = {}
    for finding, record in links.order_by("record_id").values_list("record_id", "to_id"):
        row = rows[finding]
        before = found.get((row.rule, record))
        if before is None or before.state == "settled":
            found[row.rule, record] = row
    return found


def _over(row: Finding, problem: Problem) -> bool:
    """Whether a kept question is done with, so that what is found now is a new one."""
    return row.state == "settled" and (row.found != problem.found or row.last is not None)


def _lapses(row: Finding) -> bool:
    """Whether an open question that is not found any more has not been marked so yet."""
    return row.raised is not None and row.state != "settled" and row.last is None


def _raise(
    work: Work, programme: Programme, asked: Asked, problem: Problem, amount: int | None, standing: checks.Checked
) -> None:
    """A new question: who answers for it, and by when where the programme has set how many days there are."""
    days = standing.value(problem.code, "days")
    due = standing.today + timedelta(days=days) if days else None
    work.raised[problem.code, asked.record] = Raised(programme.record_id, standing.today, amount, asked.owner, due)
    ask(work, [problem], asked.record, f"{asked.name}：{TITLES.get(problem.code, problem.sentence.zh)}"[-80:])


def _write(work: Work, rows: Iterable[Finding]) -> None:
    """Questions that say something else now; read in this transaction, so that they are what the table holds."""
    rows = list(rows)
    columns: list[Any] = ["found", "remedy", "amount", "first", "last"]
    Finding.objects.bulk_update(rows, columns, batch_size=200)
    work.rows.update({(row._meta.db_table, row.pk): row for row in rows})
