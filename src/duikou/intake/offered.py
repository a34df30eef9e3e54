"""Names that a form offers to choose from: the offices, enterprises and areas that this programme has named before."""

from collections.abc import Mapping, Sequence
from typing import Any, get_type_hints

from duikou.acts.as_told import table_of
from duikou.records.models import Organisation, Programme, of
from duikou.rules.rights import contains
from duikou.terms.words import regions

from .form_lines import Form
from .form_page import MOST
from .rows import KINDS
from .taking import T1
from .values import refers


def offered(programme: Programme, form: Form) -> Mapping[str, Sequence[str]]:
    """The names by field: organisations that stood in it before, areas within the form's."""
    if form.layout.code == T1:
        return {"county": _areas(programme, form), "paired": ["是", "否"]}
    kind = KINDS[form.layout.kind]
    hints = get_type_hints(kind)
    model: Any = table_of(kind)
    named = (field for field in form.fields if "." not in field and refers(hints[field]))
    found = {field: _named(model, programme, field) for field in named}
    return {**found, "region": _areas(programme, form)} if "region" in form.fields else found


def _named(model: Any, programme: Programme, field: str) -> list[str]:
    """The organisations that stand in a field of a kind of record."""
    if model._meta.get_field(field).related_model is not Organisation:
        return []
    names = of(model, programme).exclude(**{field: None}).order_by(f"{field}__name")
    return list(names.values_list(f"{field}__name", flat=True).distinct()[: MOST + 1])


def _areas(programme: Programme, form: Form) -> list[str]:
    """The counties of an area."""
    head = form.area or programme.receiving
    rows = [(code, of_code[-1]) for code, of_code in sorted(regions().items()) if head and contains(head, code)]
    return [row.name for code, row in rows if row.valid_until is None and (not code.endswith("00") or code == head)]
