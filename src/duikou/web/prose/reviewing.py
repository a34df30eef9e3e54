"""审读 …/texts/12/: sentence and record side by side; taken, joined to a record, set beside, or declined, one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duikou.acts.doing import Forbidden
from duikou.acts.entering import UnknownReference
from duikou.acts.reviewing import accept_told, act_of, decline, join_told
from duikou.intake.proposing_book import last_of
from duikou.intake.proposing_record import Proposal
from duikou.records.models import Record
from duikou.rules.problem import Refused
from duikou.rules.rights import may, who_may
from duikou.rules.sides import Saying
from duikou.terms.words import zh
from duikou.web.acting.places import own_work
from duikou.web.addresses import address, href, title_of, titles
from duikou.web.doors import door
from duikou.web.language import listed, say
from duikou.web.projects.kept import offered

from .kept import ACT, HERE, Desk, desk
from .shown import Row, place_of, row

REASONS = ("不是本项目方案的事", "只是背景，不是一件事", "已在别处登记", "读错了")


@dataclass(frozen=True)
class Shown:
    """A row with what the person may do about it: the record beside it, what each button would do."""

    row: Row
    beside: str
    title: str
    detail: str
    href: str
    may: bool
    who: str
    edit: str
    compared: bool

    @property
    def ready(self) -> bool:
        """Whether it may be taken as it stands."""
        return self.may and self.row.proposal.ready


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The page; a POST is one decision, and leads to what is to be looked at next."""
    at = desk(request, programme, period, number)
    try:
        at.texts  # noqa: B018  read here, so that what is wrong is said on a page
    except ValueError as odd:
        return render(
            request, "prose_unread.html", {"book": at.book, "document": at.document, "wrong": str(odd)}, status=422
        )
    if request.method == "POST":
        onward = _decide(request, at)
        return redirect(f"{reverse('text', args=[programme, period, number])}#{onward}")
    return render(request, "prose_review.html", _context(request, at))


def rows_of(at: Desk) -> list[Row]:
    """All proposals of a text as rows."""
    return [row(one, at.shelf.beside(one), last_of(at.decided, one), at.proposing) for one in at.proposals]


def _context(request: HttpRequest, at: Desk) -> dict[str, object]:
    rows = rows_of(at)
    shown = [_shown(at, one, names) for names in [_titles(rows)] for one in rows]
    waiting = [one for one in shown if one.row.open and one.row.proposal.fact is not None]
    without = [one for one in shown if one.row.open and one.row.proposal.fact is None]
    done = [one for one in shown if not one.row.open]
    read, numbers = at.reading.coverage
    return {
        "book": at.book, "desk": at, "document": at.document, "waiting": waiting, "without": without, "done": done,
        "numbers": numbers, "read": read, "left": len(waiting) + len(without), "made": len(done), "reasons": REASONS,
        "unread": at.reading.unread, "aside": [(n, why, at.texts[n - 1]) for n, why in at.reading.set_aside],
        "new": offered(request, at.book.code, "register_organisation", "organisation-new", at.book.code, at.book.period),
        "href": address(at.document.digest, at.document.pk), "anchor": at.reading.anchor,
    }  # fmt: skip


def _titles(rows: Sequence[Row]) -> dict[int, tuple[str, str]]:
    """The records that stand beside rows or came of them: their titles and addresses."""
    numbers = {n for one in rows for n in (one.beside.record, one.decided.about_id if one.decided else None) if n}
    records = list(Record.objects.filter(number__in=numbers))
    called = titles(records)
    return {record.number: (called[record.number], href(record.kind, record.number)) for record in records}


def _shown(at: Desk, one: Row, names: dict[int, tuple[str, str]]) -> Shown:
    fact = one.proposal.fact
    number = one.decided.about_id if one.decided else one.beside.record
    title, there = names.get(number or 0, ("", ""))
    act = act_of(type(fact)) if fact is not None else ""
    allowed = bool(act) and may(at.person, act, at.place(at.area_of(fact)))
    first = one.proposal.first
    edit = reverse(
        "text-edit", args=[at.book.code, at.book.period, at.document.pk, first.paragraph, first.start, first.kind]
    )
    return Shown(
        one, one.beside.verdict if number else "alone", title, at.words(one.beside.detail), there, allowed,
        "" if allowed or not act else listed([say("role", role) for role in who_may(act)]), edit, at.other,
    )  # fmt: skip


