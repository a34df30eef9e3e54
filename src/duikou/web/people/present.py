"""参加人员 …/people/<kind>/<number>/people/: who took part, masked; whole names on asking, with a reason, each reading kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duikou.acts import names
from duikou.acts.attending import Whole, place_of_whole
from duikou.acts.doing import programme_of
from duikou.records.models import Attendance, Programme
from duikou.rules.rights import Place
from duikou.rules.small_groups import Shown, masked
from duikou.web.addresses import href, title_of
from duikou.web.book import open_book, person_of
from duikou.web.doors import can, door
from duikou.web.language import period_words
from duikou.web.listing import files
from duikou.web.withheld import named

from .places import ONE, of_office, of_whole, office_of, whole

REASON = 60  # characters of a reason


@dataclass(frozen=True)
class Present:
    """One who took part, as the page shows it."""

    number: int
    name: str
    identity: str
    unit: str
    post: str
    days: str


def page(request: HttpRequest, programme: str, period: str, kind: str, number: int) -> HttpResponse:
    """The page, names masked."""
    return _shown(request, programme, period, whole(programme, kind, number))


def whole_names(request: HttpRequest, programme: str, period: str, kind: str, number: int) -> HttpResponse:
    """The page with whole names and numbers; the reading and its reason are kept before anything is shown."""
    row, reason = whole(programme, kind, number), request.POST.get("reason", "").strip()
    rows = _rows(row)
    if not rows or not reason or len(reason) > REASON:
        messages.error(
            request, _("写明查看的事由，至多 %(most)s 个字") % {"most": REASON} if rows else _("没有登记参加人员。")
        )
        return redirect("attendances", programme, period, kind, number)
    try:
        place = office_of(programme_of(programme))
        values = names.read(
            _kept(rows), person=person_of(request), place=place, why=f"{title_of(row.record)[:40]}：{reason}"
        )
    except ValueError as odd:
        messages.error(request, str(odd))
        return redirect("attendances", programme, period, kind, number)
    answer = _shown(request, programme, period, row, values)
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(row: Whole) -> list[Attendance]:
    return list(Attendance.objects.filter(of_id=row.pk).order_by("record_id"))


def _kept(rows: Sequence[Attendance]) -> list[int]:
    """The numbers of names and identity numbers in their store."""
    return [n for row in rows for n in (row.person_id, row.identity_id) if n]


def _shown(
    request: HttpRequest, programme: str, period: str, row: Whole, values: Mapping[int, str] | None = None
) -> HttpResponse:
    """The page: each person for who sees it inside; for everyone how many come from which unit, small groups masked."""
    rows, found, kind = _rows(row), programme_of(programme), row.record.kind
    signed = can(request, "see_records", _inside(found, row))
    by_unit = masked(Counter(one.unit or "" for one in rows))
    kept_back = named(found, row.pk)  # then how many come from each unit would tell it
    context: dict[str, Any] = {
        "book": open_book(programme, period), "title": title_of(row.record), "kind": kind, "number": row.pk,
        "record": href(kind, row.pk), "signed": signed, "open": values is not None, "reason_most": REASON,
        "times": len(rows), "total": None if kept_back else by_unit.total, "kept_back": kept_back,
        "units": [] if kept_back else list(_units(by_unit.cells)),
        "hidden": not kept_back and "hidden" in by_unit.cells.values(), "people": [],
        "may_name": can(request, "see_names", office_of(found)),
        "may_attend": can(request, "record_attendance", place_of_whole(found, row)),
    }  # fmt: skip
    if signed:
        try:
            context["people"] = list(_people(rows, names.masked(_kept(rows)) if values is None else values))
        except ValueError as odd:
            context["wrong"] = str(odd)
    return render(request, "people_present.html", context)


def taken(request: HttpRequest, programme: str, period: str, kind: str, number: int) -> files.Listing:
    """Who took part, names masked and no identity numbers; for who sees no names how many come from which unit."""
    row, found = whole(programme, kind, number), programme_of(programme)
    rows, name = _rows(row), f"people-{programme}-{number}"
    if not can(request, "see_records", _inside(found, row)):
        cells = _of_units(masked(Counter(one.unit or "" for one in rows)).cells)
        if kept_back := named(found, row.pk):
            cells = [[kept_back, ""]]
        return files.Listing(name, _("各单位人数"), (_("单位"), _("人数")), cells, wide=0)
    heads = (_("姓名"), _("单位"), _("职务"), _("起止"))
    try:
        people = _people(rows, names.masked([one.person_id for one in rows if one.person_id]))
    except ValueError as odd:
        return files.Listing(name, _("参加人员"), heads, [[str(odd), "", "", ""]])
    said = ([one.name or _("已删除"), one.unit or "—", one.post or "—", one.days or "—"] for one in people)
    return files.Listing(name, _("参加人员"), heads, said)


def _inside(programme: Programme, row: Whole) -> Place:
    """Who took part, as the thing a right is asked of: however public the programme is, not for everyone."""
    return replace(place_of_whole(programme, row), state="internal")


def _of_units(cells: Mapping[str, Shown]) -> list[list[object]]:
    """The units and how many come from each, as the page shows them."""
    words: dict[Shown, str] = {"few": _("少于5"), "hidden": _("不列")}
    return [[unit or _("单位未报"), words.get(count, count)] for unit, count in _units(cells)]


def _units(cells: Mapping[str, Shown]) -> list[tuple[str, Shown]]:
    """The units and how many come from each, by name; those who have none last."""
    return sorted(cells.items(), key=lambda cell: (not cell[0], cell[0]))


def _people(rows: Sequence[Attendance], values: Mapping[int, str]) -> list[Present]:
    """Each person; who was erased has no name any more."""
    return [
        Present(
            row.pk, values.get(row.person_id, ""), values.get(row.identity_id or 0, ""), row.unit, row.post,
            period_words(row.when) if row.when else "",
        )
        for row in rows
    ]  # fmt: skip


urlpatterns = [
    door(f"{ONE}people/", page, "see_records", of_whole, name="attendances"),
    *files.doors(f"{ONE}people/list", taken, "see_records", of_whole, name="attendances"),
    door(f"{ONE}people/names/", require_POST(whole_names), "see_names", of_office, name="attendance-names"),
]
