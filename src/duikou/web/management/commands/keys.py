"""单位密钥：造自己的一对，列出、信任别单位的公钥."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.acts.heads import contradictions, heads_received
from duikou.snapshot.signed import PUBLIC, OfficeKey, keys_folder, make_key, own_key, trust, trusted

from ._common import plainly


class Command(BaseCommand):
    """Make an office's pair of keys; list and trust the public keys of others."""

    help = "单位密钥：不加选项则列出；--new 造自己的一对，--trust 信任别单位的公钥。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do with keys."""
        parser.add_argument("--new", metavar="单位名称", default="", help="造本单位的一对密钥")
        parser.add_argument(
            "--trust", metavar="文件", type=Path, default=None, help="信任一个单位的公钥文件，先向对方核对指纹"
        )
        parser.add_argument("--instead", action="store_true", help="对方确已换密钥：取代以前信任的那一把")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make, trust, then list."""
        with plainly():
            try:
                if options["new"]:
                    self._made(make_key(options["new"].strip()))
                if options["trust"]:
                    self._say("已信任", trust(_read(options["trust"]), instead=options["instead"]))
                if not (options["new"] or options["trust"]):
                    self._list()
            except ValueError as error:
                raise CommandError(str(error)) from None

    def _made(self, key: OfficeKey) -> None:
        self._say("已造", key)
        self.stdout.write(f"私钥 {keys_folder() / 'office.pem'}（0600，只留在本机，随账本一起备份）")
        self.stdout.write(f"公钥 {keys_folder() / PUBLIC}：连同指纹交给收件单位")

    def _list(self) -> None:
        own = own_key()
        if own is None:
            self.stdout.write("本单位还没有密钥；运行 duikou keys --new 单位名称")
        for key in trusted().values():
            self._say("本单位" if key == own else "信任　", key)

    def _say(self, what: str, key: OfficeKey) -> None:
        heads = heads_received(key.book)
        last = f"　收到第 {heads[-1].line} 行" if heads else ""
        self.stdout.write(f"{what}　{key.book}　{key.office}　指纹 {key.fingerprint}{last}")
        for row in contradictions(key.book):
            self.stdout.write(
                f"　　　矛盾：{row.received} 交来的第 {row.line} 行，与已收到的第 {row.against.line} 行不合"
            )


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise CommandError(f"{file} 不是公钥文件：应为对方 duikou keys 所印的 {PUBLIC}") from None
