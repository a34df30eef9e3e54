"""文件 …/reports/: the papers of a programme by period, state and form, with search, and the same rows as files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Paper
from duikou.rules import period as periods
from duikou.terms.words import vocabulary
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_programme
from duikou.web.language import period_words, say
from duikou.web.listing import files
from duikou.web.listing.facets import Asked, By, Facet, narrowed
from duikou.web.listing.order import paged

from .kept import HERE, visible
from .making import forms


@dataclass(frozen=True)
class Found:
    """The papers that an address asks for, of how many, and what they may be narrowed by."""

    asked: Asked
    rows: list[Paper]
    every: int
    facets: list[Facet]


def found_of(request: HttpRequest, programme: str) -> Found:
    """What the address of the list asks."""
    asked = Asked.of(request.GET.dict(), [by.code for by in facets()], ())
    every = visible(request, programme_of(programme))
    rows, left = narrowed(every, asked, facets(), _named)
    return Found(asked, rows, len(every), left)


def facets() -> Sequence[By[Paper]]:
    """What papers may be narrowed by."""
    named = forms()
    states = {code: at for at, code in enumerate(vocabulary()["paper_state"])}
    return (
        By("state", _("状态"), lambda row: row.state, lambda code: say("paper_state", code), states),
        By("form", _("表或提纲"), lambda row: row.form, lambda code: named.get(code, code)),
        By("span", _("期间"), lambda row: row.span, lambda code: period_words(periods.parse(code))),
    )


def _named(row: Paper, words: str) -> bool:
    """Whether words stand in the title or the number of a paper."""
    return words.casefold() in f"{row.title} {row.code}".casefold()


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The list."""
    book, found = open_book(programme, period), found_of(request, programme)
    context = {
        "book": book, "found": found, "shown": paged(request, found.rows), "query": found.asked.address(),
        "named": forms(), "may_draft": can(request, "draft_paper", place_of(programme_of(programme))),
        "may_make": can(request, "make_papers", place_of(programme_of(programme))),
    }  # fmt: skip
    return render(request, "issuing_list.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The papers as the page lists them."""
    heads = (
        _("编号"), _("标题"), _("发文字号"), _("表或提纲"), _("项目"), _("期间"), _("状态"), _("取数行"), _("签发日"), _("印发日"), _("撤回日"),
    )  # fmt: skip
    named = forms()
    rows = (
        [
            row.pk, row.title, row.code, named.get(row.form, row.form), str(row.project or ""), period_words(periods.parse(row.span)),
            say("paper_state", row.state), row.line, row.signed or "", row.issued or "", row.withdrawn or "",
        ]
        for row in found_of(request, programme).rows
    )  # fmt: skip
    return files.Listing(f"papers-{programme}", _("文件"), heads, rows)


urlpatterns = [
    door(HERE, page, "see_papers", of_programme, name="papers"),
    *files.doors(HERE + "list", taken, "see_papers", of_programme, name="papers"),
]
