"""The people of the generated province: courses, terms, classes, teams, and who takes part in them; nobody has a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from duikou.acts.attending import WHOLES, attend
from duikou.records.models import Programme
from duikou.rules import people
from duikou.rules.fact import Fact, Told
from duikou.rules.period import Period, months, on
from duikou.rules.quantity import exactly

from ..generate import OFFICER
from .batches import SOURCE, day_of, entered, singly, told
from .parties import COUNTIES
from .scale import YEARS, Scale

UNITS = 60  # units that people come from
AGAIN = 10  # one seat of so many is taken by someone of the course before
SENT, IN_TEAM = 2, 4  # people in a secondment, in a team
DIRECTIONS, TALENTS = ("to_receiving", "to_supporting"), ("cadre", "teacher", "doctor", "agronomist")
COURSES = ("cadre", "specialist", "leader", "labour")


@dataclass(frozen=True)
class Seats:
    """What people take part in: its key and how many there are; `first` is the number of its first seat among all."""

    key: str
    kind: str
    first: int
    many: int


def enter_people(programme: Programme, scale: Scale, keys: dict[str, int]) -> None:
    """Records of people in batches; then those who take part, each list an act."""
    seats = list(seating(scale))
    courses = [one for one in seats if one.kind == "training"]
    facts = (
        ("培训", _trainings(courses)), ("挂职", _secondments(scale)), ("办班", told(_classes(scale), "class")),
        ("招生", told(_cohorts(scale))), ("职业教育", told(_vocational(scale))), ("基地", told(_bases(scale))),
        ("医疗队", _teams(scale)),
    )  # fmt: skip
    for said, found in facts:
        entered(programme, said, singly(found), keys)
    before: Seats | None = None
    for one in seats:
        row = WHOLES[one.kind].objects.select_related("record__programme").get(pk=keys[one.key])
        attend(row, attending(one, before), programme=programme, person=OFFICER, reason="生成名单")
        before = one


def seating(scale: Scale) -> Iterator[Seats]:
    """Everything that has people, with its seats: secondments and teams a few, courses the rest in equal parts."""
    first = 0
    rest = scale.attendances - scale.secondments * SENT - scale.teams * IN_TEAM
    plan = [("secondment", n, SENT) for n in range(scale.secondments)] + [
        ("medical_support", n, IN_TEAM) for n in range(scale.teams)
    ]
    least, more = divmod(rest, scale.trainings)
    plan += [("training", n, least + (n < more)) for n in range(scale.trainings)]
    for kind, n, many in plan:
        yield Seats(f"{kind}{n}", kind, first, many)
        first += many


def attending(one: Seats, before: Seats | None) -> list[people.Attending]:
    """Who takes part: new people, and on every tenth seat someone who took the seat before."""
    return [_person(_sits(one, before, seat)) for seat in range(one.many)]


def _sits(one: Seats, before: Seats | None, seat: int) -> int:
    """The number of the person on a seat; nobody sits twice in one list, and who came again does not come a third time."""
    again = before is not None and seat % AGAIN == AGAIN - 1 and seat < before.many
    return (before.first if again and before else one.first) + seat - (1 if again else 0)


def heads(scale: Scale) -> int:
    """How many persons all the seats hold."""
    seats, before, found = list(seating(scale)), None, set()
    for one in seats:
        found |= {_sits(one, before, seat) for seat in range(one.many)}
        before = one
    return len(found)


def _person(number: int) -> people.Attending:
    return people.Attending(name=f"学员{number:05}", unit=f"生成的单位{number % UNITS:02}", post="学员")


def _trainings(courses: Sequence[Seats]) -> Iterator[Told[Fact]]:
    for n, one in enumerate(courses):
        day = day_of(n, len(courses))
        fact = people.Training(
            subject=f"生成的培训{n:04}", basis="actual", place="望澜市", origin="云岫州", region=COUNTIES[n % 3],
            trainees=exactly(one.many, "person"), type=COURSES[n % 4], organiser=("edu", "eduw", "office")[n % 3],
            sessions=exactly(1 + n % 3, "session"), person_times=exactly(one.many * 2, "person_time"),
            lasted=exactly(5 + n % 10, "day"), cost=exactly(one.many * 100_000, "fen"),
            when=Period(day, day + timedelta(days=4 + n % 10)),
        )  # fmt: skip
        yield Told(fact, SOURCE, key=one.key)


def _secondments(scale: Scale) -> Iterator[Told[Fact]]:
    for n in range(scale.secondments):
        day = day_of(n, scale.secondments)
        due = day + timedelta(days=365)
        here, there = ("city", "pref") if n % 2 == 0 else ("pref", "city")
        fact = people.Secondment(
            direction=DIRECTIONS[n % 2], people=exactly(SENT, "person"), type=TALENTS[n % 4], region=COUNTIES[n % 3],
            batch=f"第{n % 12 + 1}批", giver=here, receiver=there, due=due,
            ended=due if day.year < YEARS[-1] and n % 20 else None, person_months=exactly(24, "person_month"), when=on(day),
        )  # fmt: skip
        yield Told(fact, SOURCE, key=f"secondment{n}")


def _classes(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.classes):
        yield people.StudyClass(
            name=f"生成的班{n:02}", school="s1", intake=exactly(50, "person"), when=months(YEARS[0], 9, 9)
        )


def _cohorts(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.cohorts):
        year = YEARS[n // scale.classes]
        fact = people.Cohort(
            study_class=f"class{n % scale.classes}", year=year, origin="云岫州", enrolled=exactly(40 + n % 15, "person"),
            when=months(year, 9, 9),
        )  # fmt: skip
        yield fact


def _vocational(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.vocational):
        yield people.VocationalStudy(
            school="s1", subject=f"生成的专业{n % 8}", origin="云岫州", students=exactly(20 + n % 9, "person"),
            when=on(day_of(n, scale.vocational)),
        )  # fmt: skip


def _bases(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.bases):
        yield people.TrainingBase(
            trains=f"生成的教师培训{n}", parties=(("base", "s1"), ("base", "s2")), when=on(day_of(n, scale.bases))
        )


def _teams(scale: Scale) -> Iterator[Told[Fact]]:
    for n in range(scale.teams):
        day = day_of(n, scale.teams)
        ended = day + timedelta(days=180) if day.year < YEARS[-1] else None
        fact = people.MedicalSupport(
            receiver="h2", document_number=f"生成〔{day.year}〕医{n}号", months=exactly(6, "month"), batch=f"第{n + 1}批",
            ended=ended, people=exactly(IN_TEAM, "person"), parties=(("giver", "h1"),), when=on(day),
        )  # fmt: skip
        yield Told(fact, SOURCE, key=f"medical_support{n}")
