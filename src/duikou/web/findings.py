"""待核: the queue of questions of a programme, by rule and state; overdue ones first, each with the figures it touches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from duikou.acts import jobs
from duikou.acts.doing import place_of, programme_of, today
from duikou.records.models import Finding, Link
from duikou.rules.amounts import words
from duikou.rules.book import book as rule_book
from duikou.snapshot.store import Snapshot
from duikou.statistics.definition import definitions
from duikou.statistics.figure import BadName, Name
from duikou.statistics.measure import chosen, rows_of
from duikou.terms.words import vocabulary

from .book import open_book, person_of
from .doors import can, door, of_own_part, of_programme
from .language import english
from .seeing import rows_seen

PAGE = 50
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
    chosen_ = [row for row in every if row.state == state] if state in vocabulary()["finding_state"] else unsettled
    rows = [row for row in chosen_ if rule in ("", row.rule)]
    counted, about = touched(book.snapshot, programme, book.period), _about([row.pk for row in rows])
    listed = [Listed(row, len({f for n in about.get(row.pk, ()) for f in counted.get(n, ())}), today()) for row in rows]
    shown = Paginator(sorted(listed, key=lambda one: one.order), PAGE).get_page(request.GET.get("page"))
    settled = max((row for row in every if row.settled), key=lambda row: (row.settled, row.pk), default=None)
    context = {
        "book": book, "shown": shown, "rule": rule, "state": state, "states": [*vocabulary()["finding_state"]],
        "last": settled, "waiting": len(unsettled),
        "rules": [(code, sentence(code)) for code in sorted({row.rule for row in every}, key=_by_number)],
        "overdue": len([row for row in unsettled if Listed(row, 0, today()).overdue]),
        "may_check": can(request, "run_checks", place_of(programme_of(programme))),
    }  # fmt: skip
    return render(request, "findings.html", context)


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


def _seen(request: HttpRequest, programme: str) -> list[Finding]:
    """The questions of a programme that the person sees: all, or those that the own area answers for."""
    rows = Finding.objects.filter(record__programme__code=programme)
    rows = rows.select_related("record__programme", "owner").order_by("pk")
    return rows_seen(request, rows)


def _about(findings: list[int]) -> dict[int, list[int]]:
    """The records that questions are about."""
    found: dict[int, list[int]] = {}
    links = Link.objects.filter(role="about", record__kind="finding")
    for finding, record in links.values_list("record_id", "to_id"):
        found.setdefault(finding, []).append(record)
    return {finding: found.get(finding, []) for finding in findings}


@lru_cache(maxsize=16)
def touched(taken: Snapshot, programme: str, period: str) -> Mapping[int, frozenset[str]]:
    """The sheets whose figures of a period count a record, by record; a share counts what its two figures count."""
    found: dict[str, set[int]] = {}
    for sheet, d in definitions().items():
        if d.share == ("", ""):
            try:
                name = Name(sheet, programme, period)
                rows = rows_of(taken, chosen(name), name)
            except BadName:
                continue
            found[sheet] = {n for row in rows for n in (row["number"], row.get("total")) if n}
    for sheet, d in definitions().items():
        if d.share != ("", ""):
            found[sheet] = set(chain.from_iterable(found.get(part, ()) for part in d.share))
    sheets: dict[int, set[str]] = {}
    for sheet, numbers in found.items():
        for number in numbers:
            sheets.setdefault(number, set()).add(sheet)
    for said in taken.rows["statements"]:  # a paper touches what rests on it
        if resting := sheets.get(said["record"]):
            sheets.setdefault(said["document"], set()).update(resting)
    return {number: frozenset(of) for number, of in sheets.items()}


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
    door(HERE + "check", check, "see_records", of_programme, change="run_checks", name="findings-check"),
]
