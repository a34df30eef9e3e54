"""The database itself refuses money that is not there, on SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing

import pytest

from duikou.config.settings import _database

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=KINDS)
def place(request):
    """An office with the loaded book, on each database."""
    return request.getfixturevalue("office" if request.param == "sqlite" else "office_there")


@pytest.fixture
def ledger(place, monkeypatch):
    """The tables of the money book, written to with plain SQL behind every act."""
    if place.database:
        import psycopg

        monkeypatch.setenv("DUIKOU_DATABASE", place.database)
        named = {"NAME": "dbname", "USER": "user", "HOST": "host"}
        connection = psycopg.connect(**{named[key]: value for key, value in _database().items() if key in named})
        objection = psycopg.IntegrityError
    else:
        connection = sqlite3.connect(place.book)
        connection.execute("PRAGMA foreign_keys = ON")
        objection = sqlite3.IntegrityError
    with closing(connection):
        yield Ledger(connection, objection)


class Ledger:
    """The pool: 700 万元 after five postings; and payments out of it by hand."""

    def __init__(self, connection, objection):
        self.connection, self.objection = connection, objection
        ((self.pool, self.sequence, self.balance),) = self.select(
            "SELECT position_id, sequence, balance FROM records_posting JOIN records_position p ON p.number = position_id "
            "WHERE kind = 'pool' ORDER BY sequence DESC LIMIT 1"
        )

    def select(self, query):
        return self.connection.execute(query).fetchall()

    def takes(self, write, *args, **values):
        """Whether the database takes what is written, up to the end of the transaction."""
        try:
            write(*args, **values)
            self.connection.commit()
        except self.objection:
            self.connection.rollback()
            return False
        return True

    def entry(self, amount, **other):
        """A new entry like the last one."""
        ((last, number),) = self.select("SELECT MAX(record_id), MAX(record_id) + 10000 FROM records_entry")
        self.copy("records_record", f"number = {last}", number=number)
        self.copy("records_entry", f"record_id = {last}", record_id=number, amount=amount, **other)
        return number

    def copy(self, table, where, **other):
        cursor = self.connection.execute(f"SELECT * FROM {table} WHERE {where}")
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
        self.insert(table, **(row | other))

    def insert(self, table, **row):
        mark = "?" if isinstance(self.connection, sqlite3.Connection) else "%s"
        marks = ", ".join([mark] * len(row))
        self.connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", [*row.values()])

    def post(self, entry, paid, **other):
        """The posting off the pool that is due, or with something other than due."""
        ((number,),) = self.select("SELECT MAX(number) + 1 FROM records_posting")
        due = {
            "number": number, "entry_id": entry, "position_id": self.pool, "sequence": self.sequence + 1, "sign": -1,
            "amount": paid, "balance": self.balance - paid, "before_sequence": self.sequence,
            "before_balance": self.balance,
        }  # fmt: skip
        self.insert("records_posting", **(due | other))


def test_the_posting_that_is_due_is_taken(ledger):
    assert (ledger.sequence, ledger.balance) == (5, 700_000_000)
    assert ledger.takes(ledger.post, ledger.entry(700_000_000), 700_000_000)


def test_an_overdraft_is_refused(ledger):
    assert not ledger.takes(ledger.post, ledger.entry(700_000_001), 700_000_001)


WRONG = {
    "a wrong balance": {"balance": 600_000_001},
    "a wrong balance that a wrong one before it would bear": {"before_balance": 900_000_000, "balance": 800_000_000},
    "a gap": {"sequence": 7, "before_sequence": 6},
    "a gap that names no posting before it": {"sequence": 7, "before_sequence": 5},
    "a first posting that is not the first": {"sequence": 6, "before_sequence": None, "before_balance": None},
    "the same place twice": {
        "sequence": 5, "before_sequence": 4, "before_balance": 800_000_000, "balance": 700_000_000,
    },
    "another amount than the entry's": {"amount": 99_999_999, "balance": 600_000_001},
    "an entry that is not there": {"entry_id": 4711},
    "a position that is not there": {
        "position_id": 4711, "sequence": 1, "before_sequence": None, "before_balance": None, "sign": 1,
        "balance": 100_000_000,
    },
    "nothing paid": {"amount": 0, "balance": 700_000_000},
    "less than nothing paid": {"amount": -100_000_000, "balance": 800_000_000},
    "two times the money": {"sign": -2, "balance": 500_000_000},
}  # fmt: skip


@pytest.mark.parametrize("other", WRONG.values(), ids=WRONG)
def test_what_is_not_due_is_refused(ledger, other):
    assert not ledger.takes(ledger.post, ledger.entry(100_000_000), 100_000_000, **other)


def test_one_side_of_an_entry_twice_is_refused(ledger):
    entry = ledger.entry(100_000_000)
    after = {"sequence": 7, "before_sequence": 6, "before_balance": 600_000_000, "balance": 500_000_000}
    assert ledger.takes(ledger.post, entry, 100_000_000)
    assert not ledger.takes(ledger.post, entry, 100_000_000, **after)
    assert ledger.takes(ledger.post, ledger.entry(100_000_000), 100_000_000, **after)


def test_an_entry_corrected_twice_is_refused(ledger):
    wrong = ledger.entry(100_000_000)
    assert ledger.takes(ledger.entry, 100_000_000, corrects_id=wrong)
    assert not ledger.takes(ledger.entry, 100_000_000, corrects_id=wrong)


def test_a_part_without_its_total_is_refused(ledger):
    assert not ledger.takes(ledger.entry, 100_000_000, standing="part", total_id=None)


# ---- several clerks --------------------------------------------------------------------------------------------


def test_two_clerks_at_once_pay_what_is_there_and_not_a_fen_more(place):
    clerks = [place.start("pay", 60_000_000, 10, name) for name in ("甲", "乙")]
    place.begin(*clerks)
    made = [place.answer(clerk)["made"] for clerk in clerks]
    assert sum(made) == 11  # of 20 payments of 60 万元 each, out of 700 万元
    said = place.ask("verify")
    assert (said["true"], said["replays"]) == (True, True)
    assert said["balances"] == [["pool", 40_000_000], ["transit", 960_000_000], ["undivided", 1_000_000_000]]


def test_a_book_verifies_and_replays_wherever_it_is_kept(place):
    said = place.ask("verify")
    assert (said["true"], said["replays"], said["problems"], said["counts"]) == (True, True, [], [28, 643, 643])


TAMPERED = {
    "UPDATE records_gift SET purpose = '别的' WHERE form = 'cash'": "表 records_gift",
    "UPDATE records_project SET open_list = NOT open_list": "表 records_project",
    "UPDATE records_visit SET last = '2011-12-31' WHERE last < '2011-12-31'": "表 records_visit",
    "UPDATE journal_line SET header = replace(header, 'officer', 'nobody') WHERE number = 9": "日志 line 9",
    "UPDATE journal_image SET position = 99 WHERE line_id = 8 AND position = 3": "日志 line 8",
    "DELETE FROM journal_image WHERE line_id = 7 AND position = 3": "日志 line 7",
    "CREATE TABLE records_more (number bigint PRIMARY KEY)": "",
    "INSERT INTO records_more VALUES (1)": "表 records_more 1",
}


def test_what_is_changed_behind_the_acts_is_found_wherever_the_book_is_kept(place, ledger):
    for change in TAMPERED:
        ledger.connection.execute(change)
    ledger.connection.commit()
    said = place.ask("verify")
    found = " ".join(problem[0] for problem in said["problems"])
    assert not said["true"]
    assert [place for place in TAMPERED.values() if place not in found] == []
