"""Any cut of any table adds up to the whole, to the fen: rows are drawn at random for every sheet that can be cut."""

import os
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from text_table import snapshot_of

from duikou.rules.additivity import SHARING, along, refuse_along
from duikou.snapshot.tables import names
from duikou.statistics.definition import CUTS, sheets
from duikou.statistics.figure import Name
from duikou.statistics.measure import cut, figure
from duikou.statistics.reckon import rest
from duikou.statistics.values import COLUMN_OF, RefusedSum

DIMENSION = {column: dimension for dimension, column in COLUMN_OF.items()}
LETTER = {column: letter for letter, column in CUTS.items()}
ADDED = [(code, column) for code, d in sheets().items() if d.kind not in SHARING and not d.each for column in d.by]
SHARED = [code for code, d in sheets().items() if d.kind in SHARING and d.add]
EXAMPLES = settings(
    max_examples=400 if os.environ.get("DUIKOU_PROVE") else 15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
DAYS = date(2011, 2, 3), date(2012, 2, 3)


@st.composite
def row(draw, d, column="", *, inside=False):
    """A row of a sheet's table: in or out of its conditions and of the year, with or without a word in the cut's column."""
    found = {"programme": "p", "asks": 0, "grade": 2}
    for c, words in d.where.items():
        found[c] = draw(st.sampled_from(words if inside or True in words else [*words, *words, "elsewhere"]))
    if column and column not in d.where:
        found[column] = draw(st.sampled_from(["a", "b", "c", "", None]))
    found["first"] = found["last"] = DAYS[0] if inside else draw(st.sampled_from(DAYS))
    if d.add and draw(st.integers(0, 5)):  # one in six has no number
        low = draw(st.integers(-(10**9), 10**12))
        high = low + draw(st.sampled_from([0, 0, 1, 999]))
        found |= {f"{d.add}_low": low, f"{d.add}_high": high, f"{d.add}_unit": d.unit}
        found |= {f"{d.add}_hedge": "exact" if low == high else "range"}
    return found


def taken(empty, of, rows):
    """An empty snapshot with one table filled."""
    schema = names()[of].schema
    whole = [dict.fromkeys(schema.names) | one | {"number": number} for number, one in enumerate(rows, 1)]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist([{c: one[c] for c in schema.names} for one in whole], schema=schema), sink)
    data = sink.getvalue().to_pybytes()
    digest = sha256(data).hexdigest()
    (empty.folder / "segments" / f"{digest}.parquet").write_bytes(data)
    return replace(
        empty, tables=empty.tables | {of: [[0, digest, len(rows)]]}, digest=sha256(f"{of}{digest}".encode()).hexdigest()
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return snapshot_of(tmp_path_factory.mktemp("empty"))


def ends(found):
    return (found.value.low, found.value.high) if found and found.value else (0, 0)


@EXAMPLES
@given(st.data())
def test_the_members_of_a_cut_and_the_rest_are_the_whole(empty, data):
    code, column = data.draw(st.sampled_from(ADDED))
    d = sheets()[code]
    snapshot = taken(empty, d.of, data.draw(st.lists(row(d, column), max_size=12)))
    name = Name(code, "p", "2011")
    parts = [*cut(snapshot, name, LETTER[column]), rest(snapshot, name, LETTER[column])]
    assert tuple(map(sum, zip(*map(ends, parts), strict=True))) == ends(figure(snapshot, name))


@EXAMPLES
@given(st.data())
def test_what_two_members_may_share_is_refused(empty, data):
    d = sheets()[data.draw(st.sampled_from(SHARED))]
    rows = data.draw(st.lists(row(d, inside=True), min_size=1, max_size=4))
    snapshot, valued = taken(empty, d.of, rows), [one for one in rows if f"{d.add}_low" in one]
    name = Name(d.code, "p", "2011")
    if len(valued) > 1:
        with pytest.raises(RefusedSum):
            figure(snapshot, name)
    else:
        only = ((one[f"{d.add}_low"], one[f"{d.add}_high"]) for one in valued)
        assert ends(figure(snapshot, name)) == next(only, (0, 0))
    assert {refuse_along(d.kind, dimension).question for dimension in ("area", "giver", "receiver", "sector")} == {"A1"}


@pytest.mark.parametrize(("code", "column"), [one for one in ADDED if one[1] in DIMENSION], ids="{}".format)
def test_what_can_be_cut_is_added_along_that_cut_or_counted_anew(code, column):
    assert along(sheets()[code].kind, DIMENSION[column]) in ("add", "recompute")
