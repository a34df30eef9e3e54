"""In which encoding a text is written, and what a web page shows."""

import pytest

from duikou.intake.prose.text import paragraphs

SIMPLE = "对口支援工作，全年落实资金2000万元。"
TRADITIONAL = "對口支援工作情況彙報：全年落實資金2000萬元，培訓幹部120人次，臺灣與國務院發展報告。"


def read(content, name="a.txt"):
    return paragraphs(name, content).paragraphs


@pytest.mark.parametrize("text", [SIMPLE, TRADITIONAL, "资金２，０００万元——“十四五”①②", "㎡、℃、※"])
def test_gb18030_is_told_from_its_bytes(text):
    assert read(text.encode("gb18030")) == (text,)


@pytest.mark.parametrize("text", [TRADITIONAL, "澳門特別行政區政府對口支援", "援助資金到位率達九成。"])
def test_big5_is_told_from_its_bytes(text):
    assert read(text.encode("big5")) == (text,)


def test_characters_that_nobody_sees_are_left_out_of_a_line():
    assert read("\ufeff\ufeff资\u200b金\x022000\x1a万元\t备注".encode()) == ("资金2000万元\t备注",)


def test_a_rare_blank_is_read_as_the_common_one_and_takes_no_other_place():
    assert read("资金\u20022000\u2009万\u202f元\u3000\xa0".encode()) == ("资金 2000 万 元\u3000\xa0",)


PAGE = """<!DOCTYPE html>
<html><head><title>标题</title><style>p { color: red }</style></head><body>
<h2>2023年对口支援
工作</h2><div><p>全年落实资金&nbsp;2000万元，<b>培训</b>干部&lt;120&gt;人次，   GDP
grew。</p>末句<br>另行<script>var x = "不读";</script></div>
<table><tr><th>县</th><th>资金</th></tr><tr><td>清河</td><td><p>500</p><p>600</p></td></tr></table>
<table><tr><td>栏目</td><td><p>一</p><p>二</p><p>三</p><p>四</p><p>五</p></td></tr></table>
<!-- 注 --><ul><li>甲<li>乙</ul></body></html>"""


def test_a_page_is_read_as_a_browser_shows_it():
    found = paragraphs("a.html", PAGE.encode())
    assert found.paragraphs == (
        "2023年对口支援工作",
        "全年落实资金\xa02000万元，培训干部<120>人次， GDP grew。",
        "末句",
        "另行",
        "县\t资金",
        "清河\t500\n600",
        *["栏目", "一", "二", "三", "四", "五", "甲", "乙"],
    )
    assert found.kinds[:6] == ("heading", "text", "text", "text", "row", "row")


@pytest.mark.parametrize(
    "begins", ["<p>", "<div class='a'>", "\ufeff \n<P>", "<table><tr><td>", "<!-- 存 --><html>", "<a href='#'>"]
)
def test_a_piece_of_a_page_is_read_as_one(begins):
    assert read(f"{begins}资金&amp;物资".encode()) == ("资金&物资",)


@pytest.mark.parametrize("text", ["<2000万元", "<<办法>>规定：", "a < b", "<p 不是标记", "文件以 %PDF- 开头"])
def test_a_text_that_speaks_of_other_files_stays_a_text(text):
    assert read(text.encode()) == (text,)


def test_deep_nesting_loses_no_words():
    assert read(("<div>" * 3000 + "资金2000万元").encode()) == ("资金2000万元",)
