"""What the rows of the frozen tables say in words: their names, what else they are looked for by, the sums they hold."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from duikou.terms.words import regions, vocabulary, zh

NAMES = ("label", "title", "name", "text", "project_name", "receiver_name", "mandate")  # the first that says something
MORE = (
    "code", "short", "credit", "voucher", "notice", "contract", "fund", "project", "decision_number", "paper_number", "issuer",
    "project_name", "owner_name", "giver_name", "receiver_name", "owner", "office", "unit", "post", "batch", "place", "event",
    "outcome", "theme", "remark", "said", "detail", "product", "content", "answer", "duty", "purpose", "mandate", "trains",
    "brought_in", "operator", "certificate", "rule", "found", "remedy", "title",
)  # fmt: skip
CODED: Mapping[str, Mapping[str, str]] = {  # columns of codes in titles: the list of their words
    "commitment_replies": {"kept": "reply"},
    "inspections": {"type": "inspection", "conclusion": "conclusion"},
    "investment_steps": {"step": "step"},
    "labour_transfers": {"destination": "destination"},
    "milestones": {"stage": "life"},
    "outputs": {"type": "output"},
    "plan_lines": {"scope": "scope"},
    "principles": {"type": "principle"},
    "project_papers": {"type": "requisite"},
    "secondments": {"direction": "direction"},
}
SUMS = ("fen", "cost", "aid", "total")  # columns of fen that are no quantities
TOTALS = ("plan_lines",)  # tables whose `total` is a sum and no record
APART = ("programmes", "statements", "links", "targets")  # tables whose rows are found in another way, or not
OF_OTHERS = ("items", "parties")  # tables whose rows belong to records of other tables
Columns = Mapping[str, Sequence[Any]]


def columns(file: str | Path, table: str) -> Columns:
    """The columns of a segment that are looked at, as they are; a segment may be older than a column."""
    there = pq.read_schema(file)
    money = [name.removesuffix("_unit") for name in there.names if name.endswith("_unit")]
    wanted = {
        *NAMES, *MORE, *SUMS, *CODED.get(table, ()), "number", "programme", "kind", "region", "state",
        *(("record", "record_kind") if table in OF_OTHERS else ()),
        *(f"{name}_{part}" for name in money for part in ("low", "high", "unit")),
    }  # fmt: skip
    read = pq.read_table(file, columns=[name for name in there.names if name in wanted])
    return {name: read[name].to_pylist() for name in read.column_names if read[name].null_count < len(read)}


def lines(table: str, read: Columns) -> Iterator[tuple[str, ...]]:
    """What each row says: its name first, empty where it has none."""
    coded = {name: words_of(code) for name, code in CODED.get(table, {}).items() if name in read}
    kept = [name for name in MORE if name in read and (name != "project" or table == "entries")]
    named = [read[name] for name in (NAMES if table != "entries" else NAMES[:1]) if name in read]
    unnamed = [zh("state", state) for state in read["state"]] if table == "entries" and "state" in read else None
    areas = area_words() if "region" in read else {}
    for at in range(size(read)):
        name = next((column[at] for column in named if column[at]), "")
        if not name and unnamed:
            name = unnamed[at]
        more = [str(read[column][at]) for column in kept if read[column][at]]
        for column, words in coded.items():
            more += words.get(read[column][at], ())
        if areas:
            more += areas.get(read["region"][at], ())
        yield ("", *dict.fromkeys((name, *more))) if table in OF_OTHERS else (*dict.fromkeys((name, *more)),)


def sums(table: str, read: Columns) -> Iterator[tuple[int, ...]]:
    """The sums of each row, in fen."""
    plain = [read[name] for name in SUMS if name in read and (name != "total" or table in TOTALS)]
    money = []
    for name in (name.removesuffix("_unit") for name in read if name.endswith("_unit")):
        ends = [read[end] for end in (f"{name}_low", f"{name}_high") if end in read]
        money += [(read[f"{name}_unit"], end) for end in ends] if "fen" in read[f"{name}_unit"] else []
    for at in range(size(read)):
        found = [column[at] for column in plain if column[at]]
        found += [end[at] for unit, end in money if unit[at] == "fen" and end[at]]
        yield tuple({abs(fen) for fen in found}) if found else ()


def size(read: Columns) -> int:
    """How many rows some columns have."""
    return len(read.get("number", ()))


@cache
def words_of(code: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a list by code, in both languages."""
    return {word.code: (word.zh, word.en) for word in vocabulary()[code].values()}


@cache
def area_words() -> Mapping[str, tuple[str, ...]]:
    """The names of areas by code: in short, in full, in English."""
    return {code: (rows[-1].short, rows[-1].name, rows[-1].en) for code, rows in regions().items()}


def texts(table: pa.Table, name: str) -> list[str]:
    """A column of texts, empty where there is none."""
    return [text or "" for text in table[name].to_pylist()]
