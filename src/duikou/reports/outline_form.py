"""What an outline is once it is read: sections of paragraphs of sentences, with their conditions and other wordings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .yields import Groups

SLOT = re.compile(r"\{([^}]+)\}")
CLAUSE = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Condition:
    """What must hold for a sentence to be said: of a figure, of records, or of a figure beside another or a number."""

    kind: Literal["has", "lacks", "records", "no_records", "equal", "less", "more", "exact", "hedged"]
    of: str
    than: str = ""


@dataclass(frozen=True)
class Choice:
    """Which records of a table a sentence tells, and how many of them.

    `undated`: with those of the period also those of which no day is known; `crossing`: those with a day in common with
    it; `unanswered`: those to which nobody had replied by its end; `least` and `most`: told only where there are so many.
    """

    table: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has: str = ""
    dated: bool = False
    within: bool = False
    undated: bool = False
    crossing: bool = False
    unanswered: bool = False
    least: int = 0
    most: int | None = None
    count: Literal["", "one", "several"] = ""
    skip: int = 0
    first: int | None = None


@dataclass(frozen=True)
class Members:
    """The members of a cut of a figure that a sentence tells: those with a share of the whole, in per cent, or all.

    `several`: told only where there are several.
    """

    sheet: str
    letter: str
    share: int = 0
    several: bool = False


@dataclass(frozen=True)
class Series:
    """Which figures a chart or a table of its own shows: some by their labels, the members of a cut, the years of one."""

    figures: tuple[tuple[str, str], ...]
    letter: str = ""
    years: bool = False

    @property
    def sheets(self) -> tuple[str, ...]:
        """Their sheets."""
        return tuple(sheet for _, sheet in self.figures)


@dataclass(frozen=True)
class Drawing:
    """A chart under a paragraph: its name, its figures."""

    name: str
    series: Series


@dataclass(frozen=True)
class Attached:
    """A table that goes with the paper: one of the official forms by its code, or one of its own from figures."""

    line: int
    name: str
    table: str = ""
    series: Series | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence: slots stand in its text as {code}, what may fall away in [ ]; of a repeated one the text is one turn.

    `instead`: other wordings by when they are used: none, else, hedged, one, several. `lead`: said only if what follows is.
    `several`: of years, said only where there are several. `drawing`: of the sentence that leads to a chart, the chart.
    """

    line: int
    source: str
    text: str
    begin: str = ""
    join: str = ""
    end: str = ""
    each: Choice | None = None
    members: Members | None = None
    years: bool = False
    when: tuple[Condition, ...] = ()
    lead: bool = False
    several: bool = False
    instead: Mapping[str, "Sentence"] = field(default_factory=dict)
    drawing: Drawing | None = None

    @property
    def repeated(self) -> bool:
        """Whether it is said once for each record, member or year."""
        return bool(self.each or self.members or self.years)

    def slots(self) -> Iterator[str]:
        """Every slot of it and of its other wordings, in order."""
        if self.members:
            yield self.members.sheet
        if self.drawing:
            yield from self.drawing.series.sheets
        for condition in self.when:
            yield from (part for part in (condition.of, condition.than) if "." in part)
        for text in (self.begin, self.text, self.end):
            yield from SLOT.findall(text)
        for other in self.instead.values():
            yield from other.slots()


@dataclass(frozen=True)
class Section:
    """A chapter or a part of one: its heading without its number, its level, its paragraphs."""

    heading: str
    level: int
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()


@dataclass(frozen=True)
class Outline:
    """An outline: what it is called, the title and salutation of its papers, what it is of, its sections.

    `scope`: "project" where a paper of it is of one project. `edition`: 0 for the one that comes with the program.
    `annexes`: the tables that go with its papers.
    """

    code: str
    name: str
    title: str
    salutation: str = ""
    scope: str = ""
    yields: Groups = ()
    sections: tuple[Section, ...] = ()
    edition: int = 0
    text: str = ""
    annexes: tuple[Attached, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph

    def sentence_at(self, line: int) -> Sentence | None:
        """The sentence of a line."""
        return next((sentence for sentence in self.sentences() if sentence.line == line), None)
