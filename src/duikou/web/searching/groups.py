"""What is found, group by group, as the page shows it: pages, figures, records, organisations, documents, words of sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext

from duikou.records.models import Document, Organisation, Record
from duikou.statistics.definition import Definition, definitions
from duikou.terms.words import vocabulary
from duikou.web.addresses import address, figure_href, href, titles
from duikou.web.book import Book
from duikou.web.frame import Frame
from duikou.web.kinds.sections import OF_KIND
from duikou.web.language import english, heading, named, say
from duikou.web.matching import fold, mark
from duikou.web.overview.rows import ask
from duikou.web.projects.kept import way

from .found import Found, nearest
from .index import Place
from .pages import Page, lets_in, pages
from .question import Question
from .shown import Group, Hit, Kind, Lines, marked, sorted_by_name

T = TypeVar("T")
MOST = {"page": 8, "figure": 5}  # hits that a group shows first; a figure is worked out for each
FIRST, ALL = 20, 100  # hits that any other group shows first; on each page of one group alone
GROUPS = ("page", "figure", "record", "organisation", "document", "text")
LISTS = {"project": "projects"}  # kinds whose lists stand outside the sections


@dataclass(frozen=True)
class Finding:
    """The answer to a question in a book: every group, or `only` one of them or one kind of record, from hit `start`."""

    book: Book
    request: HttpRequest
    asked: Question
    only: str = ""
    start: int = 0

    def groups(self) -> list[Group]:
        """The groups that found something."""
        if not self.asked.words:
            return []
        if self.only:
            return [group for group in self._group(self.only) if group.count]
        return [group for code in GROUPS for group in self._group(code) if group.count]

    @cached_property
    def frame(self) -> Frame:
        """What the person sees of the programme."""
        return Frame(self.book, self.request)

    @cached_property
    def _found(self) -> Found:
        return Found(self.book, self.request, self.asked)

    def _group(self, code: str) -> Iterator[Group]:
        """A group by its code, or a kind of record alone; figures and words of sources for those who see the figures."""
        match code:
            case "page":
                yield self._pages()
            case "organisation":
                numbers = self._found.organisations()
                yield self._shown(code, len(numbers), self._organisations(self._part(code, numbers)))
            case "document":
                numbers = self._found.documents()
                yield self._shown(code, len(numbers), self._documents(self._part(code, numbers)))
            case "figure" if self.frame.whole:
                yield self._figures()
            case "text" if self.frame.whole:
                places = self._found.texts()
                yield self._shown(code, len(places), self._texts(self._part(code, places)))
            case _ if code not in ("figure", "text"):
                yield from self._records(code)

    def _pages(self) -> Group:
        every = sorted_by_name([(f"{page.zh}\n{page.en}", page) for page in pages(self.frame)], self.asked)
        found = [page for page in every if lets_in(self.request, page.href)]
        return self._shown("page", len(found), map(self._page, self._part("page", found)))

    def _figures(self) -> Group:
        sheets = sorted_by_name([(f"{d.name}\n{d.en}\n{d.code}", d) for d in definitions().values()], self.asked)
        return self._shown("figure", len(sheets), map(self._figure, self._part("figure", sheets)))

    def _part(self, code: str, every: Sequence[T]) -> Sequence[T]:
        """What is shown of all that was found: the first of it, or on the page of one group a hundred."""
        return every[self.start : self.start + ALL] if self.only else every[: MOST.get(code, FIRST)]

    def _shown(self, code: str, count: int, hits: Iterable[Hit]) -> Group:
        return Group(code, count, tuple(hits), self.address(code), group_title(code))

    def address(self, only: str = "", start: int = 0) -> str:
        """The address of this search, of one group or kind alone."""
        said = {"q": self.asked.asked, "of": only, "from": start or ""}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def _hit(self, name: str, to: str, said: str, document: int = 0) -> Hit:
        wanted = marked(self.asked)
        return Hit(to, mark(name, wanted), mark(said, wanted), document=document)

    # ---- what is no record ---------------------------------------------------------------------------------------------

    def _page(self, page: Page) -> Hit:
        return self._hit(page.words, page.href, page.other if page.other != page.words else "")

    def _figure(self, sheet: Definition) -> Hit:
        said = f"{sheet.name if english() else sheet.en} · {sheet.code}"
        hit = self._hit(named(sheet), figure_href(self.book.name(sheet.code)), said)
        return hit if self.only else replace(hit, figure=ask(self.book, sheet.code))

    def _organisations(self, numbers: Sequence[int]) -> Iterator[Hit]:
        rows = Organisation.objects.in_bulk(numbers)
        lines = Lines(self._found.words, "", self.asked, numbers)
        for row in (rows[number] for number in numbers if number in rows):
            beside = (row.short or row.code, *lines.beside(row.pk, f"{row.name}{row.short}"))
            yield self._hit(row.name, href("organisation", row.pk), " · ".join(dict.fromkeys(beside)))

    def _documents(self, numbers: Sequence[int]) -> Iterator[Hit]:
        rows = Document.objects.in_bulk(numbers)
        for row in (rows[number] for number in numbers if number in rows):
            yield self._hit(row.title, address(row.digest, row.pk), say("grade", row.grade), document=row.pk)

    def _texts(self, places: Sequence[Place]) -> Iterator[Hit]:
        rows = Document.objects.in_bulk({document for document, _, _ in places})
        for number, paragraph, words in places:
            place = gettext("第 {} 段").format(paragraph) if paragraph else ""
            to = address(rows[number].digest, number, paragraph or None)
            yield self._hit(words, to, f"《{rows[number].title}》{place}")

    # ---- records -------------------------------------------------------------------------------------------------------

    def _records(self, code: str) -> Iterator[Group]:
        """The records: the nearest of all kinds, or those of one kind."""
        near, every = self._found.near, self._found.records()
        if code != "record" and code not in every:
            return
        if self.only and code != "record":
            numbers = every[code]
            hits = tuple(self._record_hits([(code, number) for number in self._part(code, numbers)]))
            yield Group(code, len(numbers), hits, self.address(code), heading("record", code), lists=self._list(code))
            return
        count = len([number for numbers in every.values() for number in numbers])
        shown = nearest(near, every, self.start + ALL)[self.start :] if self.only else nearest(near, every, FIRST)
        kinds = tuple(Kind(heading("record", kind), len(found), self.address(kind)) for kind, found in every.items())
        hits, kinds = tuple(self._record_hits(shown)), kinds if len(kinds) > 1 else ()
        yield Group("record", count, hits, self.address("record"), group_title("record"), kinds)

    def _record_hits(self, shown: Sequence[tuple[str, int]]) -> Iterator[Hit]:
        numbers = [number for _, number in shown]
        called = titles(Record.objects.filter(pk__in=numbers))
        besides = [number for number in numbers if not self._in_name(called[number])]
        lines = Lines(self._found.words, self.book.code, self.asked, besides)
        for kind, number in shown:
            beside = " · ".join((f"{say('record', kind)}-{number}", *lines.beside(number, called[number])))
            yield self._hit(called[number], href(kind, number), beside)

    def _in_name(self, name: str) -> bool:
        return all(word in fold(name) for word in self.asked.texts)

    def _list(self, kind: str) -> str:
        """The list of a kind with the same word, where the kind has one that takes it: there it can be narrowed and taken away."""
        if len(self.asked.words) > 1:
            return ""
        here, query = (self.book.code, self.book.period), {"q": self.asked.asked}
        if kind in LISTS:
            return way(LISTS[kind], *here, **query)
        return way("kind", *here, OF_KIND[kind], kind, **query) if kind in OF_KIND else ""


def group_title(code: str) -> str:
    """What a group is called."""
    return {
        "page": gettext("页面"), "figure": gettext("数字"), "record": gettext("记录"), "organisation": gettext("单位"),
        "document": gettext("文件"), "text": gettext("原文词句"),
    }[code]  # fmt: skip


def known(only: str) -> str:
    """A group or kind of record of an address, if it is one."""
    return only if only in GROUPS or only in vocabulary()["record"] else ""
