"""Snapshots that are handed in: an office's pair of keys, the keys it trusts, and a snapshot as a signed folder.

A folder holds `manifest.json`, `signature` (ed25519 over it), `office.pub`, `lines` (the hash of each line of the journal,
32 bytes each, so that any earlier head can be held against it) and the segments, each named by its digest.
"""

import base64
import json
import os
import re
import shutil
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from duikou.acts.journal import canonical, head
from duikou.records.models import JournalLine

from .store import Snapshot

FORM = "duikou.snapshot/1"
MANIFEST, SIGNATURE, PUBLIC, LINES, SEGMENTS = "manifest.json", "signature", "office.pub", "lines", "segments"
_KEY = re.compile(r"duikou\.key/1\nbook (DK[0-9A-Z]{8})\noffice ([^\n]{1,80})\ned25519 ([A-Za-z0-9+/]{43}=)\n?")


@dataclass(frozen=True)
class OfficeKey:
    """The public key of an office: code of its book, name of the office, 32 bytes."""

    book: str
    office: str
    key: bytes

    def __str__(self) -> str:
        return f"duikou.key/1\nbook {self.book}\noffice {self.office}\ned25519 {base64.b64encode(self.key).decode()}\n"

    @property
    def fingerprint(self) -> str:
        """What two people read to each other: 80 bits of the digest of all it says, in groups of four."""
        return " ".join(re.findall("....", sha256(str(self).encode()).hexdigest()[:20]))

    def signed(self, data: bytes, signature: bytes) -> bool:
        """Whether the office signed these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, _sealed(data))
        except InvalidSignature:
            return False
        return True


def read_key(text: str) -> OfficeKey:
    """The public key in a text; ValueError where it holds none."""
    found = _KEY.fullmatch(text.replace("\r\n", "\n"))
    if not found:
        raise ValueError(
            "不是单位公钥：应有 duikou.key/1、book、office、ed25519 四行；请对方重新给 duikou keys 所印的文件"
        )
    return OfficeKey(found[1], found[2], base64.b64decode(found[3]))


def keys_folder() -> Path:
    """Where the keys lie, beside the book."""
    return Path(settings.VAR) / "keys"


def make_key(office: str) -> OfficeKey:
    """A new pair of keys for this book: the private one for its own account only, the public one to be given away."""
    private, made = keys_folder() / "office.pem", Ed25519PrivateKey.generate()
    key = read_key(
        str(OfficeKey(_book(), office, made.public_key().public_bytes_raw()))
    )  # a name that can be read back
    if private.exists():
        raise LookupError(f"{private} 已有私钥；要换新的，先移走它和 {PUBLIC}，再请各收件单位重新信任")
    private.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made.private_bytes(*kind))
    (keys_folder() / PUBLIC).write_text(str(key), "utf-8")
    return key


def own_key() -> OfficeKey | None:
    """This office's public key; nothing where none was made."""
    file = keys_folder() / PUBLIC
    return read_key(file.read_text("utf-8")) if file.exists() else None


def trusted() -> dict[str, OfficeKey]:
    """The keys this office trusts by the code of their book, its own among them."""
    kept = [read_key(file.read_text("utf-8")) for file in sorted((keys_folder() / "trusted").glob("*.pub"))]
    return {key.book: key for key in (*filter(None, [own_key()]), *kept)}


def trust(text: str, *, instead: bool = False) -> OfficeKey:
    """Trust the key in a text; one that would stand in another's place only where that is said."""
    key = read_key(text)
    if (known := trusted().get(key.book)) and known != key and not instead:
        raise ValueError(
            f"账 {key.book} 已信任另一把公钥（{known.office}，指纹 {known.fingerprint}）；"
            f"向对方核实确已换为 {key.fingerprint} 后，加 --instead 再办"
        )
    file = keys_folder() / "trusted" / f"{key.book}.pub"
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.write_text(str(key), "utf-8")
    return key


def export(snapshot: Snapshot, folder: Path) -> Path:
    """A snapshot in a folder of its own under `folder`, signed, to be handed in; LookupError without a key."""
    key = own_key()
    if key is None:
        raise LookupError("还没有单位密钥；先运行 duikou keys --new")
    target = folder / f"{snapshot.code}-{snapshot.line}"
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    (part / SEGMENTS).mkdir(parents=True)
    for file in {file for table in snapshot.tables for file in snapshot.files(table)}:
        shutil.copyfile(file, part / SEGMENTS / Path(file).name)
    hashes = _hashes(snapshot.line)
    manifest = canonical(_manifest(snapshot, key, hashes)).encode()
    written = {MANIFEST: manifest, SIGNATURE: _signature(manifest), LINES: hashes, PUBLIC: str(key).encode()}
    for name, data in written.items():
        (part / name).write_bytes(data)
    shutil.rmtree(target, ignore_errors=True)
    return part.rename(target)


def _manifest(snapshot: Snapshot, key: OfficeKey, hashes: bytes) -> dict[str, Any]:
    """What the office signs: the snapshot's own manifest, with head, line, digest, program and the hashes of the lines."""
    frozen = snapshot.folder / f"{snapshot.code}-{snapshot.line}-{snapshot.root[:16]}.json"
    opened = JournalLine.objects.filter(header__contains='"act":"open_epoch"', number__lte=snapshot.line, number__gt=1)
    return {
        "form": FORM, "book": key.book, "office": key.office, "line": snapshot.line, "head": snapshot.head.full,
        "digest": snapshot.digest, "program": version("duikou"), "lines": sha256(hashes).hexdigest(),
        "epochs": [1, *opened.order_by("number").values_list("number", flat=True)],
        "snapshot": json.loads(frozen.read_bytes()),
    }  # fmt: skip


def _hashes(line: int) -> bytes:
    """The hash of each line up to one, one after the other."""
    rows = JournalLine.objects.filter(number__lte=line).order_by("number").values_list("hash", flat=True)
    return b"".join(bytes.fromhex(hashed) for hashed in rows.iterator())


def _signature(data: bytes) -> bytes:
    private = serialization.load_pem_private_key((keys_folder() / "office.pem").read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError("office.pem 不是 ed25519 私钥")
    return base64.b64encode(private.sign(_sealed(data))) + b"\n"


def _sealed(data: bytes) -> bytes:
    """What is signed: the form before the bytes, so that the key signs nothing else by it."""
    return f"{FORM}\n".encode() + data


def _book() -> str:
    now = head()
    if now is None:
        raise LookupError("账本还是空的：先开立账本并载入")
    return now.code.partition(".")[0]
