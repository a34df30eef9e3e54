"""The cases of outlines; test_rule_book holds every rule beside its case."""

from dataclasses import replace

from duikou.rules.outlines import LONGEST, Odd, Outline, OutlineStanding

FIRST = Outline(
    code="situation", edition=1, title="情况汇报", text="题目：甲\n\n乙。\n", digest="a" * 64, reason="改了开头"
)
FRESH = OutlineStanding(0, "b" * 64, 0)

ODD = Odd(3, "{已拔付}", "口径的名称或代码", "相近的有：已拨付到位")

CASES = {
    "outlines.1": (replace(ODD, found=""), ODD, "{已拔付}", None),
    "outlines.2": (FIRST, FIRST, "从第 0 版改起，现已有第 1 版", FRESH, replace(FRESH, youngest=1)),
    "outlines.3": (FIRST, FIRST, "与在用的一版相同", FRESH, replace(FRESH, digest="a" * 64)),
    "outlines.4": (FIRST, replace(FIRST, reason="  "), "没有写", FRESH),
    "outlines.5": (FIRST, replace(FIRST, text="字" * (LONGEST + 1)), "60001 字", FRESH),
}
