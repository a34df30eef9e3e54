"""登记 and 更正 of one record of any kind: one form made of its fact; the ways to it from other records."""

from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, register_converter
from django.urls.converters import StringConverter

from duikou.acts.accepting import record_fact, subject_of
from duikou.acts.correcting import correct_record
from duikou.acts.governance import answer_assignment
from duikou.records.models import Organisation, Record, quantity
from duikou.rules.fact import Fact
from duikou.terms.words import regions, zh
from duikou.web.addresses import areas, model_of, titles
from duikou.web.book import open_book
from duikou.web.doors import ABSENT, door, of_programme
from duikou.web.forms import Day
from duikou.web.kinds.sections import OF_KIND

from .asking import HERE, Sheet, answer, sheet
from .evidence import check_paper, offer_papers, paper_fields, source_of
from .folding import Parts, parts
from .kept import line_of, said_by, unasked
from .kinds_fields import (
    ITEMS,
    KINDS,
    LINKS,
    Chosen,
    Lists,
    Measure,
    Several,
    fact_of,
    fields_of,
    own_fields,
    point,
)
from .offer import Pick
from .places import assignment, kept, own_work
from .projects import areas as areas_within
from .works import OfProjects

MOST = 300  # records of a kind that are offered, the latest; one that the address names is always among them
LONGEST_DETAIL = 60
AT = {  # the field of a rule's objection
    "governance.1": "list_role", "governance.2": "number", "governance.3": "when", "governance.4": "due",
    "governance.5": "answer", "governance.6": "due", "governance.7": "when", "programmes.2": "party_party",
    "programmes.3": "when", "programmes.5": "receiver", "programmes.6": "ended", "programmes.7": "target", "plans.1": "when",
    "plans.2": "list_principle", "plans.5": "version",
    "people.2": "person_times", "people.3": "due", "people.5": "year", "people.6": "when",
    "donations.1": "amount", "donations.2": "amount", "donations.5": "amount", "donations.6": "gift", "donations.7": "amount",
    "enterprises.1": "output_basis", "enterprises.2": "amount", "enterprises.3": "when", "enterprises.4": "when",
    "enterprises.5": "year", "enterprises.7": "poor", "cooperation.1": "poor", "cooperation.2": "amount",
    "cooperation.3": "workers", "cooperation.4": "region", "cooperation.5": "when",
}  # fmt: skip


class Recording(OfProjects):
    """登记: one record of a kind; 更正 where the form is about one."""

    kind: ClassVar[str]
    at = AT
    template = "acting_record.html"

    @property
    def parts(self) -> Parts:
        """What the page asks at once, and what it keeps folded."""
        return parts(self, self.kind)

    def prepare(self) -> None:
        """Propose what the record says, or what the address names; say what each field offers."""
        if self.about is not None:
            self.propose(**dict(said_by(self.kind, self.about)), seen=line_of(self.about))
        self.propose(*(name for name in self.fields if name in own_fields(self.kind)))
        whole = self.offer.reaches("")
        for name, field in self.fields.items():
            if isinstance(field, Chosen):
                field.choices = list(self._offered(field, self.initial.get(name)))
            elif isinstance(field, Several):
                field.queryset = self.offer.organisations
            elif isinstance(field, Pick) and name != "source":
                mine = name == "receiver" and not whole
                field.queryset = self.offer.receivers if mine else self.offer.organisations
                field.required = field.required or mine
        if "region" in self.fields:
            self._offer_areas(whole)
        offer_papers(self, self.offer)

    def _offer_areas(self, whole: bool) -> None:
        """The areas within reach, and the one that the record lies in; a county's is chosen."""
        reached, field = areas_within(self.offer), self.fields["region"]
        now = self.initial.get("region", "")
        if now and now not in dict(reached):
            reached.append((now, regions()[now][-1].name if now in regions() else now))
        field.required = field.required or not whole
        choices = reached if len(reached) == 1 and field.required else [("", ""), *reached]
        field.choices = choices  # type: ignore[attr-defined]  # a field of choices

    def _offered(self, field: Chosen, now: Any) -> Iterator[tuple[str, Any]]:
        """The latest records of the kinds of a field that lie within the person's reach, by kind; the one it has now."""
        yield "", ""
        rows: list[Record] = []
        for kind in field.kinds:
            found = Record.objects.filter(kind=kind, programme=self.offer.programme).order_by("-number")
            if kind == "organisation":
                found = Record.objects.filter(number__in=self.offer.offices.values("pk")).order_by("number")
            rows += found[:MOST]
        if str(now).isdecimal() and len(str(now)) < 16:
            rows += Record.objects.filter(number=now, programme=self.offer.programme, kind__in=field.kinds)
            rows += Record.objects.filter(number=now) if self.about is not None else []
        if not self.offer.reaches(""):
            lying = areas(rows)
            rows = [row for row in rows if self.offer.reaches(lying[row.number])]
        own = self.about.pk if self.about is not None else 0
        rows = [row for row in {row.number: row for row in rows}.values() if row.number != own]
        names = titles(rows)
        for kind in dict.fromkeys(row.kind for row in rows):
            yield zh("record", kind), [(str(row.number), names[row.number]) for row in rows if row.kind == kind]

    @property
    def subject(self) -> str:
        """What it is: the kind, or the record that is corrected."""
        return f"{zh('record', self.kind)}：{super().subject}" if self.about is not None else zh("record", self.kind)

    def clean(self) -> dict[str, Any]:
        """Points have short details; the paper is said once; nobody else has corrected the record meanwhile."""
        said = super().clean() or {}
        for name in ITEMS.get(self.kind, ()):
            for line in said.get(f"list_{name}", ()):
                if len(point(line)[1]) > LONGEST_DETAIL:
                    self.add_error(f"list_{name}", f"“{line[:12]}…”冒号后至多 {LONGEST_DETAIL} 个字；写短些")
        check_paper(self, said)
        if self.about is not None:
            self.hidden_errors("seen")
            last = line_of(self.about)
            if said.get("seen") != last:
                self.add_error(
                    None, f"这一页打开以后，账本第 {last} 行又改了这条记录；看过修改记录，再送一次以这里所填为准"
                )
                self.hide("seen", str(last))
        return said

    def do(self, said: dict[str, Any]) -> int:
        """Enter it with its paper, or correct it."""
        for name, field in self.fields.items():  # what was not touched stays as it was read
            if self.about is not None and isinstance(field, Measure) and self.data.get(name) == self.initial.get(name):
                said[name] = quantity(self.about, name)
        fact = fact_of(self.kind, said, self._unasked())
        source, paper = source_of(said, self.offer)
        words = {
            name: str(self.data.get(name)) for name, f in self.fields.items() if isinstance(f, Measure) and said[name]
        }
        told: dict[str, Any] = {**self.told, "source": source, "paper": paper, "said": words}
        if self.about is not None:
            return correct_record(self.about, fact, reason=said["reason"], **told)
        return record_fact(fact, area=_area(fact), **told)

    def _unasked(self) -> Lists:
        """What a record that is corrected holds several of and the form does not ask for: it stays."""
        if self.about is None:
            return {}
        shown = {self.initial[f"link_{role}"] for role in LINKS if f"link_{role}" in self.fields}
        return unasked(self.about, shown, self.fields)


