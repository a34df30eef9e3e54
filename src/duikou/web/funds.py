"""填报：登记拨付. Typed, checked on a page of its own, confirmed, then written by the act; no step needs a script."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from secrets import token_urlsafe

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext

from duikou.acts.doing import AskedOtherwise, once, programme_of
from duikou.acts.drawing import Drawn, drawn_on
from duikou.acts.funds import preview, record_disbursements
from duikou.acts.journal import head
from duikou.rules import funds as rules
from duikou.rules import period as periods
from duikou.rules.problem import Problem, Refused
from duikou.rules.typed import visible
from duikou.rules.writing import number_text, write

from .addresses import figure_href, href
from .book import Book, open_book, person_of, reporting_period, snapshot
from .doors import door, of_programme
from .drawing import amiss, funds, notices
from .language import named
from .typed import Objection, Typed, disbursement, objection

ACT = "record_disbursement"
WAN = 10**6  # fen in 万元


@dataclass(frozen=True)
class Change:
    """What a payment would do to 已拨付到位, said before it is written."""

    case: rules.Case
    now: rules.FundsStanding
    then: rules.FundsStanding
    period: str
    period_then: str
    drawn: Drawn

    @property
    def stated_on(self) -> str:
        """The day of the stated total, in words."""
        return periods.on(self.now.stated_on).zh if self.now.stated_on else ""

    @property
    def numbers(self) -> dict[str, str]:
        """The sums before and after, in 万元."""
        sums = {
            "disbursed": self.now.disbursed, "disbursed_then": self.then.disbursed, "listed": self.now.listed,
            "listed_then": self.then.listed, "stated": self.now.stated, "later_then": self.then.later,
            "lying": self.drawn.lying, "left": self.drawn.left,
        }  # fmt: skip
        return {name: number_text(fen, WAN) for name, fen in sums.items()}

    @property
    def extends(self) -> bool:
        """Whether the dashboard's period grows with the payment."""
        return self.period != self.period_then


