"""How sure the numbers are that the source gives: their natures counted, and whether an original stands behind them."""

from dataclasses import dataclass

from duikou.statistics.figure import Figure
from duikou.terms.words import zh
from duikou.web import charts
from duikou.web.book import Book
from duikou.web.frame import sources

from .rows import ask

SHEETS = (
    "funds.secured", "funds.disbursed", "projects.count", "donations.computers", "people.intake", "people.trained",
    "people.seconded", "people.schools", "enterprises.investment", "enterprises.capacity", "enterprises.jobs",
    "enterprises.output", "enterprises.profit", "enterprises.intent", "programmes.meetings",
)  # fmt: skip
NATURES = ("exact", "approximate", "expected")
WEAK = ("copy", "oral")


@dataclass(frozen=True)
class Part:
    """One nature: how many numbers, and where its bar lies."""

    nature: str
    word: str
    count: int
    x: str
    width: str


@dataclass(frozen=True)
class Sureness:
    """The numbers that stand in the source, by nature, and the caveat where only copies are behind them."""

    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    caveat: str


def sureness(book: Book) -> Sureness:
    """The source figures of a page: those it shows that a source says, not those worked out here."""
    shown = [*(ask(book, sheet) for sheet in SHEETS), *book.cut("donations.education", "g")]
    said = tuple(figure for figure in shown if figure.nature in NATURES)
    parts, begin = [], 0
    for nature in NATURES:
        count = len([figure for figure in said if figure.nature == nature])
        if count:
            parts.append(
                Part(
                    nature,
                    zh("nature", nature),
                    count,
                    charts.percent(begin, len(said)),
                    charts.percent(count, len(said)),
                )
            )
        begin += count
    return Sureness(said, tuple(parts), _caveat(book, said))


def _caveat(book: Book, said: tuple[Figure, ...]) -> str:
    """引用前请注意: said once, on top, where numbers rest on copies only."""
    weak = [figure for figure in said if figure.standing.grade in WEAK]
    if not weak:
        return ""
    beside = {row["number"] for row in book.rows("other_sayings")}  # what the other side says is in no number
    behind = {said["document"] for said in book.rows("statements") if said["record"] not in beside}
    papers = [source for source in sources(book).weak if source.number in behind]
    lacking = next((row["title"] for row in book.questions if row["rule"] == "evidence.4"), "原件")
    which = "但目前" if len(weak) == len(said) else f"但其中 {len(weak)} 个目前"
    how_many = "一" if len(papers) == 1 else f" {len(papers)} "
    grade = zh("grade", papers[0].grade if papers else "copy")
    return f"本页 {len(said)} 个来源数字都能点开看到出处，{which}只有{how_many}份{grade}作依据，尚缺{lacking}。"
