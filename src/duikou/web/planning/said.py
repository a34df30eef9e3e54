"""Shares and objections of a plan in words: what a table of them shows, before and after a trial."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duikou.rules.amounts import percent, share
from duikou.rules.problem import Problem
from duikou.rules.trials import Objection, Part, Trial
from duikou.web.language import english, listed
from duikou.web.ledger.kept import wan

from .kept import Listed


@dataclass(frozen=True)
class Share:
    """A share of a plan, and what it was before it was tried out."""

    before: Part | None
    after: Part

    @property
    def least(self) -> str:
        """The least it has to be; nothing where nobody has set one."""
        return percent(self.after.least) if self.after.least is not None else ""

    @property
    def amounts(self) -> tuple[str, str]:
        """What counts as it before and after, in 万元."""
        return wan(self.before.part if self.before else None), wan(self.after.part)

    @property
    def said(self) -> tuple[str, str]:
        """Before and after in per cent."""
        return _said(self.before), _said(self.after)

    @property
    def moved(self) -> str:
        """By how many points it moved, with one digit."""
        points = self.after.per_mille - (self.before.per_mille if self.before else 0)
        return f"{'+' if points > 0 else '−'}{abs(points) // 10}.{abs(points) % 10}" if points else ""

    @property
    def broken(self) -> bool:
        """Whether it falls short only since it was tried out."""
        return bool(self.after.problem and self.before and not self.before.problem)


def _said(part: Part | None) -> str:
    return share(part.part, part.whole) if part else ""


def beside(before: Trial | None, after: Trial) -> list[Share]:
    """The shares of a plan, each with what it was before."""
    old = {part.share: part for part in before.parts} if before else {}
    return [Share(old.get(part.share), part) for part in after.parts]


@dataclass(frozen=True)
class Said:
    """What a rule says of a plan: how it stands to what was tried (new, still, gone, or empty), of which projects."""

    how: str
    objection: Objection
    names: str

    @property
    def problem(self) -> Problem:
        """What the rule found."""
        return self.objection.problem

    @property
    def sentence(self) -> str:
        """The sentence of the rule in the language of the page."""
        return sentence(self.problem)


def sentence(problem: Problem) -> str:
    """The sentence of a rule in the language of the page."""
    return problem.sentence.en if english() else problem.sentence.zh


def names_of(lines: Iterable[Listed]) -> dict[int, str]:
    """The projects of lines, by record."""
    return {one.row.pk: one.project.name for one in lines}


def said(turns: Sequence[tuple[str, Objection]], names: Mapping[int, str]) -> list[Said]:
    """Objections with the names of the projects that they are about."""
    return [Said(how, one, listed([names.get(number, "") for number in one.lines])) for how, one in turns]


def told(problems: Iterable[Problem]) -> list[tuple[str, Problem]]:
    """Problems of a plan itself, each with the sentence of its rule."""
    return [(sentence(problem), problem) for problem in problems]
