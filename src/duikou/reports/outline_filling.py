"""What an outline is filled from: a snapshot, a programme, a period, one project where it is of one; and their words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from duikou.rules import period as periods
from duikou.rules.kinds import WORDS
from duikou.rules.period import Period, time_words
from duikou.rules.quantity import Quantity, exactly
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.statistics import t1_rows
from duikou.statistics.definition import in_force, sheets
from duikou.statistics.figure import Figure, Name
from duikou.statistics.measure import cut, figure
from duikou.statistics.values import RefusedSum
from duikou.terms.words import region, regions, vocabulary, zh

from . import yields
from .outline_form import Choice, Members
from .paper import Number, day_words

QUARTER = timedelta(days=92)  # within so many days of its end a report on a period is written, and says what comes next
CODED = {"form": "gift", "status": "status", "sector": "sector"}
NTH = "\x00"  # stands for {nth} until it is known how many points a chapter has
CHART = "\x01"  # stands for the number of a chart until it is known how many stand before it
PARTLY = ("project", "project_name")  # columns by which a record is of one project
T1 = {"total": "total", "aid": "aid", "other": "other", "done": "done"}
Piece = str | Number
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Filling:
    """What an outline is filled from: a snapshot, a programme, a period; and the words of the programme."""

    snapshot: Snapshot
    programme: Mapping[str, Any]
    period: str
    groups: yields.Groups = ()
    project: Mapping[str, Any] | None = None

    @property
    def code(self) -> str:
        """The programme's code."""
        return str(self.programme["code"])

    @property
    def days(self) -> Period:
        """The days of the period."""
        return periods.parse(self.period)

    @cached_property
    def words(self) -> dict[str, str | Number]:
        """Names of the two sides, the period, the day up to which the book knows; of the project what is known of it."""
        sides: dict[str, str | Number] = {}
        for side in ("supporting", "receiving"):
            code = self.programme[side]
            area = region(code) if code else None
            sides[side] = area.name if area else "（单位未明）"
            sides[f"{side}_short"] = area.short if area else "受援方"
        day = self.youngest
        return sides | self._project_words() | {
            "nth": NTH, "chart": CHART, "as_of": day_words(day) if day else "目前",
            "period_end": day_words(min(day, self.days.last)) if day else "目前",
            "period": said_period(self.days), "year": f"{self.days.last.year}年",
            "office": self.programme["office"] or "承办单位", "programme": self.programme["title"],
            "manner": zh("scheme", "east_west") if self._east_west else "对口支援",
            "toward": self._toward(str(sides["receiving"])), "toward_short": self._toward(str(sides["receiving_short"])),
        }  # fmt: skip

    @property
    def in_title(self) -> dict[str, str]:
        """Words that a title has with a place where its line may end."""
        return {"toward": self._toward(str(self.words["receiving"]), "|")}

    @property
    def _east_west(self) -> bool:
        return bool(self.programme["scheme"] == "east_west")

    def _toward(self, receiving: str, end: str = "") -> str:
        """What the supporting side does for the receiving one, or, of east and west, both with each other."""
        manner = zh("scheme", "east_west")
        return f"{end}与{receiving}{end}{manner}" if self._east_west else f"对口支援{end}{receiving}"

    @cached_property
    def youngest(self) -> date | None:
        """The youngest day of which the book knows something; nothing for a programme without dated records."""
        rows = [row for table in ("visits", "entries", "projects", "gifts") for row in self._all(table)]
        youngest: date | None = max((row["last"] for row in rows if row["last"]), default=self.programme["last"])
        return youngest

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that belong to the programme, and to the project where the paper is of one."""
        rows = self._all(table)
        if self.project is None:
            return rows
        named = {self.project["number"], self.project["label"]}
        if table == "projects":
            return [row for row in rows if row["number"] == self.project["number"]]
        column = next((c for c in PARTLY if rows and c in rows[0]), None)
        return [row for row in rows if row[column] in named] if column else rows

    def _all(self, table: str) -> list[Row]:
        return [row for row in self.snapshot.rows[table] if row["programme"] == self.code]

    def figure(self, sheet: str, cut: tuple[tuple[str, str], ...] = (), period: str = "") -> Figure | None:
        """A figure of the programme and period; nothing where there is none, or where its records may not be added."""
        try:
            found = figure(self.snapshot, Name(self._reading(sheet, period), self.code, period or self.period, cut))
        except RefusedSum:
            return None
        return None if found.blank else found

    def _reading(self, sheet: str, period: str = "") -> str:
        """The reading of a statistic that is used for a period."""
        return in_force(sheet, period or self.period, self.snapshot)

    def members(self, of: Members) -> list[tuple[str, Figure]]:
        """The members of a cut with their names, the largest first; of those that have a share only."""
        try:
            found = cut(self.snapshot, Name(self._reading(of.sheet), self.code, self.period), of.letter)
        except RefusedSum:
            return []
        whole = self.figure(of.sheet)
        having = [(self._name(of, one), one) for one in found if not one.blank and _has_share(one, whole, of.share)]
        return [] if of.several and len(having) < 2 else having

    def _name(self, of: Members, one: Figure) -> str:
        """What a member of a cut is called."""
        code = dict(one.identity.name.cut)[of.letter]
        if of.letter in "gr":
            return self.organisations.get(code, code)
        if of.letter == "a":
            return short(code)
        lists = {"s": "sector", "f": "source", "c": "channel", "l": "life", "u": "status"}
        lists["t"] = {"people.sent": "talent", "people.months": "talent"}.get(of.sheet, "training")
        return zh(lists[of.letter], code) if code in vocabulary().get(lists.get(of.letter, ""), {}) else code

    @cached_property
    def organisations(self) -> dict[str, str]:
        """Names of organisations by code."""
        return {o["code"]: o["name"] for o in self.snapshot.rows["organisations"]}

    def years(self) -> list[str]:
        """The years of the period."""
        return [str(year) for year in range(self.days.first.year, self.days.last.year + 1)]

    def records(self, choice: Choice) -> Sequence[Row]:
        """The records of a choice."""
        rows = [row for row in self.rows(choice.table) if self._chosen(choice, row)]
        if choice.dated:
            rows.sort(key=lambda row: (row["first"], row["last"]))
        if choice.count and (choice.count == "one") is not (len(rows) == 1):
            return []
        if len(rows) < choice.least or (choice.most is not None and len(rows) > choice.most):
            return []
        return rows[choice.skip : choice.first]

    def _chosen(self, choice: Choice, row: Row) -> bool:
        within = row.get("first") and self.days.first <= row["first"] and row["last"] <= self.days.last
        crossing = row.get("first") and row["first"] <= self.days.last and self.days.first <= row["last"]
        return (
            all(row[column] in allowed for column, allowed in choice.where.items())
            and (not choice.dated or bool(row["first"]))
            and (not choice.within or bool(within) or (choice.undated and not row.get("first")))
            and (not choice.crossing or bool(crossing))
            and (not choice.unanswered or self._unanswered(row))
            and (not choice.has or bool(self.columns(row).get(choice.has)))
        )

    def _unanswered(self, row: Row) -> bool:
        """Whether a promise stood open at the end of the period: made by then, or in the report on it, and not answered."""
        replies = self.snapshot.rows.by("commitment_replies", "commitment").get(row["number"])
        made = not row["first"] or row["first"] <= self.days.last + QUARTER
        return made and not any(not reply["first"] or reply["first"] <= self.days.last for reply in replies)

    def columns(self, row: Row) -> dict[str, str | Number]:
        """What a wording may take from a record: its columns in words, when, its lists and parties, its own numbers."""
        kind = row.get("kind") or ""
        found: dict[str, str | Number] = {c: closed(_coded(kind, c, v)) for c, v in row.items()}
        for side in ("giver", "receiver"):
            found.setdefault(f"{side}_name", self.organisations.get(row.get(side) or "", ""))
        if noun := _noun(row):
            found["type"] = noun
        if row.get("region"):
            found["region_name"] = short(row["region"])
        if row.get("first") and row.get("last"):
            found["when"] = time_words(row["first"], row["last"])
        if row.get("due"):
            found["due_said"] = time_words(row["due"], row["due"])
        found["event_said"] = f"出席{row['event']}，" if row.get("event") else ""
        found |= _lists(self.snapshot.rows.by("items", "record").get(row["number"]))
        for party in self.snapshot.rows.by("parties", "record").get(row["number"]):
            key = f"party:{party['role']}"
            found[key] = f"{found[key]}、{party['name']}" if key in found else party["name"]
        found["giver_name"] = found["giver_name"] or found.get("party:giver", "")
        return found | {f"={name}": number for name, number in self._numbers(kind, row)}

    def _numbers(self, kind: str, row: Row) -> Iterable[tuple[str, Number]]:
        """The numbers of a record itself, each by the name of its record and field."""
        for column in row:
            name = column.removesuffix("_unit")
            if name != column and row[column] and (row[f"{name}_low"] is not None or row[f"{name}_high"] is not None):
                parts: list[Any] = [row[f"{name}_{part}"] for part in ("low", "high", "unit", "hedge")]
                yield name, self._number(kind, row["number"], name, Quantity(*parts))
        for column in ("fen", "cost"):
            if row.get(column) is not None:
                yield column, self._number(kind, row["number"], column, exactly(row[column], "fen"))

    def _number(self, kind: str, number: int, field: str, value: Quantity) -> Number:
        return Number(write(value).text, f"{kind}-{number}.{field}@{self.snapshot.line}", field, value=value)

    def _project_words(self) -> dict[str, str | Number]:
        """What is known of the project of the paper, as T1 of the period's last year has it."""
        if self.project is None:
            return {}
        row, year = self.project, self.days.last.year
        number = row["number"]
        lines = t1_rows.rows(self.snapshot, self.code, year)
        known: Mapping[str, Any] = next((one for one in lines if one["name"] == row["label"]), {})
        said: dict[str, str | Number] = {
            "project": row["label"], "project_code": row["code"] or "", "project_owner": row["owner_name"] or "",
            "project_region": short(row["region"]) if row["region"] else "", "project_remark": row["remark"] or "",
            "project_sector": zh("sector", row["sector"]) if row["sector"] else "",
            "project_stage": zh("life", row["stage"]) if row["stage"] else _coded("project", "status", row["status"]),
            "project_place": "、".join(known.get("places") or ()) or row["place"] or "",
        }  # fmt: skip
        for stage in ("started", "completed", "accepted"):
            said[f"project_{stage}"] = _day(known.get(stage))
        for name, column in T1.items():
            if known.get(column) is not None:
                said[f"project:{name}"] = self._number("project", number, name, exactly(known[column], "fen"))
        return said | self._progress(number)

    def _progress(self, number: int) -> dict[str, str | Number]:
        """The last report of progress of a project in the period."""
        reports = [
            row
            for row in self.snapshot.rows.by("progress", "project").get(number)
            if row["last"] and row["last"] <= self.days.last
        ]
        if not reports:
            return {}
        last = max(reports, key=lambda row: (row["last"], row["number"]))
        said: dict[str, str | Number] = {"project_said": last["said"] or ""}
        if last["percent"] is not None:
            name = f"{last['kind']}-{last['number']}.percent@{self.snapshot.line}"
            said["project:percent"] = Number(f"{last['percent']}%", name, "形象进度")
        if last["in_place"] is not None:
            said["project:in_place"] = self._number(
                last["kind"], last["number"], "in_place", exactly(last["in_place"], "fen")
            )
        return said


