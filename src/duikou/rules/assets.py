"""What a project leaves: assets with class, cost, owner and upkeep (DOMAIN 1.8)."""

from dataclasses import dataclass

from .amounts import words
from .fact import Fact, Ref
from .problem import Found, rule
from .stages import Life


@dataclass(frozen=True, kw_only=True)
class Asset(Fact):
    """An asset handed over on a day (`when`): class (terms: asset), cost in fen, who owns, runs and keeps it up."""

    project: Ref
    name: str
    type: str
    cost: int
    owner: Ref | None = None
    operator: str = ""
    certificate: str = ""
    upkeep: str = ""


@dataclass(frozen=True)
class Left:
    """What the book knows: the life of the project, the fen of its assets registered before, its final accounts in fen."""

    life: Life
    registered: int = 0
    settled: int | None = None


@rule("assets.1", basis="国办函〔2021〕51号：落实管护责任")
def asset_has_its_upkeep(fact: Asset, standing: Left) -> Found | None:
    """资产须写明谁管护。
    An asset says who keeps it up."""
    return None if fact.upkeep.strip() else Found("未写管护", "管护单位和经费来源", "照管护协议填上")


@rule("assets.2", basis="会计法：以确数记账", guards=True)
def cost_is_above_zero(fact: Asset, standing: Left) -> Found | None:
    """资产原值须大于零。
    The cost of an asset is above zero."""
    return None if fact.cost > 0 else Found(words(fact.cost), "大于 0", "照决算填上")


@rule("assets.3", basis="国办函〔2021〕51号：明确所有权")
def asset_has_an_owner(fact: Asset, standing: Left) -> Found | None:
    """经营性和公益性资产须写明归谁所有。
    Operating and public assets say who owns them."""
    return (
        Found("未写所有单位", "所有单位", "照移交清单选上") if fact.type != "household" and fact.owner is None else None
    )


@rule("assets.4", basis="先验收，后移交")
def asset_is_handed_over_after_acceptance(fact: Asset, standing: Left) -> Found | None:
    """资产在验收之后移交。
    Assets are handed over after acceptance."""
    accepted = standing.life.reached.get("accepted")
    if fact.when is None or (accepted and fact.when.last >= accepted.first):
        return None
    return Found(
        f"{fact.when.zh}移交" + (f"，{accepted.zh}验收" if accepted else "，尚未验收"),
        "验收在先",
        "先办验收，或核对日期",
    )


@rule("assets.5", basis="资产原值与决算相符", weight="asks")
def assets_are_within_the_accounts(fact: Asset, standing: Left) -> Found | None:
    """各项资产原值之和不应超过决算数。
    The assets of a project do not cost more than its final accounts."""
    if standing.settled is None or standing.registered + fact.cost <= standing.settled:
        return None
    return Found(
        f"资产合计 {words(standing.registered + fact.cost)}，决算 {words(standing.settled)}",
        "不超过决算",
        "核对各项原值",
    )


RULES = {
    Asset: (
        asset_has_its_upkeep,
        cost_is_above_zero,
        asset_has_an_owner,
        asset_is_handed_over_after_acceptance,
        assets_are_within_the_accounts,
    )
}
