"""Gifts enter the book."""

from collections.abc import Callable, Sequence

from duikou.records.models import Entry, Gift, GiftUse, Organisation, Programme, Valuation, of, quantity
from duikou.rules import donations as rules
from duikou.rules.fact import Fact, Ref, Told
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write

from .doing import Work, ask, judge_all
from .entering import enter
from .judged import Judged, Keys, day_of, kept


def enter_gifts(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Gifts; two that may be one are asked about and both stand until someone answers."""
    parents = _parents()
    asking = judge_all(
        work, told, rules.RULES, gift_standings(programme, told), opened=programme.opened, day=day_of(work, told)
    )
    work.refuse_if_stopped()
    numbers = enter(work, programme.record_id, told, keys)
    for t, number in zip(told, numbers, strict=True):
        giver = parents.get(str(t.fact.giver), (None, ""))[1] if isinstance(t.fact, rules.Gift) else ""
        for problem in asking[t.key]:
            ask(work, [problem], number, giver + problem.found.partition("，")[0])
    return numbers


def gift_standings(
    programme: Programme, told: Sequence[Told[Fact]], but: int | None = None
) -> Callable[[Told[Fact]], rules.GiftStanding]:
    """The gift of the giver's parent for the same purpose, and the money secured, for each of some gifts."""
    parents = _parents()
    gifts = _money_gifts(programme, told, but)
    secured = _secured(programme)

    def standing(t: Told[Fact]) -> rules.GiftStanding:
        fact = t.fact
        if not isinstance(fact, rules.Gift):
            return rules.GiftStanding()
        parent = parents.get(str(fact.giver), (None, ""))[0]
        gift = gifts.get((str(parent), fact.sector)) if parent else None
        said = f"{parents[str(parent)][1]}的{write(gift).text}" if gift and parent else ""
        return rules.GiftStanding(said, secured)

    return standing


def standings(programme: Programme, keys: Keys, but: int | None) -> Callable[[Told[Fact]], rules.UseStanding]:
    """The gift that a use or a valuation is of, what it was used for before, what it was valued at."""
    uses: dict[int, list[rules.GiftUse]] = {}
    for use in of(GiftUse, programme).exclude(pk=but):
        said = rules.GiftUse(gift=use.gift_id, use="", amount=quantity(use, "amount"), number=quantity(use, "number"))
        uses.setdefault(use.gift_id, []).append(said)
    worth = {row.gift_id: quantity(row, "amount") for row in of(Valuation, programme).exclude(pk=but)}

    def standing(t: Told[Fact]) -> rules.UseStanding:
        row = kept(Gift, getattr(t.fact, "gift", None), keys)
        if row is None:
            return rules.UseStanding()
        before, valued = tuple(uses.get(row.pk, ())), worth.get(row.pk)
        if isinstance(t.fact, rules.GiftUse):
            uses.setdefault(row.pk, []).append(t.fact)
        elif isinstance(t.fact, rules.Valuation):
            worth[row.pk] = t.fact.amount
        return rules.UseStanding(
            row.form, quantity(row, "amount"), quantity(row, "number"), before, write(valued).text if valued else ""
        )

    return standing


USES = Judged(rules.RULES, standings)


def _parents() -> dict[str, tuple[str | None, str]]:
    """Code of each organisation to the code of what it is part of and its own short name."""
    rows = Organisation.objects.values_list("code", "parent__code", "short", "name")
    return {code: (parent, short or name) for code, parent, short, name in rows}


def _money_gifts(programme: Programme, told: Sequence[Told[Fact]], but: int | None) -> dict[tuple[str, str], Quantity]:
    """The money gifts kept and coming, by code of giver and sector."""
    found: dict[tuple[str, str], Quantity] = {}
    for row in Gift.objects.filter(record__programme=programme).exclude(pk=but).select_related("giver"):
        if (amount := quantity(row, "amount")) and row.giver:
            found[(row.giver.code, row.sector)] = amount
    for t in told:
        if isinstance(t.fact, rules.Gift) and t.fact.amount:
            giver: Ref = t.fact.giver
            found[(str(giver), t.fact.sector)] = t.fact.amount
    return found


def _secured(programme: Programme) -> Quantity | None:
    """The latest sum secured for the programme."""
    entry = Entry.objects.filter(record__programme=programme, state="secured").order_by("-record_id").first()
    return Quantity(entry.amount, entry.amount, "fen") if entry else None
