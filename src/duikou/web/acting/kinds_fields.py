"""The fields of a kind of record as a form asks for them: read off its fact and its table, and read back into the fact."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from django import forms
from django.apps import apps
from django.db.models import CharField, Model

from duikou.acts.accepting import SUBJECTS
from duikou.intake.values import is_a, refers
from duikou.records.models import Organisation, Record
from duikou.rules.fact import Fact
from duikou.rules.kinds import SAID, UNITS, WORDS
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.typed import KNOWN, read_amount, read_many
from duikou.statistics.definition import definitions
from duikou.terms.words import zh
from duikou.web.fields import label
from duikou.web.forms import MOST, Day

from .offer import NOT_THERE, Coded, Pick
from .reading import DayOrMonth, Many, Points, YesNo

KINDS: dict[str, type[Fact]] = {fact.kind: fact for subject in SUBJECTS if subject.act for fact in subject.kinds}
"""The kinds of record that are recorded by this form, each with its fact."""
OWN = tuple(f.name for f in fields(Fact))
TAKEN = ("step", "subject", "under")  # names that the page of a form has taken for itself
LONG_TEXT = 60  # characters from which a text is asked for in several lines
FREE = {*SAID, ("gift", "number"), ("gift_use", "number")}  # counted in whichever unit is written
PARTIES = {  # who takes part in what, by role (terms: party)
    "visit": ("visitor", "host", "member"), "agreement": ("party",), "consultation": ("party",), "training": ("school",),
    "training_base": ("base",), "medical_support": ("giver",), "instruction": ("from",), "investment": ("party",),
}  # fmt: skip
ITEMS = {  # the lists of what (terms: list)
    "agreement": ("field",), "leading_group": ("role",), "principle": ("principle", "task"), "instruction": ("office",),
    "visit": ("reached", "found"), "medical_support": ("document",),
}  # fmt: skip
DONE = (
    "training", "secondment", "study_class", "medical_support", "gift", "investment", "labour_transfer", "sale", "village",
)  # fmt: skip
Linked = tuple[str, tuple[str, ...], tuple[str, ...]]  # what is asked, of which kinds, what is offered
LINKS: dict[str, Linked] = {
    "decides": ("决定了什么", ("decision",), ("project", "agreement", "plan", "pairing", "investment")),
    "leads_to": ("形成了什么", ("consultation",), ("plan", "agreement")),
    "rests_on": ("依据的决定", ("agreement", "plan", "assignment", *DONE), ("decision",)),
    "carries_out": ("落实哪项承诺", ("agreement", "plan", *DONE), ("commitment", "principle")),
}
ANY = {  # a reference to any record: what is offered
    "decided_by": ("leading_group", "organisation"), "arises_from": ("decision", "instruction", "visit", "consultation"),
    "rests_on": ("decision", "agreement", "policy_basis", "plan"),
}  # fmt: skip
HINTS = {  # how a list is written
    "role": "一行一个，职务分工后用冒号写职务，如 组长：市委书记；不写姓名", "office": "一行一个职务，不写姓名",
}  # fmt: skip


class Measure(Many):
    """A number with its unit, hedged as it may be: 120户, 近6亿元, 20多所; money without a unit is in 万元."""

    def __init__(self, *units: str, free: bool = False, **more: Any) -> None:
        money = units == ("fen",)
        example = "160万元、近6亿元；只写数的以万元计" if money else _example(units, free=free)
        super().__init__(help_text=f"如 {example}", **more)
        self.units, self.free, self.money = units, free, money

    def to_python(self, value: Any) -> Quantity | None:  # type: ignore[override]
        """The quantity; what cannot be read is told in words."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            found = read_amount(text) if self.money else read_many(text, self.units, hedged=True)
        except ValueError as odd:
            raise forms.ValidationError(str(odd)) from None
        if not self.free and found.unit not in self.units:
            raise forms.ValidationError(f"“{text}”不是{self.label}；写{self.help_text}")
        ends = [end for end in (found.low, found.high) if end is not None]
        if min(ends) < 0 or max(ends) > MOST:
            raise forms.ValidationError(f"“{text}”太小或太大；写不小于 0 的数，{self.help_text}")
        return found

    def run_validators(self, value: Any) -> None:
        """Nothing more: the rules judge the number."""


def _example(units: tuple[str, ...], *, free: bool) -> str:
    if free:
        return "20台、300件，连单位写" if len(units) == 1 else "3.31亿元、113人，连单位写"
    return f"12{zh('unit', units[0])}，也可写约12{zh('unit', units[0])}"


class Tick(forms.MultipleChoiceField):
    """Yes where it is ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=[("yes", "是")], required=False, **more)

    def clean(self, value: Any) -> bool:
        """Whether it is ticked."""
        return bool(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        """What the book says, as the box it is."""
        return (["yes"] if value else []) if isinstance(value, bool) else value


class Chosen(forms.TypedChoiceField):
    """A record of some kinds; which ones are offered is said when the form is made. Its value is the number."""

    default_error_messages = {"invalid_choice": NOT_THERE}

    def __init__(self, *kinds: str, **more: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **more)
        self.kinds = kinds


class Several(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it takes no argument when it runs
    """Organisations, as many as took part."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "many"})
    default_error_messages = {"invalid_choice": NOT_THERE, "invalid_pk_value": NOT_THERE}

    def __init__(self, label: str) -> None:
        super().__init__(Organisation.objects.none(), label=label, required=False, help_text="参加的几个都勾上")


@cache
def model_of(kind: str) -> Any:
    """The table of a kind."""
    return apps.get_model("records", KINDS[kind].__name__)


def needed(f: "Field[Any]") -> bool:
    """Whether a fact cannot do without a field."""
    return f.default is f.default_factory is MISSING


