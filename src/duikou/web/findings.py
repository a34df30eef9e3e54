"""待核: the queue of questions of a programme, by rule and state; overdue ones first, each with the figures it touches."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duikou.acts import jobs
from duikou.acts.doing import place_of, programme_of, today
from duikou.records.models import Finding, Link, Record
from duikou.records.models.record import kind_of
from duikou.rules.amounts import words
from duikou.rules.book import book as rule_book
from duikou.snapshot.store import Row, Snapshot
from duikou.snapshot.tables import TABLES
from duikou.statistics.definition import definitions
from duikou.statistics.figure import BadName, Name
from duikou.statistics.reasons import use_of
from duikou.terms.words import vocabulary

from . import withheld
from .book import Book, open_book, person_of
from .doors import can, door, of_own_part, of_programme
from .language import english, say
from .listing import files
from .seeing import rows_seen

PAGE = 50
TABLES_OF = {
    kind: [table.name for table in TABLES if kind in map(kind_of, table.models)]
    for kind in {kind_of(model) for table in TABLES for model in table.models}
}
"""The frozen tables that records of a kind stand in."""
TOTALS = [table.name for table in TABLES if "total" in table.schema.names]
"""Those whose rows may be rests of a stated total."""
NO_DAY = date.max  # where no day is set


@dataclass(frozen=True)
class Listed:
    """A question in the queue: how many figures it touches, whether it is overdue, whether it holds no longer."""

    row: Finding
    figures: int
    day: date

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and nobody has settled it."""
        return self.row.state != "settled" and self.row.due is not None and self.row.due < self.day

    @property
    def lapsed(self) -> bool:
        """Whether a later check found that it holds no longer."""
        return self.row.raised is not None and self.row.last is not None and self.row.state != "settled"

    @property
    def amount(self) -> str:
        """What it is about, in words."""
        return words(self.row.amount) if self.row.amount is not None else ""

    @property
    def order(self) -> tuple[bool, date, int]:
        """Overdue first, then by day; those without a day last, in the order they came."""
        return (not self.overdue, self.row.due or NO_DAY, self.row.pk)


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The queue: what one may see of it, narrowed by rule and state."""
    book = open_book(programme, period)
    rule, state = request.GET.get("rule", ""), request.GET.get("state", "")
    every = _seen(request, programme)
    unsettled = [row for row in every if row.state != "settled"]
    shown = Paginator(in_order(every, rule, state), PAGE).get_page(request.GET.get("page"))
    shown.object_list = _with_figures(book, [one.row for one in shown])
    settled = max((row for row in every if row.settled), key=lambda row: (row.settled, row.pk), default=None)
    context = {
        "book": book, "shown": shown, "rule": rule, "state": state, "states": [*vocabulary()["finding_state"]],
        "last": settled, "waiting": len(unsettled),
        "rules": [(code, sentence(code)) for code in sorted({row.rule for row in every}, key=_by_number)],
        "overdue": len([row for row in unsettled if Listed(row, 0, today()).overdue]),
        "may_check": can(request, "run_checks", place_of(programme_of(programme))),
    }  # fmt: skip
    return render(request, "findings.html", context)


def in_order(every: Sequence[Finding], rule: str, state: str) -> list[Listed]:
    """The questions of a rule and a state, where none is asked for those that nobody has settled; overdue ones first."""
    states = {state} if state in vocabulary()["finding_state"] else {*vocabulary()["finding_state"]} - {"settled"}
    rows = (row for row in every if row.state in states and rule in ("", row.rule))
    return sorted((Listed(row, 0, today()) for row in rows), key=lambda one: one.order)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The queue as the page lists it."""
    heads = (
        _("编号"), _("疑问"), _("现为"), _("规则"), _("影响数字"), _("责任单位"), _("提出"), _("答复期限"), _("进展"),
    )  # fmt: skip
    found = in_order(_seen(request, programme), request.GET.get("rule", ""), request.GET.get("state", ""))
    listed = _with_figures(open_book(programme, period), [one.row for one in found])
    return files.Listing(f"findings-{programme}", _("待核"), heads, map(_cells, listed))


