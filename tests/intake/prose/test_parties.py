"""Who gives and who receives: by the clause, by the document, by a book's names; a part of a longer name is never a match."""

import pytest

from duikou.intake.prose.reading import read

TITLE = "关于云溪市对口支援青石县工作情况的汇报"


def parties(text, names=None):
    found = read([TITLE, "（2023年9月5日）", text], names=names).candidates
    return [(str(c.giver or ""), str(c.receiver or "")) for c in found if c.number]


@pytest.mark.parametrize(
    ("text", "giver", "receiver"),
    [
        ("我市拨付援助资金800万元。", "云溪市", "青石县"),
        ("云溪市总工会向青石县第一小学捐款5万元。", "云溪市总工会", "青石县第一小学"),
        ("由云溪市教育局选派教师12名赴青石县支教。", "云溪市教育局", "青石县"),
        ("青石县选派干部6名到云溪市挂职。", "青石县", "云溪市"),
        ("云溪果业有限公司捐赠电脑20台。", "云溪果业有限公司", "青石县"),
    ],
)
def test_a_clause_says_who_gives_and_who_receives(text, giver, receiver):
    assert parties(text) == [(giver, receiver)]


def test_the_parties_of_an_agreement_are_its_two_sides():
    paper = [
        "对口支援协议书", "甲方：云溪市人民政府", "乙方：青石县人民政府", "一、甲方每年向乙方提供资金2000万元。", "二、乙方选派干部3名到甲方挂职，时间半年。",
    ]  # fmt: skip
    found = [(str(c.giver), str(c.receiver)) for c in read(paper).candidates if c.number]
    assert found == [("云溪市", "青石县"), ("青石县", "云溪市")]


class Book:
    """A book that knows three names, one of them twice."""

    known = {"云溪市": {"990100"}, "青石县": {"990201", "990301"}, "河南省": {"410000"}}

    def codes(self, said):
        return frozenset(self.known.get(said, ()))


def test_a_code_is_given_only_where_exactly_one_is_meant():
    (candidate,) = [c for c in read([TITLE, "云溪市拨付青石县800万元。"], names=Book()).candidates if c.number]
    assert (candidate.giver.code, candidate.receiver.code) == ("990100", "")


def test_the_county_of_henan_is_not_the_province():
    found = read(["天津市对口支援黄南州工作情况", "天津市为河南县一中捐助电脑20台。"], names=Book()).candidates
    (candidate,) = [c for c in found if c.number]
    assert str(candidate.receiver) == "河南县一中"
    assert candidate.receiver.code == ""