def own_fields(kind: str) -> dict[str, "Field[Any]"]:
    """What only this kind says, what it cannot do without first."""
    own = [f for f in fields(KINDS[kind]) if f.name not in OWN]
    return {f.name: f for f in sorted(own, key=lambda f: not needed(f))}


def asked(name: str) -> str:
    """The name under which a form asks for a field of a fact."""
    return f"{name}_said" if name in TAKEN else name


def fields_of(kind: str) -> dict[str, forms.Field]:
    """The fields of a form about a kind: what must be said, when, who took part, the rest, lists and links."""
    own = {asked(name): _field(kind, name, needed(f)) for name, f in own_fields(kind).items()}
    must = {name: field for name, field in own.items() if field.required}
    when: forms.Field = DayOrMonth(
        spans=True, label=zh("field", "when"), required=False,
        help_text="写到日；只知道月的写 2012年4月，年度写 2012年，几年写 2011—2015",
    )  # fmt: skip
    return {
        **must, "when": when, **{f"party_{role}": Several(zh("party", role)) for role in PARTIES.get(kind, ())},
        **{name: field for name, field in own.items() if name not in must}, **dict(_lists(kind)), **dict(_links(kind)),
    }  # fmt: skip


def _lists(kind: str) -> Iterator[tuple[str, forms.Field]]:
    for name in ITEMS.get(kind, ()):
        yield f"list_{name}", Points(label=zh("list", name), required=False, help_text=HINTS.get(name, "一行一条"))


def _links(kind: str) -> Iterator[tuple[str, forms.Field]]:
    for role, (asked, kinds, offered) in LINKS.items():
        if kind in kinds:
            yield f"link_{role}", Chosen(*offered, label=asked, required=False)


def _field(kind: str, name: str, must: bool) -> forms.Field:
    """One field by the type that the fact gives it and the column it is kept in."""
    hint = _hints(kind)[name]
    told: dict[str, Any] = {"label": label(kind, name), "required": must}
    if is_a(hint, Quantity):
        return _measure(kind, name, told)
    if is_a(hint, date):
        return Day(**told)
    if is_a(hint, bool):
        return Tick(label=told["label"]) if hint is bool else YesNo(told["label"], "是", "否")
    if refers(hint):
        return _reference(kind, name, told)
    if is_a(hint, int):
        least, most = (1949, 2100) if name == "year" else (1, 99)
        return forms.IntegerField(min_value=least, max_value=most, **told)
    return _text(kind, name, told)


def _measure(kind: str, name: str, told: dict[str, Any]) -> forms.Field:
    free = (kind, name) in FREE
    units = (*KNOWN, "fen") if (kind, name) in SAID else (UNITS[name],)
    return Measure(*units, free=free, **told)


def _reference(kind: str, name: str, told: dict[str, Any]) -> forms.Field:
    """An organisation, a record of the kind that the column refers to, or a record of a few kinds."""
    to: type[Model] = model_of(kind)._meta.get_field(name).related_model
    if to is Organisation:
        return Pick(told.pop("label"), **told)
    return Chosen(*(ANY[name] if to is Record else (kind_of(to),)), **told)


def kind_of(model: type[Model]) -> str:
    """The kind of record that a table is of."""
    return next((kind for kind in KINDS if model_of(kind) is model), str(model._meta.model_name))


def _text(kind: str, name: str, told: dict[str, Any]) -> forms.Field:
    """A word of a list, an area, the sheet of a figure, else a text as long as its column."""
    if (kind, name) in WORDS:
        return Coded(WORDS[kind, name], **told)
    if name == "region":
        return forms.ChoiceField(error_messages={"invalid_choice": "名单里没有这个地区；从名单中选"}, **told)
    if name == "sheet":
        sheets = [("", "没有对照的口径"), *((code, d.name) for code, d in definitions().items())]
        return forms.ChoiceField(choices=sheets, **told)
    column: CharField[Any, Any] = model_of(kind)._meta.get_field(name)
    length = column.max_length or 0
    widget = forms.Textarea(attrs={"rows": 3}) if length > LONG_TEXT else forms.TextInput()
    return forms.CharField(max_length=length, widget=widget, **told)


@cache
def _hints(kind: str) -> dict[str, Any]:
    return get_type_hints(KINDS[kind])


# ---- from the form to the fact -------------------------------------------------------------------------------------


Lists = dict[str, tuple[Any, ...]]  # what a record holds several of: parties, items, links


def fact_of(kind: str, said: Mapping[str, Any], unasked: Lists) -> Fact:
    """The fact that a form says; `unasked` is what the form does not ask for. What is left open is left out."""
    values = {name: _value(said[asked(name)]) for name in own_fields(kind)}
    told = {name: value for name, value in values.items() if needed(own_fields(kind)[name]) or value not in ("", None)}
    when: Period | None = said["when"]
    parties = tuple((role, org.code) for role in PARTIES.get(kind, ()) for org in said[f"party_{role}"])
    items = tuple((name, *point(line)) for name in ITEMS.get(kind, ()) for line in said[f"list_{name}"])
    linked = tuple((role, said[f"link_{role}"]) for role in LINKS if said.get(f"link_{role}"))
    lists = {"parties": parties, "items": items, "links": linked}
    return KINDS[kind](**told, when=when, **{name: (*unasked.get(name, ()), *rows) for name, rows in lists.items()})


def _value(said: Any) -> Any:
    """An organisation by its code, everything else as it was read."""
    return said.code if isinstance(said, Organisation) else said


def point(line: str) -> tuple[str, str]:
    """A point of a list and, after a full-width colon, its detail."""
    words, _, detail = line.partition("：")
    return words.strip(), detail.strip()
