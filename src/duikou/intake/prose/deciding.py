"""What a number is, decided: its own words, what it inherits from those before it, the heading it stands under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .candidate import Candidate
from .clauses import REACH
from .document import Document
from .kinds import LEAST, Weighed, of_column
from .place import LISTED, RECENT, Place
from .tables import Head
from .wording import LABELLED, fits, labelled

_PART = re.compile(r"其中|包括|(?:这|那)里面|分别|[：（]")
_NEXT = re.compile(
    r"[，（、 ]?(?:总价值|价值|折合|折价|折款|合|共|计|约合|总计)?(?:人民币|约)?"
    r"|，(?:值|上线|参训|培训|受训|结业|参加|覆盖|参会|受益)"
)
_CAME = re.compile(
    r"[，；、（]?(?:目前|现|已|实际|累计|其中|至今)*(?:到位|实到|投入|完成)(?:投资|资金)?(?:额)?(?:达|为|约)?"
)
_IN_CASH = re.compile(r"[，（]?其中[：]?(?:现金|资金|捐款)")
_LABEL = re.compile(r"[^，。：；]{1,22}(?:[：。】]|(?:方面|上|这一[块头])，)")
_APIECE = re.compile(r"(?:每(?:名|生|套|户|人|个学生|亩|床|吨|间|班|学期)|[户人亩]均|平均每人)[^，。；]{0,8}$")
_BREAKDOWN = re.compile(
    r"\s*[一-鿿]{0,6}(?:其中|从[一-鿿]{2,5}看|分[一-鿿]{1,4}看|按[一-鿿]{2,8}(?:分|划分|来看|看)|(?:这|那)里面)"
)
_FINDINGS = re.compile(r"问题|整改|追责|处理(?:与|及|情况)")
NESTED = {"training", "secondment", "visit", "medical_team", "students", "jobs", "meeting", "donation_goods", "other"}
INHERITED = {
    "funds_planned", "funds_secured", "funds_allotted", "funds_disbursed", "funds_received", "funds_spent", "funds_raised",
    "donation_cash", "donation_goods", "investment", "agreement_amount", "project_count", "training", "secondment", "jobs",
    "students", "pairing", "sales", "output", "visit", "medical_team",
}  # fmt: skip
MAIN = (("funds_disbursed", "拨付"), ("funds_allotted", "下达|安排|分配|调整"))
MAIN_OF_PEOPLE = (("secondment", "选派|教师|支教|干部|专家|人才"), ("medical_team", "医疗队|医生"))
SURE, DOUBTFUL = 2.5, 0.5  # a number with words of its own takes little from those before it
PAIRS = 1.6  # what the measure word 对 says for a pairing
FINDING = 0.6  # how much money words weigh where an audit tells what it found
MEDICAL = 2.0  # what doctors must weigh to be counted by themselves among those who are sent
HEADING = 26  # characters of a line that is a heading
OTHER = Weighed("other", 0)


class Deciding:
    """What is known of a document when its numbers are judged."""

    def __init__(self, frame: Document) -> None:
        self.frame = frame
        self.medical = bool(
            re.search("医院|医疗|卫生", frame.title)
        )  # whose people are doctors, where nothing else is said
        self.findings = False  # under a heading of what an audit found
        self.main = self.people = ""  # the kinds of money and of people that a notice speaks of
        if frame.sort == "notice":
            self.main = next((kind for kind, rule in MAIN if re.search(rule, frame.title)), "")
            self.people = next((kind for kind, rule in MAIN_OF_PEOPLE if re.search(rule, frame.title)), "")

    def heading(self, text: str) -> None:
        """Take note of a line that is a heading."""
        if self.frame.sort == "audit" and len(text.strip()) < HEADING:
            begins = re.match(r"\s*[一二三四五六七八九十]、", text)
            self.findings = bool(_FINDINGS.search(text)) or (self.findings and not begins)

    def kind(
        self, at: Place, weighed: dict[str, Weighed], text: str, earlier: Sequence[Candidate], head: Head | None
    ) -> Weighed:
        """The heaviest kind, if it weighs enough; a part is of its whole's kind, a bare amount of the one before it."""
        number = at.number
        column = head.column(text, number) if head and not number.unit else None
        if column and column.words and (named := of_column(column.words, number)):
            return named
        if number.base == "yuan" and earlier and (follows := _follows(at, text, earlier[-1])):
            return Weighed(follows, 0)
        if number.base == "yuan" and _APIECE.search(text, max(at.clause[0], number.start - 12), number.start):
            return OTHER
        spent = weighed.get("funds_spent", OTHER)
        if self.findings and re.match("列支|发放|使用|投入", spent.words):  # what was found wrong, not how money went
            weighed = {kind: one for kind, one in weighed.items() if kind != "funds_spent"}
        doctors = weighed.get("medical_team", OTHER)
        if self.findings and number.base == "yuan":
            weighed = {k: w if k == "other" else replace(w, weight=w.weight * FINDING) for k, w in weighed.items()}
        near = [w for w in weighed.values() if w.near and w.kind != "other" and w.weight >= SURE]
        surest = max(near, key=lambda one: one.weight, default=OTHER)
        for kind, bonus in self._bonuses(at, text, earlier, sure=bool(near)):
            own = weighed.get(kind, Weighed(kind, 0))
            share = DOUBTFUL if near and surest.kind != kind else 1
            weighed[kind] = replace(own, weight=own.weight + bonus * share)
        best = max(weighed.values(), key=lambda one: one.weight, default=OTHER)
        if best.kind == "secondment":
            best = self._sent(best, doctors)
        return best if best.weight >= LEAST else OTHER

    def _sent(self, best: Weighed, doctors: Weighed) -> Weighed:
        """Of those who are sent, doctors are counted by themselves; in a paper of a hospital all are, if nothing else is said."""
        if doctors.weight >= MEDICAL:
            return doctors
        if self.medical and not re.search("干部|教师|老师", best.words):
            return replace(best, kind="medical_team")
        return best

    def _bonuses(
        self, at: Place, text: str, earlier: Sequence[Candidate], *, sure: bool
    ) -> Iterator[tuple[str, float]]:
        """What speaks for a kind beside the words around the number, and how much."""
        yield from self._inherited(at, text, earlier)
        label = _LABEL.match(text, at.sentence[0]) or _LABEL.match(text, at.clauses.items.at(at.number.start)[0])
        if label and label.end() <= at.number.start and not sure:
            yield from ((kind, LABELLED) for kind in labelled(label[0], at.number)[:1])
        if at.number.unit == "对":
            yield "pairing", PAIRS
        if at.number.base == "person" and self.people:
            yield self.people, 1.6
        if at.number.base != "yuan":
            return
        if self.main:
            yield self.main, 2.8 if at.number.unit else 3.0
        if self.frame.ahead and "资金" in text[max(at.clause[0], at.number.start - 12) : at.number.start]:
            yield "funds_planned", 0.9

    def _inherited(self, at: Place, text: str, earlier: Sequence[Candidate]) -> Iterator[tuple[str, float]]:
        """The kind that a number may have from those before it, and how much that weighs."""
        number, recent = at.number, earlier[-RECENT:]
        if recent and self._nested(at, text, recent[-1]):
            yield recent[-1].kind, 1.8
        breakdown = _BREAKDOWN.match(text, at.sentence[0])
        before = self._before(recent, at, breakdown=breakdown is not None)
        if before is None or before.number is None or number.start - before.end > REACH:
            return
        between = text[before.end : number.start]
        same = before.sentence == at.sentence
        if breakdown or (same and _PART.search(between)):
            yield before.kind, 2.0
        elif same and LISTED.fullmatch(between):
            yield before.kind, 1.5
        elif same and before.number.unit == number.unit:
            yield before.kind, 0.7
        elif number.base == "yuan":
            yield before.kind, 0.86

    def _before(self, recent: Sequence[Candidate], at: Place, *, breakdown: bool) -> Candidate | None:
        """The candidate that may give a number its kind: the last that is counted alike; the whole, where that is a part."""
        givers = [c for c in recent if _gives_on(c, at)]
        if breakdown and givers and givers[-1].sentence != at.sentence:  # of a whole, not of the last of its parts
            wholes = (c for c in reversed(givers) if c.number and c.number.value >= at.number.value)
            return next(wholes, givers[-1])
        if not givers or not givers[-1].whole or givers[-1].kind == "project_count":
            return givers[-1] if givers else None
        whole = (c for c in givers if (c.start, c.end) == givers[-1].whole and c.sentence == at.sentence)
        return next(whole, givers[-1])

    def _nested(self, at: Place, text: str, last: Candidate) -> bool:
        """Whether two counts are of one thing: 4期164人, 彩超2台，价值46万元."""
        beside = at.before is not None and last.end == at.before.end
        other = last.number is not None and last.number.base != at.number.base
        return beside and other and last.kind in NESTED and bool(_NEXT.fullmatch(text[last.end : at.number.start]))


def _follows(at: Place, text: str, last: Candidate) -> str:
    """The kind that follows from the amount before: what has come of the one agreed, a part in cash of what was raised."""
    gap = text[last.end : at.number.start]
    if last.sentence != at.sentence:
        return ""
    if last.kind == "agreement_amount" and _CAME.fullmatch(gap):
        return "investment"
    return last.kind if last.kind == "funds_raised" and _IN_CASH.fullmatch(gap) else ""


def _gives_on(candidate: Candidate, at: Place) -> bool:
    """Whether a candidate before a number may give it its kind: it is counted alike."""
    number = candidate.number
    return (
        number is not None
        and number.base == at.number.base
        and candidate.kind in INHERITED
        and fits(candidate.kind, at.number)
    )
