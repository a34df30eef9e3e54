"""The words in 【 】 before a sentence: which records it tells, and when it is said."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from . import outline_words as words
from .outline_form import Choice, Condition, Members

Odd = tuple[str, str, str]
_DIGITS = {**{c: n for n, c in enumerate("一二三四五六七八九十", 1)}, "两": 2}
_ORDINAL = "([0-9]+|[一二两三四五六七八九十])"
ANSWERED = "commitments"  # the records that are answered
_KINDS = {"等于": "equal", "少于": "less", "多于": "more"}
WAYS = (
    "逐条写捐助", "形式为捐资或筹资", "期间内", "有日期", "有主题", "只写前3条", "从第2条起", "只有一条时", "有几条时",
    "期间内或无日期", "与期间交叉", "期末未答复", "至多20条时", "多于20条时",
    "逐个写{已拨付到位}的受援单位", "占5%以上", "有几个时", "逐年写", "有{已拨付到位}", "没有捐助", "{已启动实施项目数}等于{项目数}",
    "{列名项目数}多于1", "{意向协议金额}是概数", "引出下文",
)  # fmt: skip


@dataclass(frozen=True)
class Spec:
    """What the words before a sentence say."""

    each: Choice | None = None
    members: Members | None = None
    years: bool = False
    several: bool = False
    when: tuple[Condition, ...] = ()
    lead: bool = False

    @property
    def repeated(self) -> bool:
        """Whether the sentence is said more than once."""
        return bool(self.each or self.members or self.years)

    def chosen(self, **how: object) -> "Spec":
        """The same with its records chosen otherwise."""
        return replace(self, each=replace(self.each, **how)) if self.each else self  # type: ignore[arg-type]


class NotUnderstood(ValueError):
    """A condition that says nothing: what was expected, how to mend it."""

    def __init__(self, expected: str, remedy: str) -> None:
        self.expected, self.remedy = expected, remedy
        super().__init__(expected)


def understood(said: str) -> tuple[Spec, list[Odd]]:
    """What the words say, and what of them was not understood."""
    spec, odd = Spec(), []
    for part in re.split("[，；,;]", said):
        try:
            spec = _phrase(spec, part.strip())
        except NotUnderstood as wrong:
            odd.append((f"条件“{part.strip()}”", wrong.expected, wrong.remedy))
    return spec, odd


def _phrase(spec: Spec, part: str) -> Spec:
    """A spec with one more condition."""
    for pattern, take in PHRASES:
        if found := pattern.fullmatch(part):
            return take(spec, *found.groups())
    near = words.nearest(part, list(WAYS))
    raise NotUnderstood("看得懂的条件", f"相近的写法：{near}" if near else f"可以写：{'、'.join(WAYS[:8])}等")


def _table(word: str) -> str:
    """The table of a word."""
    if word in words.tables():
        return words.tables()[word]
    if word in words.tables().values():
        return word
    raise NotUnderstood("一类记录，如捐助、往来、项目", f"相近的有：{words.nearest(word, words.tables())}")


def _sheet(name: str) -> str:
    """The sheet of a name or code."""
    name = name.strip("{} ")
    codes = words.figures().get(name, ()) or ((name,) if name in words.codes() else ())
    if len(codes) == 1:
        return codes[0]
    near = "、".join(codes) or words.nearest(name, {**words.figures(), **dict.fromkeys(words.codes())})
    raise NotUnderstood("一个口径的名称或代码", f"相近的有：{near}")


def _each(spec: Spec, word: str) -> Spec:
    return replace(spec, each=Choice(_table(word)))


def _members(spec: Spec, figure: str, word: str) -> Spec:
    sheet = _sheet(figure)
    letter = words.cut_letter(sheet, word)
    if letter is None:
        by = [name for name in words.DIMENSIONS if words.cut_letter(sheet, name)]
        raise NotUnderstood(f"{figure}可以分开的", f"可以按{'、'.join(by)}分开" if by else "这个口径不能分开")
    return replace(spec, members=Members(sheet, letter))


def _share(spec: Spec, percent: str) -> Spec:
    if spec.members is None:
        raise NotUnderstood("写在“逐个写……”之后", "如【逐个写{已拨付到位}的受援单位，占5%以上】")
    return replace(spec, members=replace(spec.members, share=int(percent)))


def _several(spec: Spec) -> Spec:
    if spec.years:
        return replace(spec, several=True)
    if spec.members is None:
        raise NotUnderstood("写在“逐个写……”或“逐年写”之后", "如【逐个写{已拨付到位}的受援单位，有几个时】")
    return replace(spec, members=replace(spec.members, several=True))


def _where(spec: Spec, column: str, said: str) -> Spec:
    if spec.each is None:
        raise NotUnderstood("写在“逐条写……”之后", "如【逐条写捐助，形式为捐资】")
    table, chosen = spec.each.table, []
    name = words.filtered(table, column)
    for one in re.split("或|、", said):
        code = words.value(table, name, one)
        if code is None:
            raise NotUnderstood(
                f"{column}的一种", f"可以写：{'、'.join(words.values(table, name)) or '这类记录不按它选'}"
            )
        chosen.append(code)
    return spec.chosen(where={**spec.each.where, name: tuple(chosen)})


def _has(spec: Spec, what: str) -> Spec:
    """有{口径}, 有捐助 of the whole; after 逐条写 有主题 of each record."""
    if what.startswith("{"):
        return _told(spec, "has", _sheet(what))
    if spec.each is None:
        return _told(spec, "records", _table(what))
    columns = words.columns(spec.each.table)
    if what not in columns:
        raise NotUnderstood("这类记录有的列", f"可以写：{'、'.join(f'有{name}' for name in columns)}")
    return spec.chosen(has=columns[what])


def _lacks(spec: Spec, what: str) -> Spec:
    return _told(spec, "lacks", _sheet(what)) if what.startswith("{") else _told(spec, "no_records", _table(what))


def _told(spec: Spec, kind: str, of: str, than: str = "") -> Spec:
    return replace(spec, when=(*spec.when, Condition(kind, of, than)))  # type: ignore[arg-type]


def _beside(spec: Spec, one: str, how: str, other: str) -> Spec:
    return _told(spec, _KINDS[how], _sheet(one), _sheet(other) if other.startswith("{") else other)


def _number(said: str) -> int:
    return _DIGITS[said] if said in _DIGITS else int(said)


def _of_records(take: Callable[[Spec, Sequence[str]], Spec]) -> Callable[..., Spec]:
    """A condition on the records of a sentence, which must be named before it."""

    def checked(spec: Spec, *said: str) -> Spec:
        if spec.each is None:
            raise NotUnderstood("写在“逐条写……”之后", "如【逐条写往来，有日期】")
        return take(spec, said)

    return checked


def _unanswered(spec: Spec, _: Sequence[str]) -> Spec:
    if spec.each is None or spec.each.table != ANSWERED:
        raise NotUnderstood("写在“逐条写承诺”之后", "如【逐条写承诺，期末未答复】")
    return spec.chosen(unanswered=True)


def _phrases() -> Iterator[tuple[str, Callable[..., Spec]]]:
    yield r"逐条写(.+)", _each
    yield r"逐个写(\{[^}]+\})的(.+)", _members
    yield "有几个时", _several
    yield "逐年写", lambda spec: replace(spec, years=True)
    yield "占([0-9]{1,2})%以上", _share
    yield "引出下文", lambda spec: replace(spec, lead=True)
    yield "有日期", _of_records(lambda spec, _: spec.chosen(dated=True))
    yield "期间内", _of_records(lambda spec, _: spec.chosen(within=True))
    yield "与期间交叉", _of_records(lambda spec, _: spec.chosen(crossing=True))
    yield "期间内或无日期", _of_records(lambda spec, _: spec.chosen(within=True, undated=True))
    yield "期末未答复", _of_records(_unanswered)
    yield f"至多{_ORDINAL}条时", _of_records(lambda spec, said: spec.chosen(most=_number(said[0])))
    yield f"多于{_ORDINAL}条时", _of_records(lambda spec, said: spec.chosen(least=_number(said[0]) + 1))
    yield "只有一条时", _of_records(lambda spec, _: spec.chosen(count="one"))
    yield "有几条时", _of_records(lambda spec, _: spec.chosen(count="several"))
    yield f"只写前{_ORDINAL}条", _of_records(lambda spec, said: spec.chosen(first=_number(said[0])))
    yield (
        f"只写第{_ORDINAL}条",
        _of_records(lambda spec, said: spec.chosen(skip=_number(said[0]) - 1, first=_number(said[0]))),
    )
    yield f"从第{_ORDINAL}条起", _of_records(lambda spec, said: spec.chosen(skip=_number(said[0]) - 1))
    yield r"(\{[^}]+\})是概数", lambda spec, of: _told(spec, "hedged", _sheet(of))
    yield r"(\{[^}]+\})是确数", lambda spec, of: _told(spec, "exact", _sheet(of))
    yield r"(\{[^}]+\})(等于|少于|多于)(\{[^}]+\}|[0-9]+)", _beside
    yield "没有(.+)", _lacks
    yield "有(.+)", _has
    yield f"({'|'.join(words.FILTERS)})为(.+)", _where


PHRASES = tuple((re.compile(pattern), take) for pattern, take in _phrases())
