"""审计发现 …/projects/audit/: what audits have found elsewhere, which rules ask this programme about it, what they have found here."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
from duikou.web.language import english
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
    listed = [Listed(f, tuple(_asking(code, counted[code], pack) for code in f.rules)) for f in audit_findings()]
    context = {
        "book": book, "listed": listed, "open": counted.total(), "found": len([one for one in listed if one.open]),
        "may_check": can(request, "run_checks", place_of(kept)),
    }  # fmt: skip
    return render(request, "projects_audit.html", context)


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


urlpatterns = [door(HERE + "audit/", page, "see_records", of_own_part, name="projects-audit")]
