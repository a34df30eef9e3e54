"""Finding words in texts, whatever width, case and characters they are written in; columns of a snapshot's tables."""

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from unicodedata import normalize

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from duikou.snapshot.store import Snapshot
from duikou.terms.words import HERE

from .passages import Piece


def fold(text: str) -> str:
    """A text as it is compared: full-width and half-width, upper and lower case, 繁体 and 简体 are one."""
    folded, simple = normalize("NFKC", text).lower(), simplified()
    for letter in simple.keys() & set(folded):
        folded = folded.replace(letter, simple[letter])
    return folded


@cache
def simplified() -> dict[str, str]:
    """The simplified characters by the traditional ones, one for one (after Unicode CLDR, Hant-Hans, within GB/T 2312)."""
    with (HERE / "traditional.csv").open(encoding="utf-8", newline="") as file:
        return {old: row["simplified"] for row in csv.DictReader(file) for old in row["traditional"]}


def mark(text: str, wanted: Iterable[str]) -> tuple[Piece, ...]:
    """A text in pieces with the words found marked, whatever width, case and characters they are written in."""
    folded = [fold(c) for c in text]
    at = [n for n, c in enumerate(folded) for _ in c]  # which character of the text each folded one comes from
    found = re.finditer("|".join(re.escape(w) for w in sorted(wanted, key=len, reverse=True)), "".join(folded))
    pieces, done = [], 0
    for hit in found:
        first, last = at[hit.start()], at[hit.end() - 1] + 1
        pieces += [Piece(text[done:first], ""), Piece(text[first:last], "chosen")]
        done = last
    return tuple(piece for piece in (*pieces, Piece(text[done:], "")) if piece.text)


def read(taken: Snapshot, table: str, columns: Sequence[str]) -> pa.Table:
    """Some columns of a frozen table, without making rows of them."""
    return pq.ParquetDataset(taken.files(table)).read(columns=list(columns))


def documents_used(taken: Snapshot, programme: str) -> pa.Array:
    """The documents that records of a programme rest on."""
    said = read(taken, "statements", ("document", "programme"))
    return pc.unique(said.filter(pc.equal(said["programme"], programme))["document"])
