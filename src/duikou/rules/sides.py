"""What the other side says beside what the book holds: told as the same facts, compared aspect by aspect, never counted.

Only works of one kind are compared. A thing is known by its name, or by its number together with who gave it; what one
side leaves open does not differ. Numbers are compared as intervals in one unit; where nothing decides, it is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import reduce
from operator import add
from typing import Literal

from duikou.terms.words import regions, vocabulary, zh

from .fact import Fact, Ref
from .period import Period
from .problem import Found, rule
from .quantity import Quantity, hedged, said_number
from .writing import write

Alike = Literal["same", "worded", "apart", "unlike"]
WHAT = ("goods", "sector", "direction", "type", "of", "product")  # another one is another thing
ACTORS = ("giver", "investor", "company", "school", "party", "visitor")  # whose doing it is
PARTIES = (*ACTORS, "receiver", "host", "base", "member", "region")
STATES = ("status", "form", "basis", "output_basis", "profit_basis", "source", "place")
NAMES = ("name", "title", "subject", "event")
LISTS = {
    "form": "gift", "output_basis": "basis", "profit_basis": "basis", "of": "total", "agreement_type": "agreement",
    "visit_type": "visit", "plan_type": "plan", "plan_status": "plan_status",
}  # fmt: skip
VERDICTS = ("agrees", "differs", "may_match", "alone")


@dataclass(frozen=True, kw_only=True)
class Saying(Fact):
    """A fact as the other side tells it; what it leaves open is empty."""

    said: Fact


@dataclass(frozen=True, kw_only=True)
class OtherSaying(Fact):
    """One thing that the other side says as the book keeps it: beside which record, how they compare, in what they differ."""

    of: str
    title: str
    verdict: str
    about: Ref | None = None
    detail: str = ""
    value: Quantity | None = None


@dataclass(frozen=True)
class Directory:
    """Organisations by code: their names, and what each is part of."""

    names: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def above(self, code: str) -> frozenset[str]:
        """An organisation with all that it is part of."""
        found: list[str] = []
        while code and code not in found:
            found.append(code)
            code = self.parents.get(code, "")
        return frozenset(found)


@dataclass(frozen=True)
class Telling:
    """A fact, or a record of the book, by its aspects."""

    kind: str
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    parties: Mapping[str, frozenset[str]] = field(default_factory=dict)
    when: Period | None = None
    record: int | None = None

    @property
    def actors(self) -> bool:
        """Whether it says whose doing it is."""
        return any(self.parties.get(role) for role in ACTORS)


@dataclass(frozen=True)
class Compared:
    """How a saying stands to one record; `known` where it is certain that both speak of the same thing."""

    verdict: str
    known: bool = False
    differences: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    record: Telling | None = None

    @property
    def rank(self) -> tuple[bool, int]:
        """What is known comes before what is only likely; then agreeing before differing."""
        return not self.known, VERDICTS.index(self.verdict)

    @property
    def detail(self) -> str:
        """What differs, in words, and what is to be borne in mind."""
        return "；".join((*self.differences, *self.remarks))


def telling(fact: Fact, record: int | None = None) -> Telling:
    """The aspects of a fact: what is empty is not said."""
    quantities: dict[str, Quantity] = {}
    words: dict[str, str] = {}
    parties: dict[str, frozenset[str]] = {}
    for f in fields(fact):
        value = getattr(fact, f.name)
        if isinstance(value, Quantity):
            quantities[f.name] = value
        elif value and f.name in PARTIES:
            parties[f.name] = frozenset([str(value)])
        elif isinstance(value, str) and value and f.name in (*WHAT, *STATES, *NAMES):
            words[f.name] = value
    for role, party in fact.parties:
        parties[role] = parties.get(role, frozenset()) | {str(party)}
    if fact.kind == "investment" and (form := _form_of(fact)):
        words["form"] = form
    return Telling(fact.kind, quantities, words, parties, fact.when, record)


def _form_of(fact: Fact) -> str:
    """The form of an investment: one investor alone, or an agreement of several."""
    if getattr(fact, "sole", False):
        return zh("field", "sole")
    return zh("record", "agreement") if len(fact.named("party")) > 1 else ""


# ---- aspect by aspect -----------------------------------------------------------------------------------------------


def alike(one: Quantity, other: Quantity) -> Alike | None:
    """Two numbers: the same, one number with hedges that exclude each other, apart, or of units that cannot be compared.

    Numbers of which one ends open and the other lies somewhere in it are neither alike nor apart.
    """
    if one.unit != other.unit:
        return "unlike"
    if said_number(one) is not None and said_number(one) == said_number(other):
        return "same" if one.meets(other) else "worded"
    if not one.meets(other):
        return "apart"
    return None if None in (one.low, one.high, other.low, other.high) else "same"


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: equal, or the longer holds the shorter, without marks and 的."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) > 3 and short in long)


def _bare(name: str) -> str:
    return "".join(c for c in name if c.isalnum() and c != "的")


def same_party(one: frozenset[str], other: frozenset[str], directory: Directory) -> bool | None:
    """Whether those who took part are the same: one list holds the other, or one is part of the other; none where mixed."""
    if one <= other or other <= one:
        return True
    above = [frozenset().union(*(_area(code) | directory.above(code) for code in codes)) for codes in (one, other)]
    if one <= above[1] or other <= above[0]:
        return True
    return None if one & other else False


def _area(code: str) -> frozenset[str]:
    """The areas that an area code lies in: county, prefecture, province."""
    return frozenset([code, f"{code[:4]}00", f"{code[:2]}0000"]) if code in regions() else frozenset()


def same_time(one: Period | None, other: Period | None) -> bool | None:
    """Whether two times can be one; nothing where a side bears no day."""
    return one.first <= other.last and other.first <= one.last if one and other else None


# ---- the whole ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Aspects:
    """What came out of each aspect that both sides tell."""

    numbers: Mapping[str, Alike | None]
    words: Mapping[str, bool]
    parties: Mapping[str, bool | None]
    time: bool | None

    @property
    def tied(self) -> bool:
        """Whether a number is the same, however it is hedged."""
        return any(found in ("same", "worded") for found in self.numbers.values())

    @property
    def another(self) -> bool:
        """Whether it is another thing by what it is, or by whose doing it is."""
        other_actor = any(self.parties.get(role) is False for role in ACTORS)
        return any(self.words.get(name) is False for name in WHAT) or (other_actor and not self.named)

    @property
    def named(self) -> bool:
        """Whether both bear one name."""
        return any(self.words.get(name) for name in NAMES)

    @property
    def actor(self) -> bool:
        """Whether it is the doing of the same."""
        return any(self.parties.get(role) for role in ACTORS)

    @property
    def elsewhere(self) -> bool:
        """Whether it went to someone else, or was at another time."""
        return self.time is False or any(same is False for same in self.parties.values())


def compare(saying: Telling, record: Telling, directory: Directory) -> Compared:
    """How a saying stands to one record of the same kind of work."""
    found = _Aspects(
        {n: alike(q, record.quantities[n]) for n, q in saying.quantities.items() if n in record.quantities},
        {n: _same_words(n, w, record.words[n]) for n, w in saying.words.items() if n in record.words},
        {r: same_party(p, record.parties[r], directory) for r, p in saying.parties.items() if r in record.parties},
        same_time(saying.when, record.when),
    )
    differences = tuple(_differences(saying, record, found, directory))
    known = found.named or (found.tied and found.actor)
    verdict = "alone" if saying.kind != record.kind else _verdict(saying, record, found, known, bool(differences))
    return Compared(verdict, known, differences, tuple(_remarks(saying, record, found)), record)


def _same_words(name: str, one: str, other: str) -> bool:
    return same_name(one, other) if name in (*NAMES, "place") else one == other


def _verdict(saying: Telling, record: Telling, found: _Aspects, known: bool, differing: bool) -> str:
    """One of the four words (terms: verdict)."""
    settled = "differs" if differing else "agrees"
    if found.another:
        return "alone"
    if known:
        return settled
    if found.tied:  # a number alone: somebody else's gift may be as large
        return "may_match" if found.elsewhere or saying.actors != record.actors else settled
    if not found.actor or (
        saying.quantities and record.quantities and not found.numbers
    ):  # a sum is no number of goods
        return "alone"
    if "apart" in found.numbers.values() or "unlike" in found.numbers.values():
        return "may_match"
    return "alone" if found.elsewhere else settled if found.time else "may_match"


def _differences(saying: Telling, record: Telling, found: _Aspects, directory: Directory) -> Iterable[str]:
    """What differs, each with what the other side says and what the book holds."""
    for name, number in found.numbers.items():
        if number in ("worded", "apart", "unlike"):
            said, kept = (write(t.quantities[name]).text for t in (saying, record))
            if number == "unlike":
                said, kept = (f"{write(t.quantities[name]).text}（{_unit(t, name)}）" for t in (saying, record))
            yield _unlike(saying.kind, name, said, kept) + ("，单位不同不能比" if number == "unlike" else "")
    for name, same in found.words.items():
        if not same and name not in NAMES:
            yield _unlike(saying.kind, name, *(_word(saying.kind, name, t.words[name]) for t in (saying, record)))
    for role, same_one in found.parties.items():
        if same_one is False:
            said, kept = (called(t.parties[role], directory) for t in (saying, record))
            yield _unlike(saying.kind, role, said, kept)
    if found.time is False and saying.when and record.when:
        yield _unlike(saying.kind, "when", saying.when.zh, record.when.zh)


def _remarks(saying: Telling, record: Telling, found: _Aspects) -> Iterable[str]:
    """What does not make two tellings differ and is yet to be known."""
    for name in NAMES:
        if found.words.get(name) is False:
            yield f"名称不同：对方说{saying.words[name]}，账上为{record.words[name]}"
    for role in ACTORS:
        if record.parties.get(role) and not saying.actors:
            yield f"对方未说{label(saying.kind, role)}"
    if saying.when is None and found.words.get("status") is False:
        yield "对方未写日期，可能先后不同"


def _unlike(kind: str, name: str, said: str, kept: str) -> str:
    return f"{label(kind, name)}：对方说{said}，账上为{kept}"


def _unit(of: Telling, name: str) -> str:
    return {"person": "人数", "time": "次数"}.get(unit := of.quantities[name].unit, zh("unit", unit))


def _word(kind: str, name: str, code: str) -> str:
    """中文 of a code; words stand for themselves."""
    list_name = LISTS.get(f"{kind}_{name}") or LISTS.get(name, name)
    return zh(list_name, code) if code in vocabulary().get(list_name, {}) else code


def label(kind: str, name: str) -> str:
    """What an aspect is called in a kind of work."""
    words = vocabulary()["field"]
    found = words.get(f"{kind}_{name}") or words.get(name) or vocabulary()["party"].get(name)
    return found.zh if found else name


def called(codes: Iterable[str], directory: Directory) -> str:
    """The names of organisations and areas by their codes."""
    return "、".join(regions()[c][-1].name if c in regions() else directory.names.get(c, c) for c in sorted(codes))


def set_beside(saying: Telling, records: Sequence[Telling], directory: Directory) -> Compared:
    """The record that a saying is about and how the two compare; several that fit as well are not told apart."""
    own = [record for record in records if record.kind == saying.kind]
    found = [c for record in own if (c := compare(saying, record, directory)).verdict != "alone"]
    if not found:
        return _beside_a_sum(saying, own, directory)
    best = min(found, key=lambda c: c.rank)
    several = [c for c in found if c.rank == best.rank]
    if len(several) == 1:
        return best
    return Compared("may_match", False, (f"与账上 {len(several)} 条都相合，分不出是哪一条",), (), best.record)


def _beside_a_sum(saying: Telling, records: Sequence[Telling], directory: Directory) -> Compared:
    """A sum of money that no one record matches may be that of several: equal is asked, near is only remarked."""
    for name, value in saying.quantities.items():
        parts = [r.quantities[name] for r in records if name in r.quantities and _may_lie_in(saying, r, directory)]
        if value.unit != "fen" or len(parts) < 2 or (said := value.low) is None:
            continue
        total = reduce(add, parts)
        counted = f"{'＋'.join(write(part).text for part in parts)}＝{write(total).text}"
        if alike(value, total) == "same":
            return Compared("may_match", False, (f"与账上{len(parts)}笔之和相同：{counted}",))
        if hedged("about", said, value.unit).meets(total):
            return Compared("alone", False, (), (f"近于账上{len(parts)}笔之和，不相等：{counted}",))
    return Compared("alone")


def _may_lie_in(saying: Telling, record: Telling, directory: Directory) -> bool:
    """Whether nothing that is said speaks against a record being a part of what is said."""
    what = all(saying.words.get(n, w) == w for n, w in record.words.items() if n in WHAT)
    who = (same_party(p, record.parties[r], directory) for r, p in saying.parties.items() if r in record.parties)
    return what and False not in who


def title_of(fact: Fact) -> str:
    """What a thing is called: its name, else what it is for, else the goods or its kind with the number."""
    names = (str(getattr(fact, name, "") or "") for name in (*NAMES, "purpose"))
    if name := next(filter(None, names), ""):
        return name
    told = telling(fact)
    kind = "state" if fact.kind in vocabulary()["state"] else "record"
    what = _word(fact.kind, "goods", told.words["goods"]) if "goods" in told.words else zh(kind, fact.kind)
    return what + "".join(write(value).text for value in list(told.quantities.values())[:1])


def aspects_of(fact: Fact, directory: Directory) -> Iterable[str]:
    """Everything a fact says, aspect by aspect in words."""
    told = telling(fact)
    said = {name: write(value).text for name, value in told.quantities.items()}
    said |= {name: _word(fact.kind, name, word) for name, word in told.words.items()}
    said |= {role: called(codes, directory) for role, codes in told.parties.items()}
    said |= {"purpose": str(purpose)} if (purpose := getattr(fact, "purpose", "")) else {}
    for name, words in said.items():
        inferred = "（推定）" if name in fact.inferred else ""
        yield f"{label(fact.kind, name)} {words}{inferred}"


# ---- what is asked --------------------------------------------------------------------------------------------------


@rule("sides.1", basis="同一件事由两方各报一次，只记一次", weight="asks")
def likeness_is_asked_not_decided(fact: OtherSaying, standing: object) -> Found | None:
    """对方所说可能与账上的记录是同一件事的，应当问明，不自行判定。
    Where what the other side says may be a record of ours, it is asked and not decided."""
    if fact.verdict != "may_match":
        return None
    return Found(fact.detail, "查明是同一件还是另一件", "向对方和支援单位问明；是另一件的，凭依据另记")


@rule("sides.2", basis="两方一本账：不同的说法并列，差异有人负责", weight="asks")
def difference_is_explained(fact: OtherSaying, standing: object) -> Found | None:
    """两方对同一件事说法不一致的，应当说明各自的日期和依据。
    Where the two sides tell one thing differently, each names its day and what it rests on."""
    if fact.verdict != "differs":
        return None
    return Found(fact.detail, "两方说法一致，或说明不同的原因", "请两方各补日期和依据；账上的记录在问明前不改")


RULES = {OtherSaying: (likeness_is_asked_not_decided, difference_is_explained)}
