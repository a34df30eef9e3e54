"""提纲的写法: the plain text that an official edits becomes an outline; whatever is not understood is named with its line."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from duikou.rules.outlines import Odd
from duikou.statistics.tables import sheets_of

from . import outline_words as words
from .outline_beside import attached, drawing
from .outline_conditions import NotUnderstood, Spec, understood
from .outline_form import SLOT, Attached, Outline, Section, Sentence
from .outline_proof import typed_by_hand

HEADS = {"名称": "name", "题目": "title", "称谓": "salutation", "范围": "scope"}
INSTEAD = {"没有数": "none", "否则": "else", "概数": "hedged", "只有一条": "one", "有几条": "several"}
INSIDE = ("每条：", "每个：", "每年：", "有则写：")
_NUMERAL = "一二三四五六七八九十"
_CHAPTER = re.compile(f"^[{_NUMERAL}]+、(.+)$")
_PART = re.compile(f"^（[{_NUMERAL}]+）(.+)$")
_HEAD = re.compile(f"^({'|'.join(HEADS)})：(.*)$")
_INSTEAD = re.compile(f"^({'|'.join(INSTEAD)})：(.*)$")
_YIELDS = re.compile("^产出写法：(.*?)／(.*?)：(.+)$")
_FULL = str.maketrans("｛｝［］", "{}[]")


@lru_cache(maxsize=256)
def parse(text: str, code: str = "", edition: int = 0) -> tuple[Outline, tuple[Odd, ...]]:
    """The outline of a text, and all that was not understood, in the order of its lines."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        reader.take(number, line.translate(_FULL).strip().strip("\u3000"))
    reader.close()
    said = reader.said
    if not said.get("title"):
        reader.find(1, "没有题目", "一行“题目：关于……的报告”", "在开头补上题目")
    if said.get("scope", "") not in ("", "一个项目"):
        reader.find(1, f"范围：{said['scope']}", "范围：一个项目，或者不写范围", "改范围一行")
    if not any(section.paragraphs for section in reader.sections):
        reader.find(1, "没有一句正文", "至少一句", "写正文，一句一行，空一行另起一段")
    scope = "project" if said.get("scope") else ""
    outline = Outline(
        code, said.get("name") or code, said.get("title", ""), said.get("salutation", ""), scope, tuple(reader.yields),
        tuple(reader.sections), edition, text, tuple(reader.annexes),
    )  # fmt: skip
    return outline, tuple(sorted(reader.odd, key=lambda odd: odd.line))


