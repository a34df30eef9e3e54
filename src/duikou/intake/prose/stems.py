"""Names of areas taken apart: what an area is called without its ending, what it lies in, whether it supports others."""

import re
from collections.abc import Collection
from functools import cache

from .naming import table

_PARTS = re.compile(r".+?(?:自治区|自治州|自治县|自治旗|地区|新区|省|市|州(?!市)|盟|县|区|旗)")
_ENDING = re.compile(r"(?:自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|县|区|旗)$")
SHORTEST = 2  # characters of a stem that stands for its area


@cache
def _peoples() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(table()['peoples'])})+(?=自治[区州县旗])")


@cache
def _above() -> re.Pattern[str]:
    """A province or a supporting city that stands before an area without its ending: 新疆喀什市, 宁波北仑区."""
    names = "|".join([*table()["provinces"], *table()["supporting"]])
    return re.compile(f"(?:{names})(?!(?:回族|壮族|维吾尔)自治区)(?=[一-鿿]{{2,}}[市州盟县区旗]$)")


@cache
def _supporting() -> re.Pattern[str]:
    return re.compile("|".join(table()["supporting"]))


def supports(name: str, helping: Collection[str] = ()) -> bool:
    """Whether a name is of a region that supports others; `helping`: provinces that do so in this document's programme."""
    return _supporting().search(name) is not None or any(
        word in name and name[name.find(word) + len(word) :][:1] not in ("县", "州")  # 河南县 is no part of 河南
        for word in helping
    )


def helping(text: str) -> frozenset[str]:
    """The provinces that help in the programme which a text speaks of: 湖北 helps 西藏, and is helped itself elsewhere."""
    spoken = (names for words, *names in table()["helping"] if re.search(words, text))
    return frozenset(name for names in spoken for name in names)


def chain(area: str) -> list[str]:
    """An area with those it lies in, the widest first: 江苏省常州市溧阳市 is 江苏省, 常州市, 溧阳市."""
    named: list[str] = []
    for part in _PARTS.findall(area):
        above = _above().match(part)
        named += [above[0], part[above.end() :]] if above else [part]
    return named or [area]


def stems(area: str) -> list[str]:
    """The bare names of an area and of those it lies in, the nearest first: 江苏省常州市溧阳市 is 溧阳, 常州, 江苏."""
    return [_stem(part) for part in reversed(chain(area))]


def without_peoples(area: str) -> str:
    """黄南藏族自治州 as 黄南自治州."""
    return _peoples().sub("", area)


def _stem(area: str) -> str:
    """黄南藏族自治州 is 黄南; 忠县 stays, for its stem alone would be found in other words."""
    bare = _ENDING.sub("", without_peoples(area))
    return bare if len(bare) >= SHORTEST else area
