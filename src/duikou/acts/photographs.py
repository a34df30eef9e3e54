"""Photographs of projects: upright, small, silent about where and by whom they were taken; kept under their digest."""

import os
import struct
import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

LARGEST = 300 * 1024  # bytes of what is kept
SIDES, QUALITIES = (1600, 1280, 1024, 800, 640), (85, 75, 65, 55)  # tried in turn until it is small enough
PIXELS, PIXELS_OF_JPEG = 40_000_000, 120_000_000  # a JPEG is unpacked at a part of its size, all else whole
READ = ("JPEG", "PNG", "WEBP")
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif")
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error, zlib.error,
)  # fmt: skip  # what the reader raises at files that are no whole picture


class Unreadable(ValueError):
    """A file that is not kept as a photograph, and why, in words."""


def keep(data: bytes) -> str:
    """Keep a photograph as it may be shown; its digest. Kept once, whole or not at all; Unreadable where it is none."""
    small = prepared(data)
    digest = sha256(small).hexdigest()
    target = _folder() / digest
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{digest}.{os.getpid()}.part")
        part.write_bytes(small)
        part.replace(target)
    return digest


def file_of(digest: str) -> Path | None:
    """The file of a photograph that is kept; nothing where there is none of this digest."""
    target = _folder() / digest
    return target if len(digest) == 64 and digest.isalnum() and target.is_file() else None


def prepared(data: bytes) -> bytes:
    """A photograph as a JPEG: upright, of at most 1600 points and 300 KB, its picture and nothing else."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        raise Unreadable("是 HEIC 照片，读不了；在手机相机设置里把格式改为 JPEG（兼容性最佳）再拍，或截图后选截图")
    try:
        picture = _opened(data)
    except Unreadable:
        raise
    except Image.DecompressionBombError:
        raise Unreadable("的点数太多；缩小后再选") from None
    except BROKEN:
        raise Unreadable("读不成照片；选手机拍的 JPEG、PNG 或 WebP，文件没传完的重新选") from None
    for side in SIDES:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            written = BytesIO()
            picture.save(written, "JPEG", quality=quality, optimize=True)
            if written.tell() <= LARGEST:
                return written.getvalue()
    raise Unreadable("太花，缩小后仍超过 300 KB；换一张")


def _opened(data: bytes) -> Image.Image:
    """The first picture of a file, upright, on white, without anything that came with it."""
    with Image.open(BytesIO(data), formats=READ) as found:
        width, height = found.size
        if width * height > (PIXELS_OF_JPEG if found.format in ("JPEG", "MPO") else PIXELS):
            raise Unreadable(f"有 {width}×{height} 点，点数太多；缩小后再选")
        found.draft("RGB", (SIDES[0], SIDES[0]))
        found.load()
        upright = _upright(found)
    upright.thumbnail((SIDES[0], SIDES[0]), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", upright.size, "white")
    if "A" in upright.getbands() or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        clean.paste(upright, mask=upright.getchannel("A"))
    else:
        clean.paste(upright.convert("RGB"))
    return clean


def _upright(found: Image.Image) -> Image.Image:
    """A picture turned as its camera says; one whose notes cannot be read stays as it is."""
    try:
        return ImageOps.exif_transpose(found)
    except BROKEN:
        return found


def _folder() -> Path:
    return Path(settings.VAR) / "photographs"
