"""Two records for tests of corrections: a sale whose amount had a digit too many, an agreement with a party too many."""

from dataclasses import replace

from books import OFFICER

from duikou.acts.accepting import record_fact
from duikou.acts.correcting import correct_record
from duikou.records.models import Agreement, Item, Party, Sale
from duikou.rules.cooperation import Sale as SaleFact
from duikou.rules.period import parse
from duikou.rules.programmes import Agreement as AgreementFact
from duikou.rules.quantity import yuan

SALE = SaleFact(
    product="牦牛肉", region="632301", type="purchase", channel="canteen", amount=yuan(1_200_000), when=parse("2012-04"),
    inferred=("when",),
)  # fmt: skip
AGREED = AgreementFact(
    title="卫生合作协议", type="sector", when=parse("2012..2015"), parties=(("party", "tjhzb"), ("party", "hn"), ("party", "ysx")),
    items=(("field", "医师轮训", ""), ("field", "远程会诊", "")),
)  # fmt: skip
LESS = replace(AGREED, parties=AGREED.parties[:2], items=(("field", "医师轮训", "每年一期"), *AGREED.items[1:]))


def enter(programme, fact):
    return record_fact(fact, programme=programme, person=OFFICER)


def correct(programme, row, fact, reason="照原件改", person=OFFICER, **more):
    return correct_record(row, fact, programme=programme, person=person, reason=reason, **more)


def corrected(programme):
    """Both recorded and corrected: the amount in fen, who takes part and in which fields."""
    sale = Sale.objects.get(pk=enter(programme, SALE))
    correct(programme, sale, replace(SALE, amount=yuan(120_000)))
    agreement = Agreement.objects.get(pk=enter(programme, AGREED))
    correct(programme, agreement, LESS)
    parties = Party.objects.filter(record=agreement.record).order_by("role", "position")
    fields = Item.objects.filter(record=agreement.record).order_by("position")
    return [
        sale.amount_low,
        list(parties.values_list("role", "organisation__code")),
        list(fields.values_list("list", "text", "detail")),
    ]
