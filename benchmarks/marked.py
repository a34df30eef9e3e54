"""Precision and recall of the reader of reports over marked passages, by kind: python -m benchmarks.marked [FOLDER]."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duikou.intake.prose.reading import read
from duikou.rules.period import parse

MARKED = Path(__file__).parents[1] / "tests" / "intake" / "marked"
COUNTED = ("kind", "value", "value_max", "unit", "bound")  # what makes two facts one, at overlapping places
ASPECTS = ("basis", "period", "part", "giver", "receiver")  # what is further said of it

PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 "
    "西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古"
).replace(" ", "|")
_PROVINCE = re.compile(rf"({PROVINCES})(?:省|市|[一-鿿]{{0,3}}自治区)?")
_OVER = re.compile(  # what lies over an area in its full name: 江苏省常州市 of 江苏省常州市溧阳市
    rf"(?:{_PROVINCE.pattern}|[一-鿿]{{2,9}}?(?:省|自治区|州|地区|盟|市))(?=[一-鿿]{{2,}}[区县市州盟旗]$)"
)
_AREA = re.compile("(.{2,}?)(?:[一-鿿]{1,4}族)*(?:自治)?(地区|[省市州盟县区旗])?")
Fact = Mapping[str, Any]


@dataclass
class Score:
    """What was claimed, what was marked, what of both is the same; by kind, and by aspect among those that are the same."""

    claimed: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    aspects: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    spans: int = 0
    numbered: int = 0
    days: int = 0
    days_right: int = 0
    missed: list[tuple[str, Fact, Fact | None]] = field(default_factory=list)
    excess: list[tuple[str, Fact]] = field(default_factory=list)
    apart: list[tuple[str, str, Fact, Fact]] = field(default_factory=list)

    def precision(self, kind: str = "") -> float:
        """Of what was claimed, how much is marked so."""
        claimed = self.claimed[kind] if kind else self.claimed.total()
        return (self.right[kind] if kind else self.right.total()) / claimed if claimed else 1.0

    def recall(self, kind: str = "") -> float:
        """Of what is marked, how much was claimed so."""
        marked = self.marked[kind] if kind else self.marked.total()
        return (self.right[kind] if kind else self.right.total()) / marked if marked else 1.0


def paragraphs(text: str) -> list[str]:
    """The non-empty lines of a text."""
    return [line for line in text.split("\n") if line.strip()]


def score(folder: Path) -> Score:
    """The reader held against every passage of a folder."""
    total = Score()
    for marks in sorted(folder.glob("*.jsonl")):
        head, *facts = [json.loads(line) for line in marks.read_text("utf-8").splitlines() if line.strip()]
        lines = paragraphs(marks.with_suffix(".txt").read_text("utf-8"))
        found = read(lines)
        claims = [candidate.json() for candidate in found.candidates]
        total.days += 1
        total.days_right += (found.anchor.isoformat() if found.anchor else None) == head.get("anchor")
        _compare(total, marks.stem, facts, claims, [tuple(span) for span in head.get("unmarked", [])])
    return total


def _compare(
    total: Score, passage: str, facts: Sequence[Fact], claims: Sequence[Fact], open_: Sequence[tuple[int, ...]]
) -> None:
    """Each mark and each claim at most once; claims at places left open count neither way."""
    numbered = [fact for fact in facts if "value" in fact]
    bare = [fact for fact in facts if "value" not in fact]
    free = [claim for claim in claims if not any(_at(claim, span) for span in open_)]
    for fact in numbered:
        total.marked[fact["kind"]] += 1
        near = [claim for claim in free if "value" in claim and _overlap(claim, fact)]
        same = next((c for c in near if all(_plain(c.get(name)) == _plain(fact.get(name)) for name in COUNTED)), None)
        if same is None:
            total.missed.append((passage, fact, next(iter(near), None)))
            continue
        free.remove(same)
        total.right[fact["kind"]] += 1
        total.claimed[fact["kind"]] += 1
        total.numbered += 1
        total.spans += (same["start"], same["end"]) == (fact["start"], fact["end"])
        for name in ASPECTS:
            if name in fact:
                total.aspects[name] += 1
                agreed = _agreed(name, same.get(name), fact[name])
                total.agreed[name] += agreed
                if not agreed:
                    total.apart.append((passage, name, fact, same))
    for fact in bare:
        total.marked[f"{fact['kind']} (without a number)"] += 1
        same = next((c for c in free if "value" not in c and c["kind"] == fact["kind"] and _near(c, fact)), None)
        if same is None:
            total.missed.append((passage, fact, None))
            continue
        free.remove(same)
        total.right[f"{fact['kind']} (without a number)"] += 1
        total.claimed[f"{fact['kind']} (without a number)"] += 1
    for claim in free:
        if "value" in claim:
            total.claimed[claim["kind"]] += 1
            total.excess.append((passage, claim))


def _agreed(name: str, said: Any, marked: Any) -> bool:
    """A period by its days (2022q1 is 2022-01..2022-03), a party by its bare name; else as it stands."""
    if not said or not marked:
        return not said and not marked
    if name == "period":
        return parse(str(said)) == parse(str(marked))
    return _one_party(str(said), str(marked)) if name in ("giver", "receiver") else bool(said == marked)


def _one_party(one: str, other: str) -> bool:
    """溧阳 is 江苏省常州市溧阳市, 景东县 is 景东彝族自治县; 河南县 is not 河南省."""
    (bare, level), (its_bare, its_level) = _party(one), _party(other)
    return bare == its_bare and (level == its_level or not level or not its_level)


def _party(said: str) -> tuple[str, str]:
    """The bare name of a party and, of an area, its level."""
    said = re.sub("(?:人民)?政府$|财政$", "", said)
    if province := _PROVINCE.fullmatch(said):
        return province[1], "省" if said != province[1] else ""
    while over := _OVER.match(said):
        said = said[over.end() :]
    area = _AREA.fullmatch(said)
    return (area[1], area[2] or "") if area else (said, "")


def _at(claim: Fact, span: tuple[int, ...]) -> bool:
    return claim["paragraph"] == span[0] and claim["start"] < span[2] and span[1] < claim["end"]


def _overlap(one: Fact, other: Fact) -> bool:
    return _at(one, (other["paragraph"], other["start"], other["end"]))


def _near(one: Fact, other: Fact) -> bool:
    """Whether key words without a number stand in the same passage."""
    return one["paragraph"] == other["paragraph"] and abs(one["start"] - other["start"]) <= 60


def _plain(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def table(total: Score) -> Iterator[str]:
    """The score as lines."""
    yield f"{'kind':<34}{'marked':>8}{'claimed':>8}{'right':>8}{'precision':>11}{'recall':>8}"
    for kind in sorted({*total.marked, *total.claimed}, key=lambda k: -total.marked[k]):
        row = f"{kind:<34}{total.marked[kind]:>8}{total.claimed[kind]:>8}{total.right[kind]:>8}"
        yield f"{row}{total.precision(kind):>11.3f}{total.recall(kind):>8.3f}"
    row = f"{'all':<34}{total.marked.total():>8}{total.claimed.total():>8}{total.right.total():>8}"
    yield f"{row}{total.precision():>11.3f}{total.recall():>8.3f}"
    for name in ASPECTS:
        if total.aspects[name]:
            row = f"{name + ' where right and said':<34}{total.aspects[name]:>8}{total.agreed[name]:>16}"
            yield f"{row}{total.agreed[name] / total.aspects[name]:>11.3f}"

    yield f"{'exact place where right':<34}{total.numbered:>8}{total.spans:>16}"
    yield f"{'day of the document':<34}{total.days:>8}{total.days_right:>16}"


def main(arguments: Sequence[str]) -> None:
    """Print the score of a folder of marked passages; with --wrong, also every difference."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    for folder in folders or [path for path in sorted(MARKED.iterdir()) if path.is_dir()]:
        total = score(folder)
        print(folder)
        print("\n".join(table(total)))
        if "--wrong" in arguments:
            for passage, fact, near in total.missed:
                said = {name: near[name] for name in ("text", *COUNTED) if name in near} if near else "nothing"
                print(
                    "missed",
                    passage,
                    {n: fact[n] for n in ("paragraph", "text", *COUNTED) if n in fact},
                    "claimed",
                    said,
                )
            for passage, claim in total.excess:
                print("excess", passage, {n: claim[n] for n in ("paragraph", "start", "text", *COUNTED) if n in claim})
        if "--apart" in arguments:
            for passage, name, fact, claim in total.apart:
                print(
                    name,
                    passage,
                    fact["paragraph"],
                    fact["text"],
                    fact["kind"],
                    "marked",
                    fact.get(name),
                    "claimed",
                    claim.get(name),
                )


if __name__ == "__main__":
    main(sys.argv[1:])
