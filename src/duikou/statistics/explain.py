"""A sheet as a Chinese sentence an official can nod at."""

from duikou.rules.additivity import LAW
from duikou.rules.quantity import spoken
from duikou.snapshot.tables import names as tables_by_name
from duikou.terms.words import Words, vocabulary, zh

from .definition import UNSAID, Definition, definition

TABLE = {
    "entries": "资金账", "projects": "项目库", "gifts": "捐助登记", "investments": "企业投资登记", "intents": "意向登记",
    "classes": "办班登记", "trainings": "培训登记", "secondments": "挂职登记", "visits": "往来登记",
    "experiences": "规划依据", "agreements": "协议登记", "outputs": "产出登记", "targets": "产出目标",
    "cohorts": "招生登记", "investment_steps": "投资进展登记", "investment_results": "投资实效登记", "gift_uses": "捐助使用登记",
    "valuations": "折价登记", "labour_transfers": "劳务协作登记", "sales": "消费帮扶登记", "villages": "示范村登记",
    "attendances": "参加人员名单", "contracts": "合同登记", "pairings": "结对登记", "medical_supports": "医疗支援登记",
    "assets": "资产登记", "findings": "待核事项",
}  # fmt: skip
COLUMN = {
    "state": "环节", "standing": "计法", "status": "状态", "kind": "类别", "form": "形式", "sector": "领域", "goods": "物品",
    "product": "产品", "basis": "性质", "direction": "方向", "type": "方式", "label": "名称", "output_basis": "产值性质",
    "profit_basis": "利税性质", "giver": "支援单位", "receiver": "受援单位", "region": "地区", "source": "资金来源",
    "stage": "阶段", "actual_unit": "计量单位", "target_unit": "计量单位",
    "step": "进度", "channel": "渠道", "amount_unit": "计量单位", "of_kind": "参加的", "course": "培训种类", "talent": "人员类别",
    "level": "层级", "back": "退回",
}  # fmt: skip
WORDS = {
    "form": "gift", "kind": "record", "type": "visit", "output_basis": "basis", "profit_basis": "basis", "source": "source",
    "stage": "life", "actual_unit": "unit", "target_unit": "unit",
    "amount_unit": "unit", "of_kind": "record", "course": "training",
}  # fmt: skip
TYPES = {
    "outputs": "output",
    "targets": "output",
    "trainings": "training",
    "secondments": "talent",
    "sales": "sale",
    "assets": "asset",
}  # what `type` is called, and by which words, where it is no visit's
ADDED = {
    "amount": "金额", "number": "数量", "total": "总投资", "capacity": "年生产能力", "jobs": "就业人数", "output": "年产值",
    "profit": "年利税", "intake": "每年名额", "trainees": "受训人数", "people": "人数", "schools": "院校数",
    "meetings": "次数", "years": "年数", "actual": "核实数", "target": "目标",
    "person_times": "人次", "sessions": "期数", "cost": "经费", "person_months": "人月", "enrolled": "实招人数",
    "workers": "转移就业人数", "poor": "脱贫家庭人数", "price": "价款", "estimate": "概算", "agreed": "协议投资额",
    "groups": "团组数", "worth": "成本", "sum": "涉及金额",
}  # fmt: skip


def sentence(d: Definition) -> str:
    """口径 in one sentence: of which table, where what, added or counted how, in which unit, of which kind."""
    if d.share != ("", ""):
        part, whole = (definition(code) for code in d.share)
        return (
            f"{d.name}：“{part.name}”除以“{whole.name}”，先各自相加再相除，以{zh('unit', d.unit)}表示，保留一位小数。"
        )
    conditions = "，".join(
        f"{_column(d, c)}为“{'”或“'.join(word_of(d.of, c, w) for w in words)}”" for c, words in d.where.items()
    )
    what = "一人只计一次" if d.distinct else "逐条计数" if d.count else f"{ADDED[d.add]}相加"
    time = "不论日期" if d.timeless else "每项取期末以前最近一次" if d.each else "日期全在期间之内"
    time = f"{conditions}、{time}" if conditions else time
    unit = d.sense or zh("unit", spoken(d.unit))
    by = f"；可按{'、'.join(_column(d, c) for c in d.by)}分组" if d.by else ""
    basis = "" if d.basis == "actual" else f"，{zh('basis', d.basis)}"
    return f"{d.name}：取{TABLE[d.of]}中{time}的记录，{what}；单位{unit}，{zh('kind', d.kind)}{basis}{by}。{d.why}。"


def condition_said(d: Definition, column: str, code: str | bool | None) -> str:
    """A condition as words: 领域为“医疗卫生”."""
    said = word_of(d.of, column, code) if isinstance(code, bool) or code else ""
    return f"{_column(d, column)}为“{said}”" if said else f"{_column(d, column)}未标明"


def column_said(table: str, column: str) -> str:
    """中文 of a column of a frozen table."""
    return "种类" if column == "type" and table in TYPES else COLUMN.get(column, column)


def columns_of(table: str) -> dict[str, tuple[str, ...]]:
    """The columns that a condition may be about, each with the words it may hold; none where it holds any text."""
    there = set(tables_by_name()[table].schema.names)
    return {column: tuple(vocabulary().get(words_for(table, column), {})) for column in COLUMN if column in there}


def words_for(table: str, column: str) -> str:
    """The list of terms whose words a column holds; a name that is no list where it holds any text."""
    words = TYPES.get(table, WORDS["type"]) if column == "type" else WORDS.get(column, column)
    return "finding_state" if (table, column) == ("findings", "state") else words


def along(d: Definition) -> dict[str, list[str]]:
    """The law of additivity for a statistic: the dimensions by what is done along them; of a ratio nothing is added."""
    said: dict[str, list[str]] = {}
    for dimension, answer in ({} if d.share != ("", "") else LAW[d.kind]).items():
        said.setdefault(answer, []).append(dimension)
    return said


def _column(d: Definition, column: str) -> str:
    return column_said(d.of, column)


def word_of(table: str, column: str, code: str | bool) -> str:
    """中文 of a code in a column of a frozen table; the code itself where it is no word."""
    if isinstance(code, bool):
        return "是" if code else "否"
    if code == UNSAID:
        return "未标明"
    words = words_for(table, column)
    word: Words | None = vocabulary().get(words, {}).get(spoken(code) if words == "unit" else code)
    return word.zh if word else code
