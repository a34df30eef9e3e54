"""What is asked and told of projects on their way: progress, papers, stages, outputs, inspections."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from duikou.rules.outputs import UNITS
from duikou.rules.period import Period, parse
from duikou.rules.works import papers
from duikou.terms.words import vocabulary

from .funds import Day, Whole
from .money_shapes import SEEN, Code, Number, OneOf, Value, listed
from .shapes import Quantity, Shape, Word

POINTS = 40  # of one inspection
COUNTED = tuple(dict.fromkeys(unit for units in UNITS.values() for unit in units))
Text = Annotated[str, Field(max_length=60), SEEN]


def _when(value: object) -> Period:
    """A day or a month: 2012-04-02, 2012-04."""
    try:
        if isinstance(value, str) and len(value) in (7, 10):
            return parse(value)
    except ValueError:
        pass
    said = {"zh": "写成日或月，如 2012-04-02、2012-04"}
    raise PydanticCustomError("when", "Input should be a day or month such as 2012-04", said)


def _kept(said: str) -> str:
    _when(said)
    return said


When = Annotated[
    str, Field(description="日或月 day or month: 2012-04-02, 2012-04", max_length=10), AfterValidator(_kept)
]


def period(said: str) -> Period:
    """The days of a day or month as it was said."""
    return _when(said)


class NewProgress(Shape):
    """What is reported of a project on a day, today where none is said: per cent, stage in words, fen done so far by source."""

    day: Day | None = None
    percent: Annotated[Whole | None, Field(le=100, description="形象进度，百分数 per cent")] = None
    said: Annotated[Text, Field(description="建设阶段 stage in words")] = ""
    aid_done_fen: Value | None = None
    other_done_fen: Value | None = None
    in_place_fen: Value | None = None
    remark: Annotated[str, Field(max_length=120, description="比上次低的原因 why it fell"), SEEN] = ""


class NewPaper(Shape):
    """A paper of a project, or that none is needed by the document of that number; its file is given on the page."""

    type: Annotated[str, OneOf(papers(), "要件种类 kind of paper")]
    number: Annotated[Text, Field(description="文号 document number")] = ""
    issuer: Annotated[str, Field(max_length=40, description="出具单位 issuer"), SEEN] = ""
    when: When
    waived: Annotated[bool, Field(strict=True, description="免办 none is needed")] = False


class NewMilestone(Shape):
    """A stage that a project enters, on a day or in a month."""

    stage: Annotated[str, listed("life", "阶段 stage")]
    when: When
    remark: Annotated[Text, Field(description="说明 remark")] = ""


class NewOutput(Shape):
    """What a project is to yield; `output` names one whose target is changed. Roads, pipes and lines in metres."""

    type: Annotated[str, listed("output", "产出种类 kind of output")]
    target: Annotated[Whole, Field(ge=1, le=10**12, description="目标，整数 whole number")]
    unit: Annotated[str, OneOf(COUNTED, "计量单位 unit")]
    name: Annotated[str, Field(max_length=40, description="名称 name"), SEEN] = ""
    output: Annotated[Number | None, Field(description="改哪一项 which one is changed")] = None


Point = Annotated[str, Field(min_length=1, max_length=120), SEEN]


class NewInspection(Shape):
    """What a group concluded; each point found becomes a question, due on a day. A rating has its score in tenths."""

    type: Annotated[str, listed("inspection", "哪一种检查 kind")]
    day: Day
    conclusion: Annotated[str, listed("conclusion", "结论 conclusion")]
    inspectors: Annotated[list[Code], Field(max_length=30, description="检查组成员单位代号 codes")] = []
    found: Annotated[list[Point], Field(max_length=POINTS, description="发现的问题 points found")] = []
    due: Day | None = None
    score: Annotated[Whole | None, Field(le=1000, description="得分，十分之一分 tenths of a point")] = None
    use: Annotated[str, OneOf(("", *vocabulary()["asset_use"]), "使用情况 use")] = ""


class Stage(Shape):
    """A stage of a project's life: when it was reached, by when it is due; both empty where the book does not say."""

    stage: Word
    first: date | None
    last: date | None
    due: date | None


class Lacking(Shape):
    """One thing that must exist for the next stage and does not: who can supply it, what asks for it."""

    requisite: Word
    supplier: Word
    basis: str


class Yielded(Shape):
    """An output: target, and actual where it was verified."""

    record: int
    type: Word
    name: str
    target: Quantity | None
    actual: Quantity | None


class Reported(Shape):
    """A report of progress; photographs by digest."""

    record: int
    day: date | None
    percent: int | None
    said: str
    aid_done_fen: int | None
    other_done_fen: int | None
    in_place_fen: int | None
    remark: str
    photographs: list[str]


class Life(Shape):
    """A project's life: where it stands, its stages, what the next one lacks, what it yields, what was reported."""

    record: int
    name: str
    code: str
    stage: Word
    next: Word
    stages: list[Stage]
    lacking: list[Lacking]
    outputs: list[Yielded]
    progress: Annotated[list[Reported], Field(description="至多最近 100 次 at most the last 100")]