# ---- one decision --------------------------------------------------------------------------------------------------


def _decide(request: HttpRequest, at: Desk) -> str:
    """Do what was asked of one proposal; the anchor of what is to be looked at next."""
    said = request.POST.get("place", "")
    places = [place_of(one.first) for one in at.proposals]
    if said not in places:
        messages.warning(request, _("这一处已不在读出的内容里。看一遍再办。"))
        return "left"
    proposal = at.proposals[places.index(said)]
    beside = at.shelf.beside(proposal)
    one = row(proposal, beside, None, at.proposing)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None or (request.POST.get("step") != "decline" and request.POST.get("shown") != one.seal):
        messages.warning(request, _("账本或读法在看过以后有变动，没有办。看一遍再办。"))
        return one.anchor
    try:
        messages.success(request, step(request, at, proposal, one))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, f"第 {one.paragraph} 段：{problem}")
        return one.anchor
    except (Forbidden, ValueError, UnknownReference) as odd:
        messages.error(request, f"第 {one.paragraph} 段“{proposal.first.text}”：{odd}")
        return one.anchor
    return _next(at, said)


def _next(at: Desk, done: str) -> str:
    """The first proposal after one that nobody has decided on yet."""
    after = [place_of(one.first) for one in at.proposals].index(done) + 1
    fresh = Desk(at.book, at.programme, at.document, at.person)
    for one in (*at.proposals[after:], *at.proposals[:after]):
        if last_of(fresh.decided, one) is None and one.fact is not None and fresh.shelf.beside(one).verdict != "here":
            return row(one, at.shelf.beside(one), None, at.proposing).anchor
    return "left"


def _accept(request: HttpRequest, at: Desk, proposal: Proposal, one: Row) -> str:
    """Record it as it stands; a total is kept as one."""
    if not proposal.ready:
        raise ValueError(_("还缺{}；改了再收").format("、".join(name for name, said in one.lacking)))
    told = proposal.told(at.document.pk, at.side, at.texts)
    verdict = "total" if proposal.total else "accepted"
    return _done(verdict, accept_told(told, proposal.spots, at.review(at.area_of(proposal.fact)), verdict=verdict))


def _join(request: HttpRequest, at: Desk, proposal: Proposal, one: Row) -> str:
    """Its passages become further sources of the record beside it."""
    if one.beside.record is None or proposal.fact is None:
        raise ValueError(_("账上没有可并的记录"))
    told = proposal.told(at.document.pk, at.side, at.texts)
    number = join_told(told, proposal.spots, at.review(at.area_of(proposal.fact)), to=one.beside.record)
    return _done("joined", number)


def _compare(request: HttpRequest, at: Desk, proposal: Proposal, one: Row) -> str:
    """The other side's word is set beside our records and not counted."""
    if proposal.fact is None:
        raise ValueError(one.why)
    told = proposal.told(at.document.pk, at.side, at.texts)
    told = replace(told, fact=Saying(when=proposal.fact.when, said=proposal.fact))
    return _done("compared", accept_told(told, proposal.spots, at.review(""), verdict="compared"))


def _decline(request: HttpRequest, at: Desk, proposal: Proposal, one: Row) -> str:
    """It is not taken; the reason stays."""
    reason = (request.POST.get("reason", "").strip() or request.POST.get("usual", ""))[:120]
    area = next((post.area for post in at.person.posts if post.area), "")
    decline(proposal.spots, at.review(area), reason=reason)
    return _("不收：“{}”。不再提出。").format(proposal.first.text)


def _done(verdict: str, number: int) -> str:
    record = Record.objects.get(number=number)
    return format_html('{}：<a href="{}">{}</a>', zh("review", verdict), href(record.kind, number), title_of(record))


STEPS: dict[str, Callable[[HttpRequest, Desk, Proposal, Row], str]] = {
    "accept": _accept, "join": _join, "compare": _compare, "decline": _decline,
}  # fmt: skip

urlpatterns = [door(HERE + "<int:number>/", page, ACT, own_work(ACT), name="text")]
