"""Books for the tests of acts: the example in a file of its own, and on a PostgreSQL server of the tests' own."""

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from parts import require

CLERK = Path(__file__).with_name("clerk.py")


class Office:
    """Where clerks work: a folder, and a database if it is not the file in the folder."""

    def __init__(self, folder, database=""):
        self.book = folder / "book.sqlite3"
        self.database = database
        self.env = {**os.environ, "DUIKOU_VAR": str(folder), "DUIKOU_DATABASE": database}

    def start(self, *words):
        """A clerk who is ready to begin."""
        command = [sys.executable, str(CLERK), *map(str, words)]
        clerk = subprocess.Popen(
            command, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert clerk.stdout.readline() == "ready\n"
        return clerk

    def ask(self, *words):
        """What one clerk answers."""
        clerk = self.start(*words)
        self.begin(clerk)
        return self.answer(clerk)

    @staticmethod
    def begin(*clerks):
        """Tell clerks to begin, all at once."""
        for clerk in clerks:
            clerk.stdin.write("begin\n")
            clerk.stdin.flush()

    @staticmethod
    def answer(clerk):
        """What a clerk who was told to begin says when the work is done."""
        said, _ = clerk.communicate(timeout=900)
        assert clerk.returncode == 0
        return json.loads(said)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """The example with three payments in a file; not to be written to."""
    office = Office(tmp_path_factory.mktemp("loaded"))
    assert office.ask("load") == {"made": 3}
    return office.book


@pytest.fixture(scope="module")
def in_memory(loaded):
    """The same book in memory, whose constraints do not hinder."""
    with closing(sqlite3.connect(loaded)) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        copy.isolation_level = None
        copy.execute("PRAGMA ignore_check_constraints = ON")
        yield copy


@pytest.fixture
def office(loaded, tmp_path):
    """The same book in a folder of its own, to be written to."""
    with closing(sqlite3.connect(loaded)) as source, closing(sqlite3.connect(tmp_path / "book.sqlite3")) as target:
        source.backup(target)
    return Office(tmp_path)


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server without a network, in a folder that goes with it; the address of a database by name."""
    require("postgresql")
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folder = Path(tempfile.mkdtemp(prefix="duikou-"))
    user = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def run(program, *words):
        command = [*user, programs / program, *words]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    data = folder / "data"
    run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    quick = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", quick, "start")
    yield lambda name: f"postgresql://postgres@{str(folder).replace('/', '%2F')}/{name}"
    run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def loaded_there(server, tmp_path_factory):
    """The example with three payments on PostgreSQL, to be copied as a template."""
    import psycopg

    with psycopg.connect(server("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE loaded")
    office = Office(tmp_path_factory.mktemp("there"), server("loaded"))
    assert office.ask("load") == {"made": 3}
    return office


@pytest.fixture
def office_there(server, loaded_there, tmp_path, counter=itertools.count()):  # noqa: B008
    """A copy of that book, to be written to."""
    import psycopg

    name = f"book{next(counter)}"
    with psycopg.connect(server("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE loaded")
    return Office(tmp_path, server(name))


@pytest.fixture(scope="module")
def kept_county(django_db_setup, django_db_blocker, tmp_path_factory):
    """The county's book, made once a module."""
    from books import kept_example
    from money import county
    from pouring import poured

    with kept_example(django_db_blocker, tmp_path_factory.mktemp("money")) as programme:
        yield poured("county", lambda: county(programme))


@pytest.fixture
def book(kept_county, db):
    """The county's book, to be written to by one test."""
    return kept_county
