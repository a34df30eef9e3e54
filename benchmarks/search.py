"""Searching a generated book: the page, its finding alone, and the same words looked for by hand in DuckDB and SQLite."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from typing import Any
from urllib.parse import quote

import duckdb
import pyarrow as pa
from django.db import connection
from django.test import Client, RequestFactory, override_settings

from duikou.acts.accepting import accept
from duikou.acts.funds import record_disbursements
from duikou.acts.programmes import publish
from duikou.records.models import Entry, Organisation, Programme
from duikou.rules import evidence, funds
from duikou.rules.fact import Source, Told
from duikou.rules.funds import Disbursement
from duikou.rules.period import parse
from duikou.rules.quantity import exactly
from duikou.rules.rights import Person, everywhere
from duikou.snapshot.store import freeze
from duikou.web.book import open_book
from duikou.web.searching.found import Found
from duikou.web.searching.index import index
from duikou.web.searching.question import question

from .generate import DAYS, FIRST, OFFICER, SEED, generate

ROUNDS, BATCH = 15, 5000
BUDGET = 100  # ms
PERIOD = "2012..2021"
PLACES = ("同仁", "尖扎", "泽库", "河南", "热贡", "坎布拉", "隆务", "麦秀")
WORKS = ("小学教学楼", "卫生院门诊楼", "文化广场", "饮水工程", "乡村道路", "设施温棚", "职业学校实训基地", "牧民定居点")
DEEDS = ("主体施工", "设备采购", "勘察设计", "监理", "配套管网", "维修改造")
RARE = "藏医药浸膏车间"
Row = dict[str, Any]


def run(size: int) -> list[Row]:
    """Time the searches over a book of so many payments; made once and kept."""
    made = 0.0
    if Entry.objects.count() < size:
        begun = time.perf_counter()
        make(size)
        made = time.perf_counter() - begun
    programme = Programme.objects.order_by("pk").first()
    assert programme is not None
    taken = freeze()
    begun = time.perf_counter()
    index.cache_clear()
    index(taken)
    cold = (time.perf_counter() - begun) * 1000
    asked = {
        "常见的词": "教学楼", "少见的词": RARE, "两个词": "同仁 广场", "没有的词": "没有的词", "凭证号": f"GEN-{size // 2:06}",
        "记录编号": f"#{Entry.objects.order_by('pk').values_list('pk', flat=True)[size // 2]}", "金额": "490万元",
    }  # fmt: skip
    with override_settings(ALLOWED_HOSTS=["*"], DEBUG=False):
        rows = list(_timed(programme, size, asked, made, cold))
        frozen, after = after_an_act(programme)
    return [row | {"frozen_ms": round(frozen), "after_ms": round(after)} for row in rows]


def _timed(programme: Programme, size: int, asked: dict[str, str], made: float, cold: float) -> Iterator[Row]:
    """Each question to the page, to the finding alone and to both floors in turn, the first round not counted."""
    client, book = Client(), open_book(programme.code, PERIOD)
    duck = _duck(programme)
    kept = connection.cursor()
    for name, words in asked.items():
        address = f"/p/{programme.code}/{PERIOD}/search?q={quote(words)}"
        one = question(words)
        ways: dict[str, Callable[[], int]] = {
            "page": lambda address=address: client.get(address).status_code,  # type: ignore[misc]
            "finding": lambda one=one: _finding(book, one),  # type: ignore[misc]
            "duckdb": lambda words=words: _by_duckdb(duck, words),  # type: ignore[misc]
            "sqlite": lambda words=words: _by_database(kept, programme.pk, words),  # type: ignore[misc]
        }
        times: dict[str, list[float]] = {way: [] for way in ways}
        cpu: list[float] = []
        answers: dict[str, int] = {}
        for _round in range(ROUNDS + 1):
            for way, ask in ways.items():
                begun, worked = time.perf_counter(), time.process_time()
                answers[way] = ask()
                times[way].append((time.perf_counter() - begun) * 1000)
                if way == "page":
                    cpu.append((time.process_time() - worked) * 1000)
        assert answers["page"] == 200
        page, finding, duckdb_ms, sqlite_ms = (
            median(times[way][1:]) for way in ("page", "finding", "duckdb", "sqlite")
        )
        yield {
            "workload": f"{name}“{words}”", "size": size, "hits": answers["finding"], "ours_ms": round(page, 1), "cpu_ms": round(median(cpu[1:]), 1),
            "finding_ms": round(finding, 1), "floor_ms": round(duckdb_ms, 1), "sqlite_ms": round(sqlite_ms, 1),
            "ratio": round(finding / duckdb_ms, 1), "within": page <= BUDGET, "read_ms": round(cold), "made_s": round(made, 1),
            "floor_hits": answers["duckdb"],
        }  # fmt: skip


def _finding(book: Any, asked: Any) -> int:
    """The records found, with how near each is and in their order, without a page around them."""
    request = RequestFactory().get("/")
    request.person = Person()  # type: ignore[attr-defined]
    return sum(map(len, Found(book, request, asked).records().values()))


def _duck(programme: Programme) -> duckdb.DuckDBPyConnection:
    """Purposes, vouchers, payees and sums of the payments in DuckDB's memory, folded beforehand as ours are."""
    rows = Entry.objects.filter(record__programme=programme).values_list(
        "pk", "purpose", "voucher", "receiver__name", "amount"
    )
    found = [(pk, f"{purpose}\n{voucher}\n{name}".lower(), amount) for pk, purpose, voucher, name, amount in rows]
    told = pa.table({"n": [r[0] for r in found], "t": [r[1] for r in found], "f": [r[2] for r in found]})
    con = duckdb.connect()
    con.register("told", told)
    con.execute("create table entries as select * from told")
    return con


