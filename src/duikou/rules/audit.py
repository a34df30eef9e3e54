"""What audits have found of paired assistance, 21 findings (DOMAIN 4.2), and which rules ask the book about each."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from duikou.terms.words import Words

TABLE = Path(__file__).with_name("audit.csv")


@dataclass(frozen=True)
class AuditFinding:
    """A finding: number, sentence, where it was found, what the book is asked because of it, codes of the rules that ask.

    One that no rule can ask is answered by who may do what (rights.csv).
    """

    number: int
    sentence: Words
    source: str
    asked: str
    rules: tuple[str, ...]


@cache
def audit_findings() -> tuple[AuditFinding, ...]:
    """All findings in the order of their numbers."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return tuple(
        AuditFinding(int(number), Words(number, zh, en), source, asked, tuple(rules.split()))
        for number, zh, en, source, asked, rules in rows
    )