class _Reader:
    """The text line by line: what was read so far, what was odd."""

    def __init__(self) -> None:
        self.odd: list[Odd] = []
        self.said: dict[str, str] = {}
        self.yields: list[dict[str, object]] = []
        self.sections: list[Section] = [Section("", 1)]
        self.paragraph: list[Sentence] = []
        self.annexes: list[Attached] = []

    def find(self, line: int, found: str, expected: str, remedy: str) -> None:
        """Keep what is odd."""
        self.odd.append(Odd(line, found, expected, remedy))

    def take(self, number: int, line: str) -> None:
        """One line."""
        if not line:
            self.close()
        elif line.startswith(("注：", "#")):
            return
        elif head := _HEAD.match(line):
            self._head(number, HEADS[head[1]], head[2].strip())
        elif line.startswith("产出写法："):
            self._yield(number, line)
        elif line.startswith("图："):
            self._drawing(number, line)
        elif line.startswith("附件："):
            self._annex(number, line)
        elif line == "【结尾】":
            self._section("", 1)
        elif chapter := _CHAPTER.match(line):
            self._heading(number, chapter[1], 1)
        elif (part := _PART.match(line)) and not line.endswith("。"):
            self._heading(number, part[1], 2)
        elif other := _INSTEAD.match(line):
            self._instead(number, INSTEAD[other[1]], other[2].strip(), line)
        else:
            self.paragraph.append(self._sentence(number, line))

    def close(self) -> None:
        """The end of a paragraph."""
        if self.paragraph:
            section = self.sections[-1]
            self.sections[-1] = replace(section, paragraphs=(*section.paragraphs, tuple(self.paragraph)))
            self.paragraph = []

    def _section(self, heading: str, level: int) -> None:
        self.close()
        self.sections.append(Section(heading, level))

    def _heading(self, number: int, heading: str, level: int) -> None:
        if heading.endswith(("。", "；", "，")):
            self.find(number, f"标题“{heading}”末尾有标点", "标题末尾不用标点", f"删去“{heading[-1]}”")
        if "{" in heading or "【" in heading:
            self.find(number, f"标题“{heading}”里有要填的内容", "标题只写字", "把要填的内容写进句子")
        self._section(heading, level)

    def _head(self, number: int, name: str, text: str) -> None:
        """名称、题目、称谓、范围."""
        if name in self.said:
            self.find(number, f"又写了一次“{text}”", "只写一次", "删去多的一行")
        self.said[name] = self._slots(number, text, Spec(), "") if name in ("title", "salutation") else text
        odd = [slot for slot in SLOT.findall(self.said[name]) if "." in slot or ":" in slot or slot == "nth"]
        if name == "title" and odd:
            self.find(number, f"题目里的 {{{odd[0]}}}", "题目里只填双方、期间和项目名称", "把数字写进正文")

    def _yield(self, number: int, line: str) -> None:
        """产出写法：建成／计划建设：住房{住房}、道路{道路}."""
        found = _YIELDS.match(line)
        if not found:
            self.find(
                number,
                line[:30],
                "产出写法：建成／计划建设：住房{住房}、道路{道路}",
                "照样子写，／前是已核实的说法，后是计划的说法",
            )
            return
        parts = []
        for part in found[3].split("、"):
            kind = re.fullmatch(r"([^{}]*)\{([^{}]+)\}", part.strip())
            sheet = kind and (words.yields().get(kind[2]) or (kind[2] if kind[2] in words.yields().values() else None))
            if kind is None or not sheet:
                said = kind[2] if kind else part
                self.find(
                    number,
                    f"“{part}”",
                    "产出的说法和口径，如 校舍{校舍面积}",
                    f"相近的有：{words.nearest(said, words.yields())}",
                )
            else:
                parts.append((kind[1], sheet))
        self.yields.append({"outputs": found[1], "targets": found[2], "parts": parts})

    def _drawing(self, number: int, line: str) -> None:
        """A chart under the paragraph above, or under its own sentence."""
        try:
            made = drawing(line.removeprefix("图："))
        except NotUnderstood as odd:
            self.find(number, line[:30], odd.expected, odd.remedy)
            return
        self.paragraph.append(Sentence(number, line, f"{made.name}见图{{chart}}。", drawing=made))
        self.close()

    def _annex(self, number: int, line: str) -> None:
        """A table that goes with the paper."""
        try:
            self.annexes.append(attached(number, line.removeprefix("附件：")))
        except NotUnderstood as odd:
            self.find(number, line[:30], odd.expected, odd.remedy)

    def _instead(self, number: int, when: str, text: str, line: str) -> None:
        """Another wording of the sentence above."""
        if not self.paragraph:
            self.find(number, line[:20], "上一行是一句话", "把它写在所替的那一句下面，中间不空行")
            return
        above = self.paragraph[-1]
        each = above.each if when == "one" or (when == "several" and "【每条：" in text) else None
        other = self._sentence(number, text, Spec(each=each))
        self.paragraph[-1] = replace(above, instead={**above.instead, when: other})

    def _sentence(self, number: int, line: str, spec: Spec | None = None) -> Sentence:
        """A sentence with its conditions."""
        self._balanced(number, line)
        spec, rest = spec or Spec(), line
        if line.startswith("【") and not line.startswith(tuple(f"【{inside}" for inside in INSIDE)):
            said, rest = _bracket(line, 0)
            spec, lacking = understood(said)
            for one in lacking:
                self.find(number, *one)
        begin, text, end = self._turn(number, rest, spec)
        for odd in typed_by_hand(rest):
            self.find(number, *odd)
        table = spec.each.table if spec.each else ""
        begin, end = (self._slots(number, part, Spec(), "") for part in (begin, end))
        text = self._slots(number, text, spec, table)
        join = text[-1] if (begin or end) and text[-1:] in ("、", "；", "，") else ""
        return Sentence(
            number,
            line,
            text.removesuffix(join),
            begin,
            join,
            end,
            spec.each,
            spec.members,
            spec.years,
            spec.when,
            spec.lead,
            spec.several,
        )

    def _turn(self, number: int, text: str, spec: Spec) -> tuple[str, str, str]:
        """What stands before the part that is repeated, that part, and what stands after it."""
        for inside in INSIDE[:3]:
            at = text.find(f"【{inside}")
            if at >= 0:
                if not spec.repeated:
                    self.find(
                        number,
                        f"【{inside}……】",
                        f"句首写明{inside[:2]}是什么，如【逐条写捐助】",
                        "在句首补【逐条写……】",
                    )
                said, after = _bracket(text, at)
                return text[:at], said.removeprefix(inside), after
        return "", text, ""

    def _balanced(self, number: int, line: str) -> None:
        """Every bracket of the language is closed."""
        for opens, closes in ("{}", "【】"):
            at = _unpaired(line, opens, closes)
            if at is not None:
                found = f"“{line[max(0, at - 8) : at + 8]}”的括号不成对"
                self.find(number, found, f"有{opens}就有{closes}", f"补上缺的{opens}或{closes}")

    def _slots(self, number: int, text: str, spec: Spec, table: str) -> str:
        """The text with every slot by its code, and what may fall away in [ ]."""
        text = _clauses(text)

        def coded(slot: re.Match[str]) -> str:
            found, odd = _code(slot[1], spec, table)
            if odd:
                self.find(number, f"{{{slot[1]}}}", *odd)
            return f"{{{found}}}"

        return SLOT.sub(coded, text)


