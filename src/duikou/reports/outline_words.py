"""The words an outline may use: tables, columns, lists and figures by the name an official knows, or by their code."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from duikou.records.models.record import kind_of
from duikou.rules.kinds import WORDS
from duikou.snapshot.tables import TABLES, names
from duikou.statistics.definition import CUTS, sheets
from duikou.terms.words import vocabulary

GLOBAL = {  # what is the same in every sentence
    "支援方": "supporting", "受援方": "receiving", "支援方简称": "supporting_short", "受援方简称": "receiving_short",
    "截至日": "as_of", "期末": "period_end", "期间": "period", "末年": "year", "第几": "nth", "主管单位": "office", "项目方案": "programme",
    "对口支援": "manner", "对口支援受援方": "toward", "对口支援受援方简称": "toward_short",
}  # fmt: skip
OF_PROJECT = {  # of the project that a paper is of
    "项目名称": "project", "项目编码": "project_code", "项目地区": "project_region", "项目领域": "project_sector",
    "项目单位": "project_owner", "项目阶段": "project_stage", "项目备注": "project_remark", "开工日期": "project_started",
    "完工日期": "project_completed", "验收日期": "project_accepted", "建设地点": "project_place", "建设阶段": "project_said",
    "计划总投资": "project:total", "计划援助资金": "project:aid", "计划其他资金": "project:other",
    "完成投资": "project:done", "到位资金": "project:in_place", "形象进度": "project:percent",
}  # fmt: skip
COLUMNS = {  # words of a record as text
    "名称": "label", "时间": "when", "日期": "when", "支援单位": "giver_name", "捐方": "giver_name", "投资方": "giver_name",
    "学校": "giver_name", "受援单位": "receiver_name", "接收方": "receiver_name", "收款单位": "receiver_name", "形式": "form",
    "领域": "sector", "地点": "place", "成果": "outcome", "活动": "event_said", "主题": "theme", "职责": "duty",
    "来源地": "origin", "产品": "product", "进展": "status", "地区": "region_name", "引入": "brought_in",
    "培训对象": "trains", "用途": "label", "内容": "label", "批次": "batch", "类型": "type",
    "结论": "conclusion", "环节": "state", "阶段": "stage", "期限": "due_said", "现状": "found", "怎样解决": "remedy",
    "标题": "title", "责任单位": "owner_name", "备注": "remark", "承办单位": "office", "目的": "purpose",
}  # fmt: skip
QUANTITIES = {  # numbers of a record that are no figures of their own: money and things, never people
    "本条总投资": ("investments", "total"), "本条金额": ("gifts", "amount"), "本条数量": ("gifts", "number"),
    "本条投入": ("villages", "amount"), "本条意向": ("intents", "amount"), "本条采购": ("sales", "amount"),
    "本条目标": ("outputs", "target"), "本条核实": ("outputs", "actual"), "本条合同价": ("contracts", "fen"),
    "本条资金": ("entries", "amount"), "本条原值": ("assets", "cost"),
}  # fmt: skip
DIMENSIONS = {
    "支援单位": "g", "捐方": "g", "受援单位": "r", "接收方": "r", "地区": "a", "领域": "s", "资金来源": "f", "类别": "t", "阶段": "l",
    "进展": "u", "渠道": "c",
}  # fmt: skip
OWN = {"本单位": "g", "本接收方": "r", "本地区": "a", "本领域": "s"}
MEMBER = {"成员": "member", "数": "figure"}  # of a cut, or of a year
YEARLY = {"年份": "year_said"}
YIELDS = {
    "各项产出": "*outputs",
    "各项计划产出": "*targets",
    "各地区产出": "*outputs/a",
    "各地区计划产出": "*targets/a",
}
FILTERS = {  # columns by which records are chosen, by the words of their list
    "类型": ("type",), "形式": ("form",), "领域": ("sector",), "进展": ("status", "state"), "层级": ("level",),
    "物品": ("goods",), "性质": ("basis",), "状态": ("status", "state"), "方向": ("direction",), "阶段": ("stage",),
    "环节": ("state",), "结论": ("conclusion",), "计法": ("standing",),
}  # fmt: skip
NUMBERED = ("medical_supports", "notices")  # tables whose records are called by the number of a paper
LISTS = {"原则", "任务", "职务分工", "合作领域", "配套", "走访", "掌握", "职务", "地点", "文件", "项目类别"}
PARTIES = {"签约方", "来访方", "接待方", "成员单位", "基地学校", "承办学校"}


@cache
def tables() -> Mapping[str, str]:
    """The frozen tables by the word for what they hold: 捐助, gifts."""
    words = vocabulary()["record"]
    found: dict[str, str] = {}
    for table in TABLES:
        word = words.get(kind_of(table.models[0]))
        if word and word.zh not in found:
            found[word.zh] = table.name
    return found


@cache
def figures() -> Mapping[str, tuple[str, ...]]:
    """The codes of figures by their name; a name that several bear has several."""
    found: dict[str, tuple[str, ...]] = {}
    for d in sheets().values():
        found[d.name] = (*found.get(d.name, ()), d.code)
    return found


def codes() -> Mapping[str, object]:
    """The codes of all figures that come with the program."""
    return sheets()


@cache
def yields() -> Mapping[str, str]:
    """What projects yield, by its name without 已核实: 住房, housing."""
    return {
        d.name.removeprefix("已核实"): d.code.partition(".")[2] for d in sheets().values() if d.subject == "outputs"
    }


@cache
def columns(table: str) -> Mapping[str, str]:
    """The words of a record of a table, and its lists and parties, with the codes that stand in a slot."""
    schema = set(names()[table].schema.names)
    made = {"when": "first", "region_name": "region", "event_said": "event", "due_said": "due"}
    found = {word: code for word, code in COLUMNS.items() if made.get(code, code) in schema}
    found.setdefault("支援单位", "giver_name")
    if table in NUMBERED:
        found["文号"] = "label"
    for list_name, words, prefix in (("list", LISTS, "list"), ("party", PARTIES, "party")):
        found |= {
            w.zh: f"{prefix}:{c}" for c, w in vocabulary()[list_name].items() if w.zh in words and w.zh not in found
        }
    found |= {word: f"={column}" for word, (of, column) in QUANTITIES.items() if of == table}
    return found


def filtered(table: str, word: str) -> str:
    """The column of a table that a word chooses by; empty where it has none."""
    schema = set(names()[table].schema.names)
    return next((column for column in FILTERS[word] if column in schema), "")


def value(table: str, column: str, said: str) -> str | None:
    """The code of a word in a column that is chosen by; the word itself where the column is free text."""
    if column == "goods":
        return said
    for model in names()[table].models:
        words = WORDS.get((kind_of(model), column))
        for code, word in vocabulary()[words].items() if words else ():
            if said in (word.zh, code):
                return code
    return None


def values(table: str, column: str) -> list[str]:
    """The words that a column may be chosen by."""
    lists = (WORDS.get((kind_of(model), column)) for model in names()[table].models)
    return [word.zh for words in lists if words for word in vocabulary()[words].values()]


def nearest(said: str, known: Mapping[str, object] | list[str]) -> str:
    """The nearest names, to be read after 相近的有; all where there are few."""
    near = (
        get_close_matches(said, list(known), n=4, cutoff=0.3)
        or [name for name in known if said in name or name in said][:4]
    )
    return "、".join(near or (list(known) if len(known) <= 12 else []))


def cut_letter(sheet: str, word: str) -> str | None:
    """The letter by which a figure is cut by a word; nothing where its sheet does not know the cut."""
    letter = DIMENSIONS.get(word) or OWN.get(word)
    return letter if letter and CUTS[letter] in sheets()[sheet].by else None
