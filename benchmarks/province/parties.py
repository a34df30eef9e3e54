"""Who takes part in the generated province: governments, offices, schools, hospitals, villages, givers; twelve pairings."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from duikou.rules import programmes
from duikou.rules.fact import Fact, Told
from duikou.rules.period import on

CODE, SUPPORTING, RECEIVING = "prov", "990100", "990200"
COUNTIES = ("990221", "990222", "990223")
DISTRICTS = ("990111", "990112")
RECEIVERS = 40  # organisations that are paid
HALVES = "松竹海云山河星月青蓝晨晓禾麦枫桐泉溪岭原帆舟林谷"  # two of them name a giver
FIRST = date(2005, 1, 1)
SIDES: tuple[tuple[str, str, str, str], ...] = (  # code, name, type, area
    ("city", "望澜市人民政府", "government", SUPPORTING), ("pref", "云岫州人民政府", "government", RECEIVING),
    ("d1", "望澜市港湾区人民政府", "government", "990111"), ("d2", "望澜市东塘区人民政府", "government", "990112"),
    ("c1", "青檀县人民政府", "government", "990221"), ("c2", "松源县人民政府", "government", "990222"),
    ("c3", "鹿溪县人民政府", "government", "990223"), ("office", "望澜市协作工作办公室", "department", SUPPORTING),
    ("edu", "望澜市教育局", "department", SUPPORTING), ("eduw", "云岫州教育局", "department", RECEIVING),
    ("s1", "望澜市第一生成中学", "school", SUPPORTING), ("s2", "云岫州第一生成中学", "school", RECEIVING),
    ("h1", "望澜市第一生成医院", "hospital", SUPPORTING), ("h2", "云岫州第一生成医院", "hospital", RECEIVING),
    ("t1", "港湾区临港街道办事处", "government", "990111"), ("t2", "青檀县青溪镇人民政府", "government", "990221"),
    ("v1", "东塘区堤下村", "team", "990112"), ("v2", "松源县岭上村", "team", "990222"),
    ("v3", "鹿溪县河湾村", "team", "990223"), ("v4", "鹿溪县桥头村", "team", "990223"),
)  # fmt: skip
PAIRS = (  # level, giver, receiver
    ("city", "city", "pref"), ("county", "d1", "c1"), ("county", "d2", "c2"), ("county", "d1", "c3"), ("town", "t1", "t2"),
    ("village", "v1", "v2"), ("firm_village", "g0000", "v3"), ("firm_village", "g0001", "v4"), ("school", "s1", "s2"),
    ("hospital", "h1", "h2"), ("bureau", "edu", "eduw"), ("society_village", "office", "v2"),
)  # fmt: skip


def opening() -> list[Told[Fact]]:
    """The programme."""
    fact = programmes.Programme(
        code=CODE, title="生成的二十年协作项目方案", scheme="east_west", supporting=SUPPORTING, receiving=RECEIVING,
        office="office", opened=FIRST, when=on(FIRST),
    )  # fmt: skip
    return [Told(fact, {})]


def organisations(givers: int) -> Iterator[Told[Fact]]:
    """Both sides, who is paid, who gives; one giver of fifty is part of the one before."""
    for code, name, of, region in SIDES:
        yield Told(programmes.Organisation(code=code, name=name, type=of, region=region), {})
    for n in range(RECEIVERS):
        name = f"生成的收款单位{n:02}"
        yield Told(programmes.Organisation(code=f"r{n:02}", name=name, type="department", region=COUNTIES[n % 3]), {})
    halves = product(HALVES, HALVES)
    for n in range(givers):
        a, b = next(halves)
        kind = ("enterprise", "society")[n % 4 == 3]
        name = f"望澜{a}{b}{'基金会' if kind == 'society' else '生成有限公司'}"
        parent = f"g{n - 1:04}" if n % 50 == 49 else None
        yield Told(
            programmes.Organisation(code=f"g{n:04}", name=name, type=kind, region=DISTRICTS[n % 2], parent=parent), {}
        )


def pairings() -> Iterator[programmes.Pairing]:
    """The twelve pairings, two of them ended."""
    for n, (level, giver, receiver) in enumerate(PAIRS):
        ended = date(2015 + n, 12, 31) if n in (5, 6) else None
        yield programmes.Pairing(
            level=level,
            giver=giver,
            receiver=receiver,
            mandate="生成的结对",
            begun_by=date(2005 + n % 8, 3, 1),
            ended=ended,
        )


def giver(n: int, givers: int) -> str:
    """The code of the giver of a gift."""
    return f"g{n % givers:04}"
