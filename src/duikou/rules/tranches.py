"""How far payment goes with stage and progress: tranches, prepayment, progress payments, what is kept back till when."""

from datetime import date

from duikou.terms.words import zh

from .amounts import months_after, percent, share, words
from .claims import Approval, Claim, ClaimStanding, amount_of, claim_of, is_of, value
from .problem import Found, rule

STAGES = ("not_started", "started", "basically_complete", "completed", "accepted", "settled")
NEW_RULES = date(2022, 8, 1)  # 财建〔2022〕183号 holds for contracts signed from this day


def _net(fact: Approval, standing: ClaimStanding) -> int:
    """What the payee gets in all, with this approval and without what is held back."""
    return standing.approved + fact.approved - standing.retained - fact.retained


@rule("tranches.1", basis="分期拨付；各地办法", needs=("started", "basically_complete", "accepted"))
def paid_by_tranches(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """分期付款累计不得超过所到阶段的比例。
    Payments together stay within the part of the price that the stage allows."""
    claim, together = claim_of(fact, standing), standing.approved + amount_of(fact)
    if claim is None or claim.type == "retention" or claim.stage not in STAGES:
        return None
    reached = STAGES[: STAGES.index(claim.stage) + 1]
    values = [value("tranches.1", stage, fact, standing) for stage in reached]
    ceiling = next((value for value in reversed(values) if value is not None), None)
    if ceiling is None or together * 1000 <= standing.price * ceiling:
        return None
    found = f"{zh('stage', claim.stage)}，累计 {words(together)}"
    return Found(
        found, f"不超过合同价的 {percent(ceiling)}（{words(standing.price * ceiling // 1000)}）", "减到比例以内"
    )


@rule("tranches.2", basis="财建〔2004〕369号", weight="asks", needs=("floor", "ceiling"))
def prepayment_within_its_bounds(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """预付款不低于也不高于合同价的规定比例。
    A prepayment is neither below nor above the set part of the price."""
    floor, ceiling = (value("tranches.2", name, fact, standing) for name in ("floor", "ceiling"))
    if floor is None or ceiling is None or not is_of(fact, standing, "prepayment"):
        return None
    amount = amount_of(fact)
    if standing.price * floor <= amount * 1000 and (standing.approved + amount) * 1000 <= standing.price * ceiling:
        return None
    found = f"{words(amount)}（合同价的 {share(standing.approved + amount, standing.price)}）"
    return Found(found, f"{percent(floor)} 至 {percent(ceiling)}", "核对合同约定的预付款")


@rule("tranches.3", basis="财建〔2022〕183号", valid_from=NEW_RULES, needs=("floor",))
def progress_is_paid_to_the_floor(fact: Approval, standing: ClaimStanding) -> Found | None:
    """进度款累计支付不低于已完成工程价款的规定比例（2022年8月1日起签订的合同）。
    Progress payments together reach the set part of the work done (contracts signed from 1 August 2022)."""
    floor, claim = value("tranches.3", "floor", fact, standing), standing.claim
    if floor is None or claim is None or claim.type != "progress" or not claim.done or not _new(standing):
        return None
    net = _net(fact, standing)
    if net * 1000 >= claim.done * floor:
        return None
    found = f"累计支付 {words(net)}，是已完成 {words(claim.done)} 的 {share(net, claim.done)}"
    return Found(found, f"不低于 {percent(floor)}", "提高核定金额")


def _new(standing: ClaimStanding) -> bool:
    return standing.signed_on is not None and standing.signed_on >= NEW_RULES


@rule("tranches.4", basis="财建〔2022〕183号", valid_from=NEW_RULES)
def progress_within_the_work_done(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """当期进度款不得超过当期完成的工程价款（2022年8月1日起签订的合同）。
    A progress payment stays within the work done since the last one (contracts signed from 1 August 2022)."""
    claim = claim_of(fact, standing)
    if claim is None or claim.type != "progress" or claim.done is None or not _new(standing):
        return None
    done = claim.done - standing.done
    if amount_of(fact) <= done:
        return None
    return Found(words(amount_of(fact)), f"不超过当期完成的 {words(max(done, 0))}", "按监理确认的完成量改正")


@rule("tranches.5", basis="拨付跟着进度走", weight="asks", needs=("ahead",))
def payment_follows_progress(fact: Claim, standing: ClaimStanding) -> Found | None:
    """付款比例不应超前于工程进度过多。
    The part that is paid does not run too far ahead of progress."""
    ahead, together = value("tranches.5", "ahead", fact, standing), standing.approved + fact.amount
    if ahead is None or fact.progress is None or fact.type in ("prepayment", "retention"):
        return None
    if together * 1000 <= standing.price * (fact.progress + ahead):
        return None
    found = f"进度 {percent(fact.progress)}，付款 {share(together, standing.price)}"
    return Found(found, f"超前不多于 {percent(ahead)}", "核对进度，或减少申请")


@rule("tranches.6", basis="政府投资条例第22条", weight="asks", needs=("far",))
def contractor_does_not_pre_finance(fact: Claim, standing: ClaimStanding) -> Found | None:
    """政府投资项目不得由施工单位垫资建设：完成的工程不应远多于已付的款。
    A contractor does not pre-finance: the work done is not far above what is paid."""
    far = value("tranches.6", "far", fact, standing)
    if far is None or not fact.done or (fact.done - standing.paid) * 1000 <= fact.done * far:
        return None
    unpaid = fact.done - standing.paid
    found = f"已完成 {words(fact.done)}，未付 {words(unpaid)}（{share(unpaid, fact.done)}）"
    return Found(found, f"未付不多于 {percent(far)}", "查明欠付原因，及时付款")


@rule("tranches.7", basis="合同惯例：结算后付到一定比例，其余留作质保金", weight="asks", needs=("floor", "ceiling"))
def rest_is_kept_until_retention_is_due(fact: Approval, standing: ClaimStanding) -> Found | None:
    """质保金到期前付款累计不超过合同价的规定比例，结算时不低于规定比例。
    Until retention is due payments stay within a set part of the price; at settlement they reach one."""
    floor, ceiling = (value("tranches.7", name, fact, standing) for name in ("floor", "ceiling"))
    if floor is None or ceiling is None or is_of(fact, standing, "retention"):
        return None
    net = _net(fact, standing)
    low = is_of(fact, standing, "settlement") and net * 1000 < standing.price * floor
    if not low and net * 1000 <= standing.price * ceiling:
        return None
    return Found(
        share(net, standing.price), f"{percent(floor)} 至 {percent(ceiling)}", "按合同留足质保金，结算款付到位"
    )


@rule("tranches.8", basis="建质〔2017〕138号；财建〔2022〕183号")
def retained_within_the_limit(fact: Approval, standing: ClaimStanding) -> Found | None:
    """扣留的质保金合计不得超过合同签订日的限额（见 contracts.9）和合同约定的比例。
    All that is held back stays within the limit of the day of the contract (contracts.9) and what it agrees on."""
    limit = standing.pack.value("contracts.9", "limit", standing.signed_on or fact.day or standing.today)
    bounds = [bound for bound in (limit, standing.retention) if bound is not None]
    together = standing.retained + fact.retained
    if not fact.retained or not bounds or together * 1000 <= standing.price * min(bounds):
        return None
    found = f"合计扣留 {words(together)}（{share(together, standing.price)}）"
    return Found(found, f"不超过 {percent(min(bounds))}", "减少扣留，多扣的退还")


@rule("tranches.9", basis="质保金一年后无缺陷退还；各地办法", needs=("months",))
def retention_is_due(fact: Claim, standing: ClaimStanding) -> Found | None:
    """质保金到期才付：自可以使用之日起满规定月数。
    Retention is paid when it is due: so many months after the project could be used."""
    months = value("tranches.9", "months", fact, standing)
    if months is None or fact.type != "retention" or standing.usable is None:
        return None
    due, day = months_after(standing.usable, months), fact.day or standing.today
    return Found(str(day), f"{due} 起", "到期再申请") if day < due else None


RULES = {
    Claim: (
        paid_by_tranches,
        prepayment_within_its_bounds,
        progress_within_the_work_done,
        payment_follows_progress,
        contractor_does_not_pre_finance,
        retention_is_due,
    ),
    Approval: (
        paid_by_tranches,
        prepayment_within_its_bounds,
        progress_is_paid_to_the_floor,
        progress_within_the_work_done,
        rest_is_kept_until_retention_is_due,
        retained_within_the_limit,
    ),
}
