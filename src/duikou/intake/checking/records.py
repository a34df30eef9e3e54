"""What single records say of a claim: the gift of the giver that is named, the course, the project of the paper."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from duikou.rules.period import Period
from duikou.rules.quantity import Quantity, exactly
from duikou.rules.writing import write
from duikou.statistics import t1_rows
from duikou.statistics.definition import sheets
from duikou.statistics.members import Member
from duikou.terms.words import vocabulary, zh

from .book import Book
from .claims import Claim
from .verdict import Answer

OF_PROJECT = (  # words at a number, what they mean of a project
    ("total", ("总投资", "投资规模")), ("aid", ("对口支援资金", "援助资金", "支援资金", "协作资金")), ("other", ("其他资金", "自筹", "配套")),
    ("done", ("完成投资",)),
)  # fmt: skip
CALLED = {
    "total": "计划总投资",
    "aid": "计划援助资金",
    "other": "计划其他资金",
    "done": "完成投资",
    "percent": "形象进度",
}
SIDES = ("giver", "receiver")


def record_answers(claim: Claim, book: Book, sheet: str, when: tuple[Period, ...]) -> Iterator[Answer]:
    """The records of a statistic that the words name: by who gave, by what they are called, by the day."""
    if sheets()[sheet].distinct or sheets()[sheet].share != ("", ""):
        return
    for member in book.records(sheet):
        if member.value is None or not _within(member, when) or not _named(claim, member):
            continue
        value = replace(member.value, unit=claim.quantity.unit) if claim.quantity else member.value
        said = "，".join(filter(None, (member.who, member.label)))
        called = f"{sheets()[sheet].name}·{said}" if said else sheets()[sheet].name
        yield Answer(value, member.text, called, record=member.number)


def _within(member: Member, when: tuple[Period, ...]) -> bool:
    """Whether a record lies in one of the times; one without days of its own in any."""
    if member.first is None or member.last is None:
        return True
    return any(days.first <= member.first and member.last <= days.last for days in when)


def _named(claim: Claim, member: Member) -> bool:
    """Whether the words name this record: what it is called, or who takes part; nobody else may be named at the number."""
    row = member.row
    giving = row["kind"] == "gift"
    names = [one for one in claim.names if not one.whole or (giving and one.office)]
    here = [one for one in names if row.get("region") and row["region"] in one.areas]
    codes = {code for one in names if one not in here for code in one.organisations}
    sides = {row.get(side) for side in SIDES if row.get(side)}
    if claim.strangers and any(row.get(side) for side in SIDES):
        return False
    label = len(member.label) > 1 and (member.label in claim.part or _core(member.label) in claim.part)
    givers = {code for one in claim.close if one in names and one not in here for code in one.organisations}
    if givers and not givers & sides and not label:
        return False
    if row.get("giver") and codes:
        return row["giver"] in codes
    if names and row.get("region"):
        return label or bool(here)
    return label or _typed(claim, member) or bool(claim.said and claim.said.month_known and not codes)


def _core(label: str) -> str:
    """What a thing is called without the word for its sort."""
    return next((label.removesuffix(tail) for tail in ("项目", "培训班") if len(label.removesuffix(tail)) > 3), label)


def _typed(claim: Claim, member: Member) -> bool:
    """Whether the words at the number are those of the record's sort: 教师, 医生."""
    word = vocabulary()["talent"].get(str(member.row.get("type") or ""))
    return word is not None and word.zh in claim.near


def project_answers(claim: Claim, book: Book) -> Iterator[Answer]:
    """What the book says of the project that the paper or the sentence is of."""
    row = next((p for p in book.projects if p["label"] in claim.part), None) or book.subject
    if row is None or claim.quantity is None:
        return
    if claim.quantity.unit == "percent" and "进度" in claim.part:
        yield from _progress(claim, book, row)
    elif claim.quantity.unit == "fen":
        yield from _money(claim, book, row)
    else:
        yield from _outputs(claim, book, row)


def _money(claim: Claim, book: Book, row: Mapping[str, Any]) -> Iterator[Answer]:
    hits = [(claim.near.rfind(word), name) for name, words in OF_PROJECT for word in words if word in claim.near]
    if not hits:
        return
    wanted = max(hits)[1]
    for year in dict.fromkeys(days.last.year for days in book.own):
        known = next((r for r in t1_rows.rows(book.snapshot, book.programme, year) if r["name"] == row["label"]), {})
        if known.get(wanted) is not None:
            yield _of(row, wanted, exactly(known[wanted], "fen"))


def _progress(claim: Claim, book: Book, row: Mapping[str, Any]) -> Iterator[Answer]:
    """The last report of progress by the end of the time."""
    end = claim.said.last if claim.said else max(days.last for days in book.own)
    reports = [
        r for r in book.snapshot.rows.by("progress", "project").get(row["number"]) if r["last"] and r["last"] <= end
    ]
    last = max(reports, key=lambda r: (r["last"], r["number"]), default=None)
    if last and last["percent"] is not None:
        yield replace(
            _of(row, "percent", exactly(last["percent"] * 10, "percent")),
            text=f"{last['percent']}%",
            record=last["number"],
        )


def _outputs(claim: Claim, book: Book, row: Mapping[str, Any]) -> Iterator[Answer]:
    """What the project yields, planned or verified."""
    column = "actual" if claim.basis == "actual" and "目标" not in claim.part else "target"
    for one in book.snapshot.rows["outputs"]:
        if one["project"] == row["number"] and one[f"{column}_unit"] and one[f"{column}_low"] is not None:
            value = Quantity(*(one[f"{column}_{part}"] for part in ("low", "high", "unit", "hedge")))
            if claim.quantity and value.unit == claim.quantity.unit:
                yield Answer(
                    value, write(value).text, f"{row['label']}·{zh('output', one['type'])}", record=one["number"]
                )


def _of(row: Mapping[str, Any], name: str, value: Quantity) -> Answer:
    return Answer(value, write(value).text, f"{row['label']}·{CALLED[name]}", record=row["number"])
