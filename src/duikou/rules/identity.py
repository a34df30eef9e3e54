"""Identity numbers by GB 11643: how one is read, what is wrong with it, how it is shown, what it says of its bearer."""

import re
from calendar import monthrange
from datetime import date
from unicodedata import normalize

LENGTH, OLD = 18, 15
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"  # by the remainder of the weighted sum divided by 11
LAST = {1: 5, 2: 3, 3: 7, 4: 6, 5: 4, 6: 5, 7: 1, 8: 3}  # GB/T 2260: the last province of each part of the country
PROVINCES = frozenset(f"{part}{n}" for part, last in LAST.items() for n in range(0 if part == 5 else 1, last + 1))
"""11 to 15, 21 to 23 and so on; 50 is Chongqing, 83 stands for people of Taiwan who live on the mainland."""


def read(said: str) -> str:
    """An identity number as it is kept: full-width digits and a small x are the same characters; spaces are not meant."""
    return re.sub(r"\s", "", normalize("NFKC", said)).upper()


def check_of(first: str) -> str:
    """The check character of seventeen digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]


def wrong(said: str, today: date) -> str:
    """What is wrong with an identity number, in words that do not repeat it; nothing where it holds."""
    number = read(said)
    if re.fullmatch(r"[0-9]{15}", number):
        return "是 15 位旧号，已停用；填身份证上的 18 位号码"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return f"有 {len(number)} 位，应为 18 位" if len(number) != LENGTH else "前 17 位应为数字，末位数字或 X"
    if number[:2] not in PROVINCES:
        return f"前两位 {number[:2]} 不是省级代码"
    if not (born := birth(number)):
        return "第 7 至 14 位不是日历上的日期"
    if born > today:
        return "出生日期晚于今天"
    return "" if check_of(number[:17]) == number[17] else "校验码不符，有一位抄错或两位颠倒"


def birth(number: str) -> date | None:
    """The day of birth that a number of eighteen characters says; nothing where the calendar has none."""
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    return date(year, month, day) if year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def sex(number: str) -> str:
    """The sex that a number says (GB/T 2261.1): 1 male where its sequence is odd, else 2 female."""
    return "1" if int(read(number)[16]) % 2 else "2"


def masked(said: str) -> str:
    """An identity number as it is shown: the area and the last four characters; of a shorter one nothing."""
    number = read(said)
    return f"{number[:6]}********{number[-4:]}" if len(number) == LENGTH else "*" * len(number)


def masked_name(said: str) -> str:
    """A name as it is shown: its first character."""
    return said[:1] + "*" * (len(said) - 1) if len(said) > 1 else "*" * len(said)
