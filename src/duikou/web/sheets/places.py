"""放不下: one question for each name that means nothing in the book, or several things; what may be answered; the answer kept."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from duikou.acts.dropped import choose
from duikou.intake.known import Known, Names, known
from duikou.intake.taking import Answer
from duikou.records.models import Organisation, Programme, Record, Upload
from duikou.rules.alike import payee_key
from duikou.terms.words import regions, zh
from duikou.web.addresses import titles

MOST = 20  # names that a search offers
CELLS = 5  # cells that a question names


@dataclass(frozen=True)
class Option:
    """What a name may mean: its code, and what that is called."""

    code: str
    words: str


@dataclass(frozen=True)
class Question:
    """A name that cannot be placed: its sort, what was said, in how many rows and which cells, what it may mean."""

    sort: str
    said: str
    cells: tuple[str, ...]
    options: tuple[Option, ...]
    several: bool
    sought: str = ""

    @property
    def key(self) -> str:
        """What its answer is kept under."""
        return f"{self.sort}:{self.said}"

    @property
    def what(self) -> str:
        """What kind of thing is looked for."""
        return "地区" if self.sort == "region" else zh("record", self.sort)

    @property
    def shown(self) -> str:
        """The first cells that say it."""
        return "、".join(self.cells[:CELLS]) + (f" 等 {len(self.cells)} 处" if len(self.cells) > CELLS else "")


@dataclass(frozen=True)
class Placing:
    """The names of a programme, asked once a page."""

    programme: Programme

    @cached_property
    def names(self) -> Known:
        """All names that the book knows."""
        return known(self.programme)

    def questions(self, said: Answer, sought: Mapping[str, str]) -> list[Question]:
        """One question for each name that a sheet leaves open, the most frequent first; `sought` is looked for by key."""
        cells: dict[tuple[str, str], list[str]] = defaultdict(list)
        offered: dict[tuple[str, str], tuple[set[str], bool]] = {}
        for one in (one for row in said.rows for one in row.unplaced):
            cells[one.sort, one.said].append(one.place)
            if (one.sort, one.said) not in offered:
                look = sought.get(f"{one.sort}:{one.said}", "")
                near = set(self._alike(one.sort, look)) if look else {*one.means, *self._meant(one.sort, one.near)}
                offered[one.sort, one.said] = (near, bool(one.means))
        words = self._words(offered)
        return [
            Question(
                sort, name, tuple(places), tuple(sorted((Option(c, words[sort, c]) for c in codes), key=_order)), several,
                sought.get(f"{sort}:{name}", ""),
            )
            for (sort, name), places in sorted(cells.items(), key=lambda one: -len(one[1]))
            for codes, several in [offered[sort, name]]
        ]  # fmt: skip

    def means(self, sort: str, code: str) -> bool:
        """Whether a code is one that names of a sort may mean."""
        return any(code in meant for meant in self._of(sort).values())

    def called(self, placed: Mapping[str, str]) -> dict[str, str]:
        """What names were said to mean, by key, in words."""
        keys = [(tuple(key.split(":", 1)), code) for key, code in placed.items()]
        words = self._words({(sort, name): ({code}, False) for (sort, name), code in keys})
        return {f"{sort}:{name}": words[sort, code] for (sort, name), code in keys}

    def _of(self, sort: str) -> Names:
        known = {"organisation": self.names.organisation, "region": self.names.region, **self.names.record}
        return known.get(sort, {})

    def _meant(self, sort: str, near: tuple[str, ...]) -> Iterator[str]:
        """The codes of names that are near."""
        return (code for name in near for code in self._of(sort)[name])

    def _alike(self, sort: str, look: str) -> list[str]:
        """The codes of names that hold what is looked for."""
        wanted = payee_key(look)
        found = (code for name, meant in self._of(sort).items() if wanted and wanted in name for code in sorted(meant))
        return list(dict.fromkeys(found))[:MOST]

    def _words(self, offered: Mapping[tuple[str, str], tuple[set[str], bool]]) -> dict[tuple[str, str], str]:
        """What codes are called, by sort and code."""
        wanted = {(sort, code) for (sort, _), (codes, _) in offered.items() for code in codes}
        organisations = {code for sort, code in wanted if sort == "organisation"}
        numbers = {int(code) for sort, code in wanted if sort not in ("organisation", "region")}
        named = dict(Organisation.objects.filter(code__in=organisations).values_list("code", "name"))
        called = titles(Record.objects.filter(number__in=numbers))
        return {(sort, code): _called(sort, code, named, called) for sort, code in wanted}


def _order(option: Option) -> tuple[int, str]:
    return len(option.words), option.words


def _called(sort: str, code: str, named: Mapping[str, str], called: Mapping[int, str]) -> str:
    if sort == "organisation":
        return named.get(code, code)
    return regions()[code][-1].name if sort == "region" else called.get(int(code), code)


def place(upload: Upload, key: str, code: str) -> None:
    """Keep what a name means, for all rows that say it."""
    choose(upload, placed={**upload.chosen.get("placed", {}), key: code})


def unplace(upload: Upload, key: str) -> None:
    """Ask about a name again."""
    choose(upload, placed={name: code for name, code in upload.chosen.get("placed", {}).items() if name != key})
