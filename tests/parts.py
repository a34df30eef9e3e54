"""The parts beside Python that some tests need: found, or said plainly to be missing."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from duikou.reports.word import FACES


def _chinese_font() -> bool:
    """Whether fontconfig knows a font for Chinese."""
    return bool(shutil.which("fc-list")) and bool(
        subprocess.run(["fc-list", ":lang=zh-cn"], check=False, capture_output=True).stdout
    )


PARTS: dict[str, tuple[Callable[[], object], str]] = {
    "libreoffice": (lambda: shutil.which("soffice"), "libreoffice-writer-nogui"),
    "poppler": (lambda: shutil.which("pdftotext") and shutil.which("pdftoppm"), "poppler-utils"),
    "fonts": (_chinese_font, "fonts-noto-cjk"),
    "chromium": (lambda: shutil.which("chromium"), "chromium"),
    "postgresql": (lambda: any(Path("/usr/lib/postgresql").glob("*/bin/postgres")), "postgresql"),
    "spark": (
        lambda: shutil.which("java") and importlib.util.find_spec("pyspark"),
        "openjdk-17-jre-headless && make .venv/.spark-stamp",
    ),
    "iati": (
        lambda: importlib.util.find_spec("iati"),
        "make && touch requirements-iati.lock && make .venv/.test-stamp",
    ),
}


def require(part: str) -> None:
    """Skip the test that needs a missing part, saying which; with DUIKOU_REQUIRE_ALL set, fail it."""
    found, package = PARTS[part]
    if found():
        return
    missing = f"{part} is missing: apt-get install --no-install-recommends {package}"
    if os.environ.get("DUIKOU_REQUIRE_ALL"):
        pytest.fail(missing)
    pytest.skip(missing)


def converted(document: Path, kind: str, folder: Path) -> Path:
    """A document as LibreOffice writes it in another kind; official faces fall back as the file's font table says."""
    folder.mkdir(parents=True, exist_ok=True)
    fallbacks = "".join(
        f'<alias binding="same"><family>{face}</family><prefer>'
        + "".join(f"<family>{other}</family>" for other in others.split(","))
        + "</prefer></alias>"
        for face, (_, others) in FACES.items()
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{fallbacks}</fontconfig>",
        encoding="utf-8",
    )
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", kind, "--outdir", str(folder), str(document)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    return folder / f"{document.stem}.{kind}"
