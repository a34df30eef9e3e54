"""An accepted file of several kinds is one act that calls the inner function of each subject."""

import secrets
from collections.abc import Callable, Sequence

from duikou.records.models import JournalLine, Programme
from duikou.rules import donations, enterprises, evidence, funds, governance, people, plans, programmes, projects, sides
from duikou.rules.fact import Fact, Told
from duikou.rules.rights import Person, Place

from .doing import Work, doing, judge_places, place_of, today
from .donations import enter_gifts
from .enterprises import enter_enterprises
from .evidence import enter_documents
from .funds import enter_funds
from .governance import enter_governance
from .history import ORDER, enter_works
from .people import enter_people
from .plans import enter_plans
from .programmes import enter_contacts, open_programmes
from .projects import enter_projects
from .sides import enter_sayings

Enter = Callable[[Work, Programme, Sequence[Told[Fact]], dict[str, int]], list[int]]
SUBJECTS: tuple[tuple[tuple[type[Fact], ...], Enter], ...] = (
    ((evidence.Document,), enter_documents),
    (
        (
            governance.PolicyBasis, governance.LeadingGroup, governance.WorkingRule, governance.Measures,
            governance.Instruction, governance.Commitment,
        ),
        enter_governance,
    ),
    ((programmes.Pairing, programmes.Agreement, programmes.Visit), enter_contacts),
    ((plans.Plan, plans.Principle, plans.Experience, plans.Consultation), enter_plans),
    ((projects.StatedTotal, projects.Project), enter_projects),
    (ORDER, enter_works),
    ((funds.Secured, funds.StatedDisbursement), enter_funds),
    (
        (
            people.StudyClass, people.VocationalStudy, people.TrainingBase, people.Training, people.Secondment,
            people.MedicalSupport,
        ),
        enter_people,
    ),
    ((donations.Gift,), enter_gifts),
    ((enterprises.Investment, enterprises.Intent), enter_enterprises),
    ((sides.Saying,), enter_sayings),
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
        for kinds, enter_subject in SUBJECTS:
            chosen = [t for t in told if isinstance(t.fact, kinds)]
            if chosen:
                numbers += enter_subject(work, programme, chosen, keys)
        return numbers
