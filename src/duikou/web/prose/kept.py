"""What the pages of 读材料 share: a text of a programme with what was read of it, whose words it is, what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from duikou.acts.doing import place_of, programme_of
from duikou.acts.evidence import kept_file
from duikou.acts.journal import head
from duikou.acts.reviewing import Review, decided
from duikou.intake.proposing import propose
from duikou.intake.proposing_book import Shelf
from duikou.intake.proposing_record import Ground, Proposal
from duikou.intake.prose.reading import Reading, read
from duikou.intake.prose.text import paragraphs as of_file
from duikou.records.models import Account, Document, Organisation, Programme, Reviewed
from duikou.rules.fact import Fact
from duikou.rules.rights import Person, Place, contains, may
from duikou.web.book import Book, open_book, person_of
from duikou.web.doors import ABSENT
from duikou.web.passages import paragraphs

ACT = "review_text"
HERE = "p/<slug:programme>/<period:period>/texts/"
NOT_TEXTS = ("sheet", "voucher")


@dataclass(frozen=True)
class Desk:
    """A text that a person reads: the page's book, the programme, the document, who reads it."""

    book: Book
    programme: Programme
    document: Document
    person: Person

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs, counted as everywhere; ValueError says why a file has none."""
        return texts_of(self.document)

    @cached_property
    def shelf(self) -> Shelf:
        """The book beside the text."""
        return Shelf(self.programme, self.document, self.texts)

    @cached_property
    def reading(self) -> Reading:
        """What the reader makes of it; the same text on the same book is read once."""
        last = head()
        return _read(self.document.pk, self.document.digest, last.number if last else 0)

    @cached_property
    def proposing(self) -> Ground:
        """What proposals stand on: the book's names, whose words these are, what the office has taught."""
        issuer = self.document.issuer.region if self.document.issuer else ""
        home = next((area for area in _sides(self.programme) if contains(area, issuer)), "")
        return self.shelf.ground(home, self.office, self.reading.anchor)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What was read, as records of the book."""
        return propose(self.reading, self.proposing)

    @cached_property
    def decided(self) -> Mapping[tuple[int, int, str], Reviewed]:
        """What was decided of its passages."""
        return decided(self.document)

    @cached_property
    def office(self) -> str:
        """The code of the office that reads: what it has taught holds."""
        return office_of(self.person)

    @cached_property
    def side(self) -> str:
        """Whose word the text is, by who issued it."""
        return side_of(self.document, self.programme)

    @cached_property
    def other(self) -> bool:
        """Whether it is the word of the side that does not keep this book."""
        keeper = Organisation.objects.filter(pk=self.programme.office_id).values_list("region", flat=True).first() or ""
        ours = "supporting" if contains(self.programme.supporting, keeper) else "receiving"
        return self.side != ours

    def words(self, detail: str) -> str:
        """What differs, said of a text of our own side."""
        return detail if self.other else detail.replace("对方", "原文")

    def place(self, area: str) -> Place:
        """An area of the programme as the thing a right is asked of."""
        return replace(place_of(self.programme), area=area)

    def review(self, area: str) -> Review:
        """The text as the acts take it."""
        return Review(self.document, self.programme, self.person, area)

    def area_of(self, fact: Fact | None) -> str:
        """The area that a record would lie in: its own, else of who receives."""
        own = str(getattr(fact, "region", "") or "")
        receiver = getattr(fact, "receiver", None)
        known = self.proposing.organisations.get(str(receiver)) if receiver and not own else None
        return known.region if known else own


def office_of(person: Person) -> str:
    """The code of the office that a person works in."""
    account = Account.objects.filter(code=person.account).select_related("office__organisation").first()
    return account.office.organisation.code if account else ""


def desk(request: HttpRequest, programme: str, period: str, number: int) -> Desk:
    """The text of a number that the person may read; 404 for any other."""
    book, found, person = open_book(programme, period), programme_of(programme), person_of(request)
    rows = within(person, found, texts_in(found))
    document = rows.filter(pk=number).first() if number < 2**63 else None
    if document is None or not kept_file(document.digest):
        raise Http404(ABSENT)
    return Desk(book, found, document, person)


def texts_in(programme: Programme) -> QuerySet[Document]:
    """The papers of a programme that may hold sentences."""
    rows = Document.objects.filter(record__programme=programme, withdrawn=None).exclude(digest="")
    return rows.exclude(medium__in=NOT_TEXTS).select_related("issuer", "record__programme")


def within(person: Person, programme: Programme, rows: QuerySet[Document]) -> QuerySet[Document]:
    """Those that a person may read: all, or those that offices of the own area have issued."""
    if may(person, ACT, place_of(programme)):
        return rows
    areas = [post.area for post in person.posts if post.area and post.programme in ("", programme.code)]
    issuers = Organisation.objects.exclude(region="").values_list("pk", "region")
    return rows.filter(issuer__in=[pk for pk, area in issuers if any(contains(own, area) for own in areas)])


def texts_of(document: Document) -> tuple[str, ...]:
    """The paragraphs of a kept document, of whichever form it is; ValueError says why there are none."""
    if (found := paragraphs(document.digest)) is not None:
        return found
    file = kept_file(document.digest)
    return of_file(document.title, file.read_bytes()).paragraphs if file else ()


def side_of(document: Document, programme: Programme) -> str:
    """Whose word a paper is, by the area of who issued it."""
    area = document.issuer.region if document.issuer else ""
    receiving = bool(programme.receiving) and contains(programme.receiving, area)
    return "receiving" if receiving or (not contains(programme.supporting, area) and area) else "supporting"


def _sides(programme: Programme) -> tuple[str, ...]:
    return tuple(area for area in (programme.supporting, programme.receiving) if area)


@lru_cache(maxsize=8)
def _read(number: int, digest: str, line: int) -> Reading:
    """A document read with the names of the book at a line of its journal."""
    document = Document.objects.select_related("record__programme").get(pk=number)
    texts = texts_of(document)
    assert document.record.programme is not None  # noqa: S101  asked for by its programme
    names = Shelf(document.record.programme, document, texts).names
    return read(texts, anchor=document.last, names=names)
