"""What a form of a record asks at once, and what it keeps folded until it is wanted: 其他各项."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.forms.boundfield import BoundField

from .evidence import paper_fields

USUAL = {  # what most records of a kind say besides what each must say, its time, its area and who took part
    "leading_group": ("list_role",), "measures": ("articles_known",), "instruction": ("times",), "decision": ("link_decides",),
    "assignment": ("due",), "pairing": ("rests_on",), "agreement": ("list_field",), "indicator": ("target",),
    "visit": ("place", "people"), "principle": ("list_principle",), "experience": ("years",), "consultation": ("times",),
    "study_class": ("school", "intake"), "vocational_study": ("school", "students"),
    "training": ("trainees", "person_times", "sessions"), "secondment": ("giver", "receiver", "people", "due"),
    "medical_support": ("people", "months"), "cohort": ("enrolled",),
    "gift": ("receiver", "amount", "number", "goods", "purpose"), "valuation": ("amount",), "gift_use": ("amount", "number"),
    "investment": ("total", "benefit"), "investment_step": ("amount",), "investment_result": ("jobs", "poor", "output"),
    "intent": ("amount",), "labour_transfer": ("workers", "poor"), "sale": ("amount", "buyer"), "village": ("amount",),
}  # fmt: skip
ALWAYS = ("when", "region")
FEW = 2  # fields that are not worth a fold
LAST = (*paper_fields(), "reason")


@dataclass(frozen=True)
class Parts:
    """The fields of a form: what is asked at once, what is folded, where it comes from; whether the fold stands open."""

    first: tuple[BoundField, ...]
    folded: tuple[BoundField, ...]
    last: tuple[BoundField, ...]

    @cached_property
    def open(self) -> bool:
        """Whether a folded field says something, or has a problem."""
        return any(field.errors or field.value() not in (None, "", [], False) for field in self.folded)


def parts(form: forms.BaseForm, kind: str) -> Parts:
    """The parts of a form about a kind of record."""
    shown = form.visible_fields()
    folded = tuple(field for field in shown if field.name in set(_folded(form, kind)))
    folded = folded if len(folded) > FEW else ()
    last = tuple(field for field in shown if field.name in LAST)
    return Parts(tuple(field for field in shown if field not in (*folded, *last)), folded, last)


def _folded(form: forms.BaseForm, kind: str) -> Iterator[str]:
    """The names of what a form may leave folded."""
    kept = (*ALWAYS, *LAST, *USUAL.get(kind, ()))
    for name, field in form.fields.items():
        if not field.required and name not in kept and not name.startswith("party_"):
            yield name