def _by_duckdb(con: duckdb.DuckDBPyConnection, words: str) -> int:
    """The numbers of the payments in which the words stand, by LIKE, in order."""
    asked = [(f"%{word.text}%", word.number, word.fen) for word in question(words).words]
    where = " and ".join("(t like ? or n = ? or f = ?)" for _ in asked)
    return len(con.execute(f"select n from entries where {where} order by n desc", sum(asked, ())).fetchall())


def _by_database(cursor: Any, programme: int, words: str) -> int:
    """The same by LIKE over the book's own tables."""
    every = [f"%{word}%" for word in words.split()]
    where = " and ".join("e.purpose || char(10) || e.voucher || char(10) || o.name like %s" for _ in every)
    cursor.execute(
        f"select e.record_id from records_entry e join records_record r on r.number = e.record_id"
        f" left join records_organisation o on o.record_id = e.receiver_id"
        f" where r.programme_id = %s and {where} order by 1 desc",
        [programme, *every],
    )
    return len(cursor.fetchall())


def after_an_act(programme: Programme) -> tuple[float, float]:
    """After a payment was recorded: how long the book takes to be frozen again, how long the first search then takes."""
    client, receiver = Client(), Organisation.objects.filter(type="department").first()
    assert receiver is not None
    last = Entry.objects.count()
    fact = Disbursement(
        amount=exactly(10**8, "fen"),
        paid_on=FIRST,
        receiver=receiver.pk,
        voucher=f"AFTER-{last}",
        purpose="同仁县文化广场尾款",
    )
    record_disbursements([fact], programme=programme, person=OFFICER, reason="测速")
    begun = time.perf_counter()
    freeze()
    frozen = time.perf_counter()
    client.get(f"/p/{programme.code}/{PERIOD}/search?q={quote('教学楼')}")
    return (frozen - begun) * 1000, (time.perf_counter() - frozen) * 1000


def make(size: int) -> None:
    """A public programme of so many payments with purposes of many words, one of them rare."""
    programme = generate(100) if not Programme.objects.exists() else Programme.objects.get(code="bench")
    publish(programme, person=everywhere("leader", "leader"), reason="测速")
    paper = Told(evidence.Document(title="生成的第二份资金文件", medium="voucher", grade="original"), {}, key="S")
    money = funds.Secured(amount=exactly(size * 10**9, "fen"), source="city", when=parse("2012"))
    told = [paper, Told(money, {"": Source("S", "supporting", 1, "", "生成")}, key="F")]
    accept(programme, told, {}, person=OFFICER, reason="生成", evidence="")
    chance = random.Random(SEED)
    receivers = list(Organisation.objects.filter(type="department").values_list("pk", flat=True))
    for start in range(100, size, BATCH):
        facts = [_payment(chance, receivers, n) for n in range(start, min(start + BATCH, size))]
        record_disbursements(facts, programme=programme, person=OFFICER, reason="生成")


def _payment(chance: random.Random, receivers: list[int], n: int) -> Disbursement:
    """One payment for a work in a place; one in twenty thousand for something else."""
    work = RARE if n % 20_000 == 777 else chance.choice(WORKS)
    return Disbursement(
        amount=exactly(chance.randrange(1, 1000) * 10**6, "fen"), paid_on=FIRST + timedelta(days=chance.randrange(DAYS)),
        receiver=chance.choice(receivers), voucher=f"GEN-{n:06}", purpose=f"{chance.choice(PLACES)}{work}{chance.choice(DEEDS)}款",
    )  # fmt: skip