def _cells(one: Listed) -> list[object]:
    """A question as the page shows it."""
    row = one.row
    marks = [say("finding_state", row.state), *([_("现已不成立")] if one.lapsed else [])]
    due = f"{row.due} {_('逾期')}" if one.overdue else str(row.due or _("未定期限"))
    return [
        row.pk,
        row.title,
        row.found,
        row.rule,
        one.figures,
        str(row.owner or ""),
        str(row.raised or ""),
        due,
        "　".join(marks),
    ]


def check(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """Have the standing checks on money run."""
    if request.method != "POST":
        return redirect("findings", programme, period)
    try:
        place = of_programme(request, programme=programme)
        job = jobs.ask_for("run_checks", {"programme": programme}, person=person_of(request), place=place)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("findings", programme, period)
    return redirect("job", job.pk)


def _with_figures(book: Book, rows: Sequence[Finding]) -> list[Listed]:
    """Questions with how many figures each touches."""
    about = _about([row.pk for row in rows])
    counted = touched(book.snapshot, book.code, book.period, {n for of in about.values() for n in of})
    return [Listed(row, len({f for n in about[row.pk] for f in counted.get(n, ())}), today()) for row in rows]


def _seen(request: HttpRequest, programme: str) -> list[Finding]:
    """The questions of a programme that the person sees: all, or those that the own area answers for."""
    rows = Finding.objects.filter(record__programme__code=programme)
    rows = rows.select_related("record__programme", "owner").order_by("pk")
    return withheld.questions(request, rows_seen(request, rows))


def _about(findings: list[int]) -> dict[int, list[int]]:
    """The records that questions are about."""
    found: dict[int, list[int]] = {}
    links = Link.objects.filter(role="about", record__in=findings)
    for finding, record in links.values_list("record_id", "to_id"):
        found.setdefault(finding, []).append(record)
    return {finding: found.get(finding, []) for finding in findings}


def touched(taken: Snapshot, programme: str, period: str, records: Collection[int]) -> dict[int, frozenset[str]]:
    """The sheets whose figures of a period count each of some records; a share counts what its two figures count.

    A paper touches what rests on it, a stated total what its rests are counted in.
    """
    kinds = dict(Record.objects.filter(number__in=records).values_list("number", "kind"))
    return {number: frozenset(_sheets(taken, programme, period, number, kind)) for number, kind in kinds.items()}


def _sheets(taken: Snapshot, programme: str, period: str, number: int, kind: str) -> Iterator[str]:
    if kind == "document":
        resting = {said["record"] for said in taken.rows.by("statements", "document").get(number)} - {number}
        for of in touched(taken, programme, period, resting).values():
            yield from of
        return
    found = set()
    for table in {*TABLES_OF.get(kind, ()), *(TOTALS if kind.startswith("stated") else ())}:
        rows = [*taken.rows.by(table, "number").get(number)]
        rows += taken.rows.by(table, "total").get(number) if table in TOTALS else []
        sheets = [sheet for sheet, d in definitions().items() if d.of == table and d.share == ("", "")]
        found |= {sheet for sheet in sheets if any(_counts(sheet, programme, period, row) for row in rows)}
    yield from found
    yield from (sheet for sheet, d in definitions().items() if found & set(d.share))


def _counts(sheet: str, programme: str, period: str, row: Row) -> bool:
    """Whether a figure counts a row; one that the sheet has no name for counts none."""
    try:
        return use_of(Name(sheet, programme, period), row) == ""
    except BadName:
        return False


def sentence(code: str) -> str:
    """The official sentence of a rule in the language of the page; its code where the rule is no longer held."""
    rule = rule_book().get(code)
    return code if rule is None else rule.sentence.en if english() else rule.sentence.zh


def _by_number(code: str) -> tuple[str, int]:
    module, _dot, number = code.rpartition(".")
    return module, int(number) if number.isdecimal() else 0


def waiting(request: HttpRequest, programme: str) -> int:
    """How many questions that the person sees nobody has settled."""
    return len([row for row in _seen(request, programme) if row.state != "settled"])


HERE = "p/<slug:programme>/<period:period>/findings/"
urlpatterns = [
    door(HERE, listing, "see_records", of_own_part, name="findings"),
    *files.doors(HERE + "list", taken, "see_records", of_own_part, name="findings"),
    door(HERE + "check", check, "see_records", of_programme, change="run_checks", name="findings-check"),
]
