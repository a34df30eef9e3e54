"""Enterprise investment and intentions: neither is aid."""

from dataclasses import dataclass

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Investment(Fact):
    """A plant or firm: total investment, capacity and jobs as told; output and profit with their basis."""

    name: str
    status: str
    investor: Ref | None = None
    company: Ref | None = None
    sole: bool = False
    region: str = ""
    product: str = ""
    total: Quantity | None = None
    capacity: Quantity | None = None
    jobs: Quantity | None = None
    output: Quantity | None = None
    output_basis: str = ""
    profit: Quantity | None = None
    profit_basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Intent(Fact):
    """A letter of intent, or the sum of several."""

    event: str
    amount: Quantity | None = None
    itemised: bool = False


@rule("enterprises.1", basis="预计不等于已实现")
def output_says_its_basis(fact: Investment, standing: object) -> Found | None:
    """产值、利税须注明是预计还是实际。
    Output and profit say whether they are expected or actual."""
    for value, basis, name in ((fact.output, fact.output_basis, "产值"), (fact.profit, fact.profit_basis, "利税")):
        if value is not None and basis not in ("expected", "actual"):
            return Found(f"{name}未注明", "expected（预计）或 actual（实际）", f"补上{name}的性质")
    return None


RULES = {Investment: (output_says_its_basis,)}
