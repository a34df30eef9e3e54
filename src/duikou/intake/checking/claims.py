"""A claim: one number of a draft with what its words say it is of: statistics, names, time, state."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from duikou.rules.period import Period, months
from duikou.rules.quantity import Quantity

from ..prose.candidate import Candidate, Reason
from ..prose.folding import fold
from ..prose.reading import Passed, Reading
from .around import HEAD, around_of, clause_of, goes_on, part_of, sentence_of
from .counted import counted_in, digit_of, in_columns, tried
from .meanings import Around, Meant, Stretch, meant
from .names import Directory, Named
from .strangers import inside, strangers_in

_UNTIL = re.compile("截至|截止|目前|至今|以来|累计")
_SCALE = re.compile(r"^（[^（）]{1,4}）(?:\t[0-9.,]+)+\t?$")  # the marks of a chart's scale are no numbers of the paper
_LISTED = re.compile("(?:其中|包括|[0-9万亿元人名个：]：)[^。；]*$")
_WITHIN, _YEAR = re.compile("年内|全年|年底|年末|当年|同年|期间"), re.compile("(20[0-9]{2})年")
_OF_IT = re.compile("其中[^，。；]*$")
_LABEL = re.compile("(?:图|表|附件|附表|注|文号|编号|电话)[：: ]{0,2}$")
_TOTAL = re.compile("(?:合计|共计|总计|一共)[^，。；]{0,4}$")


@dataclass(frozen=True)
class Claim:
    """One number as it stands, the statistics it may be of, the names around it, the time that is said of it.

    `said`: the time its own sentence says; `heard`: one that was said before it. `names`: those of its part of the
    sentence up to it; `listed`: it is a part of something said before it; `close`: those that stand at the number itself; `near`: the words there;
    `strangers`: parties named that the book does not know.
    """

    paragraph: int
    start: int
    end: int
    text: str
    words: str
    part: str
    raw: str = field(repr=False)
    quantity: Quantity | None
    unit: str
    digit: int
    kind: str = "other"
    basis: str = "actual"
    per: str = ""
    meant: tuple[Meant, ...] = ()
    names: tuple[Named, ...] = ()
    close: tuple[Named, ...] = ()
    near: str = ""
    strangers: tuple[str, ...] = ()
    said: Period | None = None
    until: bool = False
    heard: Period | None = None
    total: bool = False
    listed: bool = False
    reasons: tuple[Reason, ...] = field(default=(), repr=False)
    why: str = ""

    @property
    def deciding(self) -> tuple[str, ...]:
        """The words that made it what it is, each once."""
        own = [one.words for one in self.meant if one.words]
        read = [reason.words for reason in self.reasons if reason.made in ("period", "basis") and reason.end]
        return tuple(dict.fromkeys([*own, *(one.words for one in self.close if not one.whole), *read]))


def claims(paragraphs: Sequence[str], reading: Reading, names: Directory) -> Iterator[Claim]:
    """Every number of a draft in order of place: those read as claims, those that cannot be read with the reason."""
    read: dict[int, list[Candidate]] = defaultdict(list)
    left: dict[int, list[Passed]] = defaultdict(list)
    for candidate in reading.candidates:
        if candidate.number and candidate.text:
            read[candidate.paragraph].append(candidate)
    before: Claim | None = None
    for passed in reading.unread:
        left[passed.paragraph].append(passed)
    for at, raw in enumerate(paragraphs, 1):
        if (read[at] or left[at]) and not _SCALE.match(text := fold(raw)):
            spans = sorted([*((c.start, c.end) for c in read[at]), *((p.start, p.end) for p in left[at])])
            own = sorted(read[at], key=lambda one: one.start)
            claimed = list(_read_ones(text, raw, own, spans, names, before))
            before = claimed[-1] if claimed else before
            yield from sorted([*claimed, *_passed_ones(text, raw, left[at], spans, names)], key=lambda one: one.start)


def _read_ones(
    text: str, raw: str, read: Sequence[Candidate], spans: Sequence[Stretch], names: Directory, last: Claim | None
) -> Iterator[Claim]:
    """The claims of a paragraph; a number without words of its own speaks of what the one before it spoke of.

    `last`: the last one of the paragraph before, which a paragraph that begins with 其中 goes on with.
    """
    before = last if goes_on(text, 0) else None
    masked = names.masked(text)
    for one in read:
        if _LABEL.search(text[max(0, one.start - 6) : one.start]):
            continue
        around = around_of(masked, (one.start, one.end), one.sentence, spans)
        if "\t" in raw and not re.search(r"[^0-9.,]", one.text) and (value := in_columns(raw, one.text)):
            one = replace(one, quantity=value)
        unit = counted_in(one)
        found = meant(around, unit, one.kind)
        on = goes_on(text, one.sentence[0])
        weak = not found or all(hit.far for hit in found) or (on and not any(hit.near for hit in found))
        if (
            weak
            and before
            and before.unit == unit
            and (on or (before.paragraph == one.paragraph and before.end > one.sentence[0]))
        ):
            found = before.meant
        claim = _claim(text, raw, one, around, found, names)
        if found and not _OF_IT.search(text[max(0, one.start - HEAD) : one.start]):
            before = claim
        yield claim


def _claim(text: str, raw: str, one: Candidate, around: Around, found: tuple[Meant, ...], names: Directory) -> Claim:
    """A number that was read, with what stands around it."""
    period = next((reason for reason in one.reasons if reason.made == "period" and reason.end > reason.start), None)
    basis = next((reason for reason in one.reasons if reason.made == "basis"), None)
    own = bool(period and one.sentence[0] <= period.start < one.sentence[1])
    said = _year_before(text, one, period) if period and own else None
    first, last = part_of(text, one.sentence, (one.start, one.end))
    end = around.near[1][1]
    strangers = list(strangers_in(text, one, (first, end), names))
    known = [n for n in names.named(text, first, end) if not inside(n, strangers)]
    return Claim(
        paragraph=one.paragraph, start=one.start, end=one.end, text=one.text,
        words=raw[slice(*clause_of(text, one.start, one.end))], part=text[first:last], raw=raw,
        quantity=one.quantity, unit=counted_in(one), digit=digit_of(one), kind=one.kind,
        basis=one.basis if basis is None or basis.end else "actual", per=one.per, meant=found,
        names=tuple(known), close=tuple(n for n in known if inside(n, around.near)), near=_near(text, around),
        strangers=tuple(text[a:b] for a, b in strangers), said=(said or one.period) if own else None,
        until=bool(period and own and _UNTIL.search(text[max(0, period.start - 4) : period.end])),
        heard=None if own else one.period, total=bool(_TOTAL.search(text[first : one.start])),
        listed=bool(_LISTED.search(text[first : one.start])), reasons=one.reasons,
        why="" if one.quantity else "单位或写法不能记账",
    )  # fmt: skip


def _year_before(text: str, one: Candidate, period: Reason) -> Period | None:
    """年内 in a sentence that has named its year is that year."""
    if not _WITHIN.fullmatch(period.words):
        return None
    years = _YEAR.findall(text[one.sentence[0] : period.start])
    return months(int(years[-1]), 1, 12) if years else None


def _passed_ones(
    text: str, raw: str, passed: Sequence[Passed], spans: Sequence[Stretch], names: Directory
) -> Iterator[Claim]:
    """Numbers that the reader left: one that some statistic is counted in is a claim all the same."""
    masked = names.masked(text) if passed else ""
    for one in passed:
        if _LABEL.search(text[max(0, one.start - 6) : one.start]):
            continue
        sentence = sentence_of(text, one.start)
        around = around_of(masked, (one.start, one.end), sentence, spans)
        first, last = part_of(text, sentence, (one.start, one.end))
        quantity = in_columns(raw, one.text) if "\t" in raw else None
        if quantity:
            found = meant(around, quantity.unit, "other")
        else:
            found, quantity = tried(around, one.text)
        yield Claim(
            paragraph=one.paragraph, start=one.start, end=one.end, text=one.text,
            words=raw[slice(*clause_of(text, one.start, one.end))], part=text[first:last], raw=raw, quantity=quantity,
            unit=quantity.unit if quantity else "", digit=1, meant=found,
            names=tuple(names.named(text, first, around.near[1][1])), close=_close(text, around, names),
            near=_near(text, around), why=one.why if not found else "",
        )  # fmt: skip


def _close(text: str, around: Around, names: Directory) -> tuple[Named, ...]:
    return tuple(one for stretch in around.near for one in names.named(text, *stretch))


def _near(text: str, around: Around) -> str:
    return " ".join(text[first:last] for first, last in around.near)
