"""Where a payment draws its money and what lies there, told before it is written."""

from dataclasses import dataclass

from duikou.records.models import Fund, Programme
from duikou.rules import funds as rules
from duikou.rules.ledger import Draw, position_has_it
from duikou.rules.problem import Problem
from duikou.terms.words import zh

from .ledger import balances, named
from .places import number


@dataclass(frozen=True)
class Drawn:
    """A position, whose it is and of which fund, with the fen that lie there and the fen that a payment takes."""

    position: str
    owner: str
    fund: str
    lying: int
    amount: int

    @property
    def left(self) -> int:
        """What lies there once the payment is made."""
        return self.lying - self.amount

    @property
    def words(self) -> str:
        """The position as people call it: 已下达待拨，文化广场，2012年市级资金."""
        return "，".join(part for part in (zh("position", self.position), self.owner, self.fund) if part)

    @property
    def short(self) -> Problem | None:
        """The problem that there is not so much there."""
        return position_has_it.ask(Draw(self.position, self.owner, self.amount), self.lying)


def drawn_on(fact: rules.Disbursement, standing: rules.FundsStanding, programme: Programme) -> Drawn:
    """What a payment draws on: the allotment that notices have made, the stated total that it fills in, or the pool."""
    amount = rules.fen(fact.amount) if fact.amount.exact else 0
    title = Fund.objects.values_list("title", flat=True).filter(pk=fact.fund).first() or "" if fact.fund else ""
    if fact.notice:
        whose = fact.project or fact.receiver
        owner = None if whose is None else number(whose)
        lying = balances(programme, "allotment", owners=[owner]) if owner else {}
        return Drawn("allotment", named(owner), title, lying.get(("allotment", owner, fact.fund), 0), amount)
    if rules.case_of(fact, standing) == "fills":
        return Drawn("undivided", "", title, standing.undivided, amount)
    return Drawn("pool", "", title, standing.pool, amount)
