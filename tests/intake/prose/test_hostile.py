"""Whatever stands in a text, it is read or passed over: no other error, every passage where it is said to stand."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from duikou.intake.prose.reading import read

PIECES = [
    "2011年",
    "8月",
    "29日",
    "一九十五年",
    "二〇一一年",
    "十三月",
    "2月30日",
    "9999年12月",
    "截至",
    "底",
    "以来",
    "近三年来",
    "近一年来",
    "“十二五”",
    "期间",
    "上半年",
    "第三季度",
    "前三季度",
    "1—9月",
    "去年",
    "同年",
    "同日",
    "本月",
    "下月",
    "目前",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "、",
    "其中",
    "12个",
    "近6亿元",
    "20多所",
    "上亿元",
    "十五六名",
    "三四百",
    "百分之三十",
    "三分之〇",
    "1/0",
    "0分之一",
    "七到八百万元",
    "至万元",
    "2万3",
    "捌佰伍拾万元",
    "￥",
    "8,500,000.00",
    "～",
    "—",
    "-",
    "至",
    "到",
    "万",
    "亿",
    "几",
    "数百",
    "余",
    "多",
    "成",
    "六成五",
    "超过",
    "不足",
    "天津市",
    "黄南州",
    "我市",
    "该县",
    "甲方",
    "乙方",
    "双方",
    "对口支援",
    "拨付",
    "捐赠",
    "培训",
    "选派",
    "教师",
    "医生",
    "项目",
    "结对",
    "协议",
    "《方案》",
    "签署",
    "代表团",
    "来津考察",
    "单位：万元",
    "合计",
    "\t",
    "\u3000",
    "|",
    "附件",
    "一是",
    "二是",
    "（一）",
    "1.",
    "①",
    "【概况】",
    "每年",
    "户均",
    "由",
    "增至",
    "从",
    "提高到",
    "年初",
    "……",
    "又讯",
    "<image>",
    "名称,金额(万元),人数",
]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join), min_size=1, max_size=6)


def holds(paragraphs):
    """Every candidate's passage stands where it says, and can be told as JSON."""
    for candidate in read(paragraphs).candidates:
        assert paragraphs[candidate.paragraph - 1][candidate.start : candidate.end] == candidate.text
        assert candidate.text
        assert candidate.json()["kind"] == candidate.kind


@settings(max_examples=1500 if os.environ.get("DUIKOU_PROVE") else 60)
@given(PARAGRAPHS)
def test_words_of_reports_in_any_order_are_read(paragraphs):
    holds(paragraphs)


@settings(max_examples=500 if os.environ.get("DUIKOU_PROVE") else 30)
@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_text_is_read(paragraphs):
    holds(paragraphs)


def test_a_document_of_nothing_has_nothing():
    assert read([]).candidates == ()
    assert read(["", "   "]).candidates == ()
