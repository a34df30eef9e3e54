"""The works that run as jobs, by the act each is: what it is asked of, its steps, what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from duikou.acts import checking
from duikou.acts.doing import place_of, programme_of
from duikou.acts.verify import verify
from duikou.records.models import Programme
from duikou.reports.outline import names_in, paper
from duikou.reports.word import check_text, write_paper
from duikou.reports.workbook import workbook
from duikou.rules.period import parse
from duikou.rules.rights import Person, Place
from duikou.snapshot.store import altered, freeze
from duikou.statistics.tables import table_of

Options = Mapping[str, Any]
OUTLINE, TABLE = "situation", "overview"
LISTED = 200  # problems of a book; one altered line makes many


class Progress(Protocol):
    """Where a work says how far it is; raises once it must stop."""

    def __call__(self, said: str, done: int = 0, of: int = 0) -> None:
        """Say it."""


@dataclass(frozen=True)
class Result:
    """What came of a job: a sentence, whether all is well, what else is to be read, the files by name."""

    said: str
    well: bool = True
    lines: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


Act = Callable[[], Result]


@dataclass(frozen=True)
class Work:
    """One kind of long work.

    `run` prepares, saying how far it is, and gives the result. A work that writes to the book writes nothing there: it
    gives what is left to do, the act, which is then done in one transaction with the end of the job.
    """

    run: Callable[[Person, Options, Progress], Result | Act]
    place: Callable[[Options], Place]
    about: Callable[[Options], str]
    steps: tuple[str, ...] = ()


def verify_book(person: Person, options: Options, progress: Progress) -> Result:
    """The book held against itself, against heads kept elsewhere, and the snapshot against the book."""
    found = verify(options.get("heads", ()), progress=progress)
    progress("核时点数据", 1, 1)
    lines = [f"{p.place}：现为{p.found}；应为{p.expected}" for p in found.problems]
    lines += [f"时点数据的表 {table} 与账本不一致；找系统管理员删去后重新冻结" for table in altered()]
    true = not lines and found.true
    if len(lines) > LISTED:
        lines[LISTED:] = [f"另有 {len(lines) - LISTED:,} 处；运行 duikou verify 看全部"]
    read = f"日志 {found.lines:,} 行，记录影像 {found.images:,} 份，现有记录 {found.rows:,} 条"
    verdicts = [f"{verdict}　{' '.join(head.split())}" for head, verdict in found.verdicts]
    unseen = () if verdicts else ("未给外来账首：截短或整本重算只有对照以前印出的账首才查得出",)
    head = (found.head.short,) if found.head else ()
    return Result(f"{'账符' if true else '账不符'}：{read}", true, (*lines, *verdicts, *head, *unseen))


def run_checks(person: Person, options: Options, progress: Progress) -> Act:
    """The standing checks of a programme; what they find is raised as questions."""
    progress("检查", 0, 1)

    def act() -> Result:
        found = checking.run_checks(programme_of(options["programme"]), person=person)
        moved = f"新提出 {found.raised} 项，有变 {found.changed} 项，现已不成立 {found.lapsed} 项"
        return Result(f"{moved}；未判定的检查事项共 {found.open} 项", not found.raised)

    return act


def make_papers(person: Person, options: Options, progress: Progress) -> Result:
    """The situation report and the statistics table of a programme and period."""
    programme, period = options["programme"], options["period"]
    progress("取数", 0, 3)
    taken = freeze()
    made, filled = paper(taken, OUTLINE, programme, period), table_of(taken, TABLE, programme, period)
    progress("排版", 1, 3)
    title = made.title.replace("|", "")
    files = {f"{title}.docx": write_paper(made), f"{filled.title}（{filled.period.zh}）.xlsx": workbook(filled)}
    progress("自查", 2, 3)
    odd = check_text(made, names_in(taken))
    odd += [f"勾稽：{c.sentence}　{c.reading.zh}" for c in filled.checks if c.reading.code == "fails"]
    said = f"自查有 {len(odd)} 处要看" if odd else "自查没有发现不合"
    return Result(f"出文件 {len(files)} 份，账本第 {taken.line} 行；{said}", not odd, tuple(odd), files)


def _of_programme(options: Options) -> Place:
    try:
        return place_of(programme_of(options["programme"]))
    except Programme.DoesNotExist:
        raise LookupError(f"没有项目方案 {options['programme']}；回到总览另选一个") from None


def _of_the_book(options: Options) -> Place:
    return Place()


def _title(options: Options) -> str:
    """The programme and period that papers are made of."""
    row = Programme.objects.filter(code=options["programme"]).first()
    return f"{row.title if row else options['programme']}　{parse(options['period']).zh}"


def _programme(options: Options) -> str:
    """The programme that is checked."""
    row = Programme.objects.filter(code=options["programme"]).first()
    return row.title if row else str(options["programme"])


def _heads(options: Options) -> str:
    return "全部账本，对照外来账首" if options.get("heads") else "全部账本"


WORKS: dict[str, Work] = {
    "verify_book": Work(verify_book, _of_the_book, _heads),
    "run_checks": Work(run_checks, _of_programme, _programme, ("检查",)),
    "check_money": Work(run_checks, _of_programme, _programme, ("检查",)),  # asked for before it had its name
    "make_papers": Work(make_papers, _of_programme, _title, ("取数", "排版", "自查")),
}
