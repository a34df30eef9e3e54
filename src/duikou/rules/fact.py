"""A fact: the small frozen value that a form, a sheet's row and a passage all become; and where it was told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Generic, TypeVar

from .period import Period

Ref = int | str
"""A record by its number, or by the key it bears in the file that brings both; an organisation by its code."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What every fact may say: when it was true, what is only inferred, who took part, lists, what it rests on."""

    kind: ClassVar[str] = ""
    when: Period | None = None
    inferred: tuple[str, ...] = ()
    parties: tuple[tuple[str, Ref], ...] = ()
    items: tuple[tuple[str, str, str], ...] = ()
    links: tuple[tuple[str, Ref], ...] = ()

    def __init_subclass__(cls) -> None:
        cls.kind = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @property
    def day(self) -> date | None:
        """The last day that it speaks of; nothing when the source does not say."""
        return self.when.last if self.when else None

    def named(self, role: str) -> tuple[Ref, ...]:
        """Who took part in a role."""
        return tuple(party for r, party in self.parties if r == role)

    def listed(self, name: str) -> tuple[str, ...]:
        """The points of one list."""
        return tuple(text for n, text, _ in self.items if n == name)


@dataclass(frozen=True)
class Source:
    """Where it is said: document (record), paragraph from 1, section, the words around the figure, whose word it is."""

    document: Ref
    side: str
    paragraph: int | None = None
    section: str = ""
    fragment: str = ""


F = TypeVar("F", bound=Fact, covariant=True)


@dataclass(frozen=True)
class Told(Generic[F]):
    """A fact with its sources: for the whole ("") and for single aspects; `said` keeps the words of each quantity."""

    fact: F
    sources: Mapping[str, Source]
    said: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    place: str = ""

    def source_of(self, aspect: str) -> Source | None:
        """The source of an aspect, or of the whole."""
        return self.sources.get(aspect) or self.sources.get("")
