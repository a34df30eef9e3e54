"""关账 and 重开: from the line that closes a period its tables stay as they are; what comes later is 补报."""

from duikou.records.models import Closing, JournalImage, Programme, of
from duikou.rules import closings as rules
from duikou.rules.fact import Told
from duikou.rules.period import Period
from duikou.rules.rights import Person

from .doing import always, ask, doing, judge_all, place_of, today
from .entering import enter
from .packs import pack_of


def closed(programme: Programme) -> dict[Period, Closing]:
    """The periods of a programme that are closed now."""
    rows = of(Closing, programme).filter(reopened=None).order_by("pk")
    return {row.when: row for row in rows if row.when}


def closing_of(programme: Programme, days: Period) -> Closing | None:
    """What closed some days: the closing of just this period, else of one that holds it; nothing while they are open."""
    found = closed(programme)
    return found.get(days) or next((row for period, row in found.items() if days.within(period)), None)


def line_of(closing: Closing) -> int:
    """The journal line that closed a period: its tables are those of the book at this line."""
    images = JournalImage.objects.filter(table="records_closing", number=closing.pk).order_by("line_id")
    return images.values_list("line_id", flat=True)[0]


def close_period(fact: rules.Closing, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Close a month or a year; the record number."""
    with doing("close_period", person=person, place=place_of(programme), reason=reason) as work:
        standing = rules.ClosingStanding(today(), tuple(closed(programme)))
        asking = judge_all(
            work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened,
            weigh=pack_of(programme).weight,
        )[""]  # fmt: skip
        work.refuse_if_stopped()
        (number,) = enter(work, programme.record_id, [Told(fact, {})], {})
        ask(work, asking, number)
        return number


def reopen_period(period: Period, *, programme: Programme, person: Person, reason: str) -> None:
    """Open a closed period again; what was closed at that line can still be seen there."""
    with doing("reopen_period", person=person, place=place_of(programme), reason=reason) as work:
        kept = closed(programme)
        fact = rules.Reopening(when=period, reason=reason)
        standing = rules.ClosingStanding(today(), tuple(kept))
        judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened)
        work.refuse_if_stopped()
        work.change(kept[period], reopened=today())
