"""A paragraph as the grammar reads it: half-width, simplified, of the same length, so that every place is one of the raw text."""

import re
from functools import cache

from duikou.terms.words import HERE

_PUNCTUATION = {"＂": "“", "\u3000": " ", "\u00a0": " ", "\t": "\t", "–": "—", "―": "—", "─": "—", "－": "-", "−": "-", "~": "～",
                "﹪": "%", "％": "%", "㎡": "㎡", "〜": "～", "○": "〇", "Ｏ": "〇", "。": "。", "｡": "。", "､": "、",
                "〝": "“", "〞": "”", "「": "“", "」": "”", "『": "“", "』": "”", "〈": "《", "〉": "》"}  # fmt: skip
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_PLAIN_COMMA = re.compile(r",(?![0-9]{3}(?![0-9]))|(?<![0-9]),")
_WIDE_NUMBER = re.compile(r"(?<=[０-９])．(?=[０-９])")
_STOP = re.compile(r"(?<=[一-鿿%）”])\.")
_CAPITALS = re.compile(r"[壹贰贰叁肆伍陆柒捌玖拾佰仟零]{1,12}(?=[万亿元圆整])|[壹贰叁肆伍陆柒捌玖拾佰仟零]{3,12}")
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元")
_PLAIN = str.maketrans({";": "；", "(": "（", ")": "）", "?": "？", "!": "！"})


def fold(raw: str) -> str:
    """Full-width signs as half-width ones, traditional characters as simplified; every character gives one."""
    raw = _CAPITALS.sub(lambda run: run[0].translate(_CAPITAL), raw)
    text = _WIDE_NUMBER.sub(".", _WIDE_COMMA.sub(",", raw)).translate(_table()).translate(_PLAIN)
    return _STOP.sub("。", _PLAIN_COMMA.sub("，", text))


@cache
def _table() -> dict[int, str]:
    """What each character becomes; characters of quantities are left to the grammar where folding would lose them."""
    wide = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    wide |= {"．": "．", "～": "～", "，": "，", "；": "；", "：": "：", "？": "？", "！": "！", "（": "（", "）": "）"}
    lines = (HERE / "traditional.csv").read_text("utf-8").splitlines()[1:]
    simple = {old: one for one, many in (line.split(",")[:2] for line in lines) for old in many if len(one) == 1}
    return str.maketrans(simple | wide | _PUNCTUATION | {"~": "～"} | {":": "："})
