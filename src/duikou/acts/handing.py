"""收表: a sheet that an office hands in is taken by one act, all rows or none (taken back in `undoing`)."""

from dataclasses import dataclass, replace
from typing import Any

from duikou.records.models import Document, Organisation, Programme, Project, Submission
from duikou.rules import evidence
from duikou.rules import handing as rules
from duikou.rules.fact import Fact, Ref, Told
from duikou.rules.period import Period
from duikou.rules.problem import Problem, Refused
from duikou.rules.rights import Person, Place, may
from duikou.terms.words import regions, zh

from .accepting import PAPER, SUBJECTS, enter_paper_of, subject_of
from .asked import answer_by_sheet
from .correcting import apply_correction, judge_correction
from .doing import Work, always, ask, doing, judge_all, judge_places, place_of, today
from .entering import enter

ACTS = {
    "project": "propose_project", "plan_line": "plan_project", "milestone": "advance_project", "progress": "report_progress",
    "need": "record_need", "output": "set_output", "inspection": "inspect_project", "asset": "register_asset",
}  # fmt: skip
"""By which act a person alone would record what hangs from projects; other kinds by the act of their subject."""
PLACED = ("receiver", "owner")  # as the record itself will be placed: who gives is on the other side


@dataclass(frozen=True)
class Handed:
    """A sheet as it is to be taken: its layout, title, paper and period, whose it is; new facts, corrections.

    `added`, `changed` and `same` count its rows.
    """

    layout: str
    title: str
    paper: evidence.Document
    when: Period | None = None
    office: Ref | None = None
    region: str = ""
    new: tuple[Told[Fact], ...] = ()
    corrected: tuple[tuple[Any, Told[Fact]], ...] = ()
    added: int = 0
    changed: int = 0
    same: int = 0


def accept_sheet(handed: Handed, *, programme: Programme, person: Person) -> int:
    """Take a sheet: what is new is entered, what differs is corrected, under one line; the number of its submission."""
    with doing("accept_sheet", **_said(handed, programme, person)) as work:
        return _take(work, handed, programme)


def rehearse_sheet(handed: Handed, *, programme: Programme, person: Person) -> list[Problem]:
    """What the rules say of a sheet as it would be taken now: all that stops, else all that is asked; nothing is written."""
    try:
        with doing("accept_sheet", **_said(handed, programme, person)) as work:
            _take(work, handed, programme)
            work.refuse_if_stopped()
            raise _Rehearsed  # noqa: TRY301  before the journal draws its line: near half the time of a large sheet
    except _Rehearsed:
        return [problem for problem, _, _ in work.questions]
    except Refused as refused:
        return list(refused.problems)


class _Rehearsed(Exception):
    """An act has gone as far as a rehearsal goes; its transaction is taken back."""


def _said(handed: Handed, programme: Programme, person: Person) -> dict[str, Any]:
    """What is said of the act: who, where, which file."""
    place = replace(place_of(programme), area=handed.region)
    reason = f"收表 {handed.title}"
    return {"person": person, "place": place, "reason": reason, "evidence": f"sha256:{handed.paper.digest}"}


def _take(work: Work, handed: Handed, programme: Programme) -> int:
    keys: dict[str, int] = {}
    fact = _fact(handed, programme)
    standing = _standing(work.person, handed, programme)
    judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened)
    judge_places(work, handed.new)
    asking = [judge_correction(work, programme, row, told, f"收表 {handed.title}") for row, told in handed.corrected]
    work.refuse_if_stopped()
    _enter_paper(work, handed, programme, keys)
    brought: list[int] = []
    for subject in SUBJECTS:
        chosen = [told for told in handed.new if isinstance(told.fact, subject.kinds)]
        brought += subject.enter(work, programme, chosen, keys) if chosen else []
    for (row, told), problems in zip(handed.corrected, asking, strict=True):
        apply_correction(work, row, told, keys)
        ask(work, problems, row.pk)
    links = (*(("brings", n) for n in brought), *(("changes", row.pk) for row, _ in handed.corrected))
    fact = replace(fact, document=keys[PAPER], links=links)
    (number,) = enter(work, programme.record_id, [Told(fact, {})], keys)
    answer_by_sheet(work, programme, fact, number)
    return number


def _enter_paper(work: Work, handed: Handed, programme: Programme, keys: dict[str, int]) -> None:
    """The file as a document; one that the book has already is not entered again."""
    kept = Document.objects.filter(digest=handed.paper.digest, record__programme=programme, withdrawn=None).first()
    if kept:
        keys[PAPER] = kept.pk
    else:
        enter_paper_of(work, programme, handed.paper, keys)


def _fact(handed: Handed, programme: Programme) -> rules.Submission:
    """The submission, under the next receipt of its year."""
    year = today().year
    taken = Submission._base_manager.filter(record__programme=programme, receipt__startswith=f"收表〔{year}〕").count()
    return rules.Submission(
        receipt=f"收表〔{year}〕{taken + 1}号", layout=handed.layout, title=handed.title, document=PAPER, when=handed.when,
        office=handed.office, region=handed.region, added=handed.added, changed=handed.changed, same=handed.same,
    )  # fmt: skip


def _standing(person: Person, handed: Handed, programme: Programme) -> rules.HandingStanding:
    same = Submission.objects.filter(
        record__programme=programme, document__digest=handed.paper.digest, undone=None
    ).first()
    whole = place_of(programme)
    areas = _Areas(handed)
    told = (*handed.new, *(told for _, told in handed.corrected))
    beyond = tuple(dict.fromkeys(found for one in told if (found := _beyond(person, whole, one, areas))))
    return rules.HandingStanding(today(), same.receipt if same else "", beyond)


def _beyond(person: Person, whole: Place, told: Told[Fact], areas: "_Areas") -> tuple[str, str] | None:
    """Where and what a person may not enter."""
    act, area = ACTS.get(told.fact.kind) or subject_of(type(told.fact)).act, areas.of(told.fact)
    if may(person, act, replace(whole, area=area)):
        return None
    return told.place, f"{zh('act', act)}（{regions()[area][-1].name if area else '没有写地区'}）"


class _Areas:
    """The areas that facts are in: their own, else of their project, else of who receives or owns it."""

    def __init__(self, handed: Handed) -> None:
        facts = [told.fact for told in (*handed.new, *(told for _, told in handed.corrected))]
        self.by_key: dict[Ref, str] = {
            told.key: getattr(told.fact, "region", "") or "" for told in handed.new if told.key
        }
        projects = {ref for fact in facts if isinstance(ref := getattr(fact, "project", None), int)}
        self.by_key |= dict(Project.objects.filter(pk__in=projects).values_list("pk", "region"))
        parties = {ref for fact in facts for name in PLACED if (ref := getattr(fact, name, None))}
        rows = Organisation.objects.filter(code__in=[ref for ref in parties if isinstance(ref, str)])
        self.by_key |= dict(rows.values_list("code", "region"))
        self.default = handed.region

    def of(self, fact: Fact) -> str:
        """The area of a fact; that of the sheet where it says none."""
        own = getattr(fact, "region", "") or ""
        refs = (getattr(fact, name, None) for name in ("project", *PLACED))
        return own or next((area for ref in refs if ref and (area := self.by_key.get(ref))), "") or self.default
