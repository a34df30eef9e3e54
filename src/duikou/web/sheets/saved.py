"""少填 n 格（x%）: how many cells the forms of an area and a month spare it, from what the book knows of it."""

from collections.abc import Mapping

from django.core.cache import cache

from duikou.acts.journal import head
from duikou.intake.form_lines import Saved
from duikou.intake.forms import form, saved
from duikou.records.models import Programme
from duikou.rules.period import Period

from .kept import known_sheets

AN_HOUR = 3600


def saved_of(programme: Programme, layout: str, area: str, when: Period) -> Saved:
    """The cells of one form; asked once for each line of the book."""
    last = head()
    key = f"form:{programme.code}:{layout}:{area}:{when.code}:{last.number if last else 0}"
    found: Saved | None = cache.get(key)
    if found is None:
        found = saved(form(programme, layout, area, when))
        cache.set(key, found, AN_HOUR)
    return found


def saved_by_layout(programme: Programme, area: str, when: Period) -> Mapping[str, Saved]:
    """The cells of each form."""
    return {code: saved_of(programme, code, area, when) for code in known_sheets()}


def words(found: Saved) -> str:
    """少填 148 格（76.7%）; nothing where the book knows nothing that a form would ask."""
    return f"少填 {found.spared} 格（{found.share}%）" if found.full else ""
