"""Amounts in the capitals of vouchers and cheques: 壹佰万元整 (支付结算办法, annex 1)."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capitals(fen: int) -> str:
    """An amount of fen in capitals; ValueError for one below nothing."""
    if fen < 0:
        raise ValueError("大写金额不写负数")
    yuan, rest = divmod(fen, 100)
    jiao, odd = divmod(rest, 10)
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return f"{whole or '零元'}整"
    gap = DIGITS[0] if yuan and (not jiao or yuan % 10 == 0) else ""
    tenths = f"{DIGITS[jiao]}角" if jiao else ""
    return f"{whole}{gap}{tenths}" + (f"{DIGITS[odd]}分" if odd else "整")


def _whole(yuan: int) -> str:
    """Whole yuan by groups of four digits; what is nothing between two digits is said once, as 零."""
    said, left = "", yuan
    groups = []
    while left:
        left, group = divmod(left, 10_000)
        groups.append(group)
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            gap = said and (group < 1000 or groups[place + 1] % 10 == 0)
            said += (DIGITS[0] if gap else "") + _group(group) + GROUPS[place]
    return said


def _group(number: int) -> str:
    """Four digits: 1050 is 壹仟零伍拾."""
    said = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += DIGITS[digit] + UNITS[place]
        elif said and number % 10**place and not said.endswith(DIGITS[0]):
            said += DIGITS[0]
    return said
