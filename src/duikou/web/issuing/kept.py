"""What the pages of papers share: a paper as its reader finds it, what is open in it, what it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from duikou.acts import issuing as acts
from duikou.acts.doing import programme_of
from duikou.records.models import Finding, Link, Paper, PaperComment, Programme, of
from duikou.reports.paper import Heading
from duikou.rules.evidence import GRADES
from duikou.rules.rights import Place
from duikou.snapshot.store import Snapshot, load
from duikou.statistics.audience import reading
from duikou.statistics.debt import Debt, debt, of_names
from duikou.statistics.figure import Name
from duikou.terms.words import zh
from duikou.web.doors import ABSENT, can

from . import making

HERE = "p/<slug:programme>/<period:period>/reports/"
ONE = HERE + "<int:number>/"


def paper(programme: str, number: int) -> Paper:
    """A paper of a programme; 404 where it has none of this number."""
    rows = of(Paper, programme_of(programme)).select_related("record__programme")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def comment(programme: str, number: int) -> PaperComment:
    """A comment on a paper of a programme; 404 where there is none of this number."""
    rows = PaperComment.objects.filter(paper__record__programme__code=programme).select_related("paper__record")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def of_paper(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A paper: open to everyone once it is issued and its programme published, else inside."""
    return acts.place_of_paper(paper(programme, number))


def of_comment(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A comment, where its paper is."""
    return acts.place_of_paper(comment(programme, number).paper)


def inside(request: HttpRequest, programme: Programme) -> bool:
    """Whether the person sees the papers of a programme before they are issued, and what they rest on."""
    return can(request, "see_papers", Place(programme.code, state="internal"))


def visible(request: HttpRequest, programme: Programme) -> list[Paper]:
    """The papers of a programme that the person sees, the newest first."""
    rows = of(Paper, programme).select_related("record__programme", "project").order_by("-pk")
    return [row for row in rows if can(request, "see_papers", acts.place_of_paper(row))]


@dataclass(frozen=True)
class Kept:
    """A paper with what its snapshot makes of it; `made` is nothing where the snapshot is not there any more."""

    row: Paper

    @cached_property
    def asked(self) -> making.Asked:
        """What it asks."""
        row, programme = self.row, self.row.record.programme
        edition = row.outline.edition if row.outline else 0
        code = programme.code if programme else ""
        return making.Asked(row.form, code, row.span, row.template, edition, row.project_id)

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The snapshot that it rests on."""
        found = load(self.row.line)
        return found if found is not None and found.digest == self.row.snapshot else None

    @cached_property
    def made(self) -> making.Product | None:
        """The paper filled from its snapshot."""
        if self.snapshot is None:
            return None
        try:
            return making.product(self.asked, self.snapshot)
        except (LookupError, ValueError, StopIteration):
            return None

    @property
    def names(self) -> tuple[Name, ...]:
        """Its figures."""
        return self.made.names if self.made else ()

    @cached_property
    def waiting(self) -> Mapping[Name, tuple[Finding, ...]]:
        """The figures that wait for a check today, with the open questions about their records."""
        if self.snapshot is None:
            return {}
        return waiting(self.snapshot, self.asked.programme, self.names)

    @cached_property
    def questions(self) -> Mapping[str, tuple[Finding, ...]]:
        """The numbers that records bear themselves and about which a question is open today, by name."""
        if self.made is None or not self.made.own:
            return {}
        about = open_about(self.asked.programme)
        found = {name: tuple(about.get(making.record_of(name)[1], ())) for name in self.made.own}
        return {name: asked for name, asked in found.items() if asked}

    @cached_property
    def below(self) -> int:
        """How many records rest on weaker evidence than the paper's floor; none where it has no floor."""
        if self.row.floor not in GRADES:
            return 0
        rows = {row.number for found in self.debts.values() for row in found.missing(self.row.floor)}
        return len(rows)

    @cached_property
    def debts(self) -> Mapping[str, Debt]:
        """What its figures rest on, by the table of their records."""
        return of_names(self.snapshot, self.names) if self.snapshot else {}

    @property
    def open_comments(self) -> int:
        """How many comments are not settled."""
        return self.row.comments.filter(settled=None).count()

    @property
    def is_draft(self) -> bool:
        """Whether 草稿 is stamped on what is taken away now."""
        return self.row.state in ("draft", "signed") and bool(self.open_comments or self.waiting or self.questions)

    @cached_property
    def withheld(self) -> bool:
        """Whether a figure of it is not shown to everyone: then its file is not, either."""
        if self.made is None:
            return True
        with reading(lambda _: False):
            return any(making.figure_of(self.made, name).mark in ("few", "hidden") for name in self.names)

    def heading(self, code: str = "") -> Heading:
        """What stands over and under an upward report."""
        assert self.made is not None  # noqa: S101  asked where it was made
        return making.heading_of(self.row, self.made, code)

    def found(self, code: str = "", *, whole: bool = True) -> acts.Made:
        """What the server found in the paper, for the rules; with the bytes under a document number where `whole`."""
        if self.made is None:
            return acts.Made()
        heading = self.heading(code)
        return acts.Made(
            data=making.written(self.made, heading) if whole else b"", pdf=making.as_pdf(self.made, heading) if whole else b"",
            figures=tuple(str(name) for name in self.names),
            checks=(*(making.called(self.made.snapshot, name) for name in self.waiting), *map(said_of, self.questions)),
            failing=self.made.failing, below=self.below, printed=tuple(self.made.printed.items()),
            values=self.made.values, personal=self.made.personal,
        )  # fmt: skip


def waiting(snapshot: Snapshot, programme: str, names: Iterable[Name]) -> dict[Name, tuple[Finding, ...]]:
    """Figures with the questions about their records that are open today, those of most money or age first as they came."""
    about, found = open_about(programme), {}
    for name in names if about else ():
        rows = (row.number for row in debt(snapshot, name).rows)
        asked = {finding.pk: finding for number in rows for finding in about.get(number, ())}
        if asked:
            found[name] = tuple(asked[pk] for pk in sorted(asked))
    return found


def open_about(programme: str) -> dict[int, list[Finding]]:
    """The questions of a programme that are open today, by the records that they are about."""
    open_ = {row.pk: row for row in Finding.objects.filter(record__programme__code=programme).exclude(state="settled")}
    about: dict[int, list[Finding]] = {}
    links = Link.objects.filter(role="about", record__programme__code=programme, record__kind="finding")
    for finding, record in links.values_list("record_id", "to_id"):
        if finding in open_:
            about.setdefault(record, []).append(open_[finding])
    return about


def said_of(name: str) -> str:
    """What a record's own number is called: 捐助 12."""
    kind, number = making.record_of(name)
    return f"{zh('record', kind)} {number}"
