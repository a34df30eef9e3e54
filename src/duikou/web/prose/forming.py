"""改了再收 …/texts/12/20/143/donation_cash: the form of a record with what was read; what is corrected is kept as the office's wording."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.reviewing import accept_told, act_of
from duikou.intake.proposing import reproposed
from duikou.intake.proposing_record import FACTS, Proposal
from duikou.intake.proposing_ways import ways
from duikou.records.models import Organisation, Record
from duikou.rules.fact import Fact, Told
from duikou.rules.kinds import WORDS
from duikou.rules.quantity import Quantity
from duikou.rules.reviews import WORDS as LONGEST
from duikou.rules.reviews import Wording
from duikou.rules.writing import write
from duikou.web.acting.asking import Sheet, Shown, answer
from duikou.web.acting.folding import Parts
from duikou.web.acting.kinds_fields import KINDS, PARTIES, asked, fact_of, own_fields
from duikou.web.acting.places import own_work
from duikou.web.acting.recording import Recording, form_of
from duikou.web.addresses import titles
from duikou.web.doors import ABSENT, door
from duikou.web.language import say
from duikou.web.passages import Piece

from .kept import ACT, HERE, Desk, desk
from .plain import PLAIN, Plain
from .shown import row

SOURCE = ("source", "source_title", "source_number", "source_day", "source_side", "source_words")
_HELP = "改了类别、领域、状态这些读法的，抄上原文里决定读法的几个字，下次遇到就照改后的读；只改这一次的不填"


class Corrected(Sheet):
    """What every form of a passage does: it proposes what was read, and the source is the passage."""

    desk: ClassVar[Desk]
    proposal: ClassVar[Proposal]
    before: ClassVar[Proposal]  # as the page showed it, of the kind that the reader saw
    kind: ClassVar[str]
    template = "prose_form.html"
    learn = forms.CharField(label="记住这种说法", max_length=LONGEST, required=False, help_text=_HELP)

    def prepare(self) -> None:
        """Propose what was read."""
        super().prepare()
        for name in SOURCE if isinstance(self, Recording) else ():
            self.fields.pop(name, None)
        self.propose(**dict(proposed(self.kind, self.proposal.fact)))
        if self.proposal.first.kind != self.before.first.kind:
            reasons = (r.words for r in self.before.first.reasons if r.made == "kind")
            self.propose(learn=next(reasons, ""))

    @property
    def folds(self) -> Parts | None:
        """What is asked at once and what is folded; what to remember stands last and open."""
        if not isinstance(self, Recording):
            return None
        found = self.parts
        learn = tuple(field for field in (*found.first, *found.folded) if field.name == "learn")
        first, folded = (tuple(f for f in some if f not in learn) for some in (found.first, found.folded))
        return Parts(first, folded, learn)

    @property
    def subject(self) -> str:
        """What it is, and where it stands."""
        return f"{say('record', self.kind) if self.kind in KINDS else ''}{self.desk.document}第{self.proposal.first.paragraph}段"

    @property
    def reads(self) -> str:
        """What the passage is read as."""
        return say("reads", self.proposal.first.kind)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The sentence with its words marked."""
        return row(self.before, self.desk.shelf.beside(self.before), None, self.desk.proposing).pieces

    def beside(self) -> Shown:
        """The record that may be the same, and what differs."""
        found = self.desk.shelf.beside(self.proposal)
        if found.record is None:
            return []
        called = titles(Record.objects.filter(number=found.record))[found.record]
        detail = [("不同", self.desk.words(found.detail))] if found.detail else []
        return [
            ("账上可能的同一件", called),
            ("对照", say("verdict", found.verdict) if found.verdict != "here" else "出处就在这里"),
            *detail,
        ]

    def clean(self) -> dict[str, Any]:
        """What is to be remembered stands in the sentence."""
        said = super().clean() or {}
        words, first = (said.get("learn") or "").strip(), self.proposal.first
        sentence = self.desk.texts[first.paragraph - 1][slice(*first.sentence)]
        if words and words not in sentence:
            self.add_error("learn", f"“{words}”不在这一句里；照原文抄，或不填")
        return said

    def do(self, said: dict[str, Any]) -> int:
        """Record it with its passage; keep what was corrected."""
        fact = self.fact(said) if isinstance(self, Plain) else fact_of(self.kind, said, {})
        told = self.proposal.told(self.desk.document.pk, self.desk.side, self.desk.texts)
        numbers = [name for name in own(fact) if isinstance(getattr(fact, name), Quantity)]
        sources = {"": told.sources[""], **{name: told.sources[name] for name in numbers if name in told.sources}}
        words = {name: told.said.get(name) or str(self.data.get(asked(name), ""))[:40] for name in numbers}
        changed = [*differing(self.proposal.fact, fact)]
        kind_changed = self.proposal.first.kind != self.before.first.kind
        return accept_told(
            Told(fact, sources, words), self.before.spots, self.desk.review(self.desk.area_of(fact)),
            verdict="corrected" if changed or kind_changed or self.proposal.lacking else "accepted",
            learnt=[*self._learnt(fact, changed, (said.get("learn") or "").strip())] if self.desk.office else [],
        )  # fmt: skip

    def _learnt(self, fact: Fact, changed: list[str], words: str) -> Iterator[Wording]:
        """What is worth remembering: who is meant by a name, what a wording is read as."""
        told = {"office": self.desk.office, "document": self.desk.document.pk}
        first, was, (known, _) = self.proposal.first, self.proposal.fact, ways()
        way = known.get(first.kind)
        for name, party in ((way.giver, first.giver), (way.receiver, first.receiver)) if way else ():
            if name in changed and name != "region" and party and (code := getattr(fact, name, None)):
                yield Wording(aspect="party", words=party.words, was=party.code, reads=str(code), **told)
        if not words:
            return
        if first.kind != self.before.first.kind:
            yield Wording(aspect="kind", words=words, was=self.before.first.kind, reads=first.kind, **told)
        for name in changed:
            if (self.kind, name) in WORDS and getattr(fact, name):
                old, new = str(getattr(was, name, "") or ""), str(getattr(fact, name))
                yield Wording(aspect=f"{self.kind}.{name}", words=words, was=old, reads=new, **told)


