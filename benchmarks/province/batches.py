"""Facts enter the generated province in batches, each with the paper that it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from duikou.acts.accepting import accept
from duikou.records.models import Programme
from duikou.rules import evidence
from duikou.rules.fact import Fact, Source, Told

from ..generate import OFFICER
from .scale import YEARS

MOST = 500  # facts, or groups of facts, in one batch
SOURCE = {"": Source("S", "receiving", 1, "", "生成")}


def told(facts: Iterable[Fact], key: str = "") -> Iterator[Told[Fact]]:
    """Facts with their source; `key` with a running number is what others refer to them by."""
    for n, fact in enumerate(facts):
        yield Told(fact, SOURCE, key=f"{key}{n}" if key else "")


def entered(
    programme: Programme, said: str, groups: Iterable[Sequence[Told[Fact]]], keys: dict[str, int], most: int = MOST
) -> None:
    """Enter groups of facts that belong together, many groups with one paper in one act."""
    rest = iter(groups)
    number = 0
    while batch := [*islice(rest, most)]:
        number += 1
        title = f"生成的{said}文件{number}"
        paper = Told(evidence.Document(title=title, medium="voucher", grade="original"), {}, key="S")
        facts = [paper, *(one for group in batch for one in group)]
        accept(programme, facts, keys, person=OFFICER, reason=f"生成{said}", evidence="")


def singly(facts: Iterable[Told[Fact]]) -> Iterator[tuple[Told[Fact]]]:
    """Each fact as a group of its own."""
    return ((one,) for one in facts)


def day_of(n: int, of: int) -> date:
    """A day for the n-th of so many, spread over all years and, after one another, over the days of a year."""
    year = YEARS[n * len(YEARS) // of]
    return date(year, 1, 4) + timedelta(days=n * 37 % 340)
