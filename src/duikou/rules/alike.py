"""What may be the same thing written twice: invoices and payees, and how they are compared."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from unicodedata import category, normalize


@dataclass(frozen=True)
class Invoiced:
    """An invoice: number as written, seller's name, fen, the day of its claim; `like` those that may be the same."""

    number: str
    seller: str
    amount: int
    day: date | None = None
    like: tuple["Invoiced", ...] = ()


@dataclass(frozen=True)
class Payee:
    """Who is paid: name and credit code; `like` others that may be the same."""

    name: str
    credit_code: str = ""
    like: tuple["Payee", ...] = ()


def invoice_key(number: str) -> str:
    """An invoice number as eyes confuse it: 0 and O, 1, I and l are one; spaces, strokes and leading zeros do not count."""
    seen = normalize("NFKC", number).casefold()
    return "".join(c for c in seen if c.isalnum()).translate(str.maketrans("oil", "011")).lstrip("0")


def payee_key(name: str) -> str:
    """A name as it is compared: width, spaces, what cannot be seen and the form of company do not count."""
    seen = "".join(c for c in normalize("NFKC", name) if category(c)[0] not in "CZ").casefold()
    return seen.replace("有限责任公司", "").replace("有限公司", "")


def alike(items: Iterable[Any], *keys: Callable[[Any], Hashable]) -> Iterator[Any]:
    """The items, each with the earlier ones that one of some keys cannot tell from it; an empty key is no key."""
    earlier: list[dict[Hashable, list[Any]]] = [{} for _ in keys]
    for item in items:
        like: dict[int, Any] = {}
        for key, kept in zip(keys, earlier, strict=True):
            if said := key(item):
                like |= {id(other): other for other in kept.get(said, ())}
                kept.setdefault(said, []).append(item)
        yield replace(item, like=tuple(like.values()))


def same_payment(invoice: Invoiced) -> Hashable:
    """What two invoices for one payment have in common: amount, seller and day; nothing where no day is known."""
    return (invoice.amount, payee_key(invoice.seller), invoice.day) if invoice.day else ()