def _unpaired(line: str, opens: str, closes: str) -> int | None:
    """Where a bracket opens that is not closed, or closes that was not opened; slots do not stand in one another."""
    opened: list[int] = []
    for at, character in enumerate(line):
        if character == opens:
            opened.append(at)
        elif character == closes and not opened:
            return at
        elif character == closes:
            opened.pop()
        if opens == "{" and len(opened) > 1:
            return at
    return opened[-1] if opened else None


def _bracket(text: str, at: int) -> tuple[str, str]:
    """What stands in the bracket 【 】 that opens at a place, and what stands after it."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "【") - (text[place] == "】")
        if not depth:
            return text[at + 1 : place], text[place + 1 :]
    return text[at + 1 :], ""


def _clauses(text: str) -> str:
    """【有则写：……】 as [……]."""
    at = text.find("【有则写：")
    if at < 0:
        return text
    inside, after = _bracket(text, at)
    return f"{text[:at]}[{inside.removeprefix('有则写：')}]{_clauses(after)}"


def _code(said: str, spec: Spec, table: str) -> tuple[str, tuple[str, str] | None]:
    """The code of a slot; where it has none, what was expected and how to mend it."""
    said = said.strip()
    whole = None if said in words.figures() else re.fullmatch("(.+)（(.+)）", said)
    name, own = (whole[1], whole[2]) if whole else (said, "")
    local = dict(words.columns(table)) if table else {}
    local |= (words.MEMBER if spec.members else {}) | (words.YEARLY if spec.years else {})
    known = words.GLOBAL | words.OF_PROJECT | words.YIELDS | local
    codes = list(words.figures().get(name, ()))
    if name in known and not own:
        if codes:
            return name, ("一个名称指一样东西", f"写代码：{'、'.join(codes)}，或记录的列 {known[name]}")
        return known[name], None
    if name in words.codes() or name in known.values():
        codes = [name]
    if len(codes) > 1:
        return name, ("只指一个口径的名称", f"有几个口径都叫“{name}”，写代码：{'、'.join(codes)}")
    if not codes:
        near = words.nearest(name, {**words.figures(), **dict.fromkeys(words.codes()), **known})
        return name, (
            "口径的名称或代码" + ("，或记录的列" if table else ""),
            f"相近的有：{near}" if near else "从右侧清单中选",
        )
    if not own:
        return codes[0], None
    letter = words.cut_letter(codes[0], own)
    if letter is None or not table:
        return name, (f"{name}能按它分开的（本单位）、（本地区）等，用在【逐条写……】的句子里", "去掉括号，或换一个口径")
    return f"{codes[0]};{letter}", None


def sheets(outline: Outline) -> Iterator[str]:
    """The sheets an outline uses, in order."""
    for sentence in outline.sentences():
        for slot in sentence.slots():
            if slot.startswith("*"):
                of = slot[1:].partition("/")[0]
                yield from (f"{of}.{sheet}" for group in outline.yields for _, sheet in group["parts"])
            elif "." in slot and ":" not in slot:
                yield slot.partition(";")[0]
    for annex in outline.annexes:
        yield from annex.series.sheets if annex.series else sheets_of(annex.table)
