"""A section …/{section}/: for each of its kinds how many records there are, the newest, ways to the list and to a new one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.records.models import Programme
from duikou.rules.rights import who_may
from duikou.statistics.definition import definitions
from duikou.statistics.figure import Figure
from duikou.web.book import Book, open_book
from duikou.web.doors import door, of_own_part
from duikou.web.language import listed as in_words
from duikou.web.language import named, say
from duikou.web.overview.rows import ask
from duikou.web.projects.kept import way, whole

from .columns import Column
from .listing import SECTION, Listed, dated, listed, new_of
from .rows import rows_of, standing
from .sections import ACTS, OF_KIND, SECTIONS

SUBJECTS = {
    "gifts": "donations", "industry": "enterprises", "exchanges": "programmes", "people": "people", "plans": "plans",
    "cooperation": "cooperation",
}  # fmt: skip
"""The sheets of figures of a section, by the subject they are filed under."""
NEWEST, COLUMNS = 5, 4  # rows of each kind, columns beside the title and the days


@dataclass(frozen=True)
class Of:
    """A kind in its section: how many, the newest rows under their columns, its list, the form for a new one."""

    kind: str
    count: int
    columns: tuple[Column, ...]
    rows: tuple[Listed, ...]
    list: str
    new: str
    dated: bool

    @property
    def holds(self) -> str:
        """What a record of the kind says first, in words."""
        return in_words([column.head for column in self.columns])

    @property
    def who(self) -> str:
        """Who records one, in words."""
        return in_words([say("role", role) for role in who_may(ACTS[self.kind])])


def page(request: HttpRequest, programme: str, period: str, section: str) -> HttpResponse:
    """The page of a section."""
    book, found = open_book(programme, period), programme_of(programme)
    kinds = [of(request, found, period, kind) for kind in SECTIONS[section]]
    context = {
        "book": book, "section": section, "kinds": kinds, "beside": beside(request, programme, period, section),
        "figures": figures(book, section) if whole(request, programme) else [],
    }  # fmt: skip
    return render(request, "kinds_section.html", context)


def figures(book: Book, section: str) -> list[tuple[str, Figure]]:
    """The figures of the period that its records make up, each by its name; those that nothing makes up are left out."""
    subject = SUBJECTS.get(section, "")
    asked = ((named(sheet), ask(book, code)) for code, sheet in definitions().items() if sheet.subject == subject)
    return [(words, figure) for words, figure in asked if figure.mark or not figure.blank]


def beside(request: HttpRequest, programme: str, period: str, section: str) -> list[tuple[str, str]]:
    """The pages that belong to a section besides its lists, by name and address; whole-programme pages for whom they are."""
    here = {
        "governance": [(_("决定与落实"), "governance-hanging", True)],
        "exchanges": [
            (_("协议指标"), "exchanges-targets", True), (_("大事记"), "exchanges-timeline", True),
            (_("单位"), "organisations", False),
        ],
        "people": [(_("在岗与期满"), "people-terms", False)],
        "plans": [(_("计划衔接"), "plans-fit", False)],
    }.get(section, [])  # fmt: skip
    reached = whole(request, programme)
    return [(words, way(name, programme, period)) for words, name, all_of_it in here if reached or not all_of_it]


def of(request: HttpRequest, programme: Programme, period: str, kind: str) -> Of:
    """A kind as its section shows it."""
    found = standing(programme, kind)
    rows = rows_of(request, found)
    columns = (found.telling(rows[:NEWEST]) if rows else found.columns)[:COLUMNS]
    code, section = programme.code, OF_KIND[kind]
    return Of(
        kind, len(rows), tuple(columns), tuple(listed(found, row, columns) for row in rows[:NEWEST]),
        way("kind", code, period, section, kind), new_of(request, code, period, kind),
        dated(rows[:NEWEST]),
    )  # fmt: skip


urlpatterns = [door(SECTION, page, "see_records", of_own_part, name="section")]
