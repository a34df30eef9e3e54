"""A made-up paper, with a chart, a long text and an annex, and the heading of its upward form."""

from datetime import UTC, date, datetime

from elsewhere import HEAD

from duikou.reports.paper import Annex, Bar, Chart, Column, Heading, Number, Paper, Paragraph, Row


def money(text: str, name: str = "funds.secured:tj-hn.2011@57") -> Number:
    """A figure in a sentence."""
    return Number(text, name, "资金")


CHART = Chart(
    "图1　教育类捐资",
    (
        Bar("和平区", 1, money("300万元")),
        Bar("南开区", 0.5, money("150万元")),
        Bar("滨海新区（预计）", 0.1, money("30万元"), True),
    ),
)
COLUMNS = (
    Column("指标名称", "left", 30), Column("计量单位", "center", 14), Column("数值", "right", 16), Column("说明", "left", 40),
)  # fmt: skip
LINES = tuple(
    Row((f"第{n}项" if n else "落实", "万元", money("2000"), "来源总数，数不变"), indent=n % 2) for n in range(60)
)
TABLE = Annex(
    "天津市对口支援青海省|黄南藏族自治州|主要数字统计表",
    COLUMNS,
    (Row(("一、资金",), group=True), *LINES),
    above=("资料单位：合作交流办",),
    notes=("说明：1. 空格表示来源未报。",),
)
SENTENCE = ("今年启动的", money("2000万元"), "已经落实，其中", money("1000万元"), "已拨付到位。2011年8月29日前报送。")
PAPER = Paper(
    title="关于天津市|对口支援|青海省|黄南藏族自治州|工作的|情况汇报",
    office="市政府合作交流办负责人",
    day=date(2011, 8, 29),
    salutation="各位领导，同志们：",
    body=(
        Paragraph(("一、民生优先，快速推进",), 1),
        Paragraph(("（一）资金",), 2),
        Paragraph(SENTENCE * 6),
        Paragraph(("社会捐资见图1。",), chart=CHART),
        Paragraph(("天津市对口支援青海省黄南" * 110,)),
        Paragraph(("下一步，继续做好各项工作。",)),
    ),
    head=HEAD,
    head_full="duikou.book/DK7K3M9QXA.1 1482 " + "3f9a1c20" * 8,
    made_at=datetime(2011, 8, 29, 7, 4, tzinfo=UTC),
    number="P7K3M9QX",
    annexes=(TABLE,),
)
HEADING = Heading(
    office="天津市人民政府合作交流办公室",
    addressee="天津市对口支援工作领导小组",
    code="津合〔2011〕1号",
    copies=("和平区人民政府", "南开区人民政府办公室", "天津市财政局"),
    printed_on=date(2011, 9, 1),
)
