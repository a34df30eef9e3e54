"""What people need most (群众最迫切需要), as a survey found it."""

from dataclasses import dataclass

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Need(Fact):
    """A need in an area, of so many households and people, found on a day (`when`) by a survey (a record)."""

    title: str
    sector: str
    region: str
    households: Quantity | None = None
    people: Quantity | None = None
    survey: Ref | None = None


@rule("needs.1", basis="需求从调研来")
def need_says_what_is_needed(fact: Need, standing: object) -> Found | None:
    """需求须写明要解决什么。
    A need says what is to be solved."""
    return None if fact.title.strip() else Found("未写需求", "要解决的事，如“牧民定居点通水”", "照调研材料填上")


@rule("needs.2", basis="让百姓得实惠：惠及多少户", weight="asks")
def need_says_of_how_many(fact: Need, standing: object) -> Found | None:
    """需求应写明涉及多少户或多少人。
    A need says how many households or people it is of."""
    if fact.households or fact.people:
        return None
    return Found("未写户数和人数", "涉及的户数或人数", "向乡镇核实户数、人数后补上")


@rule("needs.3", basis="需求从调研来", weight="asks")
def need_comes_from_a_survey(fact: Need, standing: object) -> Found | None:
    """需求应有调研或文件作依据。
    A need rests on a survey or a document."""
    return (
        Found("未注明出自哪次调研", "调研记录或文件", "选上调研记录，或登记调研材料") if fact.survey is None else None
    )


RULES = {Need: (need_says_what_is_needed, need_says_of_how_many, need_comes_from_a_survey)}
