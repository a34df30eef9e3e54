"""The cases of the rules of readings. A case is (good, bad, a word of the answer, standing of the good one, of the bad one)."""

from dataclasses import replace
from datetime import date

from duikou.rules import readings
from duikou.rules.period import parse

FIRST = {
    "name": "教育类捐资", "en": "gifts for education", "why": "用于教育的捐资", "rests_on": "逐笔登记", "of": "gifts", "add": "amount",
    "unit": "fen", "kind": "flow", "where": {"form": ["cash", "raised"], "sector": ["education"]}, "valid_from": "2010-08-30",
}  # fmt: skip
COLUMNS = {"form": ("cash", "raised", "goods", "service"), "sector": ("education", "health", "culture"), "giver": ()}
SERIES = readings.Series(FIRST, FIRST, COLUMNS)
KNOWN = readings.ReadingStanding((readings.Reading("donations.education", date(2010, 8, 30)),), series=SERIES)


def reading(code="donations.education.b", **other):
    """The first sheet with something else: gifts for education and for health, from 2012."""
    wider = {"where": FIRST["where"] | {"sector": ["education", "health"]}, "valid_from": "2012-01-01"}
    return readings.proposed(code, FIRST | wider | other, author="yewu", reason="医疗捐资并入")


def where(**other):
    return reading(where=FIRST["where"] | {"sector": ["education", "health"]} | other)


B = reading()
SAID = readings.Reading("donations.education.b", date(2012, 1, 1), "proposed", "yewu")
ASKED = replace(KNOWN, kept=SAID)
ADOPT = readings.Checking(state="adopted", checker="lingdao", reason="纪要〔2012〕1号", valid_from=date(2012, 1, 1))

CASES = {
    "readings.1": (B, B, "已经用过", KNOWN, replace(KNOWN, taken=("donations.education.b",))),
    "readings.2": (B, where(sector=["education", "weather"]), "weather", KNOWN),
    "readings.3": (B, reading(unit="person"), "unit", KNOWN),
    "readings.4": (B, where(form=["cash", "goods"]), "实物没有金额", KNOWN),
    "readings.5": (B, B, "2012年已关账", replace(KNOWN, closed=(parse("2011"),)), replace(KNOWN, closed=(parse("2012"),))),
    "readings.6": (B, reading(where=FIRST["where"]), "与现行的一样", KNOWN),
    "readings.7": (ADOPT, replace(ADOPT, checker="yewu"), "yewu", ASKED),
    "readings.8": (ADOPT, ADOPT, "采用", ASKED, replace(KNOWN, kept=replace(SAID, state="adopted"))),
}  # fmt: skip
