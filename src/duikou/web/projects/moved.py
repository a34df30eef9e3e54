"""What has changed with projects since a day: stages reached, sent back, changes approved, given up, progress."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateparse import parse_datetime

from duikou.records.models import JournalImage, JournalLine, Milestone, Programme, Progress, ProjectChange, of
from duikou.terms.words import vocabulary
from duikou.web.language import say

from .rows import Row, newest

BACK = {"return_project": "returned", "cancel_project": "cancelled"}


@dataclass(frozen=True)
class Moved:
    """A change with the projects that it happened to: its code, a word of it where it has one, each with what is to be said."""

    code: str
    words: str
    projects: tuple[tuple[Row, str], ...]


def moved_since(programme: Programme, rows: Iterable[Row], since: date) -> Iterator[Moved]:
    """The changes since a day that anything happened in."""
    known = {row.number: row for row in rows}
    yield from _reached(programme, known, since)
    for code, numbers in _by_act(since).items():
        if here := tuple((known[number], "") for number in numbers if number in known):
            yield Moved(code, "", here)
    approved = of(ProjectChange, programme).filter(decided__gte=since, approved=True).order_by("pk")
    changed = [(known[p], say("change", kind)) for p, kind in approved.values_list("project_id", "type") if p in known]
    if changed:
        yield Moved("changed", "", tuple(changed))
    if progressed := tuple(_progressed(programme, known, since)):
        yield Moved("progressed", "", progressed)


def _reached(programme: Programme, known: dict[int, Row], since: date) -> Iterator[Moved]:
    """The stages that were reached, in their order."""
    rows = of(Milestone, programme).filter(first__gte=since).order_by("first", "pk").values_list("stage", "project_id")
    by_stage: dict[str, list[Row]] = {}
    for stage, project in rows:
        if project in known:
            by_stage.setdefault(stage, []).append(known[project])
    for stage in vocabulary()["life"]:
        if stage in by_stage:
            yield Moved("reached", say("life", stage), tuple((row, "") for row in by_stage[stage]))


def _by_act(since: date) -> dict[str, list[int]]:
    """The projects that were sent back or given up, as the journal has it: read back to the day, no further."""
    lines: dict[int, str] = {}
    newest_first = JournalLine.objects.order_by("-number").values_list("number", "header")
    for number, header in newest_first.iterator(chunk_size=1000):
        said = json.loads(header)
        at = parse_datetime(said["at"])
        if at is None or at.astimezone(ZoneInfo(settings.TIME_ZONE)).date() < since:
            break
        if said["act"] in BACK:
            lines[number] = BACK[said["act"]]
    found: dict[str, list[int]] = {code: [] for code in BACK.values()}
    images = JournalImage.objects.filter(table="records_project", line__in=list(lines))
    for line, project in images.values_list("line_id", "number"):
        found[lines[line]].append(project)
    return {code: list(dict.fromkeys(numbers)) for code, numbers in found.items()}


def _progressed(programme: Programme, known: dict[int, Row], since: date) -> Iterator[tuple[Row, str]]:
    """Projects whose percentage is another than before, those that moved most first."""
    told = of(Progress, programme)
    now, before = newest(told.filter(last__gte=since)), newest(told.filter(last__lt=since))
    moved = [(number, before.get(number, (0,))[0], percent) for number, (percent, _) in now.items() if number in known]
    for number, was, percent in sorted(moved, key=lambda one: (-abs(one[2] - one[1]), one[0])):
        if percent != was:
            yield known[number], f"{was}% → {percent}%"
