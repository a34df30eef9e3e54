"""What notices, receipts, contracts, claims and their steps look like as they are asked for and as they are told."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from duikou.rules.funds import voucher_key
from duikou.rules.payments import FROM
from duikou.rules.typed import visible
from duikou.terms.words import vocabulary

from .funds import LARGEST, Day, Fen, Whole
from .shapes import Shape, Word

LINES, BILLS, MATCHES = 500, 30, 100  # of one notice, claim, receipt
PER_MILLE = Field(ge=0, le=1000, description="千分数 per mille")
Rate = Annotated[Whole, PER_MILLE]
Value = Annotated[Fen, Field(ge=0, le=LARGEST)]


SEEN = AfterValidator(visible)  # without what cannot be seen


@dataclass(frozen=True)
class OneOf:
    """One of some codes; any other is refused with the list of them."""

    codes: tuple[str, ...]
    what: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A text that is one of the codes."""
        return no_info_after_validator_function(self._known, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The codes, for the description of the interface."""
        return {"type": "string", "enum": list(self.codes), "description": self.what}

    def _known(self, code: str) -> str:
        if code not in self.codes:
            raise PydanticCustomError("code", "Not one of the codes", {"zh": f"只能是 {'、'.join(self.codes)}"})
        return code


def listed(name: str, what: str) -> OneOf:
    """The words of a list of the terms, by their codes."""
    return OneOf(tuple(vocabulary()[name]), what)


def _printed(number: str) -> str:
    if 0 < len(voucher_key(number)) <= 40:
        return number
    raise PydanticCustomError(
        "invoice", "An invoice has a number of at most 40 characters", {"zh": "发票号码，至多 40 字"}
    )


Code = Annotated[str, Field(max_length=6, description="单位代号 code of an organisation"), SEEN]
Number = Annotated[Whole, Field(description="记录号 number of a record")]


class NewLine(Shape):
    """A line of a notice: fen to a project or an organisation, or back from it, out of which fund."""

    amount_fen: Fen
    back: bool = False
    project: Number | None = None
    receiver: Code = ""
    fund: Number | None = None
    purpose: Annotated[str, Field(max_length=60, description="用途 purpose"), SEEN] = ""


class NewNotice(Shape):
    """A notice with all its lines."""

    number: Annotated[str, Field(max_length=40, description="文号 document number"), SEEN]
    type: Annotated[str, listed("notice", "文件种类 kind of notice")]
    side: Annotated[str, OneOf(("supporting", "receiving"), "哪一方发的 whose notice")]
    day: Day
    of: Annotated[Number | None, Field(description="改动哪一份 the notice it changes")] = None
    title: Annotated[str, Field(max_length=80, description="标题 title"), SEEN] = ""
    issuer: Code = ""
    function_code: Annotated[str, Field(max_length=10, description="功能科目 function code"), SEEN] = ""
    basis: Annotated[str, Field(max_length=80, description="依据 basis"), SEEN] = ""
    lines: Annotated[list[NewLine], Field(max_length=LINES)]


class Match(Shape):
    """Fen of a receipt that are a payment, by the number of its entry."""

    entry: Number
    amount_fen: Fen


class Matches(Shape):
    """Which payments a receipt is."""

    matches: Annotated[list[Match], Field(min_length=1, max_length=MATCHES)]


class NewReceipt(Shape):
    """What has come, by the bank's reference, and at once which payments it is."""

    amount_fen: Fen
    day: Day
    receiver: Code
    reference: Annotated[str, Field(max_length=40, description="银行回单号 reference of the bank"), SEEN]
    project: Number | None = None
    matches: Annotated[list[Match], Field(max_length=MATCHES)] = []


class NewContract(Shape):
    """A contract, or a supplement that amends one; retention in per mille of the price."""

    number: Annotated[str, Field(max_length=40, description="合同编号 number of the contract"), SEEN]
    title: Annotated[str, Field(max_length=80, description="名称 title"), SEEN] = ""
    project: Number
    payee: Code
    type: Annotated[str, listed("contract", "合同种类 kind of contract")]
    method: Annotated[str, listed("method", "采购方式 method")]
    price_fen: Fen
    estimate_fen: Value | None = None
    tender: Annotated[str, Field(max_length=40, description="中标通知书或批准文号 tender"), SEEN] = ""
    retention: Rate | None = None
    amends: Annotated[Number | None, Field(description="补充哪一份 the contract it amends")] = None
    day: Day


class Invoice(Shape):
    """An invoice as it is printed; the seller is the party of the contract unless it is named."""

    number: Annotated[
        Annotated[str, Field(max_length=40, description="发票代码和号码 number"), SEEN], AfterValidator(_printed)
    ]
    amount_fen: Annotated[Fen, Field(ge=1, le=LARGEST)]
    seller: Code = ""


class NewClaim(Shape):
    """A claim under a contract; progress in per mille, `done_fen` all work finished so far."""

    contract: Number
    type: Annotated[str, listed("claim", "哪一种款 kind of claim")]
    stage: Annotated[str, listed("stage", "工程到哪一步 stage")]
    use: Annotated[str, listed("use", "用途 use")] = "project"
    amount_fen: Fen
    day: Day
    progress: Rate | None = None
    done_fen: Value | None = None
    purpose: Annotated[str, Field(max_length=60, description="用途说明 purpose"), SEEN] = ""
    payee: Code = ""
    papers: Annotated[list[Annotated[str, listed("paper", "所附材料 paper")]], Field(max_length=20)] = []
    invoices: Annotated[list[Invoice], Field(max_length=BILLS)] = []


class Step(Shape):
    """A step of a claim: signer for countersign, sums for approve, fund for order, voucher for confirm, else the reason."""

    step: Annotated[str, OneOf(tuple(FROM), "哪一步 which step")]
    signer: Annotated[str, OneOf(("", *vocabulary()["countersigner"]), "会签身份 as whom")] = ""
    approved_fen: Fen | None = None
    retained_fen: Fen = 0
    fund: Number | None = None
    voucher: Annotated[str, Field(max_length=40, description="银行回单号 reference of the bank"), SEEN] = ""
    day: Day | None = None
    reason: Annotated[str, Field(max_length=120, description="原因 reason"), SEEN] = ""


class Done(Shape):
    """What was done: the record numbers, the line of the book; `again`: the same request had been done before."""

    records: list[int]
    line: int
    again: bool


class NoticeLine(Shape):
    """A line as it stands in the book: its entry, fen, which way, to whom, out of which fund."""

    entry: int
    amount_fen: int
    back: bool
    project: int | None
    receiver: str
    fund: int | None


class Notice(Shape):
    """A notice with its lines."""

    record: int
    number: str
    title: str
    type: Word
    side: Word
    day: date | None
    of: int | None
    lines: list[NoticeLine]


class Contract(Shape):
    """A contract."""

    record: int
    number: str
    title: str
    project: int
    payee: str
    type: Word
    method: Word
    price_fen: int
    retention: int | None
    amends: int | None
    day: date | None


class Claim(Shape):
    """A claim: where it stands, who has signed it."""

    record: int
    contract: int
    number: int
    type: Word
    stage: Word
    state: Word
    amount_fen: int
    approved_fen: int | None
    retained_fen: int | None
    progress: int | None
    day: date | None
    signed: list[Word]
    invoices: list[str]
