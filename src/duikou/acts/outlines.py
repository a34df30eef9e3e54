"""Outlines of papers are kept in editions: the youngest one is in use, older ones stay for the papers they made."""

from collections.abc import Iterable
from hashlib import sha256

from duikou.records.models import Outline, Programme, of
from duikou.rules import outlines as rules
from duikou.rules.fact import Told
from duikou.rules.problem import judge
from duikou.rules.rights import Person

from .doing import doing, place_of, today
from .entering import enter

TITLE = 120  # characters of a title


def digest_of(text: str) -> str:
    """The digest by which an edition is known: line ends as they are written here."""
    return sha256(text_of(text).encode()).hexdigest()


def text_of(text: str) -> str:
    """A text as it is kept: one kind of line end, one at its end."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def save_outline(
    code: str,
    title: str,
    text: str,
    *,
    programme: Programme,
    person: Person,
    reason: str,
    shipped: str,
    made_from: int = 0,
    odd: Iterable[rules.Odd] = (),
) -> int:
    """Keep a text as the next edition of an outline; its record number.

    `shipped`: the text that comes with the program, in use while no edition is kept; `made_from`: the edition that was
    edited; `odd`: what the reader of outlines did not understand, each line of which refuses the act.
    """
    text = text_of(text)
    with doing("save_outline", person=person, place=place_of(programme), reason=reason.strip()) as work:
        last = of(Outline, programme).filter(code=code).order_by("edition").last()
        youngest, used = (last.edition, last.digest) if last else (0, digest_of(shipped))
        fact = rules.Outline(
            code=code,
            edition=youngest + 1,
            title=title[:TITLE],
            text=text,
            digest=digest_of(text),
            reason=reason.strip(),
        )
        standing = rules.OutlineStanding(youngest, used, made_from)
        for one in odd:
            work.problems += judge(rules.RULES[rules.Odd], one, None, day=today(), opened=None, place=one.place)
        work.problems += judge(rules.RULES[rules.Outline], fact, standing, day=today(), opened=None)
        work.refuse_if_stopped()
        return enter(work, programme.record_id, [Told(fact, {})], {})[0]
