"""Snapshots received from offices: signature, digests, and the head (账首) held against those this book has received."""

import base64
import binascii
import json
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from duikou.acts.check import Book, Head
from duikou.acts.heads import AGAINST, Coming, Verdict, heads_received, receive_head
from duikou.acts.journal import Head as Long
from duikou.acts.journal import book_code, canonical, head
from duikou.acts.tree import Edge
from duikou.rules.rights import Person

from .signed import FORM, LINES, MANIFEST, PUBLIC, SEGMENTS, SIGNATURE, OfficeKey, read_key
from .store import VERSION, Snapshot
from .tables import names

HASH = 32
ASK_AGAIN = "请对方重新导出并交来"
ASK_WHY = "不取这份；向对方核实账首，查明之前用上次收到的"
SAID: dict[Verdict, str] = {
    "first": "初次 first", "same": "一致 same", "extends": "延续 extends", "cut": "截短 cut", "forked": "分叉 forked",
}  # fmt: skip
Tables = Mapping[str, Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Odd:
    """Something of a folder that does not hold: which file, what was found, what was expected, how to mend it."""

    file: Path
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}：现为{self.found}，应为{self.expected}；{self.remedy}"


class NotReceived(ValueError):
    """A folder that is not taken; carries everything that is odd."""

    def __init__(self, *odd: Odd) -> None:
        self.odd = odd
        super().__init__("\n".join(map(str, odd)))


@dataclass(frozen=True)
class Received:
    """A snapshot that an office handed in: whose, by which program, and how its head stands to the last one received."""

    key: OfficeKey
    snapshot: Snapshot
    program: str
    verdict: str

    @property
    def programmes(self) -> tuple[str, ...]:
        """The codes of its programmes."""
        return tuple(row["code"] for row in self.snapshot.rows["programmes"])


class _Told(Book):
    """A book of which only the hashes of its lines came: it is held against heads, and nothing else of it is known."""

    def __init__(self, code: str, roots: list[bytes], epochs: list[int], lines: bytes) -> None:
        self.code, self.roots, self.epochs, self._lines = code, roots, epochs, lines

    def judged(self, of: Head) -> Verdict:
        """The verdict as a code; the root after a line that was not asked for before is worked out now."""
        if of[2] <= len(self.roots) and not self.roots[of[2] - 1]:
            self.roots[of[2] - 1] = _roots_after(self._lines[: of[2] * HASH], ())[-1]
        said = self.verdict(*of)
        return next((code for code, words in SAID.items() if words == said), "forked")


def handed_in(folder: Path) -> list[Path]:
    """The folders of one snapshot each under a folder, the youngest of each book last; the folder may itself be one."""
    found = [folder] if (folder / MANIFEST).exists() else [path.parent for path in folder.glob(f"*/{MANIFEST}")]
    return sorted(found, key=lambda path: (book_of(path), _numbers(path.name.partition(".")[2]), path))


def book_of(folder: Path) -> str:
    """The code of the book that a folder says it is of, before anything of it is believed."""
    return folder.name.partition(".")[0]


def receive(folder: Path, keys: Mapping[str, OfficeKey], *, person: Person) -> Received:
    """A snapshot of an office whose key is trusted, checked whole, its head kept in this book; NotReceived with all that
    is odd. LookupError where there is no book yet."""
    if head() is None:
        raise LookupError("账本还是空的：账首记在账本里，先用 duikou offices 或 duikou load 开立账本")
    said, key = _signed(folder, keys)
    roots = _roots(folder, said, {row.line for row in heads_received(key.book)})
    if odd := list(_of_itself(folder, said, roots)):
        raise NotReceived(*odd)
    tables: Tables = said["snapshot"]["tables"]
    if odd := [one for name, rows in tables.items() for _, digest, _ in rows for one in _segment(folder, name, digest)]:
        raise NotReceived(*odd)
    snapshot = _snapshot(folder, said)
    if odd := list(_of_others(snapshot)):
        raise NotReceived(*odd)
    return Received(key, snapshot, str(said["program"]), SAID[_held(folder, said, key, roots, person)])


