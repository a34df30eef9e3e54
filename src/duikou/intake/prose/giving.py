"""Who gives and who receives, by what sort of thing is told and by the names around it with their sides and cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .cases import AFTER, AGENT, SOURCE, SUBJECT, TARGET, Named
from .sides import Sides
from .siding import GIVES, TAKES

_SCHOOL = ("学校", "中学", "小学", "大学", "学院", "班")
_FIRM = ("公司", "集团", "企业", "厂", "商会", "合作社")
MUTUAL = {"agreement", "pairing", "meeting"}
SENT = {"secondment", "medical_team", "visit"}  # people, who go either way
GIFTS = {"donation_cash", "donation_goods", "funds_raised", "support_in_kind"}
MONEY = {"funds_planned", "funds_allotted", "funds_disbursed", "funds_received", "funds_secured"}
LEARNING = {"training", "students"}
PLACED = {"funds_spent"}  # what is done on the receiving side, whoever gave for it
RESULTS = {"project_count", "jobs", "sales", "output", "profit_and_tax", "capacity", "other"}
BROUGHT = {"investment", "agreement_amount"}  # enterprise money, which goes to the receiving side
TOLD = {*MUTUAL, *SENT, *GIFTS, *MONEY, *LEARNING, *PLACED, *RESULTS, *BROUGHT}
Words = str | None


@dataclass(frozen=True)
class Around:
    """The names around what is told: of its clause, right before it, of the sentence; 双方 and 来津培训 in the clause."""

    here: Sequence[Named]
    beside: Sequence[Named]
    wide: Sequence[Named]
    both: bool = False
    comes: bool = False


def roles(kind: str, names: Around, sides: Sides) -> tuple[Words, Words]:
    """Giver and receiver: people go either way, all else goes from the giving side to the receiving."""
    if kind in SENT:
        return _sent(names, sides)
    given, taken = sides.both()
    if (kind in GIFTS or (kind in LEARNING and names.comes)) and (back := _back(names.here)):
        return back
    if kind in MUTUAL and (pair := _pair(names.here)):
        return pair
    if kind in MUTUAL and names.both:
        return given or None, taken or None
    giver, receiver = _giver(kind, names), _receiver(kind, names, taken)
    if kind in PLACED:
        return None, receiver or taken or None
    if kind not in GIFTS and kind not in BROUGHT:
        giver = giver or given or None
    return giver, receiver or taken or None


def _giver(kind: str, names: Around) -> Words:
    """Who is said to give; enterprise money is a firm's."""
    if kind in BROUGHT:
        firm = next((one for one in names.here if one.words.endswith(_FIRM) and one.case != TARGET), None)
        if firm:
            return firm.words
    helps = _gives if kind in GIFTS or kind in BROUGHT else _helps
    done = [one for one in names.wide if one.case not in (TARGET, AFTER)]
    return _first(names.beside, helps) or _first(done, helps) or _first(names.wide, helps)


def _receiver(kind: str, names: Around, taken: str) -> Words:
    """Who is said to receive: the school that pupils go to, the county whose treasury it is."""
    school = next((one for one in names.here if one.case == TARGET and one.words.endswith(_SCHOOL)), None)
    if kind == "students" and school:
        return school.words
    receiver = _first(names.beside, _helped) or _target(names.here) or _first(names.here, _helped)
    return taken if receiver and receiver.endswith("财政") and taken else receiver


def _sent(names: Around, sides: Sides) -> tuple[Words, Words]:
    """Who sends people and who takes them in: by the cases, then by the sides."""
    given, taken = sides.both()
    across = {GIVES: taken, TAKES: given}
    source = next((one for one in names.here if one.case in (SOURCE, AGENT)), None)
    target = next((one for one in names.here if one.case == TARGET), None)
    subject = _subject(names.beside) or _subject(names.here)
    if source:
        taker = subject if subject and subject.side != source.side else target
        return source.words, (taker.words if taker else across.get(source.side, taken)) or None
    if subject:
        return subject.words, (target.words if target else across.get(subject.side, taken)) or None
    if target:
        return across.get(target.side, taken) or None, target.words
    return given or None, taken or None


def _subject(names: Sequence[Named]) -> Named | None:
    return next((one for one in names if one.case == SUBJECT), None)


def _back(names: Sequence[Named]) -> tuple[str, str] | None:
    """A gift that goes the other way: the receiving side gives to the giving one."""
    subject, target = _subject(names), next((one for one in names if one.case == TARGET), None)
    if subject and target and (subject.side, target.side) == (TAKES, GIVES):
        return subject.words, target.words
    return None


def _pair(names: Sequence[Named]) -> tuple[str, str] | None:
    """Two that a clause joins, X与Y: the one of the giving side first."""
    for one, other in pairwise(names):
        if one.joined and one.side and other.side and one.side != other.side:
            return (other.words, one.words) if other.side == GIVES else (one.words, other.words)
    return None


def _helps(one: Named) -> bool:
    """Whether a name is of the giving side, or of neither and said to be the one who does it."""
    return one.side == GIVES or (one.side == "" and one.case in (AGENT, SOURCE))


def _gives(one: Named) -> bool:
    """Whether a name may be of who gives: also any of neither side that stands as the subject."""
    return _helps(one) or (one.side == "" and one.case == SUBJECT)


def _helped(one: Named) -> bool:
    """Whether a name is of the receiving side."""
    return one.side == TAKES


def _first(names: Sequence[Named], fits: Callable[[Named], bool]) -> Words:
    return next((one.words for one in names if fits(one)), None)


def _target(names: Sequence[Named]) -> Words:
    """To whom it goes, where that is not of the giving side."""
    return next((one.words for one in names if one.case == TARGET and one.side != GIVES), None)
