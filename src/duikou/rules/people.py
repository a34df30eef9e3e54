"""People: trainees, secondees, students and medical teams, each in its own unit."""

from dataclasses import dataclass
from datetime import date

from duikou.terms.words import zh

from . import identity
from .checks import Checked
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
    region: str | None = None
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
    region: str | None = None
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
    ended: date | None = None
    people: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Cohort(Fact):
    """The students of a class who came in one year: enrolled heads, not the quota."""

    study_class: Ref
    year: int
    origin: str = ""
    enrolled: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Attendance(Fact):
    """A person in a course, a secondment or a team; `bearer` tells persons apart, the others are numbers in the store of names."""

    of: Ref
    bearer: str
    person: int
    identity: int | None = None
    unit: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class Attending(Fact):
    """What is told of a person who takes part; judged, and never kept as it is."""

    name: str
    identity: str = ""
    unit: str = ""
    post: str = ""


@dataclass(frozen=True)
class AttendingStanding:
    """Of what a person takes part in: the days it lasts, open at either end; whether the person stands in it already."""

    today: date
    begins: date | None = None
    ends: date | None = None
    twin: bool = False


@dataclass(frozen=True)
class Roll:
    """Whom the book names of a course, how many, and how many the source states."""

    named: int
    stated: Quantity | None


SOON = 60  # days before a term ends in which the page marks it


@dataclass(frozen=True)
class Term:
    """How long someone is sent: due back, and back since."""

    due: date
    ended: date | None = None

    def left(self, day: date) -> int:
        """Days until it is due; below nothing once it is past."""
        return (self.due - day).days

    def state(self, day: date) -> str:
        """Back, overdue, due soon or on (terms: term)."""
        if self.ended and self.ended <= day:
            return "back"
        return "overdue" if self.left(day) < 0 else "due_soon" if self.left(day) <= SOON else "on_post"


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


@rule("people.7", basis="GB 11643-1999", guards=True)
def identity_number_is_true(fact: Attending, standing: AttendingStanding) -> Found | None:
    """填写的公民身份号码应当符合编码规则。
    An identity number that is given keeps the rule by which such numbers are made."""
    said = identity.wrong(fact.identity, standing.today) if fact.identity else ""
    return Found(f"{identity.masked(fact.identity)} {said}", "18 位号码", "照身份证核对") if said else None


@rule("people.8", basis="一人在同一期只计一次", guards=True)
def person_takes_part_once(fact: Attending, standing: AttendingStanding) -> Found | None:
    """同一人在同一期培训、同一批人员里只登记一次。
    A person is put into the same course once."""
    shown = identity.masked_name(fact.name)
    return (
        Found(f"{shown}已在名单里", "没有登记过的人", "删去重复的；同名同单位的两人写身份证号")
        if standing.twin
        else None
    )


@rule("people.9", basis="参加日期以班期、任期为限")
def days_lie_within_the_course(fact: Attending, standing: AttendingStanding) -> Found | None:
    """参加的日期不超出班期、任期。
    The days on which a person takes part lie within those of the course or the term."""
    if fact.when is None:
        return None
    early = standing.begins is not None and fact.when.first < standing.begins
    late = standing.ends is not None and fact.when.last > standing.ends
    expected = f"{standing.begins or ''} 至 {standing.ends or ''}".strip()
    return Found(fact.when.zh, expected, "改正日期，或改正班期、任期") if early or late else None


@rule("people.10", basis="名单不多于写明的人数", weight="asks")
def named_people_keep_to_the_stated_number(fact: Roll, standing: object) -> Found | None:
    """名单上的人数不多于写明的人数。
    No more people are named than are stated."""
    most = fact.stated.high if fact.stated else None
    if fact.stated is None or most is None or fact.named <= most:
        return None
    return Found(f"名单 {fact.named} 人", f"至多{write(fact.stated).text}", "核对名单，或改正写明的人数")


@rule("people.11", basis="挂职有期限，期满返回或办理延长", weight="asks")
def secondment_ends_by_its_day(fact: Term, standing: Checked) -> Found | None:
    """挂职期满应当返回，或办理延长。
    A secondment that is past its day has ended, or was prolonged."""
    if fact.state(standing.today) != "overdue":
        return None
    return Found(f"{fact.due} 期满，没有返回日", "期满返回", "登记返回日；延长的改正期满日")


RULES = {
    Attending: (identity_number_is_true, person_takes_part_once, days_lie_within_the_course),
    Roll: (named_people_keep_to_the_stated_number,),
    Term: (secondment_ends_by_its_day,),
    StudyClass: (people_are_counted_in_persons,),
    VocationalStudy: (people_are_counted_in_persons,),
    Training: (people_are_counted_in_persons, person_times_hold_the_heads, held_things_are_not_of_the_future),
    Secondment: (people_are_counted_in_persons, a_term_runs_forward, held_things_are_not_of_the_future),
    MedicalSupport: (people_are_counted_in_persons,),
    Cohort: (people_are_counted_in_persons, enrolment_keeps_the_quota, a_year_is_recorded_once),
}
CODES = (secondment_ends_by_its_day.code,)
"""The standing checks among them."""
