"""单位 …/exchanges/organisations/: who takes part; of one, its names, what it is part of, its pairings, gifts within gifts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.records.models import (
    Finding,
    Gift,
    Item,
    Link,
    Organisation,
    Pairing,
    Party,
    Programme,
    Record,
    of,
    quantity,
)
from duikou.rules.contracts import credit_code_is_true
from duikou.rules.rights import contains
from duikou.rules.writing import write
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import ABSENT, door, of_own_part
from duikou.web.language import area_name, say
from duikou.web.listing import files
from duikou.web.projects.kept import offered, whole
from duikou.web.seeing import visible

HERE = "p/<slug:programme>/<period:period>/exchanges/organisations/"
MONEY = ("cash", "raised")
ASKED = "donations.3"  # the rule that asks whether one gift is inside the other


@dataclass(frozen=True)
class Paired:
    """A pairing that an organisation is in: the record, its level, who gives and receives, from when to when."""

    row: Pairing
    href: str
    gives: bool

    @property
    def level(self) -> str:
        """At which level."""
        return say("level", self.row.level)

    @property
    def other(self) -> Organisation:
        """The other side."""
        found: Organisation = self.row.receiver if self.gives else self.row.giver
        return found


@dataclass(frozen=True)
class Within:
    """A gift of money of an organisation beside one that it is part of gave too: is the one inside the other?"""

    own: str
    own_href: str
    giver: Organisation
    others: str
    other_href: str
    same: bool
    question: str


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The organisations of the book, those of the programme and of its two areas first."""
    context = {
        "book": open_book(programme, period), "groups": _groups(programme_of(programme)),
        "new": offered(request, programme, "register_organisation", "organisation-new", programme, period),
    }  # fmt: skip
    return render(request, "opening_organisations.html", context)


def _groups(programme: Programme) -> tuple[list[Organisation], list[Organisation]]:
    """All organisations: those of the programme and of its two areas, and the others."""
    rows = list(Organisation.objects.select_related("parent").order_by("region", "type", "pk"))
    mine, sides = _taking_part(programme), [side for side in (programme.supporting, programme.receiving) if side]
    mine |= {row.pk for row in rows if any(contains(side, row.region) for side in sides)}
    return [row for row in rows if row.pk in mine], [row for row in rows if row.pk not in mine]


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The organisations as the page lists them."""
    mine, others = _groups(programme_of(programme))
    cells = (
        [row.name, say("organisation", row.type), area_name(row.region), row.parent.name if row.parent else "", part]
        for part, rows in ((_("两地的，和参加本项目方案的"), mine), (_("账上其他单位"), others))
        for row in rows
    )
    heads = (_("名称"), _("类别"), _("地区"), _("上级单位"), _("部分"))
    return files.Listing(f"organisations-{programme}", _("单位"), heads, cells, wide=0)


def _taking_part(programme: Programme) -> set[int | None]:
    """The organisations that give, receive or take part in something of a programme."""
    found: set[int | None] = set(
        Party.objects.filter(record__programme=programme).values_list("organisation", flat=True)
    )
    for side in ("giver", "receiver"):
        found |= set(of(Pairing, programme).values_list(side, flat=True))
        found |= set(of(Gift, programme).values_list(side, flat=True))
    return found | {programme.office_id}


def page(request: HttpRequest, programme: str, period: str, organisation: str) -> HttpResponse:
    """One organisation."""
    book, row = open_book(programme, period), Organisation.objects.filter(code=organisation).first()
    if row is None:
        raise Http404(ABSENT)
    context = {
        "book": book, "row": row, "true": credit_code_is_true(row.credit_code or ""), "record": href("organisation", row.pk),
        "former": Item.objects.filter(record=row.pk, list="former").order_by("position"), "above": above(row),
        "parts": Organisation.objects.filter(parent=row).order_by("pk"),
        "before": Organisation.objects.filter(successor=row).order_by("pk"), "pairings": list(_pairings(request, row)),
        "within": list(_within(request, row)) if whole(request, programme) else [],
        "part": offered(
            request, programme, "register_organisation", "organisation-new", programme, period, parent=row.pk
        ),
        "another": offered(request, programme, "register_organisation", "organisation-new", programme, period),
    }  # fmt: skip
    return render(request, "opening_organisation.html", context)


def above(row: Organisation) -> list[Organisation]:
    """What an organisation is part of, the nearest first."""
    found: list[Organisation] = []
    while row.parent is not None and row.parent not in found:
        row = row.parent
        found.append(row)
    return found


def _pairings(request: HttpRequest, row: Organisation) -> Iterator[Paired]:
    """The pairings that an organisation is in, as far as one may see them."""
    both = Pairing.objects.filter(giver=row) | Pairing.objects.filter(receiver=row)
    kept = {found.pk: found for found in both.select_related("giver", "receiver").order_by("pk")}
    for record in visible(
        request, Record.objects.filter(number__in=kept).select_related("programme").order_by("number")
    ):
        yield Paired(kept[record.number], href("pairing", record.number), kept[record.number].giver_id == row.pk)


def _within(request: HttpRequest, row: Organisation) -> Iterator[Within]:
    """Gifts of money of an organisation beside those of what it is part of, of the same programme."""
    higher = [found.pk for found in above(row)]
    gifts = Gift.objects.filter(form__in=MONEY, giver__in=[row.pk, *higher]).select_related("giver", "record")
    seen = {record.number for record in visible(request, [gift.record for gift in gifts])}
    kept = [gift for gift in gifts.order_by("pk") if gift.pk in seen]
    for own in (gift for gift in kept if gift.giver_id == row.pk):
        for other in (gift for gift in kept if gift.giver_id in higher):
            if own.record.programme_id == other.record.programme_id:
                same = own.sector == other.sector
                question = _question(own.pk) if same else ""
                yield Within(
                    _said(own), href("gift", own.pk), other.giver, _said(other), href("gift", other.pk), same, question
                )


def _said(gift: Gift) -> str:
    """A gift in words: 捐资30万元（教育）."""
    amount = quantity(gift, "amount")
    return f"{say('gift', gift.form)}{write(amount).text if amount else ''}（{say('sector', gift.sector)}）"


def _question(gift: int) -> str:
    """The address of the open question about a gift; nothing where none is open."""
    asking = Link.objects.filter(to=gift, role="about", record__kind="finding").values("record")
    found = Finding.objects.filter(pk__in=asking, rule=ASKED).exclude(state="settled").first()
    return href("finding", found.pk) if found else ""


urlpatterns = [
    door(HERE, listing, "see_records", of_own_part, name="organisations"),
    *files.doors(HERE + "list", taken, "see_records", of_own_part, name="organisations"),
    door(HERE + "<str:organisation>/", page, "see_records", of_own_part, name="organisation"),
]
