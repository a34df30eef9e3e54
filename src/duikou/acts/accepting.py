"""An accepted file of several kinds is one act that calls the inner function of each subject."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from duikou.records.models import JournalLine, Programme
from duikou.rules import (
    cooperation,
    donations,
    enterprises,
    evidence,
    funds,
    governance,
    people,
    plans,
    programmes,
    projects,
    sides,
)
from duikou.rules.fact import Fact, Source, Told
from duikou.rules.rights import Person, Place

from .cooperation import COOPERATION
from .doing import Work, ask, doing, judge_places, place_of, today
from .donations import USES, enter_gifts
from .enterprises import ENTERPRISES
from .evidence import enter_documents
from .funds import enter_funds
from .governance import GOVERNANCE
from .history import ORDER, enter_works
from .judged import Judged
from .people import PEOPLE
from .plans import PLANS
from .programmes import CONTACTS, enter_contacts, open_programmes
from .projects import enter_projects
from .sides import enter_sayings

Enter = Callable[[Work, Programme, Sequence[Told[Fact]], dict[str, int]], list[int]]


class Subject(NamedTuple):
    """Kinds of facts, how they enter the book, the act by which one of them is recorded and how it is judged then.

    Those without such an act have acts of their own.
    """

    kinds: tuple[type[Fact], ...]
    enter: Enter
    act: str = ""
    judged: Judged | None = None


SUBJECTS = (
    Subject((evidence.Document,), enter_documents),
    Subject(
        (
            governance.PolicyBasis, governance.LeadingGroup, governance.WorkingRule, governance.Measures,
            governance.Instruction, governance.Decision, governance.Assignment, governance.Commitment,
            governance.CommitmentReply,
        ),
        GOVERNANCE.enter, "record_governance", GOVERNANCE,
    ),
    Subject(
        (programmes.Pairing, programmes.Agreement, programmes.Visit, programmes.Indicator), enter_contacts, "record_contact", CONTACTS
    ),
    Subject((plans.Plan, plans.Principle, plans.Experience, plans.Consultation), PLANS.enter, "record_plan", PLANS),
    Subject((projects.StatedTotal, projects.Project), enter_projects),
    Subject(ORDER, enter_works),
    Subject((funds.Secured, funds.StatedDisbursement), enter_funds),
    Subject(
        (
            people.StudyClass, people.VocationalStudy, people.TrainingBase, people.Training, people.Secondment,
            people.MedicalSupport, people.Cohort,
        ),
        PEOPLE.enter, "record_people", PEOPLE,
    ),
    Subject((donations.Gift,), enter_gifts, "record_gift", USES),
    Subject((donations.Valuation, donations.GiftUse), USES.enter, "record_gift", USES),
    Subject(
        (enterprises.Investment, enterprises.InvestmentStep, enterprises.InvestmentResult, enterprises.Intent),
        ENTERPRISES.enter, "record_enterprise", ENTERPRISES,
    ),
    Subject(
        (cooperation.LabourTransfer, cooperation.Sale, cooperation.Village), COOPERATION.enter, "record_cooperation", COOPERATION
    ),
    Subject((sides.Saying,), enter_sayings),
)  # fmt: skip


def open_book(office: str, *, person: Person, nonce: str = "") -> None:
    """Line 1: whose book it is, from which day; its hash gives the book its code."""
    nonce = nonce or secrets.token_hex(16)
    with doing("open_book", person=person, place=Place(), office=office, day=today().isoformat(), nonce=nonce) as work:
        if JournalLine.objects.exists():
            raise ValueError("这本账已经开立")
        work.must_journal = True


def accept_programmes(
    opening: Sequence[Told[Fact]],
    organisations: Sequence[Told[Fact]],
    keys: dict[str, int],
    *,
    person: Person,
    reason: str,
) -> list[int]:
    """Open programmes and register the organisations that take part in them."""
    place = Place(programme=opening[0].fact.code)  # type: ignore[attr-defined]
    with doing("open_programme", person=person, place=place, reason=reason) as work:
        enter_contacts(work, None, organisations, keys)
        return open_programmes(work, opening, keys)


def accept(
    programme: Programme,
    told: Sequence[Told[Fact]],
    keys: dict[str, int],
    *,
    person: Person,
    reason: str,
    evidence: str,
) -> list[int]:
    """Accept the facts of one file into one programme: all of them or none, one journal line."""
    with doing("load_programme", person=person, place=place_of(programme), reason=reason, evidence=evidence) as work:
        judge_places(work, told)
        numbers: list[int] = []
        for subject in SUBJECTS:
            chosen = [t for t in told if isinstance(t.fact, subject.kinds)]
            if chosen:
                numbers += subject.enter(work, programme, chosen, keys)
        return numbers


def subject_of(kind: type[Fact]) -> Subject:
    """The subject that a kind of fact is of."""
    return next(subject for subject in SUBJECTS if kind in subject.kinds)


PAPER = "paper"  # the key under which a new paper comes together with its fact


def record_fact(
    fact: Fact,
    *,
    programme: Programme,
    person: Person,
    source: Source | None = None,
    area: str = "",
    reason: str = "",
    paper: evidence.Document | None = None,
    said: Mapping[str, str] | None = None,
) -> int:
    """Enter one fact that a person tells, by the act of its subject; it rests on a passage where one is named.

    `paper` comes with it where the source is one (PAPER); `said` are the words of its quantities. Without a source it is
    entered, and asked for it; so is what happened without its day.
    """
    subject = subject_of(type(fact))
    place = replace(place_of(programme), area=area)
    with doing(subject.act, person=person, place=place, reason=reason) as work:
        told, keys = Told(fact, {"": source} if source else {}, said or {}), dict[str, int]()
        enter_paper_of(work, programme, paper, keys)
        (number,) = subject.enter(work, programme, [told], keys)
        if source is None and (lacking := evidence.fact_has_a_place.ask(told, evidence.Text(""))):
            ask(work, [replace(lacking, weight="asks", remedy="更正这条记录，写上出自哪份文件")], number)
        if undated := evidence.what_happened_has_its_day.ask(fact, None):
            ask(work, [undated], number)
        return number


def enter_paper_of(work: Work, programme: Programme, paper: evidence.Document | None, keys: dict[str, int]) -> None:
    """Enter the new paper that a fact rests on."""
    if paper is not None:
        enter_documents(work, programme, [Told(paper, {}, key=PAPER)], keys)
