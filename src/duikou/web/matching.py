"""Finding words in names, whatever width and case they are written in: in a text, and in the tables of a snapshot."""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any
from unicodedata import normalize

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from duikou.snapshot.store import Snapshot

from .passages import Piece

Row = dict[str, Any]


def fold(text: str) -> str:
    """A text as it is compared: full-width and half-width, upper and lower case are one."""
    return normalize("NFKC", text).lower()


def mark(text: str, wanted: Iterable[str]) -> tuple[Piece, ...]:
    """A text in pieces with the words found marked, whatever width and case they are written in."""
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


def documents_used(taken: Snapshot, programme: str) -> set[int]:
    """The documents that records of a programme rest on."""
    said = read(taken, "statements", ("document", "programme"))
    return set(pc.unique(said.filter(pc.equal(said["programme"], programme))["document"]).to_pylist())


def found_in(
    taken: Snapshot,
    table: str,
    names: Sequence[str],
    wanted: Sequence[str],
    more: Sequence[str] = (),
    programme: str = "",
) -> list[Row]:
    """The rows of a frozen table, of one programme if it is named, in whose columns `names` all the words stand.

    Those that have the words in a row come first, and of them those that begin with them.
    """
    whole = read(taken, table, ["number", *names, *more, *(["programme"] if programme else [])])
    text = pc.binary_join_element_wise(*(pc.fill_null(whole[name], "") for name in names), "\n")
    folded = pc.utf8_lower(pc.utf8_normalize(text, form="NFKC"))
    masks = [pc.match_substring(folded, w) for w in wanted]
    if programme:
        masks.append(pc.equal(whole["programme"], programme))
    rows: list[Row] = whole.filter(reduce(pc.and_, masks)).to_pylist()
    phrase = " ".join(wanted)
    rows.sort(key=lambda row: _far(fold("\n".join(row[name] or "" for name in names)), phrase))
    return rows


def _far(name: str, phrase: str) -> tuple[bool, bool]:
    """How far a name is from the words as they were written."""
    return phrase not in name, not name.startswith(phrase)
