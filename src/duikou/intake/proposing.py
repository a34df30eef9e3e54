"""What was read becomes facts of the book: several candidates of one event make one; or it is said why they make none.

Nothing here is believed: a proposal stands beside its passage until a person takes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .proposing_record import Ground, Proposal, Read, made_of
from .proposing_ways import field_of, way_of
from .prose.candidate import Candidate
from .prose.reading import Reading
from .wordings import read_as

TIED = 6  # characters between two numbers of one event: 4期164人, 培训4期、164人次


def propose(reading: Reading, ground: Ground) -> list[Proposal]:
    """What was read as proposals, in the order of the text."""
    said = [read_as(c, ground.texts[c.paragraph - 1], ground.examples) for c in reading.candidates]
    return [made_of(group, ground) for group in _events(said)]


def reproposed(proposal: Proposal, kind: str, ground: Ground) -> Proposal:
    """The same passage read as another kind, because a person says so: what speaks against it is not asked."""
    candidates = proposal.candidates if kind == proposal.first.kind else proposal.candidates[:1]
    return made_of([(replace(c, kind=kind) if n == 0 else c, ()) for n, c in enumerate(candidates)], ground, asked=True)


def _events(said: Sequence[Read]) -> Iterator[list[Read]]:
    """What was read, put together by event."""
    groups: list[list[Read]] = []
    for one in said:
        home = next((g for g in reversed(groups[-4:]) if _belongs(one[0], [c for c, _ in g])), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    yield from groups


def _belongs(one: Candidate, group: Sequence[Candidate]) -> bool:
    """Whether a candidate tells of the event of a group: the same firm in a sentence, or numbers that stand together."""
    last, ways_of = group[-1], [way_of(c) for c in group]
    way = way_of(one)
    if (one.paragraph, one.sentence) == (last.paragraph, last.sentence) and way.record == ways_of[
        -1
    ].record == "study_class":
        return not any(field_of(c, w) for c, w in zip(group, ways_of, strict=True))
    if one.paragraph != last.paragraph or one.sentence != last.sentence or one.quantity is None:
        return False
    if "investment" in (way.part_of, way.record) and any(w.record == "investment" for w in ways_of):
        field_ = field_of(one, way, part=True)
        return bool(field_) and field_ not in [field_of(c, w, part=True) for c, w in zip(group, ways_of, strict=True)]
    near = one.start - last.end <= TIED and not one.part
    same = (
        way.record
        and way.record == ways_of[-1].record
        and way.record not in ("gift", "secured", "intent", "stated_total")
    )
    taken = [field_of(c, w) for c, w in zip(group, ways_of, strict=True)]
    return bool(near and same and field_of(one, way) not in ("", *taken))
