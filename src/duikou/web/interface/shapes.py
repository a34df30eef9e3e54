"""What requests and answers of the interface are made of: words, quantities, passages, parts of an address."""

from typing import Annotated, Any, Literal

from ninja import Path
from ninja.params.functions import Query
from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from duikou.rules import quantity as quantities
from duikou.rules.writing import write
from duikou.terms.words import regions
from duikou.terms.words import word as word_of

MOST = 2**53 - 1  # the largest whole number that every reader of JSON keeps exactly
PAGE = 500  # records or lines in one answer at most
Hedge = Literal["exact", "about", "nearly", "odd", "over", "at_least", "up_to", "range"]


class Shape(BaseModel):
    """A part of a request or an answer: these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Sentence(Shape):
    """A sentence in 中文 and English."""

    zh: str
    en: str


class Word(Shape):
    """A word of the field: its code, 中文, English."""

    code: str
    zh: str
    en: str


class Quantity(Shape):
    """A number with its hedge: both ends in the base unit (money: fen), an open end empty; its words as written."""

    low: int | None
    high: int | None
    unit: str
    hedge: Hedge
    text: str


class Passage(Shape):
    """Where a thing is said: document, section, paragraph from 1, the words around the number, whose word it is."""

    title: str
    grade: str
    digest: str
    section: str
    paragraph: int | None
    fragment: str
    said: str
    side: str


def word(list_name: str, code: str) -> Word:
    """The word of a code; an empty code says nothing."""
    if not code:
        return Word(code="", zh="", en="")
    found = word_of(list_name, code)
    return Word(code=code, zh=found.zh, en=found.en)


def area(code: str) -> Word:
    """An area by its GB/T 2260 code."""
    rows = regions().get(code, ())
    return Word(code=code, zh=rows[-1].name, en=rows[-1].en) if rows else Word(code=code, zh="", en="")


def quantity(said: quantities.Quantity) -> Quantity:
    """A quantity with its words."""
    return Quantity(low=said.low, high=said.high, unit=said.unit, hedge=said.hedge, text=write(said).text)


def _digits(value: Any) -> Any:
    """A number in an address, in plain digits only."""
    if isinstance(value, str) and not (value.isascii() and value.isdecimal() and len(value) <= 16):
        raise PydanticCustomError("digits", "Write a whole number in plain digits", {"zh": "写成不带符号的数字"})
    return value


Digits = Annotated[int, BeforeValidator(_digits)]
AtProgramme = Annotated[str, Path(pattern="^[a-z0-9-]{1,6}$", description="项目方案代号 programme", example="tj-hn")]
AtPeriod = Annotated[
    str, Path(pattern=r"^[0-9][0-9q.-]{3,23}$", description="期间：年、季、月或起止 period", example="2010-08..2011-08")
]
AtFigure = Annotated[
    str,
    Path(
        pattern=r"^[a-z_]+\.[a-z_.]+:[a-z0-9-]+\.[0-9q.-]+(;[a-z]=[a-z0-9-]+)*(@[0-9]{1,10})?$", max_length=63,
        description="数字名，可带 @账本行 name of a figure, at a line with @",
        example="donations.education:tj-hn.2010-08..2011-08",
    ),
]  # fmt: skip
AtCode = Annotated[str, Path(pattern="^[a-z_]{1,24}$", description="表的代号 table", example="overview")]
AtSheet = Annotated[
    str,
    Path(pattern=r"^[a-z_]+\.[a-z_.]+$", max_length=40, description="口径代号 sheet", example="donations.education"),
]
AtNumber = Annotated[Digits, Path(ge=1, le=MOST, description="号 number", example=30)]
AtDocument = Annotated[
    str,
    Path(
        pattern="^([0-9a-f]{8,64}|[0-9]{1,15})$",
        description="文件指纹（至少前 8 位）或记录号 digest or number",
        example="4a0b8e5b",
    ),
]
AFTER = Query(0, ge=0, le=MOST, description="从这个号之后起 numbers after this one")
LIMIT = Query(100, ge=1, le=PAGE, description="至多几条 at most so many")
