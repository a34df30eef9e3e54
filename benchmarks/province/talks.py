"""What the generated province agreed, decided, handed on and promised; visits, meetings and rounds of talks."""

from collections.abc import Iterator
from datetime import timedelta

from duikou.records.models import Programme
from duikou.rules import governance, plans, programmes
from duikou.rules.fact import Fact
from duikou.rules.period import months, on, parse
from duikou.rules.quantity import exactly

from ..projects import WAN
from .batches import day_of, entered, singly, told
from .parties import pairings
from .scale import YEARS, Scale

VISITS, RANKS = ("visit", "meeting", "field_research", "inspection"), ("national", "prefecture", "county", "work")
TARGETS = (  # name, sheet, what is agreed
    ("落实援助资金", "funds.secured", exactly(5_000 * WAN, "fen")), ("培训人数", "people.heads", exactly(2_000, "person")),
    ("实施项目", "projects.count", exactly(200, "item")),
)  # fmt: skip
REPLIES = ("kept", "under_way", "not_begun", "dropped")
OFFICES = ("office", "edu", "eduw", "c1", "c2", "c3")


def enter_talks(programme: Programme, scale: Scale, keys: dict[str, int]) -> None:
    """All of it, what is referred to before what refers to it."""
    found = (
        ("结对", told(pairings())), ("领导小组", told(_frame())), ("协议", told(_agreements(scale), "agreement")),
        ("协议指标", told(_indicators())), ("会商", told(_consultations(scale))), ("往来", told(_visits(scale))),
        ("决定", told(_decisions(scale), "decision")), ("批示", told(_instructions(scale), "instruction")),
        ("承诺", told(_commitments(scale), "commitment")), ("交办", told(_assignments(scale))), ("答复", told(_replies(scale))),
    )  # fmt: skip
    for said, facts in found:
        entered(programme, said, singly(facts), keys)


def _frame() -> Iterator[Fact]:
    """What the programme rests on, who leads it, by which rules, and what comes first."""
    yield governance.PolicyBasis(title="生成的上级会议", when=parse("2005"))
    roles = (("role", "组长", "市长"), ("role", "副组长", "副市长"))
    yield governance.LeadingGroup(name="生成的协作工作领导小组", items=roles, when=parse("2005"))
    yield governance.WorkingRule(text="重大事项由领导小组研究决定", decided_by="city", when=parse("2005"))
    yield governance.Measures(title="生成的资金管理办法", issuer="office", when=parse("2005"))
    yield plans.Principle(
        type="priority", items=(("task", "教育优先", ""), ("task", "医疗跟上", "")), when=parse("2005")
    )
    yield plans.Experience(subject="生成的前期工作", years=exactly(5, "year"), when=parse("2005"))


def _agreements(scale: Scale) -> Iterator[Fact]:
    """An annual agreement for each year, then agreements of sectors."""
    sides = (("party", "city"), ("party", "pref"))
    for year in YEARS:
        yield programmes.Agreement(title=f"{year}年生成的协作协议", type="annual", parties=sides, when=parse(f"{year}"))
    for n in range(max(0, scale.agreements - len(YEARS))):
        title, day = f"生成的部门协议{n:03}", day_of(n, scale.agreements)
        yield programmes.Agreement(title=title, type="sector", theme="生成", parties=sides, when=on(day))


def _indicators() -> Iterator[Fact]:
    for place, year in enumerate(YEARS):
        for name, sheet, target in TARGETS:
            yield programmes.Indicator(
                agreement=f"agreement{place}", name=name, sheet=sheet, direction="to_receiving", target=target,
                when=parse(f"{year}"),
            )  # fmt: skip


def _consultations(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.consultations):
        yield plans.Consultation(
            subject=f"生成的会商{n:03}", times=exactly(1 + n % 3, "time"), when=on(day_of(n, scale.consultations))
        )


def _visits(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.visits):
        yield programmes.Visit(
            type=VISITS[n % 4], name=f"生成的往来{n:03}", place=("云岫州", "望澜市")[n % 2], purpose="生成", outcome="生成的结果",
            meetings=exactly(1 + n % 3, "meeting") if n % 4 == 1 else None, people=exactly(5 + n % 30, "person"),
            rank=RANKS[n % 4], parties=(("visitor", "city"), ("host", "pref")), when=on(day_of(n, scale.visits)),
        )  # fmt: skip


def _decisions(scale: Scale) -> Iterator[Fact]:
    """Each decides about two projects."""
    for n in range(scale.decisions):
        day = day_of(n, scale.decisions)
        about = tuple(("decides", f"P{(2 * n + k) % scale.projects}") for k in range(2))
        yield governance.Decision(
            number=f"生成决〔{day.year}〕{n}号", type="meeting", matter=f"研究生成的事项{n:03}", decided_by="office",
            links=about, when=on(day),
        )  # fmt: skip


def _instructions(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.instructions):
        day = on(day_of(n, scale.instructions))
        yield governance.Instruction(content=f"生成的批示{n:03}", times=exactly(1, "time"), when=day)


def _commitments(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.commitments):
        yield governance.Commitment(text=f"生成的承诺{n:03}", when=on(day_of(n, scale.commitments)))


def _assignments(scale: Scale) -> Iterator[Fact]:
    """Five of six are answered; one of three arises from an instruction, one carries out a promise."""
    for n in range(scale.assignments):
        day = day_of(n, scale.assignments)
        answered = day + timedelta(days=30) if n % 6 else None
        yield governance.Assignment(
            content=f"生成的交办事项{n:03}", office=OFFICES[n % len(OFFICES)], due=day + timedelta(days=60),
            answer="已办" if answered else "", answered=answered,
            arises_from=f"instruction{n % scale.instructions}" if n % 3 == 0 else None,
            links=(("carries_out", f"commitment{n % scale.commitments}"),) if n % 3 == 1 else (), when=on(day),
        )  # fmt: skip


def _replies(scale: Scale) -> Iterator[Fact]:
    """To two of three promises, in the year after."""
    for n in range(scale.commitments):
        if n % 3 and (year := day_of(n, scale.commitments).year + 1) in YEARS:
            yield governance.CommitmentReply(
                commitment=f"commitment{n}", kept=REPLIES[n % 4], text=f"生成的答复{n:03}", when=months(year, 12, 12)
            )
