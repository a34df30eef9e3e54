"""Keys that lie beside the book: personal values are sealed with one, persons told apart by a digest with the other."""

import base64
import hmac
import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NAMES, BEARERS = "names-key", "bearer-key"
MARK = "sealed-1:"  # what was written before there was a key has none and is read as it is
NONCE = 12


class KeyGone(ValueError):
    """A key that something in the book was written with is not in its folder."""

    def __init__(self, name: str) -> None:
        super().__init__(f"密钥文件 {name} 不在账本的文件夹里；从备份放回原处（权限 0600）再办")


def has(name: str) -> bool:
    """Whether a key was made already."""
    return _file(name).exists()


def seal(value: str, number: int) -> str:
    """A value as it lies in the store: AES-256-GCM, bound to its number so that two rows cannot change places."""
    nonce = secrets.token_bytes(NONCE)
    box = nonce + AESGCM(_key(NAMES, make=True)).encrypt(nonce, value.encode(), str(number).encode())
    return MARK + base64.b64encode(box).decode()


def unseal(kept: str, number: int) -> str:
    """A value as it was; KeyGone without the key, ValueError where it was sealed with another or altered."""
    if not kept.startswith(MARK):
        return kept
    key = _key(NAMES, make=False)
    try:
        box = base64.b64decode(kept.removeprefix(MARK), validate=True)
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], str(number).encode()).decode()
    except (InvalidTag, ValueError):
        raise ValueError(f"个人信息第 {number} 号解不开：密钥不是写入时的那一把，或被改动过") from None


def bearer(identity: str, name: str, unit: str) -> str:
    """HMAC-SHA-256 of a person by the identity number, else by name and unit: who has no number in one course and one in
    another is two heads, and two of one name in one unit are one."""
    said = ("identity", identity) if identity else ("name", name, unit)
    return hmac.digest(_key(BEARERS, make=True), "\0".join(said).encode(), sha256).hex()


def _file(name: str) -> Path:
    return Path(settings.VAR) / name


def _key(name: str, *, make: bool) -> bytes:
    """The key of a name, 32 bytes; made once, whole or not at all, readable by its owner only."""
    file = _file(name)
    if make and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = file.with_name(f"{name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(base64.b64encode(secrets.token_bytes(32)))
        with suppress(FileExistsError):  # another process was first
            os.link(new, file)
        new.unlink()
    try:
        return base64.b64decode(file.read_bytes())
    except FileNotFoundError:
        raise KeyGone(name) from None