def own(fact: Fact) -> list[str]:
    """The fields that only a kind of fact has."""
    return list(own_fields(fact.kind)) if fact.kind in KINDS else list(PLAIN[fact.kind])


def differing(was: Fact | None, fact: Fact) -> Iterator[str]:
    """The fields that say something else than was read."""
    for name in (*own(fact), "when", "parties"):
        if (getattr(was, name, None) or None) != (getattr(fact, name, None) or None):
            yield name


def proposed(kind: str, fact: Fact | None) -> Iterator[tuple[str, Any]]:
    """What each field of the form shows of a fact that was read."""
    if fact is None:
        return
    numbers = dict(Organisation.objects.values_list("code", "pk"))
    for name in own(fact):
        value = getattr(fact, name, None)
        if isinstance(value, Quantity):
            yield asked(name), write(value).text
        elif value not in ("", None):
            yield asked(name), numbers.get(value, value) if isinstance(value, str) and name in REFERENCES else value
    yield "when", fact.when
    for role in PARTIES.get(kind, ()):
        yield f"party_{role}", [numbers[code] for r, code in fact.parties if r == role and code in numbers]


REFERENCES = ("giver", "receiver", "investor", "company", "school", "organiser", "buyer", "issuer")


def form_for(at: Desk, before: Proposal, kind: str) -> type[Sheet]:
    """The form of the record that a passage becomes when it is read as a kind."""
    changed = reproposed(before, kind, at.proposing)
    if changed.fact is None:
        raise Http404(ABSENT)
    record = changed.fact.kind
    base: type[Sheet] = form_of(record) if record in KINDS else Plain
    said = {
        "desk": at, "proposal": changed, "before": before, "kind": record, "act": act_of(FACTS[record]), "under": "texts",
        "leads": f"{at.document.pk}/", "__module__": __name__,
    }  # fmt: skip
    more: dict[str, Any] = {}
    if base is Plain:
        more = {name: make() for name, make in PLAIN[record].items()}
        more["field_order"] = [*more, "when", "learn"]
    meta: Any = type(Recording)
    made: type[Sheet] = meta(f"Read{record.title().replace('_', '')}", (Corrected, base), {**more, **said})
    made.__doc__ = Corrected.__doc__
    return made


def edit(
    request: HttpRequest, programme: str, period: str, number: int, paragraph: int, begins: int, reads: str
) -> HttpResponse:
    """The form of one passage; `?as=` names another kind that it is read as."""
    at = desk(request, programme, period, number)
    found = next(
        (
            one
            for one in at.proposals
            if (one.first.paragraph, one.first.start, one.first.kind) == (paragraph, begins, reads)
        ),
        None,
    )
    if found is None:
        raise Http404(ABSENT)
    known, kind = ways()[0], request.GET.get("as", reads)
    if kind not in known or not known[kind].record:
        return _other(request, at, found)
    return answer(request, at.book, form_for(at, found, kind), None)


def _other(request: HttpRequest, at: Desk, found: Proposal) -> HttpResponse:
    """What a passage may be read as instead."""
    shown = row(found, at.shelf.beside(found), None, at.proposing)
    kinds = [(kind, say("reads", kind)) for kind, way in ways()[0].items() if way.record and kind != found.first.kind]
    return render(request, "prose_as.html", {"book": at.book, "desk": at, "one": shown, "kinds": kinds})


urlpatterns = [
    door(HERE + "<int:number>/<int:paragraph>/<int:begins>/<slug:reads>", edit, ACT, own_work(ACT), name="text-edit")
]