def said_period(days: Period) -> str:
    """2023年, 2023年上半年, 2023年1—9月, 2011—2020年; any other days as they are written."""
    first, last = days.first, days.last
    whole = days.code == f"{first.year}..{last.year}"
    if whole:
        return f"{first.year}—{last.year}年"
    halves = {f"{first.year}-01..{first.year}-06": "上半年", f"{first.year}-07..{first.year}-12": "下半年"}
    if days.code in halves:
        return f"{first.year}年{halves[days.code]}"
    if first.year == last.year and ".." in days.code and len(days.code) == len("2023-01..2023-09"):
        return f"{first.year}年{first.month}—{last.month}月"
    return days.zh


def short(code: str) -> str:
    """The short name of an area, of one that has another code today too: the book of 2012 speaks of 同仁县."""
    return regions()[code][-1].short


def _coded(kind: str, column: str, value: Any) -> str:
    """A column in words: a code as its word."""
    words = WORDS.get((kind, column)) or CODED.get(column, "")
    return zh(words, value) if words and value in vocabulary()[words] else str(value or "")


def closed(text: str) -> str:
    """A text as it is printed: no half-width space between Chinese characters, none at all between one and a number."""
    return _WIDE.sub("　", _OPEN.sub("", text))


_OPEN = re.compile(r"(?<=[\u3400-\u9fff》）”]) (?=[0-9])|(?<=[0-9]) (?=[\u3400-\u9fff])")
_WIDE = re.compile(r"(?<=[\u3400-\u9fff》）”]) (?=[\u3400-\u9fff《（“])")


