"""规则: the rule book of money as a programme has chosen it, what nobody has set, and the form that adopts a pack."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import place_of, programme_of, today
from duikou.acts.packs import adopt_pack, adopted, pack_of
from duikou.records.models import Programme
from duikou.reports.rule_book import AS_WRITTEN, NOT_SET, Chapter, Line, chapters
from duikou.rules.book import MONEY, PROJECTS, packs
from duikou.terms.words import zh

from .addresses import root
from .book import open_book, person_of
from .doors import can, door, of_own_part, of_programme
from .forms import Day, asked
from .listing import files

CHAPTERS = (*MONEY, "ledger", "checks", *PROJECTS)


class Adopt(forms.Form):
    """Which pack, from which day, by whose decision."""

    pack = forms.ChoiceField(label="规则包")
    first = Day(label="自何日起", help_text="按日期判断的规则看事情发生的日子，如合同看签订日")
    reason = forms.CharField(label="依据", max_length=120, help_text="谁决定的，文号")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["pack"]
        field.choices = [(p.code, f"{p.title}（{p.basis}）") for p in packs().values()]


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """Each rule with its sentence, what it rests on, how heavily it is taken and which values are set."""
    book, kept = open_book(programme, period), programme_of(programme)
    found = chapters_of(kept)
    lines = [line for chapter in found for line in chapter.lines]
    context = {
        "book": book, "chapters": found, "count": len(lines), "lacking": len([line for line in lines if line.lacks]),
        "adopted": [(packs()[code].title if code in packs() else code, first) for code, first in adopted(kept)],
        "may_adopt": can(request, "adopt_pack", place_of(kept)), "not_set": NOT_SET, "as_written": AS_WRITTEN,
    }  # fmt: skip
    return render(request, "rules.html", context)


def chapters_of(programme: Programme) -> list[Chapter]:
    """The chapters of money as a programme has them today."""
    return [chapter for chapter in chapters(pack_of(programme), today()) if chapter.code in CHAPTERS]


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The rules as the page lists them."""
    heads = ("编号", "规则", "英文", "依据", "规则书", "本项目方案", "章")
    rows = (_cells(line, zh("subject", of.code)) for of in chapters_of(programme_of(programme)) for line in of.lines)
    return files.Listing(f"rules-{programme}", "规则", heads, rows)


def _cells(line: Line, chapter: str) -> list[object]:
    """A rule as the page shows it: its weight and days in the book, and each choice of the programme with its values."""
    chosen = [_said(zh("weight", of.weight), of.days, of.values, of.basis) for of in line.chosen]
    chosen = chosen or [_said(AS_WRITTEN, "", [(name, NOT_SET) for name in line.needs], "")]
    said = line.rule.sentence
    return [
        line.rule.code, said.zh, said.en, line.rule.basis, f"{line.weight} {line.days}".strip(), "\n".join(chosen), chapter,
    ]  # fmt: skip


def _said(weight: str, days: str, values: Iterable[tuple[str, str]], basis: str) -> str:
    """How a programme takes a rule, in one line."""
    return "　".join(filter(None, (weight, days, *(f"{name} {value}" for name, value in values), basis)))


def adopt(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The leader lets a pack hold for a programme from a day."""
    back = f"{root()}/p/{programme}/{period}/funds/rules"

    def do(said: dict[str, Any]) -> str:
        kept = programme_of(programme)
        adopt_pack(kept, said["pack"], said["first"], person=person_of(request), reason=said["reason"])
        return _("已采用")

    about = _("自这一日起以所选的规则包为准，以前采用的到前一日为止；护账的规则不受影响。")
    return asked(request, _("采用规则"), Adopt, do, back, _("采用"), about=about)


urlpatterns = [
    door("p/<slug:programme>/<period:period>/funds/rules", page, "see_records", of_own_part, name="rules"),
    *files.doors("p/<slug:programme>/<period:period>/funds/rules", taken, "see_records", of_own_part, name="rules"),
    door("p/<slug:programme>/<period:period>/funds/rules/adopt", adopt, "adopt_pack", of_programme, name="adopt"),
]
