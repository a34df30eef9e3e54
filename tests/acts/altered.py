"""A loaded book altered as whoever can write its file could, for tests of the stand-alone checker, and what the checker says."""

import json
from contextlib import contextmanager

from duikou.acts import check, tree
from duikou.acts.journal import Head


@contextmanager
def tampering(book):
    """Whatever is done to the book inside is undone."""
    book.execute("BEGIN")
    try:
        yield book.execute
    finally:
        book.execute("ROLLBACK")


def read(book):
    return check.Book(book.execute, check.rows_of(book.execute))


def places(book):
    return " ".join(place for place, _, _ in read(book).problems)


def head_of(book, line=None):
    """The head after a line, in its three forms."""
    found = read(book)
    line = line or len(found.roots)
    head = Head(f"{found.code}.1", line, found.roots[line - 1])
    return [head.short, head.full, head.long]


def verdicts(book, heads):
    found = read(book)
    return {found.verdict(*head) for text in heads for head in check.read_heads(text)}


def sewn_up(execute, start=1):
    """All hashes from a line on worked out anew, as whoever can write the file could."""
    edge = tree.Edge()
    for number, header, hashed in [*execute("SELECT number, header, hash FROM journal_line ORDER BY number")]:
        if number >= start:
            texts = execute("SELECT text FROM journal_image WHERE line_id = ? ORDER BY position", [number])
            hashed = tree.root(text.encode() for text in (header, *(row[0] for row in texts))).hex()
        edge.add(bytes.fromhex(hashed))
        root = edge.root.hex()
        execute("UPDATE journal_line SET hash = ?, root = ? WHERE number = ?", [hashed, root, number])


def other(value):
    """Another value of the same kind."""
    if value is None:
        return 7
    return value + 1_000_003 if isinstance(value, int) else value[:-1] + ("改" if value[-1:] != "改" else "更")


def falsified(execute, table, number, **values):
    """A row and its last image changed together, and all hashes worked out anew: a perfectly sealed lie."""
    key = "number" if table == "records_posting" else "record_id"
    ((text,),) = execute(
        'SELECT text FROM journal_image WHERE "table" = ? AND number = ? ORDER BY line_id DESC LIMIT 1', [table, number]
    )
    image = json.loads(text)
    image["row"] |= values
    text = json.dumps(image, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    execute('UPDATE journal_image SET text = ? WHERE "table" = ? AND number = ?', [text, table, number])
    for column, value in values.items():
        execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [value, number])
    sewn_up(execute)
