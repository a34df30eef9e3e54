"""在岗与期满 …/people/terms/: who is sent for a term, from when, due when; those past their day first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.attending import days_of
from duikou.acts.doing import programme_of, today
from duikou.acts.seconded import called
from duikou.records.models import MedicalSupport, Programme, Secondment, of, quantity
from duikou.rules.people import SOON, Term
from duikou.rules.writing import write
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part
from duikou.web.language import say
from duikou.web.listing import files
from duikou.web.seeing import rows_seen

from .places import HERE

ORDER = ("overdue", "due_soon", "on_post", "", "back")  # "": the book does not say when they are due


@dataclass(frozen=True)
class Sent:
    """A secondment or a team on the page: what it is, which way, where, how many, since, due, days left, where it stands."""

    kind: str
    number: int
    title: str
    direction: str
    unit: str
    people: str
    since: date | None
    due: date | None
    left: int | None
    state: str

    @property
    def href(self) -> str:
        """Its record."""
        return href(self.kind, self.number)

    @property
    def over(self) -> int:
        """Days since it was due."""
        return -(self.left or 0)


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page."""
    every = sorted(sent(request, programme_of(programme), today()), key=_order)
    there = [one for one in every if one.state != "back"]
    context = {
        "book": open_book(programme, period), "today": today(), "sent": there, "soon_days": SOON,
        "overdue": len([one for one in there if one.state == "overdue"]),
        "soon": len([one for one in there if one.state == "due_soon"]), "back": len(every) - len(there),
    }  # fmt: skip
    return render(request, "people_terms.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """Those who are on their post, as the page lists them."""
    heads = (
        _("派出"), _("方向"), _("所在单位"), _("人数"), _("派出日期"), _("期满日期"), _("剩余天数"), _("状态"),
    )  # fmt: skip
    every = sorted(sent(request, programme_of(programme), today()), key=_order)
    rows = (_cells(one) for one in every if one.state != "back")
    return files.Listing(f"terms-{programme}", _("在岗与期满"), heads, rows, wide=0)


def _cells(one: Sent) -> list[object]:
    """A secondment or a team as the page shows it."""
    over = _("已过 %(n)s 天") % {"n": one.over} if one.state == "overdue" else ""
    left = "—" if one.left is None else one.left
    state = say("term", one.state) or _("期满日期未报")
    return [
        one.title, one.direction, one.unit or "—", one.people or "—", str(one.since or "—"), str(one.due or "—"), over or left,
        state,
    ]  # fmt: skip


def _order(one: Sent) -> tuple[int, date, int]:
    return ORDER.index(one.state), one.due or date.max, one.number


def sent(request: HttpRequest, programme: Programme, day: date) -> Iterator[Sent]:
    """The secondments and teams of a programme that the person sees."""
    related = ("record__programme", "receiver")
    for row in rows_seen(request, of(Secondment, programme).select_related("giver", *related)):
        unit = row.receiver if row.direction == "to_receiving" else row.giver or row.receiver
        term = Term(row.due, row.ended) if row.due else None
        back = "back" if row.ended and row.ended <= day else ""
        yield _sent(row, called(row), say("direction", row.direction), str(unit or row.place), term, day, back)
    for team in rows_seen(request, of(MedicalSupport, programme).select_related(*related)):
        due = days_of(team)[1]
        title = " ".join(filter(None, (str(team.receiver or ""), team.batch or team.document_number)))
        term = Term(due, team.ended) if due else None
        back = "back" if team.ended and team.ended <= day else ""
        yield _sent(team, title, say("record", "medical_support"), str(team.receiver or ""), term, day, back)


def _sent(
    row: Secondment | MedicalSupport, title: str, direction: str, unit: str, term: Term | None, day: date, back: str
) -> Sent:
    people = quantity(row, "people")
    return Sent(
        row.record.kind, row.pk, title, direction, unit, write(people).text if people else "", row.first,
        term.due if term else None, term.left(day) if term else None, back or (term.state(day) if term else ""),
    )  # fmt: skip


urlpatterns = [
    door(f"{HERE}terms/", page, "see_records", of_own_part, name="people-terms"),
    *files.doors(f"{HERE}terms/list", taken, "see_records", of_own_part, name="people-terms"),
]
