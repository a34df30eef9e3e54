"""Personal data: kept beside the journal, committed to inside it, read by persons only, each reading a row of its log (J10)."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from duikou.records.models import Name, NameRead, Personal
from duikou.rules import identity
from duikou.rules.rights import Person, Place, may

from . import sealing
from .doing import Forbidden, Work, doing

HALF_A_YEAR = 183  # days; 网络安全法第21条: logs are kept six months at least


def commitment(field: str, value: str, salt: bytes) -> str:
    """SHA-256(0x02 ‖ salt ‖ field ‖ value), each of the last two with its length: nobody without the salt can guess it."""
    parts = (salt, *(len(part).to_bytes(4) + part for part in (field.encode(), value.encode())))
    return sha256(b"\x02" + b"".join(parts)).hexdigest()


def keep(work: Work, fields: Sequence[tuple[str, str]]) -> list[int]:
    """Keep values of personal fields inside an act, sealed; the numbers by which records point at them."""
    if not sealing.has(sealing.NAMES) and Name.objects.filter(value__startswith=sealing.MARK).exists():
        raise sealing.KeyGone(sealing.NAMES)
    numbers = list(work.numbers(Personal, len(fields)))
    salts = [secrets.token_bytes(16) for _ in fields]
    rows = list(zip(numbers, fields, salts, strict=True))
    work.write([Personal(number=n, field=f, commitment=commitment(f, v, salt)) for n, (f, v), salt in rows])
    Name.objects.bulk_create([Name(number=n, value=sealing.seal(v, n), salt=s.hex()) for n, (_, v), s in rows])
    return numbers


def read(numbers: Sequence[int], *, person: Person, place: Place, why: str) -> dict[int, str]:
    """The values of personal fields by number, empty where erased; who read what and why is kept before a value is given.

    ValueError if a value is not what the book committed to, or no reason is given.
    """
    if not may(person, "see_names", place):
        raise Forbidden("see_names")
    if not why.strip():
        raise ValueError("读取个人信息要写明事由")
    if not numbers:
        return {}
    with transaction.atomic():
        NameRead.objects.create(at=datetime.now(UTC), account=person.account, names=list(numbers), why=why[:120])
        return _values(numbers)


def forget_reads() -> int:
    """Delete readings older than settings.READS_KEPT days, which is half a year at least; how many there were."""
    if settings.READS_KEPT < HALF_A_YEAR:
        raise ValueError(f"读取记录至少保存 {HALF_A_YEAR} 天，现设为 {settings.READS_KEPT} 天")
    before = datetime.now(UTC) - timedelta(days=settings.READS_KEPT)
    return NameRead.objects.filter(at__lt=before).delete()[0]


def _values(numbers: Sequence[int]) -> dict[int, str]:
    """The values, each held against its commitment."""
    kept, known = Name.objects.in_bulk(numbers), Personal.objects.in_bulk(numbers)
    values = {number: sealing.unseal(name.value, number) for number, name in kept.items()}
    for number, name in kept.items():
        personal = known.get(number)
        committed = personal and commitment(personal.field, values[number], bytes.fromhex(name.salt))
        if personal is None or committed != personal.commitment:
            raise ValueError(f"个人信息第 {number} 号与账上的承诺不符，被改动过")
    return {number: values.get(number, "") for number in numbers}


def masked(numbers: Sequence[int]) -> dict[int, str]:
    """The values of names and identity numbers as anyone who sees the record may see them, empty where erased: no reading."""
    shown = {"name": identity.masked_name, "identity": identity.masked}
    fields = dict(Personal.objects.filter(number__in=numbers).values_list("number", "field"))
    return {n: shown[fields[n]](value) if fields[n] in shown else "" for n, value in _values(numbers).items()}


def erase(numbers: Sequence[int], *, person: Person, reason: str) -> None:
    """Erase values and salts for good; the commitments stay, which nobody can lead back to the values."""
    with doing("erase_names", person=person, place=Place(), reason=reason) as work:
        for personal in Personal.objects.filter(number__in=numbers, erased=False):
            work.change(personal, erased=True)
        Name.objects.filter(number__in=numbers).delete()


def erase_again() -> int:
    """After a restore: delete what the book says was erased; how many values had come back."""
    erased = Personal.objects.filter(erased=True).values("number")
    return Name.objects.filter(number__in=erased).delete()[0]
