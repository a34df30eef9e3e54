"""A generated book: one programme, its money and N payments, entered through the acts; the same seed, the same book."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from duikou.acts.accepting import accept, accept_programmes, open_book
from duikou.acts.funds import record_disbursements
from duikou.records.models import Organisation, Programme
from duikou.rules import evidence, funds, programmes
from duikou.rules.fact import Source, Told
from duikou.rules.period import parse
from duikou.rules.quantity import exactly
from duikou.rules.rights import everywhere

SEED = 20110829
OFFICER = everywhere("generator", "programme_officer", "administrator")
COUNTIES = ("632301", "632322", "632323", "632324")
RECEIVERS = 40
FIRST = date(2012, 1, 1)
DAYS = 3650


def generate(entries: int, *, batch: int = 5000, seed: int = SEED) -> Programme:
    """A book of so many payments over ten years to 40 receivers in four counties."""
    chance = random.Random(seed)
    open_book("生成账", person=OFFICER, nonce="00" * 16)
    programme = _open(entries)
    receivers = list(Organisation.objects.filter(type="department").values_list("pk", flat=True))
    for start in range(0, entries, batch):
        facts = _payments(chance, receivers, start, min(batch, entries - start))
        record_disbursements(facts, programme=programme, person=OFFICER, reason="生成")
    return programme


def _open(entries: int) -> Programme:
    keys: dict[str, int] = {}
    opening = [Told(programmes.Programme(
        code="bench", title="生成的项目方案", scheme="unknown", supporting="120000", receiving="632300", opened=FIRST,
    ), {})]  # fmt: skip
    organisations = [
        Told(
            programmes.Organisation(code=f"r{n:02}", name=f"收款单位{n:02}", type="department", region=COUNTIES[n % 4]),
            {},
        )
        for n in range(RECEIVERS)
    ]
    accept_programmes(opening, organisations, keys, person=OFFICER, reason="生成")
    programme = Programme.objects.get(code="bench")
    document = Told(evidence.Document(title="生成的资金文件", medium="voucher", grade="original"), {}, key="S")
    source = Source("S", "supporting", 1, "", "生成")
    secured = Told(
        funds.Secured(amount=exactly(entries * 10**9, "fen"), source="city", when=parse("2012")), {"": source}, key="F"
    )
    accept(programme, [document, secured], keys, person=OFFICER, reason="生成", evidence="")
    return programme


def _payments(chance: random.Random, receivers: Sequence[int], start: int, count: int) -> list[funds.Disbursement]:
    return [
        funds.Disbursement(
            amount=exactly(chance.randrange(1, 10**9), "fen"),
            paid_on=FIRST + timedelta(days=chance.randrange(DAYS)),
            receiver=chance.choice(receivers),
            voucher=f"GEN-{start + n:06}",
            purpose="生成",
        )
        for n in range(count)
    ]
