"""How much of everything a province of a size holds; what the generator counts, tests find again on the pages."""

from dataclasses import dataclass, fields

YEARS = range(2005, 2025)
PEOPLE = 60_000
FULL = {
    "projects": 5_000, "gifts": 20_000, "valuations": 2_000, "gift_uses": 2_000, "givers": 400, "trainings": 1_200,
    "secondments": 800, "classes": 10, "cohorts": 200, "vocational": 40, "bases": 20, "teams": 200, "visits": 600,
    "consultations": 100, "decisions": 400, "assignments": 600, "commitments": 300, "instructions": 100, "agreements": 200,
    "investments": 300, "intents": 200, "transfers": 600, "sales": 800, "villages": 120,
}  # fmt: skip
PERSON = (
    "trainings",
    "secondments",
    "classes",
    "cohorts",
    "vocational",
    "bases",
    "teams",
)  # records of people besides attendances


@dataclass(frozen=True)
class Scale:
    """Numbers of records; the size 1 is a province."""

    projects: int
    gifts: int
    valuations: int
    gift_uses: int
    givers: int
    trainings: int
    secondments: int
    classes: int
    cohorts: int
    vocational: int
    bases: int
    teams: int
    visits: int
    consultations: int
    decisions: int
    assignments: int
    commitments: int
    instructions: int
    agreements: int
    investments: int
    intents: int
    transfers: int
    sales: int
    villages: int
    attendances: int

    @property
    def people(self) -> int:
        """All records of people."""
        return self.attendances + sum(getattr(self, name) for name in PERSON)


def scale_of(size: float) -> Scale:
    """What a part of a province holds; at least two of everything, and of attendances what is left of the people."""
    found = {name: max(2, round(full * size)) for name, full in FULL.items()}
    attendances = round(PEOPLE * size) - sum(found[name] for name in PERSON)
    assert {*found, "attendances"} == {field.name for field in fields(Scale)}
    return Scale(**found, attendances=attendances)
