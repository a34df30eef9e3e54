"""构成: what a figure is made of, drawn to scale: parts of a sum, what is listed of a stated total, a share."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.statistics.members import Member
from duikou.statistics.trace import Trail
from duikou.statistics.trace_said import equation

WIDE, NARROW = 820, 358  # pixels the bar has on a desk and on a phone; a label that would not fit stands under it
MOST = 24  # parts that are drawn one by one


@dataclass(frozen=True)
class Bar:
    """One part of the bar: where it begins and how wide it is, in hundredths of the whole; what is written in it."""

    x: str
    width: str
    number: str
    label: str
    look: str = "full"
    room: int = WIDE

    @property
    def fits(self) -> bool:
        """Whether the label has room in the bar."""
        return self._label <= self.room

    @property
    def number_fits(self) -> bool:
        """Whether the number has room in the bar."""
        return self._number <= self.room

    @property
    def wide(self) -> str:
        """The words that have room on a desk only: both, the label, or none."""
        room = self.room * NARROW // WIDE
        return "wide" if self._number > room else "wide-label" if self._label > room else ""

    @property
    def _label(self) -> float:
        return len(self.label) * 12.5 + 22

    @property
    def _number(self) -> float:
        return len(self.number) * 12 + 22

    @property
    def said(self) -> str:
        """Number and label, for those who cannot see the bar."""
        return f"{self.label}{self.number}"


@dataclass(frozen=True)
class MakeUp:
    """The drawing with its subtitle, the equation under it and the labels that found no room."""

    subtitle: str
    bars: tuple[Bar, ...] = ()
    equation: str = ""

    @property
    def outside(self) -> list[Bar]:
        """The parts whose label stands under the bar."""
        return [bar for bar in self.bars if bar.label and not bar.fits]

    @property
    def said(self) -> str:
        """The drawing in a sentence."""
        return "、".join(bar.said for bar in self.bars) + (f"；{self.equation}" if self.equation else "")


def make_up(found: Trail) -> MakeUp:
    """What a figure is made of."""
    figure, counted = found.figure, found.counted
    if found.parts:
        return _share(found)
    if figure.mark:
        return MakeUp(figure.standing.blank)
    if figure.definition.distinct and not figure.blank:
        return MakeUp(_heads(figure))
    if figure.blank or not counted:
        return MakeUp("没有可以计入的记录")
    if figure.standing.total:
        return _stated(found)
    if len(counted) == 1:
        return MakeUp("由 1 条记录直接得出，未作计算")
    if len(counted) > MOST:
        return MakeUp(f"{len(counted)} 条记录，逐条见下表", equation=equation(found))
    if figure.definition.count:
        bars = _bars([(1, "1", _label(m), "full") for m in counted])
        return MakeUp(f"{len(counted)} 条记录，逐条计数，每条计 1", bars)
    sizes = [(_size(m.value), (m.value and number_of(m.value, figure)) or "", _label(m), "full") for m in counted]
    how = "宽度与数值成比例" if all(m.value and m.value.exact for m in counted) else "宽度与数值成比例，概数按下限"
    return MakeUp(f"计入的 {len(counted)} 条记录；{how}", _bars(sizes), equation(found))


def _heads(figure: Figure) -> str:
    """Heads and person-times of a list of names."""
    said = f"{figure.text}，{figure.standing.records} 人次；一人参加几次，只计一次"
    unsure = figure.value is not None and not figure.value.exact
    return f"{said}；有的没有身份证号，只能按姓名和单位认，可能与有身份证号的是同一人，所以写成区间" if unsure else said


def number_of(value: Quantity, figure: Figure) -> str:
    """A value as it stands in a column headed by the figure's unit; with its own unit where that is another."""
    written = write(value)
    if written.unit == figure.unit or figure.value is None or value.unit != figure.value.unit:
        return written.number if written.unit == figure.unit else written.text
    if value == figure.value:
        return figure.number
    return write(value, write(figure.value).scale).number


def _size(value: Quantity | None) -> int:
    return (value.low or value.high or 0) if value else 0


def _label(member: Member) -> str:
    return f"{member.who}{member.form}" if member.who else member.label


def _stated(found: Trail) -> MakeUp:
    """A total that the source states: how much of it is listed, and what came by itself later."""
    standing, figure = found.figure.standing, found.figure
    assert standing.total is not None  # noqa: S101  asked by the caller
    listed, later = standing.listed, standing.later
    said = f"来源只说总数 {number_of(standing.total, figure)}"
    sizes = []
    if _size(listed):
        assert listed is not None  # noqa: S101  a blank has no size
        said += f"，其中已列明 {number_of(listed, figure)}，不再相加"
        sizes.append((_size(listed), number_of(listed, figure), "已列明", "full"))
    if (rest := _size(standing.total) - _size(listed)) > 0:
        sizes.append((rest, "" if sizes else number_of(standing.total, figure), "尚未列明", "open"))
    if later:
        said += "；其后另有单列"
        sizes.append((_size(later), number_of(later, figure), "其后单列", "later"))
    equation_ = f"{write(standing.total).text} ＋ {write(later).text} ＝ {figure.text}" if later else ""
    return MakeUp(f"{said}；宽度与数值成比例", _bars(sizes), equation_)


def _share(found: Trail) -> MakeUp:
    """A part of a whole: the whole is the bar, the part its beginning."""
    part, whole = (p.figure for p in found.parts)
    if part.value is None or whole.value is None:
        return MakeUp("两个数字相除；分子或分母未报，不作计算")
    inside, outside = _size(part.value), _size(whole.value)
    sizes = [(min(inside, outside), part.text, part.definition.name, "full")]
    if outside > inside:
        sizes.append((outside - inside, "", "其余", "open"))
    return MakeUp("两个数字相除，先各自相加再相除；全长为分母", _bars(sizes))


def _bars(sizes: Sequence[tuple[int, str, str, str]]) -> tuple[Bar, ...]:
    """Bars one after the other, together as wide as the drawing."""
    ends = [0, *accumulate(size for size, *_ in sizes)]
    whole = ends[-1] or 1
    return tuple(
        Bar(
            _hundredths(begin, whole),
            _hundredths(end - begin, whole),
            number,
            label,
            look,
            (end - begin) * WIDE // whole,
        )
        for (begin, end), (_, number, label, look) in zip(pairwise(ends), sizes, strict=True)
    )


def _hundredths(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%"
