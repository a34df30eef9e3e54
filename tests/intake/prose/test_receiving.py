"""Papers of the receiving side, which tell the same things from the other end: who is helped is the subject, who helps the source."""

import pytest

from duikou.intake.prose.reading import read

TITLE = "青石县接受云溪市对口支援工作情况"


def told(*sentences):
    found = read([TITLE, "（2011年9月20日）", *sentences]).candidates
    return [(c.text, c.kind, c.basis, str(c.giver or ""), str(c.receiver or "")) for c in found if c.number]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("今年，我县争取云溪市援助资金2000万元。", ("2000万元", "funds_secured", "actual", "云溪市", "青石县")),
        ("获云溪市支持，用于干部培训等的资金500万元已经到账。", ("500万元", "funds_received", "actual", "云溪市", "青石县")),
        ("我县收到云溪市财政划拨的首批资金1000万元。", ("1000万元", "funds_received", "actual", "云溪市财政", "青石县")),
        ("县财政已向项目单位支付320万元。", ("320万元", "funds_spent", "actual", "", "青石县")),
        ("云溪市援建的青石至加吾道路8公里将在近期落实。", ("8公里", "other", "planned", "云溪市", "青石县")),
        ("云溪光明保险公司向我县松源乡捐赠衣物100多件。", ("100多件", "donation_goods", "actual", "云溪光明保险公司", "青石县")),
        ("我县接受云溪洪达置业有限公司捐款10万元。", ("10万元", "donation_cash", "actual", "云溪洪达置业有限公司", "青石县")),
        ("云溪市爱心人士有意捐款20—40万元，用于我县助学。", ("20—40万元", "donation_cash", "intended", "云溪市爱心人士", "青石县")),
        ("我县获赠教学用电脑20台，由加吾乡小学使用。", ("20台", "donation_goods", "actual", "", "青石县")),
        ("全县共接受捐赠物资折合36万元，来自云溪市红十字会。", ("36万元", "donation_goods", "actual", "云溪市红十字会", "青石县")),
        ("由云溪市教育局出资，我县选送教师15名赴云溪市参加培训。", ("15名", "training", "actual", "云溪市教育局", "青石县")),
        ("县里现有云溪援派干部6人。", ("6人", "secondment", "actual", "云溪市", "青石县")),
        ("我县选派干部4名到云溪市挂职。", ("4名", "secondment", "actual", "青石县", "云溪市")),
        ("青石县向云溪市捐赠蔬菜12吨。", ("12吨", "donation_goods", "actual", "青石县", "云溪市")),
    ],
)  # fmt: skip
def test_the_one_who_is_helped_receives_whoever_is_the_subject(sentence, fact):
    assert told(sentence) == [fact]


def test_what_a_third_gives_is_not_laid_to_the_other_side():
    assert told("我县接受江北某公司捐款8万元。") == [("8万元", "donation_cash", "actual", "", "青石县")]


def test_ten_who_give_are_not_ten_who_found_work():
    assert told("云溪光明保险公司10名员工捐赠衣物100多件。")[0][:2] == ("10名", "other")


def test_an_exhibition_is_told_without_a_number():
    found = read([TITLE, "（2011年9月20日）", "去年底，“青石剪纸走进大学”活动在云溪市举办。"]).candidates
    assert [(c.kind, c.title, c.period.code) for c in found] == [("other", "青石剪纸走进大学", "2010")]


def test_what_is_asked_for_is_not_yet_there():
    assert told("下一步，我县拟再争取云溪市援助资金800万元。")[0][1:3] == ("funds_planned", "planned")


def test_heads_of_paragraphs_say_who_gives():
    assert told("云溪市：项目29个，投资6230万元。")[0][3:] == ("云溪市", "青石县")
