"""People: trainees, secondees, students and medical teams, each in its own unit."""

from dataclasses import dataclass

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity


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


@dataclass(frozen=True, kw_only=True)
class Secondment(Fact):
    """People seconded to the other side (terms: direction)."""

    direction: str
    level: str = ""
    place: str = ""
    people: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class MedicalSupport(Fact):
    """Hospitals (parties: giver) supporting a hospital."""

    receiver: Ref
    document_number: str = ""
    months: Quantity | None = None


@rule("people.1", basis="人与所、人次不能混记", guards=True)
def people_are_counted_in_persons(fact: Training | Secondment | StudyClass, standing: object) -> Found | None:
    """人数以人计，学校以所计，不能混记。
    People are counted in persons and schools in schools."""
    expected = {"trainees": "person", "people": "person", "intake": "person", "students": "person", "schools": "school"}
    for name, unit in expected.items():
        value = getattr(fact, name, None)
        if value is not None and value.unit != unit:
            return Found(f"{name} 的单位是 {value.unit}", unit, "改正单位")
    return None


RULES = {
    StudyClass: (people_are_counted_in_persons,),
    Training: (people_are_counted_in_persons,),
    Secondment: (people_are_counted_in_persons,),
}
