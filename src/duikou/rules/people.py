"""People: trainees, secondees, students and medical teams, each in its own unit."""

from dataclasses import dataclass
from datetime import date

from duikou.terms.words import zh

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity
from .writing import write


@dataclass(frozen=True, kw_only=True)
class StudyClass(Fact):
    """A class kept for the receiving side; the intake is a quota per year, not a head-count."""

    name: str
    school: Ref
    intake: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class VocationalStudy(Fact):
    """Students sent to a vocational school."""

    school: Ref
    subject: str
    origin: str = ""
    students: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class TrainingBase(Fact):
    """Schools named as bases of teacher training (parties: base)."""

    trains: str
    open_list: bool = False


@dataclass(frozen=True, kw_only=True)
class Training(Fact):
    """A course held (actual) or being organised (arranged)."""

    subject: str
    basis: str
    place: str = ""
    trains: str = ""
    origin: str = ""
    trainees: Quantity | None = None
    schools: Quantity | None = None
    open_list: bool = False
    type: str | None = None
    organiser: Ref | None = None
    fund: Ref | None = None
    sessions: Quantity | None = None
    person_times: Quantity | None = None
    lasted: Quantity | None = None
    cost: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Secondment(Fact):
    """People seconded to the other side (terms: direction) since `when`: due back, and when they came back."""

    direction: str
    level: str = ""
    place: str = ""
    people: Quantity | None = None
    type: str | None = None
    batch: str | None = None
    giver: Ref | None = None
    receiver: Ref | None = None
    due: date | None = None
    ended: date | None = None
    person_months: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class MedicalSupport(Fact):
    """Hospitals (parties: giver) supporting a hospital."""

    receiver: Ref
    document_number: str = ""
    months: Quantity | None = None
    batch: str | None = None
    people: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Cohort(Fact):
    """The students of a class who came in one year: enrolled heads, not the quota."""

    study_class: Ref
    year: int
    origin: str = ""
    enrolled: Quantity | None = None


@dataclass(frozen=True)
class PeopleStanding:
    """What the book knows when people are recorded: the quota of the class, whether the year's students stand already."""

    today: date
    quota: Quantity | None = None
    twin: bool = False


UNITS = {
    "trainees": "person", "people": "person", "intake": "person", "students": "person", "enrolled": "person",
    "schools": "school", "sessions": "session", "person_times": "person_time", "lasted": "day", "person_months": "person_month",
}  # fmt: skip
Counted = Training | Secondment | StudyClass | VocationalStudy | MedicalSupport | Cohort


@rule("people.1", basis="人与所、人次不能混记", guards=True)
def people_are_counted_in_persons(fact: Counted, standing: object) -> Found | None:
    """人数以人计，人次、人月、期数、学校各用各的单位，不能混记。
    Heads, person-times, person-months, sessions and schools are each counted in their own unit."""
    for name, unit in UNITS.items():
        value = getattr(fact, name, None)
        if value is not None and value.unit != unit:
            return Found(f"{zh('field', name)}写作{write(value).text}", f"以{zh('unit', unit)}计", "改正单位")
    return None


@rule("people.2", basis="人次不少于人数")
def person_times_hold_the_heads(fact: Training, standing: object) -> Found | None:
    """一人参加几次计几个人次，人次不少于人数。
    Who comes twice counts as two person-times: there are no fewer of them than heads."""
    if fact.trainees is None or fact.person_times is None:
        return None
    most, least = fact.person_times.high, fact.trainees.low
    if most is not None and least is not None and most < least:
        return Found(f"{write(fact.person_times).text}，{write(fact.trainees).text}", "人次不少于人数", "核对两个数")
    return None


@rule("people.3", basis="先派出后期满")
def a_term_runs_forward(fact: Secondment, standing: object) -> Found | None:
    """期满日和返回日不早于派出日。
    A secondment is due back, and ends, after it began."""
    begun = fact.when.first if fact.when else None
    early = [day for day in (fact.due, fact.ended) if begun and day and day < begun]
    return Found(f"{min(early)}", f"{begun} 或以后", "改正日期") if early else None


@rule("people.4", basis="每年名额是计划数", weight="asks")
def enrolment_keeps_the_quota(fact: Cohort, standing: PeopleStanding) -> Found | None:
    """当年实招人数超过名额的，应说明原因。
    Where more students came than the quota allows, it is asked why."""
    if fact.enrolled is None or standing.quota is None:
        return None
    least, most = fact.enrolled.low, standing.quota.high
    if least is not None and most is not None and least > most:
        return Found(write(fact.enrolled).text, f"每年至多{write(standing.quota).text}", "请学校说明，或改正人数")
    return None


@rule("people.5", basis="同一届只登记一次", guards=True)
def a_year_is_recorded_once(fact: Cohort, standing: PeopleStanding) -> Found | None:
    """一个班一年的招生只登记一次。
    The students of a class in one year are recorded once."""
    return Found(f"{fact.year} 年已登记", "未登记过的年份", "改正已登记的那一条") if standing.twin else None


@rule("people.6", basis="记录已发生的事")
def held_things_are_not_of_the_future(fact: Training | Secondment, standing: PeopleStanding) -> Found | None:
    """已举办的培训、已派出的人员，日期不晚于今天。
    Training that was held and people who were sent do not lie in the future."""
    held = not isinstance(fact, Training) or fact.basis == "actual"
    if held and fact.when and fact.when.first > standing.today:
        return Found(fact.when.zh, f"不晚于 {standing.today}", "改正日期；正在组织的，性质选“正在组织”")
    return None


RULES = {
    StudyClass: (people_are_counted_in_persons,),
    VocationalStudy: (people_are_counted_in_persons,),
    Training: (people_are_counted_in_persons, person_times_hold_the_heads, held_things_are_not_of_the_future),
    Secondment: (people_are_counted_in_persons, a_term_runs_forward, held_things_are_not_of_the_future),
    MedicalSupport: (people_are_counted_in_persons,),
    Cohort: (people_are_counted_in_persons, enrolment_keeps_the_quota, a_year_is_recorded_once),
}
