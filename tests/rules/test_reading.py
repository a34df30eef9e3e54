"""Reading a number as people write it; what has two readings or none is refused, and why is said."""

import pytest

from duikou.rules.quantity import Quantity
from duikou.rules.reading import read
from duikou.terms.words import vocabulary

WAN = 10**4 * 100  # fen in a 万元
YI = 10**8 * 100


@pytest.mark.parametrize(
    ("said", "unit", "number"),
    [
        ("2,000", "item", 2000),
        ("２０００", "item", 2000),
        ("2，000", "item", 2000),
        ("12,500名", "person", 12_500),
        ("2000万", "fen", 2000 * WAN),
        ("2000万元", "fen", 2000 * WAN),
        ("2,000 万元", "fen", 2000 * WAN),
        ("两千万元", "fen", 2000 * WAN),
        ("两亿元", "fen", 2 * YI),
        ("1.2万亿", "fen", 12_000 * YI),
        ("3.45亿元", "fen", 345 * YI // 100),
        ("四点四七亿元", "fen", 447 * YI // 100),
        ("1亿2000万元", "fen", 12_000 * WAN),
        ("1亿零500万元", "fen", 10_500 * WAN),
        ("2万3000", "item", 23_000),
        ("12万5千", "item", 125_000),
        ("十五点八万", "person", 158_000),
        ("五个", "item", 5),
        ("五十三", "item", 53),
        ("一百零五", "item", 105),
        ("一百五十", "item", 150),
        ("两千零二十", "item", 2020),
        ("0.05元", "fen", 5),
        ("0", "fen", 0),
        ("−30万元", "fen", -30 * WAN),
        ("-30万元", "fen", -30 * WAN),
        ("5次座谈会", "meeting", 5),
        ("20台", "machine", 20),
        ("20万人次", "time", 200_000),
    ],
)
def test_an_exact_number_is_read(said: str, unit: str, number: int) -> None:
    assert read(said, unit) == Quantity(number, number, unit)


@pytest.mark.parametrize(
    ("said", "unit", "low", "high", "hedge"),
    [
        ("近6亿元", "fen", 54 * YI // 10, 6 * YI - 1, "nearly"),
        ("近百人", "person", 90, 99, "nearly"),
        ("约56亿元", "fen", 532 * YI // 10, 588 * YI // 10, "about"),
        ("10万左右", "person", 95_000, 105_000, "about"),
        ("20多所", "school", 20, 29, "odd"),
        ("4万多名", "person", 40_000, 49_999, "odd"),
        ("60余项", "item", 60, 69, "odd"),
        ("十多位", "person", 10, 19, "odd"),
        ("1600余万元", "fen", 1600 * WAN, 1700 * WAN - 1, "odd"),
        ("1.2亿多元", "fen", 12 * YI // 10, 13 * YI // 10 - 1, "odd"),
        ("1亿2000多万元", "fen", 12_000 * WAN, 13_000 * WAN - 1, "odd"),
        ("万余人", "person", 10_000, 19_999, "odd"),
        ("超21亿元", "fen", 21 * YI + 1, None, "over"),
        ("突破800万元", "fen", 800 * WAN + 1, None, "over"),
        ("上亿元", "fen", 1 * YI, None, "at_least"),
        ("100人以上", "person", 100, None, "at_least"),
        ("20万人次以上", "time", 200_000, None, "at_least"),
        ("万人次以上", "time", 10_000, None, "at_least"),
        ("至少100人以上", "person", 100, None, "at_least"),
        ("可达7.2万吨", "tonne", None, 72_000, "up_to"),
        ("不到60人", "person", None, 60, "up_to"),
        ("不得超过40人", "person", None, 40, "up_to"),
        ("过亿元", "fen", 1 * YI + 1, None, "over"),
        ("800万元出头", "fen", 800 * WAN + 1, None, "over"),
        ("不超过40人", "person", None, 40, "up_to"),
        ("20—40万元", "fen", 20 * WAN, 40 * WAN, "range"),
        ("20万元—40万元", "fen", 20 * WAN, 40 * WAN, "range"),
        ("三到五万元", "fen", 3 * WAN, 5 * WAN, "range"),
        ("5000～6万人", "person", 5000, 60_000, "range"),
        ("三到十五人", "person", 3, 15, "range"),
        ("5-20%", "percent", 50, 200, "range"),
        ("20多所以内", "school", 20, 20, "exact"),  # both words hold: [20, 29] and no more than 20
        ("超过20多所", "school", 21, 29, "range"),
    ],
)
def test_a_hedge_is_read_from_either_side_and_across_the_noun(
    said: str, unit: str, low: int | None, high: int | None, hedge: str
) -> None:
    assert read(said, unit) == Quantity(low, high, unit, hedge)


@pytest.mark.parametrize(
    ("said", "unit", "why"),
    [
        ("", "fen", "空白不是零"),
        ("  ", "fen", "空白不是零"),
        ("数百人", "person", "没有说出数目"),
        ("几十人", "person", "没有说出数目"),
        ("多次", "meeting", "没有说出数目"),
        ("万元", "fen", "只有数位，没有数"),
        ("20～万元", "fen", "只有数位，没有数"),
        ("abc", "item", "写法如 2000万元"),
        ("2011年底前", "item", "单位是“年底前”"),
        ("20,00万元", "fen", "读不成一个数"),
        ("1,0000", "item", "读不成一个数"),
        ("12.5.3", "item", "读不成一个数"),
        ("3万亿亿", "fen", "读不成一个数"),
        ("1亿2亿", "fen", "数位前小后大"),
        ("十百", "item", "数位前小后大"),
        ("2万3", "item", "有两种读法"),
        ("一百五", "item", "有两种读法"),
        ("七到八百万元", "fen", "有两种读法"),
        ("三四个", "item", "两个数字连用"),
        ("二〇一一", "item", "两个数字连用"),
        ("近20多所", "school", "说法相反"),
        ("约20—40万元", "fen", "两端不再带约数词"),
        ("40万元—20万元", "fen", "前大后小"),
        ("2.5人", "person", "比最小单位还细"),
        ("0.001元", "fen", "比最小单位还细"),
        ("近0人", "person", "大于零"),
        ("近−5人", "person", "大于零"),
    ],
)
def test_what_cannot_be_read_says_why(said: str, unit: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(said, unit)


@pytest.mark.parametrize(
    ("said", "unit", "named", "expected"),
    [
        ("15人次", "person", "人次", "名"),
        ("20所", "person", "所", "名"),
        ("20吨", "fen", "吨", "元"),
        ("20万人—40万人", "fen", "人", "元"),
        ("5天", "month", "天", "个月"),
    ],
)
def test_a_wrong_unit_is_named_beside_the_right_one(said: str, unit: str, named: str, expected: str) -> None:
    with pytest.raises(ValueError, match=f"“{said}”的单位是“{named}”，此处应为“{expected}”"):
        read(said, unit)


@pytest.mark.parametrize("unit", [unit for unit in vocabulary()["unit"] if unit not in ("yuan", "kilometre")])
def test_a_number_with_the_word_of_its_unit_is_read(unit: str) -> None:
    word = {"fen": "元", "metre": "公里"}.get(unit, vocabulary()["unit"][unit].zh)
    assert read(f"5{word}", unit).low == 5 * {"fen": 100, "metre": 1000, "percent": 10}.get(unit, 1)
