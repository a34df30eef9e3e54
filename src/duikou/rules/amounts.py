"""Amounts, shares and deadlines as the money rules work them out and say them."""

import calendar
from datetime import date

from .quantity import Quantity
from .writing import write


def words(fen: int) -> str:
    """An amount of fen as people say it."""
    return write(Quantity(fen, fen, "fen")).text


def percent(per_mille: int) -> str:
    """A value in per mille as people say it: 800 is 80%, 823 is 82.3%."""
    return f"{per_mille // 10}.{per_mille % 10}%" if per_mille % 10 else f"{per_mille // 10}%"


def share(part: int, whole: int) -> str:
    """Part of whole in per cent, cut off after one digit, so that what falls short is never said to reach."""
    return percent(part * 1000 // whole) if whole > 0 else "0%"


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
