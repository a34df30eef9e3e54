"""The catalogues of sentences: .po files beside the pages, compiled into var/locale when the program starts."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed

SOURCE = Path(__file__).with_name("locale")


def compile_all() -> None:
    """Compile what is missing or older than its source; each file is replaced whole, whoever else starts meanwhile."""
    for source in SOURCE.glob("*/LC_MESSAGES/django.po"):
        target = (Path(settings.LOCALE_PATHS[0]) / source.relative_to(SOURCE)).with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            translation_file_changed(None, target)  # what models have asked for by now is read again


def _compile(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as sentences, NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        write_mo(part, read_po(sentences, abort_invalid=True))
    Path(part.name).replace(target)
