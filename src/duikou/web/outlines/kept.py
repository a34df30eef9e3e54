"""What the pages of outlines share: the outline at an address, papers filled for a page, links to figures and records."""

from dataclasses import dataclass

from django.http import Http404

from duikou.acts.doing import programme_of
from duikou.records.models import Project, of
from duikou.reports.chart import percent
from duikou.reports.outline import NoProject, fill, names_in, outline, outlines
from duikou.reports.outline_form import Outline
from duikou.reports.paper import Chart, Number, Paper, Paragraph, Piece
from duikou.reports.proofreading import check_text
from duikou.web.addresses import figure_href, href
from duikou.web.book import Book

HERE = "p/<slug:programme>/<period:period>/outlines/"


@dataclass(frozen=True)
class Shown:
    """A piece of a paper on a page: its words, and the address of the figure or record it is."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Told:
    """A paragraph of a paper on a page, a heading where it has a level."""

    pieces: tuple[Shown, ...]
    level: int = 0
    chart: "Picture | None" = None


@dataclass(frozen=True)
class Barred:
    """A bar on a page: its label, its lengths as SVG takes them, its number."""

    label: str
    length: str
    rest: str
    hollow: bool
    number: Shown


@dataclass(frozen=True)
class Picture:
    """A chart of a paper as a page draws it, by the same measure."""

    caption: str
    unit: str
    bars: tuple[Barred, ...]
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Preview:
    """A filled paper on a page, and what an office would send back; `lacking` where it could not be filled."""

    title: str = ""
    salutation: str = ""
    told: tuple[Told, ...] = ()
    complaints: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    lacking: str = ""


def outline_at(code: str, programme: str) -> Outline:
    """The outline in use at an address; 404 where there is none."""
    if code not in outlines():
        raise Http404(f"没有提纲 {code}；可用：{'、'.join(outlines())}")
    return outline(code, programme)


def preview(form: Outline, book: Book) -> Preview:
    """An outline filled for a page."""
    try:
        made = fill(form, book.snapshot, book.code, book.period)
    except NoProject as lacking:
        return Preview(lacking=str(lacking))
    complaints = tuple(check_text(made, names_in(book.snapshot)))
    titles = tuple(annex.plain_title for annex in made.annexes)
    return Preview(made.plain_title, made.salutation, tuple(told(made)), complaints, titles)


def told(made: Paper) -> list[Told]:
    """The paragraphs of a paper, every number with its address."""
    return [_told(paragraph) for paragraph in made.body]


def _told(paragraph: Paragraph) -> Told:
    chart = _picture(paragraph.chart) if paragraph.chart else None
    return Told(tuple(map(_shown, paragraph.pieces)), paragraph.level, chart)


def _shown(piece: Piece) -> Shown:
    return Shown(piece) if isinstance(piece, str) else Shown(piece.text, address(piece))


def _picture(chart: Chart) -> Picture:
    bars = (
        Barred(
            bar.label, percent(bar.length, 1), percent(bar.rest, 1) if bar.rest else "", bar.hollow, _shown(bar.number)
        )
        for bar in chart.bars
    )
    return Picture(chart.caption, chart.unit, tuple(bars), tuple((percent(m.at, 1), m.text) for m in chart.marks))


def address(number: Number) -> str:
    """Where a number of a paper leads: a figure, or the record that says it (output-33.actual@57)."""
    name = number.name.partition("@")[0]
    if ":" in name:
        return figure_href(number.name)
    kind, _, rest = name.partition("-")
    return href(kind, int(rest.partition(".")[0]))


def projects(book: Book) -> list[Project]:
    """The projects of a programme, of which a paper may be."""
    return list(of(Project, programme_of(book.code)).order_by("pk"))