def _signed(folder: Path, keys: Mapping[str, OfficeKey]) -> tuple[dict[str, Any], OfficeKey]:
    """What the manifest says, once its signature holds by a key that is trusted for its book."""
    try:
        data, signature = (folder / MANIFEST).read_bytes(), (folder / SIGNATURE).read_bytes()
        said: dict[str, Any] = json.loads(data)
        book, form = str(said["book"]), str(said["form"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotReceived(Odd(folder / MANIFEST, f"读不出（{error}）", "签过名的清单", ASK_AGAIN)) from None
    if (key := keys.get(book)) is None:
        raise NotReceived(
            Odd(
                folder / PUBLIC, _whose(folder), f"已信任的账 {book} 的公钥", "向对方核对指纹后运行 duikou keys --trust"
            )
        )
    try:
        right = key.signed(data, base64.b64decode(signature, validate=False))
    except binascii.Error:
        right = False
    if not right:
        expected = f"{key.office}（指纹 {key.fingerprint}）对清单的签名"
        raise NotReceived(Odd(folder / SIGNATURE, "不符的签名，清单或签名被改过，或换了密钥", expected, ASK_AGAIN))
    if form != FORM or int(said["snapshot"]["version"]) > VERSION:
        raise NotReceived(Odd(folder / MANIFEST, f"格式 {form}", FORM, "本机的程序较旧：升级后再收"))
    return said, key


def _whose(folder: Path) -> str:
    """The key that came along, in words."""
    try:
        key = read_key((folder / PUBLIC).read_text("utf-8"))
    except (OSError, ValueError):
        return "没有可读的公钥"
    return f"{key.office} 的公钥，指纹 {key.fingerprint}"


def _roots(folder: Path, said: Mapping[str, Any], wanted: Collection[int]) -> list[bytes]:
    """The root after each line that is asked for and after the last; of the others nothing."""
    try:
        data = (folder / LINES).read_bytes()
    except OSError:
        data = b""
    if sha256(data).hexdigest() != said["lines"] or not data or len(data) % HASH:
        found = f"sha256 {sha256(data).hexdigest()[:16]}…"
        raise NotReceived(Odd(folder / LINES, found, f"sha256 {said['lines'][:16]}…", ASK_AGAIN))
    return _roots_after(data, wanted)


def _roots_after(data: bytes, wanted: Collection[int]) -> list[bytes]:
    edge, last, roots = Edge(), len(data) // HASH, list[bytes]()
    for number in range(1, last + 1):
        edge.add(data[(number - 1) * HASH : number * HASH])
        roots.append(edge.root if number == last or number in wanted else b"")
    return roots


def _of_itself(folder: Path, said: Mapping[str, Any], roots: Sequence[bytes]) -> Iterator[Odd]:
    """What of a manifest does not agree with itself: code, line, head and digest, each worked out anew."""
    frozen, lines = said["snapshot"], folder / LINES
    digest = sha256(canonical(frozen).encode()).hexdigest()
    code = f"{book_code((folder / LINES).read_bytes()[:HASH])}.{len(said['epochs'])}"
    for file, found, expected in (
        (lines, f"账 {code}", f"账 {frozen['code']}"),
        (lines, f"{len(roots)} 行", f"{said['line']} 行"),
        (folder / MANIFEST, f"时点数据第 {frozen['line']} 行", f"时点数据第 {said['line']} 行"),
        (folder / MANIFEST, f"账 {frozen['code'].partition('.')[0]}", f"账 {said['book']}"),
        (lines, f"根 {roots[-1].hex()[:16]}…", f"根 {frozen['root'][:16]}…"),
        (folder / MANIFEST, Long(code, len(roots), roots[-1]).full, str(said["head"])),
        (folder / MANIFEST, f"sha256 {digest[:16]}…", f"sha256 {said['digest'][:16]}…"),
    ):
        if found != expected:
            yield Odd(file, found, expected, ASK_AGAIN)


def _segment(folder: Path, table: str, digest: str) -> Iterator[Odd]:
    """What of a segment does not hold: its digest is its name, its columns are of our types."""
    file = folder / SEGMENTS / f"{digest}.parquet"
    if not re.fullmatch("[0-9a-f]{64}", digest):
        yield Odd(folder / MANIFEST, f"分段名 {digest!r}", "64 位十六进制", ASK_AGAIN)
        return
    try:
        data = file.read_bytes()
    except OSError:
        yield Odd(file, "没有这个文件", f"表 {table} 的分段", ASK_AGAIN)
        return
    if (found := sha256(data).hexdigest()) != digest:
        yield Odd(file, f"sha256 {found[:16]}…", f"sha256 {digest[:16]}…", ASK_AGAIN)
    elif table in names():
        there, ours = pq.read_schema(pa.BufferReader(data)), names()[table].schema
        for name in sorted({*there.names} & {*ours.names}):
            if there.field(name).type != ours.field(name).type:
                found, expected = str(there.field(name).type), str(ours.field(name).type)
                yield Odd(
                    file, f"列 {name} 是 {found}", f"列 {name} 是 {expected}", "两处程序的版本不合，升级较旧的一处"
                )


def _of_others(snapshot: Snapshot) -> Iterator[Odd]:
    """Segments with rows of a programme that the office has not: they would be added to another office's figures."""
    own = {None, *(row["code"] for row in snapshot.rows["programmes"])}
    for name in sorted({*snapshot.tables} & {*names()}):
        for file in snapshot.files(name) if "programme" in names()[name].schema.names else ():
            there = pc.unique(pq.read_table(file, columns=["programme"])["programme"]).to_pylist()
            if others := {*there} - own:
                found, expected = f"项目方案 {'、'.join(sorted(others))} 的行", "只有本单位各方案的行"
                yield Odd(Path(file), found, expected, ASK_AGAIN)


def _held(folder: Path, said: Mapping[str, Any], key: OfficeKey, roots: list[bytes], person: Person) -> Verdict:
    """The head held against those received before, and kept; NotReceived where it is not the same or does not extend them."""
    told, line = _Told(key.book, roots, list(said["epochs"]), (folder / LINES).read_bytes()), len(roots)
    coming = Coming(
        book=key.book, office=key.office, epoch=len(told.epochs), line=line, root=roots[-1].hex(), digest=str(said["digest"]),
        key=base64.b64encode(key.key).decode(), manifest=sha256((folder / MANIFEST).read_bytes()).hexdigest(),
    )  # fmt: skip
    there = _kept(folder, coming)
    taken = receive_head(coming, told.judged, person=person)
    if taken.older:
        last = heads_received(key.book)[-1].line
        raise NotReceived(
            Odd(folder / MANIFEST, f"第 {line} 行，早已收过", f"已收到的第 {last} 行或以后", "用后来的一份")
        )
    if taken.verdict in AGAINST and taken.against:
        found, expected = (
            f"{SAID[taken.verdict]}：这份到第 {line} 行",
            f"与已收到的账首（第 {taken.against.line} 行）一致或延续",
        )
        raise NotReceived(Odd(folder / MANIFEST, found, expected, f"{ASK_WHY}。矛盾已记入账本，签名的清单存 {there}"))
    return taken.verdict


def _kept(folder: Path, coming: Coming) -> Path:
    """What was signed, kept beside the book with its signature and key: the head in the book names it by its digest."""
    there = Path(settings.VAR) / "received" / coming.book / coming.manifest
    part = there.with_suffix(".part")
    if not there.exists():
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
        for name in (MANIFEST, SIGNATURE, PUBLIC):
            if (folder / name).exists():
                shutil.copyfile(folder / name, part / name)
        part.rename(there)
    return there


def _snapshot(folder: Path, said: Mapping[str, Any]) -> Snapshot:
    m = said["snapshot"]
    return Snapshot(
        m["code"], m["line"], m["root"], m["at"], m["tables"], said["digest"], folder.resolve(), m["version"]
    )


def _numbers(name: str) -> list[int]:
    """Epoch and line of a folder's name."""
    return [int(number) for number in re.findall(r"\d+", name)]
