"""Who may do what: one table of act × state × role × where (rights.csv), asked by the button and by the act."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from duikou.terms.words import code_of, regions

TABLE = Path(__file__).with_name("rights.csv")


@dataclass(frozen=True)
class Place:
    """What a right is asked of: codes of programme, area and office, the account, its state; empty where it has none."""

    programme: str = ""
    area: str = ""
    office: str = ""
    account: str = ""
    state: str = ""


@dataclass(frozen=True)
class Post:
    """A role that a person bears today: in which office, for which area, in which programme (empty: in every one)."""

    role: str
    office: str = ""
    area: str = ""
    programme: str = ""


PUBLIC = Post("public_reader")


@dataclass(frozen=True)
class Person:
    """Who acts: the account (empty for a visitor) and the posts it bears today; everyone may what the public may."""

    account: str = ""
    posts: tuple[Post, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles of all posts."""
        return frozenset(post.role for post in self.posts)


def everywhere(account: str, *roles: str) -> Person:
    """A person with roles in every programme and in no office: the operator at the machine itself."""
    return Person(account, tuple(Post(role) for role in roles))


@cache
def table() -> dict[tuple[str, str], dict[str, str]]:
    """How far each role reaches, by act and state ("" for any); ValueError names a word that is not in terms."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        (_, _, *heads), *rows = csv.reader(file)
    roles = [code_of("role", head) for head in heads]
    return {
        (code_of("act", act), code_of("openness", state) if state else ""): {
            role: code_of("where", said) for role, said in zip(roles, cells, strict=True) if said
        }
        for act, state, *cells in rows
    }


def may(person: Person, act: str, place: Place) -> bool:
    """Whether a person may do an act on a thing; an act that is not in the table nobody may."""
    return any(_reaches(where, post, person, place) for where, post in _rights(person, act, place.state))


def may_somewhere(person: Person, act: str, programme: str = "") -> bool:
    """Whether a person may do an act on anything at all, or anything of a programme."""
    return any(
        where == "all" or not programme or post.programme in ("", programme)
        for where, post in (right for state in ("", "internal", "public") for right in _rights(person, act, state))
    )


def who_may(act: str) -> tuple[str, ...]:
    """The roles that may do an act in some state, in the order of the table."""
    return tuple(dict.fromkeys(role for (code, _), cells in table().items() if code == act for role in cells))


def contains(area: str, other: str) -> bool:
    """Whether an area is or contains another, by their GB/T 2260 codes of today: 632300 contains 632321."""
    area, other = _today(area), _today(other)
    return bool(area and other) and other.startswith(area[:2] if area.endswith("0000") else area.removesuffix("00"))


def _today(area: str) -> str:
    """The code that an area bears today: 632321 (同仁县) became 632301 (同仁市)."""
    rows = regions().get(area, ())
    return _today(rows[-1].successor) if rows and rows[-1].successor else area


def _rights(person: Person, act: str, state: str) -> Iterator[tuple[str, Post]]:
    """How far each post of a person reaches for an act on a thing in a state."""
    for key in dict.fromkeys(((act, ""), (act, state))):
        for post in (*person.posts, PUBLIC):
            if where := table().get(key, {}).get(post.role):
                yield where, post


def _reaches(where: str, post: Post, person: Person, place: Place) -> bool:
    """Whether a right of a post covers a thing."""
    own_programme = post.programme in ("", place.programme)
    match where:
        case "all":
            return own_programme if place.programme else True
        case "programme":
            return bool(place.programme) and own_programme
        case "area":
            return own_programme and contains(post.area, place.area)
        case "office":
            return bool(post.office) and post.office == place.office
        case _:
            return bool(person.account) and person.account == place.account
