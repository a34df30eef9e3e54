"""The life of a project on its page: its stages as a strip, and the gate to the next with who supplies what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from duikou.acts.stages import act_of
from duikou.records.models import Output
from duikou.rules.period import Period
from duikou.rules.rights import Place
from duikou.rules.stages import Gate, Life, next_stage, path
from duikou.web.doors import can
from duikou.web.language import say

from .kept import way

DERIVED = {  # what the book itself tells: the act that brings it about, its form, what the form is asked
    "review": ("inspect_project", "project-inspect", {"type": "review"}),
    "acceptance": ("inspect_project", "project-inspect", {"type": "acceptance"}),
    "self_rating": ("inspect_project", "project-inspect", {"type": "self_rating"}),
    "department_rating": ("inspect_project", "project-inspect", {"type": "department_rating"}),
    "responsible": ("describe_project", "project-describe", {}),
    "target": ("set_output", "project-output", {}),
    "asset": ("register_asset", "project-asset", {}),
}
ONWARD = {
    "admit_project": "project-admit",
    "advance_project": "project-advance",
}  # the form of each act that enters a stage
OF_MONEY = {  # those among 资金, which ask for a project
    "plan_line": ("plan_project", "plan-new"), "contract": ("sign_contract", "contract-new"),
    "settlement": ("settle_project", "settlement-new"),
}  # fmt: skip


@dataclass(frozen=True)
class Ways:
    """The forms of one project, each only where the person may do its act and the form is there."""

    request: HttpRequest
    programme: str
    period: str
    project: int
    place: Place

    def to(self, act: str, name: str, **query: str | int) -> str:
        """A form of the project."""
        return way(name, self.programme, self.period, self.project, **query) if self._may(act) else ""

    def of(self, act: str, name: str, number: int) -> str:
        """A form of something that hangs from it."""
        return way(name, self.programme, self.period, number) if self._may(act) else ""

    def about(self, act: str, name: str) -> str:
        """A form of 资金 that is told the project."""
        return way(name, self.programme, self.period, project=self.project) if self._may(act) else ""

    def supplies(self, requisite: str) -> str:
        """The form by which a requisite comes about."""
        if requisite in OF_MONEY:
            return self.about(*OF_MONEY[requisite])
        if requisite == "actual":
            open_ = (
                Output.objects.filter(project=self.project, evidence=None).order_by("pk").values_list("pk", flat=True)
            )
            return self.of("verify_output", "output-verify", open_[0]) if open_ else ""
        act, name, query = DERIVED.get(requisite, ("keep_paper", "project-paper", {"type": requisite}))
        return self.to(act, name, **query)

    def _may(self, act: str) -> bool:
        return can(self.request, act, self.place)


@dataclass(frozen=True)
class Step:
    """A stage in the strip: reached, now, next or later; when it was reached, by when it is due, how late it is."""

    stage: str
    state: str
    when: Period | None
    due: date | None
    days: int | None

    @property
    def words(self) -> str:
        """What the stage is called."""
        return say("life", self.stage)


@dataclass(frozen=True)
class Missing:
    """What is missing for the next stage, who can supply it, on what it rests, where it is supplied."""

    what: str
    who: str
    basis: str
    href: str


@dataclass(frozen=True)
class Next:
    """The gate to the next stage: its code, what is missing, how many requisites it has, the way on once all are there."""

    stage: str
    missing: tuple[Missing, ...]
    asked: int
    advance: str

    @property
    def words(self) -> str:
        """What the stage is called."""
        return say("life", self.stage)


def strip(life: Life) -> Iterator[Step]:
    """The stages of a project in their order."""
    coming = next_stage(life.stage, life.fixed)
    for stage in path(life.fixed):
        reached, due = stage in life.reached, life.due.get(stage)
        state = "now" if stage == life.stage else "reached" if reached else "next" if stage == coming else "later"
        late = not reached and due is not None and due < life.today and life.status != "cancelled"
        yield Step(stage, state, life.reached.get(stage), due, (life.today - due).days if late and due else None)


def gate(life: Life, ways: Ways) -> Next | None:
    """The gate to the next stage; nothing after the last, and for a project that was given up."""
    stage = next_stage(life.stage, life.fixed)
    if not stage or life.status == "cancelled":
        return None
    missing = tuple(_missing(gate, life, ways) for gate in life.lacks(stage))
    advance = "" if missing else ways.to(act_of(stage), ONWARD[act_of(stage)])
    return Next(stage, missing, len(Life(life.today, fixed=life.fixed).lacks(stage)), advance)


def _missing(gate: Gate, life: Life, ways: Ways) -> Missing:
    return Missing(
        say("requisite", gate.requisite),
        say("supplier", life.supplier(gate)),
        gate.basis,
        ways.supplies(gate.requisite),
    )


def early(life: Life, first_money: date | None) -> list[tuple[str, date, int | None]]:
    """早启动: plan, first money and start, each with its day and the days since the one before."""
    planned, started = life.reached.get("planned"), life.reached.get("started")
    steps = [
        ("planned", planned.last if planned else None),
        ("money", first_money),
        ("started", started.last if started else None),
    ]
    found: list[tuple[str, date, int | None]] = []
    for code, day in steps:
        if day is not None:
            found.append((code, day, (day - found[-1][1]).days if found else None))
    return found