def _area(fact: Fact) -> str:
    """The area that a fact lies in: its own, of its project, of who receives, else of a record that it is about."""
    if own := getattr(fact, "region", ""):
        return str(own)
    receiver = getattr(fact, "receiver", None)
    if receiver:
        return Organisation.objects.values_list("region", flat=True).get(code=receiver)
    numbers = [value for name in own_fields(fact.kind) if type(value := getattr(fact, name)) is int and name != "year"]
    found = areas(Record.objects.filter(number__in=numbers).exclude(kind="organisation"))
    return next((area for number in numbers if (area := found.get(number, ""))), "")


# ---- the forms and their addresses ------------------------------------------------------------------------------------


@cache
def form_of(kind: str, *, correcting: bool = False) -> type[Sheet]:
    """The form by which a record of a kind is recorded, or corrected."""
    more: dict[str, Any] = {}
    if correcting:
        more["seen"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        more["reason"] = forms.CharField(label="更正的原因", max_length=120, help_text="哪里不对，依据什么改")
    act = "correct_record" if correcting else subject_of(KINDS[kind]).act
    said = {"kind": kind, "act": act, "under": OF_KIND[kind], "leads": f"{kind}/", "__module__": __name__}
    fields = {**said, **fields_of(kind), **paper_fields(), **more}
    meta: Any = type(Recording)  # it gathers the fields that stand in the body of a form
    made: type[Sheet] = meta(f"Record{KINDS[kind].__name__}", (Recording,), fields)
    made.__doc__ = KINDS[kind].__doc__
    return made


def new(request: HttpRequest, programme: str, period: str, section: str, kind: str) -> HttpResponse:
    """登记: the form of a kind."""
    return answer(request, open_book(programme, period), form_of(kind), None)


def correct(request: HttpRequest, programme: str, period: str, section: str, kind: str, number: int) -> HttpResponse:
    """更正: the form of a kind with what one record says."""
    if OF_KIND.get(kind) != section:
        raise Http404(ABSENT)
    row = kept(model_of(kind), programme, number)
    return answer(request, open_book(programme, period), form_of(kind, correcting=True), row)


class Answer(OfProjects):
    """办结交办: what was done about an assignment, and when."""

    act, under, leads = "answer_assignment", "governance", "assignment/"
    at = {"governance.3": "day", "governance.4": "day", "governance.5": "answer"}
    answer = forms.CharField(
        label="办理情况", max_length=200, widget=forms.Textarea(attrs={"rows": 4}), help_text="办了什么，结果怎样"
    )
    day = Day(label="办结日期")

    def do(self, said: dict[str, Any]) -> int:
        """Answer it."""
        return answer_assignment(self.about, said["answer"], said["day"], **self.told)


def _doors() -> Iterator[URLPattern]:
    """An address of new records for each section and act, so that its door asks the right one."""
    groups: dict[tuple[str, str], list[str]] = {}
    for kind, section in OF_KIND.items():
        groups.setdefault((section, subject_of(KINDS[kind]).act), []).append(kind)
    for (section, act), kinds in groups.items():
        where, what = f"{section}_of_{act}", f"kinds_of_{act}_in_{section}"
        for name, regex in ((where, section), (what, "|".join(kinds))):
            register_converter(type(name, (StringConverter,), {"regex": regex}), name)
        route = f"p/<slug:programme>/<period:period>/<{where}:section>/<{what}:kind>/new/"
        yield door(route, new, act, own_work(act), name="kind-new")


urlpatterns = [
    *_doors(),
    door(
        f"{HERE}<section:section>/<kind:kind>/<int:number>/correct/",
        correct,
        "correct_record",
        of_programme,
        name="kind-correct",
    ),
    sheet("assignment/<int:number>/answer/", Answer, of_programme, "assignment-answer", assignment),
]