def new(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The form, its check page, and the recording."""
    asked = open_book(programme, period)
    book = replace(asked, period=reporting_period(asked.snapshot, programme))
    if request.method != "POST":
        return _form(request, book, Typed())
    typed = Typed.of(request.POST)
    if request.POST.get("step") == "edit":
        return _form(request, book, typed)
    fact, odd = _read(book, typed)
    if fact is None:
        return _form(request, book, typed, odd)
    if request.POST.get("step") == "confirm":
        return _confirm(request, book, typed, fact)
    return _check(request, book, typed, fact)


def _read(book: Book, typed: Typed) -> tuple[rules.Disbursement | None, list[Objection]]:
    """The payment that was meant, or everything that cannot be read or is not of this programme."""
    offered = [[number for number, _ in rows] for rows in (projects(book), funds(book.code), notices(book.code))]
    fact, odd = disbursement(typed, [code for code, _ in receivers(book)], *offered)
    if fact and (words := amiss(fact.fund, fact.notice)):
        return None, [Objection("fund", words)]
    return fact, odd


def _form(request: HttpRequest, book: Book, typed: Typed, odd: Sequence[Objection] = ()) -> HttpResponse:
    """The form with what was typed, and every objection at its field and in the summary."""
    at: dict[str, list[Objection]] = {}
    order = [f.name for f in fields(Typed)]
    odd = sorted(odd, key=lambda found: order.index(found.field))
    for found in odd:
        at.setdefault(found.field, []).append(found)
    context = {
        "book": book, "typed": typed, "odd": odd, "at": at, "receivers": receivers(book), "projects": projects(book),
        "funds": funds(book.code), "notices": notices(book.code),
        "secured": book.figure("funds.secured"), "disbursed": book.figure("funds.disbursed"),
    }  # fmt: skip
    return render(request, "funds_new.html", context, status=422 if odd else 200)


def _check(
    request: HttpRequest, book: Book, typed: Typed, fact: rules.Disbursement, moved: tuple[int, int] | None = None
) -> HttpResponse:
    """What was understood and which case it is, or what stops it; `moved`: the lines of a check that is out of date."""
    case, now, problems = preview(fact, programme=programme_of(book.code))
    if any(problem.weight == "stops" for problem in problems):
        return _form(request, book, typed, _objections(book, typed, problems))
    drawn = drawn_on(fact, now, programme_of(book.code))
    change = Change(case, now, rules.after(fact, now), book.period, _longer(book, fact.paid_on), drawn)
    context = {
        "book": book, "typed": typed, "fact": fact, "change": change, "moved": moved, "line": book.snapshot.line,
        "understood": write(fact.amount).text, "exact": number_text(rules.fen(fact.amount), 100, 2),
        "day": periods.on(fact.paid_on).zh, "receiver": dict(receivers(book)).get(str(fact.receiver), ""),
        "project": next((name for number, name in projects(book) if number == fact.project), ""), "asks": problems,
        "notice": dict(notices(book.code)).get(fact.notice or 0, ""), "funds": funds(book.code),
        "figure": book.figure("funds.disbursed"), "key": visible(request.POST.get("key", ""))[:80] or token_urlsafe(12),
    }  # fmt: skip
    return render(request, "funds_check.html", context, status=422 if moved else 200)


def _confirm(request: HttpRequest, book: Book, typed: Typed, fact: rules.Disbursement) -> HttpResponse:
    """Write the payment, once for the key of its check, if the book still stands at the line of it; then go on."""
    programme, person = programme_of(book.code), person_of(request)

    def act() -> list[int]:
        last = head()
        line = last.number if last else 0
        if request.POST.get("line") != str(line):
            raise _Moved(line)
        return record_disbursements([fact], programme=programme, person=person)

    try:
        with transaction.atomic():
            (number,), before = once(person, visible(request.POST.get("key", ""))[:80], f"{book.code} {fact}", act)
    except _Moved as moved:
        seen = request.POST.get("line", "")
        return _check(request, book, typed, fact, (int(seen) if seen.isdecimal() and len(seen) < 12 else 0, moved.line))
    except Refused as refused:
        return _form(request, book, typed, _objections(book, typed, refused.problems))
    except AskedOtherwise as odd:
        return _form(request, book, typed, [Objection("amount", str(odd))])
    return _said(request, book.code, number, before)


class _Moved(Exception):
    """The book has moved on since the check; carries the line it stands at."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


def _said(request: HttpRequest, programme: str, number: int, before: bool) -> HttpResponse:
    """Name the payment that was written, or had been before, and go to the dashboard."""
    taken = snapshot()
    after = Book(taken, programme, reporting_period(taken, programme))
    figure = after.figure("funds.disbursed")
    now = (named(figure.definition), figure_href(figure.name), figure.text)
    if before:
        words = gettext('已办过，没有再登记：<a href="{}">这一笔拨付</a>。{}现为 <a class="fig" href="{}">{}</a>。')
        messages.success(request, format_html(words, href("entry", number), *now))
    else:
        words = gettext('已登记 <a href="{}">这一笔拨付</a>，账本第 {} 行。{}现为 <a class="fig" href="{}">{}</a>。')
        messages.success(request, format_html(words, href("entry", number), taken.line, *now))
    return redirect("dashboard", programme, after.period)


def _objections(book: Book, typed: Typed, problems: Sequence[Problem]) -> list[Objection]:
    """What stops the payment, at its fields; a voucher that is kept already leads to its entry."""
    found = []
    for problem in problems:
        if problem.weight != "stops":
            continue
        kept = (
            [row for row in book.rows("entries") if row["voucher"] == typed.voucher]
            if problem.code == "funds.7"
            else []
        )
        plain = objection(problem)
        found.append(
            Objection(plain.field, plain.words, href("entry", kept[0]["number"]), "看已记的那一笔") if kept else plain
        )
    return found


def receivers(book: Book) -> list[tuple[str, str]]:
    """The organisations of the receiving side by code and name; all where the side is not named."""
    area = book.programme["receiving"] or ""
    while area.endswith("00"):
        area = area[:-2]
    rows = [row for row in book.snapshot.rows["organisations"] if (row["region"] or "").startswith(area)]
    return [(row["code"], row["name"]) for row in rows]


def projects(book: Book) -> list[tuple[int, str]]:
    """The named projects by number and name."""
    return [(row["number"], row["label"]) for row in book.rows("projects") if row["kind"] == "project"]


def _longer(book: Book, day: date) -> str:
    """The dashboard's period once a payment of a day is in the book."""
    days = book.days
    month = periods.months(day.year, day.month, day.month)
    return periods.Period(days.first, max(days.last, month.last)).code


urlpatterns = [door("p/<slug:programme>/<period:period>/funds/new", new, ACT, of_programme, name="funds-new")]
