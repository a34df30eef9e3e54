"""What a number is counted in: its unit in the house, in a column of its own, the worth of its last digit."""

import re

from duikou.rules.quantity import Quantity
from duikou.rules.reading import read as read_quantity

from ..prose.candidate import Candidate
from ..prose.folding import fold
from ..prose.units import units
from .meanings import SENSES, Around, Meant, meanings, meant

_UNIT_CELL = re.compile(
    "(?:^|\\t)(?P<scale>万亿|亿|万)?(?P<unit>元|名|人次|人|个|台|所|次|吨|期|公里|平方米|亩|套|户|处)(?:/年)?(?=\\t)"
)


def counted_in(one: Candidate) -> str:
    """What a number is counted in: the unit of the house, households as often as they come apart."""
    return SENSES.get(one.unit) or (one.quantity.unit if one.quantity else "")


def digit_of(one: Candidate) -> int:
    """The worth of the last digit that was written, in base units: 100万 for 1.14亿元; 1 where every unit was."""
    number, quantity = one.number, one.quantity
    if number is None or quantity is None or quantity.hedge != "exact" or not number.value:
        return 1
    written = re.sub("[^0-9.]", "", fold(one.text))
    fraction = len(written.partition(".")[2])
    digits = int(written.replace(".", "") or 0)
    return abs(quantity.low or 0) // digits if (digits and (quantity.low or 0) % digits == 0) or fraction else 1


def in_columns(raw: str, said: str) -> Quantity | None:
    """A bare number in a row of a table whose unit stands in a column of its own."""
    cell = _UNIT_CELL.search(fold(raw))
    unit = units().get(cell["unit"]) if cell else None
    if cell is None or unit is None or not unit.house:
        return None
    try:
        return read_quantity(f"{said}{cell['scale'] or ''}{cell['unit']}", unit.house)
    except ValueError:
        return None


def tried(around: Around, said: str) -> tuple[tuple[Meant, ...], Quantity | None]:
    """What a number is in a unit of the book that the reader has no use for."""
    for unit in sorted({unit for meaning in meanings() for unit in meaning.units}):
        if found := meant(around, unit, "other"):
            try:
                return found, read_quantity(said, unit)
            except ValueError:
                continue
    return (), _in_some_unit(said)


def _in_some_unit(said: str) -> Quantity | None:
    """A number in a unit of the house, whatever it is of: it was read, and is nothing of the book."""
    for unit in sorted({unit.house for unit in units().values() if unit.house}):
        try:
            return read_quantity(said, unit) if re.search("[^0-9.,]", said) else None
        except ValueError:
            continue
    return None
