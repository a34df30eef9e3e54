"""援助资金走到哪一步 and 四类钱: stages of aid money on one scale, four kinds of money as squares."""

from dataclasses import dataclass

from duikou.reports.chart import drawn
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.web import charts
from duikou.web.book import Book

from .rows import ask
from .spans import span

WAN = 10**6  # fen in 万元


@dataclass(frozen=True)
class Stage:
    """One stage of aid money: a solid bar, and behind it what has not come this far; blank: a dashed frame."""

    name: str
    figure: Figure
    look: str
    length: str
    number: str
    rest: str = ""
    rest_from: str = ""
    rest_words: str = ""

    @property
    def narrow(self) -> bool:
        """Whether the number has no room inside the bar."""
        return float(self.length[:-1]) < 12

    @property
    def tight(self) -> bool:
        """Whether the words of the rest have no room in it on a telephone: they stand with the name."""
        return bool(self.rest) and float(self.rest[:-1]) < 40


STAGES = (
    ("funds.secured", "已落实", "first"), ("funds.disbursed", "已拨付到位", "second"),
    ("funds.received", "已到账", "third"), ("funds.spent", "已支出", "third"),
)  # fmt: skip


@dataclass(frozen=True)
class Stages:
    """援助资金走到哪一步: the bars on one scale."""

    bars: tuple[Stage, ...]
    ticks: tuple[charts.Tick, ...]
    when: str

    @property
    def said(self) -> str:
        """The drawing in a sentence."""
        return "，".join(f"{bar.name}{bar.figure.text if not bar.figure.blank else '来源未报'}" for bar in self.bars)


def stages(book: Book) -> Stages:
    """Secured, disbursed, received where the receiving side has reported, spent."""
    asked = [(name, ask(book, sheet), look) for sheet, name, look in STAGES]
    shown = [(name, figure, look) for name, figure, look in asked if not (figure.blank and name == "已到账")]
    longest = max(charts.extent(figure.value) for _, figure, _ in shown)
    bars = [
        Stage(
            name, figure, look, charts.percent(bar.length, 1), write(figure.value, WAN).number if figure.value else "",
            charts.percent(bar.rest_length, 1) if bar.rest else "", charts.percent(bar.length, 1) if bar.rest else "",
            f"{bar.rest_said} {write(bar.rest, WAN).number}" if bar.rest else "",
        )
        for (name, figure, look), bar in zip(shown, drawn([one[:2] for one in shown]), strict=True)
    ]  # fmt: skip
    return Stages(tuple(bars), tuple(charts.ticks(longest, WAN)), span(book, ["entries"]).years)


@dataclass(frozen=True)
class Money:
    """One of the four kinds of money, as a square."""

    figure: Figure
    words: str
    look: str
    side: float


KINDS = (
    ("donations.education", "教育类捐助", "gift"), ("funds.secured", "财政援助，已落实", "aid"),
    ("enterprises.investment", "企业投资，总投资", "own"), ("enterprises.intent", "意向协议，未落地", "intent"),
)  # fmt: skip


@dataclass(frozen=True)
class Kinds:
    """四类钱: four squares that are never added up, and how hedged ones are drawn."""

    squares: tuple[Money, ...]
    note: str

    @property
    def empty(self) -> bool:
        """Whether the source gives no sum at all."""
        return all(money.figure.blank for money in self.squares)


def kinds(book: Book) -> Kinds:
    """The four kinds of money with the sides of their squares."""
    asked = [(ask(book, sheet), words, look) for sheet, words, look in KINDS]
    largest = max(charts.extent(figure.value) for figure, _, _ in asked)
    squares = tuple(Money(figure, words, look, charts.side(figure.value, largest)) for figure, words, look in asked)
    hedged = [
        f"{figure.text}按{'上' if figure.value.high is not None else '下'}限画"
        for figure, _, _ in asked
        if figure.value and not figure.value.exact
    ]
    return Kinds(squares, "；".join(hedged))
