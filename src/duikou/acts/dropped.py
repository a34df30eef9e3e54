"""Files dropped in and not taken yet, and how an office's own columns are read: working tables outside the journal."""

import os
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from duikou.records.models import Programme, SavedLayout, Upload
from duikou.rules.rights import Person

from .evidence import keep_text
from .handing import Handed, accept_sheet

KEPT = timedelta(days=30)


def drop(name: str, data: bytes, chosen: Mapping[str, Any], *, programme: Programme, person: Person) -> Upload:
    """Keep a file until it is taken or given up; the same file of the same person is not kept twice. Old ones go."""
    sweep()
    digest = _keep(data)
    own = Upload.objects.filter(account=person.account, programme=programme.code, digest=digest, submission=None)
    upload = own.first() or Upload(account=person.account, programme=programme.code, digest=digest, at=timezone.now())
    upload.name, upload.chosen = name[:200], dict(chosen)
    upload.save()
    return upload


def replace_bytes(upload: Upload, name: str, data: bytes) -> None:
    """Put a mended copy in the place of a file; what was said of it stays."""
    before = upload.digest
    upload.name, upload.digest = name[:200], _keep(data)
    upload.save(update_fields=["name", "digest"])
    _forget(before)


def choose(upload: Upload, **said: Any) -> None:
    """Keep what a person has said of a file."""
    upload.chosen = {**upload.chosen, **said}
    upload.save(update_fields=["chosen"])


def give_up(upload: Upload) -> None:
    """A file is not handed in after all."""
    digest = upload.digest
    upload.delete()
    _forget(digest)


def take(upload: Upload, handed: Handed, *, programme: Programme, person: Person) -> int:
    """Take a file once, and keep it as the document that its records rest on; the number of its submission."""
    with transaction.atomic():
        kept = Upload.objects.select_for_update().get(pk=upload.pk)
        if kept.submission:
            return kept.submission
        data = bytes_of(kept)
        number = accept_sheet(handed, programme=programme, person=person)
        keep_text(data)
        kept.submission = number
        kept.save(update_fields=["submission"])
        transaction.on_commit(lambda: _forget(kept.digest))
    return number


def sweep() -> int:
    """Remove what nobody has come back to for a month; how many."""
    old = list(Upload.objects.filter(at__lt=timezone.now() - KEPT))
    for upload in old:
        give_up(upload)
    return len(old)


def bytes_of(upload: Upload) -> bytes:
    """The bytes of a file that was dropped in; FileNotFoundError where they are gone."""
    return _place(upload.digest).read_bytes()


def save_layout(office: str, kind: str, title: str, columns: Mapping[str, Any]) -> SavedLayout:
    """Keep how the columns of an office's own sheet are read; one of the same title is read so from now on."""
    said = {"kind": kind, "columns": dict(columns), "at": timezone.now()}
    return SavedLayout.objects.update_or_create(office=office, title=title, defaults=said)[0]


def _place(digest: str) -> Path:
    return Path(settings.VAR) / "uploads" / digest


def _keep(data: bytes) -> str:
    """Keep bytes under their digest, whole or not at all."""
    digest = sha256(data).hexdigest()
    target = _place(digest)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not target.exists():
        part = target.with_name(f"{digest}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(target)
    return digest


def _forget(digest: str) -> None:
    """Remove bytes that no file dropped in needs any more."""
    if not Upload.objects.filter(digest=digest, submission=None).exists():
        _place(digest).unlink(missing_ok=True)
