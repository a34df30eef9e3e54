"""A folder that is right in all its places begins an empty book, with its documents; else every place is named."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from duikou.acts.carried import columns
from duikou.acts.evidence import keep_text
from duikou.acts.journal import Head
from duikou.acts.transferring import Misfit, NotEmpty, carry_in, refuse_if_not_empty
from duikou.rules.problem import Problem, Refused
from duikou.rules.rights import Person

from .cells import Read, lacking, lines, rows_of, tables_of
from .folder import EXPORT, SUMS, described, digest, digests, problem


@dataclass(frozen=True)
class Loaded:
    """What was loaded: the programme, the head that it came from, rows, documents, the head after it."""

    programme: str
    came_from: str
    rows: int
    documents: int
    head: Head


def load_whole(folder: Path, *, person: Person) -> Loaded:
    """Check a folder and begin an empty book with it: all of it or nothing; Refused names every place that is wrong."""
    try:
        refuse_if_not_empty()
    except NotEmpty as odd:
        remedy = "换一个还没有账的文件夹（DUIKOU_VAR），再装入"
        raise Refused([problem("whole.7", "", str(odd), "一条记录也没有", remedy)]) from None
    problems = [*digests(folder)]
    package = described(folder, problems)
    read = [*tables_of(folder, package, problems)]
    if not any(found.code == "whole.3" for found in problems):
        problems += lacking(folder, read)
    if problems:
        raise Refused(problems)
    papers = _Papers(folder)
    try:
        after = carry_in(
            lambda model: rows_of(folder, read, model), office=package["office"], programme=package["programme"],
            came_from=package["head"], digest=digest(folder / SUMS), person=person, papers=papers.keep,
        )  # fmt: skip
    except Misfit as odd:
        papers.take_back()
        raise Refused([_misfit(folder, read, odd)]) from None
    except BaseException:
        papers.take_back()
        raise
    rows = sum(len(table.numbers) for table in read)
    return Loaded(package["programme"], package["head"], rows, len(papers.names), after)


def _misfit(folder: Path, read: list[Read], odd: Misfit) -> Problem:
    """A row that the database refused, by its line."""
    table = next(table for table in read if table.model is odd.model)
    place = table.columns.index(columns(odd.model)[0])
    line = next((line for line, values in lines(folder, table) if values[place] == odd.number), 0)
    return problem("whole.8", f"{table.path} 第 {line} 行", odd.why[:80], "合于账本的约束", EXPORT)


class _Papers:
    """The documents of a folder on their way beside the book; those that were not there before can be taken back."""

    def __init__(self, folder: Path) -> None:
        self.names = sorted(path.name for path in (folder / "documents").glob("*"))
        self._folder, self._new = folder / "documents", list[Path]()

    def keep(self) -> None:
        """Keep each under its digest."""
        for name in self.names:
            target = Path(settings.VAR) / "documents" / name
            if not target.exists():
                self._new.append(target)
                keep_text((self._folder / name).read_bytes())

    def take_back(self) -> None:
        """Delete those that came with what was refused."""
        for path in self._new:
            path.unlink(missing_ok=True)
