"""The money of one project: its line in the plan, allotted, come, paid; contracts with their claims; final accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duikou.acts.works import reported
from duikou.records.models import Contract, Entry, PlanLine, Programme, Progress, Project, Settlement
from duikou.rules import progress as rules
from duikou.rules.amounts import share
from duikou.web.ledger.contracts import Standing, standings
from duikou.web.ledger.kept import wan

from .kept import COME, GIVEN, PAID, moved, of_states


@dataclass(frozen=True)
class Sum:
    """A state of money: how much in 万元, empty where nobody said."""

    code: str
    amount: str

    @classmethod
    def of(cls, code: str, fen: int | None) -> "Sum":
        """The sum of an amount in fen."""
        return cls(code, wan(fen))


@dataclass(frozen=True)
class Money:
    """What is planned for a project, what has come of it, under which contracts; how paid and built compare."""

    line: PlanLine | None
    sums: tuple[Sum, ...]
    contracts: tuple[Standing, ...]
    accounts: Settlement | None
    paid_share: str
    percent: int | None
    odd: str
    basis: int | None

    @property
    def accounted(self) -> str:
        """The final accounts in 万元."""
        return wan(self.accounts.amount) if self.accounts else ""

    @property
    def planned(self) -> list[tuple[str, str]]:
        """The amounts of its line in the plan, by field (terms), in 万元."""
        row = self.line
        said = [("total", row.total), ("feasibility", row.feasibility), ("estimate", row.estimate)] if row else []
        return [(name, wan(fen)) for name, fen in said if fen is not None]


def money_of(programme: Programme, project: Project) -> Money:
    """The money of a project."""
    line = PlanLine.objects.filter(project=project, replaced_by=None).select_related("plan").order_by("pk").last()
    entries = moved(programme, [project.pk]).get(project.pk, [])
    given, come, paid = (of_states(entries, states) for states in (GIVEN, COME, PAID))
    contracts = Contract.objects.filter(project=project, amends=None).select_related("payee", "project").order_by("pk")
    accounts = Settlement.objects.filter(project=project).first()
    report = Progress.objects.filter(project=project).exclude(percent=None).order_by("last", "pk").last()
    whole = (line.total or line.aid) if line else None
    sums = (("planned", line.aid if line else None), ("issued", given), ("received", come), ("spent", paid))
    return Money(
        line, tuple(Sum.of(code, fen) for code, fen in sums), tuple(standings(contracts)), accounts,
        share(paid, whole) if paid is not None and whole else "", report.percent if report else None,
        _odd(programme, project, report), (accounts.amount if accounts and accounts.settled else None) or (line.aid if line else None),
    )  # fmt: skip


def _odd(programme: Programme, project: Project, report: Progress | None) -> str:
    """How what was paid and what was built disagree by the rule of the programme; nothing where they agree."""
    if report is None:
        return ""
    fact = rules.Progress(project=project.pk, percent=report.percent, when=report.when)
    found = rules.payment_and_progress_agree.ask(fact, reported(programme, project))
    return f"{found.found}；{found.expected}" if found else ""


def first_money(project: int) -> date | None:
    """The first day on which money came to a project, or was sent to it."""
    days = list(_days(project))
    return min(days, default=None)


def _days(project: int) -> Iterator[date]:
    rows = Entry.objects.filter(project=project, state__in=("disbursed", *COME), back=None).exclude(last=None)
    yield from (day for day in rows.values_list("last", flat=True) if day)
