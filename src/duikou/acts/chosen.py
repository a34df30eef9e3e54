"""What a programme has chosen of the rules, as every act asks for it."""

from datetime import date, timedelta

from duikou.records.models import Item, Programme, Setting, of
from duikou.rules.packs import Choice, Pack

OPEN = date.max  # the last day of a setting that nobody has ended


def pack_of(programme: Programme) -> Pack:
    """What a programme has chosen, in two queries."""
    values: dict[int, dict[str, int]] = {}
    listed = Item.objects.filter(record__programme=programme, record__kind="setting", list="value")
    for record, name, value in listed.values_list("record_id", "text", "detail"):
        values.setdefault(record, {})[name] = int(value)
    rows = of(Setting, programme).order_by("record_id")
    return Pack(
        tuple(
            Choice(rule, weight, values.get(record, {}), basis, first, _last_day(last, ended))
            for record, rule, weight, basis, first, last, ended in rows.values_list(
                "record_id", "rule", "weight", "basis", "first", "last", "ended"
            )
            if ended is None or first is None or first < ended
        )
    )


def _last_day(last: date | None, ended: date | None) -> date | None:
    """The last day a setting holds: its own, or the one before it was ended."""
    days = [day for day in (last if last != OPEN else None, ended and ended - timedelta(days=1)) if day]
    return min(days, default=None)
