"""审计发现 …/projects/audit/: what audits have found elsewhere, which rules ask this programme about it, what they have found here."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import place_of, programme_of, today
from duikou.acts.packs import pack_of
from duikou.records.models import Finding, Programme, of
from duikou.rules.audit import AuditFinding, audit_findings
from duikou.rules.book import book as rule_book
from duikou.rules.packs import Pack
from duikou.rules.problem import Rule
from duikou.terms.words import zh
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_own_part
from duikou.web.findings import sentence
from duikou.web.language import english, say
from duikou.web.listing import files
from duikou.web.seeing import rows_seen

from .kept import HERE, whole


@dataclass(frozen=True)
class Asking:
    """A rule that asks about a finding: how many of its questions are open, which of its values nobody has set."""

    rule: Rule
    open: int
    off: bool
    lacks: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What it says, in the language of the page."""
        return sentence(self.rule.code)


@dataclass(frozen=True)
class Listed:
    """A finding of audits, and what the book asks because of it."""

    finding: AuditFinding
    asking: tuple[Asking, ...]

    @property
    def said(self) -> str:
        """What was found, in the language of the page."""
        return self.finding.sentence.en if english() else self.finding.sentence.zh

    @property
    def open(self) -> int:
        """How many questions are open."""
        return sum(asking.open for asking in self.asking)


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The 21 findings, each with its rules and the open questions of the programme that the person sees."""
    book, kept = open_book(programme, period), programme_of(programme)
    counted, pack = _open(request, kept), pack_of(kept)
    listed = _listed(counted, pack)
    context = {
        "book": book, "listed": listed, "open": counted.total(), "found": len([one for one in listed if one.open]),
        "may_check": can(request, "run_checks", place_of(kept)),
    }  # fmt: skip
    return render(request, "projects_audit.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The findings as the page lists them."""
    kept = programme_of(programme)
    heads = (_("号"), _("审计发现"), _("来源"), _("查什么"), _("用哪些规则查"), _("未判定"))
    found = _listed(_open(request, kept), pack_of(kept))
    return files.Listing(f"audit-{programme}", _("审计发现"), heads, map(_cells, found))


def _cells(one: Listed) -> list[object]:
    """A finding as the page shows it; the one that no rule asks about is answered by the table of rights."""
    rules = "\n".join(map(_said, one.asking)) or say("page", "rights")
    return [one.finding.number, one.said, one.finding.source, one.finding.asked, rules, one.open if one.asking else ""]


def _said(asking: Asking) -> str:
    """A rule with its open questions, and why it finds nothing where it does not."""
    odd = _("本项目方案不用") if asking.off else _("取值未设定，查不出什么") if asking.lacks else ""
    count = _("%(n)s 项未判定") % {"n": asking.open} if asking.open else ""
    return " ".join(filter(None, (asking.rule.code, asking.sentence, count, odd)))


def _listed(counted: Counter[str], pack: Pack) -> list[Listed]:
    """All findings, each with its rules."""
    return [Listed(f, tuple(_asking(code, counted[code], pack) for code in f.rules)) for f in audit_findings()]


def _open(request: HttpRequest, programme: Programme) -> Counter[str]:
    """How many open questions the person sees, by rule; all are counted at once for who sees the whole programme."""
    codes = {code for finding in audit_findings() for code in finding.rules}
    rows = of(Finding, programme).filter(rule__in=codes).exclude(state="settled")
    if whole(request, programme.code):
        return Counter(dict(rows.order_by().values_list("rule").annotate(Count("pk"))))
    return Counter(row.rule for row in rows_seen(request, rows.select_related("record__programme", "owner")))


def _asking(code: str, count: int, pack: Pack) -> Asking:
    """A rule as the programme takes it today."""
    rule, day = rule_book()[code], today()
    lacks = tuple(zh("value", name) for name in rule.needs if pack.value(code, name, day) is None)
    return Asking(rule, count, not rule.guards and pack.weight(code, day) == "off", lacks)


urlpatterns = [
    door(HERE + "audit/", page, "see_records", of_own_part, name="projects-audit"),
    *files.doors(HERE + "audit/list", taken, "see_records", of_own_part, name="projects-audit"),
]
