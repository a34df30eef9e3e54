"""The page on the format of the journal is true: its example works out, and what it names is there."""

import json
import re
from hashlib import sha256
from pathlib import Path

from duikou.acts import check, journal, tree
from duikou.acts.names import commitment

PAGE = (Path(__file__).parents[2] / "docs" / "journal-format.md").read_text("utf-8")
EXAMPLE = re.findall(r"^    (\S.*)$", PAGE, re.M)


def test_the_book_of_two_lines_has_the_hashes_and_the_head_of_the_page():
    first, hash_1, second, image, hash_2, head = EXAMPLE[:6]
    assert [journal.line_hash(first, []).hex(), journal.line_hash(second, [image]).hex()] == [hash_1, hash_2]
    lines = [bytes.fromhex(hash_1), bytes.fromhex(hash_2)]
    assert journal.Head(journal.book_code(lines[0]) + ".1", 2, tree.root(lines)).short == head
    assert check.read_heads(PAGE) == [("DKEAQCBF0H", 1, 2, tree.root(lines)[:20])]


def test_the_checker_finds_the_book_of_two_lines_true():
    first, hash_1, second, image, hash_2, head = EXAMPLE[:6]
    answers = {
        check.LINES: [
            (1, first, hash_1, tree.root([bytes.fromhex(hash_1)]).hex(), None, None, None, None),
            (2, second, hash_2, tree.root(map(bytes.fromhex, (hash_1, hash_2))).hex(), 1, "records_record", 1, image),
        ],
        "SELECT 'all', COUNT(*) FROM journal_image": [("all", 1)],
    }
    book = check.Book(lambda query: answers.get(query, []), [("records_record 1", image)])
    assert book.problems == []
    assert book.verdict(*check.read_heads(head)[0]) == "一致 same"


def test_the_page_names_every_field_of_a_header(db):
    line = journal.append("open_book", person="a", reason="", evidence="", rows=[], office="x", day="y", nonce="z")
    assert [name for name in json.loads(line.header) if f"`{name}`" not in PAGE] == []


def test_the_page_tells_all_six_verdicts():
    source = Path(check.__file__).read_text("utf-8")
    verdicts = re.findall('"(\\w+) (same|extends|cut|forked|mistyped|other book)"', source)
    assert len(verdicts) == 6
    assert [f"*{english} {chinese}*" for chinese, english in verdicts if f"*{english} {chinese}*" not in PAGE] == []


def test_the_commitment_of_the_page_is_the_one_of_the_store_of_names():
    salt, field, value = bytes(range(16)), "name", "某甲"
    told = b"\x02" + salt + b"\x00\x00\x00\x04name" + b"\x00\x00\x00\x06" + "某甲".encode()
    assert commitment(field, value, salt) == sha256(told).hexdigest()
    assert "each after its length in bytes as 4 bytes, the highest first" in PAGE
