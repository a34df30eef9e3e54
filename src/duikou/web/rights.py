"""权限表: who may do what, as it stands in rules/rights.csv, on a page and as a workbook for an auditor."""

from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.records.models import Appointment
from duikou.reports.rights import Borne, workbook
from duikou.rules.rights import Place, table
from duikou.terms.words import vocabulary, zh

from .doors import can, door, nowhere
from .language import say
from .listing.files import EXCEL, Listing, as_csv

Line = tuple[str, str, Sequence[str]]  # an act, a state, where each role may do it


def page(request: HttpRequest) -> HttpResponse:
    """The table of rights: an act a line, a role a column."""
    seeing, doing = parts()
    context = {"roles": list(vocabulary()["role"]), "parts": [("看", seeing), ("办", doing)]}
    return render(request, "rights.html", context)


def parts() -> tuple[list[Line], list[Line]]:
    """The lines of seeing and those of doing."""
    roles = list(vocabulary()["role"])
    rows = [(act, state, [cells.get(role, "") for role in roles]) for (act, state), cells in table().items()]
    return [row for row in rows if row[0].startswith("see_")], [row for row in rows if not row[0].startswith("see_")]


def plain(request: HttpRequest) -> HttpResponseBase:
    """The table as .csv, as the page shows it."""
    heads = (_("办什么"), _("状态"), *(say("role", role) for role in vocabulary()["role"]))
    rows = (
        [say("act", act), say("openness", state), *(say("where", where) for where in cells)]
        for lines in parts()
        for act, state, cells in lines
    )
    return as_csv(Listing("rights", _("权限表"), heads, rows))


def file(request: HttpRequest) -> HttpResponse:
    """The table as .xlsx; with every role that was ever given, for those who see all offices."""
    borne: list[Borne] = []
    if can(request, "see_offices", Place()):
        rows = Appointment.objects.select_related("account__office__organisation", "record__programme").order_by("pk")
        borne = [
            Borne(
                a.account.code, str(a.account.office), zh("role", a.role), str(a.record.programme or "全部"),
                a.begins, a.ends, a.account.closed,
            )
            for a in rows
        ]  # fmt: skip
    response = HttpResponse(workbook(borne), content_type=EXCEL)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('权限表.xlsx')}"
    return response


urlpatterns = [
    door("rights/", page, "see_rights", nowhere, name="rights"),
    door("rights.csv", plain, "see_rights", nowhere, name="rights-csv"),
    door("rights.xlsx", file, "see_rights", nowhere, name="rights-file"),
]
