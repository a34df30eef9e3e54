"""The pages of the generated province that are timed and counted, by what they are called."""

from collections.abc import Iterator

from duikou.records.models import Organisation, Record
from duikou.statistics.figure import Name
from duikou.terms.words import zh
from duikou.web.addresses import figure_href
from duikou.web.kinds.sections import SECTIONS

from .parties import CODE
from .scale import YEARS

SPAN, YEAR = f"{YEARS[0]}..{YEARS[-1]}", f"{YEARS[-1]}"
HERE = f"/p/{CODE}/{SPAN}/"
FIGURES = (
    "funds.secured", "funds.disbursed", "projects.count", "people.heads", "people.times", "donations.education",
    "donations.uses", "enterprises.investment", "cooperation.workers",
)  # fmt: skip
RECORDS = (
    "project", "gift", "training", "secondment", "attendance", "agreement", "decision", "assignment", "investment", "visit",
    "notice", "entry", "village",
)  # fmt: skip
WORDS = {
    "gift": ("form", "goods", "-amount"),
    "training": ("type", "cadre", "-trainees"),
    "visit": ("rank", "county", "-when"),
}


def all_pages() -> dict[str, str]:
    """Every page by its name: its address."""
    return dict([*_whole(), *_sections(), *_lists(), *_records(), *_figures()])


def _whole() -> Iterator[tuple[str, str]]:
    """The pages of the whole programme."""
    yield "总览，二十年", HERE
    yield "总览，一年", f"/p/{CODE}/{YEAR}/"
    for name, way in (
        ("资金", "funds/"), ("指标文件", "funds/notices/"), ("到账", "funds/receipts/"), ("合同", "funds/contracts/"),
        ("支付申请", "funds/claims/"), ("资金账", "funds/ledger/"), ("两方核对", "funds/sides/"), ("规则", "funds/rules"),
        ("项目清单", "projects/"), ("需求", "projects/needs/"), ("风险与迟滞", "projects/late/"), ("审计发现", "projects/audit/"),
        ("待核", "findings/"), ("资料库", "d/"), ("查找", "search?q=生成的培训"), ("查找，一个项目", "search?q=生成的项目00012"),
        ("决定与落实", "governance/hanging/"), ("协议指标", "exchanges/targets/"), ("大事记", "exchanges/timeline/"),
        ("在岗与期满", "people/terms/"), ("本地工作", "own/"),
    ):  # fmt: skip
        yield name, f"{HERE}{way}"
    yield "统计表，一年", f"/p/{CODE}/{YEAR}/t/overview/"
    yield "单位", f"{HERE}exchanges/organisations/"
    yield "谁帮谁", "/network/"


def _sections() -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        yield zh("page", section), f"{HERE}{section}/"


def _lists() -> Iterator[tuple[str, str]]:
    """The list of each kind; of some also narrowed, ordered and as a file."""
    for section, kinds in SECTIONS.items():
        for kind in kinds:
            said, here = f"清单 {zh('record', kind)}", f"{HERE}{section}/{kind}/"
            yield said, here
            if kind in WORDS:
                facet, code, order = WORDS[kind]
                yield f"{said}，筛选", f"{here}?{facet}={code}"
                yield f"{said}，按列排序", f"{here}?sort={order}"
                yield f"{said}，CSV", f"{here}list.csv"


def _records() -> Iterator[tuple[str, str]]:
    """The first record of each kind, of money the last, so that in a book of any size it is of the same sort; who took part."""
    for kind in RECORDS:
        rows = Record.objects.filter(kind=kind).order_by("-number" if kind == "entry" else "number")
        number = rows.values_list("number", flat=True)[0]
        yield f"记录 {zh('record', kind)}", f"/r/{kind}-{number}"
        if kind in ("training", "secondment"):
            yield f"参加人员 {zh('record', kind)}", f"{HERE}people/{kind}/{number}/people/"
        if kind == "project":
            yield "一个项目", f"{HERE}projects/{number}/"
    yield "单位 云岫州", f"{HERE}exchanges/organisations/{Organisation.objects.get(code='pref').code}/"


def _figures() -> Iterator[tuple[str, str]]:
    for sheet in FIGURES:
        yield f"追溯 {sheet}", figure_href(Name(sheet, CODE, SPAN))
