"""The language of the page, said by its address: words of the field, areas, days and periods as it writes them."""

import re
from datetime import date

from django.utils.translation import get_language

from duikou.rules.period import Period, on, parse
from duikou.rules.small_groups import LEAST, Mark, words
from duikou.statistics.definition import Definition
from duikou.terms.words import regions, word

LONG = re.compile(r"( \w+ Autonomous)? (Prefecture|Province|Region)$")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def english() -> bool:
    """Whether the page is in English."""
    return get_language() == "en"


def lang() -> str:
    """The language of the page as HTML writes it."""
    return "en" if english() else "zh-CN"


def say(list_name: str, code: str) -> str:
    """A code in the language of the page; an empty code has no word."""
    if not code:
        return ""
    found = word(list_name, code)
    return found.en if english() else found.zh


def masked(mark: Mark) -> str:
    """A number of a small group that is withheld, in the language of the page."""
    if not english():
        return words(mark)
    return f"fewer than {LEAST}" if mark == "few" else say("nature", "withheld")


def heading(list_name: str, code: str) -> str:
    """A code as a title: with a capital in English."""
    said = say(list_name, code)
    return said[:1].upper() + said[1:]


def named(sheet: Definition) -> str:
    """What the sheet of a figure is called."""
    return sheet.en if english() else sheet.name


def listed(words: list[str]) -> str:
    """Words one after the other: 财务、业务员, or: finance clerk, programme officer."""
    return (", " if english() else "、").join(words)


def area_name(code: str) -> str:
    """The short name of an area by its code, 黄南州 or Huangnan; nothing for an area that is not named."""
    rows = regions().get(code, ())
    if not rows:
        return ""
    return LONG.sub("", rows[-1].en) if english() else rows[-1].short


def day_words(day: date) -> str:
    """2011年8月29日, or: 29 Aug 2011."""
    return period_words(on(day))


def period_words(days: Period) -> str:
    """2010年8月—2011年8月, or: Aug 2010 – Aug 2011."""
    if not english():
        return days.zh
    code = days.code
    if ".." in code:
        return " – ".join(period_words(parse(end)) for end in code.split(".."))
    if "q" in code:
        return f"Q{code[5]} {code[:4]}"
    year, month, day = (*code.split("-"), "", "")[:3]
    return " ".join(part for part in (day.lstrip("0"), month and MONTHS[int(month) - 1], year) if part)
