"""查一个数：构成、记录、出处."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.acts.verify import proof
from duikou.records.models import Record
from duikou.snapshot.store import freeze, load
from duikou.statistics.explain import sentence
from duikou.statistics.figure import BadName, parse
from duikou.statistics.members import Member
from duikou.statistics.trace import Trail, trail
from duikou.statistics.trace_said import equation, with_source
from duikou.statistics.values import RefusedSum
from duikou.terms.words import zh

from ._common import plainly


class Command(BaseCommand):
    """Print a figure, its make-up, the records counted in and left out, and their passages."""

    help = "查一个数：数字 → 构成 → 记录 → 出处。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The figure's name."""
        parser.add_argument("--proof", type=Path, default=None, help="另写一份证明文件，供 check.py proof 离线验证")
        parser.add_argument("figure", help="数字名，如 donations.education:tj-hn.2010-08..2011-08，可带 @行号")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the trail."""
        try:
            name, line = parse(options["figure"])
        except (BadName, KeyError) as error:
            raise CommandError(str(error.args[0])) from None
        with plainly():
            taken = load(line) if line is not None else freeze()
        if taken is None:
            raise CommandError(f"账本第 {line} 行没有冻结过时点数据")
        if name.programme not in [p["code"] for p in taken.rows["programmes"]]:
            raise CommandError(f"没有项目方案 {name.programme}")
        try:
            found = trail(taken, name)
        except RefusedSum as refused:
            raise CommandError(str(refused)) from None
        self._print(found)
        self.stdout.write(f"\n口径　{sentence(name.definition)}")
        self.stdout.write(f"编号　{name}@{taken.line}")
        self.stdout.write(taken.head.short)
        if options["proof"]:
            options["proof"].write_text(json.dumps(_proof(found), ensure_ascii=False, indent=1) + "\n", "utf-8")
            self.stdout.write(f"证明　{options['proof']}")

    def _print(self, found: Trail, indent: str = "") -> None:
        figure = found.figure
        nature = "" if figure.nature == "exact" else f"　〔{zh('nature', figure.nature)}〕"
        self.stdout.write(f"{indent}{figure.definition.name}　{figure.text or figure.standing.blank}{nature}")
        if made := equation(found):
            self.stdout.write(f"{indent}构成　{made}")
        for part in found.parts:
            self._print(part, indent + "    ")
        for title, members in (("计入", found.counted), ("未计入", found.left_out)):
            for member in members:
                self._member(title, member, indent)
        for question in figure.standing.questions:
            self.stdout.write(f"{indent}待核　{question}")
        if not indent:
            self.stdout.write(f"引用　{with_source(found)}")

    def _member(self, title: str, member: Member, indent: str) -> None:
        said = "　".join(filter(None, (member.who, member.form, member.label, member.text, member.reason)))
        self.stdout.write(f"{indent}{title}　#{member.number}　{said}")
        for p in member.passages:
            self.stdout.write(f"{indent}　　　《{p.title}》{p.place}　“{p.fragment}”　{zh('grade', p.grade)}")


def _proof(found: Trail) -> dict[str, Any]:
    """The proof of the records that a figure counts in, and of the statements they rest on."""
    members = [m for t in (found, *found.parts) for m in t.counted]
    kinds = dict(Record.objects.filter(number__in=[m.number for m in members]).values_list("number", "kind"))
    rows = [(f"records_{kinds[m.number]}", m.number) for m in members]
    said = [("records_statement", p.number) for m in members for p in m.passages]
    return proof([*rows, *dict.fromkeys(said)], found.figure.name)
