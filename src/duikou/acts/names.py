"""Personal data: kept beside the journal, committed to inside it, erased by an act that leaves the tree whole (J10)."""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from duikou.records.models import Name, Personal
from duikou.rules.rights import Person, Place

from .doing import Work, doing


def commitment(field: str, value: str, salt: bytes) -> str:
    """SHA-256(0x02 ‖ salt ‖ field ‖ value), each of the last two with its length: nobody without the salt can guess it."""
    parts = (salt, *(len(part).to_bytes(4) + part for part in (field.encode(), value.encode())))
    return sha256(b"\x02" + b"".join(parts)).hexdigest()


def keep(work: Work, fields: Sequence[tuple[str, str]]) -> list[int]:
    """Keep values of personal fields inside an act; the numbers by which records point at them."""
    numbers = list(work.numbers(Personal, len(fields)))
    salts = [secrets.token_bytes(16) for _ in fields]
    rows = list(zip(numbers, fields, salts, strict=True))
    work.write([Personal(number=n, field=f, commitment=commitment(f, v, salt)) for n, (f, v), salt in rows])
    Name.objects.bulk_create([Name(number=n, value=v, salt=salt.hex()) for n, (_, v), salt in rows])
    return numbers


def value_of(number: int) -> str:
    """The value of a personal field; empty once it was erased. ValueError if it is not what the book committed to."""
    name = Name.objects.filter(number=number).first()
    if name is None:
        return ""
    personal = Personal.objects.get(number=number)
    if commitment(personal.field, name.value, bytes.fromhex(name.salt)) != personal.commitment:
        raise ValueError(f"个人信息第 {number} 号与账上的承诺不符，被改动过")
    return name.value


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
