"""Snapshots received from offices: signature, digests, and the head held against those received before (账首)."""

import base64
import binascii
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from duikou.acts.check import Book, Head, read_heads
from duikou.acts.journal import Head as Long
from duikou.acts.journal import book_code, canonical
from duikou.acts.tree import Edge

from .signed import FORM, LINES, MANIFEST, PUBLIC, SEGMENTS, SIGNATURE, OfficeKey, read_key
from .store import VERSION, Snapshot
from .tables import names

HASH = 32
ASK_AGAIN = "请对方重新导出并交来"
ASK_WHY = "不取这份；向对方核实账首，查明之前用上次收到的"
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

    def __init__(self, code: str, roots: list[bytes], epochs: list[int]) -> None:
        self.code, self.roots, self.epochs = code, roots, epochs


def handed_in(folder: Path) -> list[Path]:
    """The folders of one snapshot each under a folder, the youngest of each book last; the folder may itself be one."""
    found = [folder] if (folder / MANIFEST).exists() else [path.parent for path in folder.glob(f"*/{MANIFEST}")]
    return sorted(found, key=lambda path: (book_of(path), _numbers(path.name.partition(".")[2]), path))


def book_of(folder: Path) -> str:
    """The code of the book that a folder says it is of, before anything of it is believed."""
    return folder.name.partition(".")[0]


def receive(folder: Path, keys: Mapping[str, OfficeKey], *, keep: bool = True) -> Received:
    """A snapshot of an office whose key is trusted, checked whole, its head kept; NotReceived with all that is odd."""
    said, key = _signed(folder, keys)
    kept = heads_of(key.book)
    roots = _roots(folder, said, {number for _, _, number, _ in kept})
    if odd := list(_of_itself(folder, said, roots)):
        raise NotReceived(*odd)
    tables: Tables = said["snapshot"]["tables"]
    if odd := [one for name, rows in tables.items() for _, digest, _ in rows for one in _segment(folder, name, digest)]:
        raise NotReceived(*odd)
    verdict, snapshot = _against(folder, said, roots, kept), _snapshot(folder, said)
    if odd := list(_of_others(snapshot)):
        raise NotReceived(*odd)
    if keep:
        _keep(key.book, snapshot)
    return Received(key, snapshot, str(said["program"]), verdict)


def heads_of(book: str) -> list[Head]:
    """The heads of a book that were received, in their order."""
    file = _file(book)
    return read_heads(file.read_text("utf-8")) if file.exists() else []


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


def _against(folder: Path, said: Mapping[str, Any], roots: list[bytes], kept: Sequence[Head]) -> str:
    """How the book stands to the last head received; NotReceived where it is not the same or does not extend it."""
    told = _Told(str(said["book"]), roots, list(said["epochs"]))
    verdict = "初次 first"
    for head in kept:
        verdict = told.verdict(*head)
        if not verdict.endswith(("same", "extends")):
            found = f"{verdict}：这份到第 {len(roots)} 行"
            raise NotReceived(Odd(folder / MANIFEST, found, f"与已收到的账首（第 {head[2]} 行）一致或延续", ASK_WHY))
    return verdict


def _snapshot(folder: Path, said: Mapping[str, Any]) -> Snapshot:
    m = said["snapshot"]
    return Snapshot(m["code"], m["line"], m["root"], m["at"], m["tables"], said["digest"], folder.resolve())


def _keep(book: str, snapshot: Snapshot) -> None:
    """Keep the head of a snapshot among those received; one that is there already says nothing new."""
    file = _file(book)
    kept = file.read_text("utf-8") if file.exists() else ""
    if snapshot.head.long not in kept:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_suffix(".part")
        part.write_text(kept + snapshot.head.long, "utf-8")
        part.replace(file)


def _file(book: str) -> Path:
    return Path(settings.VAR) / "received" / f"{book}.heads"


def _numbers(name: str) -> list[int]:
    """Epoch and line of a folder's name."""
    return [int(number) for number in re.findall(r"\d+", name)]