def _noun(row: Row) -> str:
    """What an output is, its kind and unit being known: 校舍面积, not 学校, where it is measured in square metres."""
    units = (row.get("target_unit"), row.get("actual_unit"))
    return next((noun for noun, type_, unit in _nouns() if type_ == row.get("type") and unit in units), "")


@cache
def _nouns() -> tuple[tuple[str, str, str], ...]:
    of = [d for d in sheets().values() if d.subject == "outputs" and {"type", "actual_unit"} <= set(d.where)]
    return tuple((d.name.removeprefix("已核实"), d.where["type"][0], d.where["actual_unit"][0]) for d in of)


def _day(value: Any) -> str:
    return time_words(value, value) if isinstance(value, date) else ""


def _has_share(one: Figure, whole: Figure | None, percent: int) -> bool:
    """Whether a member has that share of the whole; where either is not known exactly, all are told."""
    part, total = (f.value.low if f and f.value and f.value.exact else None for f in (one, whole))
    return not percent or not total or part is None or part * 100 >= total * percent


def _lists(items: Iterable[Row]) -> dict[str, str]:
    """The lists of a record in words; points with a detail are told by it: 市长任第一副组长."""
    points: dict[str, dict[str, list[str]]] = {}
    for item in items:
        points.setdefault(f"list:{item['list']}", {}).setdefault(item["text"], []).append(item["detail"])
    said = {}
    for name, texts in points.items():
        detailed = [f"{'、'.join(details)}任{text}" for text, details in texts.items() if any(details)]
        said[name] = "，".join(detailed) if detailed else "、".join(texts)
    return said
