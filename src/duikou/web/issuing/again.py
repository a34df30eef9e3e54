"""再印一次 and 今天再问: whether the kept snapshot gives the same bytes, and how each figure differs today, with reasons."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duikou.acts import issuing as acts
from duikou.acts.journal import header_of
from duikou.records.models import JournalLine, Paper
from duikou.rules.quantity import Quantity
from duikou.rules.readings import series_of
from duikou.rules.rights import Place
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.statistics.again import Difference, Part, difference, redefined
from duikou.statistics.audience import reading
from duikou.statistics.definition import definitions, in_force
from duikou.statistics.figure import BadName, Name, parse
from duikou.web.addresses import href
from duikou.web.book import open_book, snapshot
from duikou.web.doors import ABSENT, can, door
from duikou.web.language import english, say

from . import making
from .kept import ONE, Kept, inside, of_paper, paper, said_of


@dataclass(frozen=True)
class Again:
    """A paper issued again: whether its bytes are those that went out; else what is not as it was then."""

    same: bool
    digest: str
    differs: tuple[str, ...]


def issued_again(row: Paper) -> Again:
    """Make an issued paper again from its kept snapshot and hold it against the digest in the journal."""
    kept = Kept(row)
    if kept.made is None:
        return Again(False, "", tuple(_differs(kept)))
    digest = sha256(making.written(kept.made, kept.heading())).hexdigest()
    return Again(digest == row.file, digest, () if digest == row.file else tuple(_differs(kept)))


def _differs(kept: Kept) -> Iterator[str]:
    """What a paper was made with that is not so today."""
    row = kept.row
    if kept.snapshot is None:
        yield _("账本第 {} 行的时点数据不在").format(row.line)
        return
    if row.program != making.program():
        yield _("程序已换：印发时 {}，现在 {}").format(row.program, making.program())
    for code, digest in making.sheets_of(row).items():
        now = definitions().get(code)
        if now is None:
            yield _("口径 {} 已不在").format(code)
        elif now.version != digest:
            yield _("口径 {} 已改：印发时 {}，现在 {}").format(code, digest[:8], now.version[:8])


def again(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """Whether an issued paper comes out the same again."""
    row = paper(programme, number)
    if not inside(request, row.record.programme):  # type: ignore[arg-type]
        raise Http404(ABSENT)
    if not row.file:  # not issued yet: there is nothing to hold it against
        return redirect("paper", programme, period, number)
    context = {
        "book": open_book(programme, period),
        "row": row,
        "again": issued_again(row),
        "kept": acts.kept_file(row.file),
    }
    return render(request, "issuing_again.html", context)


# ---- the same question, today ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reason:
    """A part of a difference as the page shows it: why, which record, how much, and who did it at which line."""

    part: Part
    amount: str
    href: str
    lines: tuple[tuple[int, str], ...]

    @property
    def why(self) -> str:
        """The reason in words."""
        return say("moved", self.part.kind)


@dataclass(frozen=True)
class Moved:
    """A figure that is another today."""

    found: Difference
    amount: str
    reasons: tuple[Reason, ...]
    under: tuple["Moved", ...] = ()

    @property
    def called(self) -> str:
        """What the figure is called."""
        d = self.found.then.definition
        return d.en if english() else d.name


def today(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """Each figure of a paper then and now, and the difference with its reasons."""
    row = paper(programme, number)
    if not inside(request, row.record.programme):  # type: ignore[arg-type]
        raise Http404(ABSENT)
    kept, now = Kept(row), snapshot()
    with reading(lambda _: True):
        found, gone = differences(kept, now)
    said = _lines({line for one in found for line in _all_lines(one)})
    moved = [_moved(one, said) for one in found if one.moved]
    context = {
        "book": open_book(programme, period), "row": row, "kept": kept, "moved": moved, "same": len(found) - len(moved),
        "now": now, "gone": gone, "own": own_moved(kept, now), "asked": bool(found or gone or kept.snapshot),
        "may_log": can(request, "see_journal", Place()),  # a line leads to the change log for those who see that
    }  # fmt: skip
    return render(request, "issuing_today.html", context)


def differences(kept: Kept, now: Snapshot) -> tuple[list[Difference], list[tuple[str, str]]]:
    """Each figure of a paper then and now; and those whose sheet is no more, by name with what was printed.

    A figure is reckoned again on the paper's snapshot while its sheet is the one it was made with; where that is another
    today, what was printed stands as it was.
    """
    printed, sheets = making.printed_in(kept.row), making.sheets_of(kept.row)
    found, gone = [], []
    for name in printed or map(str, kept.names):
        if ":" not in name:
            continue  # a number that a record bears itself
        try:
            asked_ = parse(name)[0]
        except (BadName, KeyError):
            gone.append((name, printed[name].text))
            continue
        if name in printed and _redefined(asked_, sheets):
            found.append(redefined(now, asked_, printed[name], following(asked_, now)))
        elif kept.snapshot is not None:
            found.append(difference(kept.snapshot, now, asked_, following(asked_, now)))
    return found, gone


def own_moved(kept: Kept, now: Snapshot) -> list[tuple[str, str, str, str]]:
    """The numbers that records bear themselves and that are others today: what of, where it leads, as printed, as of today."""
    printed = {name: one for name, one in making.printed_in(kept.row).items() if ":" not in name}
    if not printed:
        return []
    with suppress(LookupError, ValueError, StopIteration):
        today_ = making.product(kept.asked, now).own
        pairs = ((name, one.text, today_[name].text if name in today_ else "") for name, one in printed.items())
        return [(said_of(n), href(*making.record_of(n)), then, after) for n, then, after in pairs if then != after]
    return [(said_of(name), href(*making.record_of(name)), one.text, "") for name, one in printed.items()]


def _redefined(name: Name, sheets: Mapping[str, str]) -> bool:
    """Whether the sheet of a figure, or of a ratio one of its two, is another than the paper was made with."""
    known, codes = definitions(), (name.sheet, *filter(None, name.definition.share))
    return any(code in sheets and (code not in known or known[code].version != sheets[code]) for code in codes)


def following(name: Name, now: Snapshot) -> Name | None:
    """The figure by the reading that has followed its own; nothing where its own is in force today."""
    reading_ = in_force(series_of(name.sheet), name.period, now)
    return None if reading_ == name.sheet else name.of_sheet(reading_)


def _all_lines(found: Difference) -> set[int]:
    return {*found.lines, *(line for under in found.under for line in _all_lines(under))}


def _lines(numbers: set[int]) -> dict[int, str]:
    """Who did what at some lines of the journal."""
    found = {}
    for some in (sorted(numbers)[at : at + 500] for at in range(0, len(numbers), 500)):
        for line in JournalLine.objects.filter(number__in=some):
            header = header_of(line)
            found[line.number] = f"{header['at'][:10]} {header['person']} {say('act', header['act'])}"
    return found


def _moved(found: Difference, said: dict[int, str]) -> Moved:
    reasons = tuple(_reason(found, part, said) for part in found.parts)
    return Moved(found, signed(found, *found.ends), reasons, tuple(_moved(one, said) for one in found.under))


def _reason(found: Difference, part: Part, said: dict[int, str]) -> Reason:
    to = href(part.of_kind, part.record) if part.record else ""
    lines = tuple((line, said.get(line, "")) for line in part.lines)
    return Reason(part, signed(found, part.low, part.high), to, lines)


def signed(found: Difference, low: int | None, high: int | None) -> str:
    """A difference in words with its sign; both ends where they differ."""
    if low is None and high is None:
        return _("有一端不限，算不出差额")
    unit = found.then.definition.unit if found.then.definition.share == ("", "") else "percent"
    ends = dict.fromkeys(_signed(end, unit) for end in (low, high) if end is not None)
    return " ～ ".join(ends)


def _signed(end: int, unit: str) -> str:
    sign = "＋" if end > 0 else "－" if end < 0 else ""
    if unit == "percent":  # of two percentages the difference is told in points
        return sign + _("{} 个百分点").format(f"{abs(end) // 10}.{abs(end) % 10}")
    return sign + write(Quantity(abs(end), abs(end), unit)).text


urlpatterns = [
    door(ONE + "again/", again, "see_papers", of_paper, name="paper-again"),
    door(ONE + "today/", today, "see_papers", of_paper, name="paper-today"),
]
