"""The facets of a list of records: every coded field, the area, the year, who gives."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from duikou.terms.words import vocabulary
from duikou.web.addresses import area_columns
from duikou.web.language import area_name, say
from duikou.web.listing.facets import NONE, By

from .columns import Column, by_name, field_name
from .rows import Row, Standing

FIRST = 4  # facets that always stand above a list


def facets_of(found: Standing) -> list[By[Row]]:
    """What the rows of a kind may be narrowed by."""
    area = [_by("region", field_name(found.kind, "region"), lambda row: row.region, _area)]
    words = [_of_words(found, column) for column in found.columns if column.holds == "word"]
    return [*(area if area_columns(found.model) else []), *words, _of_years(found), *_of_givers(found)]


def _by(
    code: str, title: str, of: Callable[[Row], str], words: Callable[[str], str], order: Sequence[str] = ()
) -> By[Row]:
    """A facet in which what nobody said is called so."""

    def said(code: str) -> str:
        return _("未报") if code == NONE else words(code)

    return By(code, title, of, said, {code: place for place, code in enumerate(order)})


def _area(code: str) -> str:
    """An area by its short name; a code that is none as it stands."""
    return area_name(code) or code


def _of_words(found: Standing, column: Column) -> By[Row]:
    """The codes of a column, in the order of their list of terms."""
    known, place = vocabulary()[column.terms], found.place(column)

    def words(code: str) -> str:
        return say(column.terms, code) if code in known else code

    return _by(column.name, column.head, lambda row: row.values[place] or "", words, list(known))


def _of_years(found: Standing) -> By[Row]:
    """The year of the last day, the newest first."""
    years = sorted({row.last.year for row in found.rows if row.last}, reverse=True)
    return _by(
        "year", _("年份"), lambda row: str(row.last.year) if row.last else "", str, [str(year) for year in years]
    )


def _of_givers(found: Standing) -> list[By[Row]]:
    """Who gives, by name, where the kind says it."""
    column = next((column for column in found.columns if column.name == "giver"), None)
    if column is None:
        return []
    place = found.place(column)
    givers = {row.values[place] for row in found.rows} - {None}
    names = {str(number): found.names[number][1] for number in givers}
    order = sorted(names, key=lambda code: by_name(names[code]))

    def words(code: str) -> str:
        return names.get(code, code)

    return [_by("giver", column.head, lambda row: str(row.values[place] or ""), words, order)]
