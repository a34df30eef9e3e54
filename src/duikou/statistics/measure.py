"""Figures as their reader may see them: worked out, and small groups of people withheld from who sees only what is public."""

from duikou.snapshot.store import Snapshot

from . import reckon
from .audience import public
from .figure import Figure, Identity, Name, Standing
from .masking import figure_shown
from .values import RefusedSum


def figure(snapshot: Snapshot, name: Name) -> Figure:
    """The figure of a name on a snapshot; RefusedSum where the law of additivity forbids the sum."""
    found = reckon.figure(snapshot, name)
    return figure_shown(snapshot, found) if public(name.programme) else found


def asked(snapshot: Snapshot, name: Name) -> Figure:
    """The figure of a name; where its sum is not allowed, one without a number that says why: a refusal fails no page."""
    try:
        return figure(snapshot, name)
    except RefusedSum as refused:
        d, why = name.definition, refused.refusal
        standing = Standing(blank=f"不能相加：{why.reason}")
        return Figure(
            Identity(name, d.version, d.side, snapshot.line), d, None, "", d.sense, "apart", standing, "apart"
        )


def rest(snapshot: Snapshot, name: Name, dimension: str) -> Figure | None:
    """What a cut leaves unsaid: the figure of the records without a member; nothing where all say one."""
    found = reckon.rest(snapshot, name, dimension)
    return figure_shown(snapshot, found) if found and public(name.programme) else found


def cut(snapshot: Snapshot, name: Name, dimension: str) -> tuple[Figure, ...]:
    """The figures of each member of a cut that has records, the largest first: one grouped question for all."""
    found = reckon.cut(snapshot, name, dimension)
    if not public(name.programme):
        return found
    shown = (figure_shown(snapshot, one) for one in found)
    return tuple(sorted(shown, key=lambda one: bool(one.mark)))  # where one stands among the others would tell its size
