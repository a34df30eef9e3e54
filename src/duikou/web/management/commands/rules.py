"""看规则书，看项目方案怎样选用，拿以往的记录试规则."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.acts.contracts import history
from duikou.acts.doing import today
from duikou.acts.packs import NoSuchPack, pack_of, rehearse
from duikou.records.models import Programme
from duikou.reports.rule_book import markdown, text
from duikou.rules.book import book, packs
from duikou.rules.packs import Pack
from duikou.rules.problem import Rule
from duikou.terms.words import zh

from ._common import plainly

PAGE = Path("docs/rule-book.md")


class Command(BaseCommand):
    """Print the rule book, a programme's choices, or what rules would have found in its history."""

    help = "看规则书：每条规则的原句、依据、日期、轻重、取值。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A programme, rules to try, a pack to try them with, or the page of the handbook."""
        parser.add_argument("--programme", default="", help="项目方案代码：另列它怎样选用每条规则")
        parser.add_argument("--try", dest="tried", nargs="+", default=[], metavar="编号", help="拿以往的记录试这些规则")
        parser.add_argument("--pack", default="", help="试规则时换用哪个规则包；不写用项目方案自己的")
        parser.add_argument("--markdown", nargs="?", type=Path, const=PAGE, default=None, help=f"写成 {PAGE}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was asked for."""
        unknown = [code for code in options["tried"] if code not in book()]
        if unknown:
            raise CommandError(f"没有规则 {'、'.join(unknown)}；运行 duikou rules 看编号，如 claims.1")
        if options["pack"] and options["pack"] not in packs():
            raise CommandError(str(NoSuchPack(options["pack"])))
        if (options["tried"] or options["pack"]) and not options["programme"]:
            raise CommandError("试规则要写明 --programme")
        if options["markdown"]:
            options["markdown"].write_text(markdown(), "utf-8")
            self.stdout.write(f"规则书　{options['markdown']}")
            return
        with plainly():
            self._print(options["programme"], options["tried"], options["pack"])

    def _print(self, code: str, tried: list[str], shipped: str) -> None:
        programme = _programme(code) if code else None
        if programme is None:
            self.stdout.write("\n".join(text()))
            return
        pack = Pack(packs()[shipped].choices) if shipped else pack_of(programme)
        if tried:
            self._rehearse(programme, [book()[rule] for rule in tried], pack)
            return
        self.stdout.write("\n".join(text(pack, today())))

    def _rehearse(self, programme: Programme, rules: list[Rule], pack: Pack) -> None:
        """What rules would have found, one to a line, and what they could not look for."""
        for rule in rules:
            set_by_it = {name for choice in pack.choices if choice.rule == rule.code for name in choice.values}
            if lacks := [zh("value", name) for name in rule.needs if name not in set_by_it]:
                self.stdout.write(f"{rule.code}　{'、'.join(lacks)}未设定，查不出什么")
        found = rehearse(history(programme), [rule.code for rule in rules], pack)
        for number, day, problem in found:
            self.stdout.write(f"#{number}　{day or ''}　{zh('weight', problem.weight)}　{problem}")
        stopped = len([problem for _, _, problem in found if problem.weight == "stops"])
        self.stdout.write(f"共 {len(found)} 处：会拦下 {stopped}，会提问 {len(found) - stopped}")


def _programme(code: str) -> Programme:
    found = Programme.objects.filter(code=code).first()
    if found is None:
        codes = "、".join(Programme.objects.values_list("code", flat=True))
        raise CommandError(f"没有项目方案 {code}；可用：{codes or '先运行 duikou load'}")
    return found
